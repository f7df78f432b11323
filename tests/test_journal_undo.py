"""Undo and redo: without limit, across restarts, and forgotten by a new change."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError

from ._journals import WARD, line, open_journal, write_lines


def test_undo_and_redo_go_all_the_way(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    states = [(journal.codings, journal.memos)]
    one = journal.add(WARD, 0, 3, "rest")
    states.append((journal.codings, journal.memos))
    journal.recode(one.id, "kit")
    states.append((journal.codings, journal.memos))
    journal.memo("odd", coding=one.id)
    states.append((journal.codings, journal.memos))
    journal.add_many([NewCoding(WARD, 4, 9, "pay"), NewCoding(WARD, 5, 9, "pay")])
    states.append((journal.codings, journal.memos))
    journal.remove(one.id)
    states.append((journal.codings, journal.memos))
    journal.memo("quiet", transcript=WARD)
    states.append((journal.codings, journal.memos))
    for expected in states[-2::-1]:
        # As after a restart: nothing is kept but the file.
        journal = Journal(tmp_path, "ann")
        journal.undo()
        assert (journal.codings, journal.memos) == expected
    assert not journal.can_undo
    for expected in states[1:]:
        journal = Journal(tmp_path, "ann")
        journal.redo()
        assert (journal.codings, journal.memos) == expected
    assert not journal.can_redo
    assert journal.can_undo


def test_undo_gives_what_was_taken_back(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one = journal.add(WARD, 0, 3, "rest")
    journal.remove(one.id)
    assert [event.kind for event in journal.undo()] == ["remove"]
    assert [event.id for event in journal.undo()] == [one.id]
    assert [event.id for event in journal.redo()] == [one.id]


def test_a_new_change_leaves_nothing_to_redo(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    journal.add(WARD, 4, 9, "rest")
    journal.undo()
    assert journal.can_redo
    journal.add(WARD, 5, 9, "rest")
    assert not journal.can_redo
    with pytest.raises(
        JournalError, match=r"ann.jsonl: nothing to redo. Mend: redo follows an undo"
    ):
        journal.redo()
    journal.undo()
    journal.undo()
    assert journal.codings == ()
    journal.redo()
    journal.redo()
    assert [coding.start for coding in journal.codings] == [0, 5]
    assert not journal.can_redo


def test_nothing_to_undo(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    with pytest.raises(JournalError, match="nothing to undo"):
        journal.undo()
    assert not journal.path.exists()


def test_an_undone_coding_can_be_made_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    journal.undo()
    again = journal.add(WARD, 0, 3, "rest")
    assert journal.codings == (again,)


def test_undo_after_a_merge_takes_the_latest_in_time(tmp_path: Path) -> None:
    lines = [line("add", 1), line("add", 7), line("add", 3), line("undo", 5, undoes="e3")]
    write_lines(tmp_path, "ann", lines)
    journal = open_journal(tmp_path)
    assert not journal.can_redo
    assert [event.id for event in journal.undo()] == ["e7"]
    assert [event.id for event in journal.undo()] == ["e1"]
    assert [event.id for event in journal.redo()] == ["e1"]


def test_a_hundred_undos(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    added = [journal.add(WARD, n, n + 3, "rest") for n in range(100)]
    for _ in added:
        journal.undo()
    assert journal.codings == ()
    for _ in added:
        journal.redo()
    assert journal.codings == tuple(added)
