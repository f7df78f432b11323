"""A changed coding shows as a difference that a person can read."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from ._files import load_tool

guard = load_tool("check_outputs")

THEMES = "theme_id,theme,codings,interviews\ntime-lag,Time lag,12,3\nschools-gap,Schools gap,4,2\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def compare(
    tmp_path: Path, fresh: dict[str, str], committed: dict[str, str]
) -> list[tuple[str, str]]:
    folders = [write(tmp_path / "fresh", fresh), write(tmp_path / "outputs", committed)]
    return list(guard.compare_folders(*folders))


def test_equal_outputs_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "outputs", {"a.csv": THEMES})
    assert guard.main([str(folder), str(folder)]) == 0
    assert capsys.readouterr().out == "1 files in outputs/ are what the notebooks write\n"


def test_a_changed_coding_gives_two_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = write(tmp_path / "fresh", {"a.csv": THEMES.replace("12,3", "11,2")})
    committed = write(tmp_path / "outputs", {"a.csv": THEMES})
    assert guard.main([str(fresh), str(committed)]) == 1
    assert capsys.readouterr().out.splitlines()[:3] == [
        "outputs/a.csv, theme_id = time-lag",
        "    codings: 12 -> 11; interviews: 3 -> 2",
        "",
    ]


@pytest.mark.parametrize(
    ("fresh", "committed", "expected"),
    [
        (
            {"a.csv": "id,n\na,1\nb,2\n"},
            {"a.csv": "id,n\na,1\n"},
            [("outputs/a.csv, id = b", "new row: n = 2")],
        ),
        (
            {"a.csv": "id,n\n"},
            {"a.csv": "id,n\na,\n"},
            [("outputs/a.csv, id = a", "row gone: n = (nothing)")],
        ),
        (
            {"a.csv": "id,m\na,1\n"},
            {"a.csv": "id,n\na,1\n"},
            [("outputs/a.csv, columns", "id, n -> id, m")],
        ),
        (
            {"a.csv": "id,n\nb,2\na,1\n"},
            {"a.csv": "id,n\na,1\nb,2\n"},
            [("outputs/a.csv:2", "(nothing) -> b,2\\n (and 1 places more)")],
        ),
        (
            {"a.csv": "id,n\r\na,1\r\n"},
            {"a.csv": "id,n\na,1\n"},
            [("outputs/a.csv:1", "id,n\\na,1\\n -> id,n\\r\\na,1\\r\\n")],
        ),
        (
            {"a.csv": "t,c,n\nx,1,5\nx,2,6\n"},
            {"a.csv": "t,c,n\nx,1,5\nx,2,7\n"},
            [("outputs/a.csv, t = x, c = 2", "n: 7 -> 6")],
        ),
        (
            {"a.html": "<p>\n11\n</p>\n"},
            {"a.html": "<p>\n12\n</p>\n"},
            [("outputs/a.html:2", "12\\n -> 11\\n")],
        ),
        (
            {"a.csv": "id\n", "new.csv": "id\n"},
            {"a.csv": "id\n", "old.csv": "id\n"},
            [
                ("outputs/new.csv", "written by a notebook, but not committed"),
                ("outputs/old.csv", "committed, but no notebook writes it"),
            ],
        ),
        ({"a.csv": "id\n"}, {"a.csv": "id\n", "report/b.csv": "id\n", ".gitkeep": ""}, []),
        ({}, {"a.csv": "id\n"}, [("outputs/", "the notebooks wrote nothing; see the step before")]),
    ],
    ids=[
        "new",
        "gone",
        "columns",
        "order",
        "line ends",
        "key of two",
        "html",
        "files",
        "ignored",
        "none",
    ],
)
def test_what_differs_is_named(
    tmp_path: Path,
    fresh: dict[str, str],
    committed: dict[str, str],
    expected: list[tuple[str, str]],
) -> None:
    assert compare(tmp_path, fresh, committed) == expected


def test_what_follows_from_a_table_is_only_named(tmp_path: Path) -> None:
    fresh = {"a.csv": "id,n\na,1\n", "a.html": "<p>1</p>\n", "b.html": "same\n"}
    committed = {"a.csv": "id,n\na,2\n", "a.html": "<p>2</p>\n", "b.html": "same\n"}
    assert compare(tmp_path, fresh, committed) == [
        ("outputs/a.csv, id = a", "n: 2 -> 1"),
        ("outputs/, and with the tables", "a.html"),
    ]


def test_a_long_quote_is_cut_around_the_change(tmp_path: Path) -> None:
    old, new = ("id,quote\na," + "word " * 100 + end + "\n" for end in ("before", "after"))
    ((place, what),) = compare(tmp_path, {"a.csv": new}, {"a.csv": old})
    assert place == "outputs/a.csv, id = a"
    assert what == "quote: ...word word word word before -> ...word word word word after"


def test_what_git_ignores_is_not_compared(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("outputs/tables/\n")
    committed = {"a.csv": "id\n", "tables/b.csv": "id\n"}
    assert compare(tmp_path, {"a.csv": "id\n"}, committed) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("three", []),
        ("four", [("outputs/a.docx:3", "<w:t>three</w:t>\\n -> <w:t>four</w:t>\\n")]),
    ],
)
def test_a_document_is_compared_by_its_words(
    tmp_path: Path, word: str, expected: list[tuple[str, str]]
) -> None:
    for folder, text, level in (("fresh", word, 1), ("outputs", "three", 9)):
        (tmp_path / folder).mkdir()
        with zipfile.ZipFile(tmp_path / folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            xml = f"<w:p><w:t>{text}</w:t></w:p>" + "<w:p></w:p>" * 100
            archive.writestr(zipfile.ZipInfo("document.xml"), xml, compresslevel=level)
    found = list(guard.compare_folders(tmp_path / "fresh", tmp_path / "outputs"))
    assert found == expected
