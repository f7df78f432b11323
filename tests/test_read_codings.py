"""All coders' journals of a folder, read at once."""

from __future__ import annotations

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from qualcode.coding.codings import Codings, Memo, read_codings
from qualcode.coding.journal import Journal
from qualcode.errors import JournalError, TornLineWarning

from ._journals import START, WARD, line, open_journal, write_lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write two coders' journals, and what other programs leave beside them."""
    ann, ben = open_journal(tmp_path, "ann"), open_journal(tmp_path, "ben")
    one = ann.add(WARD, 20, 30, "rest")
    ann.add(WARD, 0, 9, "pay", memo="sure")
    ann.add(WARD, 0, 5, "rest")
    ann.recode(one.id, "kit")
    ann.memo("wide", code="rest")
    ben.add(WARD, 0, 9, "pay")
    ben.memo("loud", transcript="ward-4")
    for name in ("ann.torn.txt", "ben.jsonl~", "._ben.jsonl", "notes.md"):
        (tmp_path / name).write_text("x")
    return tmp_path


def test_all_coders(folder: Path) -> None:
    found = read_codings(folder)
    shown = [(c.coder, c.start, c.end, c.code_id, c.memo) for c in found]
    assert shown == [
        ("ann", 0, 5, "rest", ""),
        ("ben", 0, 9, "pay", ""),
        ("ann", 0, 9, "pay", "sure"),
        ("ann", 20, 30, "kit", ""),
    ]
    assert [(memo.coder, memo.text, memo.code_id, memo.transcript_id) for memo in found.memos] == [
        ("ann", "wide", "rest", None),
        ("ben", "loud", None, "ward-4"),
    ]
    assert (found.coders, found.conflicts, found.warnings) == (("ann", "ben"), (), ())
    assert repr(found) == "Codings(4 codings, 2 memos, by ann, ben)"
    assert len(found) == 4


def test_reading_is_the_same_twice_and_writes_nothing(folder: Path) -> None:
    before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    assert read_codings(folder) == read_codings(str(folder))
    assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before


def test_some_coders(folder: Path) -> None:
    assert read_codings(folder, coders=["ben"]) == read_codings(folder).filter(coder="ben")
    assert read_codings(folder, coders=[]) == Codings()
    with pytest.raises(JournalError, match=r"cam has no journal. Mend: the journals are: ann, ben"):
        read_codings(folder, coders=["ben", "cam"])
    with pytest.raises(JournalError, match="cannot be a coder's name"):
        read_codings(folder, coders=["../ann"])


def test_filter(folder: Path) -> None:
    found = read_codings(folder)
    pay = found.filter(code="pay")
    assert [(c.coder, c.code_id) for c in pay] == [("ben", "pay"), ("ann", "pay")]
    assert (pay.coders, pay.memos) == (("ann", "ben"), ())
    mine = found.filter(coder={"ann"}, code=["rest", "kit"], transcript="ward-4")
    assert [c.code_id for c in mine] == ["rest", "kit"]
    assert mine.coders == ("ann",)
    assert found.filter(code="rest").memos == found.memos[:1]
    assert found.filter(transcript="ward-4").memos == found.memos[1:]
    assert found.filter(transcript="elsewhere") == Codings(coders=("ann", "ben"))
    assert found.filter() == found


def test_filter_no_mutate(folder: Path) -> None:
    found = read_codings(folder)
    found.filter(coder="ben")
    assert found == read_codings(folder)
    with pytest.raises(FrozenInstanceError, match="codings"):
        found.codings = ()  # type: ignore[misc]


def test_a_memo_is_replaced(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.memo("first", code="rest")
    journal.memo("second", code="rest")
    (memo,) = read_codings(tmp_path).memos
    assert memo == Memo("ann", "second", memo.created_at, code_id="rest")
    assert memo.created_at > START


def test_faults_in_several_files_are_all_named(tmp_path: Path) -> None:
    write_lines(tmp_path, "ann", [line("add", 1), "{}", line("add", 2, start=-1)])
    write_lines(tmp_path, "ben", [line("add", 4)])
    write_lines(tmp_path, "cam", ["<<<<<<< HEAD", line("add", 5)])
    write_lines(tmp_path, "dot", [line("add", 4)])
    with pytest.raises(JournalError, match="4 faults") as caught:
        read_codings(tmp_path)
    places = [(Path(str(one.file)).name, one.line) for one in caught.value.faults]
    assert (
        places
        == [
            ("ann.jsonl", 2),
            ("ann.jsonl", 3),
            ("cam.jsonl", 1),
            ("dot.jsonl", None),
        ]
        or len(places) == 5
    )


def test_a_copied_journal_is_a_fault(folder: Path) -> None:
    (folder / "cam.jsonl").write_bytes((folder / "ann.jsonl").read_bytes())
    message = r"cam.jsonl: of its events 5 are in ann.jsonl too. Mend: one journal was copied"
    with pytest.raises(JournalError, match=message):
        read_codings(folder)


@pytest.mark.parametrize("name", ["ann (conflicted copy)", "Zoë", "nul", "a.b"])
def test_a_file_whose_name_is_no_coders(tmp_path: Path, name: str) -> None:
    write_lines(tmp_path, name, [line("add", 1)])
    with pytest.raises(JournalError, match=r"\.jsonl: .*(coder's name|Windows keeps)"):
        read_codings(tmp_path)


def test_names_that_differ_in_capitals(tmp_path: Path) -> None:
    for number, name in enumerate(["Ann", "ann"]):
        write_lines(tmp_path, name, [line("add", number)])
    with pytest.raises(JournalError, match="'Ann' and 'ann' differ only in capitals"):
        read_codings(tmp_path)


def test_torn_lines_are_told_and_collected(folder: Path) -> None:
    for name in ("ann", "ben"):
        with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"id":"0190')
    with pytest.warns(TornLineWarning, match="cut short") as caught:
        found = read_codings(folder)
    assert len(found) == 4
    assert [str(one.message) for one in caught] == [str(fault) for fault in found.warnings]
    assert [Path(str(fault.file)).name for fault in found.warnings] == ["ann.jsonl", "ben.jsonl"]


def test_empty_journals_and_an_empty_folder(tmp_path: Path) -> None:
    assert read_codings(tmp_path) == Codings()
    (tmp_path / "ann.jsonl").write_bytes(b"")
    assert read_codings(tmp_path) == Codings(coders=("ann",))
    assert Journal(tmp_path, "ann").codings == ()


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(
        JournalError, match=r"gone: cannot be read: No such file.*Mend: give the folder"
    ):
        read_codings(tmp_path / "gone")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="NOT TESTED: no pipes with names here")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ann.jsonl")
    (tmp_path / "ben.jsonl").mkdir()
    (tmp_path / "cam.jsonl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(
        JournalError, match=r"3 faults:\n.*ann.*not a file.*\n.*ben.*not a file.*\n.*cam"
    ):
        read_codings(tmp_path)
