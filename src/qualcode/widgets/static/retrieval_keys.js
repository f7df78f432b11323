// Which key does what where quotes are read.

export const KEYS = [
  ["next", ["ArrowDown", "j"], "next quote", "Quotes"],
  ["back", ["ArrowUp", "k"], "quote before", "Quotes"],
  ["first", ["Home"], "first quote", "Quotes"],
  ["last", ["End"], "last quote", "Quotes"],
  ["read", ["Enter", "r"], "read it in its place", "Quotes"],
  ["star", ["s"], "pick it for a table, or no longer", "Quotes"],
  ["find", ["/"], "filter by words", "Filter"],
  ["contrary", ["c"], "contrary voices only, or all", "Filter"],
  ["starred", ["p"], "picked quotes only, or all", "Filter"],
  ["codes", ["t"], "go to the codes", "Go"],
  ["quotes", ["q"], "go to the quotes", "Go"],
  ["escape", ["Escape"], "close the transcript, or go back to the codes", "Go"],
  ["help", ["?"], "show these keys", "Go"],
].map(([id, keys, label, group]) => ({ id, keys, label, group }));
