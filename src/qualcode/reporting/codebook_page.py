"""The codebook as a page to read, print or put beside the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qualcode._text import clean
from qualcode.coding._code import one_line
from qualcode.errors import UnknownValueError, clip
from qualcode.reporting._codebook_entries import make_entries, total_counts
from qualcode.reporting._codebook_html import html_page
from qualcode.reporting._codebook_markdown import markdown_page

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook

__all__ = ["render_codebook"]

_PAGES = {"markdown": markdown_page, "html": html_page}


def render_codebook(
    codebook: Codebook,
    segments: pd.DataFrame | None = None,
    *,
    format: Literal["markdown", "html"] = "markdown",
    title: str | None = None,
) -> str:
    """Render a codebook with definitions, inclusion, exclusion, example and counts.

    Each code has a number, a name, its id and its colour; a contents list links to each. The HTML
    is one page that needs no other file and runs no script; it is set for screen, light or dark,
    and for paper. All text of the codebook is escaped.

    Parameters
    ----------
    codebook : Codebook
        The codes.
    segments : pandas.DataFrame, optional
        The frame ``segments``, one row a coding; of its columns `code_id`, `transcript_id` and
        `body` are counted, for each code alone and with all codes below it. Without it no counts
        are given.
    format : {'markdown', 'html'}
        Markdown as GitHub and pandoc read it, or a whole HTML page.
    title : str, optional
        The page's title, instead of the codebook's own.

    Returns
    -------
    str
        The page.

    Raises
    ------
    UnknownValueError
        If there is no such format, or the segments lack a column.
    UnknownCodeError
        If a segment has a code that the codebook does not hold.

    Examples
    --------
    >>> from qualcode.coding.codebook import Code, Codebook
    >>> print(render_codebook(Codebook((Code("delay", "Delay", "Waiting."),), "Complaints")))
    # Complaints
    <BLANKLINE>
    1 code, 1 theme.
    ...
    """
    if format not in _PAGES:
        mend = f"the formats are {', '.join(_PAGES)}"
        raise UnknownValueError(f"no format {clip(str(format))!r}", mend=mend)
    entries = make_entries(codebook, segments)
    total = None if segments is None else total_counts(segments)
    heading = clean(one_line(codebook.title if title is None else title)) or "Codebook"
    return _PAGES[format](heading, entries, total)
