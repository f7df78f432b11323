"""The lines of a journal: what is written, what is read back, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding._lines import decode_events, encode_event
from qualcode.coding._uuid7 import make_uuid7
from qualcode.coding.events import (
    AddEvent,
    Event,
    EventSource,
    MemoEvent,
    RecodeEvent,
    RedoEvent,
    RemoveEvent,
    UndoEvent,
)
from qualcode.errors import JournalError

from ._journals import START, line

names = st.text(min_size=1).filter(lambda name: name.isprintable())
times = st.datetimes(timezones=st.just(UTC))
sources = st.builds(
    EventSource,
    st.sampled_from(["manual", "suggestion", "import"]),
    st.none() | st.text(st.characters(codec="utf-8")),
    st.none() | st.floats(0, 1),
)
words = st.text(st.characters(codec="utf-8"))
base = {"id": names, "at": times, "batch": st.none() | names}
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        AddEvent,
        **base,
        transcript=names,
        text_hash=words,
        code=names,
        start=st.integers(0, 99),
        end=st.integers(100, 2**53 - 1),
        quote=words,
        source=sources,
        memo=words,
    ),
    st.builds(RemoveEvent, **base, coding=names),
    st.builds(RecodeEvent, **base, coding=names, code=names),
    st.builds(MemoEvent, **base, memo=words, coding=names),
    st.builds(MemoEvent, **base, memo=words, transcript=names),
    st.builds(MemoEvent, **base, memo=words, code=names),
    st.builds(UndoEvent, **base, undoes=names),
    st.builds(RedoEvent, **base, redoes=names),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(events, max_size=4))
def test_events_round_trip(made: list[Event]) -> None:
    data = b"".join(map(encode_event, made))
    assert data.count(b"\n") == len(made)
    assert decode_events(data) == made


def test_an_add_line() -> None:
    event = AddEvent(
        id="0190",
        at=START,
        transcript="ward-4",
        text_hash="sha256:00",
        code="rest",
        start=3,
        end=8,
        quote="“a\nb”",
        source=EventSource("suggestion", "keywords", 0.5),
        memo="sure?",
    )
    expected = (
        '{"id":"0190","at":"2026-01-06T09:00:00.000000Z","event":"add","transcript":"ward-4",'
        '"text_hash":"sha256:00","code":"rest","start":3,"end":8,"quote":"“a\\nb”",'
        '"source":{"kind":"suggestion","model":"keywords","score":0.5},"memo":"sure?"}\n'
    )
    assert encode_event(event).decode() == expected


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(JournalError, match="UTF-8 cannot hold"):
        encode_event(MemoEvent(id="1", at=START, memo="\ud83d", code="rest"))


@pytest.mark.parametrize("odd", [b"\xef\xbb\xbf", b"\n", b"  \n\r\n"])
def test_a_byte_order_mark_and_blank_lines_are_no_faults(odd: bytes) -> None:
    data = odd + line("undo", 1, undoes="e0").encode() + b"\r\n\n"
    assert decode_events(data) == [UndoEvent(id="e1", at=START + timedelta(seconds=1), undoes="e0")]


def test_two_events_on_one_line_are_both_read() -> None:
    one, two = line("undo", 1, undoes="e0"), line("undo", 2, undoes="e0")
    assert [event.id for event in decode_events(f"{one}{two}\n".encode())] == ["e1", "e2"]
    with pytest.raises(JournalError, match="j:2: a line that is cut short"):
        decode_events(f"{one}{two}\n{one[:20]}\n".encode(), file="j")


def changed(event: str, *without: str, **fields: object) -> str:
    made = json.loads(line(event, 4, **fields))
    return json.dumps({key: value for key, value in made.items() if key not in without})


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (changed("add", "quote"), "missing required field `quote`"),
        (changed("add", "source"), "missing required field `source`"),
        (changed("add", "at"), "missing required field `at`"),
        (changed("add", start=-1), r">= 0 - at `\$.start`"),
        (changed("add", start=9, end=5), r"the span \[9, 5\) is empty or reversed"),
        (changed("add", start=5, end=5), r"the span \[5, 5\) is empty or reversed"),
        (changed("add", end=2**60), r"<= 9007199254740991 - at `\$.end`"),
        (changed("add", start="4"), "Expected `int`, got `str`"),
        (changed("add", code=""), r"length >= 1 - at `\$.code`"),
        (changed("add", source={"kind": "guess"}), r"Invalid enum value 'guess'"),
        (changed("add", weight=3), "unknown field `weight`.*install the qualcode that wrote it"),
        (changed("jump"), "Invalid value 'jump'.*install the qualcode that wrote it"),
        (changed("undo", undoes="e0", at="2026-01-06T09:00:00"), "timezone"),
        (changed("undo", undoes="e0", at="2026-01-06T09:00:00+01:00"), "not in UTC"),
        (changed("memo", memo="x"), "exactly one of coding, transcript and code"),
        (changed("memo", memo="x", code="a", coding="b"), "exactly one of coding, transcript"),
        ("[1, 2]", "Expected `object`, got `array`"),
        ("nonsense", "not JSON in UTF-8"),
        ("[" * 100_000, "Expected `object`|not JSON"),
        ('{"event": "add", "zz": ' + "[" * 100_000, "not JSON|cut short|unknown field"),
    ],
)
def test_a_line_that_is_no_event(bad: str, message: str) -> None:
    good = line("undo", 1, undoes="e0")
    with pytest.raises(JournalError, match=message) as caught:
        decode_events(f"{good}\n{bad}\n{good}\n".encode(), file=Path("codings/ann.jsonl"))
    assert str(caught.value).startswith("codings/ann.jsonl:2: ")
    assert [fault.line for fault in caught.value.faults] == [2]
    assert all(fault.mend for fault in caught.value.faults)


def test_all_bad_lines_are_named_and_many_are_counted() -> None:
    with pytest.raises(JournalError, match=r"ann:1: (.|\n)*ann:3: ") as caught:
        decode_events(b"{}\n\n\xff\xfe\n", file="ann")
    assert [fault.line for fault in caught.value.faults] == [1, 3]
    with pytest.raises(JournalError, match="80 more lines that are no events") as caught:
        decode_events(b"x\n" * 100, file="ann")
    assert len(caught.value.faults) == 21


def test_an_error_shows_few_words() -> None:
    secret = "the nurse on bed nine said that she had left her husband that very morning"
    bad = [
        changed(secret),
        changed("add", source={"kind": secret}),
        secret,
        f'{{"quote": "{secret}"',
    ]
    with pytest.raises(JournalError, match="4 faults") as caught:
        decode_events("".join(f"{one}\n" for one in bad).encode(), file="ann")
    assert secret[24:] not in str(caught.value)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_utf_16_is_named(encoding: str) -> None:
    data = ("\ufeff" if encoding != "utf-16" else "") + line("undo", 1, undoes="e0") + "\n"
    with pytest.raises(JournalError, match="ann:1: not UTF-8: it begins like UTF-16"):
        decode_events(data.encode(encoding), file="ann")


def test_conflict_marks_are_explained() -> None:
    one, two = line("undo", 1, undoes="e0"), line("undo", 2, undoes="e0")
    text = f"{one}\n<<<<<<< HEAD\n{one}\n=======\n{two}\n>>>>>>> other\n"
    with pytest.raises(JournalError, match=r"ann:2: git left .* merge=union") as caught:
        decode_events(text.encode(), file="ann")
    assert len(caught.value.faults) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.datetimes(min_value=datetime(1970, 1, 1)), min_size=2), st.integers())
def test_ids_rise_with_time(moments: list[datetime], seed: int) -> None:
    rng = Random(seed)
    rising = sorted({moment.replace(tzinfo=UTC) for moment in moments})
    ids = [make_uuid7(at, rng) for at in rising]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    for at, made in zip(rising, ids, strict=True):
        assert (UUID(made).version, UUID(made).variant) == (7, "specified in RFC 4122")
        since = at - datetime(1970, 1, 1, tzinfo=UTC)
        assert UUID(made).int >> 80 == since // timedelta(milliseconds=1)


def test_ids_differ_within_one_time() -> None:
    rng = Random(1)
    assert len({make_uuid7(START, rng) for _ in range(1000)}) == 1000
