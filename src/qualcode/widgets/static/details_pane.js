// What is known of the coding selected, of the code looked at, or of the transcript.

import { button, el, fill } from "./dom.js";
import { swatch } from "./margin.js";
import { keyFor } from "./keys.js";
import { whyBlock } from "./why.js";

const TEXTS = [
  ["definition", "What it means"],
  ["include", "Include"],
  ["exclude", "Leave out"],
  ["example", "Example"],
];

/** Make the pane. `on` hears `memo(on, id, text)`, `run(command)` and `leave()`. */
export function makeDetailsPane(on) {
  const body = el("div", { class: "qc-details-body" });
  const root = el("section", { class: "qc-pane qc-details", "aria-label": "Details", tabindex: "-1" }, body);
  let shown = "";

  /** A memo that is saved when its field is left, or by Ctrl Enter. */
  function memoField(kind, id, text, own = true) {
    const field = el("textarea", { rows: "3", "aria-label": `Memo on this ${kind}`, placeholder: own ? `memo on this ${kind}` : "", value: text, readonly: !own });
    let saved = text;
    const save = () => {
      if (field.value === saved) return;
      saved = field.value;
      on.memo(kind, id, field.value.trim());
    };
    field.addEventListener("blur", save);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        save();
      } else if (event.key === "Escape") {
        event.preventDefault();
        on.leave();
      }
    });
    return el("label", { class: "qc-field" }, el("span", { text: "Memo" }), field);
  }

  function codingParts(span, code, text, block) {
    const facts = [
      span.own ? "" : `coder ${span.coder}`,
      block ? [block.speaker, block.role, block.time].filter(Boolean).join(", ") : "",
      span.source === "manual" ? "" : `from a ${span.source}${span.model ? ` (${span.model})` : ""}`,
      span.at ? `coded ${span.at.slice(0, 16).replace("T", " ")}` : "",
    ];
    const act = (id, label) => button(label, () => on.run(id), { key: keyFor(id) });
    return [
      el("h3", {}, swatch(code), el("span", { text: code.path })),
      el("blockquote", { dir: "auto", text: text.slice(span.start, span.end) }),
      el("p", { class: "qc-facts", text: facts.filter(Boolean).join(" · ") }),
      span.offer
        ? el("div", { class: "qc-row" }, act("accept", "Accept"), act("decline", "Decline"))
        : span.own
          ? el("div", { class: "qc-row" }, act("recode", "Recode"), act("bounds", "Set bounds"), act("remove", "Remove"))
          : null,
      span.offer ? whyBlock(span) : memoField("coding", span.id, span.memo, span.own),
    ];
  }

  function codeParts(code, note) {
    return [
      el("h3", {}, swatch(code), el("span", { text: code.path })),
      ...TEXTS.filter(([name]) => code[name]).flatMap(([name, label]) => [el("h4", { text: label }), el("p", { text: code[name] })]),
      memoField("code", code.id, note),
    ];
  }

  function transcriptParts(text, note, synthetic) {
    return [
      el("h3", { text: text.id }),
      el("p", { class: "qc-facts", text: text.about }),
      text.synthetic && synthetic ? el("p", { class: "qc-facts", text: synthetic }) : null,
      memoField("transcript", text.id, note),
      el("p", { class: "qc-hint", text: "↓ selects a sentence, 1 to 9 or c gives it a code, ? lists all keys." }),
    ];
  }

  return {
    root,
    /** Show one thing; what has not changed is left alone, so that a memo being written stays. */
    draw({ span, code, text, block, note, synthetic, looked }) {
      const key = JSON.stringify([span, code, text.id, note, Boolean(looked)]);
      if (key === shown) return;
      shown = key;
      if (span) fill(body, ...codingParts(span, code, text.text, block));
      else if (looked) fill(body, ...codeParts(code, note));
      else fill(body, ...transcriptParts(text, note, synthetic));
    },
    focusMemo: () => body.querySelector("textarea")?.focus(),
  };
}
