// How a code looks: its colour, and a dash so that colour never tells it alone.

const HEX = /^#[0-9a-f]{6}$/i;
const DASHES = ["solid", "dash", "dot", "dashdot"];
export const LANE = 3; // pixels from one underline to the next
export const MOST_LANES = 5; // underlines drawn below a line of text; the margin shows all

/** The colour as the theme mixes it towards its ink, so that pale ones stay visible. */
export function inkOf(colour) {
  const plain = HEX.test(colour ?? "") ? colour : "#888888";
  return `color-mix(in oklab, ${plain} var(--qc-keep), var(--qc-ink))`;
}

/** A faint fill of the colour, over which text keeps its contrast. */
export function fillOf(colour) {
  const plain = HEX.test(colour ?? "") ? colour : "#888888";
  return `color-mix(in oklab, ${plain} 15%, transparent)`;
}

/** Codes by id, each with its place in the tree and its dash. */
export function lookOf(codes) {
  return new Map(
    codes.map((code, index) => [code.id, { ...code, index, dash: DASHES[index % DASHES.length] }]),
  );
}

/** What an unknown code looks like: its id for a name. */
export function codeOf(looks, id) {
  return looks.get(id) ?? { id, name: id, path: id, colour: "#888888", index: -1, dash: "dot" };
}

/** A line of a code's colour and dash, as a CSS image; `angle` is the way it runs. */
export function lineOf(code, angle = "90deg") {
  const ink = inkOf(code.colour);
  const marks = {
    solid: `${ink} 0 100%`,
    dash: `${ink} 0 7px, transparent 7px 10px`,
    dot: `${ink} 0 2px, transparent 2px 5px`,
    dashdot: `${ink} 0 8px, transparent 8px 10px, ${ink} 10px 12px, transparent 12px 14px`,
  };
  return `repeating-linear-gradient(${angle}, ${marks[code.dash]})`;
}

/** The styles of a piece of text under some codings: a fill, and an underline for each lane. */
export function pieceStyle(ids, lanes, codeFor) {
  if (!ids.length) return {};
  const drawn = ids
    .map((id) => ({ lane: lanes.get(id) ?? 0, code: codeFor(id) }))
    .filter((one) => one.lane < MOST_LANES)
    .sort((a, b) => a.lane - b.lane);
  const depth = drawn.length ? (drawn.at(-1).lane + 1) * LANE : 0;
  return {
    "padding-bottom": `${depth}px`,
    "background-color": fillOf(codeFor(ids[0]).colour),
    "background-image": drawn.map((one) => lineOf(one.code)).join(", "),
    "background-size": drawn.map(() => "100% 2px").join(", "),
    "background-position": drawn
      .map((one) => `0 calc(100% - ${depth - (one.lane + 1) * LANE}px)`)
      .join(", "),
    "background-repeat": "no-repeat",
  };
}
