// Which key does what. The help page and the buttons are made of this table.

/** id, keys, what it does, group. A key is written as `keyOf` gives it. */
const TABLE = [
  ["word_next", ["ArrowRight"], "select the next word", "Move and select"],
  ["word_back", ["ArrowLeft"], "select the word before", "Move and select"],
  ["word_more", ["Shift+ArrowRight"], "extend by a word", "Move and select"],
  ["word_less", ["Shift+ArrowLeft"], "extend back by a word", "Move and select"],
  ["sentence_next", ["ArrowDown"], "select the next sentence", "Move and select"],
  ["sentence_back", ["ArrowUp"], "select the sentence before", "Move and select"],
  ["sentence_more", ["Shift+ArrowDown"], "extend by a sentence", "Move and select"],
  ["sentence_less", ["Shift+ArrowUp"], "extend back by a sentence", "Move and select"],
  ["turn_next", ["PageDown"], "go to the next turn", "Move and select"],
  ["turn_back", ["PageUp"], "go to the turn before", "Move and select"],
  ["snap_word", ["w"], "grow to whole words", "Move and select"],
  ["snap_sentence", ["s"], "grow to whole sentences", "Move and select"],
  ["snap_turn", ["t"], "grow to the whole turn", "Move and select"],
  ["select_all", ["Ctrl+a", "Meta+a"], "select the whole transcript", "Move and select"],
  ["next_uncoded", ["u"], "next uncoded turn", "Move and select"],
  ["next_transcript", ["Shift+PageDown"], "next transcript", "Move and select"],
  ["last_transcript", ["Shift+PageUp"], "transcript before", "Move and select"],
  ["code", ["c", "Enter"], "give a code: type a part of its name", "Code"],
  ["pinned", ["1", "2", "3", "4", "5", "6", "7", "8", "9"], "give a pinned code", "Code"],
  ["same", ["."], "give the same code as last", "Code"],
  ["new_code", ["n"], "new code from the selected words", "Code"],
  ["step", ["o"], "next coding (of overlapping ones, one after the other)", "Change a coding"],
  ["step_back", ["Shift+o"], "coding before", "Change a coding"],
  ["next_same", ["g"], "next coding of this code", "Change a coding"],
  ["memo", ["m"], "write its memo", "Change a coding"],
  ["recode", ["r"], "give it another code", "Change a coding"],
  ["bounds", ["b"], "give it the selected words", "Change a coding"],
  ["end_more", ["Alt+ArrowRight"], "extend its end by a word", "Change a coding"],
  ["end_less", ["Alt+ArrowLeft"], "trim its end by a word", "Change a coding"],
  ["start_less", ["Alt+Shift+ArrowRight"], "trim its start by a word", "Change a coding"],
  ["start_more", ["Alt+Shift+ArrowLeft"], "extend its start by a word", "Change a coding"],
  ["remove", ["x", "Delete", "Backspace"], "remove it (the code stays)", "Change a coding"],
  ["undo", ["z", "Ctrl+z", "Meta+z"], "undo", "Take back"],
  ["redo", ["Shift+z", "Ctrl+Shift+z", "Meta+Shift+z", "Ctrl+y"], "redo", "Take back"],
  ["find", ["/", "Ctrl+f", "Meta+f"], "search; code all matches", "Find"],
  ["filter", ["f"], "filter the codings shown", "Find"],
  ["suggest", ["k"], "show or hide suggestions", "Suggestions"],
  ["next_offer", ["j"], "next suggestion", "Suggestions"],
  ["queue_next", ["q"], "next in the queue: what decides most, in any transcript", "Suggestions"],
  ["accept", ["a"], "accept the suggestion", "Suggestions"],
  ["decline", ["d"], "decline the suggestion", "Suggestions"],
  ["help", ["?"], "show or hide these keys", "Help"],
  ["escape", ["Escape"], "let go of what is selected", "Help"],
];

export const COMMANDS = TABLE.map(([id, keys, label, group]) => ({ id, keys, label, group }));

/** Write a key event as the table does: modifiers first, letters small, `Shift` only where told. */
export function keyOf(event) {
  const { key } = event;
  const letter = key.length === 1;
  const name = letter ? key.toLowerCase() : key;
  const shown = letter && /\p{L}/u.test(key); // for "?" the layout decides whether Shift is down
  const parts = [
    event.ctrlKey && "Ctrl",
    event.metaKey && "Meta",
    event.altKey && "Alt",
    event.shiftKey && (!letter || shown) && "Shift",
    name,
  ];
  return parts.filter(Boolean).join("+");
}

/** Look commands up by key, in one table or another of the same form. */
export function commandsByKey(commands = COMMANDS) {
  return new Map(commands.flatMap((one) => one.keys.map((key) => [key, one.id])));
}

/** A key as people read it. */
export function shownKey(key) {
  const signs = { ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };
  return key
    .split("+")
    .map((part) => signs[part] ?? part)
    .join(" ");
}

/** The first key of a command. */
export function keyFor(id, commands = COMMANDS) {
  return shownKey(commands.find((one) => one.id === id)?.keys[0] ?? "");
}
