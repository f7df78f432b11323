"""Suggesters that learn, whose thread is held by hand, and a session that is told by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import qualcode as qc
from qualcode.widgets._session import CoderSession

if TYPE_CHECKING:
    from qualcode.coding.suggesting import Decision
    from qualcode.model import Transcript


class Pupil:
    """Offers each long word as Rest and, with each lesson, shorter ones too."""

    model = "pupil"

    def __init__(self) -> None:
        self.lessons: list[tuple[Decision, ...]] = []
        self.go = Event()
        self.go.set()
        self.fault: Exception | None = None
        self.calls = 0

    def __call__(self, transcript: Transcript) -> Iterator[tuple[int, int, str, float, str]]:
        least = 6 - len(self.lessons)
        for word in self.words(transcript, least):
            yield (*word.span(), "rest", 0.9, f"{len(word[0])} letters\nmore: {word[0]}")

    def learn(self, decisions: Sequence[Decision]) -> None:
        assert self.go.wait(10)
        self.calls += 1
        if self.fault is not None:
            raise self.fault
        self.lessons.append(tuple(decisions))

    @staticmethod
    def words(transcript: Transcript, least: int) -> list[re.Match[str]]:
        start = transcript.turns[1].words_start
        pattern = re.compile(rf"\b[a-zA-Z]{{{least},}}\b", re.ASCII)
        return list(pattern.finditer(transcript.text, start))


class Scout(Pupil):
    """A pupil who also says what to decide first: the first short words of each transcript."""

    model = "scout"

    def queue(self, transcripts: Sequence[Transcript], limit: int) -> list[tuple[Any, ...]]:
        assert self.go.wait(10)
        items = []
        for transcript in reversed(transcripts):
            for word in self.words(transcript, 2)[:2]:
                items.append((transcript.id, *word.span(), "breaks", 0.41, "unsure"))
        return [*items, ("ward-9", 0, 1, "breaks", 0.5, ""), ("ward-1", 0, 3, "nope", 0.5, "")]

    def reliability(self, code_id: str) -> str:
        return f"{code_id}: 62 of 100" if code_id == "breaks" else ""


class Shrinking(Pupil):
    """Has no offers any more once it has learned."""

    model = "shrinking"

    def __call__(self, transcript: Transcript) -> Iterator[tuple[int, int, str, float, str]]:
        return iter(()) if self.lessons else super().__call__(transcript)


def opened(folder: Path, suggest: Any, **more: Any) -> CoderSession:
    session = CoderSession(qc.open_study(folder), "RT", suggest=suggest, **more)
    session.snapshot()
    return session


def tell(session: CoderSession, kind: str, **fields: Any) -> dict[str, Any]:
    return session.handle({"kind": kind, "request": "7", **fields})[-1]


def add(session: CoderSession, number: int, code: str = "staffing", *, skip: int = 0) -> list[str]:
    """Code words by hand, in one change; give their ids."""
    text = session.transcript.text
    words = Pupil.words(session.transcript, 2)[skip : skip + number]
    assert len(words) == number
    spans = [
        {"transcript": session.transcript.id, "start": w.start(), "end": w.end(), "quote": w[0]}
        for w in words
    ]
    before = set(session.view()["codings"])
    assert tell(session, "add", spans=spans, code=code)["ok"], text
    return sorted(set(session.view()["codings"]) - before)


def take_in(session: CoderSession) -> dict[str, Any]:
    """Wait until the thread is done, and ask as a view does each 2.5 seconds: what changed?"""
    session.offering.learning.wait()
    messages = session.handle({"kind": "ping", "request": "1"})
    return messages[0].get("parts", {})


def offered(session: CoderSession) -> list[str]:
    text = session.transcript.text
    offers = sorted(session.view()["suggestions"].values(), key=lambda one: one["start"])
    return [text[one["start"] : one["end"]] for one in offers]
