// What every widget shares: one store and one link for each model, and clean-up after views.

import { keepKeys, el } from "./dom.js";
import { BEAT, makeLink } from "./link.js";
import { makeStore } from "./store.js";

const held = new Map(); // by session, since a view is given a model object of its own

/** Link a model to Python, once, however many views it has. */
export function initialize({ model }) {
  const listeners = new Set();
  const link = makeLink((message) => model.send(message), {
    snapshot: (whole) => store.replace(whole),
    change: (message) => store.change(message),
    alive: (yes) => listeners.forEach((listener) => listener(yes)),
  });
  const store = makeStore(model.get("snapshot"), () => void model.send({ kind: "snapshot" }));
  const receive = (message) => link.receive(message);
  model.on("msg:custom", receive);
  const beat = setInterval(() => link.beat(), BEAT);
  // What takes longer, such as the progress of all transcripts, comes after the first paint.
  const first = setTimeout(() => link.beat(), 200);
  held.set(model.get("session"), { store, link, listeners });
  return () => {
    clearInterval(beat);
    clearTimeout(first);
    model.off("msg:custom", receive);
    held.delete(model.get("session"));
  };
}

/** Make a widget of `build(root, {store, link, onAlive}) -> close`. */
export function makeWidget(build) {
  return {
    initialize,
    render({ model, el: host }) {
      const { store, link, listeners } = held.get(model.get("session"));
      // Focusable, so that a click beside everything gives JupyterLab's cell no keys.
      const root = el("div", { class: "qc", tabindex: "-1", style: { height: `${model.get("height")}px` } });
      host.append(root);
      const mine = new Set();
      const onAlive = (listener) => {
        mine.add(listener);
        listeners.add(listener);
      };
      const close = build(root, { store, link, onAlive });
      keepKeys(root); // after what is built, which uses keys first
      return () => {
        mine.forEach((listener) => listeners.delete(listener));
        close?.();
        root.remove();
      };
    },
  };
}
