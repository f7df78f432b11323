"""From scores to probabilities, and from probabilities to offers: learned on held-out interviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine._packages import need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int64]

__all__ = [
    "Deciding",
    "beats_chance",
    "best_threshold",
    "decide",
    "held_out_offers",
    "offer_threshold",
]


_FLAT = 1e-9  # scores that differ by less are the same but for their last digits
_CHANCE = 0.05
_FEWEST = 5  # offers from which a share is taken
_ENOUGH = 50  # coded passages, of all codes together, from which the bend is learned
_STRAIGHT = (1.0, 1.0, 0.0)


@dataclass(frozen=True, eq=False)
class Deciding:
    """How each code's scores are read.

    Parameters
    ----------
    slope, offset : arrays of float, shape (codes,)
        With ``z = slope · score + offset`` the logistic of z is the code's own estimate.
    bend : array of float, shape (3, codes)
        a, b and c of the probability: the logistic of ``a·ln p - b·ln(1 - p) + c``, p the estimate.
    threshold : array of float, shape (codes,)
        The least probability that is offered; infinite for a code that is never offered.
    """

    slope: Floats
    offset: Floats
    bend: Floats
    threshold: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Turn scores, passages × codes, into probabilities."""
        return _bent(scores * self.slope + self.offset, self.bend)

    def with_codes(self, columns: list[int], other: Deciding) -> Deciding:
        """Put what was learned again for some codes in the place of what was learned before."""
        mine = [one.copy() for one in (self.slope, self.offset, self.bend, self.threshold)]
        new = (other.slope, other.offset, other.bend, other.threshold)
        for old, one in zip(mine, new, strict=True):
            old[..., columns] = one
        return Deciding(*mine)


def decide(
    scores: Floats, coded: Flags, known: Flags, bend: tuple[float, float, float] | None = None
) -> Deciding:
    """Learn how to read scores that were given to held-out passages.

    Each code has a logistic curve of its own (Platt), for which a few passages are enough. Such
    curves promise too much at their upper end, all in the same way; so what they say is bent by
    one curve that is learned of all codes together (beta calibration).

    Parameters
    ----------
    scores : array of float, shape (passages, codes)
        From models that had not seen the passage's interview.
    coded, known : arrays of bool, of the same shape
        What the coder did, and where that is known.
    bend : (float, float, float), optional
        The common curve, if it was learned before.

    References
    ----------
    Kull, M., Silva Filho, T. & Flach, P. (2017). Beta calibration. AISTATS, PMLR 54, 623-631.
    Lewis, D. D. (1992). An evaluation of phrasal and clustered representations on a text
    categorization task. SIGIR '92, 37-50 (the break-even point).
    Platt, J. (1999). Probabilistic outputs for support vector machines. Advances in large margin
    classifiers, 61-74.
    """
    count = scores.shape[1]
    slope, offset, threshold = np.zeros(count), np.zeros(count), np.full(count, np.inf)
    for code in range(count):
        some = known[:, code]
        slope[code], offset[code] = _platt(scores[some, code], coded[some, code])
    given = scores * slope + offset
    common = _bend(given[known], coded[known]) if bend is None else bend
    found = Deciding(slope, offset, np.repeat(np.array([common]).T, count, axis=1), threshold)
    probability = found.probabilities(scores)
    for code in np.flatnonzero((coded & known).any(axis=0)).tolist():
        some = known[:, code]
        threshold[code] = best_threshold(probability[some, code], coded[some, code])
    return found


def best_threshold(probability: Floats, marks: Flags) -> float:
    """Give the threshold at which as many passages are offered as have the code.

    There precision and recall are the same (the break-even point). The threshold with the
    greatest F1 does no better on other interviews, and offers a rare code far too often: with few
    passages, F1 is flat, and its greatest value is often near "offer everything".
    """
    count = int(marks.sum())
    given = np.sort(probability)[::-1]
    below = given[count] if count < len(given) else 0.0
    return float((given[count - 1] + below) / 2) if given[count - 1] > below else float(below)


