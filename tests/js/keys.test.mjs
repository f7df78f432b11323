import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS, commandsByKey, keyOf, keyFor } from "../../src/qualcode/widgets/static/keys.js";

const event = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("keys are written as the table has them", () => {
  assert.equal(keyOf(event("c")), "c");
  assert.equal(keyOf(event("O", { shiftKey: true })), "Shift+o");
  assert.equal(keyOf(event("?", { shiftKey: true })), "?"); // wherever the layout has it
  assert.equal(keyOf(event("ArrowLeft", { altKey: true, shiftKey: true })), "Alt+Shift+ArrowLeft");
  assert.equal(keyOf(event("Z", { ctrlKey: true, shiftKey: true })), "Ctrl+Shift+z");
});

test("no key does two things", () => {
  const keys = COMMANDS.flatMap((command) => command.keys);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(commandsByKey().size, keys.length);
});

test("a command's first key is shown as people read it", () => {
  assert.deepEqual([keyFor("word_next"), keyFor("find"), keyFor("next_transcript")], ["→", "/", "Shift PageDown"]);
});
