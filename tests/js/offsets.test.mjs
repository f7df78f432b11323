import assert from "node:assert/strict";
import { test } from "node:test";
import { makeOffsets } from "../../src/qualcode/widgets/static/offsets.js";

const TEXT = "a\u{1F600}b\u{1F468}\u200D\u{1F469} e\u0301 \u05E9\u05DC\u05D5\u05DD \u{1D11E}.";

test("both ways, at every character", () => {
  const offsets = makeOffsets(TEXT);
  let unit = 0;
  let point = 0;
  for (const character of TEXT) {
    assert.equal(offsets.toUnits(point), unit);
    assert.equal(offsets.toPoints(unit), point);
    unit += character.length;
    point += 1;
  }
  assert.equal(offsets.toUnits(point), TEXT.length);
  assert.equal(offsets.toPoints(TEXT.length), [...TEXT].length);
});

test("within a pair it is the character that the pair is", () => {
  assert.equal(makeOffsets(TEXT).toPoints(2), 1);
});

test("a text without wide characters counts alike", () => {
  const offsets = makeOffsets("plain");
  assert.deepEqual([0, 3, 5].map(offsets.toUnits), [0, 3, 5]);
  assert.deepEqual([0, 3, 5].map(offsets.toPoints), [0, 3, 5]);
});
