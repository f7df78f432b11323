// The compare view: one text with a coder in each margin, the differences, and what is settled.

import { makeCommands } from "./commands.js";
import { makeCard } from "./compare_card.js";
import { makeCompareCommands } from "./compare_commands.js";
import { COMPARE_COMMANDS, IN_TEXT } from "./compare_keys.js";
import { makeDifferenceList } from "./compare_list.js";
import { chipOf, lists, rowsByCoding, sayRow, sayTranscript, stepFrom } from "./compare_rows.js";
import { makeDesk } from "./desk.js";
import { button, el, fill } from "./dom.js";
import { NO_FILTER } from "./filtering.js";
import { commandsByKey, keyFor, keyOf } from "./keys.js";
import { makeSplitter } from "./layout.js";
import { makeStatus } from "./status.js";
import { makeTextPane } from "./text_pane.js";
import { makeWidget } from "./widget.js";

const BY_KEY = commandsByKey(COMPARE_COMMANDS);
const TYPED_IN = "input, textarea, select";

function build(root, { store, link, onAlive }) {
  root.classList.add("qc-compare");
  const desk = makeDesk();
  const ui = { chosen: "", at: "", filter: "open", pending: null };
  const status = makeStatus();
  const coders = () => store.state.study.coders;
  const row = (id = ui.at) => store.state.rows[id];
  let byCoding = new Map();

  const pane = makeTextPane({
    left: (span) => span.coder === coders()[0],
    pick: (id) => choose(byCoding.get(id)?.id ?? ""),
    press: (unit) => press(unit),
  });
  const list = makeDifferenceList({
    pick: (id, { focus = true } = {}) => {
      choose(id);
      if (focus) focusText();
    },
    filter: (name) => commands.setFilter(name),
    leave: focusText,
  });
  const card = makeCard({
    decide: (decision) => void run(decision),
    enter: () => {
      if (ui.pending) return void commands.settle(ui.pending);
      card.hint("");
      status.say(`the reason is kept: now ${["first", "second", "both", "neither"].map((id) => keyFor(id, COMPARE_COMMANDS)).join(", ")}, r or s`);
      return focusText();
    },
    leave: () => {
      ui.pending = null;
      card.hint("");
      focusText();
    },
  });

  const tool = (id, label) => button(label, () => void run(id), { key: keyFor(id, COMPARE_COMMANDS) });
  const [takeOver, undo, redo] = [tool("take_over", "Take over agreements"), tool("undo", "Undo"), tool("redo", "Redo")];
  const transcripts = el("select", { class: "qc-transcript-choice", "aria-label": "Transcript" });
  const about = el("p", { class: "qc-facts qc-about" });
  const heads = [el("span"), el("span")];
  const toolbar = el("div", { class: "qc-toolbar", role: "toolbar", "aria-label": "Comparing" }, tool("back", "Back"), tool("next", "Next"), takeOver, undo, redo, tool("help", "Keys"));
  const middle = el(
    "section",
    { class: "qc-middle" },
    el("header", { class: "qc-top" }, transcripts, toolbar, about),
    el("div", { class: "qc-sides" }, heads[0], el("span"), heads[1]),
    pane.root,
  );
  const side = el("div", { class: "qc-side" }, card.root, list.root);
  const splitter = makeSplitter(root, "--qc-side", { label: "Width of the differences", start: 310, least: 220, most: 640, sign: -1 });
  fill(root, el("div", { class: "qc-panes" }, middle, splitter, side), status.root);

  // The keys that select words mean the same as in the coding workspace.
  const moves = makeCommands({ root, desk, ui, pane, status, state: () => store.state });

  // Drawing -----------------------------------------------------------------------------------

  function draw(state = store.state) {
    const compared = Object.fromEntries(Object.entries(state.codings).filter(([, one]) => coders().includes(one.coder)));
    const anew = desk.take({ ...state, codings: compared, suggestions: {} }, NO_FILTER);
    byCoding = rowsByCoding(state.rows);
    if (anew) {
      pane.show(state.text, desk.text.text, desk.blocks);
      ui.pending = null;
      ui.at = "";
    }
    if (!row()) ui.at = stepFrom(state.differences, (id) => lists("open", state.rows[id]), "", 1);
    const spans = desk.spans.map((span) => told(span));
    const chosen = new Set([row()?.first, row()?.second]);
    pane.paint(spans, { codeFor: desk.codeFor, chosen, several: true });
    pane.mark("found", settledSpans(state));
    drawSide(state);
    drawTop(state);
    if (anew && row()) pane.scrollTo(desk.span(row().first || row().second).start);
  }

  /** A span with what the margin says of it: how it stands to the other coder's. */
  function told(span) {
    const its = byCoding.get(span.id);
    return its ? { ...span, chip: chipOf(its), says: sayRow(its) } : span;
  }

  /** Where the words that were settled are not those of either coder, they are shown. */
  function settledSpans(state) {
    if (row()?.settled?.how !== "resize" && row()?.settled?.how !== "recode") return [];
    return row().settled.codings.map((id) => desk.unitsOf(state.codings[id]));
  }

  function drawSide(state) {
    const spanOf = (id) => {
      const span = desk.span(id);
      return span && { id, memo: span.memo, words: wordsOf(span) };
    };
    const open = state.differences.filter((id) => !state.rows[id].takes);
    const place = open.includes(ui.at) ? `${open.indexOf(ui.at) + 1} of ${open.length}` : "";
    card.draw({ row: row(), coders: coders(), first: spanOf(row()?.first), second: spanOf(row()?.second), codeFor: desk.codeFor, place });
    list.draw({
      order: state.differences,
      rows: state.rows,
      filter: ui.filter,
      now: ui.at,
      counts: state.counts,
      wordsOf: (one) => wordsOf(desk.span(one.first || one.second)),
      nameOf: (id) => desk.codeFor(id).name,
    });
  }

  function wordsOf({ start, end }) {
    return desk.text.text.slice(start, end).replace(/\s+/g, " ");
  }

  function drawTop(state) {
    const key = JSON.stringify([state.order, state.transcripts, state.text.id]);
    if (transcripts.dataset.shown !== key) {
      transcripts.dataset.shown = key;
      const shown = state.order.includes(state.text.id) ? state.order : [state.text.id, ...state.order];
      fill(
        transcripts,
        ...shown.map((id) =>
          el("option", { value: id, selected: id === state.text.id, text: sayTranscript(state.transcripts[id] ?? { id, both: false }, coders()) }),
        ),
      );
    }
    about.textContent = [state.text.about, state.text.synthetic && state.study.note].filter(Boolean).join(" · ");
    heads.forEach((head, index) => (head.textContent = `${coders()[index]}’s codings`));
    undo.disabled = !state.undo;
    redo.disabled = !state.redo;
    takeOver.disabled = state.counts.taken === state.counts.agreed;
    status.notice(state.notice);
  }

  // Doing -------------------------------------------------------------------------------------

  async function send(intent) {
    const answer = await link.send(intent);
    status.answer(answer);
    return answer;
  }

  function choose(id, { caret = true } = {}) {
    ui.at = id;
    ui.pending = null;
    card.hint("");
    pane.forget();
    draw();
    const span = id && desk.span(row().first || row().second);
    if (!span) return;
    const start = Math.min(...[row().first, row().second].filter(Boolean).map((one) => desk.span(one).start));
    pane.scrollTo(start);
    if (caret && root.contains(document.activeElement)) pane.select({ start, end: start }, { scroll: false });
  }

  /** A click on coded words chooses their difference; another click the next that lies there. */
  function press(unit) {
    const ids = [...new Set(desk.over(unit).map((span) => byCoding.get(span.id)?.id).filter(Boolean))];
    if (!ids.length || (ids.length === 1 && ids[0] === ui.at)) return;
    choose(ids[(ids.indexOf(ui.at) + 1) % ids.length], { caret: false });
  }

  const commands = makeCompareCommands({ root, desk, ui, pane, status, card, store, row, send, choose, draw, focusText });

  function run(id) {
    return Promise.resolve((commands[id] ?? moves[id])?.());
  }

  function focusText() {
    pane.root.focus({ preventScroll: true });
  }

  transcripts.addEventListener("change", async () => {
    await send({ kind: "open", transcript: transcripts.value });
    focusText();
  });
  root.addEventListener("keydown", (event) => {
    const id = BY_KEY.get(keyOf(event));
    const target = event.target instanceof Element ? event.target : root;
    if (!id || event.defaultPrevented || event.isComposing || target.closest(`${TYPED_IN}, .qc-dialog`)) return;
    if (IN_TEXT.has(id) && !pane.root.contains(target)) return;
    event.preventDefault();
    void run(id);
  });

  const deaf = store.listen(() => draw());
  onAlive((yes) => {
    root.classList.toggle("qc-dead", !yes);
    status.alive(yes);
  });
  draw();
  const narrow = new ResizeObserver(([entry]) => root.classList.toggle("qc-slim", entry.contentRect.width < 760));
  narrow.observe(root);
  return () => {
    deaf();
    narrow.disconnect();
    pane.close();
  };
}

export default makeWidget(build);
