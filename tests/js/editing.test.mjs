import assert from "node:assert/strict";
import { test } from "node:test";
import { changedFields, sayCoders, sayReach, shifted, withBelow } from "../../src/qualcode/widgets/static/editing.js";

const CODES = [
  { id: "rest", parent: null },
  { id: "breaks", parent: "rest" },
  { id: "naps", parent: "breaks" },
  { id: "sleep", parent: "rest" },
  { id: "pay", parent: null },
  { id: "noise", parent: null },
];

test("only fields that are other than the code's are changed", () => {
  const code = { name: "Rest", definition: "D", include: "" };
  assert.deepEqual(changedFields(code, { name: "Rest", definition: "E", include: "", exclude: "" }), { definition: "E" });
  assert.deepEqual(changedFields(code, { name: "Rest", definition: "" }), { definition: "" });
  assert.deepEqual(changedFields(code, { name: "Rest", id: "other" }), {});
  assert.deepEqual(changedFields(null, { name: "New" }), { name: "New" });
});

test("a code goes up and down among its neighbours, with what is below it", () => {
  assert.deepEqual(shifted(CODES, "sleep", -1), { do: "move", code: "sleep", parent: "rest", before: "breaks" });
  assert.deepEqual(shifted(CODES, "breaks", 1), { do: "move", code: "breaks", parent: "rest", before: null });
  assert.deepEqual(shifted(CODES, "rest", 1), { do: "move", code: "rest", parent: null, before: "noise" });
  assert.deepEqual(shifted(CODES, "noise", -1), { do: "move", code: "noise", parent: null, before: "pay" });
  for (const [id, step] of [["rest", -1], ["noise", 1], ["naps", 1], ["naps", -1], ["nobody", 1]]) {
    assert.equal(shifted(CODES, id, step), null);
  }
});

test("a code with all below it", () => {
  assert.deepEqual([...withBelow(CODES, "rest")], ["rest", "breaks", "naps", "sleep"]);
  assert.deepEqual([...withBelow(CODES, "pay")], ["pay"]);
});

test("a reach in words, as Python says it", () => {
  const none = { codings: 0, coders: {}, interviews: 0, bodies: 0 };
  const four = { codings: 4, coders: { ann: 3, ben: 1 }, interviews: 2, bodies: 1 };
  assert.equal(sayReach(none), "no codings");
  assert.equal(sayReach(four), "4 codings (ann 3, ben 1) in 2 interviews of 1 body");
  assert.equal(sayReach({ ...four, bodies: 0 }), "4 codings (ann 3, ben 1) in 2 interviews");
  assert.equal(sayCoders({ ann: 1 }), "1 coding: ann 1");
  assert.equal(sayCoders(undefined), "no codings");
});
