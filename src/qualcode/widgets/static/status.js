// The line at the foot: what happened last, said to screen readers too, and the link's state.

import { el } from "./dom.js";

const NEWS_STAYS = 15_000; // milliseconds

/** Make the status line. */
export function makeStatus() {
  const said = el("span", { class: "qc-said", role: "status", "aria-live": "polite" });
  const refused = el("span", { class: "qc-refused", role: "alert" });
  const news = el("span", { class: "qc-news", role: "status", "aria-live": "polite" });
  const notice = el("span", { class: "qc-notice" });
  const link = el("span", { class: "qc-link", role: "alert" });
  const root = el("div", { class: "qc-status" }, said, refused, news, notice, link);
  let fading = 0;
  let told = null; // the number of the last news; what was before the view is none
  return {
    root,
    /** Say what came of an intent. */
    answer({ ok, say }) {
      said.textContent = ok ? (say ?? "") : "";
      refused.textContent = ok ? "" : `Not done: ${say}`;
    },
    say(text) {
      said.textContent = text;
      refused.textContent = "";
    },
    refuse(text) {
      this.answer({ ok: false, say: text });
    },
    /** Say once what has happened by itself, beside what came of an intent; it goes after a while. */
    news({ number = 0, say = "" }) {
      const fresh = number > (told ?? number);
      told = number;
      if (!fresh) return;
      clearTimeout(fading);
      news.textContent = say;
      fading = setTimeout(() => (news.textContent = ""), NEWS_STAYS);
    },
    notice(text) {
      notice.textContent = text;
    },
    alive(yes) {
      link.textContent = yes ? "" : "Disconnected: the kernel is busy or was restarted. If it was restarted, re-run the cell; nothing saved is lost.";
    },
  };
}
