"""A frame as a Word document: one table with its caption and note, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from qualcode._text import clean
from qualcode.reporting._display import Shown, show_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["docx_bytes"]

# A date that is the same each time; a file's own date is in the file system.
_MADE = datetime(2000, 1, 1)
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_FONT = "Times New Roman"
# In twentieths of a point: A4, with margins of 2 cm.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
_EMPTY = '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
# Letters that fit on a line, and the size of type from so many letters on.
_PORTRAIT_LETTERS = 100
_SIZES = ((0, 18), (160, 16), (190, 14), (230, 12))


def docx_bytes(frame: pd.DataFrame, *, title: str, note: str) -> bytes:
    """Write a frame as DOCX: caption, table with repeated heads, note; landscape if wide."""
    from docx import Document
    from docx.oxml import parse_xml

    shown = show_frame(frame)
    letters = [_letters(one) for one in shown]
    landscape = sum(letters) > _PORTRAIT_LETTERS
    document = Document()
    _set_page(document, landscape=landscape)
    _set_properties(document, title)
    if title:
        document.add_paragraph(clean(title), style="Caption").paragraph_format.keep_with_next = True
    room = (_LONG if landscape else _SHORT) - 2 * _MARGIN
    document.element.body.insert(-1, parse_xml(_EMPTY))  # before the section's properties
    if note:
        document.add_paragraph(clean(note), style="Body Text")
    stream = io.BytesIO()
    document.save(stream)
    table = _table_xml(shown, letters, room=room, title=title) if shown else ""
    return _pack_again(stream.getvalue(), table.encode("utf-8"))


def _letters(column: Shown) -> int:
    """Weigh a column: at least its longest word, at most half a line of prose; with margins."""
    words = [word for cell in (column.label, *column.cells) for word in cell.split()]
    longest = min(22, max((len(word) for word in words), default=1))
    return max(longest, min(60 if column.is_prose else 40, column.width)) + 3


def _set_page(document: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor, Twips

    section = document.sections[0]
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Twips(_MARGIN))
    for name, size in (("Normal", 10), ("Caption", 11), ("Body Text", 9)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(6)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title)[:255], "", ""
    properties.created = properties.modified = _MADE


def _table_xml(shown: tuple[Shown, ...], letters: list[int], *, room: int, title: str) -> str:
    """Write the table: three rules, heads that repeat, rows that stay whole."""
    total = max(1, sum(letters))
    size = [points for least, points in _SIZES if total >= least][-1]
    widths = [room * one // total for one in letters]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    columns = list(zip(shown, widths, strict=True))
    opens = [_cell_opening(one, width, size) for one, width in columns]
    head_opens = [_cell_opening(one, width, size, head=True) for one, width in columns]
    head = _row_xml(head_opens, [one.label for one in shown], head=True)
    rows = [_row_xml(opens, row) for row in zip(*(one.cells for one in shown), strict=True)]
    rule = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="222222"/>'
    space = '<w:{} w:w="85" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{rule.format('top', 12)}{rule.format('bottom', 12)}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{space.format('left')}{space.format('right')}</w:tblCellMar>"
        f"<w:tblCaption w:val={quoteattr(clean(title))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _cell_opening(column: Shown, width: int, size: int, *, head: bool = False) -> str:
    """Write what is the same in all cells of a column, up to the text."""
    rule = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="222222"/>'
    borders = f"<w:tcBorders>{rule}</w:tcBorders>" if head else ""
    align = f'<w:vAlign w:val="{"bottom" if head else "top"}"/>'
    flush = '<w:jc w:val="right"/>' if column.numeric else '<w:jc w:val="left"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}{align}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>{flush}'
        f'</w:pPr><w:r><w:rPr>{"<w:b/>" * head}<w:sz w:val="{size}"/></w:rPr>'
    )


def _row_xml(opens: list[str], cells: Any, *, head: bool = False) -> str:
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' * head}</w:trPr>"
    written = "".join(
        f"{opening}{_text_xml(cell)}</w:r></w:p></w:tc>"
        for opening, cell in zip(opens, cells, strict=True)
    )
    return f"<w:tr>{properties}{written}</w:tr>"


def _text_xml(text: str) -> str:
    """Write text with its line ends and tabs."""
    escaped = escape(clean(text).replace("\r\n", "\n").replace("\r", "\n"))
    inner = escaped.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    inner = inner.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{inner}</w:t>'


def _pack_again(data: bytes, table: bytes) -> bytes:
    """Put the table in its place, and give all parts of the zip one date.

    A table of thousands of rows takes python-docx half a minute; and a zip tells when it was made.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(stream, "w") as packed:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIPPED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            content = parts.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"<w:tbl/>", table, 1)
            packed.writestr(entry, content)
    return stream.getvalue()
