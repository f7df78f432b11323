// Which key does what in the codebook editor.

export const KEYS = [
  ["edit", ["Enter", "e"], "edit the code's texts", "The chosen code"],
  ["up", ["Alt+ArrowUp"], "move it up", "The chosen code"],
  ["down", ["Alt+ArrowDown"], "move it down", "The chosen code"],
  ["move", ["m"], "move it below another code", "The chosen code"],
  ["merge", ["g"], "merge it into another code", "The chosen code"],
  ["split", ["s"], "split it", "The chosen code"],
  ["delete", ["x", "Delete"], "delete it, if nobody has given it", "The chosen code"],
  ["add", ["n"], "new code beside it", "New codes"],
  ["add_below", ["Shift+n"], "new code below it", "New codes"],
  ["preview", ["Ctrl+Enter"], "from a form: show what would change", "Preview"],
  ["escape", ["Escape"], "let it be, and go back to the codes", "Preview"],
  ["undo", ["z", "Ctrl+z", "Meta+z"], "undo", "Take back"],
  ["redo", ["Shift+z", "Ctrl+Shift+z", "Meta+Shift+z", "Ctrl+y"], "redo", "Take back"],
  ["find", ["/"], "filter the codes", "Help"],
  ["help", ["?"], "show these keys", "Help"],
].map(([id, keys, label, group]) => ({ id, keys, label, group }));