def offer_threshold(probability: Floats, marks: Flags, least: float) -> float:
    """Give the break-even threshold, or the nearest above it from which enough is right.

    Parameters
    ----------
    probability : array of float, shape (passages,)
        From models that had not seen the passage's interview.
    marks : array of bool, of the same shape
        What the coder did.
    least : float
        The share of what is offered that must be right, 0 to 1.

    Returns
    -------
    float
        Infinite if there is no such threshold.
    """
    count = int(marks.sum())
    order = np.argsort(-probability, kind="stable")
    given, right = probability[order], np.cumsum(marks[order])
    last = np.append(given[1:] < given[:-1], True)  # equal probabilities are offered together
    offered = np.arange(1, len(given) + 1)
    enough = last & (offered <= count) & (offered >= min(_FEWEST, count))
    enough &= right >= least * offered
    if not enough.any():
        return float("inf")
    at = int(np.flatnonzero(enough)[-1])
    below = given[at + 1] if at + 1 < len(given) else 0.0
    return float((given[at] + below) / 2)


def held_out_offers(
    probability: Floats, marks: Flags, folds: Sequence[Rows], least: float = 0.0
) -> Flags:
    """Tell what is offered of held-out passages when the threshold is chosen on other folds too.

    A threshold that was chosen on the passages it is judged by seems better than it is.

    Parameters
    ----------
    probability : array of float, shape (passages,)
        From models that had not seen the passage's interview.
    marks : array of bool, of the same shape
        What the coder did.
    folds : sequence of arrays of int
        Passages whose interviews are held out together.
    least : float
        As for `offer_threshold`.
    """
    offered = np.zeros(len(marks), dtype=bool)
    for held in folds:
        others = np.delete(np.arange(len(marks)), held)
        if marks[others].any():
            limit = offer_threshold(probability[others], marks[others], least)
            offered[held] = probability[held] >= limit
    return offered


def beats_chance(offered: Flags, marks: Flags) -> bool:
    """Tell whether more of what is offered is right than of passages drawn at random.

    The exact binomial test, one-sided at 5 %.
    """
    count, right = int(offered.sum()), int((offered & marks).sum())
    if not right:
        return False
    tail = need("scipy.stats").binom.sf(right - 1, count, marks.mean())
    return bool(tail <= _CHANCE)


def _platt(scores: Floats, marks: Flags) -> tuple[float, float]:
    """Fit a logistic curve to scores, with Platt's targets, which few passages cannot push to 0 or 1."""
    yes, no = int(marks.sum()), int((~marks).sum())
    if not yes or not no or np.ptp(scores) < _FLAT:
        return 0.0, float(np.log((yes + 1) / (no + 1)))
    target = np.where(marks, (yes + 1) / (yes + 2), 1 / (no + 2))
    regression = need("sklearn.linear_model").LogisticRegression(
        C=1e6, solver="newton-cholesky", max_iter=100
    )
    both = np.concatenate([scores, scores])[:, None]
    sides = np.repeat([True, False], len(scores))
    regression.fit(both, sides, sample_weight=np.concatenate([target, 1 - target]))
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])


def _bend(values: Floats, marks: Flags) -> tuple[float, float, float]:
    """Learn the common curve; none from too little, or if it would turn the order round.

    A side whose weight would be negative is left out, and the other learned alone.
    """
    if marks.sum() < _ENOUGH or marks.all():
        return _STRAIGHT
    # C holds the curve where scores part the marks wholly, and else changes nothing that shows.
    regression = need("sklearn.linear_model").LogisticRegression(
        C=1e2, solver="newton-cholesky", max_iter=100
    )
    sides, logs = [0, 1], _logs(values)
    while sides:
        regression.fit(logs[:, sides], marks)
        kept = [side for side, weight in zip(sides, regression.coef_[0], strict=True) if weight > 0]
        if kept == sides:
            weights = dict(zip(sides, regression.coef_[0].tolist(), strict=True))
            return weights.get(0, 0.0), weights.get(1, 0.0), float(regression.intercept_[0])
        sides = kept
    return _STRAIGHT


def _bent(values: Floats, bend: Floats) -> Floats:
    low, high = (np.logaddexp(0, one) for one in (-values, values))
    return _logistic(bend[0] * -low + bend[1] * high + bend[2])


def _logs(values: Floats) -> Floats:
    """Give ln p and -ln(1 - p) of the logistic of each value."""
    return np.column_stack([-np.logaddexp(0, -values), np.logaddexp(0, values)])


def _logistic(values: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(values, -500, 500)))
