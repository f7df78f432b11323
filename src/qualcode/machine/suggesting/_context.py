"""What stands around a passage: the turn it is part of, and what was asked before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.analysis.units._unit_places import asks_only

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript

__all__ = ["contexts"]


def contexts(
    corpus: Mapping[str, Transcript], passages: pd.DataFrame
) -> tuple[list[str], list[str]]:
    """Give, for each row of the frame ``passages``, the whole turn's words and the last question.

    A question is the last turn before it by somebody whose role is interviewer, or, where nobody
    has that role, by another speaker. Both are empty where there is none.
    """
    turns: list[str] = []
    asked: list[str] = []
    known: dict[str, dict[int, tuple[str, str]]] = {}
    names, numbers = passages["transcript_id"].tolist(), passages["turn"].tolist()
    for name, number in zip(names, numbers, strict=True):
        if name not in known:
            known[name] = _around(corpus[name])
        turn, question = known[name].get(_int(number), ("", ""))
        turns.append(turn)
        asked.append(question)
    return turns, asked


def _int(number: object) -> int:
    return number if isinstance(number, int) else -1


def _around(transcript: Transcript) -> dict[int, tuple[str, str]]:
    """Give each turn's words and the question before it, by the turn's number."""
    asks = asks_only(transcript)
    found: dict[int, tuple[str, str]] = {}
    question, last, said_by = "", "", ""
    for turn in transcript.turns:
        words = transcript.text[turn.words_start : turn.end]
        if not asks and turn.speaker != said_by:
            question = last
        found[turn.number] = (words, question)
        if turn.speaker in asks:
            question = words
        last, said_by = words, turn.speaker
    return found
