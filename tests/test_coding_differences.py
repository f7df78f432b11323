"""Where two coders agree and where they differ: pairing, its symmetry, and the frame."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qualcode as qc
from qualcode.analysis.agreement._pairing import AGREE, IN_PART, Mark, Pair, pair_marks
from qualcode.errors import StudyError, UnknownValueError
from qualcode.frames import FRAMES

from ._made import write_study


def mark(start: int, end: int, code: str = "c", name: str = "", *, contrary: bool = False) -> Mark:
    return Mark(start, end, code, name or f"{code}{start}-{end}{contrary}", contrary)


def kinds(pairs: list[Pair]) -> list[tuple[str, str, str]]:
    """Give each pair's kind and the ids in it."""
    return [
        (one.kind, one.first.id if one.first else "", one.second.id if one.second else "")
        for one in pairs
    ]


@st.composite
def marks(draw: st.DrawFn, coder: str) -> list[Mark]:
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from("abc"), st.booleans()),
            max_size=12,
        )
    )
    return [
        Mark(start, start + length, code, f"{coder}{number}", contrary)
        for number, (start, length, code, contrary) in enumerate(spans)
    ]


def share_words(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


@given(marks("A"), marks("B"))
def test_every_coding_stands_in_exactly_one_row(first: list[Mark], second: list[Mark]) -> None:
    pairs = pair_marks(first, second)
    assert sorted(p.first.id for p in pairs if p.first) == sorted(m.id for m in first)
    assert sorted(p.second.id for p in pairs if p.second) == sorted(m.id for m in second)


@given(marks("A"), marks("B"))
def test_swapping_the_coders_swaps_the_sides_alone(first: list[Mark], second: list[Mark]) -> None:
    swapped = [Pair(pair.second, pair.first) for pair in pair_marks(second, first)]
    assert swapped == pair_marks(first, second)


@given(marks("A"), marks("B"), st.randoms())
def test_the_order_given_does_not_matter(
    first: list[Mark], second: list[Mark], random: Random
) -> None:
    once = pair_marks(first, second)
    random.shuffle(first)
    random.shuffle(second)
    assert pair_marks(first, second) == once


@given(marks("A"), marks("B"))
def test_what_is_paired_shares_words_and_what_is_left_shares_none(
    first: list[Mark], second: list[Mark]
) -> None:
    pairs = pair_marks(first, second)
    assert all(share_words(p.first, p.second) for p in pairs if p.first and p.second)
    alone = [
        [p.first for p in pairs if p.first and not p.second],
        [p.second for p in pairs if p.second and not p.first],
    ]
    assert not any(share_words(one, other) for one, other in product(*alone))


@given(marks("A"), marks("B"))
def test_no_two_that_agree_are_left_for_a_worse_pair(first: list[Mark], second: list[Mark]) -> None:
    worse = [p for p in pair_marks(first, second) if p.kind not in (AGREE, IN_PART)]
    without = {
        side: [m for p in worse if (m := getattr(p, side)) is not None]
        for side in ("first", "second")
    }
    same = [
        (one, other)
        for one, other in product(without["first"], without["second"])
        if (one.code, one.contrary) == (other.code, other.contrary) and share_words(one, other)
    ]
    assert same == []


@given(marks("A"))
def test_a_coder_agrees_with_themselves(first: list[Mark]) -> None:
    assert {pair.kind for pair in pair_marks(first, first)} <= {AGREE}


def test_the_same_words_come_before_others() -> None:
    wide, exact, lone = mark(0, 50), mark(10, 20), mark(12, 60, name="late")
    assert kinds(pair_marks([wide, exact], [mark(10, 20, name="b"), lone])) == [
        ("agree in part", wide.id, "late"),
        ("agree", exact.id, "b"),
    ]


def test_the_same_side_comes_before_the_other() -> None:
    plain, against = mark(0, 9), mark(0, 9, contrary=True)
    pairs = pair_marks([plain, against], [mark(0, 9, name="b", contrary=True)])
    assert sorted(kinds(pairs)) == [("agree", against.id, "b"), ("one only", plain.id, "")]
    assert kinds(pair_marks([plain], [mark(0, 9, name="b", contrary=True)])) == [
        ("for or against", plain.id, "b")
    ]


def test_another_code_on_shared_words_is_one_difference() -> None:
    assert kinds(pair_marks([mark(0, 9, "x")], [mark(5, 12, "y"), mark(20, 30, "x")])) == [
        ("other code", "x0-9False", "y5-12False"),
        ("one only", "", "x20-30False"),
    ]


def test_a_code_that_agrees_is_not_spent_on_another() -> None:
    pairs = pair_marks([mark(0, 9, "x")], [mark(0, 9, "y"), mark(4, 12, "x")])
    assert kinds(pairs) == [
        ("agree in part", "x0-9False", "x4-12False"),
        ("one only", "", "y0-9False"),
    ]


def test_the_narrower_lies_inside_the_other() -> None:
    assert Pair(mark(0, 9), mark(2, 5)).narrower == mark(2, 5)
    assert Pair(mark(2, 5), mark(0, 9)).narrower == mark(2, 5)
    assert Pair(mark(0, 9), mark(2, 12)).narrower is None
    assert Pair(mark(0, 9), None).narrower is None


def test_a_great_pile_of_codings_on_one_passage_is_paired() -> None:
    first = [mark(n % 7, 100 + n, "c", f"A{n}") for n in range(10_000)]
    second = [mark(n % 11, 50 + n, "c", f"B{n}") for n in range(10_000)]
    pairs = pair_marks(first, second)
    assert len(pairs) == 10_000
    assert all(pair.first and pair.second for pair in pairs)


# The frame -----------------------------------------------------------------------------------


@pytest.fixture
def study(tmp_path: Path) -> qc.Study:
    return qc.open_study(write_study(tmp_path))


def test_the_frame_of_a_study(study: qc.Study) -> None:
    table = qc.coding_differences(study, coders=("ann", "ben"))
    columns = ["transcript_id", "kind", "first_code", "second_code", "quote"]
    assert list(table[columns].itertuples(index=False, name=None)) == [
        ("ward-1", "ann only", "breaks", "", "My break is a biscuit at the drug trolley"),
        ("ward-1", "ann only", "rest", "", "Then nothing until six"),
        ("ward-1", "ben only", "", "rest", "I don’t sleep"),
        ("ward-2", "agree", "staffing", "staffing", "We were two for twenty-eight beds"),
        ("ward-2", "agree in part", "breaks", "breaks", "I have had no break since May"),
    ]
    assert {name: str(kind) for name, kind in table.dtypes.items()} == FRAMES["coding_differences"]
    assert pd.isna(table["second_start"][0])


def test_one_transcript_is_asked_for_even_if_one_coder_has_nothing(study: qc.Study) -> None:
    table = qc.coding_differences(study, coders=("ben", "ann"), transcript="ward-10")
    assert table[["kind", "first_code"]].to_dict("records") == [
        {"kind": "ben only", "first_code": "naps"}
    ]
    assert len(qc.coding_differences(study, coders=("ben", "ann"), transcript="ward-*")) == 8


def test_it_does_not_change_the_study_no_mutate(study: qc.Study) -> None:
    before = study.segments()
    qc.coding_differences(study, coders=("ann", "ben"))
    pd.testing.assert_frame_equal(study.segments(), before)


@pytest.mark.parametrize("coders", ["ann", ("ann",), ("ann", "ann"), ("ann", "ben", "cy"), ()])
def test_anything_but_two_coders_is_refused(study: qc.Study, coders: tuple[str, str]) -> None:
    with pytest.raises(StudyError, match="not two coders"):
        qc.coding_differences(study, coders=coders)


def test_a_coder_that_there_is_not_is_refused(study: qc.Study) -> None:
    with pytest.raises(UnknownValueError, match=r"no coder is 'cy'.*'ann', 'ben'"):
        qc.coding_differences(study, coders=("ann", "cy"))
