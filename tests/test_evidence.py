"""What a report's claims rest on, and the files that say so."""

from __future__ import annotations

import pytest

from qualcode.analysis.claims.evidence import list_table, section_table
from qualcode.errors import EncodingError, StudyError
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.study.evidence import read_evidence
from qualcode.study.example import example_study
from qualcode.study.lists import ListItem, ReportList, read_lists

HEAD = "footnote,body,role,section,kind,themes,counter,hash,length\n"


def row(footnote, body, themes, *, counter="", kind="direct", section="NIGHTS", role="Matron"):
    return {
        "footnote": footnote,
        "body": body,
        "role": role,
        "section": section,
        "kind": kind,
        "themes": themes,
        "counter": counter,
        "hash": "",
        "length": 3,
        "transcript_id": "",
        "start": None,
        "end": None,
        "begins": "",
    }


@pytest.fixture
def codebook():
    return example_study().codebook


@pytest.fixture
def evidence():
    return make_frame(
        "evidence",
        [
            row(9, "Ward 3", "rest"),
            row(3, "Ward 2", "staffing;rest"),
            row(4, "Ward 2", "staffing", kind="indirect", role=""),
            row(5, "Ward 3; Ward 4", "staffing", counter="staffing"),
            row(7, "Ward 9", "rest", section="DAYS"),
        ],
    )


def test_section_table(evidence, codebook):
    table = section_table(evidence, codebook)
    columns = ["section", "theme_id", "footnotes", "quoted", "bodies", "contrary", "thin"]
    rows = {
        (r["section"], r["theme_id"]): tuple(r[c] for c in columns[2:])
        for r in table[columns].to_dict("records")
    }
    assert rows == {
        ("NIGHTS", "staffing"): ("3, 4, 5", 2, 3, "5", "one body"),
        ("NIGHTS", "rest"): ("3, 9", 2, 2, "", ""),
        ("DAYS", "rest"): ("7", 1, 1, "", "one voice"),
    }
    assert table["section"].drop_duplicates().tolist() == ["NIGHTS", "DAYS"]
    assert "role not given (1)" in table.loc[table["theme_id"] == "staffing", "roles"].item()


def test_list_table(evidence):
    lists = (
        ReportList(
            "a",
            "Complaints",
            "NIGHTS",
            (
                ListItem(1, "Few hands.", ("staffing",), (3, 4)),
                ListItem(2, "No soup.", ("rest",)),
            ),
        ),
    )
    table = list_table(lists, evidence)
    assert table[["claim", "footnotes", "bodies", "contrary", "thin"]].to_dict("records") == [
        {
            "claim": "Few hands.",
            "footnotes": "3, 4",
            "bodies": 1,
            "contrary": "5",
            "thin": "one body",
        },
        {
            "claim": "No soup.",
            "footnotes": "",
            "bodies": 0,
            "contrary": "",
            "thin": "no attributed voice",
        },
    ]
    assert table["who"].iloc[0] == "Ward 2 (Matron); Ward 2 (role not given)"


def test_empty_frames_keep_their_columns(codebook):
    assert list(section_table(empty_frame("evidence"), codebook)) == list(FRAMES["section_table"])
    assert list(list_table((), empty_frame("evidence"))) == list(FRAMES["list_table"])


class TestBadInput:
    def test_all_faults_at_once_with_their_lines(self, tmp_path, codebook):
        path = tmp_path / "report_quotes.csv"
        path.write_text(
            HEAD + "x,W,,S,direct,rest,,h,3\n4,W,,S,direct,ghost,rest,h,3\n4,W,,S,direct,,,h,3\n"
        )
        with pytest.raises(StudyError, match="5 faults") as caught:
            read_evidence(path, codebook)
        assert [(f.line, f.what) for f in caught.value.faults] == [
            (2, "footnote 'x' is not a whole number"),
            (3, "'ghost' is not a code of the codebook"),
            (3, "counter 'rest' is not among the themes"),
            (4, "no theme"),
            (4, "footnote 4 again"),
        ]

    def test_missing_column(self, tmp_path):
        path = tmp_path / "report_quotes.csv"
        path.write_text("footnote,body\n3,W\n")
        with pytest.raises(StudyError, match=r"report_quotes\.csv:1: no column role, kind"):
            read_evidence(path)

    def test_not_utf8(self, tmp_path):
        path = tmp_path / "report_quotes.csv"
        path.write_bytes(HEAD.encode() + b"3,W\xe4rd,,S,direct,rest,,h,3\n")
        with pytest.raises(EncodingError, match="not UTF-8"):
            read_evidence(path)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("items: []\n", "no `lists:`"),
            ("lists: [3]\n", "a list has `id`"),
            (
                "lists:\n- {id: a, title: b, section: c, items: [{number: one, claim: x}]}\n",
                ":2: an item has",
            ),
            (
                "lists:\n- {id: a, title: b, section: c, items: [{number: 1, claim: x, codes: [ghost]}]}\n",
                "'ghost' is not a code",
            ),
            (
                "lists:\n- {id: a, title: b, section: c, items: [{number: 1, claim: x, footnotes: [y]}]}\n",
                "a footnote is a whole number",
            ),
            ("lists: [\n", "not YAML"),
        ],
    )
    def test_lists(self, tmp_path, codebook, text, message):
        path = tmp_path / "lists.yaml"
        path.write_text(text)
        with pytest.raises(StudyError, match=message):
            read_lists(path, codebook)
