// Where things stand on the grid of tiles: plain functions on world pixels, without a page.
// A tile is 1024 pixels wide on a map at zoom = level + 2, and holds cells of 64 pixels.

export const TILE = 1024;
export const CELL = 64;
export const FIRST_ZOOM = 2;
export const LAST_ZOOM = 19;

/** The tiles that a view touches. view: {left, top, right, bottom} in world pixels at this zoom. */
export function tilesFor(zoom, view) {
  const level = zoom - FIRST_ZOOM;
  const last = 2 ** level - 1;
  const clip = (value) => Math.min(last, Math.max(0, Math.floor(value / TILE)));
  const tiles = [];
  for (let y = clip(view.top); y <= clip(view.bottom); y += 1) {
    for (let x = clip(view.left); x <= clip(view.right); x += 1) tiles.push({ level, x, y });
  }
  return tiles;
}

/** The cells of a tile as objects; x and y in world pixels, id only for one organisation alone. */
export function cellsOf({ level, x, y }, columns) {
  const stacks = new Set(columns.s);
  let alone = 0;
  return columns.c.map((count, rank) => {
    const id = count === 1 ? columns.i[alone++] : null;
    return {
      level,
      count,
      id,
      isStack: stacks.has(rank),
      x: x * TILE + columns.x[rank],
      y: y * TILE + columns.y[rank],
    };
  });
}

/** Names a cell: the same name means that nothing has to be drawn again. */
export function nameOf(cell) {
  return `${cell.level}/${cell.x}/${cell.y}/${cell.count}/${cell.id ?? ""}`;
}

/** The corners, in world pixels, of the cell that holds this place. */
export function cellBox({ x, y }) {
  const left = Math.floor(x / CELL) * CELL;
  const top = Math.floor(y / CELL) * CELL;
  return { left, top, right: left + CELL, bottom: top + CELL };
}

/** Radius of a symbol in pixels: the eye reads the size, the number says the rest. */
export function radiusOf(count) {
  return count === 1 ? 9 : Math.min(29, Math.round(14 + 2.6 * Math.log2(count)));
}

/** Where the disc of a group is drawn: inside its own cell, so that two discs never touch. */
export function placeOf(cell) {
  if (cell.count === 1 || cell.isStack) return { x: cell.x, y: cell.y };
  const { left, top } = cellBox(cell);
  const reach = radiusOf(cell.count) + 1;
  const within = (value, start) => Math.min(start + CELL - reach, Math.max(start + reach, value));
  return { x: within(cell.x, left), y: within(cell.y, top) };
}

/** The number as it fits a disc: « 37 », « 1 240 », « 38 k ». */
export function shortCount(count) {
  return count < 10000 ? french(count) : `${french(Math.round(count / 1000))} k`;
}

/** « 1 240 », with the narrow space of French figures. */
export function french(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** « 1 structure », « 1 240 structures ». */
export function structures(count) {
  return `${french(count)} structure${count < 2 ? "" : "s"}`;
}

/** The query with this frame; a frame that was already asked for is not left. Sides in degrees. */
export function framed(query, { west, south, east, north }, page = 1) {
  const asked = new URLSearchParams(query);
  let sides = [west, south, east, north];
  const before = (asked.get("bbox") ?? "").split(",").map(Number);
  if (before.length === 4 && before.every(Number.isFinite)) {
    sides = sides.map((side, rank) => (rank < 2 ? Math.max(side, before[rank]) : Math.min(side, before[rank])));
    sides[2] = Math.max(sides[0], sides[2]);
    sides[3] = Math.max(sides[1], sides[3]);
  }
  const most = [180, 90, 180, 90];
  asked.set("bbox", sides.map((side, rank) => Math.max(-most[rank], Math.min(most[rank], side)).toFixed(5)).join(","));
  asked.delete("page");
  if (page > 1) asked.set("page", String(page));
  return asked.toString();
}
