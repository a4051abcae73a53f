// Edges → lines on the canvas.
//
// Changing the style of a canvas costs more than a line does, so lines of one style are drawn together.

const WIDE = 0.7;
const DASHES = [[], [7, 4], [1.5, 3.5]];

// Lines of one style: colour, width, dashes, and the strands drawn so. `all` draws a line for each family of a pair;
// otherwise, where they could not be told apart, only the strongest.
function batches(some, all) {
  const found = new Map();
  for (const pair of some) {
    const {strands: lines} = pair;
    const many = all ? lines.length : Math.min(lines.length, 1);
    for (let at = 0; at < many; at += 1) {
      const strand = lines[at];
      const width = Math.min(1 + Math.round(Math.log2(strand.sources) * 1.6) / 2, 6);
      const colour = strand.fact === 2 ? theme.negated : strand.family.ink;
      const key = `${strand.fact} ${width} ${colour}`;
      let batch = found.get(key);
      if (!batch) {
        batch = {fact: strand.fact, width, colour, lines: []};
        found.set(key, batch);
      }
      batch.lines.push({a: pair.a, b: pair.b, strand, shift: (at - (many - 1) / 2) * 5});
    }
  }
  // What is so lies over what may be and what is not.
  return [...found.values()].sort((a, b) => b.fact - a.fact || a.width - b.width);
}

// The batches of all that is shown, kept until filters or colours change.
let kept = {};

function forgetBatches() {
  kept = {};
}

function allBatches(all) {
  const key = all ? 'all' : 'one';
  kept[key] = kept[key] || batches(shown.pairs, all);
  return kept[key];
}

// Both ends on the screen, moved aside by the line's shift; null where the line misses the screen.
function onScreen(line) {
  let [x1, y1, x2, y2] = [toScreenX(line.a.x), toScreenY(line.a.y), toScreenX(line.b.x), toScreenY(line.b.y)];
  if (
    Math.max(x1, x2) < 0 ||
    Math.min(x1, x2) > camera.width ||
    Math.max(y1, y2) < 0 ||
    Math.min(y1, y2) > camera.height
  )
    return null;
  if (line.shift) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [dx, dy] = [(-(y2 - y1) / length) * line.shift, ((x2 - x1) / length) * line.shift];
    [x1, y1, x2, y2] = [x1 + dx, y1 + dy, x2 + dx, y2 + dy];
  }
  return [x1, y1, x2, y2];
}

// The part of a line that is on the screen (Liang and Barsky, 1984): a browser dashes a line to its end, however far
// outside that is, and takes a second for it. The part begins at a whole number of dashes, so that they stay where
// they are when the picture moves.
function cut([x1, y1, x2, y2], dash) {
  const margin = 12;
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [first, last] = [0, 1];
  for (const [step, room] of [
    [-dx, x1 + margin],
    [dx, camera.width + margin - x1],
    [-dy, y1 + margin],
    [dy, camera.height + margin - y1],
  ]) {
    if (step === 0 && room < 0) return null;
    if (step < 0) first = Math.max(first, room / step);
    if (step > 0) last = Math.min(last, room / step);
  }
  if (first >= last) return null;
  if (first > 0 && dash) {
    const dashes = Math.hypot(dx, dy) / dash;
    first = Math.floor(first * dashes) / dashes;
  }
  return [x1 + dx * first, y1 + dy * first, x1 + dx * last, y1 + dy * last];
}

function drawEdges(context, some, opacity) {
  const thin = Math.min(Math.max(Math.sqrt(camera.k), 0.35), 1.3);
  context.globalAlpha = opacity;
  context.lineCap = 'butt';
  for (const batch of some) {
    context.strokeStyle = batch.colour;
    context.lineWidth = Math.max(batch.width * thin, 0.4);
    // Far away a dash is shorter than a pixel, and drawing it takes longest of all.
    const dashes = camera.k > 0.3 ? DASHES[batch.fact] : [];
    const dash = dashes.length ? dashes[0] + dashes[1] : 0;
    context.setLineDash(dashes);
    // Hundreds of hairs are drawn fastest as one path, ten thousand never; wide and dashed lines each by itself.
    const most = camera.k > 0.3 ? 1 : 200;
    context.beginPath();
    let inPath = 0;
    for (const line of batch.lines) {
      const whole = onScreen(line);
      const ends = whole && cut(whole, dash);
      if (!ends) continue;
      context.moveTo(ends[0], ends[1]);
      context.lineTo(ends[2], ends[3]);
      inPath += 1;
      if (inPath === most) {
        context.stroke();
        context.beginPath();
        inPath = 0;
      }
    }
    context.stroke();
  }
  context.setLineDash([]);
  if (camera.k > 0.4) drawArrows(context, some, thin);
  context.globalAlpha = 1;
}

function drawArrows(context, some, thin) {
  for (const batch of some) {
    context.fillStyle = batch.colour;
    const size = (4.5 + batch.width) * thin;
    context.beginPath();
    for (const line of batch.lines) {
      const {strand} = line;
      const ends = strand.forth || strand.back ? onScreen(line) : null;
      if (!ends) continue;
      const [x1, y1, x2, y2] = ends;
      if (strand.forth) arrow(context, x1, y1, x2, y2, radius(line.b), size);
      if (strand.back) arrow(context, x2, y2, x1, y1, radius(line.a), size);
    }
    context.fill();
  }
}

// The head of an arrow that ends at the rim of its node.
function arrow(context, x1, y1, x2, y2, rim, size) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < rim + size * 2) return;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [x, y] = [x2 - dx * (rim + 1), y2 - dy * (rim + 1)];
  const [back, side] = [size * 1.7, size * 0.75];
  context.moveTo(x, y);
  context.lineTo(x - dx * back - dy * side, y - dy * back + dx * side);
  context.lineTo(x - dx * back + dy * side, y - dy * back - dx * side);
}

// The pair whose line passes nearest to a point of the screen, within reach of a mouse or a finger. Looking at all
// of ten thousand lines takes a tenth of a millisecond: an index would be more to keep true than it saves.
function pairAt(x, y, reach) {
  let [best, least] = [null, reach];
  for (const pair of shown.pairs) {
    const [x1, y1] = [toScreenX(pair.a.x), toScreenY(pair.a.y)];
    const [dx, dy] = [toScreenX(pair.b.x) - x1, toScreenY(pair.b.y) - y1];
    const square = dx * dx + dy * dy || 1;
    const part = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / square, 0), 1);
    const distance = Math.hypot(x - x1 - dx * part, y - y1 - dy * part);
    const aside = camera.k > WIDE ? (pair.strands.length - 1) * 2.5 : 0;
    if (distance - aside < least) [best, least] = [pair, distance - aside];
  }
  return best;
}
