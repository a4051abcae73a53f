// Parts of the page. Text from outside becomes text and never markup: there is no other way in here.

// `make('button', {type: 'button', onclick: f}, 'text', child)`: attributes, listeners and properties by name.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// A name in whatever direction its script is written, without effect on the words beside it.
function nameOf(entity) {
  return make('bdi', {}, entity.name);
}

// A button that shows an entity.
function entityButton(entity, attributes = {}) {
  return make(
    'button',
    {type: 'button', class: 'name', onclick: () => select(entity, {focus: true}), ...attributes},
    typeMark(entity.type),
    nameOf(entity),
  );
}

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// The shape and colour of a type, as nodes have them.
const FORMS = {
  circle: () => svg('circle', {cx: 8, cy: 8, r: 6}),
  square: () => svg('rect', {x: 2.7, y: 2.7, width: 10.6, height: 10.6}),
  diamond: () => svg('path', {d: 'M8 1 15 8 8 15 1 8Z'}),
  hexagon: () => svg('path', {d: 'M14.5 8 11.2 13.7H4.8L1.5 8 4.8 2.3H11.2Z'}),
};

function typeMark(type) {
  const form = FORMS[type.outline]();
  form.setAttribute('fill', type.fill);
  form.setAttribute('stroke', type.edge);
  return svg('svg', {class: 'mark', viewBox: '0 0 16 16', 'aria-hidden': 'true'}, form);
}

// A line as edges have it.
function lineMark(colour, fact) {
  const line = svg('line', {
    x1: 0,
    x2: 22,
    y1: 5,
    y2: 5,
    stroke: colour,
    'stroke-width': 2.5,
    'stroke-dasharray': DASHES[fact].join(' ') || 'none',
  });
  return svg('svg', {class: 'line', viewBox: '0 0 22 10', 'aria-hidden': 'true'}, line);
}

// Tells who listens to the page instead of looking at it.
function announce(text) {
  document.getElementById('status').textContent = text;
}

const HUMAN_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

// A date as people write it: 25 August 2021.
function humanDate(when) {
  const [year, month, day] = when.split('-');
  const name = HUMAN_MONTHS[Number(month) - 1];
  if (!days(when) || (month && !name)) return clean(when);
  return [day && Number(day), name, year].filter(Boolean).join(' ');
}
