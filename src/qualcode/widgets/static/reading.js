// A quote in its place: the transcript around it, with the quotes of the list marked.

import { button, el } from "./dom.js";
import { codeOf } from "./look.js";
import { makeOffsets } from "./offsets.js";
import { inOrder } from "./pieces.js";
import { makeTextPane } from "./text_pane.js";

/** A text and its blocks, in UTF-16 units; `unitsOf` makes them of a span. */
export function inUnits(text) {
  const offsets = makeOffsets(text.text);
  const unitsOf = (one) => ({ ...one, start: offsets.toUnits(one.start), end: offsets.toUnits(one.end) });
  const blocks = text.blocks.map((block) => ({
    ...block,
    start: offsets.toUnits(block.start),
    from: offsets.toUnits(block.from),
    to: offsets.toUnits(block.to),
  }));
  return { blocks, unitsOf };
}

/** Make the pane. `on` hears `pick(id)` and `close()`. */
export function makeReading(on) {
  const heading = el("h2", { class: "qc-heading" });
  const about = el("small", {});
  const pane = makeTextPane({ pick: (id) => on.pick(id) });
  const close = button("Close", () => on.close(), { key: "Esc" });
  const root = el(
    "section",
    { class: "qc-reading", "aria-label": "In its place", hidden: true },
    el("header", { class: "qc-top" }, heading, about, close),
    pane.root,
  );
  let shown = null;
  let place = { blocks: [], unitsOf: (one) => one };

  /** Show what is read; true if another passage is shown than before. */
  function draw(reading, quotes, looks, note) {
    root.hidden = !reading;
    if (!reading) {
      shown = null;
      return false;
    }
    const before = shown;
    shown = reading;
    if (before?.text.id !== reading.text.id || before.text.text !== reading.text.text) {
      place = inUnits(reading.text);
      pane.show(reading.text, reading.text.text, place.blocks);
      pane.root.setAttribute("aria-label", `Transcript ${reading.text.id}`);
      heading.textContent = reading.text.id;
      about.textContent = [reading.text.about, reading.text.synthetic ? note : ""].filter(Boolean).join(" · ");
    }
    paint(quotes, looks);
    if (before?.coding === reading.coding) return false;
    pane.scrollTo(place.unitsOf(reading).start);
    return true;
  }

  function paint(quotes, looks) {
    const here = Object.values(quotes).filter((quote) => quote.transcript === shown.text.id);
    if (!quotes[shown.coding]) here.push({ id: shown.coding, start: shown.start, end: shown.end, code: "", coder: "", memo: "" });
    const spans = inOrder(here.map((quote) => ({ ...place.unitsOf(quote), own: false })));
    const codes = new Map(spans.map((span) => [span.id, codeOf(looks, span.code)]));
    const coders = new Set(here.map((quote) => quote.coder));
    pane.paint(spans, { codeFor: (id) => codes.get(id), chosen: shown.coding, several: coders.size > 1 });
  }

  return { root, draw, focus: () => pane.root.focus({ preventScroll: true }), close: () => pane.close() };
}
