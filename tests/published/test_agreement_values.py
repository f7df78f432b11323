"""Agreement and unitizing: what was published, to the digits printed, each with its source.

"P" stands for a printed value; "C" for one computed with another implementation, of which the
sources say how. `statsmodels`, `krippendorff` and nltk are asked in ``test_agreement_oracles``.
"""

from __future__ import annotations

from functools import partial
from math import isnan

import numpy as np
import pytest

from qualcode.analysis.agreement._distances import difference
from qualcode.analysis.agreement._likeness import likeness
from qualcode.analysis.agreement._ratings import read_ratings
from qualcode.analysis.agreement.agreement import (
    binary_u_alpha,
    brennan_prediger,
    character_f1,
    cohen_kappa,
    cu_alpha,
    fleiss_kappa,
    from_counts,
    from_table,
    gwet_ac1,
    gwet_ac2,
    holsti,
    krippendorff_alpha,
    ku_alpha,
    percent_agreement,
    scott_pi,
    span_f1,
    two_coder_measures,
    u_alpha,
)

# Artstein & Poesio (2008), "Inter-coder agreement for computational linguistics", Computational
# Linguistics 34, p. 558; the errors C.
ARTSTEIN = [[20, 20], [10, 50]]
# Cohen (1960), "A coefficient of agreement for nominal scales", p. 45, for 200 units.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# One common and one rare value, as in Feinstein & Cicchetti (1990), "High agreement but low
# kappa: I", J. Clin. Epidemiol. 43.
PREVALENCE = [[80, 7], [8, 5]]
# "cont3x3abstractors" of Gwet's package irrCAC; its vignette "overview" prints the values.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]

TABLES = [
    (ARTSTEIN, percent_agreement, 0.70, 2),  # P
    (ARTSTEIN, cohen_kappa, 0.3478, 4),  # P
    (ARTSTEIN, scott_pi, 0.3407, 4),  # P
    (ARTSTEIN, brennan_prediger, 0.40, 2),  # P
    (ARTSTEIN, gwet_ac1, 0.4495, 4),  # C
    (ARTSTEIN, krippendorff_alpha, 0.3440, 4),  # C
    (COHEN, percent_agreement, 0.70, 2),  # P
    (COHEN, cohen_kappa, 0.4915, 4),  # P
    (COHEN, scott_pi, 0.4872, 4),  # C
    (COHEN, brennan_prediger, 0.55, 2),  # C
    (COHEN, gwet_ac1, 0.5760, 4),  # P
    (COHEN, krippendorff_alpha, 0.4885, 4),  # C
    (PREVALENCE, percent_agreement, 0.85, 2),  # P
    (PREVALENCE, cohen_kappa, 0.3144, 4),  # C
    (PREVALENCE, scott_pi, 0.3143, 4),  # P
    (PREVALENCE, brennan_prediger, 0.70, 2),  # P
    (PREVALENCE, gwet_ac1, 0.8080, 4),  # P
    (PREVALENCE, krippendorff_alpha, 0.3177, 4),  # C
    (ABSTRACTORS, percent_agreement, 0.89, 2),  # P
    (ABSTRACTORS, cohen_kappa, 0.7964094, 7),  # P
    (ABSTRACTORS, scott_pi, 0.7962397, 7),  # P
    (ABSTRACTORS, brennan_prediger, 0.835, 3),  # P
    (ABSTRACTORS, gwet_ac1, 0.8493305, 7),  # P
    (ABSTRACTORS, krippendorff_alpha, 0.7972585, 7),  # P
]


@pytest.mark.parametrize(("table", "measure", "expected", "digits"), TABLES)
def test_two_coders_table(table, measure, expected, digits):
    assert round(measure(from_table(table)).value, digits) == expected


@pytest.mark.parametrize(
    ("table", "measure", "expected"),
    [
        (ARTSTEIN, cohen_kappa, 0.0950),  # C
        (COHEN, cohen_kappa, 0.0510),  # C
        (COHEN, gwet_ac1, 0.0481),  # C
        (PREVALENCE, cohen_kappa, 0.1354),  # C
        (PREVALENCE, gwet_ac1, 0.0524),  # P
        (ABSTRACTORS, cohen_kappa, 0.0589),  # P, 0.05891072
    ],
)
def test_standard_error(table, measure, expected):
    assert round(measure(from_table(table)).standard_error, 4) == expected


