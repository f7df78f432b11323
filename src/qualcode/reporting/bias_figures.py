"""For whom suggestions fail, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import clip
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

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["plot_bias"]

_SURE = 0.05


def plot_bias(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw, for each group, the share missed and the share of false alarms.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame ``suggestion_bias``, or rows of it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row a group: a circle for what is missed, below it a square for false alarms, with their
        intervals. Hollow marks are of groups of fewer than 5 people. A row whose adjusted p is at
        most 0.05 says so.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> plot_bias(empty_frame("suggestion_bias")).get_title(loc="left")
    'There is no group to compare'
    """
    groups = [wrap(one, 34, most=2) for one in frame["group"]]
    labels = [
        f"{name}\n({count_of(coded, 'coding')} of {people:,} {'person' if people == 1 else 'people'})"
        for name, coded, people in zip(groups, frame["coded"], frame["people"], strict=True)
    ]
    with house_style():
        lines = sum(1.2 + label.count("\n") for label in labels)
        ax = new_axes(ax, width=8, height=2.2 + 0.21 * lines)
        for kind, mark, shift in (("missed", "o", -0.16), ("false_alarm", "s", 0.16)):
            _draw_errors(ax, frame, kind, mark, shift)
        ax.set_yticks(range(len(labels)), labels)
        ax.set_ylim(max(len(labels), 1) - 0.4, -0.6)
        ax.set_xlim(-0.02, 1.02)
        ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"])
        ax.grid(axis="x", color=PALE, linewidth=0.6)
        ax.spines[["top", "right", "left"]].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("Circles: share missed. Squares: share of false alarms.", loc="left")
        ax.set_title(wrap(_bias_finding(frame), 58))
        add_caption(ax, _bias_caption(frame), width=90)
        as_words(ax)
    return ax


def _draw_errors(ax: Axes, frame: pd.DataFrame, kind: str, mark: str, shift: float) -> None:
    names = (f"{kind}_share", f"{kind}_share_low", f"{kind}_share_high", f"{kind}_q", "small")
    for place, row in enumerate(zip(*(frame[name].tolist() for name in names), strict=True)):
        share, low, high, q, small = row
        if share != share:
            ax.text(0, place + shift, " not defined", va="center", fontsize=7.5)
            continue
        draw_interval(ax, (low, high), place + shift, upright=False)
        ax.plot(share, place + shift, mark, color=INK, ms=5, mfc="white" if small else INK)
        if q <= _SURE:
            end = high if high == high else share
            words = f"  q = {q:.3f}" if q >= 0.001 else "  q < 0.001"
            side, at = ("left", end) if end < 0.85 else ("right", low if low == low else share)
            words = words if side == "left" else f"{words.strip()}  "
            ax.text(at, place + shift, words, va="center", ha=side, fontsize=7.5)


def _bias_finding(frame: pd.DataFrame) -> str:
    """Say of whom most is missed, and whether that is more than chance."""
    known = frame.dropna(subset="missed_share").sort_values("missed_share", kind="stable")
    if len(known) < 2:
        return "There is no group to compare"
    least, most = known.iloc[0], known.iloc[-1]
    least_q, most_q = least["missed_q"], most["missed_q"]
    named = f"{clip(most['group'], 40)} ({most['missed_share']:.0%})"
    if least_q != least_q and most_q != most_q:
        return f"Most is missed of {named}; whether by chance cannot be said"
    if most_q != most_q:
        return f"Most is missed of {named}, which cannot be tested"
    if min(q if q == q else 1.0 for q in (least_q, most_q)) > _SURE:
        return f"Most is missed of {named}, but no more than chance would explain"
    return f"More is missed of {named} than of {clip(least['group'], 40)} ({least['missed_share']:.0%})"


def _bias_caption(frame: pd.DataFrame) -> str:
    few = " Hollow: fewer than 5 people." if frame["small"].any() else ""
    said = count_of(int(frame["people"].sum()), "person").replace("persons", "people")
    return (
        f"n = {said} in {count_of(len(frame), 'group')}. Missed: of what was coded, what was not "
        "suggested. False alarms: of what was not coded, what was suggested. Lines: 95% intervals "
        "unless others were asked for; interviews drawn again, or exact ones in groups of few "
        f"interviews. q: adjusted p of a group against all others, groups shuffled.{few}"
    )
