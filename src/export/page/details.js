// What is selected: an entity with its relations, or a pair with what links the two; and the sentences behind it.

const details = document.getElementById('details');
// Where the reader was before the panel opened.
let openedFrom = null;

// Selects an entity or a pair. `focus` takes the reader there: who came by keyboard or from a list.
function select(selected, {focus = false, move = focus} = {}) {
  if (details.hidden || !details.contains(document.activeElement)) openedFrom = document.activeElement;
  state.selected = selected;
  state.hover = null;
  showDetails();
  toAddress();
  // The panel takes room from the picture: only then it is known where its middle is.
  resize();
  if (move && state.view === 'graph') focusOn(selected);
  if (focus) details.querySelector('h2').focus();
  announce(
    selected.a
      ? `${selected.a.name} and ${selected.b.name}: ${plural(selected.triples.length, 'relation')}`
      : `${selected.name}, ${selected.type.words}`,
  );
}

function closeDetails() {
  state.selected = null;
  showDetails();
  toAddress();
  resize();
  if (openedFrom && openedFrom.isConnected && openedFrom !== document.body) openedFrom.focus();
  else canvas.focus();
}

function showDetails() {
  const {selected} = state;
  details.hidden = !selected;
  details.replaceChildren();
  if (!selected) return;
  const close = make(
    'button',
    {type: 'button', class: 'close', 'aria-label': 'Close details', onclick: closeDetails},
    '×',
  );
  details.append(close, ...(selected.a ? pairDetails(selected) : entityDetails(selected)));
  details.scrollTop = 0;
}

function entityDetails(entity) {
  const parts = [
    make('h2', {tabindex: '-1', dir: 'auto'}, entity.name),
    make(
      'p',
      {class: 'kind'},
      typeMark(entity.type),
      entity.type.words,
      ` · ${plural(entity.mentions, 'mention')} in ${plural(entity.inArticles, 'article')}`,
    ),
  ];
  if (entity.aliases.length) {
    const list = make('p', {class: 'aliases'}, 'Also: ');
    entity.aliases.slice(0, 40).forEach((alias, at) => list.append(at ? ', ' : '', make('bdi', {}, alias)));
    if (entity.aliases.length > 40) list.append(` and ${entity.aliases.length - 40} more`);
    parts.push(list);
  }
  const all = entity.pairs.flatMap((pair) => pair.triples);
  const said = all.filter((triple) => triple.shown);
  if (!all.length)
    parts.push(
      make(
        'p',
        {class: 'note'},
        'The articles name it, but no sentence was found that links it with another entity.',
      ),
    );
  if (all.length > said.length) parts.push(hiddenNote(all.length - said.length));
  for (const group of groups(entity, said)) {
    const {relation, arrow, says} = group;
    parts.push(
      make(
        'h3',
        {title: clean(relation.about)},
        lineMark(relation.family.ink, 0),
        `${says} `,
        make('span', {class: 'count'}, String(group.triples.length)),
        make('span', {class: 'arrow', 'aria-hidden': 'true'}, arrow),
      ),
    );
    parts.push(...listed(group.triples, (triple) => tripleItem(triple, entity)));
  }
  return parts;
}

// The triples of an entity by relation and by which end it is, those with most triples first.
function groups(entity, said) {
  const found = new Map();
  for (const triple of said) {
    const {relation} = triple;
    const passive = !relation.symmetric && triple.object === entity;
    const key = `${relation.index} ${passive}`;
    if (!found.has(key)) {
      const arrow = relation.symmetric ? '↔' : passive ? '←' : '→';
      const says = passive ? `${relation.words} (by others)` : relation.words;
      found.set(key, {relation, arrow, says, triples: []});
    }
    found.get(key).triples.push(triple);
  }
  return [...found.values()].sort(
    (a, b) => b.triples.length - a.triples.length || a.relation.index - b.relation.index,
  );
}

function pairDetails(pair) {
  const said = pair.triples.filter((triple) => triple.shown);
  const heading = make('h2', {tabindex: '-1'}, nameOf(pair.a), ' and ', nameOf(pair.b));
  const ends = make('p', {class: 'kind'}, entityButton(pair.a), ' ', entityButton(pair.b));
  const parts = [heading, ends];
  if (pair.triples.length > said.length) parts.push(hiddenNote(pair.triples.length - said.length));
  parts.push(...listed(said, (triple, at) => tripleItem(triple, null, at < 3)));
  return parts;
}

function hiddenNote(number) {
  return make('p', {class: 'note'}, `${plural(number, 'relation')} hidden by the filters.`);
}

// The first of a long list, and a button for more: a hub has thousands of relations.
function listed(items, show, from = 0, step = 50) {
  const parts = items.slice(from, from + step).map((item, at) => show(item, from + at));
  if (items.length > from + step) {
    const more = make(
      'button',
      {
        type: 'button',
        class: 'more',
        onclick: () => {
          const next = listed(items, show, from + step, step);
          more.replaceWith(...next);
          const first = next[0].querySelector('summary');
          if (first) first.focus();
        },
      },
      `Show more (${items.length - from - step})`,
    );
    parts.push(more);
  }
  return parts;
}

// A triple that opens to its sentences. Seen from one of its ends, only the other is named.
function tripleItem(triple, from, open = false) {
  const summary = make('summary', {});
  if (from) {
    const end = triple.subject === from ? triple.object : triple.subject;
    summary.append(typeMark(end.type), nameOf(end), ' ');
  } else {
    summary.append(
      lineMark(triple.fact === 2 ? theme.negated : triple.relation.family.ink, triple.fact),
      nameOf(triple.subject),
      make('span', {class: 'relation'}, ` ${triple.relation.words} `),
      nameOf(triple.object),
      ' ',
    );
  }
  if (triple.fact)
    summary.append(make('span', {class: `tag fact ${FACTS[triple.fact]}`}, FACTS[triple.fact]));
  if (triple.when) summary.append(make('span', {class: 'tag'}, humanDate(triple.when)));
  summary.append(
    ...qualifierList(triple.qualifiers),
    make('span', {class: 'tag'}, plural(triple.sources, 'source')),
  );
  const item = make('details', {class: 'triple'}, summary);
  const fill = () => {
    if (item.childElementCount > 1) return;
    const cards = triple.evidence.slice(0, 200).map((row) => sentence(triple, row));
    item.append(...cards);
    if (triple.evidence.length > cards.length)
      item.append(
        make(
          'p',
          {class: 'note'},
          `${triple.evidence.length - cards.length} more sentences are in triples.jsonl.`,
        ),
      );
    if (from)
      item.append(
        make('p', {class: 'go'}, entityButton(triple.subject === from ? triple.object : triple.subject)),
      );
  };
  item.addEventListener('toggle', fill);
  if (open) {
    fill();
    item.open = true;
  }
  return item;
}
