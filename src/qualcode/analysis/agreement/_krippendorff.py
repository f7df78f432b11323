"""Krippendorff's alpha for values of any level, sets of codes among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, undefined
from qualcode.analysis.agreement._disagreement import terms
from qualcode.analysis.agreement._distances import Level, difference
from qualcode.analysis.agreement._nominal import described
from qualcode.analysis.agreement._ratings import Ratings, RatingsLike, read_ratings
from qualcode.analysis.agreement._resampling import Lots, lots_of_clusters, lots_of_units, resampled

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import ArrayLike

__all__ = ["krippendorff_alpha"]


def krippendorff_alpha(
    ratings: RatingsLike,
    *,
    level: Level = "nominal",
    weights: ArrayLike | None = None,
    categories: Sequence[Hashable] | None = None,
    rng: np.random.Generator | None = None,
    resamples: int = 1000,
    clusters: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Agreement:
    """Work out Krippendorff's alpha: 1 less observed by expected disagreement.

    Any number of coders, ratings missing or not; a unit with a single rating is left out.

    Parameters
    ----------
    ratings : array-like, shape (coders, units), or Ratings
        Any hashable values; None or nan where missing. Sets of codes as frozensets.
    level : str or callable, default "nominal"
        "nominal", "ordinal", "interval" or "ratio" [1]_; "masi" [3]_ or "jaccard" for sets; or a
        function that gives the difference of two values, 0 for equal ones, used as it is (so an
        interval difference must come squared).
    weights : array-like of float, shape (units,), optional
        How many elementary units each column stands for.
    categories : sequence, optional
        The order of the values, which "ordinal" needs where they are not numbers.
    rng : numpy.random.Generator, optional
        Asks for an interval, by resampling.
    resamples : int, default 1000
        How often.
    clusters : array-like, shape (units,), optional
        What is drawn together, such as the interview of each unit. Without it each elementary
        unit is drawn alone, which takes the characters of one turn for independent and makes the
        interval much too narrow.
    confidence : float, default 0.95
        Of the interval.

    Returns
    -------
    Agreement
        `observed` and `expected` are mean differences of two values. The interval is the
        percentile interval over units (or clusters) drawn with replacement [4]_, not the
        simulation of single differences in [2]_. Resamples in which all values are the same have
        no alpha; they are left out, and the note says how many.

    Raises
    ------
    UnknownValueError
        If the ratings, weights, clusters or level do not fit.

    References
    ----------
    .. [1] K. Krippendorff (2011), "Computing Krippendorff's alpha-reliability", Annenberg School
       for Communication.
    .. [2] A. F. Hayes and K. Krippendorff (2007), "Answering the call for a standard reliability
       measure for coding data", Communication Methods and Measures 1, 77-89.
    .. [3] R. Passonneau (2006), "Measuring agreement on set-valued items (MASI)", LREC.
    .. [4] B. Efron and R. J. Tibshirani (1993), *An Introduction to the Bootstrap*, chapter 13.

    Examples
    --------
    >>> print(krippendorff_alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]))
    Krippendorff's alpha (nominal) is 0.095: 2 coders, 10 units; observed disagreement 0.400, by
    chance 0.442.
    """
    table = read_ratings(ratings, weights=weights, categories=categories)
    kind = level if isinstance(level, str) else getattr(level, "__name__", "")
    kind = kind if kind.isidentifier() else "a distance of one's own"
    measure = replace(described(f"Krippendorff's alpha ({kind})", table), disagreement=True)
    apart = difference(table, level)
    if not measure.pairable:
        return undefined(measure, "no unit was rated by two coders")
    observed, expected = terms(table.both(), apart)
    measure = replace(measure, observed=observed, expected=expected)
    if not expected > 0:
        return undefined(measure, "every pairable value is the same, so nothing can disagree")
    measure = replace(measure, value=1 - observed / expected)
    if rng is None:
        return measure
    lots = _lots(ratings, weights, table, clusters)
    interval, note = resampled(table, apart, lots, rng, resamples, confidence)
    return replace(measure, interval=interval, note=note)


def _lots(
    given: RatingsLike, weights: ArrayLike | None, table: Ratings, clusters: ArrayLike | None
) -> Lots:
    """Say what is drawn; a label of a unit of weight 0 goes with its unit."""
    if clusters is None:
        return lots_of_units(table)
    labels = np.asarray(clusters)
    dropped = weights is not None and not isinstance(given, Ratings)
    heavy = np.asarray(weights, dtype=float) if dropped else np.ones(labels.shape)
    if labels.shape == heavy.shape:
        labels = labels[heavy > 0]
    return lots_of_clusters(table, labels)
