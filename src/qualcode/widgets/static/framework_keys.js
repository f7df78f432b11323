// Which key does what in the framework matrix.

export const KEYS = [
  ["move", ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], "go to the next cell", "Move"],
  ["page", ["PageUp", "PageDown"], "five rows up or down", "Move"],
  ["line", ["Home", "End"], "first or last cell of the row", "Move"],
  ["ends", ["Ctrl+Home", "Ctrl+End"], "first or last cell of all", "Move"],
  ["next", ["n"], "next cell that has quotes and no summary", "Move"],
  ["stale", ["s"], "next stale summary", "Move"],
  ["open", ["Enter"], "open the cell: its quotes and its summary", "Write"],
  ["save", ["Ctrl+Enter", "Meta+Enter"], "save the summary; unchanged, say that it still holds", "Write"],
  ["escape", ["Escape"], "let the summary be, back to the matrix", "Write"],
  ["undo", ["z", "Ctrl+z", "Meta+z"], "undo", "Take back"],
  ["redo", ["Shift+z", "Ctrl+Shift+z", "Meta+Shift+z", "Ctrl+y"], "redo", "Take back"],
  ["find", ["/"], "show only some cells", "Filter"],
  ["help", ["?"], "show these keys", "Help"],
].map(([id, keys, label, group]) => ({ id, keys, label, group }));
