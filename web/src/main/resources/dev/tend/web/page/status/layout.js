const LETTER = 7.3, SMALL = 6.1, BOX = 44, ROW = 33, GAP = 34, BAR = 44, FOLD = 8;

/** Of a parent's children, those that are drawn: many that are all well are one. */
function drawn(node) {
  const children = node.children ?? [];
  const plain = (child) => !child.children && child.state === 'running' && child.mailbox === 0 && child.restarts === 0;
  const folded = children.filter(plain).length > FOLD ? children.filter(plain) : [];
  const more = folded.length + (node.more ?? 0);
  const shown = children.filter((child) => !folded.includes(child));
  return more > 0 ? [...shown, { id: `${node.id}/…`, bundle: more, of: node }] : shown;
}

export const isBox = ({ node }) => node.kind === 'supervisor';

/** How wide it is, with its text. */
function width(node) {
  if (node.bundle) return 20 + LETTER * 20;
  const words = SMALL * Math.max((node.words ?? '').length, 0);
  return node.kind === 'supervisor' ? Math.max(LETTER * node.name.length, words) + 28 : 20 + LETTER * Math.min(node.name.length, 26) + BAR;
}

function places(node, depth, parent) {
  const place = { node, depth, parent, width: width(node) };
  place.children = drawn(node).map((child) => places(child, depth + 1, place));
  return place;
}

const flat = (place) => [place, ...place.children.flatMap(flat)];

/**
 * From left to right, a column a level: a parent stands in the middle of its children.
 * @returns {{ places: object[], width: number, height: number }}
 */
export function tidy(root) {
  const top = places(root, 0, null);
  const all = flat(top);
  const columns = [];
  for (const { depth, width: w } of all) columns[depth] = Math.max(columns[depth] ?? 0, w);
  const lefts = columns.map((_, i) => columns.slice(0, i).reduce((sum, w) => sum + w + GAP, 1));
  let y = 1;
  const settle = (place) => {
    place.x = lefts[place.depth];
    const begin = y;
    const least = isBox(place) ? BOX + 12 : ROW;
    place.children.forEach(settle);
    if (y - begin < least) {
      const shift = (least - (y - begin)) / 2;
      place.children.flatMap(flat).forEach((below) => (below.y += shift));
      y = begin + least;
    }
    const { children } = place;
    place.y = children.length ? (children[0].y + children.at(-1).y) / 2 : (begin + y) / 2;
    if (isBox(place)) place.boxWidth = columns[place.depth];
    place.right = place.x + columns[place.depth];
    place.end = place.right;
  };
  settle(top);
  return { places: all, width: lefts.at(-1) + columns.at(-1) + 2, height: y + 1, outline: false };
}

/** One below the other, a step to the right a level: for narrow windows. */
export function outline(root, available) {
  const all = flat(places(root, 0, null));
  let y = 1;
  for (const place of all) {
    const height = isBox(place) ? BOX + 12 : ROW + 7;
    place.x = 1 + place.depth * 20;
    place.y = y + height / 2;
    place.right = place.x + place.width;
    place.end = available - 2;
    if (isBox(place)) place.boxWidth = Math.max(place.width, 150);
    y += height;
  }
  return { places: all, width: available, height: y + 1, outline: true };
}

/** The line from a parent to its child. */
export function edge({ parent, x, y }, isOutline) {
  if (isOutline) return `M${parent.x + 9} ${parent.y + (isBox(parent) ? BOX / 2 : 6)} V${y} H${x}`;
  const from = parent.x + (parent.boxWidth ?? parent.width), middle = from + GAP / 2;
  return `M${from} ${parent.y} C${middle} ${parent.y} ${middle} ${y} ${x} ${y}`;
}

export { BOX };
