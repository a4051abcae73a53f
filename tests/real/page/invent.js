// A build folder of any size with invented people, for `relata export`: `node invent.js BUILD OUT ENTITIES TRIPLES`.
// `BUILD` is a real build, whose vocabulary is taken. The same arguments give the same folder.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [from, out, entityCount, tripleCount] = process.argv.slice(2);
const build = JSON.parse(fs.readFileSync(path.join(from, 'build.json'), 'utf8'));

// Numbers that look random and are not (the minimal standard generator of Park and Miller).
let seed = 42;
function random(below) {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
}

const SYLLABLES = [
  'ba',
  'do',
  'fe',
  'gal',
  'hin',
  'jor',
  'ka',
  'lu',
  'mon',
  'ner',
  'os',
  'pel',
  'ri',
  'san',
  'tov',
  'ul',
  'vas',
  'wen',
  'yo',
  'zim',
];
const word = (length) => {
  const text = Array.from({length}, () => SYLLABLES[random(SYLLABLES.length)]).join('');
  return text[0].toUpperCase() + text.slice(1);
};

const HOSTILE = [
  '</script><script>document.title="owned"</script>',
  '\u202eevil\u202c <b>Bold</b>',
  'شركة النور',
  '习近平 <!-- ',
  `Very ${'long '.repeat(60)}name`,
  '" onmouseover="x',
];
const KINDS = [
  ['Person', 'person'],
  ['Organisation', 'organisation'],
  ['Country', 'country'],
  ['Place', 'place'],
];
const entities = Array.from({length: Number(entityCount)}, (_, at) => {
  const [type, folder] = KINDS[[0, 0, 0, 1, 1, 2, 3][random(7)]];
  const name = HOSTILE[at - 10] || `${word(2)} ${word(2)}`;
  return {
    id: `${folder}/e${String(at).padStart(6, '0')}`,
    name,
    type,
    aliases: at % 3 ? [] : [`${word(1)} alias ${at}`],
    mentions: 0,
    articles: [],
  };
});

const articleCount = Math.max(Math.round(entityCount / 4), 1);
const hex = (number) => number.toString(16).padStart(16, '0');
const articles = Array.from({length: articleCount}, (_, at) => ({
  id: `article-${String(at).padStart(6, '0')}`,
  title: at === 1 ? '<img src=x onerror=alert(1)>' : `${word(3)} ${word(2)} ${word(2)}`,
  date: `20${19 + (at % 5)}-${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`,
  publisher: at % 2 ? 'The Invented Times' : null,
  url: ['https://example.org/news', null, 'javascript:alert(1)'][at % 3],
  copyOf: null,
  sentences: 10,
  tokens: 200,
  silent: 0,
  mentions: {},
  hash: hex(at),
  signature: '',
}));

const relations = [...new Set(build.relations.map((row) => row.relation))];
const codePoints = (text) => [...text].length;
const triples = [];
const seen = new Set();
for (let tries = 0; triples.length < tripleCount && tries < tripleCount * 20; tries += 1) {
  // Most stay among their fifty; some turn to a few that everyone knows, as in the news.
  const a = random(entities.length);
  const near = Math.floor(a / 50) * 50 + Math.floor(50 * (random(1000000) / 1000000) ** 2);
  const b = random(10)
    ? Math.min(near, entities.length - 1)
    : Math.floor(entities.length * (random(1000000) / 1000000) ** 5);
  const [subject, object] = [entities[a], entities[b]];
  const relation = relations[random(relations.length)];
  const key = `${a} ${relation} ${b}`;
  if (a === b || seen.has(key)) continue;
  seen.add(key);
  const at = random(articleCount);
  const article = articles[at];
  const [start, opening] = [random(2000) + 100, '🙂 On the day before, '];
  const quote = `${opening}${subject.name} and with much ado ${object.name} did what the sentence says, and then some more of it.`;
  const subjectStart = start + codePoints(opening);
  const objectStart = subjectStart + codePoints(`${subject.name} and with much ado `);
  const place = (name, begin) => ({start: begin, end: begin + codePoints(name), text: name});
  // Every seventh object stands before its sentence, as what a pronoun stands for may.
  const apart = triples.length % 7 === 3;
  const end = ({id, name, type}) => ({id, name, type});
  triples.push({
    id: hex(triples.length),
    subject: end(subject),
    relation,
    object: end(object),
    fact: ['actual', 'actual', 'actual', 'possible', 'negated'][random(5)],
    when:
      [null, null, '2021', '2022-03', `2023-0${1 + random(9)}-1${random(10)}`, '1867'][
        random(6) - (random(40) ? 1 : 0)
      ] || null,
    qualifiers: random(5) ? {} : {role: 'minister'},
    confidence: 0.8,
    sources: 1 + (random(6) ? 0 : random(9)),
    evidence: [
      {
        article: article.id,
        sentence: random(10),
        start,
        end: start + codePoints(quote),
        quote,
        rule: `${relation}#1`,
        subject: place(subject.name, subjectStart),
        object: apart ? place(object.name, 3) : place(object.name, objectStart),
        attributedTo: random(4) ? null : end(entities[random(20)]),
        confidence: 0.8,
      },
    ],
  });
  for (const entity of [subject, object]) {
    entity.mentions += 1;
    if (!entity.articles.includes(article.id)) entity.articles.push(article.id);
    article.mentions[entity.id] = (article.mentions[entity.id] || 0) + 1;
  }
}

for (const entity of entities) entity.articles.sort();
entities.sort((a, b) => (a.id < b.id ? -1 : 1));
triples.sort((a, b) => (a.id < b.id ? -1 : 1));
fs.mkdirSync(out, {recursive: true});
const write = (name, rows) =>
  fs.writeFileSync(path.join(out, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
write('articles.jsonl', articles);
write('entities.jsonl', entities);
write('triples.jsonl', triples);
fs.writeFileSync(
  path.join(out, 'build.json'),
  JSON.stringify({...build, articles: articleCount, entities: entities.length, triples: triples.length}),
);
