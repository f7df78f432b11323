"""Reading a published report: every footnote, every string, whole and exact."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qualcode.errors import EncodingError, ReportError
from qualcode.sources.published import Interviewees, parse_report, read_report
from tests import _made_report as made

DATA = Path(__file__).parent / "data"


def facts(report):
    return {
        a.footnote: (a.body, a.role, a.kind, a.passages, a.pull_quote) for a in report.attributions
    }


def straight(text):
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def test_reads_every_footnote_and_every_string_whole():
    assert facts(parse_report(made.TEXT, made.WARDS)) == made.TRUTH


VARIANTS = {
    "a paragraph a line": made.unwrapped(),
    "superscript notes": made.restyled("{s}", "{s} "),
    "space before the mark": made.restyled(" {s}", "{}) "),
    "brackets": made.restyled("[{}]", "[{}] "),
    "markdown": made.restyled("[^{}]", "[^{}]: "),
    "html": made.restyled("<sup>{}</sup>", "<sup>{}</sup> "),
    "html links": made.restyled('<sup><a href="#n">{}</a></sup>', "<sup>{}</sup> "),
    "carets": made.restyled("^{}^", "{}. "),
    "digits against the words": made.restyled("{}", "{} "),
    "digits after a space": made.restyled(" {}", "{}. "),
    "listed notes": made.restyled("{s}", "- {} "),
    "notes at the end": made.notes_at_end(),
    "Windows line ends": made.TEXT.replace("\n", "\r\n"),
    "guillemets": made.TEXT.translate(str.maketrans("“”", "«»")),
    "block quotations": "\n".join(
        f"> {line}" if line.startswith("“") else line for line in made.unwrapped().split("\n")
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_survives_what_conversions_do(name):
    assert facts(parse_report(VARIANTS[name], made.WARDS)) == made.TRUTH


def test_survives_straight_quotation_marks():
    expected = {
        n: (body, role, kind, tuple(map(straight, passages)), pull)
        for n, (body, role, kind, passages, pull) in made.TRUTH.items()
    }
    assert facts(parse_report(straight(made.TEXT), made.WARDS)) == expected


def test_survives_marks_that_change_by_page():
    middle = made.TEXT.index("WHAT MANAGERS DO")
    text = made.TEXT[:middle] + straight(made.TEXT[middle:])
    got = facts(parse_report(text, made.WARDS))
    assert {n: len(row[3]) for n, row in got.items()} == {
        n: len(row[3]) for n, row in made.TRUTH.items()
    }


def test_no_rule_depends_on_the_number():
    report = parse_report(made.restyled("{s}", "{} ", shift=300), made.WARDS)
    assert {n - 300: row for n, row in facts(report).items()} == made.TRUTH


def test_mark_before_the_closing_quotation_mark():
    text = "VIEWS OF NURSES\n\nOne nurse said: “It is cold.¹”\n\n1 Ward 3 (Night nurse)\n"
    assert parse_report(text, made.WARDS).attributions[0].passages == ("It is cold.",)


def test_mark_before_the_quotation():
    text = "VIEWS OF NURSES\n\nAs one nurse put it:¹ “It is cold.”\n\n1 Ward 3 (Night nurse)\n"
    row = parse_report(text, made.WARDS).attributions[0]
    assert row.passages == ("It is cold.",)
    assert row.kind == "direct"
    assert row.doubt == "the mark stands before the quotation"


def test_long_quotation_that_reopens_with_each_paragraph():
    text = (
        "VIEWS OF NURSES\n\nAs one nurse put it:\n\n“It is cold in the corridor all through the winter.\n\n"
        "“And in summer it is far too hot.”¹\n\n1 Ward 3 (Night nurse)\n"
    )
    assert parse_report(text, made.WARDS).attributions[0].passages == (
        "It is cold in the corridor all through the winter. And in summer it is far too hot.",
    )


def test_marks_out_of_order_and_two_on_one_statement():
    text = (
        "VIEWS OF NURSES\n\n“It is cold.”³ “It is hot.”¹˒² and nobody minds.\n\n"
        "1 Ward 3 (Night nurse)\n\n2 Ward 4 (Matron)\n\n3 Ward 5 (Matron)\n"
    ).replace("˒", ",")
    rows = {a.footnote: a.passages for a in parse_report(text, made.WARDS).attributions}
    assert rows == {1: ("It is hot.",), 2: ("It is hot.",), 3: ("It is cold.",)}


def test_quotations_in_single_marks():
    text = (
        "VIEWS OF NURSES\n\nOne nurse said: ‘It is the nurses’ own “tea club”, that’s all.’¹ Another noted: ‘We’re cold.’²\n\n"
        "1 Ward 3 (Night nurse)\n\n2 Ward 4 (Matron)\n"
    )
    rows = {a.footnote: a.passages for a in parse_report(text, made.WARDS).attributions}
    assert rows == {1: ("It is the nurses’ own “tea club”, that’s all.",), 2: ("We’re cold.",)}


def test_notes_run_into_one_paragraph():
    text = (
        "VIEWS OF NURSES\n\n“It is cold.”¹ “It is hot.”²\n\n"
        "1 Ward 3 (Night nurse) 2 Ward 4 (Matron)\n"
    )
    rows = {a.footnote: (a.body, a.role) for a in parse_report(text, made.WARDS).attributions}
    assert rows == {1: ("Ward 3", "Night nurse"), 2: ("Ward 4", "Matron")}


def test_interviewees_are_found_when_no_setting_names_them():
    report = parse_report(made.TEXT)
    assert report.interviewees.kinds == {"Ward": "ward", "Trust": "trust"}
    assert facts(report) == made.TRUTH


def test_longer_names_are_not_interviewees():
    wards = Interviewees({"Council": "council"})
    assert wards.bodies("Council 7; Kent County Council 21 004 503; see Council 9") == [
        "Council 7",
        "Council 9",
    ]


def test_section_is_the_heading_above():
    sections = {a.footnote: a.section for a in parse_report(made.TEXT, made.WARDS).attributions}
    assert sections[3] == "NURSES' VIEWS OF THE NIGHT"
    assert sections[15] == "WHAT MANAGERS DO"


def test_doubts_lower_the_confidence():
    rows = {a.footnote: a for a in parse_report(made.TEXT, made.WARDS).attributions}
    assert rows[4].confidence == 0.97
    assert rows[4].doubt == ""
    assert "the closing quotation mark is missing" in rows[11].doubt
    assert rows[11].confidence < 0.7
    assert "pull quote only" in rows[13].doubt


def test_lists_officers_words_that_no_footnote_attributes():
    loose = parse_report(made.TEXT, made.WARDS).unattributed
    assert loose[["section", "passages", "speaker"]].to_dict("records") == [
        {
            "section": "WHAT MANAGERS DO",
            "passages": ("soup would be enough",),
            "speaker": "Some night nurses",
        }
    ]


BASE = "VIEWS OF NURSES\n\n{}\n\n"


@pytest.mark.parametrize(
    ("text", "notes", "expected"),
    [
        (  # the words that name an interviewee may be the interviewee's name
            "One said: “We never sit.”¹ Another: “Nor do we.”²",
            "1 Interviewee 7 (porter)\n\n2 Interviewee 9 (cook)",
            {1: ("Interviewee 7", ("We never sit.",)), 2: ("Interviewee 9", ("Nor do we.",))},
        ),
        (
            "One said: “We never sit.”¹ Another: “Nor do we.”²",
            "1 Anonymous interview, Ward 7 (porter)\n\n2 Ibid.",
            {1: ("Ward 7", ("We never sit.",)), 2: ("Ward 7", ("Nor do we.",))},
        ),
        (
            "One said: “We never sit.”¹ Another: “Nor do we.”²",
            "[^1]: Ward B3, porter\n[^2]: Ward 9, cook",
            {1: ("Ward B3", ("We never sit.",)), 2: ("Ward 9", ("Nor do we.",))},
        ),
        (  # a document quoted before the speaker comes in is nobody's
            "The guidance wants “a lead nurse on duty at all times”. One nurse explained that this was not possible.¹",
            "1 Ward 7 (porter)",
            {1: ("Ward 7", ())},
        ),
        (  # minutes of a ward are no interview
            "The board noted “a shortage of beds”.¹ One nurse said: “We never sit.”²",
            "1 Ward 7, Minutes of the board (6 June 2024) p 4.\n\n2 Ward 9 (cook)",
            {2: ("Ward 9", ("We never sit.",))},
        ),
        (
            "As one put it:\n\n“We never sit at all.\n\n“And nobody comes to ask us why that is so.”¹",
            "1 Ward 7 (porter)",
            {1: ("Ward 7", ("We never sit at all. And nobody comes to ask us why that is so.",))},
        ),
        (
            "One nurse said: „Wir sitzen nie.“¹",
            "1 Ward 7 (porter)",
            {1: ("Ward 7", ("Wir sitzen nie.",))},
        ),
    ],
)
def test_other_houses_ways(text, notes, expected):
    kinds = Interviewees({"Ward": "ward", "Interviewee": "person"})
    report = parse_report(BASE.format(text) + notes + "\n", kinds)
    assert {a.footnote: (a.body, a.passages) for a in report.attributions} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "“Nobody asked us, not once,” said a class teacher. “We found out.”¹",
        "“Fine words do not fill a rota,” one matron told us.¹",
        "Another matron noted that “the pressure never ends.”¹",
    ],
)
def test_words_that_only_say_who_speaks_leave_a_statement_direct(sentence):
    text = BASE.format(sentence) + "1 Ward 7 (porter)\n"
    assert parse_report(text, made.WARDS).attributions[0].kind == "direct"


def test_footnotes_that_changed_places_are_doubted():
    text = BASE.format(
        "In one case, a ward did not answer the tribunal.¹ One nurse explained that it had been lost.²"
    )
    report = parse_report(text + "1 Ward 7 (porter)\n\n2 Tribunal (21 006).\n", made.WARDS)
    assert report.findings["kind"].tolist() == ["swapped_notes"]
    assert report.attributions[0].confidence < 0.5


def test_numbers_defined_twice_are_named():
    text = "One said: “We never sit.”¹\n\n1 Ward 7 (porter)\n\nANOTHER CHAPTER\n\nOne said: “It rains.”¹\n\n1 Ward 3 (cook)\n"
    found = parse_report(text, made.WARDS).findings
    assert "defined_twice" in found["kind"].tolist()


@pytest.mark.parametrize("text", ["[" * 20_000, "\n" * 20_000, "- \n" * 5_000, "<sup>" * 5_000])
def test_rubbish_is_refused_in_a_moment(text):
    with pytest.raises(ReportError, match="no footnote names an interviewee"):
        parse_report("x" + text, made.WARDS)


def test_finds_what_is_wrong_in_the_report():
    found = parse_report(made.TEXT, made.WARDS).findings
    assert sorted(zip(found["kind"], found["footnote"], strict=True)) == [
        ("mark_without_definition", "16"),
        ("pull_quote", "11; 13"),
        ("sum", ""),
    ]
    total = found.loc[found["kind"] == "sum", "finding"].item()
    assert total == "the column adds up to 99; the total stated is 100"


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        (
            "There was a 50 per cent increase in visits, from 200 to 260.",
            "stated 50 per cent increase from 200 to 260; that is 30.0 per cent",
        ),
        ("There was a 30 per cent increase in visits, from 200 to 260.", None),
        (
            "In all 12 of 48 wards (20 per cent) replied.",
            "stated 12 of 48 as 20 per cent; that is 25.0 per cent",
        ),
        ("In all 12 of 48 wards (25 per cent) replied.", None),
        (
            "It cost £900. Of this, some £500 went on heat and £300 on light.",
            "parts 500 and 300 make 800; the total stated is 900",
        ),
    ],
)
def test_recalculates_sums(sentence, finding):
    text = f"VIEWS OF NURSES\n\n{sentence}\n\n“It is cold.”¹\n\n1 Ward 3 (Matron)\n"
    found = parse_report(text, made.WARDS).findings
    assert found["finding"].tolist() == ([finding] if finding else [])


def test_csv_has_passages_as_json():
    report = parse_report(made.TEXT, made.WARDS)
    rows = list(csv.DictReader(io.StringIO(report.to_csv())))
    assert [int(row["footnote"]) for row in rows] == list(made.TRUTH)
    assert tuple(json.loads(rows[3]["passages"])) == made.TRUTH[6][3]
    assert rows[3]["pull_quote"] == "true"


def test_frames_keep_their_columns():
    report = parse_report(made.TEXT, made.WARDS)
    assert len(report.footnotes) == len(made.TRUTH)
    assert report.footnotes["role_printed"].tolist()[2] == "Night Nurse"
    assert report.footnotes["footnote"].dtype == "int64"


@pytest.mark.parametrize("name", ["night_shifts.pdf", "night_shifts_two_columns.pdf"])
def test_reads_a_pdf(name):
    assert facts(read_report(DATA / name, made.WARDS)) == made.TRUTH


class TestBadInput:
    def test_no_such_file(self, tmp_path):
        with pytest.raises(ReportError, match="there is no such file"):
            read_report(tmp_path / "none.pdf")

    def test_folder(self, tmp_path):
        with pytest.raises(ReportError, match="this is a folder"):
            read_report(tmp_path)

    def test_not_a_report(self, tmp_path):
        path = tmp_path / "letter.txt"
        path.write_text("Dear all,\n\nthe tea is “cold”.\n", encoding="utf-8")
        with pytest.raises(
            ReportError, match=r"letter\.txt: no footnote names an interviewee .*study\.yaml"
        ):
            read_report(path, made.WARDS)

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    def test_other_encodings(self, tmp_path, encoding):
        path = tmp_path / "report.txt"
        text = made.TEXT.translate(str.maketrans("“”‘’⁴⁵⁶⁷⁸⁹", "\"\"''¹¹¹¹¹¹")).replace("⁰", "")
        path.write_bytes((text + "café").encode(encoding))
        with pytest.raises(EncodingError, match=r"report\.txt:.*not UTF-8"):
            read_report(path, made.WARDS)

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("a.txt", b" \n", "the file is empty"),
            ("a.pdf", b"hello", "named .pdf, but it is no PDF"),
            ("a.txt", b"<!DOCTYPE html><p>x", "a web page"),
        ],
    )
    def test_other_files(self, tmp_path, name, data, message):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReportError, match=message):
            read_report(tmp_path / name, made.WARDS)

    def test_word_file(self, tmp_path):
        path = tmp_path / "report.docx"
        path.write_bytes(b"PK\x03\x04rest")
        with pytest.raises(ReportError, match="a Word or ZIP file"):
            read_report(path, made.WARDS)

    def test_damaged_pdf(self, tmp_path):
        path = tmp_path / "report.pdf"
        path.write_bytes(b"%PDF-1.7\n" + b"\x00rubbish" * 50)
        with pytest.raises(ReportError, match="the PDF cannot be read"):
            read_report(path, made.WARDS)

    def test_pdf_without_a_text_layer(self):
        with pytest.raises(ReportError, match=r"no text layer.*ocrmypdf"):
            read_report(DATA / "no_text_layer.pdf", made.WARDS)


@pytest.mark.report
def test_the_worked_study_s_report(report_text):
    report = parse_report(report_text, Interviewees({"Council": "council", "ICB": "icb"}))
    rows = report.attributions
    assert len(rows) == 93
    assert len({row.body for row in rows}) == 23
    assert all(row.passages for row in rows if row.kind != "indirect")
    assert not any(
        c in passage for row in rows for passage in row.passages for c in '“”"⁰¹²³⁴⁵⁶⁷⁸⁹*'
    )
