// The legend, which is what is switched on and off as well: one list says what a colour means and whether it is seen.

const filters = document.getElementById('filters');

// A line of the legend: a box to tick, a mark, a name and how many there are.
function legendLine(name, mark, total, on, change, about = '') {
  const box = make('input', {type: 'checkbox', onchange: () => change(box.checked)});
  box.checked = on;
  return make(
    'label',
    {class: 'choice', title: about},
    box,
    mark,
    make('span', {class: 'what'}, name),
    make('span', {class: 'count'}, total.toLocaleString('en')),
  );
}

function toggle(set, item, on) {
  if (on) set.delete(item);
  else set.add(item);
  changed();
}

function section(title, ...children) {
  return make('fieldset', {}, make('legend', {}, title), ...children);
}

function showFilters() {
  const open = new Set(
    [...filters.querySelectorAll('button[aria-expanded=true]')].map((button) => button.dataset.family),
  );
  const {hidden} = state;
  const used = types.filter((type) => type.total);
  const ofTypes = used.map((type) =>
    legendLine(type.words, typeMark(type), type.total, !hidden.types.has(type.index), (on) =>
      toggle(hidden.types, type.index, on),
    ),
  );
  const totals = FACTS.map((_, fact) => triples.filter((triple) => triple.fact === fact).length);
  const ofFacts = FACTS.map(
    (name, fact) =>
      totals[fact] &&
      legendLine(
        name,
        lineMark(fact === 2 ? theme.negated : theme.ink, fact),
        totals[fact],
        !hidden.facts.has(fact),
        (on) => toggle(hidden.facts, fact, on),
        FACT_MEANS[fact],
      ),
  );
  filters.replaceChildren(
    make('h2', {}, 'Legend and filters'),
    section('Entities', ...ofTypes),
    section('Relations', ...families.map((family) => familyLine(family, open.has(family.name)))),
    section('Is it so?', ...ofFacts.filter(Boolean)),
    section(
      'Sources',
      sourcesLine(),
      make('p', {class: 'hint'}, 'Wider lines have more sources. Copies of one text are one source.'),
    ),
  );
  const most = drawnEntities.length;
  if (most > MANY) filters.append(section('Size', topLine(most)));
  const alone = entities.length - most;
  if (alone)
    filters.append(
      make(
        'p',
        {class: 'hint'},
        `${plural(alone, 'more entity is', 'more entities are')} named without any relation. The search finds them, and the table of entities can list them.`,
      ),
    );
  filters.append(make('button', {type: 'button', class: 'reset', onclick: resetFilters}, 'Reset filters'));
}

const FACT_MEANS = ['Said to be so', 'Planned, wished, demanded, feared or possible', 'Said not to be so'];

// A family, and its relations where the reader opens them.
function familyLine(family, open) {
  const {hidden} = state;
  const off = family.relations.filter((relation) => hidden.relations.has(relation.index)).length;
  const all = legendLine(
    clean(family.name),
    lineMark(family.ink, 0),
    family.total,
    off < family.relations.length,
    (on) => {
      for (const relation of family.relations) {
        if (on) hidden.relations.delete(relation.index);
        else hidden.relations.add(relation.index);
      }
      changed();
      showFilters();
      restoreFocus(family, 'input');
    },
  );
  all.querySelector('input').indeterminate = off > 0 && off < family.relations.length;
  const byTotal = [...family.relations].sort((a, b) => b.total - a.total || a.index - b.index);
  const list = make(
    'div',
    {class: 'relations', id: `family-${family.index}`},
    ...byTotal.map((relation) =>
      legendLine(
        relation.words,
        '',
        relation.total,
        !hidden.relations.has(relation.index),
        (on) => {
          toggle(hidden.relations, relation.index, on);
          const now = family.relations.filter((known) => hidden.relations.has(known.index)).length;
          const box = all.querySelector('input');
          [box.checked, box.indeterminate] = [
            now < family.relations.length,
            now > 0 && now < family.relations.length,
          ];
        },
        clean(relation.about),
      ),
    ),
  );
  list.hidden = !open;
  const opener = make(
    'button',
    {
      type: 'button',
      class: 'opener',
      'aria-expanded': String(open),
      'aria-controls': list.id,
      'aria-label': `Relations of ${clean(family.name)}`,
      'data-family': family.name,
      onclick: () => {
        list.hidden = !list.hidden;
        opener.setAttribute('aria-expanded', String(!list.hidden));
      },
    },
    '›',
  );
  return make('div', {class: 'family'}, make('div', {class: 'head'}, all, opener), list);
}

// The list was written anew under the reader's hands.
function restoreFocus(family, what) {
  const opener = filters.querySelector(`[aria-controls="family-${family.index}"]`);
  opener.parentElement.querySelector(what).focus();
}

function sourcesLine() {
  const most = triples.reduce((most, triple) => Math.max(most, triple.sources), 1);
  const say = () => `at least ${plural(state.minSources, 'source')}`;
  const output = make('output', {for: 'sources'}, say());
  const input = make('input', {
    type: 'range',
    id: 'sources',
    min: 1,
    max: Math.min(Math.max(most, 2), 20),
    value: state.minSources,
    'aria-label': 'Least number of sources',
    oninput: () => {
      state.minSources = Number(input.value);
      output.textContent = say();
      input.setAttribute('aria-valuetext', say());
      changed();
    },
  });
  return make('div', {class: 'slider'}, input, output);
}

// How many of the most linked are drawn, on a scale on which each step is a factor: from 100 to 100,000 is far.
function topLine(most) {
  const steps = 40;
  const least = 100;
  const at = (step) => (step >= steps ? most : Math.round(least * (most / least) ** (step / steps)));
  const say = () => `the ${state.top.toLocaleString('en')} most linked of ${most.toLocaleString('en')}`;
  const output = make('output', {for: 'top', id: 'top-says'}, say());
  const value = Math.round((steps * Math.log(state.top / least)) / Math.log(most / least));
  const input = make('input', {
    type: 'range',
    id: 'top',
    min: 0,
    max: steps,
    value,
    'aria-label': 'How many entities are drawn',
    'aria-valuetext': say(),
    oninput: () => {
      state.top = at(Number(input.value));
      output.textContent = say();
      input.setAttribute('aria-valuetext', say());
      changed();
    },
  });
  return make('div', {class: 'slider'}, input, output);
}

function resetFilters() {
  state.hidden = {types: new Set(), relations: new Set(), facts: new Set()};
  Object.assign(state, {
    minSources: 1,
    from: null,
    to: null,
    undated: true,
    top: Math.min(MANY, drawnEntities.length),
  });
  changed();
  showFilters();
  showTimeline();
  filters.querySelector('.reset').focus();
}
