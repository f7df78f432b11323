// The buttons above the transcript: what they run, and how things stand.

import { button, el } from "./dom.js";
import { sayFilter } from "./filtering.js";
import { keyFor } from "./keys.js";
import { makeQueueButton } from "./offers.js";

/** Make the bar. `on` hears `run(id)`, `list()`, `unfilter()` and `leave()`. */
export function makeToolbar(on) {
  const tool = (id, label) => button(label, () => on.run(id), { key: keyFor(id) });
  const filterChip = button("", () => on.unfilter());
  const [undo, redo, suggest] = [tool("undo", "Undo"), tool("redo", "Redo"), tool("suggest", "Suggestions")];
  const queue = makeQueueButton((id) => {
    on.run(id);
    on.leave(); // to where the keys are that decide
  });
  const root = el(
    "div",
    { class: "qc-toolbar", role: "toolbar", "aria-label": "Coding" },
    button("Transcripts", () => on.list(), { class: "qc-button qc-only-narrow" }),
    tool("code", "Code"),
    tool("new_code", "New code"),
    tool("find", "Search"),
    tool("filter", "Filter"),
    filterChip,
    tool("next_uncoded", "Next uncoded"),
    suggest,
    queue.root,
    undo,
    redo,
    tool("help", "Keys"),
  );
  return {
    root,
    draw(state, filter, nameOf) {
      undo.disabled = !state.undo;
      redo.disabled = !state.redo;
      suggest.hidden = !state.study.suggests;
      suggest.setAttribute("aria-pressed", String(state.offering));
      queue.draw(state.queue);
      const said = sayFilter(filter, nameOf);
      filterChip.hidden = !said;
      filterChip.textContent = `Only ${said} ✕`;
      filterChip.title = "Show all codings again";
    },
  };
}
