// One frame of the picture.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
let wanted = 0;

// Draws at the next chance; however often it is asked for, once a frame.
function redraw() {
  wanted =
    wanted ||
    requestAnimationFrame(() => {
      wanted = 0;
      frame(canvas.getContext('2d'));
    });
}

// Radius on the screen. Nodes stop growing before the gaps between them do, so that zooming in makes room.
function radius(entity) {
  return Math.max(entity.r * camera.k ** 0.55, 1.6);
}

function frame(context) {
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  const active = state.hover || state.selected;
  const lit = active && isShown(active) ? neighbourhood(active) : null;
  const all = camera.k > WIDE;
  drawEdges(context, allBatches(all), lit ? 0.1 : crowding());
  if (lit) drawEdges(context, batches(lit.pairs, all), 0.95);
  const seen = shown.entities.filter(isSeen);
  if (lit) {
    drawNodes(
      context,
      seen.filter((entity) => !lit.has.has(entity)),
      0.22,
    );
    drawNodes(
      context,
      seen.filter((entity) => lit.has.has(entity)),
      1,
    );
  } else {
    drawNodes(context, seen, 1);
  }
  drawRings(context);
  const room = new Room();
  drawNames(context, room, lit ? lit.entities.filter(isSeen) : seen, seen);
  if (lit || camera.k > 1.1) drawWords(context, room, lit ? lit.pairs : shown.pairs);
}

// Where lines lie close, each is fainter, so that nodes and names stay in front.
function crowding() {
  // On black, thin lines are dimmer than on white.
  return Math.min(Math.max(0.85 - shown.pairs.length / 12000, 0.35), 0.75) + (theme.dark ? 0.2 : 0);
}

function isSeen(entity) {
  const [x, y] = [toScreenX(entity.x), toScreenY(entity.y)];
  const margin = 40;
  return x > -margin && y > -margin && x < camera.width + margin && y < camera.height + margin;
}

function isShown(selected) {
  return selected.a ? selected.strands.length > 0 : shown.has.has(selected);
}

// What stands out with an entity or a pair: its edges and who is at their ends, the most linked first.
function neighbourhood(active) {
  const own = active.a ? [active] : active.pairs.filter((pair) => pair.strands.length);
  const has = new Set(active.a ? [active.a, active.b] : [active]);
  for (const pair of own) has.add(pair.a).add(pair.b);
  const rest = [...has].filter((entity) => entity !== active).sort((a, b) => a.index - b.index);
  return {pairs: own, has, entities: active.a ? rest : [active, ...rest]};
}

function drawNodes(context, some, opacity) {
  const byType = new Map();
  for (const entity of some) {
    if (!byType.has(entity.type)) byType.set(entity.type, []);
    byType.get(entity.type).push(entity);
  }
  context.globalAlpha = opacity;
  context.lineWidth = camera.k > 0.5 ? 1.2 : 0.8;
  for (const [type, members] of byType) {
    context.beginPath();
    for (const entity of members)
      node(context, type.outline, toScreenX(entity.x), toScreenY(entity.y), radius(entity));
    context.fillStyle = type.fill;
    context.strokeStyle = type.edge;
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}

// The outline of a node, of about the same area for every type.
function node(context, form, x, y, r) {
  if (form === 'circle') {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  } else if (form === 'square' || r < 2.5) {
    context.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  } else if (form === 'diamond') {
    const reach = r * 1.2;
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  } else {
    const [reach, side] = [r * 1.08, r * 0.95];
    context.moveTo(x + reach, y);
    context.lineTo(x + reach / 2, y + side);
    context.lineTo(x - reach / 2, y + side);
    context.lineTo(x - reach, y);
    context.lineTo(x - reach / 2, y - side);
    context.lineTo(x + reach / 2, y - side);
    context.closePath();
  }
}

// A ring round what is selected.
function drawRings(context) {
  const {selected} = state;
  if (!selected || !isShown(selected)) return;
  context.strokeStyle = theme.accent;
  context.lineWidth = 2.5;
  for (const entity of selected.a ? [selected.a, selected.b] : [selected]) {
    context.beginPath();
    context.arc(toScreenX(entity.x), toScreenY(entity.y), radius(entity) + 4.5, 0, 2 * Math.PI);
    context.stroke();
  }
}

// Rectangles that are taken, by squares of the screen, each with its weight.
class Room {
  constructor() {
    this.squares = new Map();
  }

  // Takes the rectangle if nothing of this weight or more is in it; what weighs less may be covered.
  take(left, top, right, bottom, least, weight = Infinity) {
    const keys = [];
    for (let column = Math.floor(left / 80); column <= Math.floor(right / 80); column += 1) {
      for (let row = Math.floor(top / 80); row <= Math.floor(bottom / 80); row += 1)
        keys.push(column * 4096 + row);
    }
    const meets = (box) =>
      box[4] >= least && box[0] < right && box[2] > left && box[1] < bottom && box[3] > top;
    if (keys.some((key) => (this.squares.get(key) || []).some(meets))) return false;
    for (const key of keys) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push([left, top, right, bottom, weight]);
    }
    return true;
  }
}

