"""Ratings from the tables that the literature prints: two coders crossed, or counts a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._ratings import Ratings
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from qualcode.analysis.agreement._ratings import Floats

__all__ = ["from_counts", "from_table"]


def from_table(table: ArrayLike) -> Ratings:
    """Read the square table of two coders.

    Parameters
    ----------
    table : array-like, shape (categories, categories)
        How many units the first coder (rows) and the second (columns) gave each pair of
        categories. Every category counts as one that could be given.

    Returns
    -------
    Ratings
        What every measure takes in place of raw ratings; the values are 0, 1, 2, …

    Raises
    ------
    UnknownValueError
        If the table is not square, or a count is negative or not finite.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement import scott_pi
    >>> round(scott_pi(from_table([[20, 20], [10, 50]])).value, 4)
    0.3407
    """
    counts = _counted(table)
    if counts.shape[0] != counts.shape[1]:
        raise UnknownValueError(f"a table of shape {counts.shape} is not square")
    first, second = np.nonzero(counts)
    codes = np.vstack([first, second])
    return Ratings(codes, tuple(range(len(counts))), counts[first, second])


def from_counts(counts: ArrayLike) -> Ratings:
    """Read how many coders gave each unit each category, whoever they were.

    Parameters
    ----------
    counts : array-like of int, shape (units, categories)
        As in Fleiss (1971). Every category counts as one that could be given; units may have
        different numbers of ratings.

    Returns
    -------
    Ratings
        For the measures that do not ask which coder said what, which is all but
        `cohen_kappa` and `holsti`; the values are 0, 1, 2, …

    Raises
    ------
    UnknownValueError
        If a count is negative or not whole, or there are not two dimensions.

    Examples
    --------
    >>> from_counts([[2, 1], [0, 3]]).codes.T.tolist()
    [[0, 0, 1], [1, 1, 1]]
    """
    table = _counted(counts)
    if (table != np.floor(table)).any():
        raise UnknownValueError("a count of coders is not a whole number")
    most = int(table.sum(axis=1).max(initial=0))
    codes = np.full((len(table), most), -1, dtype=np.intp)
    given = np.arange(most) < table.sum(axis=1)[:, None]
    which = np.tile(np.arange(table.shape[1]), len(table))
    codes[given] = np.repeat(which, table.astype(np.intp).ravel())
    return Ratings(codes.T, tuple(range(table.shape[1])), np.ones(len(table)), named=False)


def _counted(table: ArrayLike) -> Floats:
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or not (np.isfinite(counts) & (counts >= 0)).all():
        mend = "give counts of 0 or more in rows and columns"
        raise UnknownValueError("a table of counts cannot be read", mend=mend)
    return counts
