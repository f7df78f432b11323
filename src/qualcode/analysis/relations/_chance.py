"""How often a relation between codes would come about by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["adjust", "count_pairs", "shuffle_test"]


def count_pairs(labels: Ints, one: Ints, other: Ints, *, codes: int, directed: bool) -> Ints:
    """Count pairs of spans by their labels: an array (codes, codes), symmetric if not directed."""
    keys = labels[one] * codes + labels[other]
    table = np.bincount(keys, minlength=codes * codes).reshape(codes, codes)
    return table if directed else table + table.T - np.diag(np.diag(table))


def shuffle_test(
    labels: Ints,
    group: Ints,
    pairs: tuple[Ints, Ints],
    *,
    codes: int,
    directed: bool,
    rng: np.random.Generator,
    shuffles: int,
) -> tuple[Floats, Floats]:
    """Shuffle the labels among the spans of each group, and count the pairs again.

    Spans stay where they are, and each group keeps how often each label is given in it.

    Parameters
    ----------
    labels, group : array of int, shape (spans,)
        A number for each code, 0 to ``codes - 1``, and the group.
    pairs : tuple of array of int, shape (pairs,)
        Places of the related spans.
    codes : int
        How many codes there are.
    directed : bool
        Whether (a, b) is another pair than (b, a).
    rng : numpy.random.Generator
        Where the shuffles come from.
    shuffles : int
        How many.

    Returns
    -------
    expected, p : array of float, shape (codes, codes)
        Mean count over the shuffles, and the share of shuffles, the observed order counted as
        one, with at least as many pairs as observed: ``(1 + n) / (1 + shuffles)``.
    """

    def counted(those: Ints) -> Ints:
        return count_pairs(those, *pairs, codes=codes, directed=directed)

    observed = counted(labels)
    by_group = np.argsort(group, kind="stable")
    grouped = labels[by_group]
    total, as_many = np.zeros_like(observed), np.zeros_like(observed)
    shuffled = np.empty_like(labels)
    for _ in range(shuffles):
        # A random fraction added to the group's number puts each group in random order.
        drawn = np.argsort(group[by_group] + rng.random(len(group)), kind="stable")
        shuffled[by_group] = grouped[drawn]
        again = counted(shuffled)
        total += again
        as_many += again >= observed
    return total / shuffles, (1 + as_many) / (1 + shuffles)


def adjust(p: Floats) -> Floats:
    """Adjust p values for their number (Benjamini and Hochberg 1995); nan stays and is not counted.

    Examples
    --------
    >>> adjust(np.array([0.01, 0.02, np.nan, 0.9])).tolist()
    [0.03, 0.03, nan, 0.9]
    """
    known = np.flatnonzero(~np.isnan(p))
    adjusted = p.astype(float)  # a copy
    falling = known[np.argsort(-p[known], kind="stable")]
    steps = p[falling] * (len(known) / np.arange(len(known), 0, -1))
    adjusted[falling] = np.minimum.accumulate(np.minimum(steps, 1))
    return adjusted
