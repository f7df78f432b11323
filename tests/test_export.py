"""`export`: CSV, a web page and a Word document of a frame."""

from __future__ import annotations

import csv
import io
import os
import re
import time
import zipfile

import docx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from qualcode import body_theme_matrix, example_study, export, export_all, theme_table
from qualcode._text import clean, guard, unguard
from qualcode.errors import ExportError
from qualcode.reporting._csv import csv_bytes
from qualcode.reporting.export import read_exported_csv

HOSTILE = '<script>alert(1)</script> & "q" {{x}} *y* ]]> &amp; \x00\x07\ud800￾end\n\nnext\ttab'
SHOWN = '<script>alert(1)</script> & "q" {{x}} *y* ]]> &amp; end\n\nnext\ttab'
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", '"=1', "'=1", "“=1”",
    "＝1", "＋1", "－1", "＠a", "\ufeff=1", "\u200b=1", "\x00=1", "x;=1", "x; '=1", "\tplain", "\rplain",
]  # fmt: skip
HARMLESS = ["", "a=1", "1-2", "a @ b", "'tis", "“so”", "a, =b", "x;y", "–1", "(=1)", "3 + 4"]


@pytest.fixture
def study():
    return example_study()


def cells_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_of_a_theme_table(study, tmp_path):
    table = theme_table(study.segments(), study.codebook, of_bodies=3)
    path = export(table, tmp_path / "themes.csv")
    assert path.read_bytes().decode("utf-8") == (
        "theme_id,theme,codings,interviews,bodies,of_bodies,share,roles,example,example_source\n"
        'rest,Rest,6,3,3,3,1.0,"Night nurse (2); Ward manager (1)",'
        '"I sleep four hours, then the post comes","NN, Ward 1, ward-1, turn 4"\n'
        'staffing,Staffing,3,2,2,3,0.6667,"Night nurse (1); Ward manager (1)",'
        'two of us for twenty-eight beds,"NN, Ward 2, ward-2, turn 2"\n'
        "pay,Pay,0,0,0,3,0.0,,,\n"
    )


def test_csv_of_a_matrix_has_the_bodies(study, tmp_path):
    matrix = body_theme_matrix(study.segments(), study.codebook)
    path = export(matrix, tmp_path / "matrix.csv")
    assert path.read_text(encoding="utf-8") == (
        "body,Rest,Staffing,Pay\nWard 1,3,0,0\nWard 2,2,2,0\nWard 3,1,1,0\n"
    )


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([1.0, 0.66666, -0.00001, float("nan"), 1e9], ["1.0", "0.6667", "0.0", "", "1000000000.0"]),
        ([-1, 2], ["-1", "2"]),
        (pd.array([-1, pd.NA], dtype="Int64"), ["-1", ""]),
        ([True, False], ["True", "False"]),
        (pd.to_datetime(["2026-01-05", None]), ["2026-01-05", ""]),
        (pd.to_datetime(["2026-01-05 10:30", None]), ["2026-01-05T10:30:00", ""]),
        (pd.to_datetime(["2026-01-05T10:00:00.5Z"]), ["2026-01-05T10:00:00.500000Z"]),
        ([["=a", 'b"'], []], ['["=a", "b\\""]', "[]"]),
        (["-1", None, -1, 0.12345, True], ["'-1", "", "-1", "0.1235", "True"]),
        ([{"a": 1}], ["{'a': 1}"]),
    ],
)
def test_how_values_are_written(values, written):
    data = csv_bytes(pd.DataFrame({"x": values, "y": "-"}))
    assert [row[0] for row in cells_of(data)[1:]] == written


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_cannot_run(text):
    data = csv_bytes(pd.DataFrame({text: [text], "n": [-1]}))
    (head, *_), (cell, number) = cells_of(data)
    assert head == cell
    for part in re.split(r";", cell):
        visible = part.lstrip(' \u00a0\t\r\n\ufeff\u200b"“')
        assert not visible.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        assert not part.startswith(("\t", "\r", "\n"))
    assert number == "-1"


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text):
    assert guard(text) == text


pieces = st.sampled_from([*"=+-@'\"; \t\n\r,a1", "＝", "“", "\ufeff", "\u200b", "ab"])


@given(st.lists(pieces, max_size=12).map("".join))
def test_guarding_is_undone_without_loss(text):
    assert unguard(guard(text)) == text


@given(st.lists(st.lists(pieces, max_size=6).map("".join), min_size=1, max_size=4))
def test_a_csv_is_read_back_by_any_reader(texts):
    frame = pd.DataFrame({"quote": texts, "codings": range(len(texts))})
    rows = cells_of(csv_bytes(frame))
    assert rows[0] == ["quote", "codings"]
    assert [unguard(row[0]) for row in rows[1:]] == [clean(text) for text in texts]


def test_a_csv_is_read_back(study, tmp_path):
    frame = study.segments()[["coding_id", "quote", "turn", "start"]]
    frame.loc[0, "quote"] = "=1;-2\r\n\n'x\""
    read = read_exported_csv(export(frame, tmp_path / "a.csv"))
    pd.testing.assert_frame_equal(read, frame, check_dtype=False)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b'a,b\n"c\n'])
def test_what_is_no_csv(tmp_path, content):
    path = tmp_path / "a.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError, match=r"a\.csv: cannot be read"):
        read_exported_csv(path)


def test_one_empty_column_keeps_its_rows():
    assert csv_bytes(pd.DataFrame({"quote": ["", "a", ""]})) == b'quote\n""\na\n""\n'


