"""Saturation and richness: values printed elsewhere, each with its source."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.analysis.comparisons import exact_interval
from qualcode.analysis.saturation.saturation import (
    chao2,
    guest_runs,
    guest_saturation,
    ice,
    jackknife1,
    rarefaction,
    sample_coverage,
)

# Ten interviews and twelve codes. The values below follow from the definitions (the methods' own
# papers, cited in the functions) and were computed independently of this package.
INTERVIEWS = ["ABCDE", "ABFG", "ACFHI", "BDJ", "AEGK", "ABCF", "CDL", "ABF", "AG", "BCF"]
TABLE = np.array([[code in interview for code in "ABCDEFGHIJKL"] for interview in INTERVIEWS])


def table_of(frequencies, interviews):
    """Make a table whose codes are heard in so many interviews, in no matter which."""
    return np.array([[row < count for count in frequencies] for row in range(interviews)])


@pytest.mark.parametrize(("run", "label"), [(2, "7+2"), (3, "7+3")])
def test_guest_namey_chen(run, label):
    point = guest_saturation(TABLE, base=4, run=run, threshold=0.05)
    assert (point.label, point.base_codes, point.new_codes) == (label, 10, 0)


def test_guest_namey_chen_by_hand():
    # The denominator stays the ten codes of the base; runs slide by one interview.
    ratios = guest_runs(TABLE, base=4, run=2)["ratio"]
    assert ratios.tolist() == pytest.approx([0.1, 0.1, 0.1, 0, 0])


def test_the_base_and_quotient_of_the_authors_example():
    # G. Guest, E. Namey and M. Chen (2020), PLoS ONE 15(5), e0232076: 37 themes in the base; a
    # run that brings one more has a quotient of 3%; the 11% of an earlier run are four.
    ratios = guest_runs([37, 0, 0, 0, 4, 0, 1, 0], base=4, run=2)["ratio"]
    assert [f"{ratio:.0%}" for ratio in ratios] == ["11%", "3%", "3%"]


@pytest.mark.parametrize(
    ("estimate", "value"),
    [
        (chao2(TABLE, form="plain"), 23.25),
        (chao2(TABLE, form="bias-corrected"), 16.5),
        (ice(TABLE), 16.8699),
        (jackknife1(TABLE), 16.5),
        (sample_coverage(TABLE), 0.8611),
        (sample_coverage(TABLE, form="chao-jost"), 1 - 5 / 36 * (9 * 5) / (9 * 5 + 2 * 1)),
    ],
    ids=lambda x: getattr(x, "measure", ""),
)
def test_richness(estimate, value):
    assert estimate.value == pytest.approx(value, abs=5e-5)


def test_rarefaction():
    expected = [3.6, 5.8, 7.2417, 8.2810, 9.1032, 9.8, 10.4167, 10.9778, 11.5, 12]
    assert rarefaction(TABLE)["codes"].tolist() == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("interviews", "heard", "once", "twice", "chao", "se", "jack"),
    [
        # specpool(BCI): 50 plots of Barro Colorado Island
        (50, 225, 21, 19, 236.3732, 6.54361, 245.58),
        # specpool(dune, Management): dune meadows by their management, BF, HF, NM and SF
        (3, 16, 5, 7, 17.19048, 1.5895675, 19.33333),
        (5, 21, 3, 7, 21.51429, 0.9511693, 23.4),
        (6, 21, 6, 8, 22.875, 2.1582871, 26.0),
        (6, 21, 8, 3, 29.88889, 8.6447967, 27.66667),
    ],
)
def test_chao2_and_jackknife_of_vegan(interviews, heard, once, twice, chao, se, jack):
    # Printed in the documentation of the R package vegan (J. Oksanen et al.), `specpool`. How many
    # species are found in one plot and in two follows from its jackknives; all others are taken as
    # found in three, which no estimate here depends on.
    table = table_of([1] * once + [2] * twice + [3] * (heard - once - twice), interviews)
    estimate = chao2(table, form="plain")
    assert estimate.value == pytest.approx(chao, abs=5e-5)
    assert estimate.se == pytest.approx(se, abs=5e-6)
    assert jackknife1(table).value == pytest.approx(jack, abs=5e-6)


def test_exact_interval_of_mendels_peas():
    # W. J. Conover (1971), Practical nonparametric statistics, 97-104, as R's `binom.test` prints
    # it: 682 of 925 plants.
    low, high = exact_interval(682, 925)
    assert (low, high) == (pytest.approx(0.7076683, abs=5e-8), pytest.approx(0.7654066, abs=5e-8))
