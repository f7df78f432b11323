"""Bodies by themes as a map of greys with the numbers written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import clip
from qualcode.reporting._bars import n_of
from qualcode.reporting._canvas import add_caption, as_words, count_of, ink_on, new_axes, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw_heat_map"]

_FEW = 6
_DARKEST = 0.72


def draw_heat_map(
    matrix: pd.DataFrame, segments: pd.DataFrame, *, count: str, ax: Axes | None
) -> Axes:
    """Draw a frame of bodies (rows) by themes (columns)."""
    bodies, themes = matrix.shape
    wide = themes <= _FEW
    width = 1.9 + themes * (1.25 if wide else 0.6) + (0.2 if wide else 1.0)
    ax = new_axes(ax, width=max(6.5, width), height=2.1 + 0.3 * max(1, bodies) + 1.2 * (not wide))
    _fill(ax, matrix)
    ax.set_yticks(range(bodies), [wrap(str(body), 24, most=1) for body in matrix.index])
    ax.set_xticks(
        range(themes),
        [wrap(str(theme), 15 if wide else 30, most=3 if wide else 2) for theme in matrix.columns],
    )
    ax.tick_params(length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
    if not wide:
        for label in ax.get_xticklabels():
            label.set(rotation=45, ha="left", va="bottom", rotation_mode="anchor")
    ax.spines[:].set_visible(False)
    letters = int(10 * (max(6.5, width) - 1.4))
    ax.set_title(wrap(_finding(matrix), letters))
    caption = f"Numbers are {count}; the darker, the more. {n_of(segments)}"
    add_caption(ax, caption, width=int(letters * 1.45))
    as_words(ax)
    return ax


def _fill(ax: Axes, matrix: pd.DataFrame) -> None:
    """Shade the cells and write the numbers, light on dark."""
    import matplotlib as mpl

    values = matrix.to_numpy()
    rows, columns = values.shape
    most = max(1, int(values.max(initial=0)))
    greys = mpl.colormaps["Greys"]
    ax.set_xlim(-0.5, max(columns, 1) - 0.5)
    ax.set_ylim(max(rows, 1) - 0.5, -0.5)
    edges = [place - 0.5 for place in range(max(rows, columns) + 1)]
    if values.size:
        ax.pcolormesh(
            edges[: columns + 1],
            edges[: rows + 1],
            values * (_DARKEST / most),
            cmap=greys,
            vmin=0,
            vmax=1,
            edgecolors="white",
            linewidth=1,
        )
    for (row, column), value in ((place, values[place]) for place in _places(rows, columns)):
        ink = "#767676" if value == 0 else ink_on(greys(value * _DARKEST / most))
        ax.text(column, row, f"{value:,}", ha="center", va="center", color=ink, fontsize=8.5)


def _places(rows: int, columns: int) -> list[tuple[int, int]]:
    return [(row, column) for row in range(rows) for column in range(columns)]


def _finding(matrix: pd.DataFrame) -> str:
    """Say which theme is heard in the most bodies, and which in the fewest."""
    heard = (matrix > 0).sum()
    if not heard.sum():
        return "No theme is coded yet"
    order = sorted(range(len(heard)), key=lambda n: (-heard.iloc[n], -matrix.iloc[:, n].sum(), n))
    first, last = order[0], order[-1]
    total = count_of(len(matrix), "body")
    if heard.iloc[first] == heard.iloc[last]:
        return f"Every theme is heard in {heard.iloc[first]} of {total}"
    names = [clip(str(matrix.columns[n]), 50) for n in (first, last)]
    fewest = heard.iloc[last] or "none"
    return f"{names[0]} is heard in {heard.iloc[first]} of {total}, {names[1]} in {fewest}"
