"""What a coder can do, what is refused, and what the history says of it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Memo, read_codings
from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError, UnknownCodeError
from qualcode.frames import FRAMES
from qualcode.model import Coding, Source, Transcript

from ._journals import START, TEXT, WARD, clock, line, open_journal, span, write_lines

CODES = Codebook(
    (
        Code("rest", "Rest", "When nurses rest.", was=("breaks",)),
        Code("staffing", "Staffing", "How many there are."),
    )
)


def test_add_gives_what_is_saved(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "new" / "codings")
    start, end = span("thirty beds 🏥, and")
    coding = journal.add(WARD, start, end, "staffing", memo="how many?", source=Source("import"))
    assert coding == Coding(
        coding.id,
        "ward-4",
        "staffing",
        "ann",
        start,
        end,
        "thirty beds 🏥, and",
        WARD.text_hash,
        START,
        "how many?",
        Source("import"),
    )
    assert read_codings(journal.path.parent).codings == journal.codings == (coding,)


def test_nothing_is_trimmed_and_any_integer_will_do(tmp_path: Path) -> None:
    start, end = span(" kettle. ", TEXT + " ")
    coding = open_journal(tmp_path).add(WARD, np.int64(start), np.int64(end), "rest")
    assert coding.quote == " kettle. "
    assert (type(coding.start), type(coding.end)) == (int, int)


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (5, 5, r"the span \[5, 5\) of transcript 'ward-4' holds no words"),
        (9, 4, "holds no words"),
        (-3, 4, r"\[-3, 4\) .* does not lie within its \d+ characters"),
        (0, len(TEXT) + 1, "does not lie within"),
        (10**9, 10**9 + 1, "does not lie within"),
    ],
)
def test_a_span_outside_the_text_is_refused(
    tmp_path: Path, start: int, end: int, message: str
) -> None:
    journal = open_journal(tmp_path)
    with pytest.raises(JournalError, match=f"{message}.*Mend: give a start and a greater end"):
        journal.add(WARD, start, end, "rest")
    assert not journal.path.exists()


def test_the_same_words_get_a_code_once(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, codebook=CODES)
    start, end = span("kettle")
    journal.add(WARD, start, end, "breaks")
    for code in ("rest", "breaks"):
        with pytest.raises(JournalError, match=r"ann has given the code 'rest' to .* already"):
            journal.add(WARD, start, end, code)
    journal.add(WARD, start, end, "staffing")
    journal.add(WARD, start, end - 1, "rest")
    Journal(tmp_path, "ben").add(WARD, start, end, "rest")
    assert [coding.code_id for coding in journal.codings] == ["rest", "rest", "staffing"]


def test_a_repeat_is_seen_through_a_merged_code(tmp_path: Path) -> None:
    start, end = span("kettle")
    open_journal(tmp_path).add(WARD, start, end, "breaks")
    journal = Journal(tmp_path, "ann", codebook=CODES)
    with pytest.raises(JournalError, match="already"):
        journal.add(WARD, start, end, "rest")


def test_codes_are_those_of_the_codebook(tmp_path: Path) -> None:
    journal = open_journal(tmp_path, codebook=CODES)
    coding = journal.add(WARD, 0, 3, "breaks")
    assert coding.code_id == "rest"
    journal.memo("both", code="breaks")
    assert journal.memos == (Memo("ann", "both", START + timedelta(seconds=1), code_id="rest"),)
    before = journal.path.read_bytes()
    with pytest.raises(UnknownCodeError, match="no code has the id 'staff'"):
        journal.add(WARD, 0, 4, "staff")
    with pytest.raises(UnknownCodeError, match="no code has the id 'staff'"):
        journal.recode(coding.id, "staff")
    with pytest.raises(UnknownCodeError, match="no code has the id 'staff'"):
        journal.memo("?", code="staff")
    with pytest.raises(UnknownCodeError, match="no code is named"):
        open_journal(tmp_path).add(WARD, 0, 4, " ")
    assert journal.path.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (Source("guess"), "cannot come from 'guess'.*manual, suggestion, import"),
        (Source("suggestion", "m", float("nan")), "a score cannot be nan"),
        (Source("suggestion", "m", float("inf")), "a score cannot be inf"),
    ],
)
def test_a_source_is_checked(tmp_path: Path, source: Source, message: str) -> None:
    with pytest.raises(JournalError, match=message):
        open_journal(tmp_path).add(WARD, 0, 3, "rest", source=source)


def test_add_many_is_all_or_nothing(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    bad = [NewCoding(WARD, 0, 3, "rest"), NewCoding(WARD, 0, 3, "rest"), NewCoding(WARD, 4, 4, "x")]
    with pytest.raises(JournalError, match=r"2 faults:\n.*already.*\n.*holds no words"):
        journal.add_many(bad)
    assert not journal.path.exists()
    assert journal.add_many([]) == ()
    added = journal.add_many(NewCoding(WARD, n, n + 9, "rest", memo=str(n)) for n in range(3))
    assert [(coding.start, coding.memo) for coding in added] == [(0, "0"), (1, "1"), (2, "2")]
    assert journal.path.read_bytes().count(b"\n") == 3
    assert len(journal.undo()) == 3


def test_remove_recode_and_memo(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one = journal.add(WARD, *span("kettle"), "rest")
    two = journal.add(WARD, *span("lift"), "staffing", memo="old")
    recoded = journal.recode(one.id, "kit")
    assert (recoded.id, recoded.code_id, recoded.created_at) == (one.id, "kit", one.created_at)
    journal.memo("which?", coding=two.id)
    journal.memo("quiet", transcript=WARD)
    journal.memo("loud", transcript="ward-4")
    assert journal.remove(one.id) == recoded
    (left,) = journal.codings
    assert (left.id, left.memo) == (two.id, "which?")
    assert [(memo.transcript_id, memo.text) for memo in journal.memos] == [("ward-4", "loud")]
    journal.memo("", transcript=WARD)
    assert journal.memos == ()


@pytest.mark.parametrize("verb", ["remove", "recode", "memo"])
def test_only_codings_that_are_there_and_ones_own_change(tmp_path: Path, verb: str) -> None:
    journal = open_journal(tmp_path)
    other = Journal(tmp_path, "ben").add(WARD, 0, 3, "rest")
    gone = journal.add(WARD, 0, 3, "rest")
    journal.remove(gone.id)
    before = journal.path.read_bytes()
    acts: dict[str, Any] = {
        "remove": journal.remove,
        "recode": lambda coding: journal.recode(coding, "pay"),
        "memo": lambda coding: journal.memo("x", coding=coding),
    }
    with pytest.raises(JournalError, match=r"is not ann's.*changes only their own"):
        acts[verb](other.id)
    with pytest.raises(JournalError, match=r"is removed or undone.*add the coding again"):
        acts[verb](gone.id)
    assert journal.path.read_bytes() == before


def test_recode_to_a_code_that_the_words_have(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one = journal.add(WARD, 0, 3, "rest")
    journal.add(WARD, 0, 3, "pay")
    for code in ("pay", "rest"):
        with pytest.raises(JournalError, match=f"these words have the code '{code}' .* already"):
            journal.recode(one.id, code)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({}, "exactly one thing, not 0"),
        ({"code": "a", "transcript": "b"}, "exactly one thing, not 2"),
        ({"transcript": ""}, "give one of coding=, transcript= and code="),
    ],
)
def test_a_memo_is_on_one_thing(tmp_path: Path, target: dict[str, str], message: str) -> None:
    with pytest.raises(JournalError, match=message):
        open_journal(tmp_path).memo("x", **target)
    with pytest.raises(JournalError, match="a memo is text, not NoneType"):
        open_journal(tmp_path).memo(None, code="rest")  # type: ignore[arg-type]


def test_text_that_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    with pytest.raises(JournalError, match="lone surrogate"):
        journal.add(Transcript("a", "half \ud83d of it"), 0, 7, "rest")
    with pytest.raises(JournalError, match="lone surrogate"):
        journal.memo("\udc00", transcript="a")
    assert not journal.path.exists()


def test_a_memo_may_hold_anything_else(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    text = "=1+1\n<b>\u2028\x00\x85\r\n“”\t\\"
    journal.memo(text, transcript="a")
    assert journal.path.read_bytes().count(b"\n") == 1
    assert Journal(tmp_path, "ann").memos[0].text == text


def test_times_never_run_backwards(tmp_path: Path) -> None:
    later = START + timedelta(days=1)
    open_journal(tmp_path, clock=lambda: later).add(WARD, 0, 3, "rest")
    journal = open_journal(tmp_path, clock=clock(step=-timedelta(hours=1)))
    two = journal.add_many([NewCoding(WARD, 1, 4, "rest"), NewCoding(WARD, 2, 5, "rest")])
    journal.remove(two[0].id)
    times = journal.history()["at"].tolist()
    assert times[0] == later
    assert times == sorted(set(times))
    ids = journal.history()["event_id"].tolist()
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (datetime(2026, 1, 6), "the clock gives no time zone"),
        (datetime.max.replace(tzinfo=UTC), "an event at the end of time"),
    ],
)
def test_clocks_that_cannot_be_right(tmp_path: Path, now: datetime, message: str) -> None:
    if now.tzinfo is not None:
        write_lines(tmp_path, "ann", [line("add", 1, at="9999-12-31T23:59:59.999999Z")])
    with pytest.raises(JournalError, match=message):
        open_journal(tmp_path, clock=lambda: now).add(WARD, 0, 3, "rest")


def test_a_clock_before_1970_is_lifted(tmp_path: Path) -> None:
    early = open_journal(tmp_path, clock=lambda: datetime(1901, 1, 1, tzinfo=UTC))
    assert early.add(WARD, 0, 3, "rest").created_at.year == 1970


def test_ids_and_times_can_be_the_same_in_every_run(tmp_path: Path) -> None:
    for name in "ab":
        journal = open_journal(tmp_path / name)
        journal.add_many([NewCoding(WARD, 1, 4, "rest"), NewCoding(WARD, 2, 5, "rest")])
        journal.undo()
    first, second = ((tmp_path / name / "ann.jsonl").read_bytes() for name in "ab")
    assert first == second


def test_history(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one = journal.add(WARD, *span("kettle"), "rest")
    two, _ = journal.add_many([NewCoding(WARD, 0, 3, "pay"), NewCoding(WARD, 4, 9, "pay")])
    journal.undo()
    journal.recode(one.id, "kit")
    journal.memo("odd", transcript=WARD)
    journal.undo()
    journal.redo()
    history = journal.history()
    assert {name: str(dtype) for name, dtype in history.dtypes.items()} == FRAMES["history"]
    shown = history[["event", "coding_id", "transcript_id", "code_id", "detail", "undone"]]
    assert shown.values.tolist() == [
        ["add", one.id, "ward-4", "rest", "kettle", False],
        ["add", two.id, "ward-4", "pay", "INT", True],
        ["add", journal.history()["event_id"][2], "ward-4", "pay", "How", True],
        ["undo", two.id, "ward-4", "pay", "add and 1 more", False],
        ["recode", one.id, "ward-4", "kit", "", False],
        ["memo", "", "ward-4", "", "odd", False],
        ["undo", "", "ward-4", "", "memo", False],
        ["redo", "", "ward-4", "", "memo", False],
    ]
    assert journal.history(one.id)["event"].tolist() == ["add", "recode"]
    second = journal.history()["event_id"][2]
    assert journal.history(second)["event"].tolist() == ["add", "undo"]
    with pytest.raises(JournalError, match="no event concerns the coding 'nobody'"):
        journal.history("nobody")


def test_the_history_of_nothing_has_its_columns(tmp_path: Path) -> None:
    history = open_journal(tmp_path).history()
    assert len(history) == 0
    assert {name: str(dtype) for name, dtype in history.dtypes.items()} == FRAMES["history"]


def test_what_another_program_writes_is_taken_in(tmp_path: Path) -> None:
    one, two = open_journal(tmp_path), Journal(tmp_path, "ann")
    first = one.add(WARD, 0, 3, "rest")
    assert two.codings == (first,)
    second = two.add(WARD, 4, 9, "rest")
    assert one.codings == (first, second)
    one.remove(second.id)
    with pytest.raises(JournalError, match="is removed or undone"):
        two.recode(second.id, "pay")
    with pytest.raises(JournalError, match="already"):
        two.add(WARD, 0, 3, "rest")
    assert [event.kind for event in two.undo()] == ["remove"]
    assert one.codings == (first, second)


def test_a_file_that_git_puts_in_its_place_is_read_anew(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one, two = journal.add(WARD, 0, 3, "rest"), journal.add(WARD, 4, 9, "rest")
    whole = journal.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for data, expected in (
        (lines[0], (one,)),
        (whole, (one, two)),
        (lines[1], (two,)),
        (lines[1] + lines[0], (one, two)),
    ):
        beside = tmp_path / "checkout"
        beside.write_bytes(data)
        beside.replace(journal.path)
        assert journal.codings == expected
    journal.path.unlink()
    assert journal.codings == ()
    assert journal.add(WARD, 0, 3, "rest") in journal.codings


def test_a_file_rewritten_in_place_is_read_anew(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    one = journal.add(WARD, 0, 3, "rest")
    data = journal.path.read_bytes()
    other = data.replace(b'"code":"rest"', b'"code":"kit0"')
    journal.path.write_bytes(other)
    os.utime(journal.path, ns=(1, 1))
    assert [coding.code_id for coding in journal.codings] == ["kit0"]
    journal.path.write_bytes(other + line("remove", 9, coding=one.id).encode() + b"\n")
    assert journal.codings == ()


def test_a_repr_is_short(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    assert repr(journal) == "Journal('ann', 1 codings)"


def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "codings")
    journal.add(WARD, 0, 3, "rest")
    shutil.rmtree(tmp_path / "codings")
    assert journal.codings == ()
    journal.add(WARD, 4, 9, "rest")
    assert len(Journal(tmp_path / "codings", "ann").codings) == 1
