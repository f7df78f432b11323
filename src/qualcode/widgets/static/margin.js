// The margin of a block: a stripe for each coding, and its name as a button.

import { el } from "./dom.js";
import { inkOf, lineOf } from "./look.js";
import { whyHead } from "./why.js";

export const STRIPE = 7; // pixels from one stripe to the next

/** `chosen` is an id, or a set of ids. */
export const isChosen = (chosen, id) => (chosen instanceof Set ? chosen.has(id) : chosen === id);

/** What a coding is, for a screen reader and as a tip. */
export function sayCoding(span, code, text) {
  const words = text.slice(span.start, span.end).replace(/\s+/g, " ");
  const quote = words.length > 80 ? `${words.slice(0, 79)}…` : words;
  const parts = [code.name, `“${quote}”`];
  if (!span.own) parts.push(`coder ${span.coder}`);
  if (span.says) parts.push(span.says);
  if (span.memo) parts.push(`memo: ${span.memo}`);
  if (span.offer) parts.push(`suggested, ${Math.round(span.score * 100)} of 100: ${whyHead(span.why)}`);
  return parts.join(". ");
}

/** The sign before a code's name: its colour, its dash and its first letter. */
export function swatch(code) {
  return el("span", {
    class: "qc-swatch",
    "aria-hidden": "true",
    style: { "--line": lineOf(code, "180deg"), "--ink": inkOf(code.colour) },
  });
}

/**
 * The labels of the codings that begin in a block. `chosen` is the id of the one selected, or a set.
 * A span may bring `says`, for its description, and `chip`, to stand in the coder's place. `on`
 * hears `pick(id)` and, for what is dragged onto a code, `drag(id, event)`.
 */
export function marginLabels(spans, { codeFor, chosen, text, on, several }) {
  return spans.map((span) => {
    const code = codeFor(span.id);
    return el(
      "button",
      {
        type: "button",
        class: `qc-label${isChosen(chosen, span.id) ? " qc-chosen" : ""}${span.offer ? " qc-offer" : ""}${span.own ? "" : " qc-other"}`,
        "data-coding": span.id,
        "aria-label": sayCoding(span, code, text),
        "aria-pressed": String(isChosen(chosen, span.id)),
        title: sayCoding(span, code, text),
        tabindex: "-1",
        draggable: span.own && !span.offer ? "true" : null,
        on: {
          click: (event) => on.pick(span.id, event),
          dragstart: (event) => on.drag?.(span.id, event),
        },
      },
      swatch(code),
      el("span", { class: "qc-label-name", text: (span.offer ? "? " : "") + code.name }),
      several ? el("span", { class: "qc-label-coder", text: span.chip ?? span.coder }) : null,
      span.memo ? el("span", { class: "qc-label-memo", "aria-hidden": "true", text: "✎" }) : null,
    );
  });
}

/**
 * Stripes beside the lines that codings cover. Measured, so only for blocks that are in view.
 * `parts` are {id, top, bottom} in pixels from the block's top.
 */
export function stripes(parts, { lanes, codeFor, chosen }) {
  return parts.map(({ id, top, bottom }) =>
    el("i", {
      class: `qc-stripe${isChosen(chosen, id) ? " qc-chosen" : ""}`,
      "data-coding": id,
      "aria-hidden": "true",
      style: {
        left: `${(lanes.get(id) ?? 0) * STRIPE}px`,
        top: `${top}px`,
        height: `${Math.max(bottom - top, 6)}px`,
        "--line": lineOf(codeFor(id), "180deg"),
      },
    }),
  );
}
