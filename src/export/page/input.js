// Mouse, fingers and keys on the picture.

const pointers = new Map();
let pressed = null;

function place(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

// What is under a pointer: nodes before the lines between them. A finger is less exact than a mouse.
function under(event) {
  const [x, y] = place(event);
  const rough = event.pointerType === 'touch' ? 12 : 3;
  return entityAt(x, y, rough) || pairAt(x, y, rough + 3);
}

canvas.addEventListener('pointerdown', (event) => {
  if (event.button) return;
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, place(event));
  pressed = pointers.size === 1 ? {at: place(event), moved: false} : null;
  canvas.classList.add('held');
});

canvas.addEventListener('pointermove', (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return hover(event);
  const now = place(event);
  if (pressed && Math.hypot(now[0] - pressed.at[0], now[1] - pressed.at[1]) > 4) pressed.moved = true;
  if (pointers.size === 1) {
    if (pressed && !pressed.moved) return undefined;
    pan(now[0] - before[0], now[1] - before[1]);
  } else {
    pinch(event.pointerId, before, now);
  }
  pointers.set(event.pointerId, now);
  return undefined;
});

// Two fingers: what lies between them stays between them.
function pinch(id, before, now) {
  const still = [...pointers].find(([key]) => key !== id)[1];
  const span = ([x, y]) => Math.hypot(x - still[0], y - still[1]) || 1;
  const middle = ([x, y]) => [(x + still[0]) / 2, (y + still[1]) / 2];
  const [from, to] = [middle(before), middle(now)];
  zoom(span(now) / span(before), from[0], from[1]);
  pan(to[0] - from[0], to[1] - from[1]);
}

function hover(event) {
  if (event.pointerType === 'touch') return undefined;
  const target = under(event);
  canvas.classList.toggle('hit', Boolean(target));
  if (target !== state.hover) {
    state.hover = target;
    redraw();
  }
  return undefined;
}

canvas.addEventListener('pointerup', (event) => {
  const click = pressed && !pressed.moved && pointers.has(event.pointerId);
  lift(event);
  if (!click) return;
  const target = under(event);
  if (target) select(target);
  else if (state.selected) closeDetails();
});
canvas.addEventListener('pointercancel', lift);
canvas.addEventListener('pointerleave', () => {
  if (!state.hover) return;
  state.hover = null;
  redraw();
});

function lift(event) {
  pointers.delete(event.pointerId);
  pressed = null;
  if (!pointers.size) canvas.classList.remove('held');
}

canvas.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    // A wheel tells lines, a trackpad pixels; a pinch on a trackpad comes as small steps with Control.
    const pixels = event.deltaY * (event.deltaMode === 1 ? 30 : 1);
    const step = Math.min(Math.max(pixels, -120), 120) * (event.ctrlKey ? 0.01 : 0.0022);
    zoom(Math.exp(-step), ...place(event));
  },
  {passive: false},
);

canvas.addEventListener('dblclick', (event) => zoom(1.8, ...place(event)));

const STEP = 70;
const KEYS = {
  ArrowLeft: () => pan(STEP, 0),
  ArrowRight: () => pan(-STEP, 0),
  ArrowUp: () => pan(0, STEP),
  ArrowDown: () => pan(0, -STEP),
  '+': () => zoom(1.3),
  '=': () => zoom(1.3),
  '-': () => zoom(1 / 1.3),
  0: fit,
  Enter: () => state.selected && details.querySelector('h2').focus(),
};

canvas.addEventListener('keydown', (event) => {
  const act = !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener('keydown', (event) => {
  const typing = event.target.matches('input:not([type=checkbox]):not([type=range])');
  if (event.key === '/' && !typing) {
    event.preventDefault();
    searchField.focus();
  }
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (document.body.classList.contains('drawer')) showDrawer(false);
  else if (state.selected) closeDetails();
});
