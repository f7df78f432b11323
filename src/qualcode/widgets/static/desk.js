// The coder's view of the state: spans in UTF-16 units of the text shown, and what each looks like.

import { makeFilter } from "./filtering.js";
import { codeOf, lookOf } from "./look.js";
import { makeOffsets } from "./offsets.js";
import { inOrder } from "./pieces.js";

/** Make what the panes share. It is kept up by `take(state, filter)`. */
export function makeDesk() {
  let text = { id: "", text: "", blocks: [] };
  let offsets = makeOffsets("");
  let blocks = [];
  let looks = new Map();
  let codes = null;
  let spans = [];
  let byId = new Map();

  const span = (one) => ({ ...one, start: offsets.toUnits(one.start), end: offsets.toUnits(one.end) });

  return {
    /** Take in a state; true if another text is to be shown. */
    take(state, filter) {
      const anew = state.text !== text;
      if (anew) {
        text = state.text;
        offsets = makeOffsets(text.text);
        blocks = text.blocks.map((block) => ({
          ...block,
          start: offsets.toUnits(block.start),
          from: offsets.toUnits(block.from),
          to: offsets.toUnits(block.to),
        }));
      }
      if (state.codes !== codes) {
        codes = state.codes;
        looks = lookOf(codes);
      }
      const passes = makeFilter(filter, codes);
      const offers = Object.values(state.suggestions).map((offer) => ({
        ...span(offer),
        own: true,
        offer: true,
        coder: "",
        memo: "",
        source: "suggestion",
        at: "",
      }));
      const codings = Object.values(state.codings).filter(passes).map(span);
      spans = inOrder([...codings, ...offers]);
      byId = new Map(spans.map((one) => [one.id, one]));
      return anew;
    },
    get text() {
      return text;
    },
    get blocks() {
      return blocks;
    },
    get looks() {
      return looks;
    },
    get spans() {
      return spans;
    },
    span: (id) => byId.get(id),
    unitsOf: span,
    /** How the code of a span looks; one that is only offered is dotted. */
    codeFor(id) {
      const one = byId.get(id);
      const code = codeOf(looks, one?.code ?? "");
      return one?.offer ? { ...code, dash: "dot" } : code;
    },
    /** The span that Python is told: code points, and the words that stand there here. */
    asked: ({ start, end }) => ({
      transcript: text.id,
      start: offsets.toPoints(start),
      end: offsets.toPoints(end),
      quote: text.text.slice(start, end),
    }),
    /** The spans over a place, in order. */
    over: (unit) => spans.filter((one) => one.start <= unit && one.end > unit),
  };
}
