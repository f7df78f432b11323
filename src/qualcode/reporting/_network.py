"""Codes as discs and their relations as lines between them, with labels that can be read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.reporting._boxes import Box, push_apart, text_size
from qualcode.reporting._canvas import INK, add_caption, as_words, count_of, new_axes, wrap
from qualcode.reporting._network_layout import layout
from qualcode.reporting._relation_words import (
    SURE,
    VALUES,
    caption,
    finding,
    is_directed,
    own_segments,
    where_of,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["draw_network"]

_WIDTH, _HEIGHT = 9.0, 6.0  # inches
_LABEL, _NUMBER = 8.0, 7.5  # points
_SMALLEST, _LARGEST = 0.07, 0.24  # radius in inches
_THINNEST, _THICKEST = 0.7, 6.0  # points
_DISC, _LINE = "#4d6a87", "#8c8c8c"
_BOW = 0.18  # how far the line of a relation with a direction is bent


@dataclass(frozen=True)
class _Node:
    """A code: its disc, and the label below it, in one box."""

    label: str
    radius: float
    box: Box

    @property
    def disc(self) -> tuple[float, float]:
        return self.box.x, self.box.y + self.box.height / 2 - self.radius


def draw_network(
    relations: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    value: str,
    most: int,
    rng: np.random.Generator | None,
    ax: Axes | None,
) -> Axes:
    """Draw the strongest relations of the frame ``code_relations``."""
    edges = relations[relations[value] > 0]
    edges = edges.sort_values(value, ascending=False, kind="stable").head(most)
    width, height = (_WIDTH, _HEIGHT) if ax is None else _size_of(ax)
    nodes = _nodes(edges, own_segments(relations, segments))
    places = layout(edges, list(nodes), value, rng)
    height = _spread(nodes, places, width, height, fixed=ax is not None)
    ax = new_axes(ax, width=width + 0.2, height=height + 1.3)
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_aspect("equal")
    ax.set_axis_off()
    _draw_edges(ax, edges, nodes, value, directed=is_directed(relations))
    for node in nodes.values():
        _draw_node(ax, node)
    ax.set_title(wrap(finding(relations), 88))
    left_out = int((relations[value] > 0).sum()) - len(edges)
    add_caption(ax, _caption(relations, segments, value, len(edges), left_out), width=130)
    as_words(ax)
    return ax


def _size_of(ax: Axes) -> tuple[float, float]:
    figure = ax.get_figure(root=True)
    assert figure is not None
    place = ax.get_position()
    width, height = figure.get_size_inches()
    return float(place.width * width), float(place.height * height)


def _caption(
    relations: pd.DataFrame, segments: pd.DataFrame, value: str, shown: int, left_out: int
) -> str:
    kind = str(relations["kind"].iloc[0]) if len(relations) else ""
    lines = {
        "order": "An arrow goes from a code to what comes next",
        "nested": "An arrow goes from a code to the code that it lies inside of",
    }.get(kind, f"A line joins codes {where_of(relations)}")
    parts = [
        f"{lines}; its number and width are {VALUES[value]}. "
        "The larger the disc, the more bodies the code is heard in."
    ]
    if left_out:
        parts.append(f"The {shown} strongest; {count_of(left_out, 'weaker one')} not shown.")
    return caption(relations, segments, *parts)


def _nodes(edges: pd.DataFrame, segments: pd.DataFrame) -> dict[str, _Node]:
    """Make a node for each code that has a line, in the order of the lines."""
    names: dict[str, str] = {}
    ends = (edges[name] for name in ("first_id", "first", "second_id", "second"))
    for first, first_name, second, second_name in zip(*ends, strict=True):
        names |= {str(first): str(first_name), str(second): str(second_name)}
    level = str(edges["level"].iloc[0]) if len(edges) else "code"
    bodies = segments.groupby(f"{level}_id")["body"].nunique()
    heard = {code_id: int(bodies.get(code_id, 0)) for code_id in names}
    largest = max(heard.values(), default=1) or 1
    return {
        code_id: _node(name, heard[code_id], heard[code_id] / largest)
        for code_id, name in names.items()
    }


def _node(name: str, bodies: int, share: float) -> _Node:
    label = f"{wrap(name, 20, most=3)}\n({count_of(bodies, 'body')})"
    radius = max(_SMALLEST, _LARGEST * math.sqrt(share))
    wide, high = text_size(label, _LABEL)
    return _Node(label, radius, Box(0, 0, max(wide, 2 * radius), 2 * radius + high + 0.03))


def _spread(
    nodes: dict[str, _Node],
    places: dict[str, tuple[float, float]],
    width: float,
    height: float,
    *,
    fixed: bool,
) -> float:
    """Put the boxes where the layout says and part them; give the height that this takes."""
    for _ in range(8):
        for one, node in nodes.items():
            box = node.box
            box.x = box.width / 2 + places[one][0] * (width - box.width)
            box.y = box.height / 2 + places[one][1] * (height - box.height)
        if push_apart([node.box for node in nodes.values()], width, height) or fixed:
            break
        height *= 1.15
    return height


def _draw_node(ax: Axes, node: _Node) -> None:
    from matplotlib.patches import Circle

    x, y = node.disc
    ax.add_patch(Circle((x, y), node.radius, facecolor=_DISC, edgecolor="white", zorder=3))
    ax.text(
        x,
        y - node.radius - 0.03,
        node.label,
        ha="center",
        va="top",
        fontsize=_LABEL,
        linespacing=1.15,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
    )


def _draw_edges(
    ax: Axes, edges: pd.DataFrame, nodes: dict[str, _Node], value: str, *, directed: bool
) -> None:
    from matplotlib.patches import FancyArrowPatch

    strongest = float(edges[value].max()) if len(edges) else 1.0
    taken = [node.box for node in nodes.values()]
    columns = (edges[name] for name in ("first_id", "second_id", value, "q"))
    for first, second, number, q in zip(*columns, strict=True):
        one, other = nodes[str(first)], nodes[str(second)]
        thick = _THINNEST + (_THICKEST - _THINNEST) * float(number) / strongest
        bow = _BOW if directed else 0.0
        ax.add_patch(
            FancyArrowPatch(
                one.disc,
                other.disc,
                connectionstyle=f"arc3,rad={bow}",
                arrowstyle="-|>" if directed else "-",
                mutation_scale=7 + thick,
                shrinkA=one.radius * 72,
                shrinkB=other.radius * 72,
                linewidth=thick,
                color=_LINE,
                zorder=1,
            )
        )
        text = f"{number:,.0f}" if value not in ("jaccard", "c") else f"{number * 100:.0f}"
        _draw_number(ax, text + "*" * bool(q <= SURE), one.disc, other.disc, bow, taken)


def _draw_number(
    ax: Axes,
    text: str,
    start: tuple[float, float],
    end: tuple[float, float],
    bow: float,
    taken: list[Box],
) -> None:
    """Write a number on its line, where it covers as little as can be."""
    wide, high = text_size(text, _NUMBER)
    boxes = [
        Box(*_point(start, end, bow, share), wide + 0.04, high)
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
    ]
    box = min(boxes, key=lambda one: sum(_area(one, other) for other in taken))
    taken.append(box)
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    ax.text(
        box.x, box.y, text, ha="center", va="center", fontsize=_NUMBER, color=INK, zorder=6,
        bbox=look,
    )  # fmt: skip


def _area(one: Box, other: Box) -> float:
    across, up = one.overlap(other)
    return max(across, 0.0) * max(up, 0.0)


def _point(
    start: tuple[float, float], end: tuple[float, float], bow: float, share: float
) -> tuple[float, float]:
    """Give a point of the line, which is a quadratic curve as matplotlib's ``arc3`` draws it."""
    (x1, y1), (x2, y2) = start, end
    bend = ((x1 + x2) / 2 + bow * (y2 - y1), (y1 + y2) / 2 - bow * (x2 - x1))
    weights = ((1 - share) ** 2, 2 * share * (1 - share), share**2)
    points = (start, bend, end)
    x, y = (sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
    return x, y
