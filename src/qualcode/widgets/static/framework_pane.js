// The open cell: its quotes with their places, and beside them the summary that somebody writes.

import { button, el, fill } from "./dom.js";
import { counted } from "./editing.js";
import { sayCounts } from "./framework_cells.js";
import { codeOf } from "./look.js";
import { swatch } from "./margin.js";
import { saySpeaker } from "./quote_list.js";

const MOST = 20000; // letters of a summary, as Python allows
let made = 0;

/** Make the pane. `on` hears `save(cell, text, seen)`, `close(say)` and `say(text)`. */
export function makeCellPane(on) {
  const heading = el("h2", { class: "qc-heading" });
  const facts = el("small", {});
  const quotes = el("ul", { class: "qc-quotes", tabindex: "0", "aria-label": "Quotes of the cell" });
  const text = el("textarea", { id: `qc-summary-${(made += 1)}`, class: "qc-summary", maxlength: MOST, dir: "auto" });
  const label = el("label", { for: text.id, text: "Summary, in your own words" });
  const written = el("p", { class: "qc-facts" });
  const theirs = el("div", { class: "qc-warnings", role: "alert", hidden: true });
  const save = button("Save", () => give(), { key: "Ctrl ↵", class: "qc-button qc-main" });
  const row = el("div", { class: "qc-row" }, save, button("Let it be", () => leave(true), { key: "Esc" }));
  const root = el(
    "section",
    { class: "qc-cellpane", "aria-label": "The open cell", hidden: true },
    el("header", { class: "qc-top" }, heading, facts),
    el("div", { class: "qc-cellpane-body" }, quotes, el("div", { class: "qc-field qc-summary-side" }, label, text, written, theirs, row)),
  );
  let shown = null; // {case, theme}
  let base = { summary: "", seen: "" }; // what the cell said when writing began
  let saving = false;
  let warned = false; // that Escape would let go of what is written

  const isSame = (one, other) => one?.case === other?.case && one?.theme === other?.theme;
  const isChanged = () => text.value.trim() !== base.summary;

  /** Show the open cell; true if it is another one than before. */
  function draw(open, cell, looks, { writable }) {
    if (!open) {
      hide();
      return false;
    }
    root.hidden = false;
    const isNew = !isSame(open, shown);
    shown = open;
    heading.textContent = `${open.case || "no body given"} · ${codeOf(looks, open.theme).path}`;
    facts.textContent = sayCounts(cell) || "no codings";
    const note = open.quotes ? "Nothing is coded here." : "…"; // until they have come
    const rows = (open.quotes ?? []).map((quote) => quoteRow(quote, codeOf(looks, quote.code)));
    fill(quotes, ...rows, rows.length ? null : el("li", { class: "qc-none", text: note }));
    if (isNew) begin(cell);
    else if (cell.seen !== base.seen && !saving) meet(cell);
    tell(cell);
    text.disabled = save.disabled = !writable;
    return isNew;
  }

  function begin(cell) {
    base = { summary: cell.summary, seen: cell.seen };
    text.value = cell.summary;
    setTheirs(false);
    warned = false;
    quotes.scrollTop = 0;
  }

  /** The cell was written by somebody else: take it in, or show it beside what is being written. */
  function meet(cell) {
    const who = cell.by || "Somebody else";
    if (!isChanged()) {
      begin(cell);
      on.say(`${who} has changed this summary`);
      return;
    }
    fill(
      theirs,
      el("p", { text: cell.summary ? `${who} wrote meanwhile:` : `${who} took the summary away meanwhile.` }),
      cell.summary ? el("blockquote", { dir: "auto", text: cell.summary }) : null,
      el(
        "div",
        { class: "qc-row" },
        button("Take theirs", () => {
          begin(cell);
          text.focus();
        }),
        button("Go on with mine", () => {
          base = { summary: cell.summary, seen: cell.seen };
          setTheirs(false);
          text.focus();
        }),
      ),
    );
    setTheirs(true);
  }

  /** While theirs are shown, one of the two is chosen first. */
  function setTheirs(shownNow) {
    theirs.hidden = !shownNow;
    row.hidden = written.hidden = shownNow;
  }

  function tell(cell) {
    const by = [cell.by, cell.at.slice(0, 10)].filter(Boolean).join(", ");
    const stale = cell.stale ? "Stale: it was not written on these codings. Read them again; saved as it is, it still holds. " : "";
    fill(written, stale ? el("b", { class: "qc-stale", text: stale }) : null, cell.summary && by ? `Written by ${by}` : "");
  }

  async function give() {
    if (save.disabled || !theirs.hidden) return;
    saving = true;
    const [mine, sent] = [shown, text.value];
    const answer = await on.save(mine, sent, base.seen);
    saving = false;
    if (shown !== mine && !isSame(shown, mine)) return; // it was left meanwhile
    if (answer.ok && text.value !== sent) base = { summary: answer.cell.summary, seen: answer.cell.seen }; // typed on
    else if (answer.ok) on.close("");
    else if (answer.cell && answer.cell.seen !== base.seen) meet(answer.cell);
  }

  /** Close; what is written and not saved is let go only when that was said. */
  function leave(sure = false) {
    if (isChanged() && !sure && !warned) {
      warned = true;
      on.say("The summary is not saved: Ctrl Enter saves it, Escape once more lets it be");
      return;
    }
    on.close(isChanged() ? "let be: nothing was written" : "closed");
  }

  text.addEventListener("input", () => (warned = false));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void give();
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
  });

  function hide() {
    root.hidden = true;
    shown = null;
  }

  return { root, draw, focus: () => (text.disabled ? quotes : text).focus({ preventScroll: true }), isChanged: () => shown !== null && isChanged() };
}

function quoteRow(quote, code) {
  return el(
    "li",
    { class: "qc-quote", "data-coding": quote.id },
    el("blockquote", { dir: "auto", text: quote.quote }),
    el("p", { class: "qc-by" }, el("b", { text: saySpeaker(quote) })),
    el(
      "p",
      { class: "qc-facts" },
      swatch(code),
      `${quote.path} · ${quote.place} · ${counted(quote.words, "word")} · coder ${quote.coder}`,
      quote.contrary ? el("span", { class: "qc-contrary", text: "contrary" }) : null,
    ),
    quote.memo ? el("p", { class: "qc-memo", dir: "auto", text: `✎ ${quote.memo}` }) : null,
  );
}
