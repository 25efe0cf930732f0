import assert from "node:assert/strict";
import test from "node:test";

import { chooseNames, namesAt, namesOf } from "../../../ui/static/ui/map/ground.js";

const point = (n, p, l = "commune") => ({ properties: { k: "name", n, p, l }, geometry: { coordinates: [2.9, 49.9] } });
const view = { width: 600, height: 400 };

test("the most populated names come first, then the alphabet", () => {
  const names = namesOf({ features: [point("Y", 80), point("Péronne", 7500), point("Athies", 80), { properties: { k: "epci" } }] });
  assert.deepEqual(names.map(({ text }) => text), ["Péronne", "Athies", "Y"]);
  assert.deepEqual([names[0].lat, names[0].lon], [49.9, 2.9]);
});

test("names never touch one another nor a disc", () => {
  const names = Array.from({ length: 80 }, (_, rank) => ({ text: "Saint-Christ-Briost", level: "commune", x: 20 + rank * 7, y: 40 + (rank % 9) * 30 }));
  const discs = [{ x: 300, y: 200, radius: 30 }];
  const written = chooseNames(names, discs, view);
  assert.ok(written.length > 3);
  for (const [rank, one] of written.entries()) {
    assert.ok(Math.abs(one.y - 200) > 30 || Math.abs(one.x - 300) > 30);
    for (const other of written.slice(rank + 1)) assert.ok(Math.abs(one.x - other.x) > 100 || Math.abs(one.y - other.y) >= 18);
  }
});

test("a name hidden by its own disc is written beside it", () => {
  const [written] = chooseNames([{ text: "Ham", level: "commune", x: 300, y: 200 }], [{ x: 300, y: 200, radius: 12 }], view);
  assert.notEqual(written.y, 200);
});

test("a name that does not fit the view is left out", () => {
  assert.deepEqual(chooseNames([{ text: "Rosières-en-Santerre", level: "commune", x: 5, y: 200 }], [], view), []);
});

test("the nearer one looks, the more names there are", () => {
  const names = [{ level: "epci", people: 0 }, { level: "commune", people: 7500 }, { level: "commune", people: 80 }];
  const counts = [5, 8, 10, 10.5, 12, 19].map((zoom) => namesAt(names, zoom).length);
  assert.deepEqual(counts, [0, 1, 1, 1, 2, 2]);
});
