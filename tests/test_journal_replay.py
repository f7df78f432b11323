"""What events amount to depends on the set of them alone, whatever git does to their order."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.coding._replay import replay
from qualcode.coding.codings import Codings, read_codings
from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError

from ._journals import WARD, line, open_journal, span, write_lines


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    """Draw lines of a journal, with events that name the first few, before or after them."""
    count = draw(st.integers(1, 14))
    lines = []
    for number in range(count):
        kind = (
            "add"
            if number < 2
            else draw(st.sampled_from(["add", "remove", "recode", "memo", "undo", "redo"]))
        )
        target = f"e{draw(st.integers(0, 2))}"
        fields: dict[str, Any] = {
            "add": {},
            "remove": {"coding": target},
            "recode": {"coding": target, "code": draw(st.sampled_from(["rest", "pay"]))},
            "memo": {"memo": draw(st.sampled_from(["", "x", "y"])), "coding": target},
            "undo": {"undoes": target},
            "redo": {"redoes": target},
        }[kind]
        batch = draw(st.sampled_from([None, None, "b1", "b2"]))
        fields |= {} if batch is None or kind in ("undo", "redo") else {"batch": batch}
        # Some share their time: then the id decides.
        lines.append(line(kind, number, second=draw(st.integers(0, 20)), **fields))
    return lines


def read(folder: Path, lines: list[str]) -> Codings:
    """Read lines as a journal, leaving out on which of them a conflict stands."""
    write_lines(folder, "ann", lines)
    found = read_codings(folder)
    plain = tuple(fault.__class__(fault.what) for fault in found.conflicts)
    return Codings(found.codings, found.memos, found.coders, plain, found.warnings)


many = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@many
@given(lines=histories(), data=st.data())
def test_order_and_repeats_do_not_matter(
    tmp_path: Path, lines: list[str], data: st.DataObject
) -> None:
    expected = read(tmp_path, lines)
    repeated = lines + data.draw(st.lists(st.sampled_from(lines)))
    assert read(tmp_path, data.draw(st.permutations(repeated))) == expected


@many
@given(lines=histories(), data=st.data())
def test_a_union_of_branches_is_the_same_both_ways(
    tmp_path: Path, lines: list[str], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(lines)))
    base, rest = lines[:cut], lines[cut:]
    sides = data.draw(st.lists(st.booleans(), min_size=len(rest), max_size=len(rest)))
    ours = [one for one, mine in zip(rest, sides, strict=True) if mine]
    theirs = [one for one, mine in zip(rest, sides, strict=True) if not mine]
    merged = read(tmp_path, base + ours + theirs)
    assert read(tmp_path, base + theirs + ours) == merged
    assert read(tmp_path, lines) == merged


def ids(codings: Codings) -> list[str]:
    return [coding.id for coding in codings]


def whats(codings: Codings) -> list[str]:
    return [fault.what for fault in codings.conflicts]


def test_undo_of_an_event_that_came_from_another_branch(tmp_path: Path) -> None:
    # The undo's clock was behind: it sorts before the change that it names.
    lines = [line("add", 1), line("add", 5), line("undo", 6, second=3, undoes="e5")]
    found = read(tmp_path, lines)
    assert (ids(found), whats(found)) == (["e1"], [])


def test_the_last_of_undo_and_redo_holds(tmp_path: Path) -> None:
    lines = [line("add", 1), line("undo", 2, undoes="e1"), line("redo", 3, redoes="e1")]
    assert ids(read(tmp_path, lines)) == ["e1"]
    assert ids(read(tmp_path, [*lines, line("undo", 4, undoes="e1")])) == []


def test_undo_of_one_takes_its_batch(tmp_path: Path) -> None:
    batch = [line("add", number, batch="b") for number in (1, 2, 3)]
    assert ids(read(tmp_path, [*batch, line("add", 4), line("undo", 5, undoes="e2")])) == ["e4"]


def test_changes_of_a_removed_coding_change_nothing_and_are_listed(tmp_path: Path) -> None:
    lines = [
        line("add", 1),
        line("remove", 2, coding="e1"),
        line("recode", 3, coding="e1", code="pay"),
        line("memo", 4, coding="e1", memo="why?"),
        line("remove", 5, coding="e1"),
    ]
    write_lines(tmp_path, "ann", lines)
    found = read_codings(tmp_path)
    assert ids(found) == []
    assert [(fault.what, fault.line) for fault in found.conflicts] == [
        ("recode of a coding that is removed", 3),
        ("memo of a coding that is removed", 4),
    ]
    assert all(fault.file == tmp_path / "ann.jsonl" and fault.mend for fault in found.conflicts)


def test_events_that_name_nothing_are_listed(tmp_path: Path) -> None:
    lines = [
        line("add", 1),
        line("undo", 2, undoes="gone"),
        line("redo", 3, redoes="e2"),
        line("remove", 4, coding="gone"),
        line("recode", 5, coding="e4", code="pay"),
    ]
    found = read(tmp_path, lines)
    assert ids(found) == ["e1"]
    assert whats(found) == [
        "undo of an event that this journal does not hold: gone",
        "redo of an undo, which is not a change",
        "names a coding that this journal did not add: gone",
        "names a coding that this journal did not add: e4",
    ]


def test_one_code_twice_on_the_same_words_is_listed(tmp_path: Path) -> None:
    lines = [line("add", 1), line("add", 2, start=1, end=2, quote="N"), line("add", 3)]
    found = read(tmp_path, lines)
    assert ids(found) == ["e1", "e2", "e3"]
    assert whats(found) == ["the same code on the same words as coding e1"]


def test_one_id_for_two_events_is_a_fault(tmp_path: Path) -> None:
    write_lines(tmp_path, "ann", [line("add", 1), line("add", 1), line("add", 1, code="pay")])
    with pytest.raises(JournalError, match=r"ann.jsonl:3: the event e1 stands here twice"):
        read_codings(tmp_path)


def test_a_journal_changes_only_its_own_coder(tmp_path: Path) -> None:
    coding = open_journal(tmp_path, "ann").add(WARD, *span("kettle"), "rest")
    write_lines(tmp_path, "ben", [line("remove", 9, coding=coding.id)])
    found = read_codings(tmp_path)
    assert found.codings == (coding,)
    assert whats(found) == [f"names a coding that this journal did not add: {coding.id}"]


actions = st.lists(st.tuples(st.sampled_from("aaabrcmnuuUU"), st.integers(0, 99)), max_size=25)


@many
@given(steps=actions)
def test_what_a_journal_holds_is_what_its_file_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("codings")
    journal = open_journal(folder)
    for action, number in steps:
        act(journal, action, number)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read_codings(folder) if journal.path.exists() else Codings()
    assert (journal.codings, journal.memos) == (found.codings, found.memos)
    assert found.conflicts == ()
    fresh = Journal(folder, "ann")
    assert (fresh.can_undo, fresh.can_redo) == (journal.can_undo, journal.can_redo)


def act(journal: Journal, action: str, number: int) -> None:
    """Do something to a journal, if it can be done just now."""
    with suppress_repeat():
        do(journal, action, number)


@contextmanager
def suppress_repeat() -> Iterator[None]:
    """Let a coder try to give the same words the same code again."""
    try:
        yield
    except JournalError as exc:
        if "already" not in str(exc):
            raise


def do(journal: Journal, action: str, number: int) -> None:
    codings = journal.codings
    if action == "a":
        journal.add(WARD, number, number + 5, "rest")
    elif action == "b":
        journal.add_many(NewCoding(WARD, number + n, number + 9, "pay") for n in range(3))
    elif action == "n":
        journal.memo("x" * (number % 3), transcript="ward-4")
    elif action == "u" and journal.can_undo:
        journal.undo()
    elif action == "U" and journal.can_redo:
        journal.redo()
    elif codings and action in "rcm":
        change(journal, action, codings[number % len(codings)].id, number)


def change(journal: Journal, action: str, coding_id: str, number: int) -> None:
    if action == "r":
        journal.remove(coding_id)
    elif action == "c":
        journal.recode(coding_id, f"code-{number % 2}")
    else:
        journal.memo("note", coding=coding_id)


def test_replay_of_nothing() -> None:
    state = replay([], "ann")
    assert (state.codings, state.memos, state.conflicts) == ({}, {}, [])
