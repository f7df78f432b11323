"""Measures of agreement: what must hold for any ratings and any spans."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.agreement.agreement import (
    Agreement,
    Interval,
    binary_u_alpha,
    brennan_prediger,
    character_f1,
    code_continua,
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
from qualcode.errors import UnknownValueError

NOMINAL = [percent_agreement, fleiss_kappa, brennan_prediger, gwet_ac1, krippendorff_alpha, holsti]
BY_VALUE = [
    partial(krippendorff_alpha, level="ordinal"),
    partial(krippendorff_alpha, level="interval"),
    partial(krippendorff_alpha, level="ratio"),
    partial(gwet_ac2, weighting="quadratic"),
    partial(gwet_ac2, weighting="ordinal"),
]
OF_TWO = [cohen_kappa, scott_pi, partial(cohen_kappa, weighting="linear")]
MANY = [*NOMINAL, *BY_VALUE]
ALL = [*MANY, *OF_TWO]
UNITIZING = [u_alpha, binary_u_alpha, cu_alpha]


def named(measure):
    if isinstance(measure, partial):
        return "-".join([measure.func.__name__, *map(str, measure.keywords.values())])
    return measure.__name__


# Many measures are asked the same, so each is asked fewer times.
few = settings(max_examples=25, deadline=None)
usual = settings(deadline=None)
every = partial(pytest.mark.parametrize, "measure", ids=named)


@st.composite
def rated(draw, coders=None, missing=True, most=5):
    """Ratings from 1 to 5, coders × units, with weights from 1 to 4."""
    rows = coders or draw(st.integers(2, 4))
    units = draw(st.integers(1, 12))
    value = st.integers(1, most)
    cell = st.one_of(st.none(), value) if missing else value
    table = draw(
        st.lists(st.lists(cell, min_size=units, max_size=units), min_size=rows, max_size=rows)
    )
    weights = draw(st.lists(st.integers(1, 4), min_size=units, max_size=units))
    return table, weights


def numbers(found: Agreement):
    """Give all that must be the same: but for rounding."""
    row = found.record()
    return [value for value in row.values() if isinstance(value, float | int)]


def same(one: Agreement, other: Agreement):
    assert numbers(one) == pytest.approx(numbers(other), nan_ok=True, rel=1e-9, abs=1e-9)
    assert one.reason == other.reason


@every(MANY)
@few
@given(rated(), st.randoms(use_true_random=False))
def test_the_order_of_coders_changes_nothing(measure, given_ratings, random):
    table, weights = given_ratings
    shuffled = random.sample(table, len(table))
    same(measure(table, weights=weights), measure(shuffled, weights=weights))


@every(OF_TWO)
@few
@given(rated(coders=2))
def test_the_order_of_two_coders_changes_nothing(measure, given_ratings):
    table, weights = given_ratings
    same(measure(table, weights=weights), measure(table[::-1], weights=weights))


@every(ALL)
@few
@given(rated(coders=2), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(measure, given_ratings, random):
    table, weights = given_ratings
    order = random.sample(range(len(weights)), len(weights))
    moved = [[row[place] for place in order] for row in table]
    same(
        measure(table, weights=weights), measure(moved, weights=[weights[place] for place in order])
    )


@every([*NOMINAL, cohen_kappa, scott_pi])
@few
@given(rated(coders=2), st.permutations("vwxyz"))
def test_other_labels_change_nothing(measure, given_ratings, labels):
    table, weights = given_ratings
    renamed = [[None if value is None else labels[value - 1] for value in row] for row in table]
    same(measure(table, weights=weights), measure(renamed, weights=weights))


@every(ALL)
@few
@given(rated(coders=2))
def test_a_coder_who_read_nothing_changes_nothing(measure, given_ratings):
    table, weights = given_ratings
    more = [*table, [float("nan")] * len(weights)]
    same(measure(table, weights=weights), measure(more, weights=weights))


@every(ALL)
@few
@given(rated(coders=2))
def test_weights_stand_for_equal_columns(measure, given_ratings):
    table, weights = given_ratings
    expanded = [np.repeat(np.array(row, dtype=object), weights) for row in table]
    same(measure(table, weights=weights), measure(expanded))


@every(MANY)
@few
@given(rated())
def test_weights_stand_for_equal_columns_of_many_coders(measure, given_ratings):
    table, weights = given_ratings
    expanded = np.repeat(np.array(table, dtype=float), weights, axis=1)
    same(measure(table, weights=weights), measure(expanded))


@every(ALL)
@few
@given(rated(coders=1, missing=False))
def test_perfect_agreement_is_one_where_it_is_defined(measure, given_ratings):
    table, weights = given_ratings
    found = measure([table[0], table[0]], weights=weights)
    if len(set(table[0])) > 1 or measure in (percent_agreement, holsti):
        assert found.value == pytest.approx(1)
    else:
        assert isnan(found.value)
        assert found.reason


@every(ALL)
@few
@given(rated(coders=2))
def test_what_is_not_defined_says_why(measure, given_ratings):
    table, weights = given_ratings
    found = measure(table, weights=weights)
    assert isnan(found.value) == bool(found.reason)
    assert found.value <= 1 + 1e-12 or isnan(found.value)
    assert not isnan(found.value) or found.interval is None


@every(ALL)
def test_nothing_in_common_is_not_defined(measure):
    found = measure([[1, 2, None, None], [None, None, 1, 2]])
    if measure is holsti:
        assert found.value == 0
    else:
        assert (isnan(found.value), found.reason) == (True, "no unit was rated by two coders")


@every(ALL)
def test_no_units_are_not_defined(measure):
    found = measure([[], []])
    assert isnan(found.value)
    assert found.reason


counts = st.lists(st.integers(0, 60), min_size=4, max_size=4)


@usual
@given(st.lists(counts, min_size=1, max_size=6))
def test_many_codes_at_once_are_what_each_function_gives(cells):
    found = two_coder_measures(*np.array(cells).T)
    for place, (n11, n10, n01, n00) in enumerate(cells):
        table = from_table([[n00, n01], [n10, n11]])
        kappa, ac1 = cohen_kappa(table), gwet_ac1(table)
        percent, pi = percent_agreement(table), scott_pi(table)
        yes = [(0, n11 + n10, "x")] if n11 + n10 else []
        also = [(n10, n10 + n11 + n01, "x")] if n11 + n01 else []
        expected = {
            "units": percent.units,
            "observed": percent.value,
            "observed_se": percent.standard_error,
            "kappa": kappa.value,
            "kappa_se": kappa.standard_error,
            "kappa_se0": kappa.null_standard_error,
            "kappa_max": kappa.maximum,
            "kappa_expected": kappa.expected,
            "pi": pi.value,
            "pi_expected": pi.expected,
            "brennan_prediger": brennan_prediger(table).value,
            "ac1": ac1.value,
            "ac1_se": ac1.standard_error,
            "ac1_expected": ac1.expected,
            "alpha": krippendorff_alpha(table).value,
            "positive_agreement": character_f1([yes, also]).value,
        }
        mine = {name: float(found[name][place]) for name in expected}
        assert mine == pytest.approx(expected, nan_ok=True, rel=1e-7, abs=1e-7)


def test_rare_codes_keep_their_digits():
    """A code on 60 of 50 million characters: errors neither vanish nor drown in rounding."""
    found = two_coder_measures(30, 20, 10, 5e7)
    kappa = cohen_kappa(from_table([[5e7, 10], [20, 30]]))
    few_characters = two_coder_measures(30, 20, 10, 1e5)  # the rare code hangs on its own cells
    for name in ("kappa", "kappa_se"):
        assert float(found[name]) == pytest.approx(float(few_characters[name]), rel=1e-3)
    mine = [float(found[name]) for name in ("kappa", "kappa_se", "kappa_se0")]
    theirs = [kappa.value, kappa.standard_error, kappa.null_standard_error]
    assert mine == pytest.approx(theirs, rel=1e-6)
    assert min(mine) > 0


def test_many_codes_keep_their_shape():
    found = two_coder_measures(np.ones((3, 2)), 0, 1, np.ones(2))
    assert {value.shape for value in found.values()} == {(3, 2)}


def test_a_code_that_nobody_used():
    found = {name: float(value) for name, value in two_coder_measures(0, 0, 0, 90).items()}
    assert (found["ac1"], found["brennan_prediger"], found["observed"]) == (1, 1, 1)
    assert all(isnan(found[name]) for name in ("kappa", "pi", "alpha", "positive_agreement"))


@st.composite
def cut(draw, coders=2, length=40):
    """Spans of 1 to 4 values for each coder, without overlaps."""
    continua = []
    for _ in range(coders):
        ends = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
        spans = [(start, end, draw(st.sampled_from("ABCD"))) for start, end in pairwise(ends)]
        continua.append([span for span in spans if draw(st.booleans())])
    return continua


@every(UNITIZING)
@few
@given(cut(coders=3), st.randoms(use_true_random=False), st.permutations("wxyz"))
def test_unitizing_asks_neither_for_order_nor_for_names(measure, continua, random, labels):
    names = dict(zip("ABCD", labels, strict=True))
    other = [
        [(start, end, names[value]) for start, end, value in random.sample(spans, len(spans))]
        for spans in random.sample(continua, 3)
    ]
    same(measure(continua, 40), measure([*other, None], 40))


@every(UNITIZING)
@few
@given(cut(coders=1))
def test_the_same_spans_agree_fully(measure, continua):
    found = measure(continua * 2, 40)
    assert isnan(found.value) == bool(found.reason)
    assert isnan(found.value) or found.value == pytest.approx(1)


@usual
@given(st.lists(st.tuples(*[st.sampled_from(" ABC")] * 3), min_size=1, max_size=15))
def test_segments_of_length_one_give_nominal_alpha(units):
    continua = [
        [(place, place + 1, value) for place, value in enumerate(row) if value != " "]
        for row in zip(*units, strict=True)
    ]
    nominal = krippendorff_alpha(list(zip(*units, strict=True)))
    found = u_alpha(continua, len(units))
    assert found.value == pytest.approx(nominal.value, nan_ok=True)


def by_character(continua, length):
    """The alphas of unitizing by their definition, a character at a time."""
    values = ["", *sorted({value for spans in continua for _, _, value in spans})]
    others = len(continua) - 1
    said = [[0] * length for _ in continua]
    for row, spans in zip(said, continua, strict=True):
        for start, end, value in spans:
            row[start:end] = [values.index(value)] * (end - start)
    seen, own, shared = (np.zeros((len(values),) * n) for n in (2, 1, 1))
    for i, spans in enumerate(continua):
        own[0] += said[i].count(0)
        for start, end, value in spans:
            own[values.index(value)] += (end - start) ** 2
        for j in set(range(len(continua))) - {i}:
            for one, other in zip(said[i], said[j], strict=True):
                seen[one, other] += 1 / others
            for start, end, value in spans:
                inside = sum(other > 0 for other in said[j][start:end])
                shared[values.index(value)] += inside**2 / others
    return seen, own, shared


def alpha_of(seen, squares, one=None):
    """1 - Do / De of a matrix of coincidences, for all values or one of them."""
    sums, total = seen.sum(axis=0), seen.sum()
    rest = total**2 - squares.sum()
    if not rest > 1e-9:
        return np.nan
    chance = total * (np.outer(sums, sums) - np.diag(squares)) / rest
    if one is not None:
        found, by_chance = sums[one] - seen[one, one], chance[one].sum() - chance[one, one]
        scale = chance[one].sum() / sums[one] if sums[one] else np.nan
    else:
        found, by_chance = total - np.trace(seen), chance.sum() - np.trace(chance)
        scale = 1
    return 1 - scale * found / by_chance if by_chance > 1e-9 else np.nan


@few
@given(st.integers(2, 4).flatmap(lambda coders: cut(coders=coders, length=25)))
def test_unitizing_by_its_definition(continua):
    seen, own, shared = by_character(continua, 25)
    assert u_alpha(continua, 25).value == pytest.approx(alpha_of(seen, own), nan_ok=True)
    pooled = np.array([[seen[0, 0], seen[0, 1:].sum()], [seen[1:, 0].sum(), seen[1:, 1:].sum()]])
    binary = alpha_of(pooled, np.array([own[0], own[1:].sum()]))
    assert binary_u_alpha(continua, 25).value == pytest.approx(binary, nan_ok=True)
    valued = seen[1:, 1:], shared[1:]
    assert cu_alpha(continua, 25).value == pytest.approx(alpha_of(*valued), nan_ok=True)
    for place, found in enumerate(ku_alpha(continua, 25).values()):
        assert found.value == pytest.approx(alpha_of(*valued, place), nan_ok=True)


@usual
@given(cut(coders=2), st.integers(2, 9))
def test_unitizing_with_another_measure_of_length(continua, times):
    """cu-alpha and (k)u-alpha have squares of lengths on both sides; gaps have not, so uα moves."""
    longer = [[(s * times, e * times, value) for s, e, value in spans] for spans in continua]
    one, other = cu_alpha(continua, 40), cu_alpha(longer, 40 * times)
    assert one.value == pytest.approx(other.value, nan_ok=True)
    for code, found in ku_alpha(continua, 40).items():
        assert found.value == pytest.approx(ku_alpha(longer, 40 * times)[code].value, nan_ok=True)


@usual
@given(cut(coders=2))
def test_f1_is_the_same_either_way_and_lies_from_0_to_1(continua):
    for measure in (span_f1, partial(span_f1, overlap=0.5), character_f1):
        found = measure(continua)
        same(found, measure(continua[::-1]))
        assert isnan(found.value) == (not any(continua))
        assert isnan(found.value) or 0 <= found.value <= 1


@usual
@given(cut(coders=2))
def test_a_lower_threshold_matches_no_less(continua):
    values = [span_f1(continua, overlap=share).value for share in (1.0, 0.6, 0.1)]
    assert isnan(values[0]) or values == sorted(values)
    assert values[0] == pytest.approx(span_f1(continua).value, nan_ok=True)


@usual
@given(cut(coders=2))
def test_one_code_against_the_others(continua):
    overlapping = [[*spans, (0, 20, "A")] for spans in continua]
    alone = code_continua(overlapping, "A")
    beside = code_continua(overlapping, "A", others=True)
    for spans, both in zip(alone, beside, strict=True):
        assert [span for span in both if span[2] == "A"] == spans
        assert all(one[1] <= other[0] for one, other in pairwise(both))
    assert isinstance(u_alpha(alone, 40), Agreement)


def chars(spans, code):
    return {place for start, end, value in spans if value == code for place in range(start, end)}


@usual
@given(cut(coders=2))
def test_one_code_keeps_each_character(continua):
    spans = [*continua[0], *continua[1]]
    (both,) = code_continua([spans], "A", others=True)
    mine = chars(spans, "A")
    others = set().union(*(chars(spans, code) for code in "BCD"))
    assert chars(both, "A") == mine
    assert chars(both, "other") == others - mine


@given(rated(coders=3), st.integers(0, 9))
@few
def test_an_interval_is_the_same_for_weights_and_for_their_columns(given_ratings, seed):
    table, weights = given_ratings
    expanded = np.repeat(np.array(table, dtype=float), weights, axis=1)
    again = partial(krippendorff_alpha, resamples=50)
    one = again(table, weights=weights, rng=np.random.default_rng(seed))
    other = again(expanded, rng=np.random.default_rng(seed))
    same(one, other)
    assert one.interval is None or one.interval.low <= one.interval.high


def test_an_interval_is_near_the_spread_of_new_samples():
    """The interval of one sample covers as the spread of many samples says it should."""
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, 400)

    def sample():
        return [np.where(rng.random(400) < 0.8, truth, rng.integers(0, 3, 400)) for _ in range(2)]

    drawn = [krippendorff_alpha(sample()).value for _ in range(300)]
    low, high, _ = krippendorff_alpha(sample(), rng=rng).interval
    assert high - low == pytest.approx(3.92 * np.std(drawn), rel=0.2)


def test_clusters_are_drawn_whole():
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 2, (2, 10))
    long_runs = np.repeat(codes, 50, axis=1)
    clusters = np.repeat(np.arange(10), 50)
    alone = krippendorff_alpha(long_runs, rng=np.random.default_rng(1)).interval
    whole = krippendorff_alpha(long_runs, rng=np.random.default_rng(1), clusters=clusters).interval
    assert whole.high - whole.low > 3 * (alone.high - alone.low)


def test_clusters_go_with_units_of_weight_nothing():
    table, clusters = [[1, 2, 1, 2], [1, 2, 2, 2]], list("aabb")
    with_none = [[1, *row] for row in table]
    one = krippendorff_alpha(table, rng=np.random.default_rng(2), clusters=clusters)
    other = krippendorff_alpha(
        with_none,
        weights=[0, 1, 1, 1, 1],
        rng=np.random.default_rng(2),
        clusters=["z", *clusters],
    )
    same(one, other)


def test_resamples_without_alpha_are_told():
    table = [[1] * 19 + [2], [1] * 19 + [2]]
    found = krippendorff_alpha(table, rng=np.random.default_rng(1), resamples=200)
    assert found.interval == Interval(1.0, 1.0, 0.95)
    assert re.fullmatch(r"[67]\d of 200 resamples had no alpha\.", found.note)


def test_what_holds_ratings_makes_no_difference():
    rows = [["pay", "rest", None], ["pay", "pay", "rest"]]
    plain = krippendorff_alpha(rows)
    masked = np.ma.masked_array([[1, 2, 9], [1, 1, 2]], [[0, 0, 1], [0, 0, 0]])
    same(plain, krippendorff_alpha(pd.DataFrame(rows)))
    same(plain, krippendorff_alpha(np.array(rows, dtype=object)))
    same(plain, krippendorff_alpha(masked))
    same(
        plain,
        krippendorff_alpha([[("pay", 1), ("rest", 1), None], [("pay", 1)] * 2 + [("rest", 1)]]),
    )
    same(plain, krippendorff_alpha(pd.DataFrame([[1, 2, pd.NA], [1, 1, 2]], dtype="Int64")))
    same(plain, krippendorff_alpha(np.array([[1, 2, np.nan], [1, 1, 2]])))


def test_tuples_are_values_though_all_are_as_long():
    one, other = ("pay", "rest"), ("pay", "food")
    assert percent_agreement([[one, other], [one, one]]).value == 0.5


def test_words_and_numbers_are_kept_apart():
    assert percent_agreement([[1, "a"], ["1", "a"]]).value == 0.5


REFUSED = [
    (lambda: percent_agreement([1, 2, 3]), r"ratings have 1 dimensions, not 2"),
    (lambda: percent_agreement([[1, 2], [1]]), r"coders have \[1, 2\] units"),
    (lambda: percent_agreement([[{1}], [{2}]]), r"not hashable. Mend: give sets of codes"),
    (lambda: percent_agreement([[1], [1]], weights=[1, 2]), r"shape \(2,\), not \(1,\)"),
    (lambda: percent_agreement([[1], [1]], weights=[-1]), r"negative or not finite"),
    (lambda: gwet_ac1([["a"], ["b"]], categories=["a"]), r"'b' is not in categories="),
    (lambda: gwet_ac2([["a"], ["b"]]), r"order of the ratings is not known"),
    (lambda: gwet_ac2([[1], [2]], weighting="cubic"), r"weighting='cubic' is not known"),
    (lambda: gwet_ac2([[1], [2]], weighting=np.eye(3)), r"shape \(3, 3\), and there are 2"),
    (lambda: cohen_kappa([[1], [2], [1]]), r"3 coders, and this is for 2.*fleiss_kappa"),
    (lambda: cohen_kappa(from_counts([[1, 1]])), r"which coder said what"),
    (lambda: holsti(from_counts([[1, 1]])), r"which coder said what"),
    (lambda: scott_pi(from_table([[1, 1]])), r"shape \(1, 2\) is not square"),
    (lambda: from_counts([[1, 0.5]]), r"not a whole number"),
    (lambda: from_table([[1, -1], [0, 0]]), r"table of counts cannot be read"),
    (lambda: fleiss_kappa(from_counts([[2]]), weights=[1]), r"given with other weights"),
    (lambda: krippendorff_alpha([["a"], ["b"]], level="interval"), r"is for numbers"),
    (lambda: krippendorff_alpha([[-1], [2]], level="ratio"), r"numbers of 0 or more"),
    (lambda: krippendorff_alpha([["ab"], ["b"]], level="masi"), r"is not a set"),
    (lambda: krippendorff_alpha([["a"], ["b"]], level="ordinal"), r"order .* is not known"),
    (lambda: krippendorff_alpha([[1], [2]], level="best"), r"level='best' is not known"),
    (lambda: krippendorff_alpha([[1], [2]], level=lambda a, b: -1), r"distance is negative"),
    (lambda: cohen_kappa([[1, 2], [1, 1]], confidence=95), r"confidence=95 is not within 0 and 1"),
    (
        lambda: krippendorff_alpha([[1, 2], [1, 2]], rng=np.random.default_rng(0), resamples=0),
        r"resamples=0 is not above 0",
    ),
    (
        lambda: krippendorff_alpha([[1, 2], [1, 2]], rng=np.random.default_rng(0), clusters=[1]),
        r"clusters= has shape \(1,\), not \(2,\)",
    ),
    (lambda: two_coder_measures(1, 2, -3, 4), r"negative or not finite"),
    (lambda: u_alpha([[(0, 5, "a"), (4, 6, "b")]], 9), r"a 0-5 and b 4-6 overlap"),
    (lambda: u_alpha([[(5, 5, "a")]], 9), r"a 5-5 does not lie within 0 and 9"),
    (lambda: u_alpha([[(5, 10, "a")]], 9), r"a 5-10 does not lie within 0 and 9"),
    (lambda: u_alpha([[]], 0), r"length=0 is not above 0"),
    (lambda: span_f1([[], []], overlap=0), r"overlap=0 is no share"),
    (lambda: span_f1([[], [], []]), r"3 coders, and F1 is for 2"),
    (lambda: character_f1([[(5, 4, "a")], []]), r"ends before it starts"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_what_cannot_be_read_is_refused(call, message):
    with pytest.raises(UnknownValueError, match=message):
        call()


def test_a_result_reads_like_a_sentence():
    found = cohen_kappa(from_table([[20, 20], [10, 50]]))
    assert str(found) == (
        "Cohen's kappa is 0.348 (95% interval 0.162 to 0.534, standard error 0.095): "
        "2 coders, 100 units; observed agreement 0.700, by chance 0.540."
    )
    assert str(cohen_kappa([[1, 1, None], [1, 1, 1]])) == (
        "Cohen's kappa is not defined: chance alone would give full agreement, as both coders "
        "used one value throughout (2 coders, 3 units)."
    )
    assert "; 50.0% of the units rated by two coders or more." in str(
        percent_agreement([[1, 2], [1, None]])
    )


def test_a_distance_of_ones_own_has_no_name():
    found = krippendorff_alpha([[1, 2], [1, 1]], level=lambda one, other: abs(one - other))
    assert found.name == "Krippendorff's alpha (a distance of one's own)"


def test_empty_sets_are_values():
    none, one, two = frozenset(), frozenset("a"), frozenset("ab")
    sets = [[none, one, two, none], [none, one, one, two]]
    # differences: 0, 0, 1/2 and 1 of Jaccard within units
    assert krippendorff_alpha(sets, level="jaccard").observed == pytest.approx(1.5 / 4)
    assert krippendorff_alpha(sets, level="masi").observed == pytest.approx((2 / 3 + 1) / 4)


def test_mostly_gaps_is_said():
    found = u_alpha([[(0, 10, "a")], [(0, 12, "a")]], 1000)
    assert found.note == "Only 1.1% of the text is coded; the rest is gaps."


def test_html_is_escaped():
    found = ku_alpha([[(0, 5, "<b>")], [(0, 4, "<b>"), (4, 5, "c")]], 9)["<b>"]
    html = found._repr_html_()
    assert "<b>" not in html
    assert "(&lt;b&gt;)u-alpha" in html
    assert html.index("characters") < html.index("by chance")


def test_a_result_is_frozen_and_a_number():
    found = percent_agreement([[1, 2], [1, 2]])
    assert float(found) == found.value
    with pytest.raises(AttributeError, match="cannot assign"):
        found.value = 2.0


def test_one_unit_has_no_standard_error():
    assert isnan(percent_agreement([[1], [1]]).standard_error)
    assert percent_agreement([[1, 1], [1, 1]]).interval is None  # an error of 0 says nothing
