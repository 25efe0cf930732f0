import assert from "node:assert/strict";
import test from "node:test";

import { TileStore } from "../../../ui/static/ui/map/tiles.js";

const store = (answers, options = {}) => {
  const asked = [];
  const fetch = async (address) => {
    asked.push(address);
    const answer = answers(address, asked.length);
    if (answer instanceof Error) throw answer;
    return { ok: answer !== 404, status: answer === 404 ? 404 : 200, json: async () => answer };
  };
  return { asked, tiles: new TileStore({ root: "/t/", query: "q=port", edition: "1.a", fetch, ...options }) };
};
const tile = { level: 3, x: 4, y: 2 };

test("a tile is asked once, even twice at the same time", async () => {
  const { asked, tiles } = store(() => ({ e: "1.a", n: 1 }));
  await Promise.all([tiles.get(tile), tiles.get(tile)]);
  await tiles.get(tile);
  assert.deepEqual(asked, ["/t/1.a/3/4/2.json?q=port"]);
});

test("a tile that could not be had is asked again", async () => {
  const { asked, tiles } = store((_, turn) => (turn === 1 ? new Error("no line") : { e: "1.a" }));
  await assert.rejects(tiles.get(tile));
  assert.deepEqual(await tiles.get(tile), { e: "1.a" });
  assert.equal(asked.length, 2);
});

test("an answer that is not a tile is an error", async () => {
  const { tiles } = store(() => 404);
  await assert.rejects(tiles.get(tile), /404/);
});

test("a new edition makes every old tile stale, and says so once", async () => {
  const { asked, tiles } = store((_, turn) => ({ e: turn === 1 ? "1.a" : "1.b" }));
  let told = 0;
  tiles.onNewEdition = () => (told += 1);
  await tiles.get(tile);
  await Promise.all([tiles.get({ ...tile, x: 5 }), tiles.get({ ...tile, x: 6 })]);
  assert.equal(told, 1);
  await tiles.get(tile);
  assert.equal(asked.at(-1), "/t/1.b/3/4/2.json?q=port");
});

test("memory is bounded: the tile used longest ago is forgotten first", async () => {
  const { asked, tiles } = store(() => ({ e: "1.a" }), { most: 2 });
  for (const x of [1, 2, 1, 3, 1]) await tiles.get({ ...tile, x });
  assert.equal(asked.length, 3);
});
