// What each key does in the coding workspace: it moves here, or asks Python.

import { askFor } from "./dialog.js";
import { showHelp } from "./help.js";
import { makeOfferCommands } from "./offers.js";
import { pickCode } from "./picker.js";
import { chooseMatches } from "./search_bar.js";
import { trimmed } from "./selection.js";
import { blockIndex, moveEnd, nextUnit, snap, unitsOf } from "./words.js";
import { NO_FILTER } from "./filtering.js";

/**
 * Make the commands of a view. `view` gives `root, desk, ui, state(), send(intent), pane, status,
 * search, choose(id), draw()`. The result maps the ids of `keys.js` to functions.
 */
export function makeCommands(view) {
  const { desk, ui, pane, status } = view;
  const selection = () => {
    const now = pane.selection && trimmed(desk.text.text, pane.selection);
    return now && now.end > now.start ? now : null;
  };
  const caret = () => pane.selection ?? { start: 0, end: 0 };
  const chosen = () => desk.span(ui.chosen);
  const own = () => {
    const span = chosen();
    if (!span || span.offer) status.refuse("no coding is selected: o goes to the next one");
    else if (!span.own) status.refuse(`that coding is ${span.coder}'s`);
    else return span;
    return null;
  };
  const words = () => {
    const now = selection();
    if (!now) status.refuse("no words are selected: ↓ selects a sentence, → a word");
    return now;
  };

  const send = (intent) => view.hold(sendAndChoose(intent));

  async function sendAndChoose(intent) {
    const answer = await view.send(intent);
    if (!answer.ok || !answer.coding) return answer;
    if (desk.span(answer.coding)) view.choose(answer.coding, { select: false, say: false });
    else status.say(`${answer.say}; the filter hides it`);
    return answer;
  }

  /** A few of a span's words, for the head of a dialog that may cover them. */
  const inShort = ({ start, end }) => {
    const all = desk.text.text.slice(start, end).replace(/\s+/g, " ");
    return `“${all.length > 70 ? `${all.slice(0, 45)}… ${all.slice(-20)}` : all}”`;
  };

  // Codes -----------------------------------------------------------------------------------

  function give(code, memo = "", span = words()) {
    if (!span || !code) return null;
    ui.last = code;
    return send({ kind: "add", spans: [desk.asked(span)], code, memo });
  }

  function pick(title, more = {}) {
    const { codes, recent, pins } = view.state();
    const looked = codes.map((code) => desk.looks.get(code.id));
    return pickCode(view.root, { title, codes: looked, first: [...Object.values(pins), ...recent], ...more });
  }

  async function code() {
    const span = words();
    if (!span) return;
    await pick(`Give a code to ${inShort(span)}`, {
      onNew: (name) => void newCode(name, span),
      save: (picked) => give(picked.code, picked.memo, span),
    });
  }

  async function newCode(name = "", span = selection()) {
    const quote = span ? desk.text.text.slice(span.start, span.end).replace(/\s+/g, " ") : "";
    const parents = [["", "— a theme of its own —"], ...view.state().codes.map((one) => [one.id, one.path])];
    await askFor(
      view.root,
      span ? `New code for ${inShort(span)}` : "New code",
      [
        { name: "name", label: "Name", value: name || quote.slice(0, 60), required: true, max: 200 },
        { name: "definition", label: "What it means", kind: "text", required: true },
        { name: "parent", label: "Below", kind: "choice", options: parents, value: ui.looked ?? "" },
        ...(span ? [{ name: "memo", label: "Memo", kind: "text" }] : []),
      ],
      span ? "Make it and give it" : "Make it",
      async ({ name: called, definition, parent, memo: note = "" }) => {
        const spans = span ? [desk.asked(span)] : [];
        const answer = await send({ kind: "new_code", name: called, definition, parent: parent || null, memo: note, spans });
        if (answer.ok) ui.last = answer.code;
        return answer;
      },
    );
  }

  async function recode() {
    const span = own();
    if (!span) return;
    const save = ({ code: other }) => send({ kind: "recode", coding: span.id, code: other });
    await pick(`Another code for ${inShort(span)}`, { withMemo: false, save });
  }

  async function memo() {
    const span = own();
    if (!span) return;
    const field = { name: "memo", label: "Memo", kind: "text", value: span.memo, hint: "Enter saves, Shift Enter begins a line" };
    const save = ({ memo: text }) => send({ kind: "memo", on: "coding", id: span.id, text: text.trim() });
    await askFor(view.root, `Memo on ${inShort(span)}, ${desk.codeFor(span.id).name}`, [field], "Save", save);
  }

  function resize(span, to) {
    if (to.start === span.start && to.end === span.end) return null;
    return send({ kind: "resize", coding: span.id, span: desk.asked(to) });
  }

  function nudge(which, forward) {
    const span = own();
    if (span) return resize(span, moveEnd(desk.text.text, desk.blocks, span, which, forward));
    return null;
  }

  function bounds() {
    const span = own();
    const to = span && words();
    return to ? resize(span, to) : null;
  }

  // Moving ----------------------------------------------------------------------------------

  function move(unit, forward) {
    const at = caret();
    const from = forward ? at.end : at.start;
    const next = nextUnit(desk.text.text, desk.blocks, from, unit, forward);
    if (next) pane.select(next);
  }

  function extend(unit, forward) {
    const { start, end, backward = false } = caret();
    const head = start === end ? start : backward ? start : end;
    const anchor = start === end ? start : backward ? end : start;
    const next = nextUnit(desk.text.text, desk.blocks, head, unit, forward);
    if (!next) return;
    const to = forward ? next.end : next.start;
    pane.select({ start: Math.min(anchor, to), end: Math.max(anchor, to), backward: to < anchor });
  }

  function grow(unit) {
    const to = snap(desk.text.text, desk.blocks, caret(), unit);
    if (to) pane.select(to);
  }

  function goTo(block) {
    const first = unitsOf(desk.text.text, block, "sentence")[0] ?? { start: block.from, end: block.to };
    pane.select(first);
  }

  function nextUncoded() {
    const first = blockIndex(desk.blocks, caret().end) + (pane.selection ? 1 : 0);
    const free = (block) => !block.asks && block.to > block.from && !desk.spans.some((s) => s.own && !s.offer && s.start < block.to && s.end > block.from);
    const order = [...desk.blocks.slice(first), ...desk.blocks.slice(0, first)];
    const next = order.find(free);
    if (next) goTo(next);
    else status.say("every turn is coded");
  }

  function stepTo(spans, step) {
    if (!spans.length) return status.say("there is none");
    const at = spans.findIndex((one) => one.id === ui.chosen);
    const after = spans.findIndex((one) => one.start >= caret().start);
    const to = at >= 0 ? at + step : step > 0 ? Math.max(after, 0) : after - 1;
    return view.choose(spans.at(((to % spans.length) + spans.length) % spans.length).id);
  }

  function nextSame() {
    const code = chosen()?.code ?? ui.looked;
    if (!code) return status.refuse("no coding and no code is selected");
    return stepTo(desk.spans.filter((one) => one.code === code && !one.offer), 1);
  }

  async function beside(step) {
    const id = view.list.beside(step);
    if (id) await view.send({ kind: "open", transcript: id });
    else status.say("there are no more transcripts");
  }

  // Finding ---------------------------------------------------------------------------------

  async function codeAll(found) {
    const matches = await chooseMatches(view.root, found);
    if (!matches?.length) return;
    const spans = matches.map(({ transcript, start, end, quote }) => ({ transcript, start, end, quote }));
    const save = ({ code: one, memo: note }) => {
      ui.last = one;
      return send({ kind: "add", spans, code: one, memo: note });
    };
    await pick(`Give ${matches.length} passages a code`, { save });
    pane.root.focus({ preventScroll: true });
  }

  async function filter() {
    const { study, codes } = view.state();
    const given = await askFor(
      view.root,
      "Show only codings",
      [
        { name: "code", label: "of the code", kind: "choice", options: [["", "any"], ...codes.map((one) => [one.id, one.path])], value: ui.filter.code },
        { name: "coder", label: "by", kind: "choice", options: [["", "anybody"], ...study.coders.map((one) => [one, one])], value: ui.filter.coder },
        { name: "memo", label: "with this in the memo", value: ui.filter.memo },
        { name: "from", label: "coded on or after (UTC)", kind: "date", value: ui.filter.from },
        { name: "to", label: "coded on or before (UTC)", kind: "date", value: ui.filter.to },
      ],
      "Show",
    );
    if (given) ui.filter = { ...NO_FILTER, ...given };
    view.draw();
  }

  function drop() {
    if (ui.chosen) view.choose("");
    else pane.forget();
  }

  const pinned = (digit) => {
    const code = view.state().pins[digit];
    if (code) return give(code);
    return status.refuse(`no code is on key ${digit}: press ${digit} on a code in the tree`);
  };

  return {
    word_next: () => move("word", true),
    word_back: () => move("word", false),
    word_more: () => extend("word", true),
    word_less: () => extend("word", false),
    sentence_next: () => move("sentence", true),
    sentence_back: () => move("sentence", false),
    sentence_more: () => extend("sentence", true),
    sentence_less: () => extend("sentence", false),
    turn_next: () => goTo(desk.blocks[Math.min(blockIndex(desk.blocks, caret().end) + 1, desk.blocks.length - 1)]),
    turn_back: () => goTo(desk.blocks[Math.max(blockIndex(desk.blocks, caret().start) - 1, 0)]),
    select_all: () => pane.select({ start: desk.blocks[0].from, end: desk.blocks.at(-1).to }, { scroll: false }),
    snap_word: () => grow("word"),
    snap_sentence: () => grow("sentence"),
    snap_turn: () => grow("turn"),
    next_uncoded: nextUncoded,
    next_transcript: () => beside(1),
    last_transcript: () => beside(-1),
    code,
    pinned,
    same: () => give(ui.last || view.state().recent[0]) ?? (selection() && status.refuse("no code was given yet")),
    new_code: () => newCode(),
    step: () => stepTo(desk.spans.filter((one) => !one.offer), 1),
    step_back: () => stepTo(desk.spans.filter((one) => !one.offer), -1),
    next_same: nextSame,
    memo,
    recode,
    bounds,
    end_more: () => nudge("end", true),
    end_less: () => nudge("end", false),
    start_less: () => nudge("start", true),
    start_more: () => nudge("start", false),
    remove: () => {
      const span = own();
      return span && view.send({ kind: "remove", coding: span.id });
    },
    undo: () => view.send({ kind: "undo" }),
    redo: () => view.send({ kind: "redo" }),
    find: () => view.search.show(),
    filter,
    ...makeOfferCommands(view, stepTo),
    help: () => showHelp(view.root),
    escape: drop,
    give,
    codeAll,
    recodeAs: (coding, code) => send({ kind: "recode", coding, code }),
  };
}
