// The difference at hand: what each coder made of it, what was settled, and the decisions.

import { sayWhy, signOf } from "./compare_rows.js";
import { COMPARE_COMMANDS } from "./compare_keys.js";
import { button, el, fill } from "./dom.js";
import { keyFor } from "./keys.js";
import { swatch } from "./margin.js";

/**
 * Make the card. `on` hears `decide(decision)`, `enter()` (Enter in the field of reasons) and
 * `leave()` (Escape there).
 */
export function makeCard(on) {
  const head = el("h3", { class: "qc-diff-head" });
  const sides = el("div", { class: "qc-diff-sides" });
  const settled = el("div", { class: "qc-diff-settled" });
  const reasons = el("datalist", { id: `qc-reasons-${Math.random().toString(36).slice(2)}` });
  const hint = el("small", { id: `${reasons.id}-hint` });
  const why = el("input", {
    type: "text",
    autocomplete: "off",
    list: reasons.id,
    class: "qc-reason",
    "aria-describedby": hint.id,
    placeholder: "the reason, in a few words",
  });
  const decisions = ["first", "second", "both", "neither", "recode", "resize"].map((id) =>
    button("", () => on.decide(id), { "data-decision": id }),
  );
  const group = el("div", { class: "qc-row", role: "group", "aria-label": "Settle this difference" }, ...decisions);
  const field = el("label", { class: "qc-field" }, el("span", {}, "Why", el("kbd", { "aria-hidden": "true", text: keyFor("why", COMPARE_COMMANDS) })), why, hint, reasons);
  const body = el("div", { class: "qc-diff-body" }, sides, settled, field, group);
  const root = el("section", { class: "qc-pane qc-diff", "aria-label": "The difference at hand" }, head, body);
  const given = [];
  let shown = "";

  why.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Enter") on.enter();
    else on.leave();
  });

  /** What one coder made of it; words that both coded are shown once. */
  function side(coder, span, code, same) {
    const parts = span
      ? [
          el("span", { class: "qc-diff-code", title: code.definition }, swatch(code), el("span", { text: code.name })),
          same ? null : el("q", { dir: "auto", text: span.words }),
          span.memo ? el("span", { class: "qc-facts", text: `memo: ${span.memo}` }) : null,
        ]
      : [el("span", { class: "qc-facts", text: "nothing here" })];
    return el("div", { class: "qc-diff-side" }, el("b", { text: coder }), el("div", {}, ...parts));
  }

  function drawDecisions(row, coders) {
    const labels = {
      first: `Keep ${coders[0]}’s`,
      second: `Keep ${coders[1]}’s`,
      both: "Keep both",
      neither: "Neither",
      recode: "Other code…",
      resize: "Selected words",
    };
    for (const one of decisions) {
      const id = one.dataset.decision;
      fill(one, labels[id], el("kbd", { "aria-hidden": "true", text: keyFor(id, COMPARE_COMMANDS) }));
      one.disabled = !row || !(id in row.may);
      one.title = `${labels[id]} (${keyFor(id, COMPARE_COMMANDS)})`;
    }
  }

  return {
    root,
    /** Show a row, or that there is none. `first` and `second` are spans with their words. */
    draw({ row, coders, first, second, codeFor, place }) {
      const key = JSON.stringify([row, coders, first, second, place, first && codeFor(first.id), second && codeFor(second.id)]);
      if (key === shown) return;
      shown = key;
      body.hidden = !row;
      drawDecisions(row, coders);
      if (!row) {
        head.textContent = "No difference is chosen";
        return;
      }
      fill(head, el("span", { class: "qc-diff-sign", "aria-hidden": "true", text: signOf(row) }), el("span", { text: row.word }), el("small", { text: place }));
      const same = first?.words === second?.words;
      fill(sides, side(coders[0], first, first && codeFor(first.id)), side(coders[1], second, second && codeFor(second.id), same));
      settled.hidden = !row.settled;
      if (row.settled) fill(settled, el("b", { text: `Settled: ${row.settled.said}` }), el("span", { class: "qc-facts", text: sayWhy(row.settled) }));
    },
    get why() {
      return why.value.trim();
    },
    /** Ask for the reason; `then` says what Enter will do. */
    ask(then) {
      hint.textContent = then;
      why.focus();
    },
    hint(text) {
      hint.textContent = text;
    },
    /** A reason was used: the field is free again, and offers it from now on. */
    used(reason) {
      if (why.value.trim() === reason) why.value = "";
      hint.textContent = "";
      if (!reason || given.includes(reason)) return;
      given.unshift(reason);
      fill(reasons, ...given.slice(0, 20).map((one) => el("option", { value: one })));
    },
  };
}
