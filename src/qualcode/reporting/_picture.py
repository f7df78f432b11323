"""A figure that a notebook can show without pyplot."""

from __future__ import annotations

from matplotlib.figure import Figure

from qualcode.reporting._canvas import render

__all__ = ["Picture"]


class Picture(Figure):
    """A figure that shows itself in a notebook, as SVG that is the same each time."""

    def _repr_svg_(self) -> str:
        return render(self, "svg").decode("utf-8")
