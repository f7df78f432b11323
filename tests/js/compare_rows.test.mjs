import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chipOf,
  lists,
  rowsByCoding,
  sayCounts,
  sayRow,
  sayTranscript,
  sayWhy,
  stepFrom,
} from "../../src/qualcode/widgets/static/compare_rows.js";
import { COMPARE_COMMANDS, IN_TEXT } from "../../src/qualcode/widgets/static/compare_keys.js";
import { COMMANDS, commandsByKey } from "../../src/qualcode/widgets/static/keys.js";

const row = (kind, more = {}) => ({ id: kind, kind, word: kind, takes: false, settled: null, first: "a", second: "b", ...more });
const settled = { how: "first", said: "kept A's", why: "so", who: "RT", at: "2026-06-24T09:00:00+00:00" };

test("every kind has a sign and a word of its own", () => {
  const kinds = ["agree", "agree in part", "other code", "for or against"];
  const chips = [...kinds.map((kind) => chipOf(row(kind))), chipOf(row("one only", { word: "A only" }))];
  assert.deepEqual(chips, ["✓ agree", "≈ in part", "≠ differ", "± for/against", "◇ A only"]);
});

test("what is settled says so, and keeps its sign", () => {
  assert.equal(chipOf(row("other code", { settled })), "≠ settled");
  assert.equal(chipOf(row("agree", { settled: { ...settled, how: "agreed" } })), "✓ taken");
  assert.equal(sayRow(row("other code", { settled })), "other code, settled: kept A's");
  assert.equal(sayRow(row("other code")), "other code, open");
  assert.equal(sayRow(row("agree", { takes: true })), "agree, not taken over yet");
});

test("a reason is shown with who and when, as far as they are known", () => {
  assert.equal(sayWhy(settled), "so · settled by RT · 2026-06-24");
  assert.equal(sayWhy({ why: "so", who: "", at: "2026-06-24T09:00" }), "so · 2026-06-24");
});

test("the filters part the differences; agreements to take over are only among all", () => {
  const rows = [row("other code"), row("one only", { settled }), row("agree", { takes: true })];
  const listed = (filter) => rows.filter((one) => lists(filter, one)).map((one) => one.kind);
  assert.deepEqual(listed("open"), ["other code"]);
  assert.deepEqual(listed("settled"), ["one only"]);
  assert.deepEqual(listed("all"), ["other code", "one only", "agree"]);
});

test("steps go round, over what is not listed, also from a row that is not", () => {
  const order = ["1", "2", "3", "4", "5"];
  const odd = (id) => id !== "2" && id !== "4";
  assert.equal(stepFrom(order, odd, "1", 1), "3");
  assert.equal(stepFrom(order, odd, "4", 1), "5");
  assert.equal(stepFrom(order, odd, "5", 1), "1");
  assert.equal(stepFrom(order, odd, "4", -1), "3");
  assert.equal(stepFrom(order, odd, "1", -1), "5");
  assert.equal(stepFrom(order, odd, "", 1), "1");
  assert.equal(stepFrom(order, odd, "", -1), "5");
  assert.equal(stepFrom(order, (id) => id === "1", "1", 1), "");
  assert.equal(stepFrom([], odd, "", 1), "");
});

test("progress is said in numbers, also where there is nothing to do", () => {
  assert.deepEqual(sayCounts({ differences: 30, settled: 12, agreed: 18, taken: 0 }), {
    settled: "12 of 30 settled",
    taken: "0 of 18 agreed taken over",
    share: 0.4,
  });
  assert.deepEqual(sayCounts({ differences: 0, settled: 0, agreed: 0, taken: 0 }), {
    settled: "no differences",
    taken: "no agreements",
    share: 1,
  });
  const counts = { differences: 3, settled: 1, agreed: 0, taken: 0 };
  assert.equal(sayTranscript({ id: "a", both: true, counts }, ["A", "B"]), "a: 1 of 3 settled");
  assert.equal(sayTranscript({ id: "a", both: true, counts: null }, ["A", "B"]), "a");
  assert.equal(sayTranscript({ id: "a", both: false, counts }, ["A", "B"]), "a (not coded by both A and B)");
});

test("each coding leads to its row", () => {
  const rows = { x: row("agree"), y: row("one only", { first: "", second: "c" }) };
  assert.deepEqual([...rowsByCoding(rows).keys()], ["a", "b", "c"]);
});

test("no key does two things, and those that select words do in the coding workspace too", () => {
  const keys = COMPARE_COMMANDS.flatMap((command) => command.keys);
  assert.equal(new Set(keys).size, keys.length);
  const [here, there] = [commandsByKey(COMPARE_COMMANDS), commandsByKey(COMMANDS)];
  for (const [key, id] of here) if (IN_TEXT.has(id)) assert.equal(there.get(key), id);
});
