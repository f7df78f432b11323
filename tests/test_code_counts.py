"""`code_counts`: every code, its own codings."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode import code_counts, example_study
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownCodeError
from qualcode.frames import FRAMES, make_frame


@pytest.fixture(scope="module")
def study():
    return example_study()


def expected(rows):
    return make_frame(
        "code_counts",
        [
            dict(zip(FRAMES["code_counts"], row, strict=True))
            for row in [
                ("rest", "Rest", "rest", *rows[0]),
                ("breaks", "Rest > Breaks", "rest", *rows[1]),
                ("sleep_by_day", "Rest > Sleep by day", "rest", *rows[2]),
                ("staffing", "Staffing", "staffing", *rows[3]),
                ("pay", "Pay", "pay", *rows[4]),
            ]
        ],
    )


def test_every_code_with_its_own_codings(study):
    # codings, interviews, bodies, coders, words
    rows = [(1, 1, 1, 1, 4), (4, 3, 3, 2, 27), (1, 1, 1, 1, 8), (3, 2, 2, 2, 17), (0,) * 5]
    pd.testing.assert_frame_equal(code_counts(study.segments(), study.codebook), expected(rows))


def test_one_coders_codings_are_counted_by_handing_them_in(study):
    rows = [(0,) * 5, (1, 1, 1, 1, 4), (0,) * 5, (2, 2, 2, 1, 11), (0,) * 5]
    counts = code_counts(study.segments(coder="ben"), study.codebook)
    pd.testing.assert_frame_equal(counts, expected(rows))


def test_no_segments_count_nothing(study):
    counts = code_counts(study.segments("pay"), study.codebook)
    pd.testing.assert_frame_equal(counts, expected([(0,) * 5] * 5))


def test_two_interviews_of_one_body(study):
    segments = study.segments("breaks").assign(body="Ward 9")
    row = code_counts(segments, study.codebook).set_index("code_id").loc["breaks"]
    assert row[["interviews", "bodies"]].tolist() == [3, 1]


def test_no_body_is_no_body(study):
    counts = code_counts(study.segments().assign(body=""), study.codebook)
    assert counts["bodies"].tolist() == [0] * 5
    assert counts["codings"].sum() == 9


def test_segments_of_another_codebook(study):
    other = Codebook((Code("pay", "Pay", "Money."),))
    with pytest.raises(UnknownCodeError, match="no code has the id 'breaks'"):
        code_counts(study.segments(), other)


def test_the_segments_stay_as_they_are_no_mutate(study):
    segments = study.segments()
    code_counts(segments, study.codebook)
    pd.testing.assert_frame_equal(segments, study.segments())
