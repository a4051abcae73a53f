// What the reader chose, and what is left to see after it.

// Above this many, a picture is a blot, and slow: the page begins with the most linked and says so.
const MANY = 5000;

const state = {
  view: 'graph',
  selected: null,
  hover: null,
  hidden: {types: new Set(), relations: new Set(), facts: new Set()},
  minSources: 1,
  // First and last day that are looked at; null where nothing limits it.
  from: null,
  to: null,
  undated: true,
  top: Math.min(MANY, drawnEntities.length),
};

// What passes the filters: filled by `refresh`.
const shown = {triples: [], pairs: [], entities: []};

function passes(triple) {
  const {hidden} = state;
  if (triple.subject.index >= state.top || triple.object.index >= state.top) return false;
  if (hidden.relations.has(triple.relation.index) || hidden.facts.has(triple.fact)) return false;
  if (hidden.types.has(triple.subject.type.index) || hidden.types.has(triple.object.type.index)) return false;
  if (triple.sources < state.minSources) return false;
  if (!triple.days) return state.undated;
  // A month is looked at as soon as one of its days is: what is known no better might be that day.
  return (
    (state.from === null || triple.days[1] >= state.from) && (state.to === null || triple.days[0] <= state.to)
  );
}

// The lines of a pair, one a family: the strongest thing that is said decides how a line is drawn, so that a solid
// line is never missing because somebody also denied it.
function strands(pair) {
  const found = new Map();
  for (const triple of pair.triples) {
    if (!triple.shown) continue;
    const family = triple.relation.family;
    let strand = found.get(family);
    if (!strand) {
      strand = {family, sources: 0, fact: 2, forth: false, back: false};
      found.set(family, strand);
    }
    strand.sources += triple.sources;
    // Their order is actual, possible, negated.
    strand.fact = Math.min(strand.fact, triple.fact);
    if (!triple.relation.symmetric) {
      if (triple.subject === pair.a) strand.forth = true;
      else strand.back = true;
    }
  }
  return [...found.values()].sort(
    (a, b) => a.fact - b.fact || b.sources - a.sources || a.family.index - b.family.index,
  );
}

// Works out anew what passes the filters. O(triples).
function refresh() {
  const seen = new Set();
  shown.triples = [];
  shown.pairs = [];
  for (const triple of triples) {
    triple.shown = passes(triple);
    if (triple.shown) shown.triples.push(triple);
  }
  for (const pair of pairs) {
    pair.strands = strands(pair);
    if (!pair.strands.length) continue;
    shown.pairs.push(pair);
    seen.add(pair.a).add(pair.b);
  }
  shown.entities = drawnEntities.filter((entity) => seen.has(entity));
  shown.has = seen;
}

function shownTriples(entity) {
  return entity.pairs.flatMap((pair) => pair.triples.filter((triple) => triple.shown));
}

// The part of the address behind `#` holds what the reader chose: whoever gets the file and the address sees the
// same. What is as at first is left out.
function toAddress() {
  const address = new URLSearchParams();
  const {selected, hidden} = state;
  if (state.view !== 'graph') address.set('view', state.view);
  if (selected && selected.id) address.set('entity', selected.id);
  if (selected && selected.a) address.set('pair', `${selected.a.id} ${selected.b.id}`);
  const names = (set, list) =>
    [...set]
      .sort((a, b) => a - b)
      .map((index) => list[index].name || list[index])
      .join(' ');
  if (hidden.types.size) address.set('no-types', names(hidden.types, types));
  if (hidden.relations.size) address.set('no-relations', names(hidden.relations, relations));
  if (hidden.facts.size) address.set('no-facts', names(hidden.facts, FACTS));
  if (state.minSources > 1) address.set('sources', state.minSources);
  if (state.from !== null) address.set('from', isoDay(state.from));
  if (state.to !== null) address.set('to', isoDay(state.to));
  if (!state.undated) address.set('undated', 'no');
  if (state.top !== Math.min(MANY, drawnEntities.length)) address.set('top', state.top);
  const text = address.toString();
  // A page in a frame without an origin may not change its address; it works all the same.
  try {
    if (text !== location.hash.slice(1))
      history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
  } catch {
    // Nothing is lost but the address.
  }
}

// Takes from the address what it says and the data know; anyone may have written it.
function fromAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  const indexes = (key, list) => {
    const names = new Set((address.get(key) || '').split(' '));
    return new Set(list.flatMap((item, index) => (names.has(item.name || item) ? [index] : [])));
  };
  state.hidden = {
    types: indexes('no-types', types),
    relations: indexes('no-relations', relations),
    facts: indexes('no-facts', FACTS),
  };
  const whole = (key, least, most, otherwise) => {
    const number = Number.parseInt(address.get(key), 10);
    return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
  };
  state.minSources = whole('sources', 1, 99, 1);
  state.top = whole(
    'top',
    Math.min(1, drawnEntities.length),
    drawnEntities.length,
    Math.min(MANY, drawnEntities.length),
  );
  const day = (key, end) => (days(address.get(key)) || [null, null])[end];
  [state.from, state.to] = [day('from', 0), day('to', 1)];
  state.undated = address.get('undated') !== 'no';
  state.view = ['entities', 'relations'].includes(address.get('view')) ? address.get('view') : 'graph';
  const [a, b] = (address.get('pair') || '').split(' ').map((id) => entityById.get(id));
  const pair = a && b && a.pairs.find((known) => other(known, a) === b);
  state.selected = entityById.get(address.get('entity')) || pair || null;
}

function isoDay(day) {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}
