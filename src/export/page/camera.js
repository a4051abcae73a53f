// Which part of the picture is seen: a point of the graph in the middle, and a scale.

const canvas = document.getElementById('canvas');
const camera = {x: 0, y: 0, k: 1, width: 1, height: 1};
const narrow = matchMedia('(max-width: 760px)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
let flight = 0;

function toScreenX(x) {
  return (x - camera.x) * camera.k + camera.width / 2;
}

function toScreenY(y) {
  return (y - camera.y) * camera.k + camera.height / 2;
}

function zoomLimits() {
  return [Math.min(0.02, fitting(shown.entities).k / 2), 6];
}

// Zooms so that what is under a point of the screen stays there.
function zoom(factor, x = camera.width / 2, y = camera.height / 2) {
  const [least, most] = zoomLimits();
  const k = Math.min(Math.max(camera.k * factor, least), most);
  camera.x += (x - camera.width / 2) * (1 / camera.k - 1 / k);
  camera.y += (y - camera.height / 2) * (1 / camera.k - 1 / k);
  camera.k = k;
  cancelAnimationFrame(flight);
  redraw();
}

function pan(x, y) {
  camera.x -= x / camera.k;
  camera.y -= y / camera.k;
  cancelAnimationFrame(flight);
  redraw();
}

// How much of the picture's lower part lies behind the details, on a narrow screen.
function covered() {
  const [panel, box] = [document.getElementById('details'), canvas.getBoundingClientRect()];
  return narrow.matches && !panel.hidden ? Math.max(box.bottom - panel.getBoundingClientRect().top, 0) : 0;
}

// The camera that sees all of some entities. A few are not blown up to fill the screen.
function fitting(some) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const entity of some) {
    left = Math.min(left, entity.x - entity.r);
    right = Math.max(right, entity.x + entity.r);
    top = Math.min(top, entity.y - entity.r);
    bottom = Math.max(bottom, entity.y + entity.r);
  }
  if (left > right) return {x: 0, y: 0, k: 1};
  const [width, height] = [right - left || 1, bottom - top || 1];
  // Names reach out to both sides, and the buttons stand at the right.
  const [aside, buttons] = [45, 15];
  const k = Math.max(
    Math.min((camera.width - 2 * (aside + buttons)) / width, (camera.height - covered() - 80) / height, 1.6),
    0.005,
  );
  return {x: (left + right) / 2 + buttons / k, y: (top + bottom) / 2, k};
}

// Moves the camera there; at once for who asked the system for less motion.
function fly(to) {
  cancelAnimationFrame(flight);
  const from = {...camera};
  const begin = performance.now();
  const step = (now) => {
    const part = still.matches ? 1 : Math.min((now - begin) / 350, 1);
    const eased = part * part * (3 - 2 * part);
    for (const key of ['x', 'y']) camera[key] = from[key] + (to[key] - from[key]) * eased;
    // Scales are felt as factors, so their logarithm moves evenly.
    camera.k = from.k * (to.k / from.k) ** eased;
    redraw();
    if (part < 1) flight = requestAnimationFrame(step);
  };
  step(begin);
}

function fit() {
  fly(fitting(shown.entities));
}

// Shows an entity or a pair with what is round it.
function focusOn(selected) {
  const ends = selected.a ? [selected.a, selected.b] : [selected];
  if (!ends.every((entity) => entity.drawn)) return;
  const near = selected.a
    ? ends
    : [
        selected,
        ...selected.pairs.filter((pair) => pair.strands.length).map((pair) => other(pair, selected)),
      ];
  const all = fitting(near);
  const k = Math.min(Math.max(all.k, 0.45), 1.4);
  // A hub may be linked with everyone: then it is shown itself, and not the middle of all others.
  const middle = all.k < 0.45 ? fitting(ends) : all;
  fly({x: middle.x, y: middle.y + covered() / 2 / k, k});
}

function resize() {
  const box = canvas.parentElement.getBoundingClientRect();
  if (!box.width || !box.height) return;
  const first = camera.width === 1;
  [camera.width, camera.height] = [box.width, box.height];
  // More than twice as fine costs time and is not seen.
  const fine = Math.min(window.devicePixelRatio || 1, 2);
  [canvas.width, canvas.height] = [Math.round(box.width * fine), Math.round(box.height * fine)];
  canvas.getContext('2d').setTransform(fine, 0, 0, fine, 0, 0);
  if (first) Object.assign(camera, fitting(shown.entities));
  redraw();
}
