"""Topics by codes as a map of greys with the numbers written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import clip
from qualcode.reporting._canvas import add_caption, as_words, count_of, ink_on, new_axes, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw_topic_codes"]

_DARKEST = 0.72


def draw_topic_codes(
    table: pd.DataFrame, codes: pd.DataFrame, *, most: int, ax: Axes | None
) -> Axes:
    """Draw a table of topics (rows) by codes (columns)."""
    shown = codes.head(most).sort_values(
        ["topic", "f1"], ascending=[True, False], na_position="last", kind="stable"
    )
    matrix = table[shown["code_path"].tolist()]
    rows, columns = matrix.shape
    width, height = max(6.5, 3.4 + 0.46 * columns), 3.2 + 0.3 * max(1, rows)
    ax = new_axes(ax, width=width, height=height)
    _fill(ax, matrix, shown)
    ax.set_yticks(range(rows), [_row_name(n, name) for n, name in enumerate(table.index, 1)])
    ax.set_xticks(range(columns), _column_names([str(name) for name in matrix.columns]))
    ax.tick_params(length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
    for label in ax.get_xticklabels():
        label.set(rotation=45, ha="left", va="bottom", rotation_mode="anchor")
    ax.spines[:].set_visible(False)
    letters = int(10 * (width - 1.6))
    ax.set_title(wrap(_finding(codes), letters))
    what = str(table.columns.name or "code")
    add_caption(ax, _caption(codes, len(shown), what), width=int(letters * 1.4))
    as_words(ax)
    return ax


def _row_name(number: int, name: object) -> str:
    return f"{number}  {wrap(str(name), 46, most=1)}"


def _column_names(paths: list[str]) -> list[str]:
    """Give the last step of each code's path, or the last two where the last stands twice."""
    last = [path.split(" > ")[-1] for path in paths]
    names = [
        " > ".join(path.split(" > ")[-2:]) if last.count(name) > 1 else name
        for path, name in zip(paths, last, strict=True)
    ]
    return [wrap(name, 42, most=1) for name in names]


def _fill(ax: Axes, matrix: pd.DataFrame, shown: pd.DataFrame) -> None:
    import matplotlib as mpl
    import numpy as np

    values = matrix.to_numpy()
    rows, columns = values.shape
    most = max(1, int(values.max(initial=0)))
    greys = mpl.colormaps["Greys"]
    ax.set_xlim(-0.5, max(columns, 1) - 0.5)
    ax.set_ylim(max(rows, 1) - 0.5, -0.5)
    if values.size:
        ax.pcolormesh(
            np.arange(columns + 1) - 0.5,
            np.arange(rows + 1) - 0.5,
            values * (_DARKEST / most),
            cmap=greys,
            vmin=0,
            vmax=1,
            edgecolors="#ececec",
            linewidth=0.6,
        )
    best = zip(shown["topic"], shown["found"], strict=True)
    stars = {(topic - 1, place) for place, (topic, found) in enumerate(best) if found}
    for row, column in np.argwhere(values > 0):
        ink = ink_on(greys(values[row, column] * _DARKEST / most))
        text = f"{values[row, column]}" + "*" * ((row, column) in stars)
        ax.text(column, row, text, ha="center", va="center", color=ink, fontsize=8)


def _finding(codes: pd.DataFrame) -> str:
    found = codes.dropna(subset=["topic"])
    if found.empty:
        return "No topic and no code share a passage"
    row = found.iloc[0]
    name = clip(str(row["code_path"]).split(" > ")[-1], 50)
    topic = f"topic {row['topic']} ({clip(str(row['label']), 50)})"
    return f"{name} and {topic} fit best: {row['shared']} of {row['passages']} passages"


def _caption(codes: pd.DataFrame, shown: int, what: str) -> str:
    left_out = len(codes) - shown
    more = f" Not shown, being found less well: {count_of(left_out, what)}." if left_out else ""
    return (
        f"Numbers are passages with the {what} in the topic; the darker, the more. {what}s stand "
        f"in the order of their best topics. * the best topic of a {what}, better than by chance "
        f"(adjusted p at most .05): {int(codes['found'].sum())} of {len(codes)}.{more}"
    ).replace(f". {what}s", f". {what.capitalize()}s")
