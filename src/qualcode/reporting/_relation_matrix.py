"""Codes by codes as a map of greys, those that go together beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.reporting._canvas import add_caption, as_words, count_of, ink_on, new_axes, wrap
from qualcode.reporting._relation_words import SURE, VALUES, caption, finding, is_directed, where_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["draw_relations"]

_DARKEST = 0.72


def draw_relations(
    relations: pd.DataFrame, segments: pd.DataFrame, *, value: str, most: int, ax: Axes | None
) -> Axes:
    """Draw the frame ``code_relations`` of one coder and kind."""
    names, left_out = _chosen(relations, value, most)
    table, stars = _tables(relations, names, value)
    order = _together(table)
    table, stars, names = table[order][:, order], stars[order][:, order], [names[n] for n in order]
    size = 0.44 * max(4, len(names))
    ax = new_axes(ax, width=3.6 + size, height=3.2 + 0.8 * size)
    _fill(ax, table, stars, hundredths=value in ("jaccard", "c"))
    labels = [wrap(name, 28, most=2) for _, name in names]
    ax.set_yticks(range(len(names)), labels, fontsize=8)
    ax.set_xticks(range(len(names)), labels, fontsize=8)
    ax.tick_params(length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
    for label in ax.get_xticklabels():
        label.set(rotation=45, ha="left", va="bottom", rotation_mode="anchor")
    ax.spines[:].set_visible(False)
    letters = int(10 * (2.8 + size))
    ax.set_title(wrap(finding(relations), letters))
    add_caption(ax, _caption(relations, segments, value, left_out), width=int(letters * 1.4))
    as_words(ax)
    return ax


def _caption(relations: pd.DataFrame, segments: pd.DataFrame, value: str, left_out: int) -> str:
    ways = {
        "order": "the code of the column comes next after the code of the row",
        "nested": "the code of the row lies inside the code of the column",
    }
    kind = str(relations["kind"].iloc[0]) if len(relations) else ""
    way = ways.get(kind, f"the two codes are {where_of(relations)}")
    parts = [f"Numbers are {VALUES[value]} in which {way}; the darker, the more."]
    if value in ("jaccard", "c"):
        parts = [f"Numbers are {VALUES[value]}; the darker, the more."]
    if left_out:
        parts.append(f"{count_of(left_out, 'code')} with none, or fewer, not shown.")
    return caption(relations, segments, *parts)


def _chosen(relations: pd.DataFrame, value: str, most: int) -> tuple[list[tuple[str, str]], int]:
    """Choose the codes that have the most, and count those left out."""
    total: dict[tuple[str, str], float] = {}
    for side in ("first", "second"):
        columns = (relations[f"{side}_id"], relations[side], relations[value].fillna(0))
        for code_id, name, number in zip(*columns, strict=True):
            key = (str(code_id), str(name))
            total[key] = total.get(key, 0) + float(number)
    ranked = sorted((key for key in total if total[key] > 0), key=lambda key: -total[key])
    kept = set(ranked[:most])
    return [key for key in total if key in kept], len(total) - len(kept)


def _tables(
    relations: pd.DataFrame, names: list[tuple[str, str]], value: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    import numpy as np

    place = {code_id: n for n, (code_id, _) in enumerate(names)}
    table = np.zeros((len(names), len(names)))
    stars = np.zeros_like(table, dtype=bool)
    columns = (relations[name] for name in ("first_id", "second_id", value, "q"))
    for first, second, number, q in zip(*columns, strict=True):
        if first in place and second in place:
            cell = place[first], place[second]
            table[cell], stars[cell] = number, q <= SURE
    if not is_directed(relations):
        return np.fmax(table, table.T), stars | stars.T
    return table, stars


def _together(table: NDArray[np.float64]) -> list[int]:
    """Order codes so that those often related stand beside each other (average linkage)."""
    import numpy as np
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(table) < 3:
        return list(range(len(table)))
    near = np.nan_to_num(table + table.T)
    own = near.sum(axis=1)
    shared = near / np.sqrt(np.outer(own, own))  # a frequent code is not near to everything
    far = shared.max() - shared
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(np.round(far, 9), checks=False), "average", optimal_ordering=True)
    return [int(n) for n in leaves_list(tree)]


def _fill(ax: Axes, table: Any, stars: Any, *, hundredths: bool) -> None:
    """Shade the cells and write the numbers, light on dark."""
    import matplotlib as mpl
    import numpy as np

    codes = len(table)
    shown = np.round(table * 100) if hundredths else table
    most = max(1.0, float(np.nanmax(shown, initial=0)))
    greys = mpl.colormaps["Greys"]
    ax.set_xlim(-0.5, max(codes, 1) - 0.5)
    ax.set_ylim(max(codes, 1) - 0.5, -0.5)
    edges = np.arange(codes + 1) - 0.5
    if codes:
        shades = np.nan_to_num(shown) * (_DARKEST / most)
        ax.pcolormesh(
            edges, edges, shades, cmap=greys, vmin=0, vmax=1, edgecolors="#ececec", linewidth=0.6
        )
    for row, column in np.argwhere(shown > 0):
        ink = ink_on(greys(shown[row, column] * _DARKEST / most))
        text = f"{shown[row, column]:.0f}" + "*" * bool(stars[row, column])
        ax.text(column, row, text, ha="center", va="center", color=ink, fontsize=8)
    for place in range(codes):
        ax.text(place, place, "–", ha="center", va="center", color="#8a8a8a", fontsize=8)
