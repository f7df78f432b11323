// Type a part of a code's name, go through what fits with the arrows, give it with Enter.

import { el, fill } from "./dom.js";
import { giveTo, openDialog } from "./dialog.js";
import { swatch } from "./margin.js";
import { rank } from "./match.js";

const SHOWN = 60;
let made = 0;

/**
 * Pick a code in `host`. `codes` are those of the view with their looks; `first` are ids to put
 * first among equals; `withMemo` adds a line for a memo; `onNew(name)` offers to make one; `save`
 * takes what was picked, and keeps the dialog open while it is refused. Gives {code, memo} or null.
 */
export function pickCode(host, { title, codes, first = [], withMemo = true, onNew = null, save = null }) {
  return new Promise((resolve) => {
    const id = `qc-picker-${(made += 1)}`;
    let shown = [];
    let at = 0;
    const list = el("ul", { class: "qc-options", role: "listbox", id: `${id}-list`, "aria-label": "Codes" });
    const input = el("input", {
      type: "text",
      class: "qc-typed",
      role: "combobox",
      autocomplete: "off",
      "aria-label": "Part of a code's name",
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      "aria-controls": `${id}-list`,
      placeholder: "part of a code's name",
    });
    const memo = withMemo
      ? el("input", { type: "text", class: "qc-memo-line", "aria-label": "Memo (may be empty)", placeholder: "memo (Tab; may be empty)", autocomplete: "off" })
      : null;

    const give = (code) => void giveTo(dialog, { code: code.id, memo: memo?.value.trim() ?? "" }, save);
    const choose = (index) => {
      const one = shown[index];
      if (!one) return;
      if (one.make) {
        dialog.close(null);
        onNew(one.make);
      } else give(one);
    };

    const draw = () => {
      const typed = input.value.trim();
      shown = rank(codes, typed, first).slice(0, SHOWN);
      if (onNew && typed) shown.push({ id: "new", make: typed, name: `New code “${typed}”…`, path: "" });
      at = Math.min(at, Math.max(shown.length - 1, 0));
      fill(
        list,
        ...shown.map((code, index) =>
          el(
            "li",
            {
              id: `${id}-${index}`,
              role: "option",
              class: "qc-option",
              "aria-selected": String(index === at),
              on: { click: () => choose(index), pointerdown: (event) => event.preventDefault() },
            },
            code.make ? null : swatch(code),
            el("span", { text: code.name }),
            code.path !== code.name && code.path ? el("small", { text: code.path }) : null,
          ),
        ),
      );
      if (!shown.length) list.append(el("li", { class: "qc-none", role: "option", "aria-selected": "false", text: "no code fits" }));
      input.setAttribute("aria-activedescendant", shown.length ? `${id}-${at}` : "");
      list.children[at]?.scrollIntoView?.({ block: "nearest" });
    };

    input.addEventListener("input", () => {
      at = 0;
      draw();
    });
    const form = el("form", { class: "qc-picker" }, input, list, memo);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
      if (event.key in steps && event.target === input) {
        event.preventDefault();
        at = Math.max(0, Math.min(shown.length - 1, at + steps[event.key]));
        draw();
      } else if (event.key === "Enter") {
        event.preventDefault();
        choose(at);
      }
    });
    const dialog = openDialog(host, title, form, resolve);
    draw();
  });
}
