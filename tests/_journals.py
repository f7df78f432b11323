"""What the tests of journals share: a transcript nobody spoke, clocks, and events made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from qualcode.coding.journal import Journal
from qualcode.model import Transcript

START = datetime(2026, 1, 6, 9, tzinfo=UTC)
TEXT = (
    "INT: How was the night?\n\n"
    "NN: We had two nurses for thirty beds 🏥, and the lift was broken. I didn’t sit down once.\n\n"
    "INT: And the break?\n\n"
    "NN: There is a room with a kettle. Nobody has seen the kettle since the spring.\n"
)
WARD = Transcript("ward-4", TEXT)


def clock(
    start: datetime = START, step: timedelta = timedelta(seconds=1)
) -> Callable[[], datetime]:
    """Make a clock that goes on by one step whenever it is read."""
    times = (start + count * step for count in range(10**9))
    return lambda: next(times)


def open_journal(folder: Path, coder: str = "ann", **options: Any) -> Journal:
    """Open a journal whose times and ids are the same in every run."""
    return Journal(folder, coder, **{"clock": clock(), "rng": Random(coder), **options})


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Find words in the text."""
    start = text.index(words)
    return start, start + len(words)


def line(event: str, number: int, *, second: int | None = None, **fields: Any) -> str:
    """Write an event's line by hand: number 7 has the id ``e7``, and the time of second 7."""
    at = START + timedelta(seconds=number if second is None else second)
    made = {"id": f"e{number}", "at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "event": event}
    if event == "add":
        made |= {"transcript": "ward-4", "text_hash": WARD.text_hash, "code": "rest"}
        made |= {"start": number, "end": number + 1, "quote": TEXT[number], "source": {}}
        made["source"] = {"kind": "manual"}
    return json.dumps(made | fields, ensure_ascii=False)


def write_lines(folder: Path, coder: str, lines: Iterable[str]) -> Path:
    """Write a journal by hand."""
    path = folder / f"{coder}.jsonl"
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path
