// What narrows and orders the quotes.

import { el, fill } from "./dom.js";

const CHOICES = [
  ["body_types", "Body type"],
  ["roles", "Role"],
  ["coders", "Coder"],
];
const SORTS = [
  ["interview", "Order: by interview"],
  ["typical", "Order: typical first"],
  ["longest", "Order: longest first"],
  ["shortest", "Order: shortest first"],
];
const PAUSE = 250; // milliseconds after the last key before words are looked for

let made = 0;

/** Make the bar. `on` hears `look(what)`, the parts of what is looked for that are to change. */
export function makeFilters(on) {
  const id = `qc-look-${(made += 1)}`;
  const selects = new Map(
    CHOICES.map(([name, label]) => [
      name,
      el("select", { "aria-label": label, on: { change: (event) => on.look({ [name]: event.target.value ? [event.target.value] : [] }) } }),
    ]),
  );
  const sort = el(
    "select",
    { "aria-label": "Order", on: { change: () => on.look({ sort: sort.value }) } },
    ...SORTS.map(([value, text]) => el("option", { value, text })),
  );
  const words = el("input", { type: "search", class: "qc-query", placeholder: 'words, or a "phrase"', "aria-label": "Words that the quotes have", autocomplete: "off" });
  const tick = (name, label) => {
    const box = el("input", { type: "checkbox", id: `${id}-${name}`, on: { change: () => on.look({ [name]: box.checked }) } });
    return { box, element: el("span", { class: "qc-tick" }, box, el("label", { for: box.id, text: label })) };
  };
  const contrary = tick("contrary", "contrary only");
  const starred = tick("starred", "picked only");
  const root = el(
    "div",
    { class: "qc-search", role: "search", "aria-label": "Filter the quotes" },
    words,
    ...selects.values(),
    contrary.element,
    starred.element,
    sort,
  );
  let timer = null;

  function lookForWords() {
    clearTimeout(timer);
    timer = null;
    on.look({ words: words.value });
  }
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(lookForWords, PAUSE);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      lookForWords();
      on.leave();
    } else if (event.key === "Escape") {
      event.preventDefault();
      words.value = "";
      lookForWords();
      on.leave();
    }
  });

  function draw(look, options) {
    for (const [name, label] of CHOICES) {
      const select = selects.get(name);
      const chosen = look[name][0] ?? "";
      const there = Object.entries(options[name]);
      if (chosen && !(chosen in options[name])) there.push([chosen, 0]);
      fill(
        select,
        el("option", { value: "", text: `${label}: any` }),
        ...there.map(([value, number]) => el("option", { value, text: `${value} (${number})` })),
      );
      select.value = chosen;
    }
    if (timer === null && document.activeElement !== words) words.value = look.words;
    contrary.box.checked = look.contrary;
    starred.box.checked = look.starred;
    sort.value = look.sort;
  }

  return {
    root,
    draw,
    focus: () => words.focus(),
    close: () => clearTimeout(timer),
  };
}
