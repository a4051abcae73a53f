// The same as the picture, as tables: for who cannot see it, for who would rather read, and to copy from.

const table = document.getElementById('table');
const PAGE = 200;
const order = {entities: {column: 2, down: true}, relations: {column: 0, down: false}};
let withAlone = false;

function entityRows() {
  const rows = shown.entities.map((entity) => ({entity, links: shownTriples(entity).length}));
  if (withAlone) {
    for (const entity of entities)
      if (!shown.has.has(entity) && !state.hidden.types.has(entity.type.index)) rows.push({entity, links: 0});
  }
  return rows;
}

const COLUMNS = {
  entities: [
    {title: 'Entity', key: (row) => row.entity.name, cell: (row) => entityButton(row.entity)},
    {title: 'Type', key: (row) => row.entity.type.words, cell: (row) => row.entity.type.words},
    {
      title: 'Relations',
      key: (row) => row.links,
      cell: (row) => row.links.toLocaleString('en'),
      number: true,
    },
    {
      title: 'Mentions',
      key: (row) => row.entity.mentions,
      cell: (row) => row.entity.mentions.toLocaleString('en'),
      number: true,
    },
    {
      title: 'Also called',
      key: (row) => row.entity.aliases.join(', '),
      cell: (row) => make('bdi', {}, shortened(row.entity.aliases.join(', '), 90)),
    },
  ],
  relations: [
    {title: 'Who', key: (triple) => triple.subject.name, cell: (triple) => entityButton(triple.subject)},
    {title: 'Does what', key: (triple) => triple.relation.words, cell: (triple) => sentencesButton(triple)},
    {title: 'To whom', key: (triple) => triple.object.name, cell: (triple) => entityButton(triple.object)},
    {title: 'Is it so?', key: (triple) => FACTS[triple.fact], cell: (triple) => FACTS[triple.fact]},
    {
      title: 'When',
      key: (triple) => triple.when || '',
      cell: (triple) => (triple.when ? clean(triple.when) : ''),
      date: true,
    },
    {
      title: 'Sources',
      key: (triple) => triple.sources,
      cell: (triple) => String(triple.sources),
      number: true,
    },
    {
      title: 'Confidence',
      key: (triple) => triple.confidence,
      cell: (triple) => `${triple.confidence} %`,
      number: true,
    },
  ],
};

function sentencesButton(triple) {
  const pair = triple.subject.pairs.find((pair) => other(pair, triple.subject) === triple.object);
  return make(
    'button',
    {
      type: 'button',
      class: 'name',
      'aria-label': `${triple.relation.words}: open the sentences`,
      onclick: () => select(pair, {focus: true}),
    },
    triple.relation.words,
  );
}

function showTable() {
  const {view} = state;
  if (view === 'graph') return;
  const columns = COLUMNS[view];
  const {column, down} = order[view];
  const rows = view === 'entities' ? entityRows() : [...shown.triples];
  const {key} = columns[column];
  const compare = columns[column].number ? (a, b) => a - b : new Intl.Collator('en').compare;
  const keyed = rows.map((row, at) => ({row, at, key: key(row)}));
  keyed.sort((a, b) => (down ? compare(b.key, a.key) : compare(a.key, b.key)) || a.at - b.at);
  const head = make(
    'tr',
    {},
    ...columns.map((own, at) =>
      make(
        'th',
        {
          scope: 'col',
          class: own.number ? 'number' : own.date ? 'date' : '',
          'aria-sort': at === column ? (down ? 'descending' : 'ascending') : 'none',
        },
        make(
          'button',
          {type: 'button', onclick: () => sortBy(at)},
          own.title,
          make('span', {class: 'arrow', 'aria-hidden': 'true'}, at === column ? (down ? ' ↓' : ' ↑') : ''),
        ),
      ),
    ),
  );
  const body = make('tbody', {});
  const count =
    view === 'entities' ? plural(rows.length, 'entity', 'entities') : plural(rows.length, 'relation');
  const whole = make('table', {}, make('caption', {}, count), make('thead', {}, head), body);
  table.replaceChildren(
    make('div', {class: 'scroll', role: 'region', 'aria-label': count, tabindex: '0'}, whole),
  );
  if (view === 'entities' && entities.length > drawnEntities.length) table.prepend(aloneLine());
  addRows(
    body,
    keyed.map(({row}) => row),
    columns,
    0,
  );
}

function aloneLine() {
  const box = make('input', {
    type: 'checkbox',
    onchange: () => {
      withAlone = box.checked;
      showTable();
      table.querySelector('input').focus();
    },
  });
  box.checked = withAlone;
  return make('label', {class: 'choice alone'}, box, 'also those without relations');
}

// A page of rows, and a button for the next one.
function addRows(body, rows, columns, from) {
  const next = rows
    .slice(from, from + PAGE)
    .map((row) =>
      make(
        'tr',
        {},
        ...columns.map((own, at) =>
          make(
            at ? 'td' : 'th',
            {scope: at ? null : 'row', class: own.number ? 'number' : own.date ? 'date' : ''},
            own.cell(row),
          ),
        ),
      ),
    );
  body.append(...next);
  if (rows.length <= from + PAGE) return;
  const more = make(
    'button',
    {
      type: 'button',
      class: 'more',
      onclick: () => {
        line.remove();
        const last = body.lastElementChild;
        addRows(body, rows, columns, from + PAGE);
        last.nextElementSibling.querySelector('button').focus();
      },
    },
    `Show more (${(rows.length - from - PAGE).toLocaleString('en')})`,
  );
  const line = make('tr', {}, make('td', {colspan: columns.length}, more));
  body.append(line);
}

function sortBy(column) {
  const own = order[state.view];
  // Numbers are asked for from the top.
  own.down = own.column === column ? !own.down : Boolean(COLUMNS[state.view][column].number);
  own.column = column;
  showTable();
  table.querySelectorAll('thead button')[column].focus();
}
