// What the build wrote → objects that point at each other.
//
// The data hold every string once and refer to it by number; `compact.rs` writes them and says what stands where.

const DATA = JSON.parse(document.getElementById('data').textContent);
const FACTS = ['actual', 'possible', 'negated'];

// Names come from strangers. What turns the direction of writing, and what no font shows, is taken out, so that no
// name can change how the words round it look. Right-to-left letters need no such marks.
function clean(text) {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, ' ')
    .trim();
}

// `InternationalOrganisation` and `metWith` are names for programs; people read "international organisation".
function inWords(name) {
  return clean(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
}

const types = DATA.types.map((type, index) => {
  const words = inWords(type.name);
  return {...type, index, words: words.charAt(0).toUpperCase() + words.slice(1), total: 0};
});
const families = DATA.families.map((family, index) => ({...family, index, total: 0, relations: []}));
const relations = DATA.relations.map((relation, index) => {
  const family = families[relation.family];
  const own = {...relation, index, family, words: inWords(relation.name), total: 0};
  family.relations.push(own);
  return own;
});
const articles = DATA.articles.map(([id, title, date, publisher, url]) => ({
  id,
  title,
  date,
  publisher,
  url,
}));

// Entities stand in the order of how many others they are linked with; those without a place have no relations.
const entities = DATA.entities.map(([id, name, type, mentions, inArticles, aliases, place], index) => ({
  id,
  name: clean(name) || clean(id) || '(no name)',
  type: types[type],
  mentions,
  inArticles,
  aliases: aliases.map(clean),
  x: place ? place[0] : 0,
  y: place ? place[1] : 0,
  r: place ? place[2] : 0,
  drawn: Boolean(place),
  index,
  pairs: [],
}));
const drawnEntities = entities.filter((entity) => entity.drawn);
for (const entity of drawnEntities) entity.type.total += 1;

// First and last day of an ISO date, month or year, counted from 1970; null for what is none.
function days(when) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(when || '');
  if (!parts) return null;
  const [year, month, day] = [
    Number(parts[1]),
    parts[2] && Number(parts[2]) - 1,
    parts[3] && Number(parts[3]),
  ];
  // `Date.UTC` takes years below 100 for years of the last century.
  const at = (y, m, d) => Math.round(new Date(0).setUTCFullYear(y, m, d) / 86400000);
  if (day) return [at(year, month, day), at(year, month, day)];
  if (parts[2]) return [at(year, month, 1), at(year, month + 1, 0)];
  return [at(year, 0, 1), at(year, 11, 31)];
}

const triples = DATA.triples.map(
  ([subject, relation, object, fact, when, confidence, sources, qualifiers, evidence], index) => {
    relations[relation].total += 1;
    relations[relation].family.total += 1;
    return {
      subject: entities[subject],
      relation: relations[relation],
      object: entities[object],
      fact,
      when,
      days: days(when),
      confidence,
      sources,
      qualifiers,
      evidence,
      index,
      shown: true,
    };
  },
);

// A pair of entities is one edge of the picture, however many relations it has.
const pairs = [];
{
  const known = new Map();
  for (const triple of triples) {
    const [a, b] = [triple.subject, triple.object].sort((one, other) => one.index - other.index);
    const key = a.index * entities.length + b.index;
    let pair = known.get(key);
    if (!pair) {
      pair = {a, b, triples: [], index: pairs.length, strands: []};
      known.set(key, pair);
      pairs.push(pair);
      a.pairs.push(pair);
      b.pairs.push(pair);
    }
    pair.triples.push(triple);
  }
}

const entityById = new Map(entities.map((entity) => [entity.id, entity]));

function other(pair, entity) {
  return pair.a === entity ? pair.b : pair.a;
}

function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
