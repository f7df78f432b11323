"""Figures of suggestions: whether their probabilities hold, and which codes they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.calibration import brier_score, calibration_error, calibration_table
from qualcode.errors import UnknownValueError, clip
from qualcode.reporting._canvas import (
    INK,
    PALE,
    add_caption,
    as_words,
    count_of,
    house_style,
    new_axes,
    wrap,
)
from qualcode.reporting._interval import draw_interval
from qualcode.reporting.agreement_figures import short_names

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["plot_calibration", "plot_suggestion_scores"]

_GREY, _ROOM = "#8a8a8a", 0.16  # below 0, for the histogram
_MEASURES = {"f1": "F1", "ap": "Average precision"}
_FEW = 20  # passages, to speak of their share in the title


def plot_calibration(
    held_out: pd.DataFrame, *, bins: int = 10, kind: str = "width", ax: Axes | None = None
) -> Axes:
    """Draw how often a code was given, of the passages for which it was called so likely.

    Parameters
    ----------
    held_out : pandas.DataFrame
        The frame ``held_out``, or rows of it, such as those of one code.
    bins : int, default 10
        At most so many groups of passages.
    kind : {'width', 'quantile'}, default 'width'
        As for `calibration_table`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A reliability diagram: on the dashed line probabilities mean what they say, above it they
        are too low, below it too high. Below 0 a histogram of all probabilities, its bars as high
        as the logarithm of what they count.

    Raises
    ------
    UnknownValueError
        As for `calibration_table`.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> plot_calibration(empty_frame("held_out")).get_title(loc="left")
    'Nothing was suggested yet'
    """
    table = calibration_table(held_out["probability"], held_out["coded"], bins=bins, kind=kind)
    # The last digits of probabilities differ between processors; a drawing must not.
    table = table.round({"mean_probability": 3})
    with house_style():
        ax = new_axes(ax, width=5.8, height=6.4)
        ax.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        columns = ("mean_probability", "coded_share", "coded_low", "coded_high")
        for at, share, low, high in zip(*(table[name].tolist() for name in columns), strict=True):
            draw_interval(ax, (low, high), at, upright=True)
            ax.plot(at, share, "o", color=INK, ms=5)
        _draw_histogram(ax, held_out)
        ax.set_xlim(-0.02, 1.02)
        ax.set_ylim(-_ROOM, 1.02)
        ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"])
        ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"])
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines["left"].set_bounds(0, 1)
        ax.set_xlabel("Called so likely (mean of each group of passages)", loc="left")
        ax.set_ylabel("Was coded so")
        ax.set_title(wrap(_calibration_finding(table), 52))
        add_caption(ax, _calibration_caption(held_out, table), width=78)
        as_words(ax)
    return ax


def _draw_histogram(ax: Axes, held_out: pd.DataFrame) -> None:
    import numpy as np

    many, edges = np.histogram(held_out["probability"], bins=50, range=(0, 1))
    high = np.log1p(many)
    if high.max() > 0:
        heights = (_ROOM - 0.04) * high / high.max()
        ax.bar(edges[:-1], heights, 0.02, bottom=-_ROOM, align="edge", color=_GREY, linewidth=0)


def _calibration_finding(table: pd.DataFrame) -> str:
    """Say what the highest probabilities come to, of those that are not too few."""
    if not len(table):
        return "Nothing was suggested yet"
    enough = table[table["passages"] >= _FEW]
    last = (enough if len(enough) else table).iloc[-1]
    return f"Of what is called {last.mean_probability:.0%} likely, {last.coded_share:.0%} was coded"


def _calibration_caption(held_out: pd.DataFrame, table: pd.DataFrame) -> str:
    many = count_of(len(held_out), "decision")
    where = count_of(held_out["transcript_id"].nunique(), "interview")
    brier = brier_score(held_out["probability"], held_out["coded"])
    return (
        f"n = {many} (passage × code) in {where}, none of which the model had seen. Lines: exact "
        "intervals, which take passages for independent. Bars: how many decisions have such a "
        f"probability, on a log scale. Brier score {brier:.3f}; expected calibration error "
        f"{calibration_error(table):.3f} over {count_of(len(table), 'group')}."
    )


def plot_suggestion_scores(
    codes: pd.DataFrame, *, measure: str = "f1", most: int = 40, ax: Axes | None = None
) -> Axes:
    """Draw how well each code is suggested, beside how well two people agree on it.

    Parameters
    ----------
    codes : pandas.DataFrame
        The frame ``suggestion_codes``.
    measure : {'f1', 'ap'}, default 'f1'
        The score.
    most : int, default 40
        How many codes to show at most: those given most often; the caption counts the others.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The best first. A dot with its interval for the machine, a hollow diamond for two people,
        where their F1 is known.

    Raises
    ------
    UnknownValueError
        If `measure` is something else.

    Examples
    --------
    >>> import pandas as pd
    >>> codes = pd.DataFrame({
    ...     "code_path": ["Rest", "Pay"], "passages": [30, 12], "f1": [0.6, 0.2],
    ...     "f1_low": [0.5, 0.1], "f1_high": [0.7, 0.4], "human_f1": [0.7, 0.5],
    ... })
    >>> print(plot_suggestion_scores(codes).get_title(loc="left"))
    F1 of suggestions lies between 0.20 (Pay) and 0.60
    (Rest)
    """
    if measure not in _MEASURES:
        raise UnknownValueError(f"measure={measure!r}", mend="use 'f1' or 'ap'")
    shown = codes.sort_values("passages", ascending=False, kind="stable").head(most)
    shown = shown.sort_values(measure, ascending=False, kind="stable", na_position="last")
    names = short_names(shown["code_path"].tolist())
    labels = [
        f"{wrap(name, 40, most=2)}  (n = {many:,})"
        for name, many in zip(names, shown["passages"], strict=True)
    ]
    with house_style():
        lines = sum(1 + label.count("\n") for label in labels)
        ax = new_axes(ax, width=8, height=2.1 + 0.22 * lines)
        people = _draw_scores(ax, shown, measure)
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(max(len(labels), 1) - 0.4, -0.6)
        ax.set_xlim(-0.02, 1.02)
        ax.grid(axis="x", color=PALE, linewidth=0.6)
        ax.spines[["top", "right", "left"]].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel(f"{_MEASURES[measure]} (1: all found and nothing else)", loc="left")
        ax.set_title(wrap(_scores_finding(shown[measure].tolist(), names, measure), 50))
        add_caption(ax, _scores_caption(len(codes) - len(shown), people=people), width=72)
        as_words(ax)
    return ax


def _draw_scores(ax: Axes, shown: pd.DataFrame, measure: str) -> bool:
    """Draw the marks, and tell whether any is of two people."""
    nothing = [float("nan")] * len(shown)
    people = shown["human_f1"].tolist() if measure == "f1" else nothing
    columns: Any = (shown[f"{measure}{end}"].tolist() for end in ("", "_low", "_high"))
    for place, (score, low, high, human) in enumerate(zip(*columns, people, strict=True)):
        if human == human:
            ax.plot(human, place, "D", color=INK, markerfacecolor="white", ms=6.5)
        if score != score:
            ax.text(0, place, " not defined", va="center", fontsize=8)
            continue
        draw_interval(ax, (low, high), place, upright=False)
        ax.plot(score, place, "o", color=INK, ms=5)
    return any(human == human for human in people)


def _scores_finding(scores: list[float], names: list[str], measure: str) -> str:
    known = [(score, name) for score, name in zip(scores, names, strict=True) if score == score]
    if not known:
        return "No code can be scored"
    (high, best), (low, worst) = known[0], known[-1]
    if len(known) == 1:
        return f"{_MEASURES[measure]} of suggestions is {high:.2f} for {clip(best, 50)}"
    return (
        f"{_MEASURES[measure]} of suggestions lies between {low:.2f} ({clip(worst, 45)}) and "
        f"{high:.2f} ({clip(best, 45)})"
    )


def _scores_caption(left_out: int, *, people: bool) -> str:
    human = " Diamonds: two people against each other." if people else ""
    more = f" Not shown: {count_of(left_out, 'code')} given less often." if left_out else ""
    return (
        "In brackets how many passages have the code. Dots: suggestions by models that had not "
        f"seen the interview; lines: where the score would lie if other interviews had been "
        f"drawn.{human}{more}"
    )
