"""`theme_table`: how widely each theme is heard, from whom, in which words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import example_study, theme_table
from qualcode.analysis._typical import typicality
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES, make_frame


@pytest.fixture(scope="module")
def study():
    return example_study()


def test_the_whole_table(study):
    roles = "Night nurse (2); Ward manager (1)", "Night nurse (1); Ward manager (1)", ""
    examples = "I sleep four hours, then the post comes", "two of us for twenty-eight beds", ""
    sources = "NN, Ward 1, ward-1, turn 4", "NN, Ward 2, ward-2, turn 2", ""
    expected = make_frame(
        "theme_table",
        {
            "theme_id": ["rest", "staffing", "pay"],
            "theme": ["Rest", "Staffing", "Pay"],
            "codings": [6, 3, 0],
            "interviews": [3, 2, 0],
            "bodies": [3, 2, 0],
            "of_bodies": [4, 4, 4],
            "share": [0.75, 0.5, 0.0],
            "roles": roles,
            "example": examples,
            "example_source": sources,
        },
    )
    table = theme_table(study.segments(), study.codebook, of_bodies=4)
    pd.testing.assert_frame_equal(table, expected)


def test_bodies_are_those_heard_if_nothing_is_said(study):
    assert theme_table(study.segments(), study.codebook)["of_bodies"].tolist() == [3, 3, 3]
    assert theme_table(study.segments("staffing"), study.codebook)["share"].tolist() == [0, 1, 0]


def test_the_example_is_a_voice_for_the_theme(study):
    segments = study.segments("rest")
    first = theme_table(segments, study.codebook)["example"][0]
    memos = segments["memo"].mask(
        segments["quote"].str.contains(first, regex=False), "contrary: no"
    )
    marked = segments.assign(memo=memos)
    other = theme_table(marked, study.codebook)["example"][0]
    assert other not in ("", first)
    none_for = theme_table(segments.assign(memo="contrary: no"), study.codebook)
    assert none_for["example"][0] == first


def test_no_segments(study):
    table = theme_table(study.segments("pay"), study.codebook)
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == FRAMES["theme_table"]
    assert table["of_bodies"].tolist() == [0, 0, 0]
    assert table["share"].isna().all()
    assert table["example"].tolist() == ["", "", ""]


def test_a_second_coder_does_not_make_a_theme_wider(study):
    one = theme_table(study.segments("breaks", coder="ann"), study.codebook)
    both = theme_table(study.segments("breaks"), study.codebook)
    assert both["codings"].tolist() == [4, 0, 0]
    assert one["codings"].tolist() == [3, 0, 0]
    for column in ("interviews", "bodies", "roles"):
        assert one[column].tolist() == both[column].tolist()


def test_roles_count_people_most_first_then_by_name(study):
    segments = study.segments("rest").head(4)
    segments["transcript_id"] = ["t1", "t1", "t2", "t3"]
    segments["speaker"] = ["A", "B", "A", "A"]
    segments["role"] = ["Nurse", "Cook", "", "Nurse"]
    table = theme_table(segments, study.codebook)
    assert table["roles"][0] == "Nurse (2); Cook (1); role not given (1)"


def test_more_bodies_heard_than_interviewed(study):
    with pytest.raises(UnknownValueError, match=r"of_bodies=2, but 3 bodies.*at least 3"):
        theme_table(study.segments(), study.codebook, of_bodies=2)


def test_segments_of_another_codebook(study):
    other = Codebook(
        tuple(
            Code(c.id, c.name, "x", "pay" if c.id == "rest" else c.parent) for c in study.codebook
        )
    )
    with pytest.raises(UnknownCodeError, match="'rest' is not a theme of this codebook"):
        theme_table(study.segments(), other)


def plain_typicality(texts):
    """Work typicality out as the textbook has it, a pair at a time."""
    words = [text.split() for text in texts]
    every = sorted({word for several in words for word in several})
    n = len(texts)
    idf = {w: math.log((1 + n) / (1 + sum(w in several for several in words))) + 1 for w in every}
    vectors = [np.array([several.count(w) * idf[w] for w in every]) for several in words]

    def cosine(x, y):
        norms = np.linalg.norm(x) * np.linalg.norm(y)
        return float(x @ y / norms) if norms else 0.0

    return [
        sum(cosine(x, y) for j, y in enumerate(vectors) if i != j) / (n - 1)
        for i, x in enumerate(vectors)
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcde"), max_size=6).map(" ".join), min_size=2, max_size=8)
)
def test_typicality_is_the_textbooks(texts):
    assert typicality(texts).tolist() == pytest.approx(plain_typicality(texts), abs=1e-8)


def test_typicality_of_one_text_or_none():
    assert typicality([]).tolist() == []
    assert typicality(["alone"]).tolist() == [0.0]
    assert typicality(["", "…", "?"]).tolist() == [0.0, 0.0, 0.0]


def test_typicality_worked_out_by_hand():
    # n = 2: idf of the shared word 1, of the others ln(3/2) + 1
    rare = math.log(3 / 2) + 1
    cosine = 1 / (1 + rare**2)
    assert typicality(["night shift", "Night NURSE"]).tolist() == pytest.approx([cosine] * 2)


def test_texts_kept_apart_do_not_make_each_other_typical():
    texts = ["no break since May", "no break since", "a biscuit", "a biscuit by the trolley"]
    together, apart = typicality(texts), typicality(texts, apart=[(0, 1)])
    assert apart[:2].tolist() == [0.0, 0.0]
    assert apart[2:].tolist() == together[2:].tolist()
    # kept apart from one, a text is compared with the one left, not with it and nothing
    pair = typicality(["no break", "no tea"])[0] * 2
    weights = typicality(["no break", "no break", "no tea"], apart=[(0, 1)])
    assert weights[2] == pytest.approx(weights[0])
    assert 0 < weights[0] < pair


def test_typicality_is_rounded_so_that_ties_are_ties():
    values = typicality(["a b c d", "d c b a", "b d a e"]).tolist()
    assert values == [round(value, 9) for value in values]
    assert values[0] == values[1]


def test_frames_that_are_no_segments_are_refused(study):
    with pytest.raises(UnknownValueError, match="not the frame of segments"):
        theme_table(theme_table(study.segments(), study.codebook), study.codebook)
