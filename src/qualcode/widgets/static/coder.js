// The coding workspace: transcripts, text, codes and details, and a line that says what happened.

import { makeCommands } from "./commands.js";
import { makeDesk } from "./desk.js";
import { makeDetailsPane } from "./details_pane.js";
import { el, fill } from "./dom.js";
import { NO_FILTER } from "./filtering.js";
import { commandsByKey, keyOf } from "./keys.js";
import { makeSplitter } from "./layout.js";
import { makeListPane } from "./list_pane.js";
import { codeOf } from "./look.js";
import { makeLook } from "./offers.js";
import { makeSearchBar } from "./search_bar.js";
import { makeStatus } from "./status.js";
import { makeTextPane } from "./text_pane.js";
import { makeToolbar } from "./toolbar.js";
import { makeTreePane } from "./tree_pane.js";
import { makeTurns } from "./turns.js";
import { whyHead } from "./why.js";
import { makeWidget } from "./widget.js";
import { blockIndex } from "./words.js";

const BY_KEY = commandsByKey();
// These act on the coding selected, which an answer under way may yet change.
const ON_CHOSEN = new Set([
  "memo", "recode", "bounds", "end_more", "end_less", "start_more", "start_less", "remove",
  "accept", "decline", "next_offer", "step", "step_back", "next_same",
]);

