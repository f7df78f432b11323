import assert from "node:assert/strict";
import { test } from "node:test";
import { saySpeaker } from "../../src/qualcode/widgets/static/quote_list.js";
import { inUnits } from "../../src/qualcode/widgets/static/reading.js";
import { KEYS as EDITOR } from "../../src/qualcode/widgets/static/codebook_keys.js";
import { KEYS as RETRIEVAL } from "../../src/qualcode/widgets/static/retrieval_keys.js";

test("spans and blocks become UTF-16 units of their text", () => {
  const text = { text: "A: 😀 one\n\nB: two 😀", blocks: [{ start: 0, from: 3, to: 8 }, { start: 10, from: 13, to: 18 }] };
  const { blocks, unitsOf } = inUnits(text);
  assert.deepEqual(blocks.map(({ from, to }) => text.text.slice(from, to)), ["😀 one", "two 😀"]);
  const span = unitsOf({ id: "x", start: 17, end: 18 });
  assert.equal(span.id, "x");
  assert.equal(text.text.slice(span.start, span.end), "😀");
});

test("a speaker is said with role and body, each once", () => {
  const quote = { speaker: "NN", role: "Night nurse", body: "Ward 1", body_type: "ward" };
  assert.equal(saySpeaker(quote), "NN · Night nurse · Ward 1 · ward");
  assert.equal(saySpeaker({ ...quote, role: "NN", body_type: "" }), "NN · Ward 1");
});

for (const [name, keys] of [["editor", EDITOR], ["retrieval", RETRIEVAL]]) {
  test(`no key of the ${name} does two things`, () => {
    const all = keys.flatMap((one) => one.keys);
    assert.equal(new Set(all).size, all.length);
    assert.ok(keys.every((one) => one.id && one.label && one.group));
  });
}