def test_the_greatest_kappa_that_the_totals_allow():
    assert round(cohen_kappa(from_table(COHEN)).maximum, 4) == 0.8305  # Cohen 1960, P


@pytest.mark.parametrize("table", [ARTSTEIN, PREVALENCE])
def test_many_tables_at_once_give_the_same(table):
    (n11, n10), (n01, n00) = table
    found = two_coder_measures(n11, n10, n01, n00)
    ratings = from_table(table)
    expected = {
        "kappa": cohen_kappa(ratings).value,
        "kappa_se": cohen_kappa(ratings).standard_error,
        "pi": scott_pi(ratings).value,
        "brennan_prediger": brennan_prediger(ratings).value,
        "ac1": gwet_ac1(ratings).value,
        "ac1_se": gwet_ac1(ratings).standard_error,
        "alpha": krippendorff_alpha(ratings).value,
    }
    assert {name: float(found[name]) for name in expected} == pytest.approx(expected)


# Fleiss (1971), "Measuring nominal scale agreement among many raters": 30 patients, six
# psychiatrists, five diagnoses.
FLEISS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 00501
30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def test_fleiss_1971():
    found = fleiss_kappa(from_counts([[int(digit) for digit in row] for row in FLEISS.split()]))
    assert round(found.observed, 4) == 0.5556  # P
    assert round(found.expected, 4) == 0.2199  # P: .220
    assert round(found.value, 4) == 0.4302  # P: .430
    assert round(found.null_standard_error, 4) == 0.0244  # C
    assert (found.units, found.coders, found.pairable) == (30, 6, 180)


# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example C/D.
MISSING = None
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, MISSING, MISSING, MISSING],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, MISSING, 3],
    [MISSING, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, MISSING],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, MISSING],
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)],
)
def test_krippendorff_2011(level, expected):
    found = krippendorff_alpha(FOUR_CODERS, level=level)
    assert round(found.value, 4) == expected
    assert (found.units, found.coders, found.pairable) == (12, 4, 40)


# Krippendorff (2011), example A: two observers and binary data, here in the order of the units in
# which they stand in the manual of ATLAS.ti.
BINARY = [[1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]]


# Krippendorff (2011), example B: Ben and Gerry, nominal data.
def test_krippendorff_2011_ben_and_gerry():
    assert (
        round(krippendorff_alpha([list("aabbdcccedda"), list("babbbcccedd" + "d")]).value, 3)
        == 0.692
    )  # P


def test_atlas_ti_manual():
    assert percent_agreement(BINARY).value == pytest.approx(0.6)  # P
    assert round(krippendorff_alpha(BINARY).value, 4) == 0.0952  # C; Krippendorff P: .095
    assert holsti(BINARY).value == pytest.approx(0.6)


# The same data are "cac.raw4raters" of irrCAC (Gwet 2014, p. 120), whose vignette "overview"
# prints five digits; the quadratic AC2 is from its vignette "weighting".
@pytest.mark.parametrize(
    ("measure", "value", "error"),
    [
        (percent_agreement, 0.81818, 0.12561),
        (gwet_ac1, 0.77544, 0.14295),
        (fleiss_kappa, 0.76117, 0.15302),
        (brennan_prediger, 0.77273, 0.14472),
    ],
)
def test_gwet_with_missing_ratings(measure, value, error):
    found = measure(FOUR_CODERS)
    assert (round(found.value, 5), round(found.standard_error, 5)) == (value, error)


def test_gwet_interval():
    low, high, level = gwet_ac1(FOUR_CODERS).interval
    assert (round(low, 3), high, level) == (0.461, 1.0, 0.95)  # vignette "overview", P


def test_gwet_ac2():
    found = gwet_ac2(FOUR_CODERS, weighting="quadratic")
    assert round(found.value, 3) == 0.914
    assert (round(found.observed, 5), round(found.expected, 4)) == (0.97538, 0.7137)


# "ordinal.weights(1:3)" and its like, as the vignette "weighting" of irrCAC prints them.
@pytest.mark.parametrize(
    ("weighting", "middle"),
    [("linear", 0.5), ("quadratic", 0.75), ("ordinal", 0.6666667), ("radical", 0.2928932)],
)
def test_weights_of_gwet(weighting, middle):
    found = likeness(from_counts([[1, 1, 1]]), weighting)
    assert found.round(7).tolist() == [[1, middle, 0], [middle, 1, middle], [0, middle, 1]]


