// Small forms in place, in front of the workspace: Enter gives, Escape lets it be.

import { button, el } from "./dom.js";

/**
 * Open a dialog in `host` with `content`; gives {root, close}. The focus goes to the first field,
 * stays inside, and goes back to where it was. `onClose` is told what `close` was given.
 */
export function openDialog(host, title, content, onClose = () => {}) {
  const before = document.activeElement;
  const heading = el("h3", { text: title, id: `qc-dialog-${Math.random().toString(36).slice(2)}` });
  const root = el("div", { class: "qc-dialog", role: "dialog", "aria-labelledby": heading.id }, heading, content);
  // Clicks beside the dialog stay here: JupyterLab would take the focus, and the keys, for a cell.
  const veil = el("div", { class: "qc-veil", on: { pointerdown: (event) => event.preventDefault() } });
  let open = true;
  const close = (value = null) => {
    if (!open) return;
    open = false;
    root.remove();
    veil.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    onClose(value);
  };
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      keepInside(root, event);
    }
  });
  host.querySelector(":scope > .qc-dialog")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  host.append(veil, root);
  focusable(root)[0]?.focus({ preventScroll: true });
  return { root, close };
}

function focusable(root) {
  return [...root.querySelectorAll("input, textarea, select, button, [tabindex='0']")].filter(
    (one) => !one.disabled && one.offsetParent !== null,
  );
}

function keepInside(root, event) {
  const all = focusable(root);
  const [first, last] = [all[0], all.at(-1)];
  if (event.shiftKey && document.activeElement === first) last?.focus();
  else if (!event.shiftKey && document.activeElement === last) first?.focus();
  else return;
  event.preventDefault();
}

/**
 * Close a dialog once what it gives is taken; what is refused stays, with the reason below it.
 * Without `save` it is taken at once.
 */
export async function giveTo(dialog, value, save) {
  const answer = save ? await save(value) : { ok: true };
  if (answer?.ok !== false) return dialog.close(value);
  dialog.root.querySelector(".qc-refused")?.remove();
  dialog.root.append(el("p", { class: "qc-refused", role: "alert", text: `Not done: ${answer.say}` }));
  return undefined;
}

/**
 * Ask for some values. A field is {name, label, value, kind, options, required, hint}; kinds are
 * `line`, `text`, `choice`, `date` and `tick`. Gives the values, or null if it was let be. `save`
 * may take the values: while it answers `ok: false` the dialog stays, with all that was typed.
 */
export function askFor(host, title, fields, submit = "Save", save = null) {
  return new Promise((resolve) => {
    const inputs = new Map();
    const rows = fields.map((field) => {
      const input = inputFor(field);
      inputs.set(field.name, input);
      return el(
        "label",
        { class: `qc-field qc-field-${field.kind ?? "line"}` },
        el("span", { text: field.label }),
        input,
        field.hint ? el("small", { text: field.hint }) : null,
      );
    });
    const values = () =>
      Object.fromEntries(
        [...inputs].map(([name, input]) => [name, input.type === "checkbox" ? input.checked : input.value]),
      );
    const give = (event) => {
      event?.preventDefault();
      if (form.reportValidity()) void giveTo(dialog, values(), save);
    };
    const form = el(
      "form",
      { on: { submit: give } },
      ...rows,
      el("div", { class: "qc-row" }, el("button", { type: "submit", class: "qc-button qc-main", text: submit }), button("Let it be", () => dialog.close(), { key: "Esc" })),
    );
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLTextAreaElement && !event.shiftKey) give(event);
    });
    const dialog = openDialog(host, title, form, resolve);
    const first = inputs.values().next().value;
    first?.select?.();
  });
}

function inputFor({ kind = "line", value = "", options = [], required = false, max = null }) {
  if (kind === "choice") {
    return el("select", { required }, ...options.map(([id, name]) => el("option", { value: id, selected: id === value, text: name })));
  }
  if (kind === "text") return el("textarea", { rows: "3", required, value });
  if (kind === "tick") {
    const box = el("input", { type: "checkbox" });
    box.checked = Boolean(value);
    return box;
  }
  return el("input", { type: kind === "date" ? "date" : "text", required, maxlength: max, value, autocomplete: "off" });
}
