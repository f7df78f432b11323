"""`export_framework`: a workbook, a document with real footnotes, a page and a CSV of a matrix."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pandas as pd
import pytest
from lxml import etree, html

import qualcode as qc
from qualcode.errors import ExportError
from qualcode.frames import empty_frame
from qualcode.reporting._framework_texts import grid_of

from ._framework import put, summary
from ._made import coding_id, write_study

HOSTILE = "<img src=x onerror=hurt()> & </w:t> {{7*7}} _x0041_ \x07end"
SHOWN = "<img src=x onerror=hurt()> & </w:t> {{7*7}} _x0041_ end"
MARKUP = "<r><t>not xlsxwriter's own</t></r>"
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
S = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def matrix(tmp_path: Path) -> pd.DataFrame:
    """Give a matrix of awkward summaries."""
    folder = write_study(tmp_path / "study")
    fingerprint = qc.framework_matrix(qc.open_study(folder))["fingerprint"][0]
    put(
        folder,
        summary(f"{HOSTILE}\n\nSecond.", codings=fingerprint),
        summary('=HYPERLINK("http://x","y")', "Ward 2"),
        summary(MARKUP, "Ward 2", "staffing"),
        summary("+1", "Ward 10", "pay"),
    )
    return qc.framework_matrix(qc.open_study(folder))


# The workbook -------------------------------------------------------------------------------


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as parts:
        return etree.fromstring(parts.read(name))


def cells_of(path: Path, sheet: int) -> dict[str, str]:
    """Read the texts of a sheet; only strings are there, and no formula."""
    strings = [
        unescaped("".join(one.itertext(f"{{{S['s']}}}t")))
        for one in part(path, "xl/sharedStrings.xml").findall("s:si", S)
    ]
    found = {}
    for cell in part(path, f"xl/worksheets/sheet{sheet}.xml").iterfind(".//s:c", S):
        assert cell.find("s:f", S) is None
        if cell.get("t") is None:
            assert cell.find("s:v", S) is None
            continue
        assert cell.get("t") == "s"
        found[cell.get("r")] = strings[int(cell.findtext("s:v", namespaces=S))]
    return found


def unescaped(text: str) -> str:
    """Read text as Excel does: ``_x005F_`` is an underscore."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_the_matrix_of_a_workbook(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.xlsx", title="=1+1", note="Nobody said it.")
    cells = cells_of(path, 1)
    assert [cells[f"{column}3"] for column in "ABCDEFG"] == [
        "Body", "Rest", "Quotes", "Staffing", "Quotes", "Pay", "Quotes",
    ]  # fmt: skip
    assert (cells["A1"], cells["A2"]) == ("=1+1", "Nobody said it.")
    assert [cells[f"A{row}"] for row in (4, 5, 6)] == ["Ward 1", "Ward 2", "Ward 10"]
    assert cells["B4"] == f"{SHOWN}\n\nSecond.\n3 codings, 1 person"
    assert cells["B5"] == '=HYPERLINK("http://x","y")\n3 codings, 2 people; summary stale'
    assert cells["D5"] == f"{MARKUP} \n3 codings, 2 people; summary stale"
    assert (cells["D4"], cells["F4"]) == ("–", "–")
    assert cells["F6"] == "+1\nno codings; summary stale"
    assert (cells["C4"], cells["C5"], cells["E5"], cells["C6"]) == ("1–3", "4–6", "7–8", "9")
    sheet = part(path, "xl/worksheets/sheet1.xml")
    pane = sheet.find(".//s:pane", S)
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("1", "3", "frozen")
    widths = [
        (c.get("min"), c.get("max"), float(c.get("width"))) for c in sheet.iterfind(".//s:col", S)
    ]
    assert [round(width) for *_, width in widths] == [21, 39, 10, 39, 10, 39, 10]
    wrapped = part(path, "xl/styles.xml").iterfind(".//s:cellXfs/s:xf/s:alignment", S)
    assert {one.get("wrapText") for one in wrapped} == {"1"}


