"""Two coders side by side: counts, coefficients, interval, words, and what to talk about."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.agreement._agreement_cells import bootstrap_interval
from qualcode.analysis.agreement._agreement_reading import Facts, landis_koch, read_agreement
from qualcode.analysis.agreement.agreement import (
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from qualcode.analysis.agreement.agreement_table import agreement
from qualcode.analysis.agreement.disagreements import code_confusion, worst_disagreements
from qualcode.analysis.units.units import units_of
from qualcode.errors import StudyError, UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.study import open_study
from qualcode.study.example import example_study

from .test_units import TEXT, THREE, on, study_of

TWO = ("ann", "ben")
CELLS = ["both", "first_only", "second_only", "neither"]


@pytest.fixture(scope="module")
def worked(root):
    return open_study(root)


def drawn_study(drawn):
    return study_of(
        [(coder, "a", code, start, min(len(TEXT), start + n)) for coder, code, start, n in drawn]
    )


DRAWN = st.lists(
    st.tuples(
        st.sampled_from(TWO),
        st.sampled_from(["rest", "breaks", "pay"]),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 20),
    ),
    max_size=8,
)


class TestRows:
    def test_the_counts_of_the_example(self):
        table = agreement(example_study(), coders=TWO)
        assert table.set_index("code_id")[["units", *CELLS]].T.to_dict("list") == {
            "rest": [2, 0, 0, 0, 2],
            "breaks": [2, 1, 1, 0, 0],
            "sleep_by_day": [2, 0, 0, 0, 2],
            "staffing": [2, 1, 0, 1, 0],
            "pay": [2, 0, 0, 0, 2],
        }

    @pytest.mark.parametrize("by", ["code", "theme", "transcript"])
    @pytest.mark.parametrize("coders", [TWO, ("ben", "cat")])
    def test_the_frame_is_the_same_if_nothing_was_read_by_both(self, by, coders):
        name = "agreement_by_transcript" if by == "transcript" else "agreement"
        study = study_of([on("rest")], coders=("ann", "ben", "cat"))
        table = agreement(study, coders=coders, by=by)
        assert table.dtypes.astype(str).to_dict() == FRAMES[name]
        assert table["percent"].isna().all()
        assert set(table["reading"]) <= {"Nothing here was read by both coders."}

    @settings(max_examples=60, deadline=None)
    @given(DRAWN, st.sampled_from(["turn", "sentence", "character"]))
    def test_each_row_is_what_the_measures_say(self, drawn, unit):
        study = drawn_study(drawn)
        read = {coder: ["a"] for coder in TWO}
        table = agreement(study, coders=TWO, unit=unit, read=read, resamples=0).set_index("code_id")
        for code in ("rest", "pay"):
            units = units_of(study, coders=TWO, unit=unit, code=code, read=read)
            row, given = table.loc[code], (units.ratings, units.weights)
            assert row["units"] == units.weights.sum()
            for column, measure in (
                ("percent", percent_agreement), ("kappa", cohen_kappa), ("alpha", krippendorff_alpha),
            ):  # fmt: skip
                value = measure(given[0], weights=given[1]).value
                np.testing.assert_allclose(row[column], value, atol=1e-9)
            if row["neither"] < row["units"]:
                value = gwet_ac1(given[0], weights=given[1], categories=(False, True)).value
                np.testing.assert_allclose(row["ac1"], value, atol=1e-9)

    @settings(max_examples=40, deadline=None)
    @given(DRAWN)
    def test_swapping_coders_swaps_who_is_alone(self, drawn):
        study, read = drawn_study(drawn), {coder: ["a"] for coder in TWO}
        one, other = (
            agreement(study, coders=coders, read=read, unit="character", resamples=0)
            for coders in (TWO, TWO[::-1])
        )
        swapped = other.rename(columns={"first_only": "second_only", "second_only": "first_only"})[
            one.columns
        ]
        kept = [name for name in one.columns if name != "reading"]
        np.testing.assert_allclose(
            one[kept[2:]].to_numpy(dtype=float), swapped[kept[2:]].to_numpy(dtype=float)
        )

    def test_themes_have_what_is_below_them(self):
        table = agreement(example_study(), coders=TWO, by="theme")
        assert table["code_path"].tolist() == ["Rest", "Staffing", "Pay"]
        assert table["both"].tolist() == [1, 1, 0]

    def test_spans_and_characters(self):
        rows = on("rest 😀😀"), on("rest 😀😀", "ben"), on("Then I go"), on("Then I", "ben")
        table = agreement(study_of(rows), coders=TWO, codes=["rest"])
        row = table.iloc[0]
        assert (row["span_f1"], row["overlap_f1"]) == (0.5, 1.0)
        assert row["character_f1"] == pytest.approx(2 * 13 / (16 + 13))
        assert row["share_coded"] == pytest.approx(
            16 / (len("I rest 😀😀. Then I go. No pay!") + 5)
        )

    def test_what_only_one_has_read_counts_for_nothing_but_coverage(self):
        rows = on("rest"), on("rest", "ben"), on("Nobody", name="b", text=THREE["b"])
        row = agreement(study_of(rows, THREE), coders=TWO, codes=["rest"]).iloc[0]
        assert row[["units", *CELLS]].tolist() == [2, 1, 0, 0, 1]
        assert row["coverage"] == pytest.approx(2 / 3)
        assert (row["span_f1"], row["alpha"]) == (1.0, 1.0)

    def test_by_transcript_every_code_in_every_unit_is_a_decision(self):
        rows = on("rest"), on("rest", "ben"), on("pay", code="pay")
        row = agreement(study_of(rows), coders=TWO, by="transcript").iloc[0]
        assert row[["transcript_id", "codes", "units", *CELLS]].tolist() == ["a", 2, 4, 1, 1, 0, 2]
        every = agreement(
            study_of(rows), coders=TWO, by="transcript", codes=["rest", "pay", "breaks"]
        )
        assert every["units"].tolist() == [6]

    @pytest.mark.parametrize("unit", ["turn", "sentence", "character"])
    def test_transcripts_and_codes_add_up_to_the_same(self, worked, unit):
        by_code, by_transcript = (
            agreement(worked, coders=("A", "B"), by=by, unit=unit, resamples=0)
            for by in ("code", "transcript")
        )
        used = by_code[by_code["neither"] < by_code["units"]]
        assert used[["units", *CELLS]].sum().tolist() == (
            by_transcript[["units", *CELLS]].sum().tolist()
        )
        assert by_transcript["codes"].unique().tolist() == [len(used)]

    def test_two_codes_of_a_theme_on_the_same_words_are_one_span(self):
        rows = on("rest"), on("rest", code="breaks"), on("rest", "ben", "breaks")
        row = agreement(study_of(rows), coders=TWO, by="theme").iloc[0]
        assert (row["span_f1"], row["both"]) == (1.0, 1)


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            ({"by": "word"}, UnknownValueError, r"no agreement by 'word'\. Mend: choose 'code'"),
            ({"unit": "word"}, UnknownValueError, "no unit 'word'"),
            ({"confidence": 95}, UnknownValueError, r"confidence 95 is not a share"),
            ({"coders": ("ann",)}, StudyError, "'ann' are not two coders"),
            ({"codes": ["brakes"]}, UnknownCodeError, "no code has the id 'brakes'"),
        ],
    )
    def test_what_there_is_not(self, options, error, message):
        with pytest.raises(error, match=message):
            agreement(example_study(), **{"coders": TWO, **options})


class TestInterval:
    CELLS = np.array(
        [[[8, 1, 1, 90]], [[4, 3, 0, 60]], [[2, 0, 2, 80]], [[5, 1, 0, 30]], [[0, 1, 1, 50]]]
    )

    @staticmethod
    def share(cells):
        total = cells.sum(axis=-1)
        return np.divide(cells[..., 0], total, out=np.full(total.shape, nan), where=total > 0)

    def draw(self, cells, seed=1, times=400):
        rng = np.random.default_rng(seed)
        return bootstrap_interval(cells, self.share, times=times, confidence=0.9, rng=rng)

    def test_it_is_that_of_drawing_one_cluster_after_the_other(self):
        rng = np.random.default_rng(7)
        values = [
            self.share(self.CELLS[rng.integers(0, 5, 5)].sum(axis=0))[0] for _ in range(20_000)
        ]
        found = self.draw(self.CELLS, times=20_000)[0]
        np.testing.assert_allclose(found, np.quantile(values, [0.05, 0.95]), atol=0.004)

    def test_the_same_seed_gives_the_same(self):
        assert self.draw(self.CELLS).tolist() == self.draw(self.CELLS).tolist()
        assert self.draw(self.CELLS).tolist() != self.draw(self.CELLS, seed=2).tolist()

    def test_none_where_draws_leave_it_undefined(self):
        cells = self.CELLS.copy()
        cells[1:] = 0
        assert np.isnan(self.draw(cells)).all()

    def test_the_worked_study(self, worked):
        table = agreement(worked, coders=("A", "B"), by="theme").set_index("code_id")
        assert table["units"].unique().tolist() == [558]
        inside = table.dropna(subset="alpha_low")
        assert (inside["alpha_low"] <= inside["alpha"]).all()
        assert (inside["alpha"] <= inside["alpha_high"]).all()
        # all alike, so that drawing again says nothing
        assert table.index[table["alpha_low"].isna()].tolist() == ["health_bodies"]

    def test_too_few_interviews(self):
        table = agreement(example_study(), coders=TWO, codes=["breaks"])
        assert isnan(table["alpha_low"][0])
        assert "without an interval: 2 interviews are too few to draw again" in table["reading"][0]


def facts(both=20, first=5, second=5, neither=70, **options):
    counts = {"both": both, "first": first, "second": second, "neither": neither}
    values = {"percent": 0.9, "ac1": 0.8, "alpha": 0.75, "low": 0.6, "high": 0.85}
    plain = {"cases": both + first + second, "drawn": "interviews", "no_interval": ""}
    return Facts(**{"coders": ("A", "B"), "noun": "turns", **counts, **values, **plain, **options})


class TestReading:
    def test_a_plain_row(self):
        assert read_agreement(facts()) == (
            "A gave it to 25 turns, B to 25, both to 20: 80% of what either gave, the other gave "
            "too. α 0.75, from 0.60 to 0.85 if other interviews had been drawn (Landis and Koch: "
            "“moderate” to “almost perfect”, by steps they call arbitrary)."
        )

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (facts(0, 0, 0, 9), "Neither coder gave it: there is nothing to measure."),
            (facts(9, 0, 0, 0), "Both gave it everywhere: with one value in use, chance is not defined."),
            (facts(0, 0, 0, 0), "Nothing here was read by both coders."),
            (facts(0, 1, 6, 90), "A gave it to 1 turn, B to 6, never to the same."),
            (facts(low=0.2), "The interval is wide: these data do not tell good agreement from poor."),
            (facts(3, 1, 1), "Only 5 turns have it: one coding more or less moves every figure."),
            (facts(1, 0, 0), "Only 1 of the turns has it: one coding more or less moves every figure."),
            (facts(20, 9, 1), "90% of the differences are A's alone: B gives it less."),
            (facts(20, 1, 9), "90% of the differences are B's alone: A gives it less."),
            (facts(low=nan, high=nan, no_interval="none was asked for"), "α 0.75, without an interval: none was asked for (Landis and Koch: “substantial”,"),
            (facts(alpha=nan), "α is not defined."),
            (
                facts(2, 1, 1, 196, percent=0.99, ac1=0.989),
                "Rare (1.5% of turns): 99.0% agreement and AC1 0.99 mostly count where neither gave "
                "it; κ and α rest on the other 4.",
            ),
            (
                facts(196, 1, 1, 2, percent=0.99, ac1=0.989),
                "Nearly everywhere (98.5% of turns): 99.0% agreement and AC1 0.99 mostly count "
                "where both gave it; κ and α rest on the other 4.",
            ),
        ],
    )  # fmt: skip
    def test_what_must_be_said(self, row, said):
        assert said in read_agreement(row)

    @pytest.mark.parametrize(
        "unsaid", ["wide", "Only", "Rare", "differences are", "undefined", "everywhere"]
    )
    def test_what_need_not_be_said(self, unsaid):
        assert unsaid not in read_agreement(facts())

    def test_the_words_of_1977(self):
        values = (-0.01, 0.0, 0.2, 0.21, 0.4, 0.41, 0.6, 0.61, 0.8, 0.81, 1.0)
        assert [landis_koch(value) for value in values] == [
            "poor", "slight", "slight", "fair", "fair", "moderate", "moderate", "substantial",
            "substantial", "almost perfect", "almost perfect",
        ]  # fmt: skip


class TestWorst:
    def test_other_themes_come_first_then_the_longest(self):
        rows = [
            on("rest"), on("rest 😀", "ben", "pay"), on("Then I go"), on("pay", "ben", "pay"),
            on("Ne", code="rest"), on("Ne", "ben", "breaks"),
        ]  # fmt: skip
        table = worst_disagreements(study_of(rows), coders=TWO)
        assert table[["kind", "place", "given", "words", "quote"]].to_numpy().tolist() == [
            ["other theme", "turn 2", "ann: Rest; ben: Pay", 2, "rest 😀"],
            ["other code", "turn 4", "ann: Rest; ben: Rest > Breaks", 1, "Ne"],
            ["ann only", "turn 2", "ann: Rest; ben: nothing", 3, "Then I go"],
            ["ben only", "turn 2", "ann: nothing; ben: Pay", 1, "pay"],
        ]

    def test_borders_are_no_disagreement(self):
        table = worst_disagreements(study_of([on("rest"), on("rest 😀", "ben")]), coders=TWO)
        assert table.dtypes.astype(str).to_dict() == FRAMES["worst_disagreements"]
        assert len(table) == 0

    def test_a_code_and_what_is_below_it(self):
        study = example_study()
        kinds = worst_disagreements(study, coders=TWO, code="rest")["kind"].tolist()
        assert kinds == ["ann only"]
        with pytest.raises(UnknownCodeError, match="no code has the id 'brakes'"):
            worst_disagreements(study, coders=TWO, code="brakes")

    def test_for_or_against_says_who_is(self, worked):
        table = worst_disagreements(worked, coders=("A", "B"), most=None)
        stance = table[table["kind"] == "for or against"]
        assert len(stance) == 8
        assert (stance["given"].str.count(r"\(against\)") == 1).all()

    def test_most(self, worked):
        whole = worst_disagreements(worked, coders=("A", "B"), most=None)
        few = worst_disagreements(worked, coders=("A", "B"), most=3)
        assert few.to_dict("list") == whole.head(3).to_dict("list")

    def test_swapping_the_coders_swaps_who_gave_what(self, worked):
        one, other = (
            worst_disagreements(worked, coders=coders, most=None)
            for coders in (("A", "B"), ("B", "A"))
        )
        assert sorted(one["quote"]) == sorted(other["quote"])
        assert one["kind"].tolist() == other["kind"].tolist()


class TestConfusion:
    def test_each_passage_once(self, worked):
        from qualcode.analysis.agreement.differences import coding_differences

        pairs = coding_differences(worked, coders=("A", "B"))
        for by in ("theme", "code"):
            assert code_confusion(worked, coders=("A", "B"), by=by).to_numpy().sum() == len(pairs)

    def test_swapping_the_coders_transposes_it(self, worked):
        one = code_confusion(worked, coders=("A", "B"))
        other = code_confusion(worked, coders=("B", "A"))
        assert one.T.equals(other)
        assert (one.index.name, one.columns.name) == ("A", "B")

    def test_by_code(self):
        table = code_confusion(example_study(), coders=TWO, by="code")
        assert table.index.tolist() == ["Rest > Breaks", "Staffing", "no code"]
        assert table.to_numpy().tolist() == [[1, 0, 1], [0, 1, 0], [0, 1, 0]]

    def test_nothing_coded(self):
        table = code_confusion(study_of([]), coders=TWO)
        assert table.to_numpy().tolist() == [[0]]

    def test_no_such_way(self):
        with pytest.raises(UnknownValueError, match=r"no confusion by 'turn'"):
            code_confusion(example_study(), coders=TWO, by="turn")


class TestBesideTheMeasures:
    """Units go into the measures as they are, with any number of coders."""

    def test_three_coders_one_of_whom_has_read_nothing(self):
        study = study_of(
            [on("rest"), on("rest", "ben"), on("Ne", "ben")], coders=("ann", "ben", "cat")
        )
        both, three = (
            units_of(study, coders=coders, code="rest", unit="character")
            for coders in (TWO, ("ann", "ben", "cat"))
        )
        one, other = (
            krippendorff_alpha(units.ratings, weights=units.weights).value
            for units in (both, three)
        )
        row = agreement(study, coders=TWO, codes=["rest"], unit="character").iloc[0]
        assert one == pytest.approx(other) == pytest.approx(row["alpha"])

    def test_the_interval_is_that_of_drawing_interviews_again(self, worked):
        table = agreement(worked, coders=("A", "B"), by="theme", rng=3, resamples=4000)
        units = units_of(worked, coders=("A", "B"), code="scrutiny", below=True)
        found = krippendorff_alpha(
            units.ratings,
            weights=units.weights,
            clusters=units.places["transcript_id"].to_numpy(),
            rng=np.random.default_rng(3),
            resamples=4000,
        )
        row = table.set_index("code_id").loc["scrutiny"]
        assert row["alpha"] == pytest.approx(found.value)
        assert (row["alpha_low"], row["alpha_high"]) == pytest.approx(found.interval[:2], abs=0.04)

    def test_sets_of_codes(self):
        units = units_of(
            study_of([on("rest"), on("rest", "ben"), on("Ne", code="pay")]), coders=TWO
        )
        assert krippendorff_alpha(units.ratings, level="masi").observed == pytest.approx(0.5)
