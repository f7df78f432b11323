"""Two or more coders, units × categories: agreement beyond chance in Gwet's general form.

Every coefficient here is ``(pa - pe) / (1 - pe)`` with the same `pa`, the share of pairs of
coders that agree, averaged over units with two ratings or more. They differ in chance: with
``pi_k`` the share of category k, ``pe`` is the sum of ``pi_k * a_k``, and `a` is what each
measure gives. The standard error is Gwet's linearisation (K. L. Gwet, *Handbook of Inter-Rater
Reliability*, 4th edition 2014, chapters 5 and 6), over units drawn from a large population.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import nan, sqrt

import numpy as np

from qualcode.analysis.agreement._agreement_value import Agreement, around, undefined, whole
from qualcode.analysis.agreement._ratings import Floats, Ratings

__all__ = ["Chance", "Tally", "beyond_chance", "described", "tally"]

#: from the shares of the categories, shape (q,), to the chance of each, shape (q,)
Chance = Callable[[Floats], Floats]

#: what is left below this is rounding, not disagreement
TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Tally:
    """How often each unit was given each category.

    Parameters
    ----------
    counts : numpy.ndarray, shape (units, categories)
        Coders.
    weights : numpy.ndarray, shape (units,)
        Elementary units.
    """

    counts: Floats
    weights: Floats

    @property
    def raters(self) -> Floats:
        """How many coders rated each unit, shape (units,)."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def shares(self) -> Floats:
        """The share of each category in a unit, averaged over units, shape (categories,)."""
        each = self.counts / self.raters[:, None]
        return np.asarray(self.weights @ each / self.weights.sum())


def tally(ratings: Ratings) -> Tally:
    """Count the categories of each unit that anybody rated; like units are counted once."""
    units, size = ratings.codes.shape[1], len(ratings.values)
    where = np.arange(units) * (size + 1) + ratings.codes + 1
    cells = np.bincount(where.ravel(), minlength=units * (size + 1))
    counts = cells.reshape(units, size + 1)[:, 1:]
    rated = ratings.raters > 0
    return Tally(counts[rated].astype(float), ratings.weights[rated])


def described(name: str, ratings: Ratings) -> Agreement:
    """Begin a measure with what is the same for all: units, coders, pairable values, coverage."""
    raters, weights = ratings.raters, ratings.weights
    paired = raters >= 2
    total = weights.sum()
    return Agreement(
        name,
        nan,
        units=whole(weights[raters > 0].sum()),
        coders=ratings.coders,
        pairable=whole((weights * raters)[paired].sum()),
        coverage=float(weights[paired].sum() / total) if total else nan,
    )


def beyond_chance(
    measure: Agreement, ratings: Ratings, like: Floats, chance: Chance, confidence: float
) -> Agreement:
    """Work out one coefficient with its standard error and interval."""
    if not measure.pairable:
        return undefined(measure, "no unit was rated by two coders")
    counted = tally(ratings)
    raters, weights = counted.raters, counted.weights
    agree = _agreeing(counted, like)
    units, paired = weights.sum(), weights[raters >= 2].sum()
    observed = float(weights @ agree / paired)
    shares = counted.shares
    likely = chance(shares)
    expected = float(shares @ likely)
    measure = replace(measure, observed=observed, expected=expected)
    if not expected < 1 - TINY:
        return undefined(
            measure, "chance alone would give full agreement, as only one value is in use"
        )
    value = (observed - expected) / (1 - expected)
    # What each unit adds to the coefficient, and, by what it does to chance, takes from it.
    adds = units / paired * (agree - expected * (raters >= 2)) / (1 - expected)
    moves = counted.counts @ likely / raters - expected
    each = adds - 2 * (1 - value) * moves / (1 - expected)
    error = sqrt(weights @ (each - value) ** 2 / (units * (units - 1))) if units > 1 else nan
    error = 0.0 if error < TINY else error
    interval = around(value, error, confidence, float(units - 1))
    return replace(measure, value=value, standard_error=error, interval=interval)


def _agreeing(counted: Tally, like: Floats) -> Floats:
    """Give the share of pairs of coders that agree in each unit, shape (units,); 0 without any."""
    pairs = counted.raters * (counted.raters - 1)
    agreeing = (counted.counts * (counted.counts @ like - 1)).sum(axis=1)
    some = pairs > 0
    return np.asarray(np.divide(agreeing, pairs, out=np.zeros_like(pairs), where=some))
