// A tree of codes to choose from, with a filter and a number beside each.

import { el, fill } from "./dom.js";
import { codeOf, lookOf } from "./look.js";
import { swatch } from "./margin.js";
import { shownCodes } from "./tree_pane.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9, PageDown: 10, PageUp: -10 };

/**
 * Make the pane. `on` hears `choose(id)` and `key(event, id)`, which is given the keys that the tree
 * itself has no use for; with `follow` what the arrows come to is chosen at once. `say(id)` gives
 * the words for the number beside a code.
 */
export function makeCodeTree(on, { label, follow = false, say }) {
  const folded = new Set();
  let state = { codes: [], counts: {}, chosen: "", marked: new Set() };
  let looks = new Map();
  let shown = [];
  let at = "";
  const filter = el("input", { type: "search", class: "qc-filter", placeholder: "filter codes", "aria-label": "Filter codes", autocomplete: "off" });
  const tree = el("ul", { class: "qc-tree", role: "tree", "aria-label": label });
  const root = el("section", { class: "qc-pane qc-codes", "aria-label": "Codes" }, filter, tree);

  function draw(next = {}) {
    if (next.codes && next.codes !== state.codes) looks = lookOf(next.codes);
    if (next.chosen && next.chosen !== state.chosen) at = next.chosen;
    state = { ...state, ...next };
    shown = shownCodes(state.codes, filter.value, folded);
    if (!shown.some((code) => code.id === at)) at = shown[0]?.id ?? "";
    const parents = new Set(state.codes.map((code) => code.parent));
    const hadFocus = tree.contains(document.activeElement);
    fill(tree, ...shown.map((code) => row(code, parents.has(code.id))));
    if (hadFocus) itemAt()?.focus();
  }

  function row(code, hasBelow) {
    const marked = state.marked.has(code.id);
    return el(
      "li",
      {
        class: "qc-code",
        role: "treeitem",
        "data-code": code.id,
        "aria-level": code.depth + 1,
        "aria-expanded": hasBelow ? String(!folded.has(code.id)) : null,
        "aria-selected": String(code.id === state.chosen),
        "aria-label": `${code.name}, ${say(state.counts[code.id] ?? 0)}${marked ? ", not saved" : ""}`,
        title: code.definition,
        tabindex: code.id === at ? "0" : "-1",
        style: { "--depth": code.depth },
        on: {
          click: () => {
            go(code.id);
            on.choose(code.id);
          },
        },
      },
      el("span", {
        class: "qc-fold",
        "aria-hidden": "true",
        text: hasBelow ? (folded.has(code.id) ? "▸" : "▾") : "",
        on: { click: (event) => fold(event, code.id) },
      }),
      swatch(codeOf(looks, code.id)),
      el("span", { class: "qc-code-name", text: code.name }),
      marked ? el("span", { "aria-hidden": "true", title: "not saved", text: "✎" }) : null,
      el("span", { class: "qc-count", "aria-hidden": "true", text: state.counts[code.id] || "" }),
    );
  }

  function fold(event, id) {
    event?.stopPropagation();
    if (folded.has(id)) folded.delete(id);
    else folded.add(id);
    draw();
  }

  const itemAt = () => tree.querySelector(`[data-code="${CSS.escape(at)}"]`);

  function go(id) {
    at = id;
    tree.querySelectorAll("[tabindex='0']").forEach((one) => one.setAttribute("tabindex", "-1"));
    itemAt()?.setAttribute("tabindex", "0");
    itemAt()?.focus();
  }

  function step(by) {
    const index = Math.max(0, Math.min(shown.length - 1, shown.findIndex((code) => code.id === at) + by));
    if (!shown[index]) return;
    go(shown[index].id);
    if (follow) on.choose(at);
  }

  filter.addEventListener("input", () => draw());
  filter.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      itemAt()?.focus();
    } else if (event.key === "Escape" && filter.value) {
      event.preventDefault();
      filter.value = "";
      draw();
    }
  });
  tree.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (plain && event.key in STEPS) step(STEPS[event.key]);
    else if (plain && event.key === "ArrowLeft" && !folded.has(at)) fold(null, at);
    else if (plain && event.key === "ArrowRight" && folded.has(at)) fold(null, at);
    else if (plain && (event.key === "Enter" || event.key === " ")) on.choose(at, true);
    else return on.key?.(event, at);
    event.preventDefault();
  });
  return { root, draw, focus: () => (itemAt() ?? filter).focus(), find: () => filter.focus() };
}
