// The transcript: turns with their speakers, coded passages underlined, and the margin.

import { el, fill } from "./dom.js";
import { pieceStyle } from "./look.js";
import { STRIPE, isChosen, marginLabels, stripes } from "./margin.js";
import { cutPieces, giveLanes, inOrder } from "./pieces.js";
import { rangeOf, readSelection, unitAt, writeSelection } from "./selection.js";
import { blockIndex } from "./words.js";

let made = 0;
const AT_ONCE = 40; // turns that are painted before the page may answer

/** Highlights are named in the whole page: each pane has rules for its own names. */
const highlightRules = (number) => `
::highlight(qc-found-${number}) { background-color: var(--qc-found, #ffe08a); color: #1a1a1a; }
::highlight(qc-kept-${number}) { background-color: Highlight; color: HighlightText; }
::highlight(qc-now-${number}) { background-color: var(--qc-now, #ff9632); color: #1a1a1a; }`;

/**
 * Make the pane. `on` hears `pick(id)`, `drag(id, event)`, `press(unit)` (a click on text) and
 * `select(selection)`; where it has `left(span)`, the spans for which that is true have a margin of
 * their own on the left. Spans given to it hold `id, start, end, code, coder, own, memo`, in units.
 */
export function makeTextPane(on) {
  const number = (made += 1);
  const root = el("div", {
    class: "qc-text",
    tabindex: "0",
    role: "region",
    "aria-label": "Transcript. Select words, then press a key; ? lists the keys",
  });
  let text = "";
  let blocks = [];
  let turns = []; // block index -> {element, words, sides, shown}
  let painted = { spans: [], lanes: new Map(), stripeLanes: new Map(), codeFor: () => ({}) };
  const later = new Set(); // turns out of sight that wait to be painted for the first time
  let waiting = 0;
  let kept = null; // the selection, also while the focus is elsewhere
  const seen = new IntersectionObserver(measureSeen, { root, rootMargin: "400px 0px" });
  const resized = new ResizeObserver(() => turns.forEach((turn) => turn.inView && measure(turn)));
  const marked = new Map(); // kind -> name of its highlight
  const rules = el("style", { text: highlightRules(number) });

  // Text ------------------------------------------------------------------------------------

  function show(payload, shownText, shownBlocks) {
    text = shownText;
    blocks = shownBlocks;
    kept = null;
    later.clear();
    seen.disconnect();
    turns = blocks.map((block, index) => makeTurn(block, index));
    fill(root, ...turns.map((turn) => turn.element), rules);
    root.scrollTop = 0;
    turns.forEach((turn) => seen.observe(turn.element));
    root.setAttribute("aria-label", `Transcript ${payload.id}. Select words, then press a key; ? lists the keys`);
  }

  function makeTurn(block, index) {
    const plain = el("span", { "data-at": block.from, text: text.slice(block.from, block.to) });
    const words = el("p", { class: "qc-words", dir: "auto" }, block.to > block.from ? plain : null);
    const sides = on.left ? [makeMargin(" qc-left"), makeMargin("")] : [makeMargin("")];
    const who = el(
      "div",
      { class: "qc-who", title: block.role || null },
      el("b", { text: block.speaker }),
      block.time ? el("time", { text: block.time }) : null,
    );
    const element = el(
      "section",
      { class: `qc-turn${block.asks ? " qc-asks" : ""}`, "data-index": index },
      sides.length > 1 ? sides[0].element : null,
      who,
      words,
      sides.at(-1).element,
    );
    return { element, words, sides, index, shown: null, inView: false };
  }

  function makeMargin(more) {
    const labels = el("div", { class: "qc-labels" });
    const lines = el("div", { class: "qc-stripes", "aria-hidden": "true" });
    return { element: el("div", { class: `qc-margin${more}` }, lines, labels), labels, lines };
  }

  /** Spans by the margin they stand in, the last of which is on the right. */
  const bySide = (spans) =>
    on.left ? [spans.filter((span) => on.left(span)), spans.filter((span) => !on.left(span))] : [spans];

  // Codings ---------------------------------------------------------------------------------

  /** Paint spans: only blocks in which anything is other than before are touched. */
  function paint(spans, { codeFor, chosen = "", several = false }) {
    const lanes = giveLanes(spans);
    const stripeLanes = on.left ? new Map(bySide(spans).flatMap((side) => [...giveLanes(side)])) : lanes;
    painted = { spans, lanes, stripeLanes, codeFor, chosen, several };
    const inBlocks = blocks.map(() => []);
    for (const span of inOrder(spans)) {
      const last = blockIndex(blocks, Math.max(span.end - 1, span.start));
      for (let i = blockIndex(blocks, span.start); i <= last; i += 1) inBlocks[i].push(span);
    }
    const selection = root.contains(document.getSelection()?.anchorNode) ? readSelection(root, blocks) : null;
    let touched = false;
    turns.forEach((turn, i) => {
      turn.spans = inBlocks[i];
      const shown = looksOf(turn.spans);
      if (shown === turn.shown) return;
      if (turn.shown === null && turn.index >= AT_ONCE && !turn.inView) return later.add(turn);
      touched = true;
      turn.shown = shown;
      paintTurn(turn);
    });
    paintLater();
    if (touched && selection) writeSelection(root, blocks, selection);
    return touched;
  }

  /** All that a turn's look depends on, to tell whether it must be painted anew. */
  function looksOf(spans) {
    const { lanes, codeFor, chosen, several } = painted;
    const one = (s) => [s.id, s.start, s.end, s.memo, lanes.get(s.id), isChosen(chosen, s.id), s.chip, s.says, codeFor(s.id).name, codeFor(s.id).colour];
    return JSON.stringify([several, spans.map(one)]);
  }

  /** Paint some turns that nobody sees yet, and the rest when the page has had time to answer. */
  function paintLater() {
    clearTimeout(waiting);
    if (!later.size) return;
    waiting = setTimeout(() => {
      for (const turn of [...later].slice(0, AT_ONCE)) paintWaiting(turn);
      paintLater();
    });
  }

  function paintWaiting(turn) {
    later.delete(turn);
    turn.shown = looksOf(turn.spans);
    paintTurn(turn);
  }

  function paintTurn(turn) {
    const [block, spans] = [blocks[turn.index], turn.spans];
    later.delete(turn);
    const { lanes, stripeLanes, codeFor, chosen, several } = painted;
    fill(
      turn.words,
      ...cutPieces(block.from, block.to, spans).map((piece) =>
        el("span", {
          "data-at": piece.start,
          class: piece.ids.length ? `qc-coded${piece.ids.some((id) => isChosen(chosen, id)) ? " qc-chosen" : ""}` : null,
          style: pieceStyle(piece.ids, lanes, codeFor),
          text: text.slice(piece.start, piece.end),
        }),
      ),
    );
    const begin = spans.filter((span) => span.start >= block.start || turn.index === 0);
    const [starting, over] = [bySide(begin), bySide(spans)];
    turn.sides.forEach(({ labels }, side) => {
      fill(labels, ...marginLabels(starting[side], { codeFor, chosen, text, on, several }));
      const width = over[side].reduce((most, span) => Math.max(most, (stripeLanes.get(span.id) ?? 0) + 1), 0);
      labels.style.marginInlineStart = `${width * STRIPE + 3}px`;
    });
    if (turn.inView) measure(turn);
    else turn.sides.forEach(({ lines }) => fill(lines));
  }

  function measureSeen(entries) {
    for (const entry of entries) {
      const turn = turns[Number(entry.target.dataset.index)];
      if (!turn || turn.element !== entry.target) continue;
      turn.inView = entry.isIntersecting;
      if (turn.inView && later.has(turn)) paintWaiting(turn);
      else if (turn.inView) measure(turn);
    }
  }

  function measure(turn) {
    const top = turn.element.getBoundingClientRect().top;
    const block = blocks[turn.index];
    const partOf = (span) => {
      const range = rangeOf(root, blocks, Math.max(span.start, block.from), Math.min(span.end, block.to));
      const box = range.getBoundingClientRect();
      return { id: span.id, top: box.top - top, bottom: box.bottom - top };
    };
    const { stripeLanes: lanes, codeFor, chosen } = painted;
    const over = bySide(turn.spans ?? []);
    turn.sides.forEach(({ lines }, side) => fill(lines, ...stripes(over[side].map(partOf), { lanes, codeFor, chosen })));
  }

  // Selection -------------------------------------------------------------------------------

  function noticeSelection() {
    const now = blocks.length ? readSelection(root, blocks) : null;
    if (now) {
      kept = now;
      on.select?.(now);
    } else if (isElsewhere(document.getSelection())) {
      kept = null;
      mark("kept", []);
    }
  }

  /** Tell whether words beside the widget are selected now: then none of ours are. */
  function isElsewhere(native) {
    if (!native || native.isCollapsed) return false;
    return !root.closest(".qc")?.contains(native.anchorNode);
  }

  // What is selected stays in sight while the focus, and the native selection, are in a dialog.
  root.addEventListener("blur", () => mark("kept", kept && kept.end > kept.start ? [kept] : []));
  root.addEventListener("focus", () => mark("kept", []));

  function select(selection, { scroll = true } = {}) {
    kept = selection;
    writeSelection(root, blocks, selection);
    if (scroll) scrollTo(selection.backward ? selection.start : Math.max(selection.end - 1, selection.start));
    on.select?.(selection);
  }

  function scrollTo(unit) {
    const turn = turns[blockIndex(blocks, unit)];
    if (!turn) return;
    const range = rangeOf(root, blocks, unit, Math.min(unit + 1, text.length));
    const [box, pane] = [range.getBoundingClientRect(), root.getBoundingClientRect()];
    const edge = Math.min(60, pane.height / 4);
    if (box.top < pane.top + edge || box.bottom > pane.bottom - edge) {
      root.scrollTop += box.top - pane.top - pane.height / 3;
      // What was not laid out before has only a guessed height: look again.
      const again = range.getBoundingClientRect();
      if (again.top < pane.top || again.bottom > pane.bottom) {
        root.scrollTop += again.top - pane.top - pane.height / 3;
      }
    }
  }

  /** Highlight spans without touching the page: what is found, offered, or kept selected. */
  function mark(kind, spans) {
    if (!globalThis.CSS?.highlights) return;
    const name = `qc-${kind}-${number}`;
    marked.set(kind, name);
    if (!spans.length) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...spans.map((s) => rangeOf(root, blocks, s.start, s.end))));
  }

  // A click is told from a drag by its way: the native selection is let go of only later.
  let downAt = [0, 0];
  root.addEventListener("pointerdown", (event) => (downAt = [event.clientX, event.clientY]));
  root.addEventListener("click", (event) => {
    const far = Math.hypot(event.clientX - downAt[0], event.clientY - downAt[1]) > 4;
    if (far || event.detail > 1 || event.shiftKey) return;
    const unit = unitAt(root, blocks, event);
    if (unit !== null) on.press?.(unit);
  });
  document.addEventListener("selectionchange", noticeSelection);
  resized.observe(root);

  return {
    root,
    show,
    paint,
    select,
    scrollTo,
    mark,
    number,
    /** The selection, or what it was before the focus went elsewhere. */
    get selection() {
      return kept;
    },
    get blocks() {
      return blocks;
    },
    forget() {
      kept = null;
      document.getSelection()?.removeAllRanges();
    },
    close() {
      clearTimeout(waiting);
      document.removeEventListener("selectionchange", noticeSelection);
      seen.disconnect();
      resized.disconnect();
      for (const name of marked.values()) globalThis.CSS?.highlights?.delete(name);
    },
  };
}
