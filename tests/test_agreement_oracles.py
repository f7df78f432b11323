"""Measures of agreement beside statsmodels, krippendorff and nltk, on 200 random data sets each."""

from __future__ import annotations

import warnings
from math import isnan

import krippendorff
import numpy as np
import pytest
from nltk.metrics import jaccard_distance, masi_distance
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from qualcode.analysis.agreement.agreement import (
    cohen_kappa,
    fleiss_kappa,
    from_counts,
    from_table,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)

SETS = 200


def seeded(number):
    return np.random.default_rng([20261126, number])


def table_of(rng):
    """Make a square table with agreement that is more or less than chance."""
    size = int(rng.integers(2, 6))
    table = rng.integers(0, 12, (size, size))
    return table + np.diag(rng.integers(0, 30, size)) + np.eye(size, dtype=int)


@pytest.mark.parametrize(
    ("weighting", "wt"), [("identity", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_cohen_as_in_statsmodels(weighting, wt):
    for number in range(SETS):
        table = table_of(seeded(number))
        mine = cohen_kappa(from_table(table), weighting=weighting)
        theirs = cohens_kappa(table, wt=wt)
        assert [mine.value, mine.standard_error, mine.null_standard_error] == pytest.approx(
            [theirs.kappa, theirs.std_kappa, theirs.std_kappa0], rel=1e-9, abs=1e-12
        )
        assert list(mine.interval or ())[:2] == pytest.approx(
            [max(theirs.kappa_low, -1), min(theirs.kappa_upp, 1)] if mine.interval else [], rel=1e-9
        )
        if wt is None:
            assert mine.maximum == pytest.approx(theirs.kappa_max)


def test_fleiss_as_in_statsmodels():
    for number in range(SETS):
        rng = seeded(number)
        shares = rng.dirichlet(np.ones(rng.integers(2, 6)))
        counts = rng.multinomial(rng.integers(2, 8), shares, size=rng.integers(5, 40))
        mine = fleiss_kappa(from_counts(counts))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they divide by 0 where only one category is in use
            theirs = statsmodels_fleiss(counts)
        assert mine.value == pytest.approx(theirs, nan_ok=True)


def ratings_of(rng, low, missing):
    """Make ratings by several coders that agree more than by chance."""
    coders, units = int(rng.integers(2, 6)), int(rng.integers(3, 30))
    truth = rng.integers(low, 6, units)
    table = np.where(
        rng.random((coders, units)) < 0.6, truth, rng.integers(low, 6, (coders, units))
    )
    return np.where(rng.random(table.shape) < missing, np.nan, table)


@pytest.mark.parametrize("missing", [0.0, 0.3])
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_as_in_krippendorff(level, missing):
    compared = 0
    for number in range(SETS):
        table = ratings_of(seeded(number), 1, missing)
        mine = krippendorff_alpha(table, level=level)
        if isnan(mine.value):
            continue  # they raise, or warn, where alpha is not defined
        theirs = krippendorff.alpha(table, level_of_measurement=level)
        assert mine.value == pytest.approx(theirs, rel=1e-9, abs=1e-12)
        compared += 1
    assert compared > 0.95 * SETS


def task_of(table):
    rows = enumerate(table)
    return [(coder, unit, value) for coder, row in rows for unit, value in enumerate(row)]


def test_two_coders_as_in_nltk():
    for number in range(SETS):
        table = ratings_of(seeded(number), 1, 0)[:2].astype(int).tolist()
        if len({value for row in table for value in row}) < 2:
            continue
        task = AnnotationTask(task_of(table))
        mine = [percent_agreement, cohen_kappa, scott_pi, krippendorff_alpha]
        theirs = [task.avg_Ao(), task.kappa(), task.pi(), task.alpha()]
        assert [measure(table).value for measure in mine] == pytest.approx(theirs)


def test_many_coders_as_in_nltk():
    for number in range(SETS):
        table = ratings_of(seeded(number), 1, 0).astype(int).tolist()
        task = AnnotationTask(task_of(table))
        theirs = [task.avg_Ao(), task.alpha()]
        mine = [percent_agreement(table).value, krippendorff_alpha(table).value]
        assert mine == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("level", "distance"), [("masi", masi_distance), ("jaccard", jaccard_distance)]
)
def test_alpha_of_sets_as_in_nltk(level, distance):
    for number in range(SETS):
        rng = seeded(number)
        coders, units = int(rng.integers(2, 4)), int(rng.integers(4, 15))
        truth = rng.random((units, 4)) < 0.4
        said = [np.where(rng.random((units, 4)) < 0.8, truth, ~truth) for _ in range(coders)]
        # nltk cannot take empty sets, so each unit has a code that all gave or did not.
        table = [
            [frozenset(np.flatnonzero(row).tolist()) or frozenset({9}) for row in one]
            for one in said
        ]
        task = AnnotationTask(task_of(table), distance=distance)
        mine = [krippendorff_alpha(table, level=level).value]
        mine.append(krippendorff_alpha(table, level=distance).value)
        assert mine == pytest.approx([task.alpha()] * 2)
