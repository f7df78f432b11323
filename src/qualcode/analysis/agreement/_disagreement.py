"""The two terms of Krippendorff's alpha: disagreement within units, and of any two values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qualcode.analysis.agreement._distances import Difference
    from qualcode.analysis.agreement._ratings import Floats, Ratings

__all__ = ["by_any_two", "pairable_totals", "terms", "within_units"]


def terms(paired: Ratings, apart: Difference) -> tuple[float, float]:
    """Give the mean difference of two values of one unit, and of any two values."""
    totals = pairable_totals(paired)
    matrix = apart(totals)
    observed = paired.weights @ within_units(paired, matrix) / totals.sum()
    return float(observed), float(by_any_two(totals[None], matrix)[0])


def pairable_totals(paired: Ratings) -> Floats:
    """Count how often each value was given, shape (values,)."""
    there = paired.codes >= 0
    heavy = np.broadcast_to(paired.weights, there.shape)[there]
    return np.bincount(paired.codes[there], heavy, len(paired.values)).astype(float)


def within_units(paired: Ratings, matrix: Floats) -> Floats:
    """Sum the differences of each unit's values, by one less than their number; shape (units,)."""
    padded = np.pad(matrix, (0, 1))  # a missing value, -1, differs from none
    total = np.zeros(paired.codes.shape[1])
    for number, row in enumerate(paired.codes[:-1], start=1):
        total += padded[row, paired.codes[number:]].sum(axis=0)
    return np.asarray(2 * total / (paired.raters - 1))


def by_any_two(totals: Floats, matrix: Floats) -> Floats:
    """Give the mean difference of any two values for each row of totals, shape (rows, values)."""
    many = totals.sum(axis=1)
    pairs = ((totals @ matrix) * totals).sum(axis=1)
    some = many > 1
    return np.asarray(np.divide(pairs, many * (many - 1), out=np.zeros_like(pairs), where=some))
