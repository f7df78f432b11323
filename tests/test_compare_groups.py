"""Who says what: people and bodies of each group, counted of those interviewed."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import compare_groups, exact_interval, example_study, open_study
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES, empty_frame

from ._made import write_study

COUNTS = ["group", "people", "of_people", "bodies", "of_bodies", "codings"]


@pytest.fixture
def study(tmp_path):
    return open_study(write_study(tmp_path))


def counted(frame, code_id):
    return frame.loc[frame["code_id"] == code_id, COUNTS].to_numpy().tolist()


class TestCounts:
    def test_people_and_bodies_by_role(self, study):
        frame = compare_groups(study.segments(), study.people, study.codebook)
        assert frame["code_path"].drop_duplicates().tolist() == ["Rest", "Staffing", "Pay"]
        # Two coders on the same words are one person heard; Ward 2 has a person in each role.
        assert counted(frame, "rest") == [
            ["Night nurse", 2, 2, 2, 2, 5],
            ["Ward manager", 2, 2, 2, 2, 2],
        ]
        assert counted(frame, "staffing") == [
            ["Night nurse", 1, 2, 1, 2, 2],
            ["Ward manager", 1, 2, 1, 2, 1],
        ]
        assert counted(frame, "pay") == [
            ["Night nurse", 0, 2, 0, 2, 0],
            ["Ward manager", 0, 2, 0, 2, 0],
        ]

    def test_by_body_type_several_people_are_of_one_body(self, study):
        frame = compare_groups(study.segments(), study.people, study.codebook, by="body_type")
        assert counted(frame, "staffing") == [
            ["medical", 2, 2, 1, 1, 3],
            ["surgical", 0, 2, 0, 2, 0],
        ]
        notes = frame.loc[frame["code_id"] == "rest", "note"].tolist()
        assert notes == ["fewer than 5 people; several people of one body", "fewer than 5 people"]

    def test_by_an_attribute_of_the_transcripts(self, study):
        frame = compare_groups(
            study.segments(),
            study.people,
            study.codebook,
            by="county",
            attributes=study.corpus.attributes,
        )
        assert counted(frame, "staffing") == [
            ["Devon", 2, 2, 1, 1, 3],
            ["Kent", 0, 2, 0, 2, 0],
        ]

    def test_each_code_by_itself(self, study):
        frame = compare_groups(study.segments(), study.people, study.codebook, level="code")
        assert frame["code_id"].drop_duplicates().tolist() == [c.id for c in study.codebook]
        assert counted(frame, "naps") == [
            ["Night nurse", 0, 2, 0, 2, 0],
            ["Ward manager", 1, 2, 1, 2, 1],
        ]
        assert frame.loc[frame["code_id"] == "naps", "code_path"].iloc[0] == "Rest > Breaks > Naps"

    def test_voices_against_are_people(self, study):
        segments = study.segments().assign(memo="contrary: she sleeps")
        frame = compare_groups(segments, study.people, study.codebook)
        assert frame["contrary_people"].tolist() == frame["people"].tolist()

    def test_a_group_without_a_name_stands_last(self, study):
        people = study.people
        people.loc[people["body"] != "Ward 10", "role"] = ""
        frame = compare_groups(study.segments(), people, study.codebook)
        assert counted(frame, "rest") == [
            ["Ward manager", 1, 1, 1, 1, 1],
            ["not given", 3, 3, 2, 2, 6],
        ]

    def test_speakers_who_were_not_interviewed_are_counted_apart(self, study):
        people = study.people.query("transcript_id != 'ward-1'")
        frame = compare_groups(study.segments(), people, study.codebook)
        assert frame.attrs["left_out"] == 3
        assert frame["codings"].sum() == 7

    def test_a_person_listed_twice_is_one(self, study):
        twice = pd.concat([study.people, study.people])
        one = compare_groups(study.segments(), study.people, study.codebook)
        assert compare_groups(study.segments(), twice, study.codebook).equals(one)

    def test_the_input_is_left_as_it_was(self, study):
        segments, people = study.segments(), study.people
        before = segments.copy(), people.copy()
        compare_groups(segments, people, study.codebook)
        pd.testing.assert_frame_equal(segments, before[0])
        pd.testing.assert_frame_equal(people, before[1])

    def test_nothing_coded_and_nobody_asked(self, study):
        nothing = study.segments().iloc[:0]
        frame = compare_groups(nothing, study.people, study.codebook)
        assert frame["people"].sum() == 0
        assert dict(frame.dtypes.astype(str)) == FRAMES["group_comparison"]
        nobody = compare_groups(study.segments(), empty_frame("people"), study.codebook)
        assert dict(nobody.dtypes.astype(str)) == FRAMES["group_comparison"]
        assert (len(nobody), nobody.attrs["left_out"]) == (0, 10)

    @given(st.randoms(use_true_random=False))
    def test_order_and_repeats_of_codings_do_not_matter(self, chance):
        study = example_study()
        segments, counts = study.segments(), ["people", "bodies", "contrary_people"]
        rows = [chance.randrange(len(segments)) for _ in range(20)]
        rows += list(range(len(segments)))
        chance.shuffle(rows)
        one = compare_groups(segments, study.people, study.codebook)
        other = compare_groups(segments.iloc[rows], study.people, study.codebook)
        assert one[counts].equals(other[counts])

    def test_what_cannot_be_used(self, study):
        segments, people, codebook = study.segments(), study.people, study.codebook
        with pytest.raises(
            UnknownValueError, match=r"by='county' is not known.*or give attributes="
        ):
            compare_groups(segments, people, codebook, by="county")
        with pytest.raises(UnknownValueError, match=r"level='word'\. Mend: use 'theme' or 'code'"):
            compare_groups(segments, people, codebook, level="word")
        with pytest.raises(UnknownCodeError, match="strange"):
            compare_groups(segments.assign(theme_id="strange"), people, codebook)


class TestCaution:
    def test_the_warning_goes_with_the_frame(self, study):
        frame = compare_groups(study.segments(), study.people, study.codebook)
        assert "chosen, not drawn at random" in frame.attrs["warning"]
        assert "share" not in frame.columns
        assert frame[["people_low", "people_high"]].isna().all(axis=None)

    def test_no_interval_for_a_small_group(self, study):
        frame = compare_groups(study.segments(), study.people, study.codebook, intervals=True)
        assert frame["small"].all()
        assert frame["people_low"].isna().all()
        assert frame["note"].unique().tolist() == ["fewer than 5 people; no interval"]

    def test_intervals_where_they_were_asked_for(self, study):
        many = pd.concat(
            [study.people.iloc[:1].assign(speaker=f"N{n}", role="Nurse") for n in range(5)]
        )
        people = pd.concat([study.people.assign(role="Other"), many], ignore_index=True)
        segments = study.segments().assign(speaker="N0", transcript_id=people["transcript_id"][0])
        frame = compare_groups(segments, people, study.codebook, intervals=True)
        row = frame[(frame["group"] == "Nurse") & (frame["code_id"] == "rest")].iloc[0]
        assert (row["people"], row["of_people"], row["small"]) == (1, 5, False)
        assert (row["people_low"], row["people_high"]) == exact_interval(1, 5)


class TestExactInterval:
    @pytest.mark.parametrize(
        ("count", "of", "ends"), [(0, 5, (0, 0.5218)), (5, 5, (0.4782, 1)), (1, 1, (0.025, 1))]
    )
    def test_ends(self, count, of, ends):
        # of none: 1 - (α/2)^(1/n)
        assert exact_interval(count, of) == pytest.approx(ends, abs=5e-5)

    def test_of_nobody(self):
        assert all(math.isnan(end) for end in exact_interval(0, 0))

    @given(st.integers(0, 40), st.integers(1, 40))
    def test_it_holds_the_share_and_is_symmetric(self, count, of):
        count = min(count, of)
        low, high = exact_interval(count, of)
        assert 0 <= low <= count / of <= high <= 1
        other = exact_interval(of - count, of)
        assert (low, high) == pytest.approx((1 - other[1], 1 - other[0]))

    @pytest.mark.parametrize(
        ("arguments", "match"),
        [((3, 2), "count=3 of 2"), ((-1, 2), "count=-1 of 2")],
    )
    def test_what_cannot_be_used(self, arguments, match):
        with pytest.raises(UnknownValueError, match=match):
            exact_interval(*arguments)
        with pytest.raises(UnknownValueError, match="confidence=95"):
            exact_interval(1, 2, confidence=95)
