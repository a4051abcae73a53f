// Colours: the build's own, made to stand out from a light or a dark page.

const theme = {dark: false, ink: '', paper: '', muted: '', line: '', accent: '', negated: ''};

function channels(hex) {
  const full = /^#([0-9a-f]{6})$/i.exec(hex);
  const number = full ? Number.parseInt(full[1], 16) : 0x777777;
  return [number >> 16, (number >> 8) & 255, number & 255];
}

// Relative luminance as the Web Content Accessibility Guidelines define it.
function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((one, two) => one - two);
  return (high + 0.05) / (low + 0.05);
}

function mixed(colour, towards, share) {
  return colour.map((value, at) => Math.round(value + (towards[at] - value) * share));
}

// The colour, moved towards white or black until it can be told from the page: people choose colours of relations
// on white paper, and half of them vanish on black.
function readable(hex, least) {
  const paper = channels(theme.paper);
  const towards = theme.dark ? [255, 255, 255] : [0, 0, 0];
  let colour = channels(hex);
  for (let share = 0.05; contrast(colour, paper) < least && share <= 1; share += 0.05) {
    colour = mixed(channels(hex), towards, share);
  }
  return `rgb(${colour.join(' ')})`;
}

// Reads the colours of the style sheet, so that they are written in one place.
function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  theme.dark = dark;
  for (const name of ['ink', 'paper', 'muted', 'line', 'accent', 'negated']) theme[name] = read(name);
  for (const family of families) family.ink = readable(family.colour, 4.5);
  for (const type of types) {
    const fill = dark ? mixed(channels(type.colour), [24, 28, 34], 0.18) : channels(type.colour);
    type.fill = `rgb(${fill.join(' ')})`;
    type.edge = `rgb(${mixed(fill, dark ? [0, 0, 0] : [30, 34, 40], dark ? 0.35 : 0.55).join(' ')})`;
  }
}

// Graphviz has some sixty shapes. Four are told apart at the size of a node here.
function outline(shape) {
  const name = shape.toLowerCase();
  if (/^(ellipse|oval|circle|doublecircle|point|egg|plain|none)/.test(name)) return 'circle';
  if (/^(hexagon|octagon|septagon|pentagon|doubleoctagon|tripleoctagon|house)/.test(name)) return 'hexagon';
  if (/^(cds|diamond|mdiamond|triangle|invtriangle|star|trapezium|parallelogram|larrow|rarrow)/.test(name))
    return 'diamond';
  return 'square';
}
for (const type of types) type.outline = outline(type.shape);
