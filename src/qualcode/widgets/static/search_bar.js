// Search with jump, and code all matches with a list to untick.

import { openDialog } from "./dialog.js";
import { button, el } from "./dom.js";

const PAUSE = 150; // milliseconds after the last key before Python is asked

/** Make the bar. `on` hears `find(asked) -> answer`, `jump(match)`, `codeAll(matches)`, `show(found, at)`, `leave()`. */
export function makeSearchBar(on) {
  let found = [];
  let at = -1;
  let timer = 0;
  let asking = 0;
  const query = el("input", { type: "search", class: "qc-query", placeholder: "search", "aria-label": "Search" });
  const tick = (label, title) => {
    const box = el("input", { type: "checkbox", "aria-label": title });
    return { box, label: el("label", { class: "qc-tick", title }, box, label) };
  };
  const regex = tick(".*", "Regular expression");
  const letters = tick("Aa", "Tell capitals apart");
  const everywhere = tick("all", "In all transcripts");
  const count = el("span", { class: "qc-matches", role: "status", "aria-live": "polite" });
  const root = el(
    "div",
    { class: "qc-search", role: "search", hidden: true },
    query,
    regex.label,
    letters.label,
    everywhere.label,
    count,
    button("Before", () => go(-1), { key: "Shift ⏎" }),
    button("Next", () => go(1), { key: "⏎" }),
    button("Code all…", () => found.length && on.codeAll(found)),
    button("Close", () => hide(), { key: "Esc" }),
  );

  async function ask() {
    if (!query.value.trim()) {
      found = [];
      at = -1;
      count.textContent = "";
      on.show(found, at);
      return;
    }
    const mine = (asking += 1);
    const answer = await on.find({ query: query.value, regex: regex.box.checked, case: letters.box.checked, everywhere: everywhere.box.checked });
    if (mine !== asking) return;
    found = answer.ok ? answer.found : [];
    at = -1;
    count.textContent = answer.say;
    on.show(found, at);
  }

  async function go(step) {
    clearTimeout(timer);
    if (!found.length) await ask();
    if (!found.length) return;
    at = (at + step + found.length) % found.length;
    count.textContent = `${at + 1} of ${found.length}`;
    await on.jump(found[at]);
    on.show(found, at);
  }

  function show() {
    root.hidden = false;
    query.focus();
    query.select();
    if (query.value) void ask();
  }

  function hide() {
    root.hidden = true;
    on.show([], -1);
    on.leave();
  }

  const later = () => {
    clearTimeout(timer);
    found = [];
    timer = setTimeout(ask, PAUSE);
  };
  query.addEventListener("input", later);
  for (const one of [regex, letters, everywhere]) one.box.addEventListener("change", ask);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    else if (event.key === "Enter" && event.target === query) void go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });
  return { root, show, hide, refresh: () => root.hidden || on.show(found, at) };
}

/** List matches with a tick each; gives those left ticked, or null. */
export function chooseMatches(host, matches) {
  return new Promise((resolve) => {
    const boxes = matches.map((match, index) => {
      const box = el("input", { type: "checkbox", "data-index": index });
      box.checked = true;
      return box;
    });
    const row = (match, index) =>
      el(
        "label",
        { class: "qc-match" },
        boxes[index],
        el("span", { class: "qc-match-place", text: match.transcript }),
        el("span", { class: "qc-match-words", dir: "auto" }, `…${match.before} `, el("mark", { text: match.quote }), ` ${match.after}…`),
      );
    const left = el("span", { role: "status", "aria-live": "polite" });
    const tell = () => {
      left.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} ticked`;
    };
    const list = el("div", { class: "qc-match-list", on: { change: tell } }, ...matches.map(row));
    const all = (yes) => {
      boxes.forEach((box) => (box.checked = yes));
      tell();
    };
    const form = el(
      "form",
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            dialog.close(matches.filter((_, index) => boxes[index].checked));
          },
        },
      },
      list,
      el(
        "div",
        { class: "qc-row" },
        el("button", { type: "submit", class: "qc-button qc-main", text: "Choose the code" }),
        button("Tick all", () => all(true)),
        button("Tick none", () => all(false)),
        button("Let it be", () => dialog.close(), { key: "Esc" }),
        left,
      ),
    );
    const dialog = openDialog(host, "Code all matches", form, resolve);
    tell();
  });
}
