import assert from "node:assert/strict";
import { test } from "node:test";
import { nextOffer, makeLook } from "../../src/qualcode/widgets/static/offers.js";
import { whyHead, whyParts } from "../../src/qualcode/widgets/static/why.js";

test("a plain reason is its head and nothing else", () => {
  assert.equal(whyHead('"break", "biscuit"'), '"break", "biscuit"');
  assert.deepEqual(whyParts('"break", "biscuit"'), []);
  assert.deepEqual([whyHead(""), whyParts("")], ["", []]);
});

test("quotes are told from their places, lists of words from lines", () => {
  const why = [
    "like 2 passages coded so",
    "“We waited: nine months” (ward-1, 00:00:09)",
    '"No break" – Ward 2 · 00:00:21',
    "„Wir haben gewartet“",
    "",
    "words that tell: waited, nine months, queue",
    "It comes after a question about time.",
    `note: ${"a long sentence that is no list of words ".repeat(3)}`,
  ].join("\n");
  assert.equal(whyHead(why), "like 2 passages coded so");
  assert.deepEqual(whyParts(why).slice(0, 5), [
    { kind: "quote", text: "We waited: nine months", place: "ward-1, 00:00:09" },
    { kind: "quote", text: "No break", place: "Ward 2 · 00:00:21" },
    { kind: "quote", text: "Wir haben gewartet", place: "" },
    { kind: "words", name: "words that tell", words: ["waited", "nine months", "queue"] },
    { kind: "line", text: "It comes after a question about time." },
  ]);
  assert.equal(whyParts(why)[5].kind, "line");
});

const offer = (id, start) => ({ id, start, offer: true });

test("after a decision comes the next in place, else the first; codings are passed over", () => {
  const spans = [offer("a", 0), { id: "coded", start: 7 }, offer("b", 5), offer("c", 9)];
  assert.equal(nextOffer(spans, offer("b", 5)).id, "c");
  assert.equal(nextOffer(spans, offer("c", 9)).id, "a");
  assert.equal(nextOffer(spans, offer("gone", 4)).id, "b");
  assert.equal(nextOffer([offer("a", 0)], offer("a", 0)), undefined);
});

test("each look is told once, and what is looked at is kept until all are answered", async () => {
  const [sent, answers] = [[], []];
  let settled = 0;
  const send = (intent) => {
    sent.push(intent.suggestion);
    return new Promise((resolve) => answers.push(resolve));
  };
  const look = makeLook(send, () => (settled += 1));
  look.at("");
  look.at("a");
  look.at("a");
  look.at("b");
  assert.deepEqual(sent, ["a", "b"]);
  answers[0]();
  await Promise.resolve();
  assert.deepEqual([look.pending, settled], [true, 0]);
  answers[1]();
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual([look.pending, settled], [false, 1]);
});
