"""Themes as bars: in how many bodies each is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import clip
from qualcode.reporting._canvas import PALE, add_caption, as_words, count_of, new_axes, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw_bars", "n_of", "theme_finding"]

_BAR = "#4d6a87"


def draw_bars(themes: pd.DataFrame, segments: pd.DataFrame, ax: Axes | None) -> Axes:
    """Draw the frame ``theme_table``: the themes of most bodies first."""
    rows = themes.sort_values(["bodies", "codings"], ascending=False, kind="stable")
    labels = [wrap(theme, 30, most=2) for theme in rows["theme"]]
    lines = sum(max(1.4, 1 + label.count("\n")) for label in labels)
    ax = new_axes(ax, width=8, height=1.9 + 0.2 * lines)
    of_bodies = int(rows["of_bodies"].max()) if len(rows) else 0
    total = max(1, of_bodies)
    places = range(len(rows))
    ax.barh(places, rows["bodies"], height=0.66, color=_BAR)
    for place, bodies, codings in zip(places, rows["bodies"], rows["codings"], strict=True):
        ax.text(bodies + total * 0.012, place, f"{bodies}  ({codings:,})", va="center")
    ax.set_yticks(places, labels)
    ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    _set_axis(ax, total)
    ax.set_title(wrap(theme_finding(themes), 58))
    ax.set_xlabel(
        f"Bodies in which the theme is heard, of {of_bodies} (in brackets: codings)", loc="left"
    )
    add_caption(ax, n_of(segments), width=88)
    as_words(ax)
    return ax


def _set_axis(ax: Axes, total: int) -> None:
    """Write numbers of bodies below, and leave room for the counts beside the bars."""
    from matplotlib.ticker import MaxNLocator

    ax.set_xlim(0, total * 1.2)
    ticks = [int(tick) for tick in MaxNLocator(8, integer=True).tick_values(0, total)]
    ax.set_xticks(sorted({tick for tick in ticks if 0 <= tick <= total} | {total}))
    ax.grid(axis="x", color=PALE, linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines["bottom"].set_bounds(0, total)
    ax.tick_params(axis="y", length=0)


def theme_finding(themes: pd.DataFrame) -> str:
    """Say which themes are heard in the most bodies."""
    heard = themes[themes["bodies"] > 0]
    if heard.empty:
        return "No theme is coded yet"
    most, total = int(heard["bodies"].max()), int(heard["of_bodies"].max())
    names = [clip(name, 60) for name in heard.loc[heard["bodies"] == most, "theme"]]
    where = f"heard in {most} of {count_of(total, 'body')}"
    if len(names) == 1:
        return f"{names[0]} is {where}"
    if len(names) == 2:
        return f"{names[0]} and {names[1]} are each {where}"
    which = f"All {len(names)}" if len(names) == len(themes) else f"{len(names)} of {len(themes)}"
    return f"{which} themes are {where}"


def n_of(segments: pd.DataFrame) -> str:
    """Say how much a figure rests on."""
    counts = (
        ("interview", segments["transcript_id"].nunique()),
        ("body", segments["body"].nunique()),
        ("coding", len(segments)),
    )
    return (
        f"n = {', '.join(count_of(int(number), noun) for noun, number in counts)} "
        f"by {count_of(segments['coder'].nunique(), 'coder')}."
    )
