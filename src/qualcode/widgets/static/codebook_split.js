// A new code: by itself, or out of another one, with the passages that go to it ticked.

import { button, el, fill } from "./dom.js";
import { counted, sayCoders } from "./editing.js";
import { makeFields } from "./codebook_form.js";

const NEW = ["name", "definition", "include", "exclude"];

function finish(form, on) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.preview();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      on.preview();
    } else if (event.key === "Escape") {
      event.preventDefault();
      on.leave();
    }
  });
  return form;
}

const buttons = (on) =>
  el(
    "div",
    { class: "qc-row" },
    el("button", { type: "submit", class: "qc-button qc-main" }, "Preview", el("kbd", { "aria-hidden": "true", text: "Ctrl Enter" })),
    button("Let it be", () => on.leave(), { key: "Esc" }),
  );

const said = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

/** The form of a code to be added below `parent` (a code, or null). */
export function makeAddForm(parent, on) {
  const fields = makeFields(NEW);
  const form = finish(el("form", { class: "qc-form", "aria-label": "New code" }, ...fields.rows, buttons(on)), on);
  const root = el(
    "div",
    { class: "qc-edit" },
    el("h2", { class: "qc-heading", text: parent ? `New code below ${parent.name}` : "New theme" }),
    form,
  );
  return {
    root,
    focus: () => fields.inputs.get("name").focus(),
    change: () => ({ do: "add", parent: parent?.id ?? null, fields: said(fields.values()) }),
  };
}

/** The form that splits a code. `answer` holds the coder's `passages` and others' numbers. */
export function makeSplitForm(code, coder, { passages, staying }, on) {
  const fields = makeFields(["name", "definition"]);
  const ticks = new Map();
  const number = el("span", { class: "qc-facts", role: "status" });
  const below = el("input", { type: "checkbox", id: `qc-below-${code.id}` });
  const find = el("input", { type: "search", placeholder: "find words", "aria-label": "Find words in the passages", autocomplete: "off" });
  const rows = passages.map((one) => {
    const box = el("input", { type: "checkbox", on: { change: count } });
    ticks.set(one.id, box);
    return { words: one.quote.toLowerCase(), element: passage(one, box) };
  });
  const list = el("ul", { class: "qc-passages", "aria-label": `${coder}'s passages of ${code.name}` }, ...rows.map((row) => row.element));
  const tickShown = (yes) => {
    rows.forEach(({ element }) => {
      if (!element.hidden) element.querySelector("input").checked = yes;
    });
    count();
  };
  const form = finish(
    el(
      "form",
      { class: "qc-form", "aria-label": `Split ${code.name}` },
      ...fields.rows,
      el("div", { class: "qc-tick" }, below, el("label", { for: below.id, text: `below ${code.name} (else right after it)` })),
      el("h3", { text: "Tick the passages that the new code is to have" }),
      el("div", { class: "qc-row" }, find, button("Tick all shown", () => tickShown(true)), button("Untick all shown", () => tickShown(false)), number),
      list,
      el("p", { class: "qc-facts", text: Object.keys(staying).length ? `Of others, all stay: ${sayCoders(staying)}.` : "Nobody else has given this code." }),
      buttons(on),
    ),
    on,
  );
  const root = el("div", { class: "qc-edit" }, el("h2", { class: "qc-heading", text: `Split ${code.name}` }), form);

  function ticked() {
    return [...ticks].filter(([, box]) => box.checked).map(([id]) => id);
  }
  function count() {
    number.textContent = `${ticked().length} of ${counted(passages.length, "passage")} ticked`;
  }
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    rows.forEach((row) => (row.element.hidden = !row.words.includes(wanted)));
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });
  if (!passages.length) fill(list, el("li", { class: "qc-none", text: `${coder} has not given this code.` }));
  count();
  return {
    root,
    focus: () => fields.inputs.get("name").focus(),
    change: () => ({ do: "split", code: code.id, fields: said(fields.values()), below: below.checked, codings: ticked() }),
  };
}

function passage(one, box) {
  const who = [one.speaker, one.role && one.role !== one.speaker ? one.role : "", one.body, one.place].filter(Boolean).join(" · ");
  return el(
    "li",
    { class: "qc-passage" },
    el(
      "label",
      {},
      box,
      el(
        "span",
        {},
        el("q", { dir: "auto", text: one.quote }),
        el("small", { text: one.adrift ? `${who} · adrift: its words have changed` : who }),
        one.memo ? el("small", { class: "qc-memo", text: `✎ ${one.memo}` }) : null,
      ),
    ),
  );
}
