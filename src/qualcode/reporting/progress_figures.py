"""Figures of the work itself: how the coding went on, and how the codes grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.reporting._canvas import (
    PALE,
    add_caption,
    as_words,
    count_of,
    house_style,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["plot_days", "plot_growth"]

_LINE, _BAR = "#222222", "#4d6a87"
# A coder's line is told by its marks and dashes; shades of grey only help.
_LINES = (
    ("o", "-", "#222222"),
    ("s", "--", "#6b6b6b"),
    ("^", ":", "#222222"),
    ("D", "-.", "#888888"),
)


def plot_growth(growth: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many codes are known after each interview, and how many each adds.

    Parameters
    ----------
    growth : pandas.DataFrame
        The frame ``code_growth``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Bars for new codes, a line for all so far; the title says where the last new code comes.

    Examples
    --------
    >>> from qualcode.analysis.progress import code_growth
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> growth = code_growth(study.segments(), study.interviews, study.codebook)
    >>> plot_growth(growth).get_title(loc="left")
    'The last new code comes in interview 2 of 3'
    """
    from matplotlib.ticker import MaxNLocator

    with house_style():
        ax = new_axes(ax, width=8, height=3.8)
        ax.bar(growth["position"], growth["new_codes"], color=_BAR, width=0.7, label="new codes")
        ax.plot(
            growth["position"],
            growth["codes"],
            color=_LINE,
            marker="o",
            ms=3.5,
            label="codes so far",
        )
        ax.set_title(wrap(_growth_finding(growth), 70))
        ax.set_xlabel("Interviews in order of their date", loc="left")
        ax.set_ylabel("Codes")
        ax.xaxis.set_major_locator(MaxNLocator(15, integer=True, min_n_ticks=1))
        ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.grid(axis="y", color=PALE, linewidth=0.6)
        ax.spines[["top", "right"]].set_visible(False)
        ax.legend(frameon=False, loc="center right")
        codes = int(growth["codes"].max()) if len(growth) else 0
        caption = f"n = {count_of(len(growth), 'interview')}, {count_of(codes, 'code')} heard."
        add_caption(ax, caption, width=88)
        as_words(ax)
    return ax


def _growth_finding(growth: pd.DataFrame) -> str:
    new = growth[growth["new_codes"] > 0]
    if new.empty:
        return "No code is given yet"
    last = int(new["position"].iloc[-1])
    return f"The last new code comes in interview {last} of {len(growth)}"


def plot_days(days: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many codings each coder had added by each day.

    Parameters
    ----------
    days : pandas.DataFrame
        The frame ``coding_days``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A line for each coder, told by its marks as well as its shade.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> day = {"interviews": 1, "recoded": 0, "removed": 0, "memos": 0}
    >>> days = [day | {"coder": "ann", "date": "2026-05-04", "added": 12},
    ...         day | {"coder": "ann", "date": "2026-05-06", "added": 30}]
    >>> plot_days(make_frame("coding_days", days)).get_title(loc="left")
    'ann added 42 codings on 2 days'
    """
    import matplotlib.dates as mdates

    with house_style():
        ax = new_axes(ax, width=8, height=3.6)
        for number, (coder, rows) in enumerate(days.groupby("coder", sort=True)):
            marker, dashes, shade = _LINES[number % len(_LINES)]
            ax.plot(
                rows["date"],
                rows["added"].cumsum(),
                marker=marker,
                linestyle=dashes,
                color=shade,
                ms=4,
                label=str(coder),
            )
        ax.set_title(wrap(_days_finding(days), 70))
        ax.set_xlabel("Day of coding", loc="left")
        ax.set_ylabel("Codings added so far")
        locator = mdates.AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_locator(locator)
        formatter = mdates.ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
        ax.xaxis.set_major_formatter(formatter)
        ax.grid(axis="y", color=PALE, linewidth=0.6)
        ax.spines[["top", "right"]].set_visible(False)
        if len(days):
            ax.legend(frameon=False, loc="upper left", title="Coder")
        changed = int(days["recoded"].sum() + days["removed"].sum())
        caption = f"n = {count_of(int(days['added'].sum()), 'coding')} added, {changed:,} given another code or removed."
        add_caption(ax, caption, width=88)
        as_words(ax)
    return ax


def _days_finding(days: pd.DataFrame) -> str:
    if days.empty:
        return "Nothing is coded yet"
    added = days.groupby("coder")["added"].agg(["sum", "size"])
    parts = [
        f"{coder} added {count_of(int(row['sum']), 'coding')} on {count_of(int(row['size']), 'day')}"
        for coder, row in added.iterrows()
    ]
    return "; ".join(parts)
