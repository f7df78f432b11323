"""Saturation as a picture: the actual order, random orders, and the expected curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from qualcode.analysis.saturation.saturation import Saturation

__all__ = ["plot_saturation"]

_BAND, _EXPECTED, _BAR = "#dcdcdc", "#5a5a5a", "#4d6a87"


def plot_saturation(result: Saturation, *, ax: Axes | None = None) -> Axes:
    """Draw how codes were heard: in the actual order, in random orders, and as expected.

    Parameters
    ----------
    result : Saturation
        As `saturation` gives it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A line with marks for the actual order, bars for new codes, a band for random orders, a
        dashed line with thin dotted ones for the rarefaction curve and its interval, and the base
        and the run that confirms saturation below. The title is the verdict.

    Examples
    --------
    >>> from qualcode.analysis.saturation.saturation import saturation
    >>> from qualcode.study.example import example_study
    >>> result = saturation(example_study(), level="theme", base=2, run=1)
    >>> plot_saturation(result).get_title(loc="left").replace("\\n", " ")
    'New themes fall to 5% or less at 2+1; half of all random orders are there by 2+1'
    """
    with house_style():
        ax = new_axes(ax, width=8, height=4.6)
        _draw_curves(ax, result.curve, result.level, result.orders.confidence)
        _set_axes(ax, result)
        _mark_point(ax, result)
        ax.set_title(wrap(result.finding, 72))
        ax.set_xlabel(f"Interviews, taken {result.order}", loc="left")
        ax.set_ylabel(f"{result.level.capitalize()}s heard")
        ax.legend(
            facecolor="white", edgecolor="none", framealpha=0.9, loc="center right", fontsize=8
        )
        add_caption(ax, _caption(result), width=108)
        as_words(ax)
    return ax


def _draw_curves(ax: Axes, curve: pd.DataFrame, level: str, confidence: float) -> None:
    x, middle = curve["position"], f"{confidence * 100:g}%"
    ax.fill_between(
        x,
        curve["orders_low"],
        curve["orders_high"],
        color=_BAND,
        linewidth=0,
        label=f"random orders, middle {middle}",
    )
    ax.plot(x, curve["expected"], color=_EXPECTED, linestyle="--", lw=1.2, label="expected")
    for end, label in (("expected_low", "its 95% interval"), ("expected_high", None)):
        ax.plot(x, curve[end], color=_EXPECTED, linestyle=":", lw=1, label=label)
    ax.bar(x, curve["new_codes"], color=_BAR, width=0.45, label=f"new {level}s")
    ax.plot(x, curve["codes"], color=INK, marker="o", ms=3.5, lw=1.4, label="actual order")


def _set_axes(ax: Axes, result: Saturation) -> None:
    from matplotlib.ticker import MaxNLocator

    most = max([1.0, *result.curve["expected_high"].dropna(), result.heard])
    ax.set_xlim(0.3, max(len(result.table), 1) + 0.7)
    ax.set_ylim(-0.13 * most, most * 1.05)
    ax.xaxis.set_major_locator(MaxNLocator(14, integer=True, min_n_ticks=1))
    steps = MaxNLocator(6, integer=True, min_n_ticks=1).tick_values(0, most)
    ax.set_yticks([step for step in steps if 0 <= step <= most * 1.05])
    ax.grid(axis="y", color=PALE, linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)


def _mark_point(ax: Axes, result: Saturation) -> None:
    """Draw the base and the confirming run as brackets below zero, with their names."""
    point, depth = result.point, ax.get_ylim()[0]
    spans: list[tuple[float, float, str]] = [(1, min(point.base, point.interviews), "base")]
    if point.reached:
        spans.append((point.n + 1, point.n + point.run, f"run: {point.label}"))
        ax.axvline(point.n + 0.5, color=INK, lw=0.8, ls=(0, (1, 2)), zorder=0)
    for first, last, name in spans:
        ax.plot(
            [first - 0.4, last + 0.4], [depth * 0.3] * 2, color=INK, lw=2.5, solid_capstyle="butt"
        )
        ax.text(first - 0.4, depth * 0.42, name, ha="left", va="top", fontsize=8)


def _caption(result: Saturation) -> str:
    from qualcode.analysis.saturation.saturation import CAUTION

    point = result.point
    n = f"n = {count_of(len(result.table), 'interview')}, {count_of(result.heard, result.level)} given by coder {result.coder}."
    left = (
        f" {count_of(len(result.left_out), 'interview')} without a coding left out."
        if result.left_out
        else ""
    )
    how = (
        f" Guest, Namey and Chen (2020): base {point.base}, run {point.run}, at most "
        f"{point.threshold * 100:g}% new; {count_of(result.orders.orders, 'random order')}. "
    )
    return f"{n}{left}{how}{CAUTION}"