function build(root, { store, link, onAlive }) {
  root.classList.add("qc-coder");
  const desk = makeDesk();
  const ui = { chosen: "", looked: null, filter: NO_FILTER, last: "", dragged: "", queued: "" };
  const status = makeStatus();
  let found = [];

  const pane = makeTextPane({
    pick: (id) => {
      choose(id, { select: false });
      focusText(); // the label is painted anew, and would take the focus with it
    },
    press,
    drag: (id, event) => {
      ui.dragged = id;
      event.dataTransfer.setData("text/plain", id);
    },
  });
  const list = makeListPane({
    open: async (id) => {
      await send({ kind: "open", transcript: id });
      root.classList.remove("qc-show-list");
      focusText();
    },
    leave: focusText,
  });
  const tree = makeTreePane({
    give: async (id) => {
      await commands.give(id);
      focusText();
    },
    look: (id) => {
      ui.looked = id;
      ui.chosen = "";
      draw();
    },
    pin: (code, key) => void send({ kind: "pin", code, key }),
    drop: (id) => {
      const coding = ui.dragged;
      ui.dragged = "";
      void (desk.span(coding) ? commands.recodeAs(coding, id) : commands.give(id));
      focusText();
    },
    leave: focusText,
  });
  const details = makeDetailsPane({
    memo: (on, id, text) => void send({ kind: "memo", on, id, text }),
    run: (id) => {
      run(id);
      if (["accept", "decline"].includes(id)) focusText();
    },
    leave: focusText,
  });
  const search = makeSearchBar({
    find: (asked) => link.send({ kind: "find", ...asked }),
    jump: async (match) => {
      if (match.transcript !== desk.text.id) await send({ kind: "open", transcript: match.transcript });
      const span = desk.unitsOf(match);
      pane.select(span);
    },
    codeAll: (matches) => void commands.codeAll(matches),
    show: (matches, at) => {
      found = matches.map((match, index) => ({ ...match, now: index === at }));
      markFound();
    },
    leave: focusText,
  });

  const toolbar = makeToolbar({
    run: (id) => run(id),
    list: () => root.classList.toggle("qc-show-list"),
    unfilter: () => {
      ui.filter = NO_FILTER;
      draw();
      focusText();
    },
    leave: focusText,
  });
  // What was chosen while it was learned stays chosen, if Python still has it.
  const look = makeLook((intent) => link.send(intent), () => draw());
  const heading = el("h2", { class: "qc-heading" });
  const middle = el("section", { class: "qc-middle" }, el("header", { class: "qc-top" }, heading, toolbar.root), search.root, pane.root);
  const side = el("div", { class: "qc-side" }, tree.root, details.root);
  fill(
    root,
    el(
      "div",
      { class: "qc-panes" },
      list.root,
      makeSplitter(root, "--qc-list", { label: "Width of the transcripts", start: 190, least: 120, most: 480 }),
      middle,
      makeSplitter(root, "--qc-side", { label: "Width of the codes", start: 270, least: 180, most: 600, sign: -1 }),
      side,
    ),
    status.root,
  );

  const turns = makeTurns({
    waits: (id) => ON_CHOSEN.has(id),
    run: (id, argument) => void commands[id]?.(argument),
    taken: () => Boolean(root.querySelector(":scope > .qc-dialog")),
    busy: (yes) => root.setAttribute("aria-busy", String(yes)),
    dropped: (number) => status.refuse(`${number} keys came before the question was there`),
  });
  const view = { root, desk, ui, pane, status, search, list, send, choose, draw, hold: turns.hold, state: () => store.state };
  const commands = makeCommands(view);

  // Drawing -----------------------------------------------------------------------------------

  function draw(state = store.state, names = null) {
    const anew = desk.take(state, ui.filter);
    if (anew) {
      pane.show(state.text, desk.text.text, desk.blocks);
      ui.chosen = "";
      heading.textContent = state.text.id;
    }
    if (ui.chosen && !desk.span(ui.chosen) && !look.pending) ui.chosen = "";
    pane.paint(desk.spans, { codeFor: desk.codeFor, chosen: ui.chosen, several: state.study.coders.length > 1 });
    if (!names || names.has("transcripts") || names.has("order") || anew) {
      list.draw({ order: state.order, rows: state.transcripts, open: state.text.id });
    }
    tree.draw({ codes: state.codes, looks: desk.looks, counts: state.counts, pins: state.pins, chosen: ui.looked });
    drawDetails(state);
    toolbar.draw(state, ui.filter, (id) => codeOf(desk.looks, id).name);
    status.notice(state.notice);
    status.news(state.news);
    if (anew) markFound();
  }

  function drawDetails(state) {
    const span = desk.span(ui.chosen);
    const code = span ? desk.codeFor(span.id) : ui.looked ? codeOf(desk.looks, ui.looked) : null;
    const on = code && !span ? `code:${code.id}` : `transcript:${state.text.id}`;
    details.draw({
      span,
      code,
      text: desk.text,
      block: span ? desk.blocks[blockIndex(desk.blocks, span.start)] : null,
      note: state.notes[on] ?? "",
      synthetic: state.study.note,
      looked: ui.looked,
    });
  }

  function markFound() {
    const here = found.filter((match) => match.transcript === desk.text.id);
    pane.mark("found", here.filter((match) => !match.now).map(desk.unitsOf));
    pane.mark("now", here.filter((match) => match.now).map(desk.unitsOf));
  }

  // Doing -------------------------------------------------------------------------------------

  async function send(intent) {
    const answer = await turns.hold(link.send(intent));
    status.answer(answer);
    return answer;
  }

  function choose(id, { select = true, say = true } = {}) {
    ui.chosen = id;
    if (id) ui.looked = null;
    const span = desk.span(id);
    if (store.state.study.learns) look.at(span?.offer ? id : "");
    draw();
    if (span && select) pane.select({ start: span.start, end: span.end });
    if (span && say) status.say(sayChosen(span));
  }

  function sayChosen(span) {
    const by = span.own ? "" : `, coder ${span.coder}`;
    const why = span.offer && whyHead(span.why) ? `, suggested: ${whyHead(span.why)}` : "";
    return `${desk.codeFor(span.id).name}${by}${why}${span.memo ? `. Memo: ${span.memo}` : ""}`;
  }

  /** A click on coded words selects a coding; another click the next of those that overlap. */
  function press(unit) {
    const over = desk.over(unit);
    const at = over.findIndex((one) => one.id === ui.chosen);
    const next = over.length ? over[(at + 1) % over.length].id : "";
    if (next !== ui.chosen) choose(next, { select: false });
  }

  const run = (id, argument) => turns.take(id, argument);

  function focusText() {
    pane.root.focus({ preventScroll: true });
  }

  pane.root.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    const id = BY_KEY.get(key);
    if (!id || event.isComposing) return;
    const onLabel = event.target instanceof Element && event.target.closest(".qc-label");
    if (onLabel && (key === "Enter" || key === " ")) return;
    event.preventDefault();
    run(id, key);
  });
  root.addEventListener("keydown", (event) => {
    const id = BY_KEY.get(keyOf(event));
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.defaultPrevented || typing || !["undo", "redo", "find", "help"].includes(id)) return;
    event.preventDefault();
    run(id);
  });

  root.addEventListener("focus", focusText); // a click beside everything
  const deaf = store.listen(draw);
  onAlive((yes) => {
    root.classList.toggle("qc-dead", !yes);
    status.alive(yes);
  });
  draw();
  if (desk.span(store.state.held)?.offer) choose(store.state.held, { select: false, say: false });
  const narrow = new ResizeObserver(([entry]) => {
    root.classList.toggle("qc-narrow", entry.contentRect.width < 900);
    root.classList.toggle("qc-slim", entry.contentRect.width < 620);
  });
  narrow.observe(root);
  return () => {
    deaf();
    narrow.disconnect();
    pane.close();
  };
}

export default makeWidget(build);
