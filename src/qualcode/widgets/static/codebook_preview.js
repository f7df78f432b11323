// What a change would do, before it is done: how far it reaches, and how the codebook would differ.

import { button, el, fill } from "./dom.js";
import { sayCoders, sayReach } from "./editing.js";

const TAGS = { same: "span", del: "del", ins: "ins" };
const SAID = { del: "taken out: ", ins: "put in: " };

/** Make the pane. `on` hears `apply()`, `again()` and `leave()`. */
export function makePreview(on) {
  const heading = el("h3", { text: "Preview" });
  const body = el("div", { class: "qc-preview-body" });
  const doIt = button("Do it", () => on.apply(), { class: "qc-button qc-main" });
  const again = button("Preview again", () => on.again());
  const leave = button("Let it be", () => on.leave(), { key: "Esc" });
  const row = el("div", { class: "qc-row" }, doIt, again, leave);
  const root = el("section", { class: "qc-preview", "aria-label": "Preview: nothing is done yet", tabindex: "-1" }, heading, body, row);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    on.leave();
  });

  function empty() {
    root.hidden = true;
    fill(body);
  }

  function show(preview) {
    heading.textContent = capital(preview.title);
    root.hidden = false;
    const facts = [["Concerns", sayReach(preview.reach)]];
    if (Object.keys(preview.staying).length) facts.push(["Stay as they are", sayCoders(preview.staying)]);
    if (preview.along.length) facts.push(["Come along", preview.along.join(", ")]);
    fill(
      body,
      el("dl", { class: "qc-reach" }, ...facts.flatMap(([name, what]) => [el("dt", { text: name }), el("dd", { text: what })])),
      preview.warnings.length
        ? el("ul", { class: "qc-warnings", "aria-label": "To know before" }, ...preview.warnings.map((text) => el("li", { text: `⚠ ${text}` })))
        : null,
      ...preview.lines.flatMap(section),
    );
    stale(false);
  }

  /** The codebook is another one than that which the preview was made of, or not. */
  function stale(yes) {
    doIt.disabled = yes;
    again.hidden = !yes;
    body.querySelector(".qc-stale")?.remove();
    if (yes) body.prepend(el("p", { class: "qc-stale qc-refused", role: "alert", text: "The codebook was changed by somebody else meanwhile: preview again." }));
  }

  empty();
  return { root, empty, show, stale, focus: () => doIt.focus({ preventScroll: true }) };
}

function section({ heading, lines }) {
  return [
    el("h4", { text: heading }),
    el("ul", { class: "qc-changes" }, ...lines.map(([before, pieces]) => line(before, pieces))),
  ];
}

function line(before, pieces) {
  const inner = before.startsWith("  ");
  return el(
    "li",
    { class: inner ? "qc-inner" : null },
    before.trim(),
    pieces.length ? " " : null,
    ...pieces.map(([kind, text]) =>
      el(TAGS[kind] ?? "span", {}, SAID[kind] ? el("span", { class: "qc-unseen", text: SAID[kind] }) : null, text),
    ),
  );
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
