"""Frames as tables that a journal would print."""

from __future__ import annotations

import html as html_escape
import re
from typing import TYPE_CHECKING, Any

from qualcode._text import clean
from qualcode.errors import ExportError, clip
from qualcode.reporting._display import Shown, show_frame

if TYPE_CHECKING:
    import pandas as pd
    from great_tables import GT

__all__ = ["to_gt"]

_FONTS = ["Georgia", "Cambria", "Times New Roman", "serif"]
_RULE = "#222222"


def to_gt(
    frame: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    source_note: str = "",
    id: str = "qualcode",
) -> GT:
    """Make a great_tables table of a frame.

    Text is flush left, numbers flush right in figures of one width, with a rule above, below and
    under the heads. Ids of codings, codes and themes stand back where names are shown, and so do
    empty footnotes and memos; bodies are given with their share: ``2 of 3 (67%)``.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame. An index with a name becomes the first column.
    title, subtitle, source_note : str
        Above and below the table; text, not Markdown. Nothing stands where they are empty.
    id : str, default "qualcode"
        The table's HTML id, different for each table of a page; letters, digits, ``-`` and ``_``.
        It is fixed so that a table made twice is the same byte for byte.

    Returns
    -------
    great_tables.GT
        All text from the frame is escaped.

    Raises
    ------
    ExportError
        If the id holds other characters.

    Examples
    --------
    >>> import pandas as pd
    >>> table = to_gt(pd.DataFrame({"quote": ["<b>No</b> break"]}), title="Rest", id="rest")
    >>> "&lt;b&gt;No&lt;/b&gt; break" in table.as_raw_html()
    True
    """
    import pandas as pd
    from great_tables import GT, html

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", id):
        mend = "begin with a letter, then letters, digits, - and _"
        raise ExportError(f"{clip(id)!r} cannot be a table's id", mend=mend)
    shown = show_frame(frame)
    # Names of columns come from outside too (a matrix has themes there): great_tables sees none.
    names = [f"column-{number}" for number in range(1, len(shown) + 1)]
    cells = {name: list(one.cells) for name, one in zip(names, shown, strict=True)}
    labels: dict[str, Any] = {
        name: html(_escape(one.label)) for name, one in zip(names, shown, strict=True)
    }
    table = GT(pd.DataFrame(cells, dtype="object"), id=id).fmt(_escape, columns=names)
    table = table.cols_label(labels)
    if title or subtitle:
        table = table.tab_header(
            html(_escape(title)), html(_escape(subtitle)) if subtitle else None
        )
    if source_note:
        table = table.tab_source_note(html(_escape(source_note)))
    return _set_looks(table, names, shown)


def _escape(text: str) -> str:
    """Write text as HTML, out of reach of great_tables' units and of a notebook's formulas.

    great_tables takes ``{{x}}`` for a unit of measurement, a notebook ``$x$`` for a formula.
    """
    escaped = html_escape.escape(clean(text)).replace("{", "&#123;")
    if "$" in escaped or "\\" in escaped:
        return f'<span class="tex2jax_ignore mathjax_ignore">{escaped}</span>'
    return escaped


def _set_looks(table: Any, names: list[str], shown: tuple[Shown, ...]) -> GT:
    """Set the type as a journal would: three rules, no bands, no colours."""
    from great_tables import loc, style

    pairs = list(zip(names, shown, strict=True))
    numeric = [name for name, one in pairs if one.numeric]
    text = [name for name, one in pairs if not one.numeric]
    before = [name for name, one in pairs if one.is_before]
    prose = [name for name, one in pairs if one.is_prose]
    phrases = [name for name, one in pairs if one.is_phrase]
    short = [name for name, one in pairs if one.is_short]
    table = table.cols_align("left", columns=text).cols_align("right", columns=numeric + before)
    figures = "font-variant-numeric: tabular-nums lining-nums;"
    for columns, css in (
        (names, "vertical-align: top;"),
        (numeric, figures),
        (text, "white-space: pre-line;"),
        (short, "white-space: nowrap;"),
        (phrases, "min-width: 11em;"),
        (prose, "min-width: 16em; max-width: 36em;"),
    ):
        if columns:
            table = table.tab_style(style.css(css), loc.body(columns=columns))
    looks: GT = table.tab_options(**_OPTIONS)
    return looks


_OPTIONS: dict[str, Any] = {
    "table_font_names": _FONTS,
    "table_font_size": "14px",
    "heading_align": "left",
    "heading_title_font_size": "16px",
    "heading_subtitle_font_size": "14px",
    "heading_border_bottom_style": "none",
    "table_border_top_style": "none",
    "table_border_bottom_style": "none",
    "column_labels_font_weight": "bold",
    "column_labels_border_top_style": "solid",
    "column_labels_border_top_width": "2px",
    "column_labels_border_top_color": _RULE,
    "column_labels_border_bottom_style": "solid",
    "column_labels_border_bottom_width": "1px",
    "column_labels_border_bottom_color": _RULE,
    "table_body_hlines_style": "none",
    "table_body_border_top_style": "none",
    "table_body_border_bottom_style": "solid",
    "table_body_border_bottom_width": "2px",
    "table_body_border_bottom_color": _RULE,
    "source_notes_font_size": "12px",
    "data_row_padding": "5px",
}
