// The fields of a code: as they are, or as somebody would have them.

import { button, el, fill } from "./dom.js";
import { FIELDS, changedFields, sayCoders } from "./editing.js";

let made = 0;
const HINTS = {
  example_at: "transcript and time, such as ward-2 00:00:21",
  colour: "#rrggbb; empty: given by its place in the tree",
};

/** The fields as labelled inputs: {rows, inputs}, inputs by name. */
export function makeFields(names, { onInput = () => {} } = {}) {
  const inputs = new Map();
  const rows = FIELDS.filter(([name]) => names.includes(name)).map(([name, label, kind]) => {
    const id = `qc-field-${(made += 1)}`;
    const hint = HINTS[name] ? el("small", { id: `${id}-hint`, text: HINTS[name] }) : null;
    const given = { id, name, "aria-describedby": hint?.id ?? null, autocomplete: "off", on: { input: onInput } };
    const input = kind === "text" ? el("textarea", { ...given, rows: name === "definition" ? "4" : "3" }) : el("input", { ...given, type: "text" });
    inputs.set(name, input);
    const line = name === "colour" ? withPatch(input) : input;
    return el("div", { class: `qc-field qc-of-${name}` }, el("label", { for: id, text: label }), line, hint);
  });
  const values = () => Object.fromEntries([...inputs].map(([name, input]) => [name, input.value]));
  return { rows, inputs, values };
}

/** A colour can be typed, or picked. */
function withPatch(input) {
  const patch = el("input", { type: "color", class: "qc-patch", "aria-label": "Pick the colour" });
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(input.value)) patch.value = input.value;
  };
  input.addEventListener("input", follow);
  input.addEventListener("qc-set", follow);
  patch.addEventListener("input", () => {
    input.value = patch.value;
    input.dispatchEvent(new Event("input"));
  });
  return el("div", { class: "qc-colour" }, input, patch);
}

/**
 * The form of one code. `on` hears `preview()`, `drop()` (forget what was typed), `leave()`, and
 * `typed()` when what is typed has changed.
 */
export function makeCodeForm(on) {
  const drafts = new Map(); // code id -> the fields that were typed and not saved
  let code = null;
  const fields = makeFields(FIELDS.map(([name]) => name), { onInput: keep });
  const heading = el("h2", { class: "qc-heading" });
  const facts = el("p", { class: "qc-facts" });
  const preview = el("button", { type: "submit", class: "qc-button qc-main" }, "Preview", el("kbd", { "aria-hidden": "true", text: "Ctrl Enter" }));
  const drop = button("Forget what was typed", () => {
    drafts.delete(code?.id);
    refresh();
    on.drop();
  });
  const form = el("form", { class: "qc-form", "aria-label": "The code's texts" }, ...fields.rows, el("div", { class: "qc-row" }, preview, drop));
  const root = el("div", { class: "qc-edit" }, heading, facts, form);

  function keep() {
    const changed = changedFields(code, fields.values());
    if (Object.keys(changed).length) drafts.set(code.id, changed);
    else drafts.delete(code.id);
    sayState();
    on.typed();
  }

  function sayState() {
    const dirty = drafts.has(code?.id);
    preview.disabled = !dirty;
    drop.hidden = !dirty;
  }

  function refresh() {
    for (const [name, input] of fields.inputs) {
      const value = drafts.get(code?.id)?.[name] ?? code?.[name] ?? "";
      if (input.value !== value) input.value = value;
      input.dispatchEvent(new Event("qc-set"));
      input.disabled = !code;
    }
    sayState();
  }

  function draw(now, coders, path) {
    code = now;
    heading.textContent = code ? code.name : "No code is chosen";
    const was = code?.was.length ? [`merged into it: ${code.was.join(", ")}`] : [];
    facts.textContent = code ? [`id ${code.id}`, path === code.name ? "a theme" : path, sayCoders(coders), ...was].join(" · ") : "";
    refresh();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!preview.disabled) on.preview();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!preview.disabled) on.preview();
    } else if (event.key === "Escape") {
      event.preventDefault();
      on.leave();
    }
  });
  return {
    root,
    draw,
    /** The fields that were typed for the code shown. */
    changed: () => drafts.get(code?.id) ?? {},
    saved: (id) => drafts.delete(id),
    get unsaved() {
      return new Set(drafts.keys());
    },
    focus: () => fields.inputs.get("definition").focus(),
  };
}
