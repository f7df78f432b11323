"""A framework matrix as a workbook: the matrix, and its quotes on a sheet of their own.

Beside each theme a narrow column leads to the quotes: a cell that is a link itself loses its line
ends in LibreOffice. Heights of rows are reckoned, since LibreOffice does not fit them.
Every text goes in as a string, which no spreadsheet runs, whatever it begins with.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualcode._text import clean

if TYPE_CHECKING:
    from qualcode.reporting._framework_texts import Grid, TextCell

__all__ = ["xlsx_bytes"]

# A date that is the same each time; a file's own date is in the file system.
_MADE = datetime(2000, 1, 1)
_MOST = 32_000  # letters; a cell holds 32,767 UTF-16 units
_CUT = " … (cut: a spreadsheet's cell holds no more)"
_CASE, _THEME, _LINK = 20, 38, 9  # widths, in letters
_LINE, _MOST_HIGH = 15, 400  # heights, in points
_QUOTE_COLUMNS = (
    ("No.", 6),
    ("Case", 20),
    ("Theme", 24),
    ("Quote", 80),
    ("Who and where", 44),
    ("Coding", 38),
)
# xlsxwriter escapes such text once too often where a cell has two kinds of type.
_LIKE_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_")
_MATRIX, _QUOTES = "Framework", "Quotes"


def xlsx_bytes(grid: Grid, *, title: str, note: str) -> bytes:
    """Write a matrix as XLSX."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, {**options, "strings_to_numbers": False})
    book.set_properties({"title": clean(title)[:255], "created": _MADE})
    looks = _looks(book)
    matrix, quotes = book.add_worksheet(_MATRIX), book.add_worksheet(_QUOTES)
    top = _write_top(matrix, looks, title, note)
    _write_matrix(matrix, looks, grid, top)
    _write_quotes(quotes, looks, grid, top)
    book.close()
    return stream.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999"}
    head = {**cell, "bold": True, "valign": "bottom", "bottom": 2, "bg_color": "#EEEEEE"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True}),
        "head": book.add_format(head),
        "case": book.add_format({**cell, "bold": True}),
        "cell": book.add_format(cell),
        "plain": book.add_format({}),
        "facts": book.add_format({"italic": True, "font_size": 9, "font_color": "#444444"}),
        "only facts": book.add_format(
            {**cell, "italic": True, "font_size": 9, "font_color": "#444444"}
        ),
        "link": book.add_format({**cell, "underline": 1, "font_color": "#0B5CAD"}),
    }


def _safe(text: str) -> str:
    """Give text that a cell can hold as it is.

    xlsxwriter takes a whole string that looks like its own markup for that: a space ends it.
    """
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > _MOST:
        text = text[: _MOST // 2] + _CUT
    return f"{text} " if text.endswith("</r>") else text


def _write_top(sheet: Any, looks: dict[str, Any], title: str, note: str) -> int:
    """Write title and note; give the row of the heads."""
    row = 0
    for text, look in ((title, "title"), (note, "note")):
        if clean(text):
            sheet.write_string(row, 0, _safe(clean(text)), looks[look])
            row += 1
    return row


def _write_matrix(sheet: Any, looks: dict[str, Any], grid: Grid, top: int) -> None:
    heads = [grid.head, *(head for theme in grid.themes for head in (theme, "Quotes"))]
    for column, head in enumerate(heads):
        sheet.write_string(top, column, _safe(head), looks["head"])
        width = _CASE if column == 0 else _THEME if column % 2 else _LINK
        sheet.set_column(column, column, width)
    for row, (case, cells) in enumerate(zip(grid.cases, grid.rows, strict=True), start=top + 1):
        sheet.write_string(row, 0, _safe(case), looks["case"])
        for number, cell in enumerate(cells):
            _write_cell(sheet, looks, row, 2 * number + 1, cell)
        sheet.set_row(row, _height((case, _CASE), *((cell.text, _THEME) for cell in cells)))
    sheet.freeze_panes(top + 1, 1)
    _set_print(sheet, top)


def _height(*cells: tuple[str, int]) -> float:
    """Reckon the height of a row: its longest cell, a line for each part that fits the width."""
    lines = max(sum(1 + len(part) // width for part in text.split("\n")) for text, width in cells)
    return min(_MOST_HIGH, _LINE * lines + 2)


def _write_cell(sheet: Any, looks: dict[str, Any], row: int, column: int, cell: TextCell) -> None:
    """Write a summary and what stands behind it, and beside it a link to the quotes."""
    look = looks["cell" if cell.summary else "only facts"]
    if cell.summary and cell.facts and not _LIKE_ESCAPED.search(cell.summary):
        parts = (looks["plain"], f"{_safe(cell.summary)}\n", looks["facts"], cell.facts)
        sheet.write_rich_string(row, column, *parts, look)
    else:
        sheet.write_string(row, column, _safe(cell.text), look)
    if not cell.quotes:
        sheet.write_blank(row, column + 1, None, look)
        return
    first, last = cell.quotes[0].number, cell.quotes[-1].number
    text = str(first) if first == last else f"{first}–{last}"
    # The row of a quote on its sheet is its number and that of the heads.
    where = f"internal:'{_QUOTES}'!A{first + 1}"
    sheet.write_url(row, column + 1, where, looks["link"], text, "to the quotes of this cell")


def _write_quotes(sheet: Any, looks: dict[str, Any], grid: Grid, top: int) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    for column, (head, width) in enumerate(_QUOTE_COLUMNS):
        sheet.write_string(0, column, head, looks["head"])
        sheet.set_column(column, column, width)
    places = {
        id(cell): (row, 2 * number - 1)
        for row, cells in enumerate(grid.rows, start=top + 1)
        for number, cell in enumerate(cells, start=1)
    }
    for row, (cell, one) in enumerate(grid.quotes, start=1):
        back = f"internal:'{_MATRIX}'!{xl_rowcol_to_cell(*places[id(cell)])}"
        sheet.write_url(row, 0, back, looks["link"], str(one.number), "back to its cell")
        texts = (cell.case, cell.theme, one.words, one.source, one.coding_id)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, _safe(text), looks["cell"])
        widths = [width for _, width in _QUOTE_COLUMNS[1:]]
        sheet.set_row(row, _height(*zip(texts, widths, strict=True)))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(grid.quotes)), len(_QUOTE_COLUMNS) - 1)
    _set_print(sheet, 0)


def _set_print(sheet: Any, head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(head)
    sheet.fit_to_pages(1, 0)
