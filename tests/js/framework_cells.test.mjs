import assert from "node:assert/strict";
import { test } from "node:test";
import { CHOICES, STATES, moved, nameOf, nextCell, passes, progressOf, sayCounts, shownRows } from "../../src/qualcode/widgets/static/framework_cells.js";

const cell = (theme, state, summary = "") => ({ theme, state, summary, codings: state === "empty" ? 0 : 2, people: 1, contrary: 0, stale: state === "stale" });
const rows = [{ id: "Ward 1" }, { id: "Ward 2" }];
const columns = ["rest", "pay"];
const cells = {
  "rest Ward 1": cell("rest", "done", "A Biscuit\nat six"),
  "pay Ward 1": cell("pay", "empty"),
  "rest Ward 2": cell("rest", "stale", "No break"),
  "pay Ward 2": cell("pay", "open"),
};
const ids = (filter) => shownRows(rows, columns, cells, filter).map((row) => row.id);

test("a cell is named by its theme and case", () => {
  assert.equal(nameOf("rest", "Ward 1"), "rest Ward 1");
  assert.deepEqual(Object.keys(cells), rows.flatMap((row) => columns.map((theme) => nameOf(theme, row.id))));
});

test("every state has a sign of its own and words", () => {
  const signs = Object.values(STATES).map(([sign]) => sign);
  assert.equal(new Set(signs).size, 4);
  const known = new Set(Object.keys(STATES));
  assert.ok(CHOICES.every(([, , states]) => !states || states.every((state) => known.has(state))));
});

test("counts in words", () => {
  assert.equal(sayCounts({ codings: 0, people: 0, contrary: 0 }), "");
  assert.equal(sayCounts({ codings: 1, people: 1, contrary: 0 }), "1 coding · 1 person");
  assert.equal(sayCounts({ codings: 3, people: 2, contrary: 1 }), "3 codings · 2 people · 1 against");
});

test("how far the work has come", () => {
  assert.equal(progressOf(cells), "2 of 3 cells with codings summarised, 1 stale");
  assert.equal(progressOf({}), "0 of 0 cells with codings summarised");
});

test("filters keep the rows that have a cell", () => {
  assert.deepEqual(ids({}), ["Ward 1", "Ward 2"]);
  assert.deepEqual(ids({ state: "todo" }), ["Ward 2"]);
  assert.deepEqual(ids({ state: "stale" }), ["Ward 2"]);
  assert.deepEqual(ids({ state: "done" }), ["Ward 1", "Ward 2"]);
  assert.deepEqual(ids({ state: "empty" }), ["Ward 1"]);
  assert.deepEqual(ids({ state: "empty", theme: "rest" }), []);
  assert.deepEqual(ids({ words: "biscuit SIX" }), ["Ward 1"]);
  assert.deepEqual(ids({ words: "  " }), ["Ward 1", "Ward 2"]);
  assert.deepEqual(ids({ words: "break", theme: "pay" }), []);
  assert.equal(passes(cells["pay Ward 2"], { state: "unknown" }), true);
});

test("keys move within the grid", () => {
  const at = { row: 1, column: 1 };
  const to = (key, rows = 3, columns = 3) => moved(at, key, rows, columns);
  assert.deepEqual(to("ArrowDown"), { row: 2, column: 1 });
  assert.deepEqual(to("ArrowUp"), { row: 0, column: 1 });
  assert.deepEqual(to("ArrowRight"), { row: 1, column: 2 });
  assert.deepEqual(to("ArrowRight", 3, 2), { row: 1, column: 1 });
  assert.deepEqual(to("ArrowLeft"), { row: 1, column: 0 });
  assert.deepEqual(to("PageDown", 30), { row: 6, column: 1 });
  assert.deepEqual(to("PageUp"), { row: 0, column: 1 });
  assert.deepEqual(to("Home"), { row: 1, column: 0 });
  assert.deepEqual(to("End", 3, 9), { row: 1, column: 8 });
  assert.deepEqual(to("Ctrl+Home"), { row: 0, column: 0 });
  assert.deepEqual(to("Ctrl+End"), { row: 2, column: 2 });
  assert.equal(to("a"), null);
  assert.equal(to("ArrowDown", 0), null);
});

test("the next cell, line by line and round again", () => {
  const is = (row, column) => (at) => at.row === row && at.column === column;
  assert.deepEqual(nextCell({ row: 0, column: 1 }, 2, 2, () => true), { row: 1, column: 0 });
  assert.deepEqual(nextCell({ row: 1, column: 1 }, 2, 2, () => true), { row: 0, column: 0 });
  assert.deepEqual(nextCell({ row: 1, column: 1 }, 2, 2, is(1, 1)), { row: 1, column: 1 });
  assert.equal(nextCell({ row: 0, column: 0 }, 2, 2, () => false), null);
  assert.equal(nextCell({ row: 0, column: 0 }, 0, 0, () => true), null);
});
