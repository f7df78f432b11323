import assert from "node:assert/strict";
import { test } from "node:test";
import { rank } from "../../src/qualcode/widgets/static/match.js";

const codes = ["Time lag", "Set up to fail", "Late decisions", "Élan", "A lever inside"].map((name, i) => ({
  id: `c${i}`,
  name,
  path: i === 2 ? "Time lag > Late decisions" : name,
}));
const names = (typed, first) => rank(codes, typed, first).map((code) => code.name);

test("beginnings before words before letters in a row", () => {
  assert.deepEqual(names("la"), ["Late decisions", "Time lag", "Élan"]);
  assert.deepEqual(names("tl").slice(0, 1), ["Time lag"]);
});

test("several beginnings of words", () => {
  assert.equal(names("s u f")[0], "Set up to fail");
});

test("accents and capitals do not matter, nor does the path go unread", () => {
  assert.equal(names("elan")[0], "Élan");
  assert.deepEqual(names("time la").slice(0, 2), ["Time lag", "Late decisions"]);
});

test("of equals the recent ones come first; nothing typed shows all", () => {
  assert.deepEqual(names("", ["c3"])[0], "Élan");
  assert.equal(names("").length, 5);
  assert.deepEqual(names("zzz"), []);
});
