"""A framework matrix as a Word document: A4 on its side, heads repeated, each quote a footnote."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from qualcode._text import clean
from qualcode.reporting._docx import (
    _EMPTY,
    _LONG,
    _MARGIN,
    _pack_again,
    _set_page,
    _set_properties,
    _text_xml,
)
from qualcode.reporting._footnotes import add_footnotes, reference_xml

if TYPE_CHECKING:
    from qualcode.reporting._framework_texts import Grid, TextCell

__all__ = ["framework_docx_bytes"]

# Columns of themes, and the size of type from so many on, in half points.
_SIZES = ((0, 18), (5, 16), (8, 14), (11, 12))
_MOST_WHOLE = 1200  # letters of a cell up to which its row stays on one page
_CASE = 1700  # twentieths of a point
_ROOM = _LONG - 2 * _MARGIN
_RULE = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'


def framework_docx_bytes(grid: Grid, *, title: str, note: str) -> bytes:
    """Write a matrix as DOCX."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    _set_page(document, landscape=True)
    _set_properties(document, title)
    if title:
        document.add_paragraph(clean(title), style="Caption").paragraph_format.keep_with_next = True
    document.element.body.insert(-1, parse_xml(_EMPTY))  # before the section's properties
    if note:
        document.add_paragraph(clean(note), style="Body Text")
    add_footnotes(document, [_note_xml(one.words, one.source) for _, one in grid.quotes])
    stream = io.BytesIO()
    document.save(stream)
    return _pack_again(stream.getvalue(), _table_xml(grid, title).encode("utf-8"))


def _note_xml(words: str, source: str) -> str:
    flat = " ".join(words.split())
    return f"<w:r>{_text_xml(f'“{flat}” {source}')}</w:r>"


def _table_xml(grid: Grid, title: str) -> str:
    columns = max(1, len(grid.themes))
    size = [points for least, points in _SIZES if columns >= least][-1]
    widths = [_CASE, *[(_ROOM - _CASE) // columns] * len(grid.themes)]
    inner = _RULE.format("insideH", 4, "999999") + _RULE.format("insideV", 4, "CCCCCC")
    outer = _RULE.format("top", 12, "222222"), _RULE.format("bottom", 12, "222222")
    space = '<w:{} w:w="70" w:type="dxa"/>'
    heads = [_cell_xml(_run(text, size, bold=True), w) for text, w in _heads(grid, widths)]
    rows = "".join(
        _row_xml(
            [_cell_xml(_run(case, size, bold=True), widths[0]), *_cells(cells, widths, size)],
            whole=max((len(cell.text) for cell in cells), default=0) < _MOST_WHOLE,
        )
        for case, cells in zip(grid.cases, grid.rows, strict=True)
    )
    grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{outer[0]}{outer[1]}{inner}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{space.format('left')}{space.format('right')}</w:tblCellMar>"
        f"<w:tblCaption w:val={quoteattr(clean(title))}/></w:tblPr>"
        f"<w:tblGrid>{grid_columns}</w:tblGrid>"
        f"{_row_xml(heads, head=True)}{rows}</w:tbl>"
    )


def _heads(grid: Grid, widths: list[int]) -> list[tuple[str, int]]:
    return list(zip((grid.head, *grid.themes), widths, strict=True))


def _cells(cells: tuple[TextCell, ...], widths: list[int], size: int) -> list[str]:
    return [
        _cell_xml(_content_xml(cell, size), width)
        for cell, width in zip(cells, widths[1:], strict=True)
    ]


def _content_xml(cell: TextCell, size: int) -> str:
    """Write the summary, what stands behind it, and the marks of the footnotes."""
    marks = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>, </w:t></w:r>'.join(
        reference_xml(one.number) for one in cell.quotes
    )
    facts = _run(cell.facts, size - 2, italic=True) if cell.facts else ""
    if not cell.summary:
        return f"{facts}{marks}" or _run(cell.text, size)
    line = "<w:r><w:br/></w:r>" if facts else ""
    return f"{_run(cell.summary, size)}{marks}{line}{facts}"


def _run(text: str, size: int, *, bold: bool = False, italic: bool = False) -> str:
    looks = f"{'<w:b/>' * bold}{'<w:i/>' * italic}"
    return f'<w:r><w:rPr>{looks}<w:sz w:val="{size}"/></w:rPr>{_text_xml(text)}</w:r>'


def _cell_xml(content: str, width: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="left"/></w:pPr>{content}</w:p></w:tc>'
    )


def _row_xml(cells: list[str], *, head: bool = False, whole: bool = True) -> str:
    looks = f"<w:trPr>{'<w:cantSplit/>' * whole}{'<w:tblHeader/>' * head}</w:trPr>"
    looks = looks if whole or head else ""
    return f"<w:tr>{looks}{''.join(cells)}</w:tr>"
