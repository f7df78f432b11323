"""Saturation: runs, random orders, the expected curve, estimates, and the verdict on a study."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualcode import (
    chao2,
    example_study,
    guest_orders,
    guest_runs,
    guest_saturation,
    ice,
    incidence,
    jackknife1,
    open_study,
    rarefaction,
    richness,
    sample_coverage,
    saturation,
)
from qualcode.analysis.saturation._estimate import percent
from qualcode.analysis.saturation.saturation import SaturationOrders
from qualcode.errors import StudyError, UnknownCodeError, UnknownValueError

from ._made import write_study

tables = arrays(bool, st.tuples(st.integers(1, 9), st.integers(0, 7)))


@pytest.fixture
def study():
    return example_study()


class TestIncidence:
    def test_codes_and_themes(self, study):
        given_ = (study.segments(coder="ann"), study.interviews, study.codebook)
        codes = incidence(*given_)
        assert codes.columns.tolist() == ["rest", "breaks", "sleep_by_day", "staffing", "pay"]
        assert codes.to_numpy().astype(int).tolist() == [
            [1, 1, 1, 0, 0],
            [0, 1, 0, 1, 0],
            [0, 1, 0, 0, 0],
        ]
        assert incidence(*given_, level="theme").to_numpy().astype(int).tolist() == [
            [1, 0, 0],
            [1, 1, 0],
            [1, 0, 0],
        ]

    def test_the_order_given(self, study):
        order = ["ward-3", "ward-1", "ward-2"]
        table = incidence(study.segments(), study.interviews, study.codebook, order=order)
        assert table.index.tolist() == order

    def test_an_interview_without_codings_is_a_row(self, study):
        table = incidence(study.segments().iloc[:0], study.interviews, study.codebook)
        assert table.shape == (3, 5)
        assert not table.to_numpy().any()

    def test_what_cannot_be_used(self, study):
        segments, interviews, codebook = study.segments(), study.interviews, study.codebook
        with pytest.raises(UnknownValueError, match=r"level='word'\. Mend: use 'code' or 'theme'"):
            incidence(segments, interviews, codebook, level="word")
        with pytest.raises(UnknownValueError, match="of 'ward-3', which is not among the inter"):
            incidence(segments, interviews.iloc[:2], codebook)
        with pytest.raises(UnknownCodeError, match="strange"):
            incidence(segments.assign(code_id="strange"), interviews, codebook)


class TestGuest:
    @pytest.mark.parametrize(
        ("new", "options", "label"),
        [
            ([5, 5, 5, 5, 1, 0], {}, "4+2"),  # exactly 5% of 20
            ([5, 5, 5, 5, 1, 1, 0], {}, "5+2"),
            ([5, 5, 5, 5, 1, 0], {"threshold": 0}, "not reached"),
            ([5, 5, 5, 5, 1, 0, 0], {"threshold": 0}, "5+2"),
            ([3, 0], {"base": 1, "run": 1}, "1+1"),
            ([100, 7], {"base": 1, "run": 1, "threshold": 0.07}, "1+1"),
            ([100, 29], {"base": 1, "run": 1, "threshold": 0.29}, "1+1"),
            # new codes after the base do not widen the denominator
            ([10, 0, 0, 0, 50, 50, 1, 1, 1, 0], {"base": 4, "run": 2}, "not reached"),
        ],
    )
    def test_where_it_is_reached(self, new, options, label):
        assert guest_saturation(new, **options).label == label

    def test_a_table_and_its_new_codes_say_the_same(self):
        table = [[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 0], [0, 1, 0, 1]]
        of_table = guest_saturation(table, base=2, run=1)
        assert of_table == guest_saturation([2, 1, 0, 1], base=2, run=1)
        assert (of_table.n, of_table.base_codes, of_table.new_codes) == (2, 3, 0)

    @pytest.mark.parametrize(
        ("new", "reason"),
        [
            ([], "a base of 4 and a run of 2 need 6 interviews"),
            ([3, 2, 1, 0, 0], "a base of 4 and a run of 2 need 6 interviews"),
            ([0, 0, 0, 0, 2, 0, 0], "no code is heard in the first 4 interviews, so"),
            ([4, 4, 4, 4, 4, 4], "every run of interviews brings more"),
        ],
    )
    def test_not_reached_says_why(self, new, reason):
        point = guest_saturation(new)
        assert (point.reached, math.isnan(point.n), point.label) == (False, True, "not reached")
        assert point.reason.startswith(reason)
        assert reason in str(point)

    def test_it_prints_as_a_sentence(self):
        assert str(guest_saturation([20, 5, 9, 3, 1, 0, 0], run=2)) == (
            "Saturation is reached at 4+2: interviews 5 to 6 bring 1 new code, 2.7% of the 37 of "
            "the first 4 interviews (at most 5% are allowed)."
        )

    def test_every_run_is_listed(self):
        runs = guest_runs([9, 3, 2, 0, 1, 0, 2], base=4, run=2)
        assert runs.to_numpy().tolist() == [
            [4, 5, 6, 1, 14, 1 / 14, False],
            [5, 6, 7, 2, 14, 2 / 14, False],
        ]

    def test_no_runs(self):
        assert len(guest_runs([1, 2])) == 0
        assert guest_runs([0, 0, 1], base=1, run=1)["within"].tolist() == [False, False]

    @pytest.mark.parametrize(
        ("new", "options", "match"),
        [
            ([1], {"base": 0}, "base=0. Mend: give a whole number from 1"),
            ([1], {"run": 1.5}, "run=1.5"),
            ([1], {"threshold": 5}, "threshold=5. Mend: give a share, such as 0.05"),
            ([1, -1], {}, "whole numbers, 0 or more"),
            ([1, 0.5], {}, "whole numbers, 0 or more"),
            ([1, math.nan], {}, "whole numbers, 0 or more"),
            (["a"], {}, "whole numbers, 0 or more"),
            ([[[1]]], {}, "has two dimensions, this has 3"),
            ([[1, math.nan]], {}, "a cell of the table is missing"),
        ],
    )
    def test_what_cannot_be_used(self, new, options, match):
        with pytest.raises(UnknownValueError, match=match):
            guest_saturation(new, **options)

    @given(st.lists(st.integers(0, 9), max_size=14), st.integers(1, 5), st.integers(1, 4))
    def test_it_is_the_first_run_within(self, new, base, run):
        runs = guest_runs(new, base=base, run=run, threshold=0.1)
        within = runs.loc[runs["within"], "after"].tolist()
        point = guest_saturation(new, base=base, run=run, threshold=0.1)
        assert (point.n if point.reached else None) == (within[0] if within else None)


class TestOrders:
    def test_all_orders_of_a_small_table(self):
        table = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [1, 0, 0]], dtype=bool)
        orders = list(itertools.permutations(range(4)))
        points = [guest_saturation(table[list(one)], base=1, run=1).n for one in orders]
        drawn = guest_orders(table, base=1, run=1, rng=3, orders=4000)
        share = np.mean(~np.isnan(points))
        assert drawn.share == pytest.approx(share, abs=0.03)
        assert np.nanmean(drawn.points) == pytest.approx(np.nanmean(points), abs=0.05)

    def test_the_mean_is_the_rarefaction_curve(self):
        table = np.random.default_rng(5).random((12, 30)) < 0.2
        drawn = guest_orders(table, rng=6, orders=4000)
        assert drawn.mean.tolist() == pytest.approx(rarefaction(table)["codes"].tolist(), abs=0.15)
        assert (drawn.low <= drawn.mean).all()
        assert (drawn.mean <= drawn.high).all()

    def test_the_same_chance_gives_the_same_orders(self):
        table = np.random.default_rng(1).random((9, 9)) < 0.4
        first, second = (guest_orders(table, rng=2, orders=50) for _ in range(2))
        third = guest_orders(table, rng=np.random.default_rng(2), orders=50)
        assert str(first) == str(second) == str(third)
        assert np.array_equal(first.points, third.points, equal_nan=True)

    def test_blocks_make_no_difference(self, monkeypatch):
        table = np.random.default_rng(1).random((9, 9)) < 0.4
        whole = guest_orders(table, rng=2, orders=50)
        monkeypatch.setattr("qualcode.analysis.saturation._incidence._BLOCK", 100)
        assert guest_orders(table, rng=2, orders=50).table.equals(whole.table)

    def test_orders_that_never_reach_it_count(self):
        table = np.eye(6, dtype=bool)  # each interview brings a code of its own
        drawn = guest_orders(table, base=2, run=2, rng=0, orders=20)
        assert (drawn.reached, drawn.by(0.5), len(drawn.table)) == (0, "never", 0)
        assert str(drawn) == (
            "Of 20 random orders 0% reach saturation (base 2, run 2, at most 5% new)."
        )

    def test_quantiles_are_of_all_orders(self):
        drawn = SaturationOrders(4, 2, 0.05, np.array([6.0, 4.0, np.nan, 5.0, 4.0]))
        shares = (0.01, 0.2, 0.4, 0.41, 0.5, 0.6, 0.8, 0.81, 1)
        quantiles = [drawn.quantile(share) for share in shares]
        assert quantiles[:-2] == [4, 4, 4, 5, 5, 5, 6]
        assert all(math.isnan(one) for one in quantiles[-2:])
        assert drawn.by(0.95) == "never"
        assert "half of all by 5+2, but not 95%" in str(drawn)

    def test_the_table_adds_up(self):
        table = np.random.default_rng(1).random((20, 30)) < 0.3
        drawn = guest_orders(table, rng=2, orders=500)
        assert drawn.table["orders"].sum() == drawn.reached
        assert drawn.table["share_so_far"].iloc[-1] == drawn.share
        assert drawn.table["point"].tolist() == [f"{n}+2" for n in drawn.table["n"]]

    @pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1)])
    def test_hardly_any_table(self, shape):
        drawn = guest_orders(np.ones(shape, dtype=bool), rng=0, orders=3)
        assert (drawn.orders, drawn.reached, len(drawn.mean)) == (3, 0, shape[0])

    @pytest.mark.parametrize(
        ("options", "match"),
        [
            ({"orders": 0}, "orders=0"),
            ({"confidence": 95}, "confidence=95. Mend: give a share"),
            ({"base": 0}, "base=0"),
        ],
    )
    def test_what_cannot_be_used(self, options, match):
        with pytest.raises(UnknownValueError, match=match):
            guest_orders([[1]], rng=0, **options)


class TestRarefaction:
    @given(tables)
    def test_it_grows_to_what_is_heard(self, table):
        codes = rarefaction(table)["codes"].to_numpy()
        assert codes[-1] == table.any(axis=0).sum()
        assert (np.diff(codes) >= -1e-9).all()
        assert codes[0] == pytest.approx(table.sum() / len(table))

    @given(tables)
    @settings(max_examples=40)
    def test_it_is_the_mean_over_all_orders(self, table):
        table = table[:5]
        orders = itertools.permutations(range(len(table)))
        sums = [np.logical_or.accumulate(table[list(one)]).sum(axis=1) for one in orders]
        expected = np.mean(sums, axis=0)
        assert rarefaction(table)["codes"].to_numpy() == pytest.approx(expected)

    def test_the_variance_at_the_end_is_of_what_is_unheard(self):
        # Σ(1 - α)² is S there, so that it is S - S² / S_est.
        table = np.random.default_rng(3).random((8, 20)) < 0.2
        last, heard = rarefaction(table).iloc[-1], table.any(axis=0).sum()
        whole = chao2(table, form="plain").value
        assert last["se"] ** 2 == pytest.approx(heard - heard**2 / whole)
        assert last["high"] - last["codes"] == pytest.approx(1.959964 * last["se"], rel=1e-6)

    def test_further_on(self):
        table = np.random.default_rng(3).random((8, 20)) < 0.2
        curve = rarefaction(table, until=400)
        assert curve["kind"].value_counts().to_dict() == {
            "extrapolated": 392,
            "interpolated": 7,
            "observed": 1,
        }
        assert (curve["codes"].diff().dropna() > -1e-9).all()
        assert curve["codes"].iloc[-1] == pytest.approx(chao2(table, form="plain").value, abs=0.01)
        assert curve["se"].iloc[8:].isna().all()

    def test_nothing_unheard_stays_flat(self):
        assert rarefaction(np.ones((3, 2)), until=5)["codes"].tolist() == [2.0] * 5

    def test_hardly_any_table(self):
        assert len(rarefaction(np.ones((0, 3)))) == 0
        assert rarefaction(np.zeros((2, 3)))["codes"].tolist() == [0, 0]
        one = rarefaction(np.ones((1, 3)), until=2)
        assert one["codes"].tolist()[0] == 3
        assert one[["se", "low", "high"]].isna().all(axis=None)
        assert math.isnan(one["codes"].tolist()[1])

    def test_what_cannot_be_used(self):
        with pytest.raises(UnknownValueError, match="until=2, but 3 interviews were held"):
            rarefaction(np.ones((3, 2)), until=2)


MEASURES = (
    lambda table: chao2(table, form="plain"),
    chao2,
    ice,
    jackknife1,
    sample_coverage,
    lambda table: sample_coverage(table, form="chao-jost"),
)


class TestRichness:
    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize(
        ("table", "reason"),
        [
            (np.zeros((4, 3)), "no code is heard"),
            (np.zeros((0, 0)), "no code is heard"),
            (np.ones((1, 3)), "one interview cannot say which codes come back in another"),
        ],
    )
    def test_undefined_says_why(self, measure, table, reason):
        estimate = measure(table)
        assert math.isnan(estimate.value)
        assert estimate.reason == reason
        assert str(estimate) == f"{estimate.measure} is undefined: {reason}."

    def test_no_code_in_two_interviews(self):
        table = [[1, 1, 0], [1, 0, 1], [1, 0, 0]]
        plain, corrected = chao2(table, form="plain"), chao2(table)
        assert math.isnan(plain.value)
        assert plain.reason.startswith("no code is heard in exactly two interviews")
        assert corrected.value == pytest.approx(3 + 2 / 3)
        # EstimateS, equation 12, by hand
        variance = 2 / 3 + (4 / 9) * 2 * 9 / 4 - (4 / 9) * 16 / (4 * (3 + 2 / 3))
        assert corrected.se == pytest.approx(math.sqrt(variance))

    def test_all_codes_come_back(self):
        table = np.ones((4, 3))
        values = [measure(table).value for measure in MEASURES]
        assert values == [3, 3, 3, 3, 1, 1]
        assert chao2(table).low == 3

    def test_the_bias_corrected_error_by_hand(self):
        table = [[1, 1, 1, 0, 1], [1, 0, 0, 1, 1], [1, 0, 0, 0, 1], [1, 0, 0, 0, 0]]
        estimate = chao2(table)  # T = 4, S = 5, Q1 = 3, Q2 = 0: then, with a code in two, Q2 = 1
        assert estimate.value == pytest.approx(5 + 0.75 * 3 * 2 / 2)
        table[1][1] = 1  # Q1 = 2, Q2 = 1
        estimate = chao2(table)
        f = 0.75
        variance = f * 2 / 4 + f**2 * 2 * 9 / 16 + f**2 * 4 * 1 * 1 / (4 * 16)
        assert estimate.se == pytest.approx(math.sqrt(variance))
        assert estimate.value == pytest.approx(5 + f * 2 / 4)

    def test_the_interval_is_on_the_logarithm_of_the_unheard(self):
        table = np.random.default_rng(4).random((10, 30)) < 0.12
        one = chao2(table)
        unheard = one.value - one.heard
        assert (one.low - one.heard) * (one.high - one.heard) == pytest.approx(unheard**2)
        wider = chao2(table, confidence=0.99)
        assert one.heard < wider.low < one.low < one.value < one.high < wider.high

    def test_the_jackknifes_error_is_that_of_its_pseudo_values(self):
        table = np.random.default_rng(4).random((7, 20)) < 0.2
        heard, many = table.any(axis=0).sum(), len(table)
        without = [np.delete(table, row, axis=0).any(axis=0).sum() for row in range(many)]
        pseudo = many * heard - (many - 1) * np.array(without)
        one = jackknife1(table)
        assert one.value == pytest.approx(pseudo.mean())
        assert one.se == pytest.approx(pseudo.std(ddof=1) / math.sqrt(many))

    def test_the_cut_off_of_ice(self):
        table = np.array([[row < count for count in (1, 1, 2, 3, 12)] for row in range(12)])
        assert ice(table).value == ice(table, cutoff=11).value != ice(table, cutoff=12).value
        alone = ice(table, cutoff=1)
        assert alone.reason == "every infrequent code is heard in one interview only"
        assert ice(np.ones((12, 3))).value == 3

    def test_ice_takes_the_interviews_with_an_infrequent_code(self):
        table = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]]
        # N = 7, Q1 = 2, C = 5/7: 4/C + 2/C * (4/C * 3/2 * 8/49 - 1)
        assert ice(table).value == pytest.approx(5.6 + 2.8 * (5.6 * 1.5 * 8 / 49 - 1))
        assert ice([*table, [0, 0, 0, 0]]).value == ice(table).value

    def test_coverage_without_doubletons(self):
        table = np.array([[1, 1, 0], [1, 0, 1], [1, 0, 0]])
        # 1 - 2/5 * (2 * 1) / (2 * 1 + 2)
        assert sample_coverage(table, form="chao-jost").value == pytest.approx(0.8)
        assert sample_coverage(table).value == pytest.approx(0.6)

    def test_side_by_side(self):
        frame = richness([[1, 1, 0], [1, 0, 1], [1, 0, 0]])
        assert frame["measure"].tolist() == [
            "Chao2 (plain)",
            "Chao2 (bias-corrected)",
            "ICE (cut-off 10)",
            "Jackknife (first order)",
            "Good-Turing coverage",
            "Chao-Jost coverage",
        ]
        assert frame["estimate"].isna().tolist() == [True] + [False] * 5
        assert (frame["reason"] != "").tolist() == [True] + [False] * 5

    def test_sentences(self):
        assert str(sample_coverage([[1, 1], [1, 0]])) == (
            "Good-Turing coverage: 66.7%, from 2 interviews."
        )
        assert str(ice(np.ones((2, 3)))) == (
            "ICE (cut-off 10): 3.0 codes, of which 3 are heard in 2 interviews."
        )

    @given(tables, st.randoms(use_true_random=False))
    def test_order_and_silent_codes_do_not_matter(self, table, chance):
        rows, columns = list(range(len(table))), list(range(table.shape[1]))
        chance.shuffle(rows)
        chance.shuffle(columns)
        mixed = np.pad(table[rows][:, columns], ((0, 0), (0, 2)))
        columns_of = ["estimate", "se", "low", "high"]
        one, other = (richness(each)[columns_of].to_numpy() for each in (table, mixed))
        np.testing.assert_allclose(one, other, atol=1e-9)
        assert rarefaction(table).equals(rarefaction(mixed))

    @given(tables)
    def test_no_estimate_is_below_what_is_heard(self, table):
        frame = richness(table).iloc[:4]
        known = frame[frame["estimate"].notna()]
        assert (known["estimate"] >= known["heard"] - 1e-9).all()
        low = known[known["low"].notna()]
        assert (low["low"] <= low["estimate"] + 1e-9).all()
        assert (low["estimate"] <= low["high"] + 1e-9).all()

    @pytest.mark.parametrize(
        ("call", "match"),
        [
            (lambda: chao2([[1]], form="classic"), "form='classic'. Mend: use 'plain' or"),
            (lambda: chao2([[1]], confidence=2), "confidence=2"),
            (lambda: ice([[1]], cutoff=0), "cutoff=0"),
            (lambda: sample_coverage([[1]], form="x"), "form='x'. Mend: use 'good-turing' or"),
        ],
    )
    def test_what_cannot_be_used(self, call, match):
        with pytest.raises(UnknownValueError, match=match):
            call()


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.0001, "under 0.1%"),
        (0.05, "5%"),
        (0.0274, "2.7%"),
        (0.9999, "over 99.9%"),
        (1, "100%"),
    ],
)
def test_no_share_is_rounded_to_none_or_all(share, words):
    assert percent(share) == words


class TestStudy:
    def test_it_holds_all(self, study):
        result = saturation(study, coder="ann", base=1, run=1, orders=10)
        assert (result.level, result.coder, result.left_out) == ("code", "ann", ())
        assert result.curve["transcript_id"].tolist() == ["ward-1", "ward-2", "ward-3"]
        assert result.curve["codes"].tolist() == [3, 4, 4]
        assert result.heard == 4
        assert len(result.estimates) == 6
        assert result.point.label == "2+1"
        assert repr(result) == "<Saturation of codes by ann in 3 interviews: 2+1>"

    def test_interviews_not_read_are_left_out(self, tmp_path):
        study = open_study(write_study(tmp_path))
        result = saturation(study, coder="ben", base=1, run=1, orders=10)
        assert result.left_out == ("ward-2b",)
        assert result.table.index.tolist() == ["ward-1", "ward-2", "ward-10"]
        assert "1 interview is left out, without a coding." in result.verdict

    def test_an_order_names_the_interviews(self, tmp_path):
        study = open_study(write_study(tmp_path))
        order = ["ward-10", "ward-2b", "ward-1"]
        result = saturation(study, coder="ben", order=order, base=1, run=1, orders=10)
        assert result.table.index.tolist() == order
        assert result.order == "in the order given"
        assert result.curve["new_codes"].tolist() == [1, 0, 1]
        with pytest.raises(UnknownValueError, match="'ward-7', which is no interview"):
            saturation(study, order=["ward-7"])

    def test_what_comes_later_is_said(self, tmp_path):
        study = open_study(write_study(tmp_path))
        order = ["ward-10", "ward-2b", "ward-1"]
        result = saturation(study, coder="ben", order=order, base=1, run=1, orders=10)
        assert result.point.label == "1+1"
        assert result.later == 1
        assert "at 1+1, yet 1 more comes later" in result.finding
        assert "After that run 1 more came." in result.verdict

    def test_the_verdict_warns(self, study):
        verdict = saturation(study, level="theme", orders=10).verdict
        assert "chosen, not drawn at random" in verdict
        assert "rejects saturation as a goal" in verdict
        assert "2.0 themes" in verdict
        assert "code" not in verdict.replace("coder", "")

    def test_too_few_interviews(self, study):
        assert saturation(study, orders=10).finding == (
            "3 interviews are too few: a base of 4 and a run of 2 need 6 interviews"
        )

    def test_a_page_is_escaped(self, study):
        from dataclasses import replace

        shown = replace(saturation(study, orders=5), coder="<b>")._repr_html_()
        assert "&lt;b&gt;" in shown
        assert "<b>" not in shown

    def test_nothing_coded(self, study):
        from qualcode.coding.codings import Codings
        from qualcode.study import Study

        bare = Study.from_parts(study.corpus, study.codebook, Codings((), coders=()))
        with pytest.raises(StudyError, match="nothing is coded"):
            saturation(bare)