def test_fleiss_with_quadratic_weights():
    # irrCAC's fleiss.kappa.raw on cac.raw4raters[2:9, ], as an R package that checks it prints.
    complete = [row[1:9] for row in FOUR_CODERS]
    assert round(fleiss_kappa(complete, weighting="quadratic").value, 5) == 0.66667


# Passonneau (2006), "Measuring agreement on set-valued items (MASI)", LREC.
def test_masi_distance():
    one, other = frozenset({1, 2}), frozenset({1, 2, 3, 4})
    apart = difference(read_ratings([[one, other]]), "masi")(np.ones(2))
    assert round(float(apart[0, 1]), 4) == 0.6667


@pytest.mark.parametrize(("level", "expected"), [("masi", 0.477376), ("jaccard", 0.503759)])
def test_alpha_of_sets(level, expected):  # C, equal in nltk
    coders = ["a|ab|b|c|ac|b", "a|a|bc|c|ac|a"]
    sets = [[frozenset(unit) for unit in coder.split("|")] for coder in coders]
    assert round(krippendorff_alpha(sets, level=level).value, 6) == expected


# Krippendorff, Mathet, Bouvry & Widlöcher (2016), "On the reliability of unitizing textual
# continua"; the examples and their values C.
FIFTY = [
    [(0, 10, "A"), (15, 25, "B"), (30, 40, "C")],
    [(0, 8, "A"), (15, 28, "B"), (32, 40, "A")],
]
TWENTY = [
    [(2, 6, "A"), (8, 12, "B"), (14, 18, "A")],
    [(3, 6, "A"), (8, 13, "A"), (15, 18, "A")],
]


@pytest.mark.parametrize(
    ("measure", "continua", "length", "expected"),
    [
        (u_alpha, FIFTY, 50, 0.5996),
        (binary_u_alpha, FIFTY, 50, 0.7291),
        (cu_alpha, FIFTY, 50, 0.5843),
        (u_alpha, TWENTY, 20, 0.4409),
        (binary_u_alpha, TWENTY, 20, 0.7138),
        (cu_alpha, TWENTY, 20, -0.0375),
    ],
)
def test_unitizing(measure, continua, length, expected):
    assert round(measure(continua, length).value, 4) == expected


def test_unitizing_code_by_code():
    found = ku_alpha(FIFTY, 50)
    assert {code: round(one.value, 4) for code, one in found.items()} == {
        "A": 0.4762,
        "B": 1.0,
        "C": 0.0,
    }
    # By hand: of A's 10 + 8 + 8 characters 24 lie in another's segment, of B's 23 20, of C's 10 8.
    assert {code: one.coverage for code, one in found.items()} == pytest.approx(
        {"A": 24 / 26, "B": 20 / 23, "C": 0.8}
    )


def test_span_and_character_f1():
    assert span_f1(TWENTY).value == 0
    assert round(character_f1(TWENTY).value, 4) == 0.5217  # C


ONE_VALUE = [[(0, 20, "A")], [(0, 20, "A")]]


@pytest.mark.parametrize("measure", [u_alpha, binary_u_alpha, cu_alpha])
def test_one_value_without_gaps_is_not_defined(measure):
    found = measure(ONE_VALUE, 20)
    assert isnan(found.value)
    assert found.reason


def test_missing_is_no_category():
    """The trap of METHODS: with nan counted as a category AC1 would be .7855."""
    assert round(gwet_ac1(FOUR_CODERS).value, 4) == 0.7754
    trap = [[0 if value is MISSING else value for value in row] for row in FOUR_CODERS]
    assert round(gwet_ac1(trap).value, 4) != 0.7754


PAIRS = [partial(gwet_ac1, categories=[0, 1]), partial(brennan_prediger, categories=[0, 1])]


@pytest.mark.parametrize("measure", PAIRS)
def test_uncoded_units_belong_in(measure):
    """The trap of METHODS: agreement over coded units alone is another figure."""
    ratings = [[1] * 5 + [0] * 95, [1] * 4 + [0] * 96]
    alone = [row[:5] for row in ratings]
    assert measure(ratings).value > 0.9
    assert measure(alone).value < 0.8