def test_the_quotes_of_a_workbook_and_the_links(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.xlsx")
    cells = cells_of(path, 2)
    assert [cells[f"{column}1"] for column in "ABCDEF"] == [
        "No.", "Case", "Theme", "Quote", "Who and where", "Coding",
    ]  # fmt: skip
    assert [cells[f"{column}2"] for column in "ABCDEF"] == [
        "1",
        "Ward 1",
        "Rest",
        "My break is a biscuit at the drug trolley",
        "Night nurse, Ward 1, ward-1, 00:00:09, turn 2",
        coding_id(1),
    ]
    assert len([name for name in cells if name.startswith("A")]) == 1 + 9
    links = {
        sheet: {
            link.get("ref"): link.get("location")
            for link in part(path, f"xl/worksheets/sheet{sheet}.xml").iterfind(".//s:hyperlink", S)
        }
        for sheet in (1, 2)
    }
    assert links[1] == {
        "C2": "'Quotes'!A2", "C3": "'Quotes'!A5", "E3": "'Quotes'!A8", "C4": "'Quotes'!A10",
    }  # fmt: skip
    assert links[2] == {
        **dict.fromkeys(("A2", "A3", "A4"), "'Framework'!B2"),
        **dict.fromkeys(("A5", "A6", "A7"), "'Framework'!B3"),
        **dict.fromkeys(("A8", "A9"), "'Framework'!D3"),
        "A10": "'Framework'!B4",
    }
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if name.endswith(".rels") and "sheet" in name]


def test_what_is_too_long_for_a_cell_is_cut_and_says_so(
    matrix: pd.DataFrame, tmp_path: Path
) -> None:
    matrix = matrix.copy()
    matrix.loc[0, "summary"] = "😀" * 20_000
    matrix.at[0, "quotes"] = [f"<r>{'w ' * 20_000}</r>", "b", "c"]
    path = qc.export_framework(matrix, tmp_path / "a.xlsx")
    cut = " … (cut: a spreadsheet's cell holds no more)"
    text = cells_of(path, 1)["B2"]
    assert text == f"{'😀' * 16_000}{cut}\n3 codings, 1 person"
    assert len(text.encode("utf-16-le")) // 2 < 32_767
    assert cells_of(path, 2)["D2"].endswith(f"w w{cut}")


# The document -------------------------------------------------------------------------------


def footnotes_of(path: Path) -> list[str]:
    notes = part(path, "word/footnotes.xml").findall("w:footnote", W)
    assert [note.get(f"{{{W['w']}}}id") for note in notes][:2] == ["-1", "0"]
    return ["".join(note.itertext(f"{{{W['w']}}}t")).strip() for note in notes[2:]]


