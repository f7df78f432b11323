// What a cell of the framework matrix is, in signs and words; which ones are shown; where keys go.

/** state -> [sign, what it says] */
export const STATES = {
  empty: ["–", "no codings"],
  open: ["○", "no summary yet"],
  done: ["●", "summarised"],
  stale: ["◐", "stale: its codings have changed since"],
};

/** choice of the filter -> the states that pass */
export const CHOICES = [
  ["", "Cells: all", null],
  ["todo", "Cells: to be written or read again", ["open", "stale"]],
  ["open", "Cells: without summary", ["open"]],
  ["stale", "Cells: stale", ["stale"]],
  ["done", "Cells: summarised", ["done", "stale"]],
  ["empty", "Cells: empty", ["empty"]],
];

/** The name of a cell among all. */
export function nameOf(theme, row) {
  return `${theme} ${row}`;
}

const counted = (number, one, several) => `${number} ${number === 1 ? one : several}`;

/** How much stands behind a cell: codings, people, and those against. */
export function sayCounts({ codings, people, contrary }) {
  if (!codings) return "";
  const parts = [counted(codings, "coding", "codings"), counted(people, "person", "people")];
  return [...parts, contrary ? `${contrary} against` : ""].filter(Boolean).join(" · ");
}

/** How far the work has come: cells with codings that have a summary, and stale ones. */
export function progressOf(cells) {
  const coded = Object.values(cells).filter((cell) => cell.codings);
  const written = coded.filter((cell) => cell.summary).length;
  const stale = Object.values(cells).filter((cell) => cell.stale).length;
  return `${written} of ${coded.length} cells with codings summarised${stale ? `, ${stale} stale` : ""}`;
}

/** Whether a cell passes the filter {state, theme, words}. */
export function passes(cell, { state = "", theme = "", words = "" }) {
  const states = CHOICES.find(([id]) => id === state)?.[2] ?? null;
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = cell.summary.toLocaleLowerCase();
  return (!states || states.includes(cell.state)) && (!theme || cell.theme === theme) && wanted.every((word) => text.includes(word));
}

/** The rows that have a cell that passes. */
export function shownRows(rows, columns, cells, filter) {
  return rows.filter((row) => columns.some((theme) => passes(cells[nameOf(theme, row.id)], filter)));
}

/** Where a key goes from {row, column}; null if it goes nowhere. */
export function moved({ row, column }, key, rows, columns, page = 5) {
  const to = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + page, column],
    PageUp: [row - page, column],
    Home: [row, 0],
    End: [row, columns - 1],
    "Ctrl+Home": [0, 0],
    "Ctrl+End": [rows - 1, columns - 1],
  }[key];
  if (!to || !rows || !columns) return null;
  const within = (value, most) => Math.max(0, Math.min(most - 1, value));
  return { row: within(to[0], rows), column: within(to[1], columns) };
}

/** The next cell after {row, column}, line by line and round again, that a test accepts. */
export function nextCell({ row, column }, rows, columns, accept) {
  const total = rows * columns;
  for (let step = 1; step <= total; step += 1) {
    const index = (row * columns + column + step) % total;
    const at = { row: Math.floor(index / columns), column: index % columns };
    if (accept(at)) return at;
  }
  return null;
}
