"""What views are given, as plain values: texts, codes, codings.

Offsets are code points; the front end makes UTF-16 units of them at its own door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["blocks_of", "clock", "codes_payload", "coding_payload", "text_payload"]

Payload = dict[str, Any]


def text_payload(transcript: Transcript) -> Payload:
    """Give a transcript's text, and the blocks it is shown in."""
    return {
        "id": transcript.id,
        "text": transcript.text,
        "blocks": blocks_of(transcript),
        "synthetic": transcript.synthetic,
        "about": ", ".join(
            str(part) for part in (transcript.body, transcript.body_type, transcript.date) if part
        ),
    }


def blocks_of(transcript: Transcript) -> list[Payload]:
    """Cut a text into what is shown as one paragraph: a turn, or text that belongs to none.

    ``start`` is where the block begins, ``from`` and ``to`` hold its words; ``asks`` marks the
    interviewer's, which nobody means to code.
    """
    turns = transcript.turns
    first = turns[0].start if turns else len(transcript.text)
    blocks = _paragraphs(transcript.text, first)
    for turn in turns:
        role = transcript.roles.get(turn.speaker, "")
        blocks.append(
            {
                "turn": turn.number,
                "speaker": turn.speaker,
                "role": role,
                "time": "" if turn.time is None else clock(turn.time),
                "start": turn.start,
                "from": turn.words_start,
                "to": turn.end,
                "asks": role.strip().casefold() == "interviewer",
            }
        )
    return blocks


def _paragraphs(text: str, end: int) -> list[Payload]:
    """Give the paragraphs before the first turn; text without turns is all paragraphs."""
    blocks: list[Payload] = []
    start = 0
    for part in text[:end].split("\n\n"):
        words = part.strip()
        if words:
            at = start + part.index(words)
            blocks.append(
                {"turn": None, "speaker": "", "role": "", "time": "", "start": at, "from": at}
                | {"to": at + len(words), "asks": False}
            )
        start += len(part) + 2
    return blocks


def clock(seconds: float) -> str:
    """Write a time of a recording: ``00:14:31``."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def codes_payload(codebook: Codebook) -> list[Payload]:
    """Give the codes in tree order."""
    return [
        {
            "id": code.id,
            "name": code.name,
            "path": codebook.path_of(code.id),
            "parent": code.parent,
            "depth": codebook.depth_of(code.id),
            "colour": code.colour,
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "example": code.example,
        }
        for code in codebook
    ]


def coding_payload(placed: Placed, codes: Codebook, *, own: bool) -> Payload:
    """Give one coding where it stands now."""
    coding = placed.coding
    return {
        "id": coding.id,
        "code": codes.resolve(coding.code_id) if coding.code_id in codes else coding.code_id,
        "coder": coding.coder,
        "start": placed.start,
        "end": placed.end,
        "memo": coding.memo,
        "source": coding.source.kind,
        "model": coding.source.model or "",
        "at": coding.created_at.isoformat(timespec="seconds"),
        "own": own,
    }