def test_quotes_are_footnotes_of_their_cells(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.docx", title=HOSTILE, note="Nobody said it.")
    notes = footnotes_of(path)
    assert len(notes) == 9
    assert notes[0] == (
        "“My break is a biscuit at the drug trolley” Night nurse, Ward 1, ward-1, 00:00:09, turn 2"
    )
    document = docx.Document(str(path))
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Body", "Rest", "Staffing", "Pay"]
    assert rows[1] == ["Ward 1", f"{SHOWN}\n\nSecond., , \n3 codings, 1 person", "–", "–"]
    assert rows[2][2] == f"{MARKUP}, \n3 codings, 2 people; summary stale"
    marks = [
        [one.get(f"{{{W['w']}}}id") for one in cell._tc.iter(f"{{{W['w']}}}footnoteReference")]
        for row in table.rows
        for cell in row.cells[1:]
    ]
    assert [one for one in marks if one] == [
        ["1", "2", "3"], ["4", "5", "6"], ["7", "8"], ["9"],
    ]  # fmt: skip
    assert [paragraph.text for paragraph in document.paragraphs] == [SHOWN, "Nobody said it."]


def test_the_document_is_one_that_word_knows(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.docx")
    types = part(path, "[Content_Types].xml")
    (kind,) = [one for one in types if one.get("PartName") == "/word/footnotes.xml"]
    assert kind.get("ContentType").endswith("wordprocessingml.footnotes+xml")
    relations = part(path, "word/_rels/document.xml.rels")
    assert [one.get("Type").rpartition("/")[2] for one in relations].count("footnotes") == 1
    styles = part(path, "word/styles.xml").iterfind("w:style", W)
    ids = [one.get(f"{{{W['w']}}}styleId") for one in styles]
    assert (ids.count("FootnoteText"), ids.count("FootnoteReference")) == (1, 1)
    names = [one.tag.rpartition("}")[2] for one in part(path, "word/settings.xml")]
    assert names.index("footnotePr") < names.index("compat")
    document = docx.Document(str(path))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in document.tables[0].rows]
    assert heads == [True, False, False, False]


# The page and the CSV -----------------------------------------------------------------------


def test_the_page(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.html", title="Nights", note=HOSTILE)
    page = html.fromstring(path.read_text(encoding="utf-8"))
    assert [one.text_content() for one in page.xpath("//th")] == ["Body", "Rest", "Staffing", "Pay"]
    assert [one.text_content() for one in page.xpath("//tr")[1].xpath("td")] == [
        "Ward 1", f"{SHOWN}\n\nSecond.\n3 codings, 1 person", "–", "–",
    ]  # fmt: skip
    assert page.xpath("//script|//img|//@src|//@onerror") == []


def test_the_csv_is_the_frame(matrix: pd.DataFrame, tmp_path: Path) -> None:
    path = qc.export_framework(matrix, tmp_path / "a.csv")
    assert path.read_bytes() == qc.export(matrix, tmp_path / "b.csv").read_bytes()
    read = qc.read_exported_csv(path)
    assert read["summary"].tolist()[3] == '=HYPERLINK("http://x","y")'
    assert "\"'=HYPERLINK" in path.read_text()


# All of them --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".html", ".csv"])
def test_the_same_bytes_each_time(
    matrix: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    first = qc.export_framework(matrix, tmp_path / f"a{suffix}", title="T", note="N").read_bytes()
    later = time.time() + 10_000
    monkeypatch.setattr(time, "time", lambda: later)
    again = qc.export_framework(matrix, tmp_path / f"b{suffix}", title="T", note="N").read_bytes()
    assert again == first
    if suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(first)) as parts:
            assert {one.date_time[0] for one in parts.infolist()} <= {1980, 2000}
            assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".html", ".csv"])
def test_a_matrix_of_nothing(tmp_path: Path, suffix: str) -> None:
    path = qc.export_framework(empty_frame("framework"), tmp_path / "new" / f"a{suffix}")
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", ["a.xls", "a", "a.xlsx.exe"])
def test_an_unknown_ending(matrix: pd.DataFrame, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"Mend: end the name in \.xlsx, \.docx, \.html, \.csv"):
        qc.export_framework(matrix, tmp_path / "new" / name)
    assert not (tmp_path / "new").exists()


def test_another_frame(tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match="not the frame of a framework matrix: it has no column ki"
    ):
        qc.export_framework(pd.DataFrame({"case": ["a"]}), tmp_path / "a.xlsx")


def test_a_folder_in_the_way(matrix: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(ExportError, match=r"a\.xlsx: is a folder"):
        qc.export_framework(matrix, tmp_path / "a.xlsx")


def test_quotes_are_numbered_through_and_nothing_is_changed(matrix: pd.DataFrame) -> None:
    before = matrix.copy(deep=True)
    grid = grid_of(matrix)
    assert [one.number for _, one in grid.quotes] == list(range(1, 10))
    assert grid.rows[1][1].facts == "3 codings, 2 people; summary stale"
    pd.testing.assert_frame_equal(matrix, before)
