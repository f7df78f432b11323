"""How far apart two values are: the difference functions of Krippendorff's alpha."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.agreement._likeness import scores
from qualcode.errors import UnknownValueError, clip

if TYPE_CHECKING:
    from qualcode.analysis.agreement._ratings import Floats, Ratings

__all__ = ["Difference", "Level", "difference"]

Level = str | Callable[[Any, Any], float]

_LEVELS = ["nominal", "ordinal", "interval", "ratio", "masi", "jaccard"]


@dataclass(frozen=True, eq=False)
class Difference:
    """From how often each value is pairable, shape (values,), to differences, (values, values).

    Parameters
    ----------
    make : callable
        Does it.
    fixed : bool, default True
        Whether the totals make no difference; they do for the ordinal level.
    """

    make: Callable[[Floats], Floats]
    fixed: bool = True

    def __call__(self, totals: Floats) -> Floats:
        return self.make(totals)


def difference(ratings: Ratings, level: Level) -> Difference:
    """Give the difference function of a level; see `Difference`."""
    if callable(level):
        return _fixed(_pairwise(ratings.values, level))
    if level == "nominal":
        return _fixed(1 - np.eye(len(ratings.values)))
    if level == "ordinal":
        order = np.argsort(scores(ratings), kind="stable")
        return Difference(lambda totals: _ordinal(totals, order), fixed=False)
    if level in ("interval", "ratio"):
        return _fixed(_numeric(ratings, level))
    if level in ("masi", "jaccard"):
        return _fixed(1 - _likeness_of_sets(_sets(ratings), monotone=level == "masi"))
    mend = f"give one of {_LEVELS}, or a function of two values"
    raise UnknownValueError(f"level={level!r} is not known", mend=mend)


def _fixed(matrix: Floats) -> Difference:
    return Difference(lambda _: matrix)


def _ordinal(totals: Floats, order: Any) -> Floats:
    """Count the values that lie from one to the other, half of each end (Krippendorff 2011)."""
    middle = np.empty_like(totals)
    middle[order] = np.cumsum(totals[order]) - totals[order] / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _numeric(ratings: Ratings, level: str) -> Floats:
    if not all(isinstance(value, Real) for value in ratings.values):
        raise UnknownValueError(f"level={level!r} is for numbers", mend="use level='nominal'")
    at = np.asarray(ratings.values, dtype=float)
    apart = at[:, None] - at[None, :]
    if level == "interval":
        return np.asarray(apart**2)
    if (at < 0).any():
        raise UnknownValueError("level='ratio' is for numbers of 0 or more")
    total = at[:, None] + at[None, :]
    return np.asarray(np.divide(apart, total, out=np.zeros_like(apart), where=total > 0) ** 2)


def _sets(ratings: Ratings) -> tuple[frozenset[Any], ...]:
    for value in ratings.values:
        if not isinstance(value, frozenset | tuple):
            found = f"the rating {clip(str(value))!r} is not a set"
            raise UnknownValueError(found, mend="give the codes of each unit as a frozenset")
    return tuple(frozenset(value) for value in ratings.values)  # type: ignore[call-overload]


def _pairwise(values: tuple[Hashable, ...], apart: Callable[[Any, Any], float]) -> Floats:
    size = len(values)
    matrix = np.zeros((size, size))
    for row, column in zip(*np.triu_indices(size, 1), strict=True):
        matrix[row, column] = matrix[column, row] = apart(values[row], values[column])
    if not (np.isfinite(matrix) & (matrix >= 0)).all():
        mend = "a distance is 0 or more"
        raise UnknownValueError("a distance is negative or not a number", mend=mend)
    return matrix


def _likeness_of_sets(sets: Sequence[frozenset[Any]], *, monotone: bool) -> Floats:
    """Give Jaccard's likeness J of each two sets, or Passonneau's (2006) J * M.

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they share a part.
    """
    items = {item: place for place, item in enumerate(dict.fromkeys(i for s in sets for i in s))}
    holds = np.zeros((len(sets), len(items)))
    for row, one in enumerate(sets):
        holds[row, [items[item] for item in one]] = 1
    both, sizes = holds @ holds.T, holds.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - both
    alike = np.divide(both, either, out=np.ones_like(both), where=either > 0)  # 1: both empty
    if monotone:
        nested = both == np.minimum(sizes[:, None], sizes[None, :])
        alike *= np.where(both == either, 1, np.where(nested, 2 / 3, 1 / 3))
    return np.asarray(alike)
