import assert from "node:assert/strict";
import test from "node:test";

import { cellBox, cellsOf, framed, nameOf, placeOf, radiusOf, shortCount, structures, tilesFor } from "../../../ui/static/ui/map/grid.js";

test("a view asks for every tile it touches, and none out of the world", () => {
  assert.deepEqual(tilesFor(3, { left: -500, top: 10, right: 1030, bottom: 90 }), [
    { level: 1, x: 0, y: 0 },
    { level: 1, x: 1, y: 0 },
  ]);
  assert.equal(tilesFor(2, { left: -9e9, top: -9e9, right: 9e9, bottom: 9e9 }).length, 1);
});

test("a tile's columns become cells, and only an organisation alone has an id", () => {
  const columns = { c: [1, 12, 1], x: [3, 70, 900], y: [5, 80, 1], i: [7, 9], s: [1] };
  const cells = cellsOf({ level: 4, x: 2, y: 1 }, columns);
  assert.deepEqual(cells.map(({ id }) => id), [7, null, 9]);
  assert.deepEqual(cells.map(({ isStack }) => isStack), [false, true, false]);
  assert.deepEqual([cells[0].x, cells[0].y], [2 * 1024 + 3, 1024 + 5]);
  assert.equal(new Set(cells.map(nameOf)).size, 3);
});

test("discs stay in their cell, hence never touch one another", () => {
  for (const count of [2, 9, 80, 4000, 1400000]) {
    for (const at of [0, 31, 63]) {
      const cell = { x: 640 + at, y: 64 + at, count };
      const { x, y } = placeOf(cell);
      const { left, top, right, bottom } = cellBox(cell);
      const reach = radiusOf(count);
      assert.ok(x - reach > left && x + reach < right && y - reach > top && y + reach < bottom, `${count} ${at}`);
    }
  }
});

test("an organisation alone, or several at one address, stand where they are", () => {
  assert.deepEqual(placeOf({ x: 1, y: 2, count: 1 }), { x: 1, y: 2 });
  assert.deepEqual(placeOf({ x: 1, y: 2, count: 30, isStack: true }), { x: 1, y: 2 });
});

test("the more there are, the larger the disc", () => {
  const sizes = [1, 2, 10, 100].map(radiusOf);
  assert.deepEqual(sizes, [...sizes].sort((one, other) => one - other));
});

test("figures are written in French and fit their disc", () => {
  assert.equal(shortCount(1240), "1\u202f240");
  assert.equal(shortCount(38400), "38 k");
  assert.equal(structures(1), "1 structure");
  assert.equal(structures(0), "0 structure");
  assert.equal(structures(1400000), "1\u202f400\u202f000 structures");
});

test("a frame joins the question, and never leaves a frame asked before", () => {
  const view = { west: 2, south: 49, east: 4, north: 51 };
  assert.equal(framed("q=port&page=3", view), "q=port&bbox=2.00000%2C49.00000%2C4.00000%2C51.00000");
  assert.match(framed("bbox=3,48,3.5,50", view), /bbox=3\.00000%2C49\.00000%2C3\.50000%2C50\.00000/);
  assert.match(framed("", view, 2), /page=2$/);
});

test("a frame wider than the world is cut to the world", () => {
  const query = new URLSearchParams(framed("", { west: -500, south: -95, east: 500, north: 95 }));
  assert.equal(query.get("bbox"), "-180.00000,-90.00000,180.00000,90.00000");
});

test("a frame beside the one asked for holds nothing, and stays a frame", () => {
  const [west, south, east, north] = new URLSearchParams(framed("bbox=3,48,3.5,50", { west: 6, south: 49, east: 7, north: 51 })).get("bbox").split(",").map(Number);
  assert.ok(west <= east && south <= north);
});
