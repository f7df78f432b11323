"""The report and the transcripts side by side, with a mark where they part."""

from __future__ import annotations

import pytest

from qualcode.analysis.claims.comparison import compare_sections
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.study.example import example_study


@pytest.fixture
def study():
    return example_study()


def footnote(number, body, themes, place=("", None, None), section="NIGHTS"):
    return {
        "footnote": number,
        "body": body,
        "role": "",
        "kind": "direct",
        "section": section,
        "themes": themes,
        "counter": "",
        "hash": "",
        "length": 3,
        "transcript_id": place[0],
        "start": place[1],
        "end": place[2],
        "begins": "x" if place[0] else "",
    }


def place_of(study, name, words):
    start = study.corpus[name].text.index(words)
    return name, start, start + len(words)


def compare(study, *rows, coder="ann"):
    evidence = make_frame("evidence", list(rows))
    table = compare_sections(evidence, study.segments(coder=coder), study.codebook)
    columns = ["theme", "footnotes", "report_bodies", "transcript_bodies", "report_only"]
    return table[[*columns, "placed", "borne", "mark"]].to_numpy().tolist()


def test_where_both_agree(study):
    place = place_of(study, "ward-2", "no break since May")
    row = footnote(3, "Ward 2", "breaks", place)
    assert compare(study, row) == [["Rest", "3", 1, 3, "", 1, 1, ""]]


def test_a_place_that_nobody_coded_so(study):
    place = place_of(study, "ward-3", "I cannot fill the rota")
    row = footnote(3, "Ward 3", "rest;staffing", place)
    assert compare(study, row) == [
        ["Rest", "3", 1, 3, "", 1, 0, "1 not coded so"],
        ["Staffing", "3", 1, 1, "Ward 3", 1, 0, "body missing; 1 not coded so"],
    ]


def test_touching_is_not_sharing_words(study):
    name, start, end = place_of(study, "ward-2", "two of us for twenty-eight beds")
    row = footnote(3, "Ward 2", "staffing", (name, end, end + 2))
    assert compare(study, row)[0][-2:] == [0, "1 not coded so"]
    inside = footnote(3, "Ward 2", "staffing", (name, start - 2, start + 1))
    assert compare(study, inside)[0][-2:] == [1, ""]


def test_bodies_that_only_the_report_has(study):
    rows = [footnote(3, "Ward 10; Ward 9", "rest"), footnote(4, "Ward 1", "rest")]
    assert compare(study, *rows) == [
        ["Rest", "3, 4", 3, 3, "Ward 9; Ward 10", 0, 0, "2 bodies missing"]
    ]


def test_no_evidence_keeps_the_columns(study):
    table = compare_sections(empty_frame("evidence"), study.segments(), study.codebook)
    assert list(table) == list(FRAMES["section_comparison"])
