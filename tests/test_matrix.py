"""`body_theme_matrix`: bodies by themes."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode import body_theme_matrix, example_study, open_study
from qualcode.errors import UnknownCodeError, UnknownValueError
from tests import _made

THEMES = ["Rest", "Staffing", "Pay"]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(_made.write_study(tmp_path_factory.mktemp("study")))


def matrix_of(bodies, rows):
    index = pd.Index(bodies, name="body", dtype="str")
    return pd.DataFrame(rows, index=index, columns=THEMES, dtype="int64")


def equal(found, expected):
    pd.testing.assert_frame_equal(found, expected, check_index_type=False, check_column_type=False)


def test_codings_in_natural_order_of_bodies(study):
    expected = matrix_of(["Ward 1", "Ward 2", "Ward 10"], [[3, 0, 0], [3, 3, 0], [1, 0, 0]])
    equal(body_theme_matrix(study.segments(), study.codebook), expected)


def test_interviews(study):
    expected = matrix_of(["Ward 1", "Ward 2", "Ward 10"], [[1, 0, 0], [2, 2, 0], [1, 0, 0]])
    equal(body_theme_matrix(study.segments(), study.codebook, count="interviews"), expected)


def test_a_body_without_codings_has_a_row_if_it_is_named(study):
    found = body_theme_matrix(
        study.segments("staffing"), study.codebook, bodies=["Ward 10", "Ward 1", "Ward 2"]
    )
    equal(found, matrix_of(["Ward 1", "Ward 2", "Ward 10"], [[0, 0, 0], [0, 3, 0], [0, 0, 0]]))


def test_no_segments(study):
    nothing = study.segments("pay")
    found = body_theme_matrix(nothing, study.codebook)
    assert (found.shape, found.columns.tolist(), found.index.name) == ((0, 3), THEMES, "body")
    equal(body_theme_matrix(nothing, study.codebook, bodies=["W"]), matrix_of(["W"], [[0, 0, 0]]))


def test_the_sum_is_the_number_of_codings(study):
    assert body_theme_matrix(study.segments(), study.codebook).to_numpy().sum() == 10


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"count": "words"}, "count='words'. Mend: use 'codings' or 'interviews'"),
        ({"bodies": ["Ward 1"]}, "bodies= lacks 'Ward 10', which is heard"),
    ],
)
def test_options_that_there_are_not(study, options, match):
    with pytest.raises(UnknownValueError, match=match):
        body_theme_matrix(study.segments(), study.codebook, **options)


def test_segments_of_another_codebook(study):
    with pytest.raises(UnknownCodeError, match="'naps'"):
        body_theme_matrix(study.segments(), example_study().codebook)
