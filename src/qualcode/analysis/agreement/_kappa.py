"""Cohen's kappa of two coders, plain and weighted, and Holsti's share of decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import inf, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, around, undefined
from qualcode.analysis.agreement._likeness import Weighting, likeness, weighted_name
from qualcode.analysis.agreement._nominal import TINY, described
from qualcode.analysis.agreement._ratings import Floats, Ratings, RatingsLike, read_ratings
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

__all__ = ["cohen_kappa", "holsti", "of_two"]


def cohen_kappa(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    weighting: Weighting = "identity",
    confidence: float = 0.95,
) -> Agreement:
    """Work out Cohen's kappa: agreement of two coders beyond what their own totals would give.

    Parameters
    ----------
    ratings : array-like, shape (2, units), or Ratings
        Any hashable values; units with a missing value are left out. For a square table:
        `from_table`. Units that neither coder coded belong in, as a value such as False.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        All values that could be given, in their order; needed for weights between words.
    weighting : str or array-like, shape (categories, categories), default "identity"
        Agreement of unlike values [2]_: "linear" or "quadratic" in the values where they are
        numbers, else in their positions; "ordinal", "radical", "ratio"; or a matrix with 1 on
        the diagonal.
    confidence : float, default 0.95
        Of the interval, by the normal distribution.

    Returns
    -------
    Agreement
        With `standard_error` and `null_standard_error` of Fleiss, Cohen and Everitt [3]_ and, for
        plain kappa, `maximum`: the greatest kappa that the two coders' totals allow [1]_.

    Raises
    ------
    UnknownValueError
        If there are more than two coders, or the ratings, weights or weighting do not fit.

    References
    ----------
    .. [1] J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and
       Psychological Measurement 20, 37-46.
    .. [2] J. Cohen (1968), "Weighted kappa", Psychological Bulletin 70, 213-220.
    .. [3] J. L. Fleiss, J. Cohen and B. S. Everitt (1969), "Large sample standard errors of kappa
       and weighted kappa", Psychological Bulletin 72, 323-327.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement import from_table
    >>> print(cohen_kappa(from_table([[20, 20], [10, 50]])))
    Cohen's kappa is 0.348 (95% interval 0.162 to 0.534, standard error 0.095): 2 coders,
    100 units; observed agreement 0.700, by chance 0.540.
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    like = likeness(table, weighting)
    measure = described(weighted_name("Cohen's kappa", weighting), table)
    if not table.named:
        mend = "use fleiss_kappa, or give ratings by coder"
        raise UnknownValueError("cohen_kappa needs to know which coder said what", mend=mend)
    paired = of_two(table, "fleiss_kappa").both()
    if not measure.pairable:
        return undefined(measure, "no unit was rated by two coders")
    square = _Square(_cross(paired), like)
    measure = replace(measure, observed=square.observed, expected=square.expected)
    if not square.expected < 1 - TINY:
        same = "chance alone would give full agreement, as both coders used one value throughout"
        return undefined(measure, same)
    plain = isinstance(weighting, str) and weighting == "identity"
    return replace(
        measure,
        value=square.kappa,
        standard_error=square.error,
        null_standard_error=square.null_error,
        maximum=square.maximum if plain else nan,
        interval=around(square.kappa, square.error, confidence, inf),
    )


def of_two(table: Ratings, instead: str) -> Ratings:
    """Refuse more than two coders."""
    if table.coders > 2:
        mend = f"give two of them, or use {instead}"
        raise UnknownValueError(f"there are {table.coders} coders, and this is for 2", mend=mend)
    return table


def _cross(paired: Ratings) -> Floats:
    """Cross the two coders: a square table of weights."""
    size = len(paired.values)
    cells = paired.codes[0] * size + paired.codes[1]
    counts = np.bincount(cells, paired.weights, size * size)
    return counts.astype(float).reshape(size, size)


@dataclass(frozen=True, eq=False)
class _Square:
    """The arithmetic of one square table, in the terms of Fleiss, Cohen and Everitt."""

    counts: Floats
    like: Floats

    @property
    def share(self) -> Floats:
        return np.asarray(self.counts / self.counts.sum())

    @property
    def by_chance(self) -> Floats:
        return np.outer(self.share.sum(axis=1), self.share.sum(axis=0))

    @property
    def observed(self) -> float:
        return float((self.like * self.share).sum())

    @property
    def expected(self) -> float:
        return float((self.like * self.by_chance).sum())

    @property
    def kappa(self) -> float:
        return (self.observed - self.expected) / (1 - self.expected)

    @property
    def maximum(self) -> float:
        most = float(np.minimum(self.share.sum(axis=1), self.share.sum(axis=0)).sum())
        return (most - self.expected) / (1 - self.expected)

    @property
    def _mean_like(self) -> Floats:
        rows = self.like @ self.share.sum(axis=0)
        columns = self.share.sum(axis=1) @ self.like
        return np.asarray(rows[:, None] + columns[None, :])

    @property
    def error(self) -> float:
        left = 1 - self.kappa
        middle = self.kappa - self.expected * left
        return self._root(self.share, self.like - self._mean_like * left - middle)

    @property
    def null_error(self) -> float:
        return self._root(self.by_chance, self.like - self._mean_like + self.expected)

    def _root(self, share: Floats, strays: Floats) -> float:
        # Squares of what strays from the mean, rather than the mean square less its square: that
        # loses all digits where a code stands on one character in a million.
        error = sqrt(float((share * strays**2).sum() / self.counts.sum())) / (1 - self.expected)
        return error if error > TINY else 0.0


def holsti(ratings: RatingsLike, *, weights: ArrayLike | None = None) -> Agreement:
    """Work out Holsti's coefficient of reliability: agreed decisions among all that were made.

    For two coders ``2 * M / (N1 + N2)``, with M the units that they rated alike and N1, N2 the
    units that each rated; for more the mean over pairs of coders. Where both rated everything it
    is percent agreement; chance is not taken off.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where a coder made no decision.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.

    Returns
    -------
    Agreement
        No standard error is known for it.

    Raises
    ------
    UnknownValueError
        If the ratings or weights do not fit, or are counts without coders.

    References
    ----------
    .. [1] O. R. Holsti (1969), *Content Analysis for the Social Sciences and Humanities*, p. 140.

    Examples
    --------
    >>> round(holsti([[1, 1, 2, None], [1, 1, 1, 2]]).value, 4)
    0.5714
    """
    table = read_ratings(ratings, weights=weights)
    if not table.named:
        raise UnknownValueError("holsti needs to know which coder said what")
    measure = described("Holsti's coefficient", table)
    pairs = list(combinations(table.codes, 2))
    if not pairs:
        return undefined(measure, "it needs two coders who rated something")
    heavy = table.weights
    each = [
        2 * (heavy @ ((one == other) & (one >= 0))) / (heavy @ (one >= 0) + heavy @ (other >= 0))
        for one, other in pairs
    ]
    value = float(np.mean(each))
    return replace(measure, value=value, observed=value, coverage=nan)
