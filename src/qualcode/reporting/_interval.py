"""An interval as a line with two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.reporting._canvas import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_interval"]


def draw_interval(ax: Axes, ends: tuple[float, float], at: float, *, upright: bool) -> None:
    """Draw it upright or lying at a place; nothing if it is not defined."""
    if ends[0] != ends[0]:
        return
    pair, mark = ([at, at], "_") if upright else (list(ends), "|")
    line = (pair, list(ends)) if upright else (pair, [at, at])
    ax.plot(*line, color=INK, linewidth=1.2, solid_capstyle="butt")
    ax.plot(*line, color=INK, marker=mark, ms=6, linestyle="")