def test_the_page(tmp_path):
    frame = pd.DataFrame({HOSTILE: [HOSTILE], "codings": [1200]})
    path = export(frame, tmp_path / "a page.html", title=HOSTILE, note=HOSTILE)
    text = path.read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert [cell.text_content() for cell in page.xpath("//th|//td")] == [
        SHOWN,
        "Codings",
        SHOWN,
        "1,200",
    ]
    assert page.xpath("//caption")[0].text_content() == SHOWN
    assert page.xpath("//p[@class='note']")[0].text_content() == SHOWN
    assert page.xpath("//title")[0].text_content() == SHOWN
    assert page.xpath("//table/@id") == ["a-page"]
    assert page.xpath("//script|//link|//@src|//@href|//@onclick") == []
    assert "default-src 'none'" in text


def test_the_page_without_title_and_rows(tmp_path):
    path = export(pd.DataFrame({"quote": []}), tmp_path / "none.html", id="mine")
    page = html.fromstring(path.read_text(encoding="utf-8"))
    assert (page.xpath("//caption|//p|//td"), page.xpath("//table/@id")) == ([], ["mine"])


def read_docx(path):
    document = docx.Document(str(path))
    (table,) = document.tables
    return document, [[cell.text for cell in row.cells] for row in table.rows]


def test_the_document(tmp_path):
    frame = pd.DataFrame({HOSTILE: [HOSTILE, "<w:tbl/>"], "codings": [1200, 1]})
    document, cells = read_docx(
        export(frame, tmp_path / "a.docx", title=f"{HOSTILE}<w:tbl/>", note=HOSTILE)
    )
    assert cells == [[SHOWN, "Codings"], [SHOWN, "1,200"], ["<w:tbl/>", "1"]]
    assert [paragraph.text for paragraph in document.paragraphs] == [f"{SHOWN}<w:tbl/>", SHOWN]
    order = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert order == ["p", "tbl", "p", "sectPr"]


def test_heads_are_repeated_and_rows_stay_whole(tmp_path):
    document, _ = read_docx(export(pd.DataFrame({"quote": ["a", "b"]}), tmp_path / "a.docx"))
    rows = document.tables[0].rows
    heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in rows]
    assert heads == [True, False, False]
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_a_wide_table_lies_on_its_side(tmp_path):
    narrow, _ = read_docx(export(pd.DataFrame({"theme": ["Rest"]}), tmp_path / "a.docx"))
    wide, _ = read_docx(
        export(pd.DataFrame({f"c{n}": ["words " * 30] for n in range(6)}), tmp_path / "b.docx")
    )
    sizes = [
        (one.sections[0].page_width.cm, one.sections[0].page_height.cm) for one in (narrow, wide)
    ]
    assert [tuple(round(side, 1) for side in size) for size in sizes] == [
        (21.0, 29.7),
        (29.7, 21.0),
    ]


def test_a_document_without_rows_or_columns(tmp_path):
    _, cells = read_docx(export(pd.DataFrame({"quote": []}), tmp_path / "a.docx"))
    assert cells == [["Quote"]]
    assert export(pd.DataFrame(), tmp_path / "b.docx").stat().st_size > 0


def test_the_same_bytes_each_time(study, tmp_path, monkeypatch):
    table = theme_table(study.segments(), study.codebook)
    first = [path.read_bytes() for path in export_all(table, tmp_path / "one", title="T", note="N")]
    later = time.time() + 10_000
    monkeypatch.setattr(time, "time", lambda: later)
    names = [path.name for path in export_all(table, tmp_path / "one", title="T", note="N")]
    assert names == ["one.csv", "one.html", "one.docx"]
    assert [(tmp_path / name).read_bytes() for name in names] == first
    with zipfile.ZipFile(tmp_path / "one.docx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in parts.read("docProps/core.xml")


def test_the_folder_is_made_and_nothing_else_is_left(tmp_path):
    path = export(pd.DataFrame({"a": [1]}), tmp_path / "new" / "folder" / "a.CSV")
    assert [one.name for one in path.parent.iterdir()] == ["a.CSV"]


def test_a_dot_in_the_stem_stays(tmp_path):
    (path,) = export_all(pd.DataFrame({"a": [1]}), tmp_path / "v1.2", [".csv"])
    assert path.name == "v1.2.csv"


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.csv.exe"])
def test_an_unknown_ending(tmp_path, name):
    match = r"Mend: end the name in \.csv, \.html, \.docx"
    with pytest.raises(ExportError, match=match):
        export(pd.DataFrame({"a": [1]}), tmp_path / "new" / name)
    assert list(tmp_path.iterdir()) == []


def test_all_or_none_when_one_ending_is_unknown(tmp_path):
    with pytest.raises(ExportError, match=r"a\.xls: no table can be written as '\.xls'"):
        export_all(pd.DataFrame({"a": [1]}), tmp_path / "a", [".csv", ".xls"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ExportError, match=r"a\.csv: is a folder"):
        export(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")


def test_a_file_in_the_folders_place(tmp_path):
    (tmp_path / "new").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match=r"new: the folder cannot be made"):
        export(pd.DataFrame({"a": [1]}), tmp_path / "new" / "a.csv")


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = export(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")

    def no_space(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(ExportError, match=r"a\.csv: .*No space left on device"):
        export(pd.DataFrame({"a": [2]}), path)
    assert path.read_bytes() == b"a\n1\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
