"""Figures of topics: topics by codes, and passages on a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.errors import UnknownValueError
from qualcode.reporting._canvas import house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from qualcode.reporting.html_page import HtmlPage

__all__ = ["plot_topic_codes", "plot_topic_map", "render_topic_map"]


def plot_topic_codes(
    table: pd.DataFrame, codes: pd.DataFrame, *, most: int = 24, ax: Axes | None = None
) -> Axes:
    """Draw topics by codes, darker where they share more passages, with the numbers in the cells.

    Parameters
    ----------
    table : pandas.DataFrame of int, shape (topics, codes)
        Passages in both: the `table` of a `Crosswalk`.
    codes : pandas.DataFrame
        The frame ``code_topics`` of the same.
    most : int, default 24
        At most so many codes: those found best.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Codes stand in order of their best topics, so that what fits lies near the diagonal. An
        asterisk marks the best topic of a code that is found more than by chance.

    Examples
    --------
    >>> import pandas as pd
    >>> from qualcode.frames import make_frame
    >>> table = pd.DataFrame([[4]], index=["bed, sleep"], columns=["Rest"])
    >>> best = {"code_id": "rest", "code_path": "Rest", "passages": 5, "topic": 1, "shared": 4}
    >>> rates = {"precision": 0.8, "recall": 0.8, "f1": 0.8, "chance_f1": 0.3, "p": 0.01}
    >>> row = best | rates | {"label": "bed, sleep", "q": 0.01, "found": True}
    >>> codes = make_frame("code_topics", [row])
    >>> " ".join(plot_topic_codes(table, codes).get_title(loc="left").split())
    'Rest and topic 1 (bed, sleep) fit best: 4 of 5 passages'
    """
    from qualcode.reporting._topic_codes import draw_topic_codes

    with house_style():
        return draw_topic_codes(table, codes, most=most, ax=ax)


def plot_topic_map(
    texts: pd.DataFrame,
    groups: Sequence[str] | pd.Series[str],
    *,
    what: str = "theme",
    most: int = 9,
    ax: Axes | None = None,
) -> Axes:
    """Draw passages on a map, near each other where a machine reads them as alike.

    Parameters
    ----------
    texts : pandas.DataFrame
        The frame ``topic_texts``.
    groups : sequence of str, as long as `texts`
        What each passage is drawn as: the `code_of` of a `Crosswalk`, say; nothing for none.
    what : str, default 'theme'
        What the groups are called.
    most : int, default 9
        How many groups, the largest, have a sign of their own; at most 9.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Groups differ by sign as well as by colour; each topic's number stands in its middle.
        Directions on the map mean nothing, and far distances little.

    Raises
    ------
    UnknownValueError
        If there are not as many groups as texts.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> where = {"transcript_id": "ward-1", "body": "Ward 1", "body_type": "", "speaker": "NN"}
    >>> place = {"role": "Nurse", "turn": 2, "start": 0, "end": 8, "text": "No break."}
    >>> row = where | place | {"topic": 1, "strength": 1.0, "x": 0.2, "y": 0.9}
    >>> ax = plot_topic_map(make_frame("topic_texts", [row]), ["Rest"])
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Rest (1)']
    """
    from qualcode.reporting._topic_map import draw_topic_map

    _check(texts, groups)
    with house_style():
        return draw_topic_map(texts, list(groups), what=what, most=most, ax=ax)


def render_topic_map(
    texts: pd.DataFrame,
    groups: Sequence[str] | pd.Series[str],
    *,
    what: str = "theme",
    most: int = 9,
    topics: pd.DataFrame | None = None,
    title: str = "Passages on a map",
    note: str = "",
) -> HtmlPage:
    """Make the map as a page that shows a passage's words when the pointer rests on it.

    Parameters
    ----------
    texts, groups, what, most
        As for `plot_topic_map`.
    topics : pandas.DataFrame, optional
        The frame ``topics``, for the topics' names.
    title : str, optional
        What stands above the map.
    note : str, optional
        What to say of the words, for synthetic transcripts.

    Returns
    -------
    HtmlPage
        One page without a script, which shows itself in a notebook and saves itself.

    Raises
    ------
    UnknownValueError
        If there are not as many groups as texts.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> "<svg" in render_topic_map(empty_frame("topic_texts"), [])
    True
    """
    from qualcode.reporting._topic_page import topic_page
    from qualcode.reporting.html_page import HtmlPage

    _check(texts, groups)
    labels = {} if topics is None else dict(zip(topics["topic"], topics["label"], strict=True))
    return HtmlPage(
        topic_page(texts, list(groups), labels, what=what, most=most, title=title, note=note)
    )


def _check(texts: pd.DataFrame, groups: Sequence[str] | pd.Series[str]) -> None:
    if len(texts) != len(groups):
        what = f"there are {len(texts)} texts and {len(groups)} groups"
        raise UnknownValueError(what, mend="give one group for each text")
