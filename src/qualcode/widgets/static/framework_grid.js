// The matrix as a grid: one cell holds the focus, arrows move it; heads stay in sight.

import { el, fill } from "./dom.js";
import { moved, nameOf, nextCell, passes, sayCounts, shownRows, STATES } from "./framework_cells.js";
import { codeOf } from "./look.js";
import { swatch } from "./margin.js";

const KINDS = { body: "Body", transcript: "Interview", speaker: "Person" };

/** Make the grid. `on` hears `open(row, theme)`. */
export function makeGrid(on) {
  const head = el("thead", {});
  const body = el("tbody", {});
  const table = el("table", { role: "grid", class: "qc-grid" }, head, body);
  const none = el("p", { class: "qc-none", hidden: true, text: "No cell passes the filters." });
  const root = el("div", { class: "qc-grid-pane" }, table, none);
  let rows = [];
  let columns = [];
  let cells = {};
  let at = { row: 0, column: 0 };
  let laid = "";
  const made = new Map(); // name -> {element, and what it shows: cell, isOpen, dim}

  function draw({ state, open, looks, filter }) {
    const before = rows[at.row]?.id;
    ({ columns, cells } = state);
    rows = shownRows(state.rows, columns, cells, filter);
    const same = rows.findIndex((row) => row.id === before);
    at = { row: Math.max(0, same >= 0 ? same : Math.min(at.row, rows.length - 1)), column: Math.max(0, Math.min(at.column, columns.length - 1)) };
    const hadFocus = root.contains(document.activeElement);
    lay(state, looks);
    for (const row of rows) for (const theme of columns) paint(row.id, theme, open, filter);
    setTab("0");
    none.hidden = rows.length > 0;
    table.hidden = !rows.length;
    if (hadFocus && !root.contains(document.activeElement)) focus();
  }

  /** Make rows and heads anew, if they are other ones than before. */
  function lay(state, looks) {
    const shown = JSON.stringify([state.kind, rows, columns.map((id) => [codeOf(looks, id).path, codeOf(looks, id).colour])]);
    if (shown === laid) return;
    laid = shown;
    made.clear();
    table.setAttribute("aria-label", `Framework matrix: ${rows.length} rows, ${columns.length} columns. Enter opens a cell`);
    fill(
      head,
      el("tr", { role: "row" }, el("th", { role: "columnheader", scope: "col", text: KINDS[state.kind] }), ...columns.map((id) => columnHead(codeOf(looks, id)))),
    );
    fill(body, ...rows.map((row) => el("tr", { role: "row" }, rowHead(row), ...columns.map((theme) => cellFor(row.id, theme)))));
  }

  const columnHead = (code) => el("th", { role: "columnheader", scope: "col", title: [code.path, code.definition].filter(Boolean).join(": ") }, el("span", { class: "qc-column-name" }, swatch(code), code.path));
  const rowHead = (row) => el("th", { role: "rowheader", scope: "row" }, el("span", { dir: "auto", text: row.id || "no body given" }), row.about ? el("small", { dir: "auto", text: row.about }) : null);

  function cellFor(row, theme) {
    const element = el("td", {
      role: "gridcell",
      tabindex: "-1",
      "data-case": row,
      "data-theme": theme,
      on: { focus: () => goTo(placeOf(row, theme), false), dblclick: () => on.open(row, theme) },
    });
    made.set(nameOf(theme, row), { element });
    return element;
  }

  function paint(row, theme, open, filter) {
    const known = made.get(nameOf(theme, row));
    const cell = cells[nameOf(theme, row)];
    const isOpen = open?.case === row && open?.theme === theme;
    const dim = !passes(cell, filter);
    if (known.cell === cell && known.isOpen === isOpen && known.dim === dim) return;
    Object.assign(known, { cell, isOpen, dim });
    const [sign, says] = STATES[cell.state];
    known.element.className = `qc-cell qc-cell-${cell.state}${isOpen ? " qc-chosen" : ""}${dim ? " qc-dim" : ""}`;
    known.element.setAttribute("aria-selected", String(isOpen));
    fill(
      known.element,
      el(
        "p",
        { class: "qc-cell-facts" },
        el("span", { class: "qc-cell-sign", "aria-hidden": "true", text: sign }),
        el("span", { text: sayCounts(cell) }),
        cell.state === "stale" ? el("b", { class: "qc-stale", text: "stale" }) : null,
        el("span", { class: "qc-unseen", text: `, ${says}. ` }),
      ),
      cell.summary ? el("p", { class: "qc-cell-text", dir: "auto", text: cell.summary }) : null,
    );
  }

  const placeOf = (row, theme) => ({ row: rows.findIndex((one) => one.id === row), column: columns.indexOf(theme) });
  const elementAt = ({ row, column }) => made.get(nameOf(columns[column], rows[row]?.id))?.element;
  const setTab = (value) => elementAt(at)?.setAttribute("tabindex", value);

  function goTo(place, focusToo = true) {
    if (!place || place.row < 0 || place.column < 0) return false;
    setTab("-1");
    at = place;
    setTab("0");
    if (focusToo) focus();
    return true;
  }

  function focus() {
    const element = elementAt(at);
    element?.focus({ preventScroll: true });
    if (element) reveal(element);
  }

  /** Scroll a cell out from under the heads, and nothing around the grid. */
  function reveal(element) {
    const [box, pane] = [element.getBoundingClientRect(), root.getBoundingClientRect()];
    const [top, left] = [pane.top + head.offsetHeight, pane.left + (body.querySelector("th")?.offsetWidth ?? 0)];
    if (box.top < top) root.scrollTop -= top - box.top;
    else if (box.bottom > pane.top + root.clientHeight) root.scrollTop += Math.min(box.bottom - pane.top - root.clientHeight, box.top - top);
    if (box.left < left) root.scrollLeft -= left - box.left;
    else if (box.right > pane.left + root.clientWidth) root.scrollLeft += Math.min(box.right - pane.left - root.clientWidth, box.left - left);
  }

  return {
    root,
    draw,
    focus,
    /** Follow a key; false if it is none that moves. */
    press: (key) => goTo(moved(at, key, rows.length, columns.length)),
    /** Go to the next cell in one of some states; false if there is none. */
    seek(states) {
      const accept = ({ row, column }) => states.includes(cells[nameOf(columns[column], rows[row].id)].state);
      return goTo(nextCell(at, rows.length, columns.length, accept));
    },
    goTo: (row, theme) => goTo(placeOf(row, theme)),
    reveal: () => elementAt(at) && reveal(elementAt(at)),
    get at() {
      return rows[at.row] ? { case: rows[at.row].id, theme: columns[at.column] } : null;
    },
  };
}
