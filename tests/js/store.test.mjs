import assert from "node:assert/strict";
import { test } from "node:test";
import { applyParts, makeStore } from "../../src/qualcode/widgets/static/store.js";

test("entries are put and dropped, other parts replaced, the old state left", () => {
  const before = { codings: { a: 1, b: 2 }, undo: false, number: 0 };
  const after = applyParts(before, { codings: { put: { c: 3 }, drop: ["a"] }, undo: true });
  assert.deepEqual(after, { codings: { b: 2, c: 3 }, undo: true, number: 0 });
  assert.deepEqual(before, { codings: { a: 1, b: 2 }, undo: false, number: 0 });
});

test("a change that was missed makes it ask for all", () => {
  let asked = 0;
  const told = [];
  const store = makeStore({ number: 4, undo: false }, () => (asked += 1));
  store.listen((state, names) => told.push([state.undo, [...names]]));
  store.change({ number: 5, parts: { undo: true } });
  store.change({ number: 5, parts: { undo: false } }); // heard twice
  assert.deepEqual([store.state.undo, asked], [true, 0]);
  store.change({ number: 7, parts: { undo: false } });
  assert.deepEqual([store.state.undo, asked], [true, 1]);
  store.replace({ number: 7, undo: false });
  assert.deepEqual(told, [[true, ["undo"]], [false, ["number", "undo"]]]);
});
