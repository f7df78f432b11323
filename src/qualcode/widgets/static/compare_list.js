// The list of differences: filtered, each with its sign, its word, its codes and its words.

import { FILTERS, LEGEND, lists, sayCounts, sayRow, signOf } from "./compare_rows.js";
import { button, el, fill } from "./dom.js";

let made = 0;

/** Make the list. `on` hears `pick(id)`, `filter(name)` and `leave()`. */
export function makeDifferenceList(on) {
  const number = (made += 1);
  const filters = FILTERS.map((name) => button(name, () => on.filter(name), { "data-filter": name }));
  const counts = el("p", { class: "qc-diff-counts" });
  const bar = el("span", { class: "qc-bar", "aria-hidden": "true" });
  const list = el("ul", { class: "qc-list", role: "listbox", tabindex: "0", "aria-label": "Differences" });
  const root = el(
    "nav",
    { class: "qc-pane qc-diffs", "aria-label": "Differences" },
    el("div", { class: "qc-row", role: "group", "aria-label": "Which differences are listed" }, ...filters),
    counts,
    bar,
    list,
    el("p", { class: "qc-total", text: LEGEND }),
  );
  let ids = [];
  let at = "";
  let shown = "";
  const idOf = (id) => `qc-d-${number}-${id}`;

  function item(row, span, nameOf) {
    const codes = [...new Set([row.first, row.second].filter(Boolean).map(nameOf))].join(" / ");
    const said = sayRow(row);
    return el(
      "li",
      {
        id: idOf(row.id),
        class: `qc-item${row.id === at ? " qc-open" : ""}${row.settled ? " qc-done" : ""}`,
        role: "option",
        "data-difference": row.id,
        "aria-selected": String(row.id === at),
        "aria-label": `${said}. ${codes}. ${span}`,
        on: { click: () => on.pick(row.id) },
      },
      el("span", { class: "qc-sign", "aria-hidden": "true", text: signOf(row) }),
      el("span", { class: "qc-diff-codes", text: codes }),
      el("small", { text: said }),
      el("small", { class: "qc-diff-words", dir: "auto", text: span }),
    );
  }

  /** Scroll the list alone: scrollIntoView would move the notebook too. */
  function reveal(one) {
    if (!one) return;
    const [box, pane] = [one.getBoundingClientRect(), list.getBoundingClientRect()];
    if (box.top < pane.top) list.scrollTop += box.top - pane.top;
    else if (box.bottom > pane.bottom) list.scrollTop += box.bottom - pane.bottom;
  }

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      const place = Math.max(0, Math.min(ids.length - 1, ids.indexOf(at) + steps[event.key]));
      if (ids[place]) on.pick(ids[place], { focus: false });
    } else if (event.key === "Enter" || event.key === "Escape") on.leave();
    else return;
    event.preventDefault();
  });

  return {
    root,
    /** Show the rows that the filter lists, and the one at hand whether it does or not. */
    draw({ order, rows, filter, now, counts: sums, wordsOf, nameOf }) {
      const listed = order.filter((id) => lists(filter, rows[id]) || id === now);
      const key = JSON.stringify([listed.map((id) => [rows[id], wordsOf(rows[id]), nameOf(rows[id].first || rows[id].second)]), filter, now, sums]);
      if (key === shown) return;
      shown = key;
      [ids, at] = [listed, now];
      for (const one of filters) one.setAttribute("aria-pressed", String(one.dataset.filter === filter));
      const said = sayCounts(sums);
      counts.textContent = `${said.settled} · ${said.taken}`;
      bar.style.setProperty("--share", said.share);
      fill(list, ...listed.map((id) => item(rows[id], wordsOf(rows[id]), nameOf)));
      if (!listed.length) list.append(el("li", { class: "qc-none", role: "option", "aria-selected": "false", text: filter === "open" ? "nothing is open" : "there is none" }));
      list.setAttribute("aria-activedescendant", ids.includes(now) ? idOf(now) : "");
      reveal(list.querySelector(".qc-open"));
    },
  };
}
