"""Passages that a suggester offers for coding, checked, and kept until it has learned."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.coding.suggesting import Learns, Queues, Suggester, TellsReliability
from qualcode.model import Source
from qualcode.widgets._intents import IntentError

if TYPE_CHECKING:
    from qualcode.coding._requests import CodeList
    from qualcode.model import Transcript

__all__ = ["Key", "Offer", "Offers"]

#: transcript, start, end, code
Key = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A code offered for a span of one text; its id says which, so it means the same for ever."""

    transcript: str
    text_hash: str
    start: int
    end: int
    code: str
    score: float
    why: str
    reliability: str = ""

    @property
    def key(self) -> Key:
        """What is decided: a code for a span."""
        return self.transcript, self.start, self.end, self.code

    @property
    def id(self) -> str:
        """The name under which a view knows it."""
        return f"{self.transcript}:{self.start}:{self.end}:{self.code}"

    def payload(self) -> dict[str, Any]:
        """Give what a view shows of it."""
        return {
            "id": self.id,
            "transcript": self.transcript,
            "start": self.start,
            "end": self.end,
            "code": self.code,
            "score": self.score,
            "why": self.why,
            "reliability": self.reliability,
        }


class Offers:
    """What one suggester offers; asked once for each text, and again when it has learned.

    Parameters
    ----------
    suggest : Suggester
        Takes a transcript; gives ``(start, end, code, score, why)`` for each passage.
    codes : CodeList
        The codes; an offer of another code is left out, and counted.
    """

    def __init__(self, suggest: Suggester, codes: CodeList) -> None:
        self.suggest, self._codes = suggest, codes
        self.model = getattr(suggest, "model", None) or getattr(suggest, "__name__", "suggester")
        self.left_out = 0
        #: while it is true the suggester is at work elsewhere, and is asked for nothing
        self.resting = False
        self._made: dict[str, tuple[str, dict[str, Offer]]] = {}

    @property
    def learns(self) -> bool:
        """True if decisions make other offers."""
        return isinstance(self.suggest, Learns)

    @property
    def queues(self) -> bool:
        """True if there is a queue over all transcripts."""
        return isinstance(self.suggest, Queues)

    def of(self, transcript: Transcript) -> Mapping[str, Offer] | None:
        """Give the offers for a transcript by id; None if they cannot be asked for just now."""
        text, made = self._made.get(transcript.id, ("", {}))
        if text == transcript.text_hash:
            return made
        if self.resting:
            return None
        return self.put(transcript, self.make(transcript))

    def put(self, transcript: Transcript, made: dict[str, Offer]) -> Mapping[str, Offer]:
        """Keep what was made for a transcript."""
        self._made[transcript.id] = (transcript.text_hash, made)
        return made

    def forget(self) -> dict[str, Offer]:
        """Drop what was made before the suggester learned, and give it."""
        former = {name: one for _, made in self._made.values() for name, one in made.items()}
        self._made.clear()
        return former

    def make(self, transcript: Transcript) -> dict[str, Offer]:
        """Ask the suggester for its offers for a transcript."""
        offer = self._maker()
        made = (offer(transcript, *one) for one in self.suggest(transcript))
        return {one.id: one for one in made if one is not None}

    def make_queue(self, transcripts: Iterable[Transcript], limit: int) -> list[Offer]:
        """Ask the suggester what it would learn most from, the best first."""
        if not isinstance(self.suggest, Queues):
            return []
        texts = {one.id: one for one in transcripts}
        offer = self._maker()
        items = self.suggest.queue(list(texts.values()), limit)
        made = (offer(texts[name], *one) for name, *one in items if name in texts)
        return list({one.id: one for one in made if one is not None}.values())[:limit]

    def source(self, offer: Offer) -> Source:
        """Say where a coding made of an offer comes from."""
        return Source("suggestion", self.model, offer.score)

    def _maker(self) -> Callable[..., Offer | None]:
        """Give what checks a suggestion; each code's reliability is asked for once."""
        lines: dict[str, str] = {}

        def offer(
            text: Transcript, start: int, end: int, code: str, score: float, why: str
        ) -> Offer | None:
            if code not in self._codes or not 0 <= start < end <= len(text.text):
                self.left_out += 1
                return None
            if code not in lines:
                lines[code] = self._reliability(code)
            place = (text.id, text.text_hash, int(start), int(end))
            now = self._codes.resolve(code)
            return Offer(*place, now, _score(score), str(why), lines[code])

        return offer

    def _reliability(self, code: str) -> str:
        told = isinstance(self.suggest, TellsReliability)
        return str(self.suggest.reliability(code) or "") if told else ""  # type: ignore[attr-defined]


def _score(score: float) -> float:
    number = float(score)
    if not math.isfinite(number):
        raise IntentError(f"a suggestion's score cannot be {number}", mend="use 0 to 1")
    return number
