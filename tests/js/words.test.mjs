import assert from "node:assert/strict";
import { test } from "node:test";
import { blockIndex, moveEnd, nextUnit, snap, unitsOf } from "../../src/qualcode/widgets/static/words.js";

const TEXT = "INT: How? Go on.\n\nNN: We waited, e.g. for Dr. Ash. It\u2019s \u{1F600} late.\n";
const BLOCKS = [
  { start: 0, from: 5, to: 16 },
  { start: 18, from: 22, to: TEXT.length - 1 },
];
const words = ({ start, end }) => TEXT.slice(start, end);

test("words are words: no space, no mark", () => {
  assert.deepEqual(unitsOf(TEXT, BLOCKS[0], "word").map(words), ["How", "Go", "on"]);
  assert.ok(unitsOf(TEXT, BLOCKS[1], "word").map(words).includes("It\u2019s"));
});

test("sentences have no space around them and cover the words", () => {
  assert.deepEqual(unitsOf(TEXT, BLOCKS[0], "sentence").map(words), ["How?", "Go on."]);
});

test("a place belongs to the block before it", () => {
  assert.deepEqual([0, 4, 17, 18, 400].map((at) => blockIndex(BLOCKS, at)), [0, 0, 0, 1, 1]);
});

test("a selection grows to words, sentences and turns", () => {
  const at = TEXT.indexOf("aited");
  assert.equal(words(snap(TEXT, BLOCKS, { start: at, end: at }, "word")), "waited");
  assert.equal(words(snap(TEXT, BLOCKS, { start: 6, end: 11 }, "word")), "How? Go");
  assert.equal(words(snap(TEXT, BLOCKS, { start: 11, end: 12 }, "sentence")), "Go on.");
  assert.equal(words(snap(TEXT, BLOCKS, { start: 6, end: 7 }, "turn")), "How? Go on.");
  assert.equal(snap("A: \n", [{ start: 0, from: 3, to: 3 }], { start: 3, end: 3 }, "word"), null);
});

test("the next unit lies beyond the bounds of a turn too", () => {
  assert.equal(words(nextUnit(TEXT, BLOCKS, 16, "word", true)), "We");
  assert.equal(words(nextUnit(TEXT, BLOCKS, 22, "word", false)), "on");
  assert.equal(nextUnit(TEXT, BLOCKS, 5, "word", false), null);
});

test("ends move by a word, and never past each other", () => {
  const span = { start: TEXT.indexOf("waited"), end: TEXT.indexOf("waited") + 6 };
  assert.equal(words(moveEnd(TEXT, BLOCKS, span, "start", false)), "We waited");
  assert.equal(words(moveEnd(TEXT, BLOCKS, span, "end", true)), "waited, e.g");
  assert.deepEqual(moveEnd(TEXT, BLOCKS, span, "end", false), span);
  assert.deepEqual(moveEnd(TEXT, BLOCKS, span, "start", true), span);
  const marked = { start: TEXT.indexOf("Go"), end: TEXT.indexOf("on.") + 3 };
  assert.equal(words(moveEnd(TEXT, BLOCKS, marked, "end", false)), "Go"); // the mark goes with its word
  const over = { start: TEXT.indexOf("on."), end: TEXT.indexOf("We") + 2 };
  assert.equal(words(moveEnd(TEXT, BLOCKS, over, "end", false)), "on");
  const two = { start: TEXT.indexOf("We"), end: span.end };
  assert.equal(words(moveEnd(TEXT, BLOCKS, two, "end", false)), "We");
  assert.equal(words(moveEnd(TEXT, BLOCKS, two, "start", true)), "waited");
});
