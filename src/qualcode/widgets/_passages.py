"""A coder's passages of one code, as a list from which some are chosen."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.coding.anchors import place_codings
from qualcode.errors import AdriftWarning
from qualcode.widgets._payload import clock

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed
    from qualcode.model import Coding, Transcript

__all__ = ["passages_of", "place_of"]


def passages_of(
    codings: Iterable[Coding], corpus: Mapping[str, Transcript]
) -> list[dict[str, Any]]:
    """Give codings with their words, who speaks and where; of those adrift, the words as coded."""
    codings = list(codings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AdriftWarning)  # each is marked in the list
        placement = place_codings(
            codings,
            {
                c.transcript_id: corpus[c.transcript_id]
                for c in codings
                if c.transcript_id in corpus
            },
        )
    rows = [_row(placed, corpus[placed.coding.transcript_id]) for placed in placement.placed]
    return rows + [
        {
            **_about(adrift.coding),
            "quote": adrift.coding.quote,
            "body": "",
            "speaker": "",
            "role": "",
            "place": adrift.coding.transcript_id,
            "adrift": True,
        }
        for adrift in placement.adrift
    ]


def _row(placed: Placed, transcript: Transcript) -> dict[str, Any]:
    turn = transcript.turn_at(placed.start)
    speaker = "" if turn is None else turn.speaker
    return {
        **_about(placed.coding),
        "quote": transcript.text[placed.start : placed.end],
        "body": transcript.body,
        "speaker": speaker,
        "role": transcript.roles.get(speaker, ""),
        "place": place_of(transcript, placed.start),
        "adrift": False,
    }


def _about(coding: Coding) -> dict[str, Any]:
    return {"id": coding.id, "transcript": coding.transcript_id, "memo": coding.memo}


def place_of(transcript: Transcript, offset: int) -> str:
    """Say where an offset is: ``ward-2, 00:00:21, turn 2``."""
    turn = transcript.turn_at(offset)
    if turn is None:
        return transcript.id
    time = "" if turn.time is None else f"{clock(turn.time)}, "
    return f"{transcript.id}, {time}turn {turn.number}"
