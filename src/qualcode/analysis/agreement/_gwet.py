"""Gwet's AC1 and AC2, which stay steady where one category is much more common than others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, undefined
from qualcode.analysis.agreement._likeness import Weighting, likeness, weighted_name
from qualcode.analysis.agreement._nominal import beyond_chance, described
from qualcode.analysis.agreement._ratings import Floats, Ratings, RatingsLike, read_ratings

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

__all__ = ["gwet_ac1", "gwet_ac2"]


def gwet_ac1(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> Agreement:
    """Work out Gwet's AC1 for any number of coders, with ratings missing or not.

    Chance is ``sum(pi_k * (1 - pi_k)) / (q - 1)`` over q categories of share ``pi_k``.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where missing, which is no category. A unit with one
        rating counts towards the shares of the categories, not towards agreement.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        All values that could be given; by default those that were. Give them where one of them
        may never be used, for chance hangs on their number.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        With the standard error by Gwet's linearisation [1]_ and the interval of Student's t.

    Raises
    ------
    UnknownValueError
        If the ratings, weights or categories do not fit.

    References
    ----------
    .. [1] K. L. Gwet (2008), "Computing inter-rater reliability and its variance in the presence
       of high agreement", British Journal of Mathematical and Statistical Psychology 61, 29-48.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement import from_table
    >>> print(gwet_ac1(from_table([[80, 7], [8, 5]])))
    Gwet's AC1 is 0.808 (95% interval 0.704 to 0.912, standard error 0.052): 2 coders, 100 units;
    observed agreement 0.850, by chance 0.219.
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    return _gwet("Gwet's AC1", table, "identity", confidence)


def gwet_ac2(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    weighting: Weighting = "quadratic",
    confidence: float = 0.95,
) -> Agreement:
    """Work out Gwet's AC2: AC1 with credit for values that lie near each other.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Numbers, or values whose order `categories` gives; None or nan where missing.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        All values that could be given, in their order.
    weighting : str or array-like, shape (categories, categories), default "quadratic"
        "identity", "linear", "quadratic", "ordinal", "radical", "ratio", or a matrix with 1 on
        the diagonal [1]_. Made of the values where they are numbers, else of their positions.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        With the standard error by Gwet's linearisation and the interval of Student's t.

    Raises
    ------
    UnknownValueError
        If the ratings, weights, categories or weighting do not fit.

    References
    ----------
    .. [1] K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition, chapters 3-5.

    Examples
    --------
    >>> round(gwet_ac2([[1, 2, 3, 3], [1, 2, 3, 2]], weighting="linear").value, 4)
    0.7241
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    return _gwet("Gwet's AC2", table, weighting, confidence)


def _gwet(name: str, table: Ratings, weighting: Weighting, confidence: float) -> Agreement:
    measure = described(name if name.endswith("1") else weighted_name(name, weighting), table)
    size = len(table.values)
    if size < 2 and measure.pairable:
        return undefined(measure, "only one category is known: give categories=")
    like = likeness(table, weighting)

    def chance(shares: Floats) -> Floats:
        return np.asarray(like.sum() / (size * (size - 1)) * (1 - shares))

    return beyond_chance(measure, table, like, chance, confidence)
