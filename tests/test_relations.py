"""Relations between codes: against all pairs tried one by one, and against chance worked out."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import c_coefficient, code_relations, code_sequence, example_study
from qualcode.analysis._pairs import nested_pairs, overlap_pairs, sequel_pairs
from qualcode.analysis.relations._chance import adjust
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import CoefficientWarning, UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.model import Speaker, Transcript

CODES = ("a", "b", "c")
BOOK = Codebook(
    (*(Code(one, one.upper(), "x") for one in CODES), Code("a1", "A1", "x", parent="a"))
)
WIDE = 12  # code points a turn


def segments_of(rows):
    """Make the frame of (interview, code, coder, start, end); a turn is so many code points."""
    return make_frame(
        "segments",
        [
            {
                "coding_id": str(number),
                "transcript_id": interview,
                "body": "" if interview == "i3" else f"B{interview[1:].replace('2', '1')}",
                "body_type": "",
                "speaker": "",
                "role": "",
                "turn": start // WIDE or None,  # before the first turn there is none
                "code_id": code,
                "theme_id": code[:1] if code == "a1" else code,
                "code_path": "",
                "coder": coder,
                "start": start,
                "end": end,
                "quote": "",
                "memo": "",
                "source": "manual",
                "created_at": pd.Timestamp("2026-01-01", tz="UTC"),
            }
            for number, (interview, code, coder, start, end) in enumerate(rows)
        ],
    )


def rows_of(*spans, interview="i1", coder="ann"):
    return [(interview, code, coder, start, end) for code, start, end in spans]


spans = st.tuples(
    st.sampled_from(["i1", "i2", "i3"]),
    st.sampled_from([*CODES, "a1"]),
    st.sampled_from(["ann", "ben"]),
    st.integers(0, 60),
    st.integers(1, 30),
).map(lambda row: (*row[:4], row[3] + row[4]))
some_segments = st.lists(spans, max_size=18).map(segments_of)


def turn_of(row):
    return 0 if pd.isna(row["turn"]) else int(row["turn"])


def related(kind, within, one, other, rows):
    """Say whether two codings are related, from the definition."""
    apart = abs(turn_of(one) - turn_of(other))
    if kind == "overlap":
        return one["start"] < other["end"] and other["start"] < one["end"]
    if kind == "turn":
        return apart == 0
    if kind == "near":
        return apart <= within
    if kind == "nested":
        inside = other["start"] <= one["start"] and one["end"] <= other["end"]
        return inside and other["end"] - other["start"] > one["end"] - one["start"]
    after = [row["start"] for row in rows if row["start"] >= one["end"]]
    is_next = other["start"] >= one["end"] and other["start"] == min(after)
    return is_next and turn_of(other) - turn_of(one) <= within


def by_hand(segments, kind, within, column):
    """Count every pair of codes by trying all pairs of codings."""
    counts = {}
    records = segments.to_dict("records")
    for one in records:
        mine = [r for r in records if (r["coder"], r["transcript_id"]) ==
                (one["coder"], one["transcript_id"])]  # fmt: skip
        for other in mine:
            if one is other or one[column] == other[column]:
                continue
            if related(kind, within, one, other, mine):
                key = one["coder"], one[column], other[column]
                found = counts.setdefault(key, [0, set(), set()])
                found[0] += 1
                found[1].add(one["transcript_id"])
                found[2] |= {one["body"]} - {""}
    return {
        key: (n, len(interviews), len(bodies)) for key, (n, interviews, bodies) in counts.items()
    }


class TestAgainstAllPairs:
    @pytest.mark.parametrize("kind", ["overlap", "turn", "near", "nested", "order"])
    @pytest.mark.parametrize("level", ["code", "theme"])
    @pytest.mark.filterwarnings("ignore::qualcode.errors.CoefficientWarning")
    @settings(max_examples=60, deadline=None)
    @given(segments=some_segments, within=st.integers(0, 3))
    def test_counts(self, kind, level, segments, within):
        found = code_relations(segments, BOOK, kind=kind, level=level, within=within)
        counted = {
            (row.coder, row.first_id, row.second_id): (row.pairs, row.interviews, row.bodies)
            for row in found.itertuples()
            if row.pairs
        }
        expected = by_hand(segments, kind, within, f"{level}_id")
        if kind not in ("nested", "order"):
            order = [code.id for code in BOOK]
            expected = {
                key: value for key, value in expected.items()
                if order.index(key[1]) < order.index(key[2])
            }  # fmt: skip
        assert counted == expected

    @pytest.mark.filterwarnings("ignore::qualcode.errors.CoefficientWarning")
    @settings(max_examples=60, deadline=None)
    @given(segments=some_segments)
    def test_turns_in_common(self, segments):
        touched = {}
        for row in segments.to_dict("records"):
            place = (row["transcript_id"], turn_of(row))
            touched.setdefault((row["coder"], row["code_id"]), set()).add(place)
        for row in code_relations(segments, BOOK).itertuples():
            one, two = (touched[row.coder, code] for code in (row.first_id, row.second_id))
            assert (row.turns_both, row.turns_either) == (len(one & two), len(one | two))
            assert row.jaccard == len(one & two) / len(one | two)

    @pytest.mark.filterwarnings("ignore::qualcode.errors.CoefficientWarning")
    @settings(max_examples=40, deadline=None)
    @given(segments=some_segments, seed=st.integers(0, 9))
    def test_neither_the_order_of_rows_nor_of_the_other_coder_matters(self, segments, seed):
        shuffled = segments.sample(frac=1, random_state=seed)
        whole = code_relations(segments, BOOK)
        pd.testing.assert_frame_equal(code_relations(shuffled, BOOK), whole)
        ann = code_relations(segments[segments["coder"] == "ann"], BOOK)
        mine = whole[whole["coder"] == "ann"].reset_index(drop=True)
        pd.testing.assert_frame_equal(ann, mine)


class TestKinds:
    def test_spans_that_only_touch_do_not_overlap(self):
        touching = segments_of(rows_of(("a", 12, 20), ("b", 20, 30)))
        assert code_relations(touching, BOOK)["pairs"].tolist() == [0]

    def test_equal_spans_are_not_inside_each_other(self):
        equal = segments_of(rows_of(("a", 12, 20), ("b", 12, 20)))
        assert code_relations(equal, BOOK, kind="nested")["pairs"].tolist() == [0, 0]

    def test_inside_has_a_direction(self):
        nested = segments_of(rows_of(("a", 14, 18), ("b", 12, 20)))
        found = code_relations(nested, BOOK, kind="nested")
        columns = ["first_id", "second_id", "pairs"]
        assert found[columns].to_numpy().tolist() == [["a", "b", 1], ["b", "a", 0]]

    def test_what_comes_next_is_not_all_that_follows(self):
        row = segments_of(rows_of(("a", 12, 14), ("b", 15, 17), ("c", 18, 20)))
        found = code_relations(row, BOOK, kind="order")
        after = [(one.first_id, one.second_id) for one in found.itertuples() if one.pairs]
        assert after == [("a", "b"), ("b", "c")]

    def test_what_comes_next_may_be_too_far(self):
        far = segments_of(rows_of(("a", 12, 14), ("b", 5 * WIDE, 5 * WIDE + 3)))
        assert code_relations(far, BOOK, kind="order", within=3)["pairs"].sum() == 0
        assert code_relations(far, BOOK, kind="order", within=4)["pairs"].sum() == 1

    def test_with_the_transcripts_a_coding_touches_every_turn_it_crosses(self):
        text = "A: one two\n\nB: three\n\nA: four five\n"
        transcript = Transcript("i1", text, speakers=(Speaker("A"), Speaker("B")))
        start, end = text.index("two"), text.index("three") + 5
        rows = segments_of(rows_of(("a", start, end), ("b", end - 2, end)))
        rows = rows.assign(turn=pd.Series([1, 2], dtype="Int64"))
        corpus = {"i1": transcript}
        same = code_relations(rows, BOOK, kind="turn", corpus=corpus)
        assert same[["pairs", "turns_both", "turns_either"]].to_numpy().tolist() == [[1, 1, 2]]
        assert code_relations(rows, BOOK, kind="turn")["pairs"].tolist() == [0]

    def test_a_wide_frame(self):
        assert dict(code_relations(segments_of(rows_of(("a", 12, 14), ("b", 12, 14))), BOOK).dtypes
                    .astype(str)) == FRAMES["code_relations"]  # fmt: skip

    def test_nothing_coded(self):
        found = code_relations(empty_frame("segments"), BOOK, rng=np.random.default_rng(1))
        pd.testing.assert_frame_equal(found, empty_frame("code_relations"))

    def test_one_code_has_no_relations(self):
        found = code_relations(segments_of(rows_of(("a", 12, 14))), BOOK)
        pd.testing.assert_frame_equal(found, empty_frame("code_relations"))


class TestCoefficient:
    def test_many_to_one_is_flagged_and_not_clipped(self):
        rows = rows_of(("a", 12, 40), ("a", 12, 41), ("b", 13, 20), ("b", 21, 30))
        with pytest.warns(
            CoefficientWarning, match="leaves 0 to 1 for 1 pair of codes: see c_note"
        ):
            found = code_relations(segments_of(rows + rows_of(("b", 31, 35))), BOOK)
        assert found[["pairs", "c", "c_note"]].to_numpy().tolist() == [
            [6, -6.0, "outside 0 to 1: overlaps are many to one"]
        ]

    def test_undefined_says_so(self):
        rows = rows_of(("a", 12, 40), ("a", 12, 41), ("b", 13, 20), ("b", 21, 30))
        found = code_relations(segments_of(rows), BOOK)
        assert np.isnan(found["c"].iloc[0])
        assert found["c_note"].tolist() == ["undefined: n1 + n2 = n12"]

    def test_one_code_far_more_frequent_is_noted(self):
        often = rows_of(*(("a", 12 + n, 13 + n) for n in range(6)), ("b", 12, 13))
        found = code_relations(segments_of(often), BOOK)
        assert found["c_note"].tolist() == ["one code is given more than 5 times as often"]
        assert found["c"].iloc[0] == pytest.approx(1 / 6)

    def test_a_relation_with_a_direction_has_none(self):
        nested = segments_of(rows_of(("a", 14, 18), ("b", 12, 20)))
        found = code_relations(nested, BOOK, kind="nested")
        assert found["c"].isna().all()
        assert found["c_note"].tolist() == ["", ""]

    @given(st.integers(0, 99), st.integers(0, 99))
    def test_of_no_pairs_it_is_nothing(self, n1, n2):
        c = c_coefficient(n1, n2, 0)
        assert np.isnan(c) if n1 + n2 == 0 else c == 0.0


class TestAgainstChance:
    ROWS = rows_of(("a", 12, 20), ("b", 13, 20), ("a", 30, 40), ("b", 31, 40), ("c", 50, 52))

    def exact(self, rows):
        """Try every order of the codes within one interview."""
        places = [row[3:] for row in rows]
        counts = []
        for codes in permutations([row[1] for row in rows]):
            pairs = [
                {codes[i], codes[j]} for i in range(len(rows)) for j in range(i)
                if places[i][0] < places[j][1] and places[j][0] < places[i][1]
            ]  # fmt: skip
            counts.append(pairs.count({"a", "b"}))
        observed = 2
        return np.mean(counts), np.mean([count >= observed for count in counts])

    def test_it_nears_the_exact_test(self):
        found = code_relations(
            segments_of(self.ROWS), BOOK, rng=np.random.default_rng(1), shuffles=4000
        ).iloc[0]
        expected, p = self.exact(self.ROWS)
        assert (found["first_id"], found["second_id"], found["pairs"]) == ("a", "b", 2)
        assert found["expected"] == pytest.approx(expected, abs=0.04)
        assert found["p"] == pytest.approx(p, abs=0.03)

    def test_codes_keep_to_their_interview(self):
        # a and b alone in the one, c in the other: no shuffle can change what is counted.
        rows = rows_of(("a", 12, 20), ("b", 13, 20)) + rows_of(("c", 12, 20), interview="i2")
        found = code_relations(segments_of(rows), BOOK, rng=np.random.default_rng(1), shuffles=50)
        tested = found.set_index(["first_id", "second_id"])[["expected", "p", "q"]]
        assert tested.loc[("a", "b")].tolist() == [1.0, 1.0, 1.0]
        assert tested.loc[[("a", "c"), ("b", "c")]].isna().all(axis=None)

    def test_the_same_generator_gives_the_same(self):
        first, again = (
            code_relations(segments_of(self.ROWS), BOOK, rng=np.random.default_rng(7))
            for _ in range(2)
        )
        pd.testing.assert_frame_equal(first, again)

    def test_p_is_never_zero(self):
        rows = [row for n in range(20) for row in
                rows_of(("a", 12 + 40 * n, 20 + 40 * n), ("b", 13 + 40 * n, 20 + 40 * n),
                        ("c", 30 + 40 * n, 32 + 40 * n))]  # fmt: skip
        found = code_relations(segments_of(rows), BOOK, rng=np.random.default_rng(1), shuffles=99)
        assert found["p"].iloc[0] == 0.01

    @pytest.mark.filterwarnings("ignore::qualcode.errors.CoefficientWarning")
    def test_chance_alone_is_seldom_found(self):
        rng, ps = np.random.default_rng(3), []
        for _ in range(60):
            codes, starts = rng.choice(list("abc"), 40), rng.integers(12, 300, 40)
            rows = rows_of(*((c, int(s), int(s) + 20) for c, s in zip(codes, starts, strict=True)))
            found = code_relations(segments_of(rows), BOOK, rng=rng, shuffles=99, kind="turn")
            ps += found["p"].tolist()
        assert np.mean(np.array(ps) <= 0.1) <= 0.14

    def test_without_a_generator_there_is_no_test(self):
        assert (
            code_relations(segments_of(self.ROWS), BOOK)[["expected", "p", "q"]]
            .isna()
            .all(axis=None)
        )

    @given(st.lists(st.floats(0, 1), max_size=20))
    def test_adjusting_keeps_the_order_and_never_lowers(self, p):
        p = np.array(p)
        q = adjust(p)
        assert (q >= p).all()
        assert (q <= 1).all()
        assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (
                {"kind": "beside"},
                "kind='beside'. Mend: use one of overlap, turn, near, nested, order",
            ),
            ({"level": "leaf"}, "level='leaf'. Mend: use 'code' or 'theme'"),
            ({"within": -1}, "within=-1. Mend: give a number of turns"),
            ({"shuffles": 0}, "shuffles=0. Mend: give at least 1"),
        ],
    )
    def test_an_option_that_there_is_not(self, options, message):
        with pytest.raises(UnknownValueError, match=message):
            code_relations(empty_frame("segments"), BOOK, **options)

    def test_a_code_that_the_codebook_has_not(self):
        with pytest.raises(UnknownCodeError, match="'z'"):
            code_relations(segments_of(rows_of(("z", 1, 2))), BOOK)


class TestPairs:
    def test_nothing(self):
        none = np.empty(0, dtype=np.int64)
        for found in (
            overlap_pairs(none, none, none),
            nested_pairs(none, none, none),
            sequel_pairs(none, none, none, none, none, 1),
        ):
            assert [len(places) for places in found] == [0, 0]

    def test_twenty_thousand_codings_make_no_square(self):
        rng = np.random.default_rng(1)
        group, start = rng.integers(0, 1000, 20_000), rng.integers(0, 40_000, 20_000)
        one, _ = overlap_pairs(group, start, start + 200)
        assert 0 < len(one) < 10_000


class TestSequence:
    def test_in_order_of_place_the_longest_first(self):
        study = example_study()
        sequence = code_sequence(study.segments(), study.corpus["ward-2"])
        columns = ["position", "turn", "speaker", "code_id", "coder"]
        assert sequence[columns].to_numpy().tolist() == [
            [1, 2, "NN", "staffing", "ann"],
            [2, 2, "NN", "staffing", "ben"],
            [3, 2, "NN", "breaks", "ann"],
            [4, 2, "NN", "breaks", "ben"],
        ]
        assert dict(sequence.dtypes.astype(str)) == FRAMES["code_sequence"]

    def test_without_times_there_is_no_minute(self):
        text = "A: one two\n"
        transcript = Transcript("i1", text, speakers=(Speaker("A"),))
        sequence = code_sequence(segments_of(rows_of(("a", 3, 6))), transcript)
        assert sequence["minute"].isna().tolist() == [True]

    def test_of_an_interview_without_codings(self):
        study = example_study()
        none = code_sequence(study.segments("pay"), study.corpus["ward-1"])
        pd.testing.assert_frame_equal(none, empty_frame("code_sequence"))
