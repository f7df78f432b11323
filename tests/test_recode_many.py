"""Codings recoded together, and one change taken back among others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError, JournalWriteError, UnknownCodeError

from ._journals import WARD, open_journal, span

BOOK = Codebook(
    (
        Code("rest", "Rest", "Rest."),
        Code("kit", "Kit", "Things.", was=("gear",)),
        Code("a", "A", "A."),
    )
)


def codes_of(journal: Journal) -> list[str]:
    return [coding.code_id for coding in journal.codings]


def three(journal: Journal) -> list[str]:
    words = ("two nurses", "the lift", "a kettle")
    added = journal.add_many(NewCoding(WARD, *span(one), "rest") for one in words)
    return [coding.id for coding in added]


def test_many_are_recoded_in_one_batch(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, codebook=BOOK)
    ids = three(journal)
    now = journal.recode_many([ids[2], ids[0], ids[2]], "gear")
    assert [(one.id, one.code_id) for one in now] == [(ids[2], "kit"), (ids[0], "kit")]
    assert codes_of(journal) == ["kit", "rest", "kit"]
    lines = [json.loads(line) for line in journal.path.read_text().splitlines()[3:]]
    assert [(one["event"], one["coding"], one["code"]) for one in lines] == [
        ("recode", ids[2], "kit"),
        ("recode", ids[0], "kit"),
    ]
    assert len({one["batch"] for one in lines}) == 1
    assert len({one["id"] for one in lines}) == 2


def test_one_undo_takes_all_back_and_one_redo_makes_them_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    ids = three(journal)
    journal.recode_many(ids, "kit")
    again = Journal(tmp_path, "ann")
    assert len(again.undo()) == 3
    assert codes_of(again) == ["rest", "rest", "rest"]
    again.redo()
    assert codes_of(again) == ["kit", "kit", "kit"]


def test_a_single_one_needs_no_batch_and_none_writes_nothing(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    ids = three(journal)
    before = journal.path.read_bytes()
    assert journal.recode_many([], "kit") == ()
    assert journal.path.read_bytes() == before
    journal.recode_many(ids[:1], "kit")
    assert "batch" not in json.loads(journal.path.read_text().splitlines()[-1])


def test_all_or_none(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, codebook=BOOK)
    ids = three(journal)
    same = journal.add(WARD, *span("the lift"), "kit")
    before = journal.path.read_bytes()
    with pytest.raises(JournalError, match=r"these words have the code 'kit' from ann already"):
        journal.recode_many(ids, "kit")
    with pytest.raises(JournalError, match=r"2 of the codings are on the same words of 'ward-4'"):
        journal.recode_many([ids[1], same.id], "a")
    with pytest.raises(JournalError, match=r"coding 'nobody' is not ann's"):
        journal.recode_many([ids[0], "nobody"], "kit")
    with pytest.raises(UnknownCodeError, match=r"no code has the id 'kite'"):
        journal.recode_many(ids, "kite")
    assert journal.path.read_bytes() == before


def test_a_disk_that_refuses_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(tmp_path)
    ids = three(journal)
    before = journal.path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(JournalWriteError, match="No space left"):
        journal.recode_many(ids, "kit")
    monkeypatch.undo()
    assert journal.path.read_bytes() == before
    assert codes_of(journal) == ["rest", "rest", "rest"]


def test_a_change_is_taken_back_whatever_came_after(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    ids = three(journal)
    journal.recode_many(ids[:2], "kit")
    change = journal.history(ids[0])["event_id"].iloc[-1]
    later = journal.add(WARD, *span("the spring"), "time")
    journal.recode(ids[1], "lift")
    assert [event.kind for event in journal.take_back(change)] == ["recode", "recode"]
    # What was done later holds.
    assert [(c.id, c.code_id) for c in journal.codings] == [
        (ids[0], "rest"),
        (ids[1], "lift"),
        (ids[2], "rest"),
        (later.id, "time"),
    ]
    assert journal.take_back(change) == ()
    assert Journal(tmp_path, "ann").codings == journal.codings


def test_only_a_change_can_be_taken_back(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    three(journal)
    journal.undo()
    undo = journal.history()["event_id"].iloc[-1]
    for name in ("nothing", undo):
        with pytest.raises(JournalError, match=rf"no change has the id '{name}'"):
            journal.take_back(name)
