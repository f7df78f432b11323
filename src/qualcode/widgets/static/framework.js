// The framework matrix: cases by themes, and the summary of each cell written beside its quotes.

import { button, el, fill } from "./dom.js";
import { nameOf, progressOf } from "./framework_cells.js";
import { makeFrameworkFilters } from "./framework_filters.js";
import { makeGrid } from "./framework_grid.js";
import { KEYS } from "./framework_keys.js";
import { makeCellPane } from "./framework_pane.js";
import { showHelp } from "./help.js";
import { commandsByKey, keyFor, keyOf } from "./keys.js";
import { codeOf, lookOf } from "./look.js";
import { makeStatus } from "./status.js";
import { makeWidget } from "./widget.js";

const BY_KEY = commandsByKey(KEYS);

function build(root, { store, link, onAlive }) {
  root.classList.add("qc-framework");
  let looks = lookOf(store.state.codes);
  let filter = {};
  let lastOpen = null;
  let wanted; // the cell that was asked for, or null for none, until the answer comes
  const status = makeStatus();
  const grid = makeGrid({ open: (row, theme) => void open(row, theme) });
  const filters = makeFrameworkFilters({
    filter: (what) => {
      filter = what;
      grid.draw({ state: store.state, open: openNow(store.state), looks, filter });
    },
    leave: () => grid.focus(),
  });
  const pane = makeCellPane({ save: (cell, text, seen) => save(cell, text, seen), close: (say) => void close(say), say: (text) => status.say(text) });
  const heading = el("h2", { class: "qc-heading", text: "Framework matrix" });
  const about = el("small", {});
  const undo = button("Undo", () => void send({ kind: "undo" }), { key: keyFor("undo", KEYS) });
  const redo = button("Redo", () => void send({ kind: "redo" }), { key: keyFor("redo", KEYS) });
  const help = button("Keys", () => showHelp(root, KEYS), { key: keyFor("help", KEYS) });
  fill(
    root,
    el("div", { class: "qc-top" }, heading, about, el("div", { class: "qc-toolbar", role: "toolbar", "aria-label": "Matrix" }, undo, redo, help)),
    filters.root,
    el("div", { class: "qc-panes qc-framework-panes" }, grid.root, pane.root),
    status.root,
  );

  function draw(state = store.state, names = null) {
    if (!names || names.has("codes") || names.has("columns")) {
      looks = lookOf(state.codes);
      filters.draw(state.columns, (id) => codeOf(looks, id).path);
    }
    about.textContent = [progressOf(state.cells), state.study.coder ? `codings of ${state.study.coder}` : "everybody's codings", state.study.note].filter(Boolean).join(" · ");
    about.title = state.study.note;
    setTitle(undo, "Undo", state.undo);
    setTitle(redo, "Redo", state.redo);
    const open = openNow(state);
    root.classList.toggle("qc-is-open", Boolean(open));
    const wasInPane = pane.root.contains(document.activeElement);
    const cell = open && state.cells[nameOf(open.theme, open.case)];
    const isNew = pane.draw(cell ? open : null, cell, looks, state.study);
    grid.draw({ state, open, looks, filter });
    if (isNew) grid.reveal();
    if (wasInPane && !open) backTo(lastOpen); // another view has closed it
    lastOpen = open;
    status.notice(state.notice || (state.study.writable ? "" : "This study has no folder: no summary can be kept"));
  }

  /** The open cell: what was asked for last, with its quotes once they have come. */
  function openNow(state) {
    if (wanted === undefined) return state.open;
    const isThere = wanted && state.open?.case === wanted.case && state.open?.theme === wanted.theme;
    return isThere ? state.open : wanted;
  }

  function setTitle(one, label, what) {
    one.disabled = !what;
    one.title = what ? `${label}: the summary of ${what}` : label;
  }

  async function send(intent) {
    const answer = await link.send(intent);
    status.answer(answer);
    return answer;
  }

  async function open(row, theme) {
    if (pane.isChanged()) {
      status.refuse("the open summary is not saved: save it, or let it be");
      pane.focus();
      return;
    }
    await ask({ case: row, theme, quotes: null });
  }

  /** Open a cell, or none, at once, so that the next key goes where it should; Python hears of it. */
  async function ask(cell) {
    wanted = cell;
    draw();
    if (cell) pane.focus();
    const answer = await link.send({ kind: "cell", case: cell?.case ?? "", theme: cell?.theme ?? "" });
    if (wanted !== cell) return;
    wanted = undefined;
    if (!answer.ok || answer.say) status.answer(answer);
    draw();
  }

  async function save(cell, text, seen) {
    const answer = await send({ kind: "summary", case: cell.case, theme: cell.theme, text, seen });
    return { ...answer, cell: store.state.cells[nameOf(cell.theme, cell.case)] };
  }

  async function close(say) {
    if (say) status.say(say);
    await ask(null);
  }

  function backTo(cell) {
    if (!cell || !grid.goTo(cell.case, cell.theme)) grid.focus();
  }

  const commands = {
    next: () => grid.seek(["open"]) || status.say("Every cell shown that has quotes has a summary"),
    stale: () => grid.seek(["stale"]) || status.say("No summary shown is stale"),
    open: () => grid.at && open(grid.at.case, grid.at.theme),
    undo: () => send({ kind: "undo" }),
    redo: () => send({ kind: "redo" }),
    find: () => filters.focus(),
    help: () => showHelp(root, KEYS),
  };

  root.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || event.isComposing || !(target instanceof Element)) return;
    if (target.closest(".qc-dialog") || target.closest(".qc-cellpane") || target.matches("input, select")) return;
    if (target.matches("button") && (event.key === "Enter" || event.key === " ")) return;
    const key = keyOf(event);
    if (grid.press(key)) {
      event.preventDefault();
      return;
    }
    const id = BY_KEY.get(key);
    if (!id || !commands[id]) return;
    event.preventDefault();
    void commands[id]();
  });

  const deaf = store.listen(draw);
  onAlive((yes) => {
    root.classList.toggle("qc-dead", !yes);
    status.alive(yes);
  });
  draw();
  const narrow = new ResizeObserver(([entry]) => root.classList.toggle("qc-stacked", entry.contentRect.width < 700));
  narrow.observe(root);
  return () => {
    deaf();
    narrow.disconnect();
  };
}

export default makeWidget(build);
