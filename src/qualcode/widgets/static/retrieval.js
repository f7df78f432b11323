// All quotes of a code: filtered, in order, read in their place, and picked for a table.

import { makeCodeTree } from "./code_tree.js";
import { button, el, fill } from "./dom.js";
import { counted } from "./editing.js";
import { showHelp } from "./help.js";
import { commandsByKey, keyFor, keyOf } from "./keys.js";
import { makeSplitter } from "./layout.js";
import { codeOf, lookOf } from "./look.js";
import { makeFilters } from "./quote_filters.js";
import { makeQuoteList } from "./quote_list.js";
import { makeReading } from "./reading.js";
import { KEYS } from "./retrieval_keys.js";
import { makeStatus } from "./status.js";
import { makeWidget } from "./widget.js";

const BY_KEY = commandsByKey(KEYS);
const TABLE = "qc.quote_table(qc.starred(study.segments(), qc.read_stars(study)), study.codebook)";

function build(root, { store, link, onAlive }) {
  root.classList.add("qc-retrieval");
  let looks = lookOf(store.state.codes);
  let wanted = null; // what was asked for and is not answered yet: the next question builds on it
  const status = makeStatus();
  const tree = makeCodeTree(
    { choose: (id) => void look({ code: id }).then(() => list.focus()), key: (event) => press(event) },
    { label: "Codes. Enter shows the quotes", say: (number) => counted(number, "quote") },
  );
  const filters = makeFilters({ look: (what) => void look(what), leave: () => list.focus() });
  const list = makeQuoteList({
    read: (id) => void read(id),
    star: (id, on) => void send({ kind: "star", coding: id, on }),
  });
  const reading = makeReading({ pick: (id) => void read(id), close: () => void closeReading() });
  const heading = el("h2", { class: "qc-heading" });
  const number = el("small", {});
  const definition = el("p", { class: "qc-facts" });
  const gone = el("details", { class: "qc-gone", hidden: true });
  const picked = el("span", { class: "qc-facts" });
  const help = button("Keys", () => showHelp(root, KEYS), { key: keyFor("help", KEYS) });
  const forTable = button("For a table…", showTable);
  fill(
    root,
    el(
      "div",
      { class: "qc-panes" },
      el("div", { class: "qc-transcripts" }, tree.root),
      makeSplitter(root, "--qc-list", { label: "Width of the codes", start: 230, least: 120, most: 480 }),
      el(
        "section",
        { class: "qc-middle", "aria-label": "The quotes" },
        el("header", { class: "qc-top" }, heading, number, el("div", { class: "qc-toolbar", role: "toolbar", "aria-label": "Quotes" }, picked, forTable, help)),
        filters.root,
        definition,
        gone,
        list.root,
      ),
      reading.root,
    ),
    status.root,
  );

  function draw(state = store.state, names = null) {
    if (!names || names.has("codes")) looks = lookOf(state.codes);
    const code = codeOf(looks, state.look.code);
    tree.draw({ codes: state.codes, counts: state.counts, chosen: code.id });
    filters.draw(wanted ?? state.look, state.options);
    heading.textContent = code.name;
    number.textContent = state.order.length === state.of ? counted(state.of, "quote") : `${state.order.length} of ${counted(state.of, "quote")}`;
    definition.textContent = code.definition ?? "";
    picked.textContent = `★ ${Object.keys(state.stars).length} picked`;
    const note = state.of ? "No quote passes the filters." : "Nobody has given this code.";
    list.draw({ order: state.order, quotes: state.quotes, stars: state.stars, looks, open: state.reading?.coding ?? "", note });
    root.classList.toggle("qc-is-reading", Boolean(state.reading));
    reading.draw(state.reading, state.quotes, looks, state.study.note);
    drawGone(state.gone);
    status.notice(state.notice || (state.study.writable ? "" : "This study has no folder: no stars can be kept"));
  }

  function drawGone(stars) {
    gone.hidden = !stars.length;
    const verb = stars.length === 1 ? "points at a quote that is" : "point at quotes that are";
    const summary = el("summary", { text: `${counted(stars.length, "star")} ${verb} gone: not counted` });
    const rows = stars.map((star) =>
      el(
        "li",
        {},
        el("q", { text: `${star.begins}…` }),
        el("small", { text: ` ${star.transcript}${star.by ? `, by ${star.by}` : ""} ` }),
        button("Take away", () => void send({ kind: "star", coding: star.id, on: false })),
      ),
    );
    fill(gone, summary, el("ul", {}, ...rows));
  }

  function showTable() {
    status.say("In a cell, this makes a table of the quotes that are picked");
    const code = el("code", { class: "qc-snippet", tabindex: "0", text: TABLE });
    gone.before(el("div", { class: "qc-for-table" }, code, button("Close", (event) => event.target.closest(".qc-for-table").remove())));
    forTable.disabled = true;
    code.focus();
    code.parentElement.querySelector("button").addEventListener("click", () => {
      forTable.disabled = false;
      forTable.focus();
    });
    document.getSelection()?.selectAllChildren(code);
  }

  async function send(intent) {
    const answer = await link.send(intent);
    status.answer(answer);
    return answer;
  }

  /** Look for something else, the rest as before; a new code begins with no filters. */
  async function look(what) {
    const { code, sort, ...filter } = wanted ?? store.state.look;
    const rest = "code" in what && what.code !== code ? {} : filter;
    const mine = (wanted = { code, sort, ...rest, ...what });
    await send({ kind: "look", ...mine });
    if (wanted === mine) wanted = null;
  }

  async function read(id) {
    const answer = await send({ kind: "read", coding: id });
    if (answer.ok) reading.focus();
  }

  async function closeReading() {
    await send({ kind: "read", coding: "" });
    list.focus();
  }

  const commands = {
    next: () => list.step(1),
    back: () => list.step(-1),
    first: () => list.step(-1e9),
    last: () => list.step(1e9),
    read: () => list.at && read(list.at),
    star: () => list.at && send({ kind: "star", coding: list.at, on: !(list.at in store.state.stars) }),
    find: () => filters.focus(),
    contrary: () => look({ contrary: !(wanted ?? store.state.look).contrary }),
    starred: () => look({ starred: !(wanted ?? store.state.look).starred }),
    async codes() {
      if (store.state.reading) await closeReading(); // in a narrow view it hides them
      tree.focus();
    },
    quotes: () => list.focus(),
    escape: () => (store.state.reading ? closeReading() : tree.focus()),
    help: () => showHelp(root, KEYS),
  };

  function press(event) {
    const id = BY_KEY.get(keyOf(event));
    if (!id || event.isComposing) return;
    const inText = reading.root.contains(event.target) && ["next", "back", "first", "last", "read"].includes(id);
    if (inText) return; // the arrows scroll the transcript
    event.preventDefault();
    void commands[id]();
  }

  root.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || !(target instanceof Element) || target.closest(".qc-dialog")) return;
    if (target.matches("input, select, summary") && event.key !== "Escape") return;
    if (target.matches("button") && (event.key === "Enter" || event.key === " ")) return;
    press(event);
  });

  const deaf = store.listen(draw);
  onAlive((yes) => {
    root.classList.toggle("qc-dead", !yes);
    status.alive(yes);
  });
  draw();
  const narrow = new ResizeObserver(([entry]) => {
    root.classList.toggle("qc-mid", entry.contentRect.width < 1200);
    root.classList.toggle("qc-stacked", entry.contentRect.width < 700);
  });
  narrow.observe(root);
  return () => {
    deaf();
    narrow.disconnect();
    filters.close();
    reading.close();
  };
}

export default makeWidget(build);
