// What narrows the matrix: the state of cells, one theme, words of summaries.

import { el, fill } from "./dom.js";
import { CHOICES } from "./framework_cells.js";

/** Make the bar. `on` hears `filter(what)` and `leave()`. */
export function makeFrameworkFilters(on) {
  const change = () => on.filter({ state: state.value, theme: theme.value, words: words.value });
  const state = el("select", { "aria-label": "Which cells", on: { change } }, ...CHOICES.map(([value, text]) => el("option", { value, text })));
  const theme = el("select", { "aria-label": "Theme", on: { change } });
  const words = el("input", { type: "search", class: "qc-query", placeholder: "words of summaries", "aria-label": "Words of summaries", autocomplete: "off", on: { input: change } });
  const root = el("div", { class: "qc-search", role: "search", "aria-label": "Filter the cells" }, state, theme, words);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      state.value = theme.value = words.value = "";
      change();
      on.leave();
    } else if (event.key === "Enter" && event.target === words) {
      event.preventDefault();
      on.leave();
    }
  });
  return {
    root,
    /** Offer the columns that there are. */
    draw(columns, nameOfTheme) {
      const chosen = columns.includes(theme.value) ? theme.value : "";
      fill(theme, el("option", { value: "", text: "Theme: any" }), ...columns.map((id) => el("option", { value: id, text: nameOfTheme(id) })));
      theme.value = chosen;
    },
    focus: () => state.focus(),
  };
}
