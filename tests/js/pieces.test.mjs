import assert from "node:assert/strict";
import { test } from "node:test";
import { cutPieces, giveLanes, inOrder } from "../../src/qualcode/widgets/static/pieces.js";

const span = (id, start, end) => ({ id, start, end });

test("pieces lie under the same spans throughout", () => {
  const pieces = cutPieces(10, 30, [span("a", 5, 20), span("b", 15, 25), span("c", 40, 50)]);
  assert.deepEqual(pieces, [
    { start: 10, end: 15, ids: ["a"] },
    { start: 15, end: 20, ids: ["a", "b"] },
    { start: 20, end: 25, ids: ["b"] },
    { start: 25, end: 30, ids: [] },
  ]);
});

test("no words, no pieces", () => {
  assert.deepEqual(cutPieces(7, 7, [span("a", 0, 20)]), []);
});

test("any spans: pieces join to the whole, and lie under just the spans over them", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 200; round += 1) {
    const spans = Array.from({ length: random(12) }, (_, i) => {
      const start = random(40);
      return span(`s${i}`, start, start + 1 + random(20));
    });
    const pieces = cutPieces(8, 44, spans);
    assert.equal(pieces[0].start, 8);
    assert.equal(pieces.at(-1).end, 44);
    pieces.slice(1).forEach((piece, i) => assert.equal(piece.start, pieces[i].end));
    for (const piece of pieces) {
      const over = spans.filter((s) => s.start <= piece.start && s.end >= piece.end).map((s) => s.id);
      assert.deepEqual([...piece.ids].sort(), over.sort());
    }
    const lanes = giveLanes(spans);
    for (const a of spans) {
      for (const b of spans) {
        if (a !== b && a.start < b.end && b.start < a.end) assert.notEqual(lanes.get(a.id), lanes.get(b.id));
      }
    }
  }
});

test("longer spans come first, and take the lower lane", () => {
  const spans = [span("short", 0, 5), span("long", 0, 9), span("after", 9, 12)];
  assert.deepEqual(inOrder(spans).map((s) => s.id), ["long", "short", "after"]);
  assert.deepEqual([...giveLanes(spans)], [["long", 0], ["short", 1], ["after", 0]]);
});
