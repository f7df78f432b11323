"""The coded transcript as a page to read, print or send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.coding._code import one_line
from qualcode.reporting._transcript_html import transcript_html
from qualcode.reporting._transcript_view import gather
from qualcode.reporting.html_page import HtmlPage
from qualcode.study._filters import Wanted, match_values

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = ["render_transcript"]


def render_transcript(
    study: Study,
    transcript_id: str,
    *,
    coder: Wanted | None = None,
    code: Wanted | None = None,
    title: str | None = None,
) -> HtmlPage:
    """Render a coded transcript as one HTML page, turn by turn, with its codings.

    Each coding is a line under its words and a stripe in the margin with the code's name; a code
    has a kind of line as well as a colour. Who gave it and the memo are seen when its name is
    pointed at or has the focus, and stand below the name on paper. The legend is a filter: tick
    codes, or coders where there are several, to see only these. The page needs no other file and
    runs no script; it is set for screen, light or dark, and for paper. All text is escaped.

    Parameters
    ----------
    study : Study
        The study.
    transcript_id : str
        Which transcript.
    coder : str or iterable of str, optional
        Whose codings; by default the coder that ``study.yaml`` names, else everybody. ``"*"`` is
        everybody.
    code : str or iterable of str, optional
        Ids of the codes to show; what is below a code counts as the code. By default all.
    title : str, optional
        The page's title, instead of the transcript's id and body.

    Returns
    -------
    HtmlPage
        The page: text that a notebook shows as a page, with `save` to write it to a file.

    Raises
    ------
    SourceError
        If there is no such transcript.
    UnknownCodeError
        If there is no such code.
    UnknownValueError
        If there is no such coder.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> page = render_transcript(example_study(), "ward-2", coder="ben")
    >>> "<dt>Coded by</dt><dd><bdi>ben (2)</bdi></dd>" in page
    True
    """
    transcript = study.corpus[transcript_id]
    coder = coder or study.settings.coder or None
    segments = study.segments(code, coder=coder, transcript=transcript.id)
    view = gather(study, transcript, segments, _adrift(study, transcript.id, coder, code))
    heading = view.title if title is None else clean(one_line(title)) or view.title
    label = study.settings.synthetic_label if transcript.synthetic else ""
    page = transcript_html(
        view,
        study.codebook,
        title=heading,
        study_title=study.settings.title,
        synthetic=label,
    )
    return HtmlPage(page)


def _adrift(
    study: Study, transcript_id: str, coder: Wanted | None, code: Wanted | None
) -> pd.DataFrame:
    """Give the codings that would be shown if they could be placed."""
    rows = study.adrift
    rows = rows[rows["transcript_id"] == transcript_id]
    if coder is not None:
        everybody = study.codings.coders
        coders = match_values(coder, rows["coder"], what="coder", everywhere=lambda: everybody)
        rows = rows[rows["coder"].isin(coders)]
    if code is not None:
        ids = [code] if isinstance(code, str) else list(code)
        wanted = {one for name in ids for one in study.codebook.descendants(name)}
        rows = rows[rows["code_id"].map(study.codebook.resolve).isin(wanted)]
    return rows
