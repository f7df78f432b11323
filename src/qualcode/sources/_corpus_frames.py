"""The frames of a corpus: interviews, turns, attributes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode.frames import make_frame

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["attributes_frame", "interviews_frame", "people_frame", "turns_frame"]

_NAN = float("nan")


def interviews_frame(transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Build the frame ``interviews``, a row a transcript."""
    return make_frame("interviews", [_interview(transcript) for transcript in transcripts])


def _interview(transcript: Transcript) -> dict[str, Any]:
    times = [turn.time for turn in transcript.turns if turn.time is not None]
    text = transcript.text
    return {
        "transcript_id": transcript.id,
        "body": transcript.body,
        "body_type": transcript.body_type,
        "date": transcript.date,
        "speakers": len(transcript.speakers),
        "roles": "; ".join(_roles(transcript)),
        "synthetic": transcript.synthetic,
        "turns": len(transcript.turns),
        "words": sum(len(text[turn.words_start : turn.end].split()) for turn in transcript.turns),
        "minutes": times[-1] / 60 if times else _NAN,
    }


def _roles(transcript: Transcript) -> list[str]:
    """Give the roles of those interviewed, each once, in the order of the front matter."""
    roles = dict.fromkeys(speaker.role for speaker in transcript.speakers if speaker.role)
    return [role for role in roles if not _interviews(role)]


def _interviews(role: str) -> bool:
    return role.strip().casefold() == "interviewer"


def people_frame(transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Build the frame ``people``, a row for each person interviewed in each transcript."""
    rows = [
        {
            "transcript_id": transcript.id,
            "body": transcript.body,
            "body_type": transcript.body_type,
            "speaker": speaker.label,
            "role": speaker.role,
        }
        | _said_by(speaker.label, transcript)
        for transcript in transcripts
        for speaker in transcript.speakers
        if not _interviews(speaker.role)
    ]
    return make_frame("people", rows)


def _said_by(label: str, transcript: Transcript) -> dict[str, int]:
    turns = [turn for turn in transcript.turns if turn.speaker == label]
    words = sum(len(transcript.text[turn.words_start : turn.end].split()) for turn in turns)
    return {"turns": len(turns), "words": words}


def turns_frame(transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Build the frame ``turns``, a row a turn."""
    rows = [
        {
            "transcript_id": transcript.id,
            "body": transcript.body,
            "turn": turn.number,
            "speaker": turn.speaker,
            "role": transcript.roles.get(turn.speaker, ""),
            "time": _NAN if turn.time is None else turn.time,
            "start": turn.words_start,
            "end": turn.end,
            "text": transcript.text[turn.words_start : turn.end],
        }
        for transcript in transcripts
        for turn in transcript.turns
    ]
    return make_frame("turns", rows)


def attributes_frame(transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Build a frame of the free attributes: a row a transcript, a column an attribute."""
    kept = list(transcripts)
    names = sorted({name for transcript in kept for name in transcript.attributes})
    columns = {"transcript_id": pd.Series([transcript.id for transcript in kept], dtype="str")}
    for name in names:
        columns[name] = _column([transcript.attributes.get(name) for transcript in kept])
    return pd.DataFrame(columns)


def _column(values: list[Any]) -> pd.Series[Any]:
    """Give a column the one type that all its values have: true/false, numbers, or words."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {int}:
        return pd.Series(values, dtype="Int64")
    if kinds and kinds <= {int, float}:
        return pd.Series([_NAN if v is None else v for v in values], dtype="float64")
    return pd.Series([_as_words(value) for value in values], dtype="str")


def _as_words(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(_thaw(value), ensure_ascii=False)


def _thaw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thaw(below) for key, below in value.items()}
    return [_thaw(below) for below in value] if isinstance(value, (tuple, list)) else value
