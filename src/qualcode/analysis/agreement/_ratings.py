"""Ratings, coders × units, read from whatever holds them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qualcode.errors import UnknownValueError, clip

__all__ = ["Codes", "Floats", "Ratings", "RatingsLike", "read_ratings"]

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Ratings:
    """What coders said of units, as numbers of a list of values.

    Parameters
    ----------
    codes : numpy.ndarray of int, shape (coders, units)
        Positions in `values`; -1 where a coder said nothing, which is not a value.
    values : tuple
        The values in their order, with those that may be given and were not.
    weights : numpy.ndarray of float, shape (units,)
        How many elementary units each column stands for.
    named : bool, default True
        Whether a row is one coder throughout; not so in a table of counts.
    ordered : bool, default True
        Whether the order of `values` means something.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement import from_table
    >>> from_table([[20, 20], [10, 50]]).codes.tolist()
    [[0, 0, 1, 1], [0, 1, 0, 1]]
    """

    codes: Codes
    values: tuple[Hashable, ...]
    weights: Floats
    named: bool = True
    ordered: bool = True

    @property
    def coders(self) -> int:
        """How many coders said anything."""
        return int(self.codes.shape[0])

    @property
    def raters(self) -> Codes:
        """How many coders rated each unit, shape (units,)."""
        return np.asarray((self.codes >= 0).sum(axis=0))

    def both(self) -> Ratings:
        """Keep the units that at least two coders rated.

        Returns
        -------
        Ratings
            With the same values and coders.

        Examples
        --------
        >>> from qualcode.analysis.agreement.agreement import from_counts
        >>> from_counts([[2, 1], [0, 1]]).both().weights.tolist()
        [1.0]
        """
        keep = self.raters >= 2
        codes = self.codes[:, keep]
        return Ratings(codes, self.values, self.weights[keep], self.named, self.ordered)


RatingsLike = Ratings | ArrayLike | Sequence[Sequence[Any]]


def read_ratings(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
) -> Ratings:
    """Read ratings, shape (coders, units), with None or nan where one is missing.

    Coders who rated nothing and units of weight 0 are left out.
    """
    if isinstance(ratings, Ratings):
        if weights is not None or categories is not None:
            mend = "leave weights= and categories= out: the table has them"
            raise UnknownValueError("a table of ratings was given with other weights", mend=mend)
        return ratings
    table = _as_table(ratings)
    heavy = _read_weights(weights, table.shape[1])
    codes, found = _number(table)
    ordered = categories is not None or all(isinstance(value, Real) for value in found)
    codes, values = _arrange(codes, found, categories)
    codes = codes[:, heavy > 0]
    return Ratings(
        codes[(codes >= 0).any(axis=1)], values, heavy[heavy > 0], named=True, ordered=ordered
    )


def _as_table(ratings: Any) -> NDArray[Any]:
    """Give a table of numbers, or of objects that are left as they are."""
    if np.ma.isMaskedArray(ratings):
        masked: Any = np.ma.getmaskarray(ratings)
        ratings = np.array(ratings.data, dtype=object)
        ratings[masked] = None
    array = _as_array(ratings.to_numpy() if hasattr(ratings, "to_numpy") else ratings)
    if array is not None and array.ndim == 2 and array.dtype.kind in "biufO":
        return array
    if array is not None and (array.ndim < 2 or array is ratings):
        mend = "give a row for each coder and a column for each unit"
        raise UnknownValueError(f"ratings have {array.ndim} dimensions, not 2", mend=mend)
    rows = [list(row) for row in ratings]  # numpy would make words of numbers, or cut up tuples
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        mend = "give None where a coder did not read a unit"
        raise UnknownValueError(f"coders have {sorted(lengths)} units", mend=mend)
    cells = np.fromiter((value for row in rows for value in row), dtype=object)
    return cells.reshape(len(rows), -1)


def _as_array(ratings: Any) -> NDArray[Any] | None:
    try:
        return np.asarray(ratings)
    except ValueError:  # rows of several lengths, or values of several lengths
        return None


def _read_weights(weights: ArrayLike | None, units: int) -> Floats:
    if weights is None:
        return np.ones(units)
    heavy = np.asarray(weights, dtype=float)
    if heavy.shape != (units,):
        mend = "give one weight a unit"
        raise UnknownValueError(f"weights= has shape {heavy.shape}, not ({units},)", mend=mend)
    if not (np.isfinite(heavy) & (heavy >= 0)).all():
        raise UnknownValueError("weights= has a number that is negative or not finite")
    return heavy


def _number(table: NDArray[Any]) -> tuple[Codes, list[Hashable]]:
    """Give the values numbers from 0 on, and -1 to what is missing."""
    codes = np.full(table.shape, -1, dtype=np.intp)
    if table.dtype.kind in "biuf":
        there = table == table  # nan is not itself
        found, codes[there] = np.unique(table[there], return_inverse=True)
        return codes, found.tolist()
    from pandas import isna

    there = ~np.asarray(isna(table))
    numbers: dict[Hashable, int] = {}
    try:
        codes[there] = [numbers.setdefault(value, len(numbers)) for value in table[there]]
    except TypeError:
        mend = "give sets of codes as frozenset"
        raise UnknownValueError("a rating is not hashable", mend=mend) from None
    return codes, list(numbers)


def _arrange(
    codes: Codes, values: list[Hashable], categories: Sequence[Hashable] | None
) -> tuple[Codes, tuple[Hashable, ...]]:
    """Bring the values into the order given, or into one that does not hang on the data."""
    wanted = sorted(values, key=_rank) if categories is None else list(dict.fromkeys(categories))
    place = {value: number for number, value in enumerate(wanted)}
    for value in values:
        if value not in place:
            found = f"the rating {clip(str(value))!r} is not in categories="
            raise UnknownValueError(found, mend=f"they are {clip(str(wanted), 80)}")
    moved = np.array([*(place[value] for value in values), -1], dtype=np.intp)
    return moved[codes], tuple(wanted)


def _rank(value: Any) -> tuple[str, float, Iterable[str]]:
    if isinstance(value, Real):
        return "", float(value), ()
    if isinstance(value, frozenset | tuple):
        return type(value).__name__, len(value), sorted(map(str, value))
    return type(value).__name__, 0, [str(value)]
