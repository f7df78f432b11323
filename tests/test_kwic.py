"""A keyword in context: its neighbours, its order, and its look."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode import example_study, kwic, to_gt
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES, empty_frame
from qualcode.model import Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study


@pytest.fixture
def study():
    return example_study()


def lines(frame):
    return frame[["left", "match", "right"]].to_numpy().tolist()


def said(*turns):
    """Make a study of one interview."""
    text = "\n\n".join(f"{'AB'[n % 2]}: {words}" for n, words in enumerate(turns)) + "\n"
    speakers = (Speaker("A", "Nurse"), Speaker("B", "Doctor"))
    whole = example_study()
    corpus = Corpus.from_transcripts([Transcript("one", text, body="W", speakers=speakers)])
    return Study.from_parts(corpus, whole.codebook, whole.codings.filter(coder="nobody"))


def test_words_before_and_after(study):
    assert lines(kwic(study, "break*", window=3)) == [
        ["My", "break", "is a biscuit"],
        ["have had no", "break", "since May."],
        ["they get their", "breaks", "?"],
        ["They get a", "break", "if nobody dies."],
    ]


def test_sorted_by_the_word_before_the_nearest_first(study):
    found = kwic(study, "break*", window=3, sort="left")
    assert found["left"].tolist() == ["They get a", "My", "have had no", "they get their"]


def test_sorted_by_the_word_after(study):
    found = kwic(study, "break*", window=3, sort="right")
    assert found["right"].tolist() == ["?", "if nobody dies.", "is a biscuit", "since May."]


def test_a_row_points_at_its_place(study):
    found = kwic(study, "May")
    row = found.iloc[0].to_dict()
    text = study.corpus["ward-2"].text
    assert text[row["start"] : row["end"]] == "May"
    assert row["place"] == "ward-2, 00:00:21, turn 2"
    assert (row["speaker"], row["role"], row["body"], row["turn"]) == (
        "NN",
        "Night nurse",
        "Ward 2",
        2,
    )
    assert dict(found.dtypes.astype(str)) == FRAMES["kwic"]


def test_context_ends_with_the_turn():
    study = said("rest at night", "no rest", "ever")
    assert lines(kwic(study, "rest")) == [["", "rest", "at night"], ["no", "rest", ""]]


def test_a_phrase_over_a_line_end_any_case_any_apostrophe():
    study = said("They DON’T\n  care, they say: don't care - ever")
    assert lines(kwic(study, "don't care", window=2)) == [
        ["They", "DON’T care", ", they say:"],
        ["they say:", "don't care", "- ever"],
    ]


def test_marks_count_as_no_words():
    study = said("well - so - the rest - is - silence")
    assert lines(kwic(study, "rest", window=1)) == [["the", "rest", "- is"]]
    assert lines(kwic(study, "rest", window=0)) == [["", "rest", ""]]


def test_labels_are_not_searched():
    assert kwic(said("A: x", "A"), "A")["turn"].tolist() == [1, 2]


def test_only_whole_words():
    assert len(kwic(said("rest resting arrest"), "rest")) == 1
    assert kwic(said("rest resting arrest"), "rest*")["match"].tolist() == ["rest", "resting"]


def test_of_some_only(study):
    assert kwic(study, "break*", role="Ward manager")["turn"].tolist() == [2]
    assert kwic(study, "break*", body="Ward 1")["body"].tolist() == ["Ward 1"]
    assert kwic(study, "break*", transcript="*-3")["turn"].tolist() == [1, 2]


def test_none(study):
    pd.testing.assert_frame_equal(kwic(study, "unsaid"), empty_frame("kwic"))


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("", {}, "no words to look for"),
        ("*", {}, "no words to look for"),
        ("a", {"sort": "up"}, "sort='up'. Mend: use one of place, left, right"),
        ("a", {"window": -1}, "window=-1. Mend: give a number of words"),
        ("a", {"role": "Matron"}, "no role is 'Matron'"),
        ("a", {"body": "Ward 9"}, "no body is 'Ward 9'"),
        ("a", {"transcript": "w"}, "no transcript is 'w'"),
    ],
)
def test_what_there_is_not(study, words, options, message):
    with pytest.raises(UnknownValueError, match=message):
        kwic(study, words, **options)


def test_the_words_before_are_flush_right(study):
    html = to_gt(kwic(study, "break*"), id="kwic").as_raw_html()
    row = html[html.index("<tbody") :]
    first = row[: row.index("</tr>")]
    cells = first.split("<td")[1:]
    assert ["gt_right" in cell for cell in cells[:3]] == [True, False, False]
    assert len(cells) == 7  # place stands for transcript, turn, start and end
