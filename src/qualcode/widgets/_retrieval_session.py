"""The rule book of reading a code's quotes: which are shown, which one in its place, which starred.

Only stars are written, in a file of their own; journals are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.coding.journal import check_coder_name
from qualcode.errors import QualcodeError, StudyError, clip
from qualcode.widgets._base_session import Answer, BaseSession
from qualcode.widgets._intents import IntentError, Ping
from qualcode.widgets._live_study import LiveStudy
from qualcode.widgets._payload import codes_payload, text_payload
from qualcode.widgets._retrieval_intents import Look, Mark, Read, RetrievalIntent
from qualcode.widgets._retrieval_rows import (
    filtered,
    options_of,
    quote_payload,
    sorted_by,
)
from qualcode.widgets._saying import counted
from qualcode.widgets._stars import Stars

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.study import Study

__all__ = ["RetrievalSession"]


class RetrievalSession(BaseSession):
    """Somebody who reads what was said under a code.

    Parameters
    ----------
    study : Study
        A study; without a folder nothing can be starred.
    coder : str, optional
        Who stars.
    code : str, optional
        The code read first; by default the first theme.
    clock : callable, optional
        Gives the time, with its zone.
    """

    intents = RetrievalIntent
    keyed = frozenset({"counts", "quotes", "stars"})

    def __init__(
        self,
        study: Study,
        coder: str | None = None,
        code: str | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.coder = "" if coder is None else check_coder_name(coder)
        self.live = LiveStudy(study)
        self.stars = Stars(study.root, clock or (lambda: datetime.now(UTC)))
        first = study.codebook.themes[0].id
        whose = study.settings.coder
        self.look = Look(
            code=first if code is None else study.codebook.resolve(code),
            coders=[whose] if whose in study.codings.coders else [],
        )
        self._reading: dict[str, Any] | None = None
        self._made: dict[str, tuple[Any, Any]] = {}

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return self.live.now

    # What a view shows ---------------------------------------------------------------------

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.live.refresh()
        self.stars.refresh()
        there = self._there()
        order, quotes = self._quotes(there)
        return {
            "study": self._about(),
            "codes": self._once("codes", self.live.codebook, codes_payload),
            "counts": self._once("counts", self.study, _counts),
            "look": _plain(self.look),
            "options": self._once("options", there, options_of),
            "order": order,
            "quotes": quotes,
            "of": len(there),
            "stars": {name: one for name, one in self.stars.now.items() if name in self._placed()},
            "gone": [one for name, one in self.stars.now.items() if name not in self._placed()],
            "reading": self._reading,
            "notice": self._notice(),
        }

    def _about(self) -> dict[str, Any]:
        settings = self.study.settings
        return {
            "title": settings.title,
            "note": settings.synthetic_label,
            "coder": self.coder,
            "writable": self.study.root is not None,
        }

    def _notice(self) -> str:
        if self.live.fault or self.stars.fault:
            return self.live.fault or self.stars.fault
        if self.look.code not in self.live.codebook:
            return f"the code {clip(self.look.code)!r} is not there any more: choose another"
        adrift = len(self.study.placement.adrift)
        if adrift:
            return f"{counted(adrift, 'coding')} of the study adrift: not shown, since its words have changed"
        return ""

    def _there(self) -> Any:
        """Give all segments of the code that is looked at."""
        return self._once("there", (self.study, self.look.code), lambda _: self._segments())

    def _segments(self) -> Any:
        code = self.look.code
        return self.study.segments(code if code in self.live.codebook else [])

    def _quotes(self, there: Any) -> tuple[list[str], dict[str, Any]]:
        """Give the quotes that pass, by id, and their order."""
        starred = tuple(self.stars.now) if self.look.starred else ()

        def make(_: Any) -> tuple[list[str], dict[str, Any]]:
            shown = sorted_by(filtered(there, self.look, dict.fromkeys(starred)), self.look.sort)
            return shown["coding_id"].tolist(), quote_payload(shown, self.study.corpus)

        made: tuple[list[str], dict[str, Any]] = self._once(
            "quotes", (self.study, self.look, starred), make
        )
        return made

    def _placed(self) -> Mapping[str, str]:
        """Give the code of each coding that can be shown, by the coding's id."""
        return self._once("placed", self.study, _placed)  # type: ignore[no-any-return]

    def _once(self, name: str, key: Any, make: Callable[[Any], Any]) -> Any:
        """Make something of a key, again only when the key is another one."""
        known = self._made.get(name)
        if known is None or not _same(known[0], key):
            known = self._made[name] = (key, make(key))
        return known[1]

    # What somebody may ask for -------------------------------------------------------------

    @singledispatchmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""
        raise IntentError(f"nothing is known of {clip(type(intent).__name__)!r}")

    @act.register
    def _(self, _intent: Ping) -> Answer:
        return {}

    @act.register
    def _(self, intent: Look) -> Answer:
        self.live.refresh()
        self.live.codebook.resolve(intent.code)
        before = self.look
        try:
            self.look = intent
            order, _ = self._quotes(self._there())
        except QualcodeError:
            self.look = before
            raise
        name = self.live.codebook[intent.code].name
        return {"say": f"{counted(len(order), 'quote')} of {name}"}

    @act.register
    def _(self, intent: Read) -> Answer:
        if not intent.coding:
            self._reading = None
            return {"say": "transcript closed"}
        placed = self._found(intent.coding)
        transcript = self.study.corpus[placed.coding.transcript_id]
        text = text_payload(transcript)
        self._reading = {
            "coding": intent.coding,
            "start": placed.start,
            "end": placed.end,
            "text": text,
        }
        return {"say": f"{transcript.id} is open at the quote"}

    @act.register
    def _(self, intent: Mark) -> Answer:
        if intent.on:
            self.stars.put(self._found(intent.coding), self.study, self.coder)
        else:
            self.stars.take(intent.coding)
        number = sum(name in self._placed() for name in self.stars.now)
        verb = "starred" if intent.on else "star taken away"
        return {"say": f"{verb}; {counted(number, 'quote')} picked in all"}

    def _found(self, coding_id: str) -> Any:
        self.live.refresh()
        for placed in self.study.placement.placed:
            if placed.coding.id == coding_id:
                return placed
        raise StudyError("that coding is not there any more", mend="choose another quote")


def _same(one: Any, other: Any) -> bool:
    """Tell whether two keys are one: frames and studies by identity, the rest by value."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one is other or (isinstance(one, str | Look) and bool(one == other))


def _placed(study: Study) -> dict[str, str]:
    return {one.coding.id: one.coding.code_id for one in study.placement.placed}


def _counts(study: Study) -> dict[str, int]:
    """Count the quotes of each code, those of the codes below with them."""
    book = study.codebook
    own = Counter(book.resolve(one.coding.code_id) for one in study.placement.placed)
    return {code.id: sum(own[one] for one in book.descendants(code.id)) for code in book}


def _plain(look: Look) -> dict[str, Any]:
    """Give what is looked for as a view sends it."""
    names = ("code", "body_types", "roles", "coders", "words", "contrary", "starred", "sort")
    return {name: getattr(look, name) for name in names}
