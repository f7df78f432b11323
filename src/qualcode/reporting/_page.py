"""A frame as a web page that needs nothing but itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.reporting._display import Shown, show_frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["page_bytes"]

# A spreadsheet that opens the page takes cells of class "t" as text, not as formulas.
_STYLE = """
body { margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222; background: #fff;
  font: 16px/1.45 Georgia, Cambria, "Times New Roman", serif; }
table { border-collapse: collapse; border-bottom: 2px solid #222; }
caption { text-align: left; font-weight: bold; padding-bottom: .6em; }
th { text-align: left; vertical-align: bottom; padding: .4em 1em .4em 0;
  border-top: 2px solid #222; border-bottom: 1px solid #222; }
td { text-align: left; vertical-align: top; padding: .4em 1em .4em 0; white-space: pre-line; }
td.t { mso-number-format: "\\@"; }
th.n, td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.s { white-space: nowrap; }
td.p { min-width: 18em; max-width: 38em; }
p.note { font-size: .875em; max-width: 60em; white-space: pre-line; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page_bytes(frame: pd.DataFrame, *, title: str, note: str, id: str) -> bytes:
    """Write a frame as an HTML page: UTF-8, escaped, without scripts or links."""
    shown = show_frame(frame)
    heads = "".join(
        f'<th scope="col"{_class("n" * one.numeric)}>{_escape(one.label)}</th>' for one in shown
    )
    opens = [_opening(one) for one in shown]
    rows = "\n".join(
        "<tr>"
        + "".join(f"{td}{_escape(cell)}</td>" for td, cell in zip(opens, cells, strict=True))
        + "</tr>"
        for cells in zip(*(one.cells for one in shown), strict=True)
    )
    caption = f"<caption>{_escape(title)}</caption>\n" if title else ""
    below = f'<p class="note">{_escape(note)}</p>\n' if note else ""
    page = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_escape(title or id)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<table id="{_escape(id)}">\n{caption}<thead>\n<tr>{heads}</tr>\n</thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n{below}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _opening(column: Shown) -> str:
    if column.numeric:
        return f"<td{_class('n')}>"
    return f"<td{_class('t' + ' p' * column.is_prose + ' s' * column.is_short)}>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _escape(text: str) -> str:
    return escape(clean(text))
