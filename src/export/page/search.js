// The search field: a combobox with a list, as the ARIA Authoring Practices describe it.

const searchField = document.getElementById('search');
const foundList = document.getElementById('found');
const LISTED = 30;
let found = [];
let activeFound = -1;

// What is typed without accents and capitals finds what is written with them.
function folded(text) {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

// How well a name fits: 0 is the whole name, then its beginning, the beginning of one of its words, any part of it.
function fitness(name, words) {
  if (name === words) return 0;
  if (name.startsWith(words)) return 1;
  if (name.includes(` ${words}`) || name.includes(`-${words}`)) return 2;
  return name.includes(words) ? 3 : 9;
}

// All entities that have the words in a name, the best fitting first. O(names).
function findEntities(text) {
  const words = folded(text.trim());
  if (!words) return [];
  const hits = [];
  for (const entity of entities) {
    entity.folded = entity.folded || [entity.name, ...entity.aliases].map(folded);
    let [rank, by] = [9, 0];
    entity.folded.forEach((name, at) => {
      const own = fitness(name, words) + (at ? 0.5 : 0);
      if (own < rank) [rank, by] = [own, at];
    });
    if (rank < 9) hits.push({entity, rank, alias: by ? entity.aliases[by - 1] : null});
  }
  return hits.sort((a, b) => a.rank - b.rank || a.entity.index - b.entity.index);
}

function showFound() {
  found = findEntities(searchField.value);
  activeFound = found.length ? 0 : -1;
  foundList.replaceChildren(...found.slice(0, LISTED).map(foundItem));
  const typed = searchField.value.trim() !== '';
  if (typed && !found.length)
    foundList.append(
      make('li', {class: 'none', role: 'option', 'aria-disabled': 'true'}, 'No entity has such a name.'),
    );
  if (found.length > LISTED)
    foundList.append(
      make(
        'li',
        {class: 'none', role: 'option', 'aria-disabled': 'true'},
        `${found.length - LISTED} more; type on to narrow them down`,
      ),
    );
  openList(typed);
  markActive();
  if (typed) announce(found.length ? `${plural(found.length, 'entity', 'entities')} found` : 'Nothing found');
}

function foundItem({entity, alias}, at) {
  const relationsOf = entity.pairs.reduce((sum, pair) => sum + pair.triples.length, 0);
  const about = !relationsOf
    ? 'no relations'
    : shown.has.has(entity)
      ? plural(relationsOf, 'relation')
      : 'hidden by filters';
  const item = make(
    'li',
    {role: 'option', id: `found-${at}`, 'aria-selected': 'false', onclick: () => takeFound(at)},
    typeMark(entity.type),
    nameOf(entity),
  );
  if (alias) item.append(make('span', {class: 'alias'}, ' also ', make('bdi', {}, alias)));
  item.append(make('span', {class: 'about'}, about));
  // The field keeps the focus: losing it would close the list before the click arrives.
  item.addEventListener('pointerdown', (event) => event.preventDefault());
  return item;
}

function openList(open) {
  foundList.hidden = !open;
  searchField.setAttribute('aria-expanded', String(open));
}

function markActive() {
  [...foundList.children].forEach((item, at) => {
    if (item.id) item.setAttribute('aria-selected', String(at === activeFound));
  });
  const active = document.getElementById(`found-${activeFound}`);
  if (active) {
    searchField.setAttribute('aria-activedescendant', active.id);
    active.scrollIntoView({block: 'nearest'});
  } else {
    searchField.removeAttribute('aria-activedescendant');
  }
}

function takeFound(at) {
  if (!found[at]) return;
  openList(false);
  searchField.value = found[at].entity.name;
  select(found[at].entity, {focus: true});
}

searchField.addEventListener('input', showFound);
searchField.addEventListener('focus', () => {
  searchField.select();
});
searchField.addEventListener('blur', () => openList(false));
searchField.addEventListener('keydown', (event) => {
  const last = Math.min(found.length, LISTED) - 1;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (foundList.hidden) return showFound();
    activeFound =
      event.key === 'ArrowDown'
        ? activeFound >= last
          ? 0
          : activeFound + 1
        : activeFound <= 0
          ? last
          : activeFound - 1;
    markActive();
  } else if (event.key === 'Enter') {
    if (foundList.hidden) showFound();
    takeFound(activeFound);
  } else if (event.key === 'Escape' && !foundList.hidden) {
    openList(false);
    event.preventDefault();
    event.stopPropagation();
  }
});
