// The rows of a comparison: which are listed, which comes next, and how they are told apart by
// sign and word.

const SIGNS = { agree: "✓", "agree in part": "≈", "other code": "≠", "for or against": "±", "one only": "◇" };
const WORDS = { agree: "agree", "agree in part": "in part", "other code": "differ", "for or against": "for/against" };

export const FILTERS = ["open", "settled", "all"];
export const LEGEND = "✓ agree   ≈ agree in part   ≠ other code   ± for or against   ◇ one only";

/** The sign of a row's kind. */
export const signOf = (row) => SIGNS[row.kind] ?? "?";

/** The sign and a word or two, short enough for a margin. */
export function chipOf(row) {
  if (row.settled) return `${signOf(row)} ${row.settled.how === "agreed" ? "taken" : "settled"}`;
  return `${signOf(row)} ${WORDS[row.kind] ?? row.word}`;
}

/** A row in a sentence: how the two stand, and how it was settled if it was. */
export function sayRow(row) {
  if (!row.settled) return row.takes ? `${row.word}, not taken over yet` : `${row.word}, open`;
  return `${row.word}, settled: ${row.settled.said}`;
}

/** Why and by whom, as it is shown below what was settled. */
export function sayWhy({ why, who, at }) {
  return [why, who && `settled by ${who}`, at.slice(0, 10)].filter(Boolean).join(" · ");
}

/** Whether a filter lists a row. Agreements that are taken over in one go are only among all. */
export function lists(filter, row) {
  if (filter === "all") return true;
  return !row.takes && Boolean(row.settled) === (filter === "settled");
}

/** The row `step` places on from the one at hand, of those listed, round and round; or nothing. */
export function stepFrom(order, listed, at, step) {
  const there = order.filter((id) => listed(id) && id !== at);
  if (!there.length) return "";
  const place = order.indexOf(at);
  const beyond = there.filter((id) => (step > 0 ? order.indexOf(id) > place : order.indexOf(id) < place));
  if (step > 0) return beyond[0] ?? there[0];
  return (place < 0 ? there : beyond).at(-1) ?? there.at(-1);
}

/** How far the differences are settled, and the agreements taken over. */
export function sayCounts({ differences, settled, agreed, taken }) {
  return {
    settled: differences ? `${settled} of ${differences} settled` : "no differences",
    taken: agreed ? `${taken} of ${agreed} agreed taken over` : "no agreements",
    share: differences ? settled / differences : 1,
  };
}

/** What a transcript's entry says. */
export function sayTranscript({ id, both, counts }, coders) {
  if (!both) return `${id} (not coded by both ${coders.join(" and ")})`;
  return counts ? `${id}: ${sayCounts(counts).settled}` : id;
}

/** Coding id -> the row it stands in. */
export function rowsByCoding(rows) {
  return new Map(
    Object.values(rows).flatMap((row) => [row.first, row.second].filter(Boolean).map((id) => [id, row])),
  );
}
