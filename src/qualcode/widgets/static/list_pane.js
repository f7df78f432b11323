// The transcripts, each with how far it is coded.

import { el, fill } from "./dom.js";

/** How far a transcript is: a sign, and words for it. */
export function progressOf({ codings, turns, coded }) {
  const passages = `${codings} coding${codings === 1 ? "" : "s"}`;
  if (!codings) return { sign: "○", words: "uncoded", short: "uncoded", share: 0 };
  if (turns === null) return { sign: "◐", words: passages, short: passages, share: 0 };
  const share = turns ? coded / turns : 0;
  return {
    sign: share === 1 ? "●" : "◐",
    words: `${coded} of ${turns} turns, ${passages}`,
    short: `${passages}, ${coded}/${turns} turns`,
    share,
  };
}

/** Make the pane. `on` hears `open(id)` and `leave()`. */
export function makeListPane(on) {
  let shown = [];
  let drawn = { order: [], rows: {}, open: "" };
  const filter = el("input", { type: "search", class: "qc-filter", placeholder: "filter transcripts", "aria-label": "Filter transcripts" });
  const total = el("p", { class: "qc-total" });
  const list = el("ul", { class: "qc-list", role: "listbox", tabindex: "0", "aria-label": "Transcripts" });
  const root = el("nav", { class: "qc-pane qc-transcripts", "aria-label": "Transcripts" }, filter, list, total);
  let at = "";

  function draw(next = drawn) {
    drawn = next;
    const typed = filter.value.trim().toLocaleLowerCase();
    shown = drawn.order.filter((id) => `${id} ${drawn.rows[id].body}`.toLocaleLowerCase().includes(typed));
    if (!shown.includes(at)) at = shown.includes(drawn.open) ? drawn.open : (shown[0] ?? "");
    fill(list, ...shown.map(item));
    list.setAttribute("aria-activedescendant", at ? idOf(at) : "");
    const rows = Object.values(drawn.rows);
    const begun = rows.filter((row) => row.codings).length;
    const codings = rows.reduce((sum, row) => sum + row.codings, 0);
    total.textContent = `${begun} of ${rows.length} coded, ${codings} codings`;
  }

  const idOf = (id) => `qc-t-${root.dataset.number ?? ""}-${id}`;

  function item(id) {
    const row = drawn.rows[id];
    const progress = progressOf(row);
    return el(
      "li",
      {
        id: idOf(id),
        class: `qc-item${id === drawn.open ? " qc-open" : ""}${id === at ? " qc-at" : ""}`,
        role: "option",
        "data-transcript": id,
        "aria-selected": String(id === drawn.open),
        "aria-label": `${id}, ${row.body}, ${progress.words}`,
        on: { click: () => on.open(id) },
      },
      el("span", { class: "qc-sign", "aria-hidden": "true", text: progress.sign }),
      el("span", { class: "qc-item-name", text: id }),
      el("small", { text: progress.short, title: progress.words }),
      el("span", { class: "qc-bar", "aria-hidden": "true", style: { "--share": progress.share } }),
    );
  }

  function go(step) {
    const index = Math.max(0, Math.min(shown.length - 1, shown.indexOf(at) + step));
    at = shown[index] ?? "";
    draw();
    list.querySelector(".qc-at")?.scrollIntoView({ block: "nearest" });
  }

  filter.addEventListener("input", () => draw());
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    list.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9, PageDown: 10, PageUp: -10 };
    if (event.key in steps) go(steps[event.key]);
    else if (event.key === "Enter" && at) on.open(at);
    else if (event.key === "Escape") on.leave();
    else return;
    event.preventDefault();
  });
  return {
    root,
    draw,
    /** The transcript `step` places on, or nothing. */
    beside: (step) => drawn.order[drawn.order.indexOf(drawn.open) + step],
  };
}
