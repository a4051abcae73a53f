// Putting it together.

const filtersSwitch = document.getElementById('filters-switch');
const themeSwitch = document.getElementById('theme');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

// After any change of what the reader chose.
function changed() {
  refresh();
  forgetBatches();
  const hasHidden = shown.triples.length < triples.length;
  const count = (now, all, one, many) =>
    now < all ? `${now.toLocaleString('en')} of ${plural(all, one, many)}` : plural(all, one, many);
  const counts = `${count(shown.entities.length, drawnEntities.length, 'entity', 'entities')} · ${count(shown.triples.length, triples.length, 'relation', 'relations')}`;
  document.getElementById('counts').textContent = counts;
  if (hasHidden) announce(counts);
  const empty = document.getElementById('empty');
  empty.hidden = shown.pairs.length > 0;
  empty.textContent = triples.length ? 'Nothing passes the filters.' : 'No relations were found in these articles.';
  showNotice();
  showTable();
  if (state.selected) showDetails();
  toAddress();
  redraw();
}

// What is left out is said, never cut off in silence.
function showNotice() {
  const notice = document.getElementById('notice');
  const [top, most] = [state.top, drawnEntities.length];
  notice.hidden = top >= most;
  if (top >= most) return;
  const more = make(
    'button',
    {
      type: 'button',
      onclick: () => {
        showDrawer(true);
        filters.querySelector('#top').focus();
      },
    },
    'Change',
  );
  notice.replaceChildren(
    `The ${top.toLocaleString('en')} most linked of ${most.toLocaleString('en')} entities are shown. `,
    more,
  );
}

function setView(view) {
  state.view = view;
  for (const button of document.querySelectorAll('[data-view]'))
    button.setAttribute('aria-pressed', String(button.dataset.view === view));
  document.getElementById('stage').hidden = view !== 'graph';
  table.hidden = view === 'graph';
  showTable();
  toAddress();
  resize();
}

// The filters: a column beside the picture, or on a narrow screen a drawer over it.
function showDrawer(open) {
  const shut = !open;
  if (narrow.matches) document.body.classList.toggle('drawer', open);
  else document.body.classList.toggle('no-filters', shut);
  filtersSwitch.setAttribute('aria-expanded', String(open));
  if (shut && filters.contains(document.activeElement)) filtersSwitch.focus();
  resize();
}

function drawerIsOpen() {
  return narrow.matches
    ? document.body.classList.contains('drawer')
    : !document.body.classList.contains('no-filters');
}

function applyTheme(dark) {
  setTheme(dark);
  themeSwitch.setAttribute('aria-pressed', String(dark));
  forgetBatches();
  showFilters();
  if (state.selected) showDetails();
  redraw();
}

function begin() {
  fromAddress();
  refresh();
  applyTheme(themeSwitch.getAttribute('aria-pressed') === 'true');
  showTimeline();
  changed();
  filtersSwitch.setAttribute('aria-expanded', String(drawerIsOpen()));
  setView(state.view);
  const {selected} = state;
  if (selected) {
    select(selected);
    if (state.view === 'graph') focusOn(selected);
  }
}

for (const button of document.querySelectorAll('[data-view]'))
  button.addEventListener('click', () => setView(button.dataset.view));
filtersSwitch.addEventListener('click', () => showDrawer(!drawerIsOpen()));
themeSwitch.addEventListener('click', () => applyTheme(!theme.dark));
prefersDark.addEventListener('change', () => applyTheme(prefersDark.matches));
narrow.addEventListener('change', () => filtersSwitch.setAttribute('aria-expanded', String(drawerIsOpen())));
document.getElementById('zoom-in').addEventListener('click', () => zoom(1.4));
document.getElementById('zoom-out').addEventListener('click', () => zoom(1 / 1.4));
document.getElementById('zoom-all').addEventListener('click', fit);
new ResizeObserver(resize).observe(document.getElementById('stage'));
// Someone pasted another address, or went back.
window.addEventListener('hashchange', begin);
themeSwitch.setAttribute('aria-pressed', String(prefersDark.matches));
begin();
