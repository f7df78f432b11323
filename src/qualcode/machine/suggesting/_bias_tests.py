"""Whether groups differ in a machine's errors by more than interviews do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine.suggesting._bias_counts import COUNTS, shares

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Shuffle", "choose_shuffle", "compare_shuffled"]

_MIXED = 5  # interviews with several groups, to compare inside them


@dataclass(frozen=True, eq=False)
class Shuffle:
    """What is shuffled to see what chance does.

    Parameters
    ----------
    what : {'interviews', 'people', 'people within interviews'}
        In words.
    counts : numpy.ndarray, shape (units, counts)
        Of each unit whose group is shuffled.
    group : numpy.ndarray of int, shape (units,)
        Its group.
    block : numpy.ndarray of int, shape (units,)
        Groups are shuffled inside a block.
    """

    what: str
    counts: Floats
    group: Ints
    block: Ints

    def draw(self, rng: np.random.Generator, times: int) -> Ints:
        """Give the groups shuffled, times × units."""
        base = np.argsort(self.block, kind="stable")
        keys = self.block[base] + rng.random((times, len(base)))
        shuffled = np.empty((times, len(base)), dtype=np.int64)
        shuffled[:, base] = self.group[base][np.argsort(keys, axis=1, kind="stable")]
        return shuffled


def choose_shuffle(people: pd.DataFrame, groups: list[str]) -> Shuffle:
    """Choose: interviews if each has one group; else people, inside interviews where they can be."""
    number = {name: place for place, name in enumerate(groups)}
    mixed = people.groupby("transcript_id")["group"].transform("nunique") > 1
    if not mixed.any():
        rows = people.groupby(["transcript_id", "group"], as_index=False)[list(COUNTS)].sum()
        what = "interviews"
    elif people.loc[mixed, "transcript_id"].nunique() >= _MIXED:
        rows, what = people[mixed], "people within interviews"
    else:
        rows, what = people, "people"
    block = np.zeros(len(rows), dtype=np.int64)
    if what == "people within interviews":
        block = np.unique(rows["transcript_id"].to_numpy(dtype=object), return_inverse=True)[1]
    group = np.array([number[name] for name in rows["group"]], dtype=np.int64)
    return Shuffle(what, rows[list(COUNTS)].to_numpy(dtype=float), group, block)


def compare_shuffled(
    shuffle: Shuffle, many: int, measure: str, times: int, rng: np.random.Generator
) -> tuple[Floats, float]:
    """Give, of one error, the p value of each group against the rest, and of all groups at once.

    A p value is the share of shuffles in which the groups differ at least as much, the observed
    order counted as one; nan where a share is not defined.
    """
    drawn = np.concatenate([shuffle.group[None], shuffle.draw(rng, times)])
    total = shuffle.counts.sum(axis=0)
    apart = np.empty((many, times + 1))
    overall = np.zeros(times + 1)
    whole = shares(total)[measure]
    for group in range(many):
        inside = (drawn == group) @ shuffle.counts
        its, rest = shares(inside)[measure], shares(total - inside)[measure]
        apart[group] = np.abs(its - rest)
        base = inside[:, 1] if measure == "missed_share" else inside[:, 0] - inside[:, 1]
        overall += base * np.nan_to_num(its - whole) ** 2
    p = np.array([_p(row) for row in apart])
    return p, _p(overall) if np.isfinite(p).any() else np.nan


def _p(values: Floats) -> float:
    """Give the share of values that are at least the first, the first among them."""
    if np.isnan(values[0]):
        return np.nan
    known = values[~np.isnan(values)]
    return float((known >= values[0] - 1e-12).mean())
