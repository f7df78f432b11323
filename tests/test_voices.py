"""Who says it, of all who were asked; in which ways; and who speaks against it."""

from __future__ import annotations

import pytest

from qualcode.analysis.stance import contrary_table, is_contrary
from qualcode.analysis.voices import theme_voices, theme_ways
from qualcode.frames import FRAMES
from qualcode.study.example import example_study


@pytest.fixture
def study():
    return example_study()


@pytest.fixture
def segments(study):
    segments = study.segments(coder="ann")
    segments.loc[segments["transcript_id"] == "ward-3", "memo"] = "CONTRARY, they do get them"
    return segments


def test_people_are_those_interviewed(study):
    assert study.people.to_dict("records") == [
        {
            "transcript_id": f"ward-{n}",
            "body": f"Ward {n}",
            "body_type": "ward",
            "speaker": label,
            "role": role,
            "turns": turns,
            "words": words,
        }
        for n, label, role, turns, words in (
            (1, "NN", "Night nurse", 2, 21),
            (2, "NN", "Night nurse", 1, 15),
            (3, "WM", "Ward manager", 1, 12),
        )
    ]


def test_a_person_is_counted_once_a_theme(study, segments):
    voices = theme_voices(segments, study.people, study.codebook)
    columns = ["theme", "role", "people", "of_people", "bodies", "contrary_people", "codings"]
    assert voices[columns].to_numpy().tolist() == [
        ["Rest", "Night nurse", 2, 2, 2, 0, 4],
        ["Rest", "Ward manager", 1, 1, 1, 1, 1],
        ["Staffing", "Night nurse", 1, 2, 1, 0, 1],
        ["Staffing", "Ward manager", 0, 1, 0, 0, 0],
        ["Pay", "Night nurse", 0, 2, 0, 0, 0],
        ["Pay", "Ward manager", 0, 1, 0, 0, 0],
    ]
    assert voices["people_share"].tolist() == [1, 1, 0.5, 0, 0, 0]


def test_ways_are_codes_with_a_voice_for_them(study, segments):
    ways = theme_ways(segments, study.codebook)
    columns = ["code_path", "people", "bodies", "codings", "contrary"]
    assert ways[columns].to_numpy().tolist() == [
        ["Rest", 1, 1, 1, 0],
        ["Rest > Breaks", 3, 3, 3, 1],
        ["Rest > Sleep by day", 1, 1, 1, 0],
        ["Staffing", 1, 1, 1, 0],
    ]
    assert "nobody dies" not in " ".join(ways["example"])


def test_a_way_with_contrary_voices_only_shows_one(study, segments):
    ways = theme_ways(segments[segments["body"] == "Ward 3"], study.codebook)
    assert ways["example"].tolist() == ["They get a break if nobody dies"]


@pytest.mark.parametrize(
    ("memo", "contrary"),
    [
        ("contrary: no", True),
        ("  Contrary", True),
        ("contrarywise", False),
        ("not contrary", False),
        ("", False),
    ],
)
def test_what_a_memo_says(segments, memo, contrary):
    assert set(is_contrary(segments.assign(memo=memo))) == {contrary}


def test_contrary_voices_with_the_reason(study, segments):
    table = contrary_table(segments, study.codebook, corpus=study.corpus)
    assert table.to_dict("records") == [
        {
            "theme": "Rest",
            "code_path": "Rest > Breaks",
            "quote": "They get a break if nobody dies",
            "role": "Ward manager",
            "body": "Ward 3",
            "place": "ward-3, 00:00:07, turn 2",
            "memo": "they do get them",
        }
    ]


def test_nothing_coded_keeps_the_columns(study, segments):
    none = segments.iloc[:0]
    assert list(theme_ways(none, study.codebook)) == list(FRAMES["theme_ways"])
    assert contrary_table(none, study.codebook).empty
    assert theme_voices(none, study.people, study.codebook)["people"].sum() == 0
