"""The passages that a machine reads: turns, sentences, and what was coded."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode import open_study
from qualcode.errors import UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine.embedding.passages import passages, passages_of
from tests._made import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return open_study(write_study(tmp_path_factory.mktemp("study")))


def test_turns_of_interviewees_as_a_whole_frame(study):
    found = passages(study)
    assert found.dtypes.astype(str).to_dict() == FRAMES["passages"]
    columns = ["transcript_id", "body", "body_type", "speaker", "role", "turn", "text"]
    assert found[columns].values.tolist() == [
        [
            "ward-1",
            "Ward 1",
            "surgical",
            "NN",
            "Night nurse",
            2,
            "My break is a biscuit at the drug trolley. Then nothing until six.",
        ],
        [
            "ward-1",
            "Ward 1",
            "surgical",
            "NN",
            "Night nurse",
            4,
            "I don’t sleep. The post comes, then the drill next door.",
        ],
        [
            "ward-2",
            "Ward 2",
            "medical",
            "NN",
            "Night nurse",
            2,
            "We were two for twenty-eight beds. I have had no break since May.",
        ],
        [
            "ward-2b",
            "Ward 2",
            "medical",
            "WM",
            "Ward manager",
            2,
            "They get a break if nobody dies. I cannot fill the rota.",
        ],
        [
            "ward-10",
            "Ward 10",
            "surgical",
            "WM",
            "Ward manager",
            2,
            "The rota does. A nap is a break with the light off.",
        ],
    ]


@pytest.mark.parametrize("unit", ["turn", "sentence", "segment"])
@pytest.mark.parametrize("speakers", ["interviewees", "all"])
def test_the_text_is_what_stands_at_the_place(study, unit, speakers):
    found = passages(study, unit=unit, speakers=speakers)
    assert len(found) > 4
    for row in found.itertuples():
        assert row.text == study.corpus[row.transcript_id].text[row.start : row.end]
        assert row.text == row.text.strip()


def test_sentences_are_parts_of_turns(study):
    turns = passages(study).set_index(["transcript_id", "turn"])["text"]
    found = passages(study, unit="sentence")
    assert found["text"].tolist()[:2] == [
        "My break is a biscuit at the drug trolley.",
        "Then nothing until six.",
    ]
    for row in found.itertuples():
        assert row.text in turns[row.transcript_id, row.turn]


def test_all_speakers_are_the_interviewer_too(study):
    found = passages(study, speakers="all")
    assert found["role"].value_counts().to_dict() == {
        "Interviewer": 5,
        "Night nurse": 3,
        "Ward manager": 2,
    }


def test_segments_that_two_coders_gave_are_one_passage(study):
    found = passages(study, unit="segment")
    assert found["text"].tolist().count("We were two for twenty-eight beds") == 1
    assert len(found) == 9
    assert len(passages(study, unit="segment", coder="ben")) == 4
    assert found["turn"].tolist() == [2, 2, 4, 2, 2, 2, 2, 2, 2]


def test_passages_of_a_corpus_are_those_of_its_study(study):
    pd.testing.assert_frame_equal(passages_of(study.corpus), passages(study))


def test_no_transcripts_give_an_empty_frame():
    found = passages_of({})
    assert (len(found), found.dtypes.astype(str).to_dict()) == (0, FRAMES["passages"])


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"unit": "page"}, "no unit is 'page'.*'turn', 'sentence', 'segment'"),
        ({"speakers": "nurses"}, "no speakers is 'nurses'.*'interviewees', 'all'"),
        ({"unit": "segment", "coder": "carla"}, "carla"),
    ],
)
def test_options_that_are_something_else(study, options, what):
    with pytest.raises(UnknownValueError, match=what):
        passages(study, **options)


def test_a_corpus_has_no_segments(study):
    with pytest.raises(UnknownValueError, match="segment"):
        passages_of(study.corpus, unit="segment")
