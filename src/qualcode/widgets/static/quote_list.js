// Quotes one below the other: who says it and where, the words, the memo, and a star to pick it.

import { el, fill } from "./dom.js";
import { codeOf } from "./look.js";
import { swatch } from "./margin.js";

/** What is said of a quote beside its words. */
export function saySpeaker(quote) {
  const role = quote.role && quote.role !== quote.speaker ? quote.role : "";
  return [quote.speaker, role, quote.body, quote.body_type].filter(Boolean).join(" · ");
}

/** Make the list. `on` hears `read(id)`, `star(id, yes)` and `at(id)`, where the focus is. */
export function makeQuoteList(on) {
  const root = el("ul", { class: "qc-quotes", "aria-label": "Quotes" });
  let order = [];
  let at = "";
  let opened = "";
  const kept = new Map(); // id -> {shown, element}: rows that stay as they are are not made anew

  function draw({ order: ids, quotes, stars, looks, open, note }) {
    order = ids;
    if (!order.includes(at)) at = order[0] ?? "";
    const hadFocus = root.contains(document.activeElement);
    const rows = order.map((id) => {
      const shown = JSON.stringify([quotes[id], stars[id] ?? null, codeOf(looks, quotes[id].code).colour, id === open, id === at]);
      const known = kept.get(id);
      if (known?.shown === shown) return known.element;
      const element = row(quotes[id], stars[id], codeOf(looks, quotes[id].code), id === open);
      kept.set(id, { shown, element });
      return element;
    });
    for (const id of kept.keys()) if (!quotes[id]) kept.delete(id);
    const scrolled = root.scrollTop;
    fill(root, ...rows, rows.length ? null : el("li", { class: "qc-none", text: note }));
    root.scrollTop = scrolled;
    if (hadFocus) focus();
    if (open && open !== opened) reveal(open);
    opened = open;
  }

  /** Scroll a quote into sight, and nothing around the list. */
  function reveal(id) {
    for (let tries = 0; tries < 2; tries += 1) {
      // What was not laid out before has only a guessed height: look again.
      const [box, pane] = [itemOf(id)?.getBoundingClientRect(), root.getBoundingClientRect()];
      if (!box || (box.top >= pane.top && box.bottom <= pane.bottom)) return;
      root.scrollTop += box.top - pane.top - Math.max(0, pane.height - box.height) / 3;
    }
  }

  function row(quote, star, code, isOpen) {
    const tab = quote.id === at ? "0" : "-1";
    return el(
      "li",
      {
        class: `qc-quote${isOpen ? " qc-chosen" : ""}`,
        "data-coding": quote.id,
        tabindex: tab,
        "aria-current": isOpen ? "true" : null,
        on: { focusin: () => goTo(quote.id), dblclick: () => on.read(quote.id) },
      },
      el("blockquote", { dir: "auto", text: quote.quote }),
      el("p", { class: "qc-by" }, el("b", { text: saySpeaker(quote) })),
      el(
        "p",
        { class: "qc-facts" },
        swatch(code),
        `${quote.path} · ${quote.place} · coder ${quote.coder} · ${quote.words} ${quote.words === 1 ? "word" : "words"}`,
        quote.contrary ? el("span", { class: "qc-contrary", text: "contrary" }) : null,
      ),
      quote.memo ? el("p", { class: "qc-memo", dir: "auto", text: `✎ ${quote.memo}` }) : null,
      el(
        "div",
        { class: "qc-row" },
        el("button", {
          type: "button",
          class: "qc-button qc-star",
          tabindex: tab,
          "aria-pressed": String(Boolean(star)),
          title: star ? `picked${star.by ? ` by ${star.by}` : ""}, ${star.at.slice(0, 10)} (s)` : "pick it for a table (s)",
          on: { click: () => on.star(quote.id, !star) },
          text: star ? "★ Picked" : "☆ Pick",
        }),
        el("button", { type: "button", class: "qc-button", tabindex: tab, title: "read it in its place (Enter)", on: { click: () => on.read(quote.id) }, text: "In its place" }),
      ),
    );
  }

  function goTo(id) {
    if (id === at) return;
    setTab(at, "-1");
    at = id;
    setTab(at, "0");
    on.at?.(id);
  }

  function setTab(id, value) {
    const item = itemOf(id);
    item?.setAttribute("tabindex", value);
    item?.querySelectorAll("button").forEach((one) => one.setAttribute("tabindex", value));
  }

  const itemOf = (id) => root.querySelector(`[data-coding="${CSS.escape(id)}"]`);

  function focus() {
    const item = itemOf(at);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  return {
    root,
    draw,
    focus,
    step(by) {
      const index = Math.max(0, Math.min(order.length - 1, order.indexOf(at) + by));
      if (!order[index]) return;
      goTo(order[index]);
      focus();
    },
    get at() {
      return at;
    },
  };
}
