"""The nominal measures of two or more coders: percent agreement, Fleiss, Scott, Brennan-Prediger."""

from __future__ import annotations

from dataclasses import replace
from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, undefined
from qualcode.analysis.agreement._likeness import Weighting, likeness, weighted_name
from qualcode.analysis.agreement._nominal import TINY, beyond_chance, described, tally
from qualcode.analysis.agreement._ratings import Floats, Ratings, RatingsLike, read_ratings

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

__all__ = ["brennan_prediger", "fleiss_kappa", "percent_agreement", "scott_pi"]


def percent_agreement(
    ratings: RatingsLike, *, weights: ArrayLike | None = None, confidence: float = 0.95
) -> Agreement:
    """Give the share of pairs of coders that agree, averaged over units.

    For two coders that is the share of units on which they agree. Nothing is taken off for
    chance, so where most units carry no code it is high whatever the coders do.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where a coder did not read a unit, which is left out
        and is never a value of its own.
    weights : array-like of float, shape (units,), optional
        How many elementary units (characters) each column stands for.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        `coverage` is the share of units that two coders rated. The standard error is Gwet's [1]_;
        it takes units for independent, which the characters of one turn are not.

    Raises
    ------
    UnknownValueError
        If the ratings are not coders × units, or the weights do not fit.

    References
    ----------
    .. [1] K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition, chapter 5.

    Examples
    --------
    >>> print(percent_agreement([[1, 1, 2, 2], [1, 1, 2, 1]]))
    Percent agreement is 0.750 (95% interval 0.000 to 1.000, standard error 0.250): 2 coders,
    4 units; observed agreement 0.750.
    """
    table = read_ratings(ratings, weights=weights)
    measure = described("Percent agreement", table)
    like = np.eye(len(table.values))
    found = beyond_chance(measure, table, like, np.zeros_like, confidence)
    kept = found.interval and found.interval._replace(low=max(found.interval.low, 0.0))
    return replace(found, expected=nan, interval=kept)


def fleiss_kappa(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    weighting: Weighting = "identity",
    confidence: float = 0.95,
) -> Agreement:
    """Work out Fleiss' kappa: agreement of many coders beyond their pooled totals.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where missing. For a table of counts: `from_counts`.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        All values that could be given, in their order; by default those that were.
    weighting : str or array-like, shape (categories, categories), default "identity"
        Agreement of unlike values: "linear", "quadratic", "ordinal", "radical", "ratio" or a
        matrix.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        With the standard error by linearisation, which allows for missing ratings [2]_, and
        `null_standard_error` [3]_, which is for units that all have as many ratings (else nan)
        and the identity weights.

    Raises
    ------
    UnknownValueError
        If the ratings, weights or categories do not fit.

    References
    ----------
    .. [1] J. L. Fleiss (1971), "Measuring nominal scale agreement among many raters",
       Psychological Bulletin 76, 378-382.
    .. [2] K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition.
    .. [3] J. L. Fleiss, J. C. M. Nee and J. R. Landis (1979), "Large sample variance of kappa in
       the case of different sets of raters", Psychological Bulletin 86, 974-977.

    Examples
    --------
    >>> round(fleiss_kappa([list("aabbb"), list("aabba"), list("aabbb")]).value, 4)
    0.7321
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    like = likeness(table, weighting)
    measure = described(weighted_name("Fleiss' kappa", weighting), table)
    found = beyond_chance(measure, table, like, lambda shares: like @ shares, confidence)
    plain = isinstance(weighting, str) and weighting == "identity"
    return replace(found, null_standard_error=_null_error(table)) if plain else found


def scott_pi(
    ratings: RatingsLike, *, weights: ArrayLike | None = None, confidence: float = 0.95
) -> Agreement:
    """Work out Scott's pi: agreement of two coders beyond their pooled totals.

    Parameters
    ----------
    ratings : array-like, shape (2, units), or Ratings
        Any hashable values; units with a missing value are left out. For a table: `from_table`.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        With the standard error by Gwet's linearisation.

    Raises
    ------
    UnknownValueError
        If there are more than two coders, or the ratings or weights do not fit.

    References
    ----------
    .. [1] W. A. Scott (1955), "Reliability of content analysis: the case of nominal scale
       coding", Public Opinion Quarterly 19, 321-325.

    Examples
    --------
    >>> round(scott_pi([[1, 1, 2, 2], [1, 1, 2, 1]]).value, 4)
    0.4667
    """
    from qualcode.analysis.agreement._kappa import of_two

    table = read_ratings(ratings, weights=weights)
    measure = described("Scott's pi", table)
    paired = of_two(table, "fleiss_kappa").both()
    return beyond_chance(
        measure, paired, np.eye(len(table.values)), lambda shares: shares, confidence
    )


def brennan_prediger(
    ratings: RatingsLike,
    *,
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    weighting: Weighting = "identity",
    confidence: float = 0.95,
) -> Agreement:
    """Work out Brennan and Prediger's kappa: chance is one of the categories at random.

    For two categories it is the same as PABAK and Bennett's S.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where missing.
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        All values that could be given, in their order; by default those that were. Their number
        is all that chance hangs on, so it should be given.
    weighting : str or array-like, shape (categories, categories), default "identity"
        As for `fleiss_kappa`.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        With the standard error by Gwet's linearisation.

    Raises
    ------
    UnknownValueError
        If the ratings, weights or categories do not fit.

    References
    ----------
    .. [1] R. L. Brennan and D. J. Prediger (1981), "Coefficient kappa: some uses, misuses, and
       alternatives", Educational and Psychological Measurement 41, 687-699.

    Examples
    --------
    >>> brennan_prediger([[1, 1, 2, 2], [1, 1, 2, 1]]).value
    0.5
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    measure = described(weighted_name("Brennan-Prediger", weighting), table)
    if len(table.values) < 2 and measure.pairable:
        return undefined(measure, "only one category is known: give categories=")
    like = likeness(table, weighting)
    by_chance = float(like.mean()) if like.size else nan

    def even(shares: Floats) -> Floats:
        return np.full_like(shares, by_chance)

    return beyond_chance(measure, table, like, even, confidence)


def _null_error(table: Ratings) -> float:
    """Give Fleiss, Nee and Landis' standard error of no agreement beyond chance."""
    counted = tally(table)
    if not len(counted.raters) or np.ptp(counted.raters) or counted.raters[0] < 2:
        return nan
    coders, units, share = counted.raters[0], counted.weights.sum(), counted.shares
    rest = 1 - share
    spread = share @ rest
    if spread < TINY:
        return nan
    inner = spread**2 - (share * rest) @ (rest - share)
    return sqrt(max(2 * float(inner), 0.0) / (units * coders * (coders - 1))) / float(spread)
