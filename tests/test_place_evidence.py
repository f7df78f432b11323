"""The place of a footnote in the transcripts is what it says, or a fault with its line."""

from __future__ import annotations

import pytest

from qualcode.errors import StudyError
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.study.evidence import read_evidence
from qualcode.study.example import example_study
from qualcode.study.places import place_evidence, place_faults

HEAD = "footnote,body,role,section,kind,themes,counter,hash,length,transcript_id,start,end,begins\n"


@pytest.fixture
def corpus():
    return example_study().corpus


def row(corpus, words="two of us for twenty-eight beds", name="ward-2", **other):
    start = corpus[name].text.index(words) if name in corpus else 0
    return {
        "footnote": 3,
        "body": "Ward 2",
        "role": "Night nurse",
        "section": "NIGHTS",
        "kind": "direct",
        "themes": "staffing",
        "counter": "",
        "hash": "",
        "length": 4,
        "transcript_id": name,
        "start": start,
        "end": start + len(words),
        "begins": " ".join(words.split()[:3]),
    } | other


def test_words_are_cut_from_the_transcript(corpus):
    places = place_evidence(make_frame("evidence", [row(corpus)]), corpus)
    assert places.to_dict("records") == [
        {
            "footnote": 3,
            "body": "Ward 2",
            "role": "Night nurse",
            "themes": "staffing",
            "counter": "",
            "transcript_id": "ward-2",
            "speaker": "NN",
            "turn": 2,
            "time": 21.0,
            "start": corpus["ward-2"].text.index("two of us"),
            "end": corpus["ward-2"].text.index("two of us") + 31,
            "words": "two of us for twenty-eight beds",
        }
    ]


def test_a_footnote_without_a_place_is_left_out(corpus):
    bare = row(corpus) | {"transcript_id": "", "start": None, "end": None, "begins": ""}
    assert list(place_evidence(make_frame("evidence", [bare]), corpus)) == list(
        FRAMES["evidence_places"]
    )
    assert place_evidence(empty_frame("evidence"), corpus).empty


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"name": "ward-8"}, "there is no transcript 'ward-8'"),
        ({"end": 9_999}, "to 9999 is no place in ward-2"),
        ({"begins": "three of us"}, "are not those that it says it begins with"),
        ({"words": "INT: How was last night"}, "is not within the words of one turn"),
        ({"body": "Ward 7"}, "ward-2 is of Ward 2, not of Ward 7"),
        ({"role": "Matron"}, "the speaker in ward-2 is 'Night nurse', not 'Matron'"),
        ({"words": "How was last night?", "role": ""}, "it is the interviewer who speaks"),
    ],
)
def test_a_wrong_place_is_a_fault(corpus, other, what):
    evidence = make_frame("evidence", [row(corpus, **other)])
    (fault,) = place_faults(evidence, corpus)
    assert what in str(fault)
    with pytest.raises(StudyError, match="footnote 3"):
        place_evidence(evidence, corpus)


def test_a_footnote_without_role_may_stand_at_any_officers_turn(corpus):
    evidence = make_frame("evidence", [row(corpus, role="", body="Ward 9; Ward 2")])
    assert list(place_faults(evidence, corpus)) == []


def test_faults_name_the_line_of_the_file(tmp_path, corpus):
    path = tmp_path / "report_quotes.csv"
    path.write_text(HEAD + "4,W,,S,direct,rest,,h,3,,,,\n5,W,,S,direct,rest,,h,3,ward-8,1,2,x\n")
    evidence = read_evidence(path)
    assert [fault.line for fault in place_faults(evidence, corpus, path=path)] == [3]


def test_half_a_place_is_refused(tmp_path):
    path = tmp_path / "report_quotes.csv"
    path.write_text(HEAD + "4,W,,S,direct,rest,,h,3,ward-2,one,,\n")
    with pytest.raises(StudyError, match="3 faults") as caught:
        read_evidence(path)
    assert [fault.what for fault in caught.value.faults] == [
        "the place has no begins",
        "start 'one' is not a whole number",
        "end '' is not a whole number",
    ]


def test_places_are_read(tmp_path):
    path = tmp_path / "report_quotes.csv"
    path.write_text(
        HEAD + "4,W,,S,direct,rest,,h,3,ward-2,7,9,We were\n5,W,,S,direct,rest,,h,3,,,,\n"
    )
    columns = ["transcript_id", "start", "end", "begins"]
    rows = read_evidence(path)[columns].astype("object").fillna(-1).to_numpy().tolist()
    assert rows == [["ward-2", 7, 9, "We were"], ["", -1, -1, ""]]
