// What each key does in the compare view: it moves here, or asks Python to settle.

import { COMPARE_COMMANDS } from "./compare_keys.js";
import { FILTERS, lists, sayRow, stepFrom } from "./compare_rows.js";
import { showHelp } from "./help.js";
import { pickCode } from "./picker.js";
import { trimmed } from "./selection.js";

/**
 * Make the commands of a view, by the ids of `compare_keys.js`. `ui` holds the difference `at` hand,
 * the `filter` of the list, and the decision `pending` until its reason is written.
 */
export function makeCompareCommands({ root, desk, ui, pane, status, card, store, row, send, choose, draw, focusText }) {
  const NONE = "no difference is chosen: n goes to the next";

  function go(step) {
    const { differences, rows } = store.state;
    const next = stepFrom(differences, (id) => lists(ui.filter, rows[id]), ui.at, step);
    if (!next) return status.say(ui.filter === "open" ? "nothing more is open" : "there is no other");
    choose(next);
    return status.say(`${sayRow(row())}: ${nameOf(row())}`);
  }

  function nameOf({ first, second }) {
    return [...new Set([first, second].filter(Boolean).map((id) => desk.codeFor(id).name))].join(" / ");
  }

  function selected() {
    const now = pane.selection && trimmed(desk.text.text, pane.selection);
    return now && now.end > now.start ? desk.asked(now) : null;
  }

  function decide(decision, more = {}) {
    if (!row()) return status.refuse(NONE);
    const asked = { difference: ui.at, decision, ...more };
    if (!row().may[decision] || card.why) return settle(asked);
    ui.pending = asked;
    return card.ask("Why? Enter settles it, Esc lets it be.");
  }

  async function settle(asked) {
    const why = card.why;
    ui.pending = null;
    focusText(); // at once: what is typed while Python writes is meant as keys
    const answer = await send({ kind: "settle", ...asked, why });
    if (!answer.ok) return;
    card.used(why);
    if (ui.at !== asked.difference) draw(); // gone on already
    else if (ui.filter === "open") advance(answer.say);
    else choose(asked.difference);
  }

  /** Go on to what is still open, and say both what was settled and what comes. */
  function advance(said) {
    const { differences, rows } = store.state;
    const next = stepFrom(differences, (id) => lists("open", rows[id]), ui.at, 1);
    if (next) choose(next);
    else draw();
    status.say(next ? `${said}. Next: ${row().word}, ${nameOf(row())}` : `${said}. Nothing more is open in ${desk.text.id}`);
  }

  async function recode() {
    if (!row()) return status.refuse(NONE);
    const span = selected();
    const first = [row().first, row().second].filter(Boolean).map((id) => desk.span(id).code);
    const title = span ? "Which code, for the selected words?" : "Which code instead?";
    const picked = await pickCode(root, { title, codes: store.state.codes.map((one) => desk.looks.get(one.id)), first, withMemo: false });
    return picked ? decide("recode", { code: picked.code, span }) : null;
  }

  function resize() {
    const span = selected();
    if (!span) return status.refuse("no words are selected: drag over them, or use the arrow keys");
    return decide("resize", { span });
  }

  async function moved(kind) {
    const answer = await send({ kind });
    if (answer.ok && answer.difference) choose(answer.difference);
  }

  async function beside(step) {
    const { order, text } = store.state;
    const id = order[order.indexOf(text.id) + step];
    if (id) await send({ kind: "open", transcript: id });
    else status.say("there are no more transcripts");
  }

  function setFilter(name) {
    ui.filter = name;
    draw();
    status.say(`listed: ${name}`);
  }

  return {
    next: () => go(1),
    back: () => go(-1),
    filter: () => setFilter(FILTERS[(FILTERS.indexOf(ui.filter) + 1) % FILTERS.length]),
    next_transcript: () => beside(1),
    last_transcript: () => beside(-1),
    first: () => decide("first"),
    second: () => decide("second"),
    both: () => decide("both"),
    neither: () => decide("neither"),
    recode,
    resize,
    why: () => card.ask("Enter keeps it; then one key decides."),
    take_over: () => send({ kind: "take_over" }),
    undo: () => moved("undo"),
    redo: () => moved("redo"),
    help: () => showHelp(root, COMPARE_COMMANDS),
    settle,
    setFilter,
  };
}
