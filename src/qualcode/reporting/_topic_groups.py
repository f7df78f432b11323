"""Which groups of passages a map tells apart, and by which signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["MOST", "Group", "groups_of", "middles"]

#: groups that can be told apart by their signs
MOST = 9
_NONE = "none"
# Paul Tol's "muted" scheme as in the codebook, with what is pale made darker: signs are thin.
_COLOURS = (
    "#332288",
    "#cc4466",
    "#117733",
    "#a18400",
    "#3d97c4",
    "#882255",
    "#1f8f7f",
    "#7a7a1f",
    "#aa4499",
)


@dataclass(frozen=True)
class Group:
    """Passages that are drawn alike.

    Parameters
    ----------
    name : str
        What stands in the legend.
    rows : tuple of int
        Which passages.
    sign : int
        The number of its sign; -1 for a small dot.
    colour : str
        ``#rrggbb``.
    """

    name: str
    rows: tuple[int, ...]
    sign: int
    colour: str


def groups_of(names: Sequence[str], most: int) -> list[Group]:
    """Give the largest groups, then the others and those without a name in one each."""
    given = pd.Series(list(names), dtype="object").fillna("").astype(str)
    counts = given[given != ""].value_counts()
    largest = sorted(counts.index, key=lambda name: (-counts[name], name))[: min(most, MOST)]
    groups = [
        Group(name, _rows(given == name), number, _COLOURS[number])
        for number, name in enumerate(largest)
    ]
    rest = _rows(~given.isin([*largest, ""]))
    left = len(counts) - len(largest)
    others = f"{left} other{'s' * (left != 1)}"
    last = [Group(others, rest, -1, "#777777"), Group(_NONE, _rows(given == ""), -1, "#b5b5b5")]
    return [*groups, *(group for group in last if group.rows)]


def _rows(which: pd.Series[bool]) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(which.to_numpy()))


def middles(texts: pd.DataFrame) -> list[tuple[int, float, float]]:
    """Say where each topic's number goes: the middle (median) of its passages."""
    inside = texts.dropna(subset=["topic"]).groupby("topic")[["x", "y"]].median()
    return [(int(topic), float(x), float(y)) for topic, x, y in inside.itertuples()]
