"""Who says what as a picture: for each theme and group the people heard, of those interviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.analysis.comparisons import FEW, PURPOSIVE
from qualcode.errors import UnknownValueError, clip
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

__all__ = ["plot_groups"]

_BAR, _RULE, _ROOM = "#4d6a87", "#8a8a8a", 0.48


def plot_groups(comparison: pd.DataFrame, *, count: str = "people", ax: Axes | None = None) -> Axes:
    """Draw, for each theme or code and each group, how many were heard of those interviewed.

    Parameters
    ----------
    comparison : pandas.DataFrame
        The frame ``group_comparison``, or rows of it.
    count : {'people', 'bodies'}, default 'people'
        What is counted.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each theme, a column for each group; a full bar is everybody in the group, and
        beside each bar stands ``n of N``. Groups of fewer than 5 people are hatched.

    Raises
    ------
    UnknownValueError
        If `count` is something else.

    Examples
    --------
    >>> from qualcode.analysis.comparisons import compare_groups
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> ax = plot_groups(compare_groups(study.segments(), study.people, study.codebook))
    >>> ax.get_title(loc="left")
    'Rest is heard from 3 of 3 people, Pay from nobody'
    """
    if count not in ("people", "bodies"):
        raise UnknownValueError(f"count={clip(repr(count))}", mend="use 'people' or 'bodies'")
    codes = comparison.drop_duplicates("code_id")
    groups = comparison.drop_duplicates("group").reset_index(drop=True)
    labels = [wrap(path.rpartition(" > ")[2], 30, most=2) for path in codes["code_path"]]
    room = 1.08 * max(len(groups), 5)  # inches for the groups, beside their labels
    with house_style():
        lines = sum(1.3 + 0.7 * label.count("\n") for label in labels)
        ax = new_axes(ax, width=2.4 + room, height=2.6 + 0.21 * lines)
        _draw_cells(ax, comparison, codes, groups, count)
        _set_axes(ax, labels, groups, count)
        ax.set_title(wrap(_finding(comparison), int(9.4 * room)))
        add_caption(ax, _caption(groups, count), width=int(14.5 * room))
        as_words(ax)
    return ax


def _draw_cells(
    ax: Axes, comparison: pd.DataFrame, codes: pd.DataFrame, groups: pd.DataFrame, count: str
) -> None:
    row_of = {code_id: place for place, code_id in enumerate(codes["code_id"])}
    column_of = {group: place for place, group in enumerate(groups["group"])}
    for code_id, group, heard, asked, small in zip(
        comparison["code_id"],
        comparison["group"],
        comparison[count],
        comparison[f"of_{count}"],
        comparison["small"],
        strict=True,
    ):
        row, left = row_of[code_id], float(column_of[group])
        face, hatch = ("white", "////") if small else (_BAR, None)
        ax.barh(row, _ROOM, left=left, height=0.66, facecolor="white", edgecolor=PALE, lw=0.8)
        if heard:
            ax.barh(
                row,
                _ROOM * heard / asked,
                left=left,
                height=0.66,
                edgecolor=_BAR,
                lw=0.8,
                facecolor=face,
                hatch=hatch,
            )
        ink = "#767676" if not heard else "#222222"
        ax.text(left + _ROOM + 0.03, row, f"{heard} of {asked}", va="center", fontsize=8, color=ink)


def _set_axes(ax: Axes, labels: list[str], groups: pd.DataFrame, count: str) -> None:
    heads = [
        f"{wrap(group, 17, most=3)}\n({count_of(int(of), 'person' if count == 'people' else 'body')})"
        for group, of in zip(groups["group"], groups[f"of_{count}"], strict=True)
    ]
    heads = [head.replace("persons", "people") for head in heads]
    ax.set_xlim(-0.04, max(len(groups), 1))
    ax.set_ylim(max(len(labels), 1) - 0.4, -0.6)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_xticks([float(place) for place in range(len(groups))], heads, ha="left", fontsize=8)
    ax.tick_params(length=0, top=False, bottom=False, labeltop=True, labelbottom=False)
    ax.spines[:].set_visible(False)
    for place in range(len(groups)):
        ax.axvline(place, color=_RULE, linewidth=0.8)


def _finding(comparison: pd.DataFrame) -> str:
    """Say which theme most people are heard on, and which the fewest, over all groups."""
    heard: dict[str, int] = {}
    for name, people in zip(comparison["code_path"], comparison["people"], strict=True):
        heard[name] = heard.get(name, 0) + people
    if not any(heard.values()):
        return "Nobody is heard yet"
    first, last = max(heard, key=heard.__getitem__), min(heard, key=heard.__getitem__)
    of = int(comparison.drop_duplicates("group")["of_people"].sum())
    most = f"{clip(first, 50)} is heard from {heard[first]} of {of} people"
    return most if first == last else f"{most}, {clip(last, 50)} from {heard[last] or 'nobody'}"


def _caption(groups: pd.DataFrame, count: str) -> str:
    people, bodies = int(groups["of_people"].sum()), "a full bar is everybody in the group"
    if count == "bodies":
        bodies = "a full bar is every body in which the group was asked; a body may be in several"
    few = f" Hatched: groups of fewer than {FEW} people." if groups["small"].any() else ""
    return f"n = {people} people in {count_of(len(groups), 'group')}; {bodies}.{few} {PURPOSIVE}"
