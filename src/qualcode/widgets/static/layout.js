// Panes side by side with bars to drag between them, by mouse or arrow keys.

import { el } from "./dom.js";

/** A bar that changes a custom property of `root`, in pixels; `sign` is -1 for a pane on its right. */
export function makeSplitter(root, property, { label, start, least, most, sign = 1 }) {
  let width = start;
  const bar = el("div", {
    class: "qc-splitter",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-label": label,
    "aria-valuemin": least,
    "aria-valuemax": most,
  });
  const set = (value) => {
    width = Math.max(least, Math.min(most, Math.round(value)));
    root.style.setProperty(property, `${width}px`);
    bar.setAttribute("aria-valuenow", width);
  };
  bar.addEventListener("pointerdown", (event) => {
    const [from, before] = [event.clientX, width];
    bar.setPointerCapture(event.pointerId);
    const move = (moved) => set(before + sign * (moved.clientX - from));
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move), { once: true });
    event.preventDefault();
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (!step) return;
    set(width + sign * step);
    event.preventDefault();
  });
  set(start);
  return bar;
}