function shortened(name, most) {
  const letters = [...name];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : name;
}

// Names of nodes, the most linked first, as many as find room beside their nodes without touching another name or
// node. Names of large nodes may cover small ones: a hub is surrounded by what it is linked with, and would stay
// without a name.
function drawNames(context, room, named, seen) {
  for (const entity of seen) {
    const [x, y, r] = [toScreenX(entity.x), toScreenY(entity.y), radius(entity)];
    if (r > 2) room.take(x - r, y - r, x + r, y + r, Infinity, entity.r);
  }
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  // Names on a quarter of the screen are read; on half of it, they are wallpaper.
  let left = (camera.width * camera.height) / 8000;
  for (const entity of named.slice(0, 1500)) {
    if (left <= 0) break;
    const size = 11 + Math.min(entity.r / 7, 3.5);
    const font = `${entity.r > 14 ? 600 : 450} ${size}px ${FONT}`;
    if (!entity.text) {
      context.font = font;
      entity.text = shortened(entity.name, 30);
      entity.width = context.measureText(entity.text).width;
    }
    const spot = findRoom(room, entity, size);
    if (!spot) continue;
    left -= 1;
    context.font = font;
    written(context, entity.text, spot[0], spot[1], theme.ink);
  }
}

// Below the node if there is room, else above, to the right or to the left of it.
function findRoom(room, entity, size) {
  const [x, y, r] = [toScreenX(entity.x), toScreenY(entity.y), radius(entity) + 3];
  const {width} = entity;
  const spots = [
    [x - width / 2, y + r],
    [x - width / 2, y - r - size - 2],
    [x + r + 1, y - size / 2],
    [x - r - 1 - width, y - size / 2],
  ];
  const inside = ([left, top]) =>
    left > 2 && top > 2 && left + width < camera.width - 2 && top + size < camera.height - 2;
  return spots
    .filter(inside)
    .find(([left, top]) => room.take(left - 2, top, left + width + 2, top + size + 1, entity.r * 0.75));
}

// Text with a rim of paper, so that lines behind it do not cross it out.
function written(context, text, x, y, colour) {
  context.strokeStyle = theme.paper;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

// What edges say, in the middle of those that are long enough for it.
function drawWords(context, room, some) {
  context.font = `11px ${FONT}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  let left = 60;
  for (const pair of some) {
    const ends = left > 0 && onScreen({a: pair.a, b: pair.b, shift: 0});
    if (!ends) continue;
    const [x, y] = [(ends[0] + ends[2]) / 2, (ends[1] + ends[3]) / 2];
    const text = summary(pair);
    const width = context.measureText(text).width;
    const length = Math.hypot(ends[2] - ends[0], ends[3] - ends[1]) - radius(pair.a) - radius(pair.b);
    if (length < Math.min(width, 70) + 16) continue;
    if (!room.take(x - width / 2 - 3, y - 8, x + width / 2 + 3, y + 8, 0)) continue;
    left -= 1;
    context.fillStyle = theme.paper;
    context.fillRect(x - width / 2 - 2, y - 7, width + 4, 14);
    written(context, text, x, y, pair.strands[0].fact === 2 ? theme.muted : pair.strands[0].family.ink);
  }
}

// The strongest relation of a pair in words, and how many more there are.
function summary(pair) {
  const said = pair.triples.filter((triple) => triple.shown);
  const first = said.reduce((best, triple) =>
    triple.fact < best.fact || (triple.fact === best.fact && triple.sources > best.sources) ? triple : best,
  );
  const names = new Set(said.map((triple) => triple.relation));
  const words = first.fact === 2 ? `not: ${first.relation.words}` : first.relation.words;
  return names.size > 1 ? `${words} +${names.size - 1}` : words;
}

// The node under a point of the screen, the nearest where several are.
function entityAt(x, y, reach) {
  let [best, least] = [null, reach];
  for (const entity of shown.entities) {
    const distance = Math.hypot(toScreenX(entity.x) - x, toScreenY(entity.y) - y) - radius(entity);
    if (distance < least) [best, least] = [entity, distance];
  }
  return best;
}
