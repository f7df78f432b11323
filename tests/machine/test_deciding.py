"""Probabilities that mean what they say, and thresholds from which enough is right."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from qualcode.machine.suggesting._deciding import _bend, decide, offer_threshold


def spoken(seed: int, codes: int = 6, count: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    """Make scores of codes that promise too much at their upper end, and what is so."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(-2, 1.5, size=(count, codes))
    true = np.where(scores > 0, 0.3 * scores, scores)
    return scores, rng.random(scores.shape) < 1 / (1 + np.exp(-true))


@pytest.mark.parametrize("seed", range(3))
def test_the_upper_end_is_bent_to_what_is_so(seed: int) -> None:
    scores, coded = spoken(seed)
    held, marks = spoken(seed + 100)
    known = np.ones_like(coded)
    bent = decide(scores, coded, known).probabilities(held)
    plain = decide(scores, coded, known, bend=(1.0, 1.0, 0.0)).probabilities(held)
    high = plain > 0.6
    too_much = plain[high].mean() - marks[high].mean()
    assert too_much > 0.05
    assert abs(bent[high].mean() - marks[high].mean()) < too_much / 2
    assert np.mean((bent - marks) ** 2) < np.mean((plain - marks) ** 2)


def test_the_bend_is_the_one_that_fits_best() -> None:
    scores, coded = spoken(7, codes=1)
    values, marks = scores[:, 0], coded[:, 0]

    def loss(bend: np.ndarray) -> float:
        odds = bend[0] * -np.logaddexp(0, -values) + bend[1] * np.logaddexp(0, values) + bend[2]
        return float(np.sum(np.logaddexp(0, odds) - marks * odds))

    best = minimize(loss, [1, 1, 0], bounds=[(0, None), (0, None), (None, None)]).x
    assert _bend(values, marks) == pytest.approx(best, abs=1e-2)


def test_too_little_bends_nothing() -> None:
    values = np.linspace(-3, 3, 200)
    rng = np.random.default_rng(0)
    marks = rng.permutation(np.arange(200) < 60) & (values > -2)
    few = marks & (np.cumsum(marks) < 50)
    assert _bend(values, few) == (1.0, 1.0, 0.0)
    assert _bend(values, marks) != (1.0, 1.0, 0.0)
    assert _bend(values, np.arange(200) < 60) == (1.0, 1.0, 0.0)  # it would turn the order round
    assert _bend(values, np.ones(200, dtype=bool)) == (1.0, 1.0, 0.0)


def test_the_bend_keeps_each_codes_order() -> None:
    scores, coded = spoken(1)
    probability = decide(scores, coded, np.ones_like(coded)).probabilities(scores)
    for code in range(scores.shape[1]):
        order = np.argsort(scores[:, code])
        assert (np.diff(probability[order, code]) >= 0).all()


@pytest.mark.parametrize(
    ("marks", "least", "threshold"),
    [
        ("1110100101", 0.0, 0.45),  # six have it: six are offered
        ("1110100101", 0.7, 0.55),  # of five four are right, of six four
        ("1110100101", 0.9, np.inf),  # of the first five one is wrong, and fewer are not counted
        ("0000011111", 0.5, np.inf),
        ("1100000000", 1.0, 0.85),  # two have it, so two are enough to count
        ("0000000000", 0.0, np.inf),
    ],
)
def test_the_threshold_from_which_enough_is_right(
    marks: str, least: float, threshold: float
) -> None:
    probability = np.arange(1.0, 0.0, -0.1)
    found = offer_threshold(probability, np.array([one == "1" for one in marks]), least)
    assert found == pytest.approx(threshold)


def test_equal_probabilities_are_offered_together_or_not_at_all() -> None:
    probability = np.array([0.9, 0.9, 0.5, 0.5, 0.5, 0.5])
    marks = np.array([True, True, True, False, False, False])
    assert offer_threshold(probability, marks, 0.0) == pytest.approx(np.inf)
    assert offer_threshold(probability[:4], marks[:4], 0.0) == pytest.approx(np.inf)
    assert offer_threshold(probability[1:], marks[1:], 0.0) == pytest.approx(np.inf)
    assert offer_threshold(probability[:2], marks[:2], 0.0) == pytest.approx(0.45)
