"""No tracked file holds eight consecutive words of the published report, which is in copyright.

Both sides are cut into runs of eight words and hashed; nothing of the report is kept here. Titles,
names and fixed legal phrases may be quoted: they stand in ``allowed_phrases.txt``, one a line.
"""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from ._files import ROOT, text_of, tracked_files

RUN = 8
END = "endofcell"
ALLOWED = Path(__file__).with_name("allowed_phrases.txt")

Word = tuple[str, int]  # the word and its line


def words_in(text: str, first_line: int = 1) -> Iterator[Word]:
    """Give the words of a text in lower case, without marks, each with its line."""
    for number, line in enumerate(text.split("\n"), start=first_line):
        plain = unicodedata.normalize("NFKC", line).lower().replace("’", "").replace("'", "")
        yield from ((word, number) for word in re.findall(r"[^\W_]+", plain))


def runs(words: list[Word]) -> Iterator[tuple[bytes, int]]:
    """Give the hash of every run of eight words, with the line on which it begins."""
    for start in range(len(words) - RUN + 1):
        joined = " ".join(word for word, _ in words[start : start + RUN])
        yield blake2b(joined.encode(), digest_size=8).digest(), words[start][1]


def hashes_of(text: str) -> set[bytes]:
    return {digest for digest, _ in runs(list(words_in(text)))}


def texts_in(path: Path) -> Iterator[str]:
    """Give a file's text as a reader would meet it: markup, escapes and wrappings taken off."""
    if path.suffix in {".docx", ".xlsx", ".zip"}:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".txt", ".html")):
                    yield without_tags(archive.read(name).decode("utf-8", "replace"))
        return
    text = text_of(path)
    if text is None:
        return
    if path.suffix == ".csv":  # words of two cells do not follow one another
        yield from ("\n".join(column) for column in columns_of(text))
        return
    yield text
    if path.suffix in {".html", ".svg", ".xml", ".ipynb", ".md"}:
        yield without_tags(text)
    if path.suffix in {".json", ".ipynb", ".jsonl"}:
        documents = text.splitlines() if path.suffix == ".jsonl" else [text]
        yield from ("".join(strings_in(json.loads(d))) for d in documents if d.strip())


def columns_of(text: str) -> list[list[str]]:
    """Give the cells of a table, each on the line it begins on, a column at a time.

    A cell is closed with a word that stands in no text, so that no run goes on into the next.
    """
    reader = csv.reader(text.splitlines(keepends=True))
    columns: list[list[str]] = []
    line = 0
    for row in reader:
        for number, cell in enumerate(row):
            while len(columns) <= number:
                columns.append([])
            columns[number] += [""] * (line - len(columns[number]))
            columns[number].append(" ".join(cell.split()) + f" {END}")
        line = reader.line_num
    return columns


def without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def strings_in(value: object) -> Iterator[str]:
    """Give every string of a JSON value, a space between values, the lines of a cell joined."""
    if isinstance(value, str):
        yield value + " "
    elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        yield "".join(value) + " "
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def lines_with(path: Path, forbidden: set[bytes]) -> list[int]:
    """Give the lines of a file on which a forbidden run begins."""
    found = {
        line
        for text in texts_in(path)
        for digest, line in runs(list(words_in(text)))
        if digest in forbidden
    }
    return sorted(found)


def allowed() -> set[bytes]:
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return set().union(*(hashes_of(line) for line in lines if not line.startswith("#")))


@pytest.mark.report
def test_no_tracked_file_holds_the_reports_words(report_text: str) -> None:
    forbidden = hashes_of(report_text) - allowed()
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked_files()
        if path != ALLOWED and (lines := lines_with(path, forbidden))
    }
    assert found == {}, f"eight words of the report in (file: lines): {found}"


SECRET = "Nine words in a row, it's all that’s needed to be found here."


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.md", "One\n\nNINE words *in* a row its all thats; needed\n", [3]),
        ("a.txt", "nine words in a row it's all. Needed to be", []),
        ("a.html", "<p>nine <b>words</b> in a&nbsp;row it&#8217;s all that's needed</p>", [1]),
        ("a.json", '{"a": ["nine words in a ", "row it\\u2019s all that\\u2019s needed"]}', [1]),
        ("a.jsonl", '{"a": 1}\n{"a": "nine words in a row it\\u2019s all thats needed"}\n', [1]),
        ("a.csv", 'id,quote\n1,"nine words in a row its\nall thats needed"\n', [2]),
        ("a.csv", "nine words in a,row its all thats,needed\n", []),
        ("a.py", "'nine words in a row '\n'its all thats needed'", [1]),
    ],
)
def test_words_are_found_however_they_are_written(
    tmp_path: Path, name: str, text: str, lines: list[int]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert lines_with(path, hashes_of(SECRET)) == lines


def test_words_are_found_in_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", "<w:t>nine words in a row it’s all that’s needed</w:t>"
        )
    assert lines_with(path, hashes_of(SECRET)) == [1]
