// Why a code is suggested: a head line, quotes that are like it with their places, words that tell.

import { el } from "./dom.js";

const QUOTE = /^["“”„«»‹›‘‚'](.+)["“”»«›‹’‘'](.*)$/u;
const LIST = /^([^:“"]{1,40}):\s+(.+)$/u;
const MOST_WORDS = 20;

/** The first line, which is said wherever the suggestion is named. */
export const whyHead = (why) => why.split("\n", 1)[0].trim();

/** What the lines after the first are: quotes with places, lists of words, or plain lines. */
export function whyParts(why) {
  return why.split("\n").slice(1).map((line) => line.trim()).filter(Boolean).map(partOf);
}

function partOf(line) {
  const quoted = QUOTE.exec(line);
  if (quoted) return { kind: "quote", text: quoted[1], place: quoted[2].replace(/^[\s—–,·:(-]+|[)\s]+$/gu, "") };
  const list = LIST.exec(line);
  const words = list?.[2].split(/[,;]\s*/u).filter(Boolean) ?? [];
  const short = words.length <= MOST_WORDS && words.every((word) => word.length <= 40);
  return list && short ? { kind: "words", name: list[1], words } : { kind: "line", text: line };
}

/** All that is known of why a span is suggested. */
export function whyBlock({ why, score, reliability = "" }) {
  const head = whyHead(why);
  const parts = whyParts(why);
  return el(
    "div",
    { class: "qc-why" },
    el("p", {}, el("b", { text: `Suggested, ${Math.round(score * 100)} of 100` }), head ? `: ${head}` : ""),
    ...parts.map(shown),
    reliability ? el("p", { class: "qc-reliable", text: reliability }) : null,
  );
}

function shown(part) {
  if (part.kind === "quote") {
    return el("p", { class: "qc-like" }, el("q", { dir: "auto", text: part.text }), part.place ? el("small", { text: part.place }) : null);
  }
  if (part.kind === "words") {
    return el("p", { class: "qc-tell" }, el("span", { text: `${part.name}: ` }), ...part.words.flatMap((word) => [el("span", { class: "qc-word", text: word }), " "]));
  }
  return el("p", { text: part.text });
}
