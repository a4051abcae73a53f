// When things happened: bars by day, month or year, and a brush over them.

const timeline = document.getElementById('timeline');
const MOST_BARS = 90;
let bins = [];

// Equal stretches of time between two days, with the label of each.
const UNITS = [
  {
    name: 'day',
    start: (date) => date,
    next: (date) => new Date(+date + 86400000),
    label: (date) => humanDate(date.toISOString().slice(0, 10)),
  },
  {
    name: 'month',
    start: (date) => utc(date.getUTCFullYear(), date.getUTCMonth()),
    next: (date) => utc(date.getUTCFullYear(), date.getUTCMonth() + 1),
    label: (date) => humanDate(date.toISOString().slice(0, 7)),
  },
  {
    name: 'year',
    start: (date) => utc(date.getUTCFullYear(), 0),
    next: (date) => utc(date.getUTCFullYear() + 1, 0),
    label: (date) => String(date.getUTCFullYear()),
  },
  {
    name: 'decade',
    start: (date) => utc(Math.floor(date.getUTCFullYear() / 10) * 10, 0),
    next: (date) => utc(date.getUTCFullYear() + 10, 0),
    label: (date) => `${date.getUTCFullYear()}s`,
  },
];

function utc(year, month) {
  return new Date(new Date(0).setUTCFullYear(year, month, 1));
}

function makeBins(dated) {
  const starts = dated.map((triple) => triple.days[0]).sort((a, b) => a - b);
  // A founding in 1867 would press the news of a year into one bar: what lies far outside gets one bar at the end.
  const at = (share) => starts[Math.round((starts.length - 1) * share)];
  const [early, late] = [at(0.03), at(0.97)];
  const slack = Math.max((late - early) * 0.5, 20);
  const first = starts.find((day) => day >= early - slack);
  const last = starts.findLast((day) => day <= late + slack);
  for (const unit of UNITS) {
    const found = [];
    let date = unit.start(new Date(first * 86400000));
    while (+date <= last * 86400000 && found.length <= MOST_BARS) {
      const next = unit.next(date);
      found.push({from: +date / 86400000, to: +next / 86400000 - 1, label: unit.label(date), count: 0});
      date = next;
    }
    if (found.length > MOST_BARS && unit !== UNITS.at(-1)) continue;
    const [low, high] = [found[0].from, found.at(-1).to];
    if (starts[0] < low)
      found.unshift({from: -Infinity, to: low - 1, label: `before ${found[0].label}`, count: 0});
    if (starts.at(-1) > high)
      found.push({from: high + 1, to: Infinity, label: `after ${found.at(-1).label}`, count: 0});
    return found;
  }
  return [];
}

function showTimeline() {
  const dated = triples.filter((triple) => triple.days);
  timeline.hidden = !dated.length;
  if (!dated.length) return;
  if (!bins.length) {
    bins = makeBins(dated);
    for (const triple of dated) {
      // What is known no better than its month stands where it began.
      const bin = bins.find((bin) => triple.days[0] >= bin.from && triple.days[0] <= bin.to);
      if (bin) bin.count += 1;
    }
  }
  const undated = triples.length - dated.length;
  const says = make('output', {id: 'time-says'});
  const chart = make('div', {class: 'chart'}, bars(), ...[0, 1].map(handle));
  chart.addEventListener('pointerdown', brush);
  chart.addEventListener('dblclick', () => setRange(0, bins.length));
  const keep = make('input', {
    type: 'checkbox',
    id: 'undated',
    onchange: () => {
      state.undated = keep.checked;
      changed();
    },
  });
  keep.checked = state.undated;
  timeline.replaceChildren(
    make(
      'div',
      {class: 'head'},
      make('h2', {}, 'Time'),
      says,
      undated
        ? make('label', {class: 'choice'}, keep, `without a date (${undated.toLocaleString('en')})`)
        : '',
    ),
    chart,
    make(
      'div',
      {class: 'ends', 'aria-hidden': 'true'},
      make('span', {}, bins[0].label),
      make('span', {}, bins.at(-1).label),
    ),
  );
  showRange();
}

function bars() {
  const most = Math.max(...bins.map((bin) => bin.count));
  const picture = svg('svg', {
    viewBox: `0 0 ${bins.length} 40`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  bins.forEach((bin, at) => {
    // The root keeps a month of two triples visible beside one of two hundred.
    const height = bin.count ? Math.max(38 * Math.sqrt(bin.count / most), 3) : 0;
    const bar = svg('rect', {x: at + 0.08, y: 40 - height, width: 0.84, height});
    bar.append(svg('title', {}, `${bin.label}: ${plural(bin.count, 'relation')}`));
    picture.append(bar);
  });
  return picture;
}

// The edges of the bars between which the brush lies: 0 is before the first bar.
function range() {
  const from = state.from === null ? 0 : bins.findIndex((bin) => bin.to >= state.from);
  const to = state.to === null ? bins.length : bins.findLastIndex((bin) => bin.from <= state.to) + 1;
  return [from < 0 ? bins.length - 1 : from, Math.max(to, 1)];
}

function setRange(from, to) {
  state.from = from <= 0 ? null : bins[from].from;
  state.to = to >= bins.length ? null : bins[to - 1].to;
  showRange();
  changed();
}

// A handle of the brush: a slider of the browser, so that keys, fingers and screen readers know it already.
function handle(which) {
  const input = make('input', {
    type: 'range',
    min: 0,
    max: bins.length,
    step: 1,
    'aria-label': which ? 'Until' : 'From',
    oninput: () => {
      let [from, to] = range();
      if (which) to = Math.max(Number(input.value), from + 1);
      else from = Math.min(Number(input.value), to - 1);
      setRange(from, to);
    },
  });
  return input;
}

function showRange() {
  if (timeline.hidden) return;
  const [from, to] = range();
  const [first, last] = timeline.querySelectorAll('input[type=range]');
  [first.value, last.value] = [from, to];
  first.setAttribute('aria-valuetext', bins[from].label);
  last.setAttribute('aria-valuetext', bins[to - 1].label);
  timeline.querySelectorAll('rect').forEach((bar, at) => bar.classList.toggle('out', at < from || at >= to));
  const says =
    from === 0 && to === bins.length
      ? 'all dates'
      : from === to - 1
        ? bins[from].label
        : `${bins[from].label} – ${bins[to - 1].label}`;
  document.getElementById('time-says').textContent = says;
}

// Dragging over the bars chooses what it passes.
function brush(event) {
  if (event.target.matches('input')) return;
  const chart = event.currentTarget;
  const box = chart.getBoundingClientRect();
  const at = (x) => Math.min(Math.max(((x - box.left) / box.width) * bins.length, 0), bins.length);
  const start = at(event.clientX);
  chart.setPointerCapture(event.pointerId);
  let dragged = false;
  const move = (moved) => {
    dragged = dragged || Math.abs(moved.clientX - event.clientX) > 3;
    if (!dragged) return;
    const [low, high] = [start, at(moved.clientX)].sort((a, b) => a - b);
    setRange(Math.min(Math.floor(low), bins.length - 1), Math.max(Math.ceil(high), Math.floor(low) + 1));
  };
  const end = () => {
    chart.removeEventListener('pointermove', move);
    chart.removeEventListener('pointerup', end);
    chart.removeEventListener('pointercancel', end);
  };
  chart.addEventListener('pointermove', move);
  chart.addEventListener('pointerup', end);
  chart.addEventListener('pointercancel', end);
}
