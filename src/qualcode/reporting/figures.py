"""Figures: the title says what is found, the caption on how much it rests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import write_whole
from qualcode.analysis.counts import body_theme_matrix, theme_table
from qualcode.errors import ExportError
from qualcode.reporting._canvas import house_style, render
from qualcode.reporting._folders import make_folder

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["plot_matrix", "plot_portrait", "plot_themes", "save_figure"]

_FORMS = {".svg": "svg", ".png": "png"}


def plot_themes(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    of_bodies: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar for each theme: in how many bodies it is heard.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    of_bodies : int, optional
        The number of bodies interviewed (see `theme_table`).
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The themes of most bodies first. ``ax.figure`` shows itself in a notebook.

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.
    UnknownValueError
        If `of_bodies` is less than the bodies in `segments`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> plot_themes(study.segments(), study.codebook).get_title(loc="left")
    'Rest is heard in 3 of 3 bodies'
    """
    from qualcode.reporting._bars import draw_bars

    with house_style():
        return draw_bars(theme_table(segments, codebook, of_bodies=of_bodies), segments, ax)


def plot_matrix(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    count: str = "codings",
    bodies: Iterable[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw bodies by themes, darker where there is more, with the numbers in the cells.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    count, bodies
        As for `body_theme_matrix`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Readable without colour. ``ax.figure`` shows itself in a notebook.

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.
    UnknownValueError
        If `count` is something else, or `bodies` lacks one that is heard.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> plot_matrix(study.segments(), study.codebook).get_title(loc="left")
    'Rest is heard in 3 of 3 bodies, Pay in none'
    """
    from qualcode.reporting._heat_map import draw_heat_map

    matrix = body_theme_matrix(segments, codebook, count=count, bodies=bodies)
    with house_style():
        return draw_heat_map(matrix, segments, count=count, ax=ax)


def plot_portrait(
    transcript: Transcript,
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    x: str = "turns",
    ax: Axes | None = None,
) -> Axes:
    """Draw one interview from left to right: stripes where each theme is heard, and who speaks.

    Parameters
    ----------
    transcript : Transcript
        The interview.
    segments : pandas.DataFrame
        The frame ``segments``; those of other transcripts are left out.
    codebook : Codebook
        The codes.
    x : {'turns', 'time'}, default 'turns'
        Every turn as wide as every other, or as long as it took (minutes). How long the last turn
        took is guessed from the speed of those before.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each theme heard, in it a lane for each coder; below, a row for each speaker.
        A synthetic transcript is called so in the caption.

    Raises
    ------
    UnknownValueError
        If `x` is something else, or is ``time`` and a turn has none.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> ax = plot_portrait(study.corpus["ward-1"], study.segments(), study.codebook)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Rest', 'INT (Interviewer)', 'NN (Night nurse)']
    """
    from qualcode.reporting._portrait import draw_portrait

    with house_style():
        return draw_portrait(transcript, segments, codebook, x=x, ax=ax)


def save_figure(ax: Axes | Figure, path: Path | str) -> Path:
    """Write a figure to a file, whole or not at all; the same figure gives the same bytes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or matplotlib.figure.Figure
        The figure, or axes of it.
    path : Path or str
        Ends in ``.svg`` or ``.png`` (200 dots an inch); the folder is made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        If the ending is another, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> ax = plot_themes(study.segments(), study.codebook)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(ax, Path(folder) / "themes.svg").name
    'themes.svg'
    """
    path = Path(path)
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        what = f"no figure can be written as {path.suffix!r}"
        raise ExportError(what, file=path, mend=f"end the name in {' or '.join(_FORMS)}")
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ExportError("the axes are on no figure", file=path, mend="draw on a figure's axes")
    make_folder(path)
    write_whole(path, render(figure, form), error=ExportError)
    return path
