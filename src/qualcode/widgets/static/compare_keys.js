// Which key does what in the compare view. The help page and the buttons are made of this table.

const TABLE = [
  ["next", ["n"], "next difference", "Go through the differences"],
  ["back", ["p"], "difference before", "Go through the differences"],
  ["filter", ["f"], "list the open ones, the settled ones, or all", "Go through the differences"],
  ["next_transcript", ["Shift+PageDown"], "next transcript", "Go through the differences"],
  ["last_transcript", ["Shift+PageUp"], "transcript before", "Go through the differences"],
  ["first", ["1"], "keep the first coder's", "Settle"],
  ["second", ["2"], "keep the second coder's", "Settle"],
  ["both", ["3"], "keep both", "Settle"],
  ["neither", ["0"], "keep neither", "Settle"],
  ["recode", ["r"], "give another code (to the selected words, if there are any)", "Settle"],
  ["resize", ["s"], "take the selected words instead", "Settle"],
  ["why", ["w"], "write the reason; Enter keeps it, then one key decides", "Settle"],
  ["take_over", ["t"], "take over all that both agree on", "Settle"],
  ["undo", ["z", "Ctrl+z", "Meta+z"], "undo", "Take back"],
  ["redo", ["Shift+z", "Ctrl+Shift+z", "Meta+Shift+z", "Ctrl+y"], "redo", "Take back"],
  ["word_next", ["ArrowRight"], "select the next word", "Select words"],
  ["word_back", ["ArrowLeft"], "select the word before", "Select words"],
  ["word_more", ["Shift+ArrowRight"], "extend by a word", "Select words"],
  ["word_less", ["Shift+ArrowLeft"], "extend back by a word", "Select words"],
  ["sentence_next", ["ArrowDown"], "select the next sentence", "Select words"],
  ["sentence_back", ["ArrowUp"], "select the sentence before", "Select words"],
  ["sentence_more", ["Shift+ArrowDown"], "extend by a sentence", "Select words"],
  ["sentence_less", ["Shift+ArrowUp"], "extend back by a sentence", "Select words"],
  ["help", ["?"], "show these keys", "Help"],
];

export const COMPARE_COMMANDS = TABLE.map(([id, keys, label, group]) => ({ id, keys, label, group }));

/** Commands that move a selection, and so want the text focused. */
export const IN_TEXT = new Set(TABLE.filter(([, , , group]) => group === "Select words").map(([id]) => id));
