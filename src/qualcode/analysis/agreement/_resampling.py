"""An interval for alpha: units, or clusters of them, drawn again with replacement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.agreement._agreement_value import Interval, check_confidence
from qualcode.analysis.agreement._disagreement import by_any_two, within_units
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from qualcode.analysis.agreement._distances import Difference
    from qualcode.analysis.agreement._ratings import Codes, Floats, Ratings

__all__ = ["Lots", "lots_of_clusters", "lots_of_units", "resampled"]

#: numbers drawn at a time
_BLOCK = 4_000_000


@dataclass(frozen=True, eq=False)
class Lots:
    """What is drawn: each lot holds some of the units.

    Parameters
    ----------
    of_unit : numpy.ndarray of int, shape (units,)
        The lot of each unit.
    weights : numpy.ndarray, shape (units,)
        What one draw of its lot brings of each unit.
    chance : numpy.ndarray, shape (lots,)
        That a draw gives each lot.
    draws : int
        In one resample.
    """

    of_unit: Codes
    weights: Floats
    chance: Floats
    draws: int


def lots_of_units(table: Ratings) -> Lots:
    """Draw elementary units; units with the same ratings are one lot, drawn as often as there are.

    So weights give, draw by draw, what the units that they stand for would give.
    """
    patterns, first, of_unit = np.unique(
        table.codes, axis=1, return_index=True, return_inverse=True
    )
    many = np.bincount(of_unit.ravel(), table.weights, patterns.shape[1])
    once = np.zeros(len(table.weights))
    once[first] = 1  # a lot brings one unit, whichever column stands for it
    return Lots(of_unit.ravel(), once, many / many.sum(), round(many.sum()))


def lots_of_clusters(table: Ratings, clusters: ArrayLike) -> Lots:
    """Draw clusters, each with all its units."""
    labels = np.asarray(clusters)
    if labels.shape != table.weights.shape:
        mend = "give one label a unit"
        found = f"clusters= has shape {labels.shape}, not {table.weights.shape}"
        raise UnknownValueError(found, mend=mend)
    names, of_unit = np.unique(labels, return_inverse=True)
    return Lots(of_unit, table.weights, np.full(len(names), 1 / len(names)), len(names))


def resampled(
    table: Ratings,
    apart: Difference,
    lots: Lots,
    rng: np.random.Generator,
    resamples: int,
    confidence: float,
) -> tuple[Interval | None, str]:
    """Give the percentile interval of alpha over resamples, and what must be said of it."""
    check_confidence(confidence)
    if resamples < 1:
        raise UnknownValueError(f"resamples={resamples} is not above 0")
    found = np.concatenate([*_alphas(table, apart, lots, rng, resamples)])
    known = found[~np.isnan(found)]
    lost = len(found) - len(known)
    if lost > len(found) / 2:
        return None, f"There is no interval: {lost:,} of {resamples:,} resamples had no alpha."
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    note = f"{lost:,} of {resamples:,} resamples had no alpha." if lost else ""
    return Interval(float(low), float(high), confidence), note


def _alphas(
    table: Ratings, apart: Difference, lots: Lots, rng: np.random.Generator, resamples: int
) -> Iterator[Floats]:
    keep = table.raters >= 2
    paired, of_unit, heavy = table.both(), lots.of_unit[keep], lots.weights[keep]
    size, many = len(table.values), len(lots.chance)
    there = paired.codes >= 0
    cells = (of_unit * size + paired.codes)[there]
    counts = np.bincount(cells, np.broadcast_to(heavy, there.shape)[there], many * size)
    totals_of_lot = counts.reshape(many, size)

    def disagreement(drawn: Floats, matrix: Floats) -> Floats:
        inside = np.bincount(of_unit, heavy * within_units(paired, matrix), many)
        return np.asarray(drawn @ inside)

    block = max(1, _BLOCK // many)
    for start in range(0, resamples, block):
        some = min(block, resamples - start)
        drawn = rng.multinomial(lots.draws, lots.chance, size=some).astype(float)
        totals = np.asarray(drawn @ totals_of_lot, dtype=float)
        if apart.fixed:
            matrix = apart(totals[0])
            yield _ratio(disagreement(drawn, matrix), totals, by_any_two(totals, matrix))
            continue
        each = [
            (disagreement(row[None], matrix), by_any_two(total[None], matrix))
            for row, total in zip(drawn, totals, strict=True)
            for matrix in [apart(total)]
        ]
        inside, expected = (np.concatenate(column) for column in zip(*each, strict=True))
        yield _ratio(inside, totals, expected)


def _ratio(inside: Floats, totals: Floats, expected: Floats) -> Floats:
    many = totals.sum(axis=1)
    defined = (many > 0) & (expected > 0)
    observed = np.divide(inside, many, out=np.zeros_like(inside), where=defined)
    share = np.divide(observed, expected, out=np.full_like(inside, np.nan), where=defined)
    return np.asarray(1 - share)
