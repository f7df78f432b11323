// The code tree: counts, colours, filter, pins; give a code by Enter, a double click or a drop.

import { el, fill } from "./dom.js";
import { swatch } from "./margin.js";
import { fit } from "./match.js";

/** Which codes a filter leaves: those that fit, with the codes above them; folded ones hide theirs. */
export function shownCodes(codes, typed, folded) {
  const above = new Map(codes.map((code) => [code.id, code.parent]));
  const parentsOf = (id) => (above.get(id) ? [above.get(id), ...parentsOf(above.get(id))] : []);
  if (!typed.trim()) return codes.filter((code) => !parentsOf(code.id).some((id) => folded.has(id)));
  const keep = new Set();
  for (const code of codes) {
    if (fit(code.name, code.path, typed) < 6) for (const id of [code.id, ...parentsOf(code.id)]) keep.add(id);
  }
  return codes.filter((code) => keep.has(code.id));
}

/** Counts with those of the codes below added: id -> [everywhere, here]. */
export function sumsBelow(codes, counts) {
  const sums = new Map(codes.map((code) => [code.id, [...(counts[code.id] ?? [0, 0])]]));
  for (const code of [...codes].reverse()) {
    if (!code.parent) continue;
    const [own, up] = [sums.get(code.id), sums.get(code.parent)];
    up[0] += own[0];
    up[1] += own[1];
  }
  return sums;
}

/** Make the pane. `on` hears `give(id)`, `look(id)`, `pin(id, key)`, `drop(id)`, `leave()`. */
export function makeTreePane(on) {
  const folded = new Set();
  let state = { codes: [], looks: new Map(), counts: {}, pins: {} };
  let shown = [];
  let at = "";
  const filter = el("input", { type: "search", class: "qc-filter", placeholder: "filter codes", "aria-label": "Filter codes" });
  const tree = el("ul", { class: "qc-tree", role: "tree", "aria-label": "Codes. Enter gives the code to the selected words, 1 to 9 pins it" });
  const root = el("section", { class: "qc-pane qc-codes", "aria-label": "Codes" }, filter, tree);

  function draw(next = state) {
    state = next;
    shown = shownCodes(state.codes, filter.value, folded);
    if (!shown.some((code) => code.id === at)) at = shown[0]?.id ?? "";
    const sums = sumsBelow(state.codes, state.counts);
    const keys = new Map(Object.entries(state.pins).map(([key, id]) => [id, key]));
    const parents = new Set(state.codes.map((code) => code.parent));
    const hadFocus = tree.contains(document.activeElement);
    fill(tree, ...shown.map((code) => row(code, sums.get(code.id), keys.get(code.id), parents.has(code.id))));
    if (hadFocus) focusAt();
  }

  function row(code, [everywhere, here], key, hasBelow) {
    const open = hasBelow ? String(!folded.has(code.id)) : null;
    return el(
      "li",
      {
        class: "qc-code",
        role: "treeitem",
        "data-code": code.id,
        "aria-level": code.depth + 1,
        "aria-expanded": open,
        "aria-selected": String(code.id === state.chosen),
        "aria-label": `${code.name}, ${here} here, ${everywhere} in all${key ? `, key ${key}` : ""}`,
        title: code.definition,
        tabindex: code.id === at ? "0" : "-1",
        style: { "--depth": code.depth },
        on: {
          click: () => {
            at = code.id;
            on.look(code.id);
          },
          dblclick: () => on.give(code.id),
          dragover: (event) => {
            event.preventDefault();
            event.currentTarget.classList.add("qc-over");
          },
          dragleave: (event) => event.currentTarget.classList.remove("qc-over"),
          drop: (event) => {
            event.preventDefault();
            event.currentTarget.classList.remove("qc-over");
            on.drop(code.id);
          },
        },
      },
      el("span", { class: "qc-fold", "aria-hidden": "true", text: hasBelow ? (folded.has(code.id) ? "▸" : "▾") : "", on: { click: (event) => fold(event, code.id) } }),
      swatch(state.looks.get(code.id)),
      el("span", { class: "qc-code-name", text: code.name }),
      key ? el("kbd", { "aria-hidden": "true", text: key }) : null,
      el("span", { class: "qc-count", "aria-hidden": "true", title: "in this transcript / in all", text: everywhere ? `${here} / ${everywhere}` : "" }),
    );
  }

  function fold(event, id) {
    event?.stopPropagation();
    if (folded.has(id)) folded.delete(id);
    else folded.add(id);
    draw();
  }

  function focusAt() {
    tree.querySelector(`[data-code="${CSS.escape(at)}"]`)?.focus();
  }

  function go(step) {
    const index = Math.max(0, Math.min(shown.length - 1, shown.findIndex((code) => code.id === at) + step));
    if (!shown[index]) return;
    at = shown[index].id;
    tree.querySelectorAll("[tabindex='0']").forEach((one) => one.setAttribute("tabindex", "-1"));
    const item = tree.querySelector(`[data-code="${CSS.escape(at)}"]`);
    item?.setAttribute("tabindex", "0");
    item?.focus();
    on.look(at);
  }

  filter.addEventListener("input", () => draw());
  filter.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      focusAt();
    } else if (event.key === "Escape") {
      filter.value = "";
      draw();
      on.leave();
    }
  });
  tree.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9, PageDown: 10, PageUp: -10 };
    if (event.key in steps) go(steps[event.key]);
    else if (event.key === "Enter") on.give(at);
    else if (event.key === "ArrowLeft" && !folded.has(at)) fold(null, at);
    else if (event.key === "ArrowRight" && folded.has(at)) fold(null, at);
    else if (/^[0-9]$/.test(event.key)) on.pin(at, Number(event.key));
    else if (event.key === "Escape") on.leave();
    else return;
    event.preventDefault();
  });
  return { root, draw, focus: () => filter.focus() };
}
