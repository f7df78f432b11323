"""Passages on a plane, for print: signs as well as colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.reporting._canvas import INK, add_caption, as_words, count_of, new_axes, wrap
from qualcode.reporting._topic_groups import groups_of, middles

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw_topic_map"]

# marker, and whether it is filled
_SIGNS = (
    ("o", True),
    ("s", False),
    ("^", True),
    ("x", True),
    ("D", False),
    ("v", True),
    ("+", True),
    ("o", False),
    ("s", True),
)
_WIDTH, _HEIGHT = 9.0, 6.4


def draw_topic_map(
    texts: pd.DataFrame, names: list[str], *, what: str, most: int, ax: Axes | None
) -> Axes:
    """Draw each passage as the sign of its group, and each topic's number in its middle."""
    ax = new_axes(ax, width=_WIDTH, height=_HEIGHT)
    x, y = (texts[axis].to_numpy() for axis in ("x", "y"))
    # Small dots first: what is told apart lies above what is not.
    groups = groups_of(names, most)
    for group in sorted(groups, key=lambda one: (one.sign >= 0, one.sign)):
        rows = list(group.rows)
        label = f"{wrap(group.name, 32, most=2)} ({len(rows):,})"
        ax.scatter(x[rows], y[rows], label=label, **_look(group.sign, group.colour))
    for topic, across, up in middles(texts):
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": INK, "alpha": 0.85}
        ax.text(across, up, str(topic), ha="center", va="center", fontsize=9, bbox=box, zorder=5)
    ax.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xticks=[], yticks=[])
    _legend(ax, [f"{wrap(one.name, 32, most=2)} ({len(one.rows):,})" for one in groups], what)
    ax.set_title(wrap(_finding(texts), 90))
    add_caption(ax, _caption(texts), width=120)
    as_words(ax)
    return ax


def _look(sign: int, colour: str) -> dict[str, Any]:
    if sign < 0:
        return {"marker": ".", "s": 9, "color": colour, "linewidths": 0}
    marker, filled = _SIGNS[sign]
    if marker in "x+":
        return {"marker": marker, "s": 22, "color": colour, "linewidths": 1.1}
    face = colour if filled else "none"
    return {"marker": marker, "s": 20, "facecolors": face, "edgecolors": colour, "linewidths": 0.9}


def _legend(ax: Axes, order: list[str], what: str) -> None:
    """Write the legend beside the map, the largest group first."""
    handles, labels = ax.get_legend_handles_labels()
    places = sorted(range(len(labels)), key=lambda place: order.index(labels[place]))
    ax.legend(
        [handles[place] for place in places],
        [labels[place] for place in places],
        title=wrap(what.capitalize(), 32, most=1),
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        frameon=False,
        fontsize=8,
        alignment="left",
        borderaxespad=0,
    )


def _finding(texts: pd.DataFrame) -> str:
    inside = int(texts["topic"].notna().sum())
    topics = count_of(texts["topic"].nunique(), "topic")
    return f"{inside:,} of {len(texts):,} passages lie in {topics}"


def _caption(texts: pd.DataFrame) -> str:
    interviews = count_of(texts["transcript_id"].nunique(), "interview")
    return (
        "Passages lie near each other where a machine reads them as alike; directions mean "
        "nothing, and far distances little. Numbers in boxes are topics. "
        f"n = {count_of(len(texts), 'passage')}, {interviews}."
    )
