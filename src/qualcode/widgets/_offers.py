"""Passages that a function offers for coding, as a view shows them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.model import Source
from qualcode.widgets._intents import IntentError

if TYPE_CHECKING:
    from qualcode.coding._requests import CodeList
    from qualcode.model import Coding, Transcript

__all__ = ["Offers", "Suggester"]

#: transcript -> (start, end, code, score, why)
Suggester = Callable[["Transcript"], Iterable[tuple[int, int, str, float, str]]]


class Offers:
    """What one function suggests; asked once for each transcript, and again when told to.

    Parameters
    ----------
    suggest : callable
        Takes a transcript; gives ``(start, end, code, score, why)`` for each passage.
    codes : CodeList
        The codes; an offer of another code is left out, and counted.
    """

    def __init__(self, suggest: Suggester, codes: CodeList) -> None:
        self._suggest, self._codes = suggest, codes
        self.model = getattr(suggest, "model", None) or getattr(suggest, "__name__", "suggester")
        self.left_out = 0
        self._made: dict[str, dict[str, dict[str, Any]]] = {}

    def open_in(
        self, transcript: Transcript, taken: Iterable[Mapping[str, Any]], declined: Iterable[Coding]
    ) -> dict[str, dict[str, Any]]:
        """Give the offers that nobody has decided on: not coded so, and not declined."""
        made = self._made.get(transcript.id)
        if made is None:
            made = self._made[transcript.id] = self._ask(transcript)
        decided = {(one["start"], one["end"], one["code"]) for one in taken}
        decided |= {
            (one.start, one.end, one.code_id)
            for one in declined
            if one.transcript_id == transcript.id
        }
        return {
            name: offer
            for name, offer in made.items()
            if (offer["start"], offer["end"], offer["code"]) not in decided
        }

    def source(self, offer: Mapping[str, Any]) -> Source:
        """Say where a coding made of an offer comes from."""
        return Source("suggestion", self.model, offer["score"])

    def _ask(self, transcript: Transcript) -> dict[str, dict[str, Any]]:
        offers = {}
        for start, end, code, score, why in self._suggest(transcript):
            if code not in self._codes or not 0 <= start < end <= len(transcript.text):
                self.left_out += 1
                continue
            now = self._codes.resolve(code)
            name = f"{transcript.id}:{start}:{end}:{now}"
            offers[name] = {
                "id": name,
                "transcript": transcript.id,
                "start": int(start),
                "end": int(end),
                "code": now,
                "score": _score(score),
                "why": str(why),
            }
        return offers


def _score(score: float) -> float:
    number = float(score)
    if not math.isfinite(number):
        raise IntentError(f"a suggestion's score cannot be {number}", mend="use 0 to 1")
    return number
