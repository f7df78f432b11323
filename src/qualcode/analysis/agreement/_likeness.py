"""How alike two categories are, from 0 to 1: the weights of weighted kappa and of AC2."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from qualcode.analysis.agreement._ratings import Floats, Ratings

__all__ = ["Weighting", "likeness", "scores", "weighted_name"]

Weighting = str | ArrayLike

_KINDS = ["identity", "linear", "quadratic", "ordinal", "radical", "ratio"]


def likeness(ratings: Ratings, weighting: Weighting) -> Floats:
    """Give the matrix of weights, shape (categories, categories), with 1 on the diagonal.

    Linear, quadratic, radical and ratio weights are made of the values themselves where they are
    numbers, else of their positions; ordinal ones of positions (Gwet 2014, chapter 3).
    """
    size = len(ratings.values)
    if not isinstance(weighting, str):
        return _read_matrix(weighting, size)
    if weighting not in _KINDS:
        mend = f"give one of {_KINDS} or a matrix"
        raise UnknownValueError(f"weighting={weighting!r} is not known", mend=mend)
    if weighting == "identity" or size < 2:
        return np.eye(size)
    return 1 - _unlike(weighting, scores(ratings))


def scores(ratings: Ratings) -> Floats:
    """Give each value a number: its own, or its position where an order was given."""
    if not ratings.ordered:
        mend = "give categories= in their order"
        raise UnknownValueError("the order of the ratings is not known", mend=mend)
    values: tuple[Any, ...] = ratings.values
    numbers = all(isinstance(value, Real) for value in values)
    return np.asarray(values if numbers else range(len(values)), dtype=float)


def _unlike(weighting: str, at: Floats) -> Floats:
    if weighting == "ordinal":
        rank = np.argsort(np.argsort(at))
        steps = np.abs(rank[:, None] - rank[None, :])
        pairs = steps * (steps + 1) / 2
        return np.asarray(pairs / pairs.max())
    apart = np.abs(at[:, None] - at[None, :])
    if weighting == "ratio":
        return _unlike_ratio(at, apart)
    power = {"linear": 1.0, "quadratic": 2.0, "radical": 0.5}[weighting]
    return np.asarray((apart / apart.max()) ** power)


def _unlike_ratio(at: Floats, apart: Floats) -> Floats:
    if (at < 0).any():
        raise UnknownValueError("ratio weights need values of 0 or more")
    total = at[:, None] + at[None, :]
    share = np.divide(apart, total, out=np.zeros_like(apart), where=total > 0) ** 2
    return np.asarray(share / ((at.max() - at.min()) / (at.max() + at.min())) ** 2)


def _read_matrix(weighting: ArrayLike, size: int) -> Floats:
    matrix = np.asarray(weighting, dtype=float)
    if matrix.shape != (size, size):
        found = f"weighting= has shape {matrix.shape}, and there are {size} categories"
        raise UnknownValueError(found, mend="give categories= with all of them")
    if not np.allclose(np.diag(matrix), 1) or matrix.min() < 0 or matrix.max() > 1:
        mend = "give weights of agreement: 1 on the diagonal, others from 0 to 1"
        raise UnknownValueError("weighting= does not hold weights of agreement", mend=mend)
    if not np.allclose(matrix, matrix.T):
        raise UnknownValueError("weighting= is not symmetric")
    return matrix


def weighted_name(name: str, weighting: Weighting) -> str:
    """Name a measure with the weights that are not the usual ones."""
    if isinstance(weighting, str) and weighting == "identity":
        return name
    kind = weighting if isinstance(weighting, str) else "given"
    return f"{name} ({kind} weights)"
