"""The rule book of the coding workspace: what a coder may do, and what they then see.

Every intent is checked against the present text and is on the disk before any view changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.coding.journal import NewCoding
from qualcode.errors import clip
from qualcode.widgets import _intents as ask
from qualcode.widgets._base_session import Answer
from qualcode.widgets._coder_view import CoderView
from qualcode.widgets._finding import MOST_FOUND, find_matches
from qualcode.widgets._intents import IntentError, Span
from qualcode.widgets._queue import place_of
from qualcode.widgets._saying import coded, counted, said_of_events

if TYPE_CHECKING:
    from qualcode.coding.events import Event
    from qualcode.model import Transcript
    from qualcode.widgets._offering import Offering

__all__ = ["CoderSession"]

_WRITING = (
    ask.Add,
    ask.NewCode,
    ask.Recode,
    ask.Resize,
    ask.Remove,
    ask.Memo,
    ask.Undo,
    ask.Redo,
    ask.Accept,
    ask.Decline,
)


class CoderSession(CoderView):
    """One coder at work on a study; made like `qualcode.widgets._coder_view.CoderView`."""

    intents = ask.Intent

    # What may be asked for ------------------------------------------------------------------

    @singledispatchmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""
        raise IntentError(f"nothing is known of {clip(type(intent).__name__)!r}")

    def before(self, intent: Any) -> None:
        """Look whether the journal is whole before anything is written to it."""
        if isinstance(intent, _WRITING):
            self.check_whole()

    @act.register
    def _(self, _intent: ask.Ping) -> Answer:
        self._fill = True
        if self.offering is not None:
            self.offering.ask_queue(self.transcript)
        return {}

    @act.register
    def _(self, intent: ask.Open) -> Answer:
        self.show(intent.transcript)
        if self.offering is not None:
            self.offering.held = None
        return {"say": f"{self.transcript.id} is open"}

    @act.register
    def _(self, intent: ask.Add) -> Answer:
        asked = self._new(intent.spans, intent.code, intent.memo)
        new = asked if len(asked) == 1 else self._without_repeats(asked)
        codings = self.journal.add_many(new)
        had = f"; {len(asked) - len(new):,} had it already" if len(new) < len(asked) else ""
        return {
            "say": coded(codings, self.codes.now[intent.code].name) + had,
            "coding": codings[0].id if len(codings) == 1 else "",
        }

    @act.register
    def _(self, intent: ask.NewCode) -> Answer:
        new = self._new(intent.spans, "", intent.memo)  # a wrong span leaves the codebook alone
        code = self.codes.add(intent.name, intent.definition, intent.parent)
        answer: Answer = {"say": f"new code {code.name}", "code": code.id}
        if new:
            added = self.journal.add_many(
                NewCoding(one.transcript, one.start, one.end, code.id, one.memo) for one in new
            )
            answer |= {"say": f"new code; {coded(added, code.name)}", "coding": added[0].id}
        return answer

    @act.register
    def _(self, intent: ask.Recode) -> Answer:
        coding = self.journal.recode(intent.coding, intent.code)
        return {"say": f"recoded as {self.codes.now[coding.code_id].name}", "coding": coding.id}

    @act.register
    def _(self, intent: ask.Resize) -> Answer:
        transcript = self._checked(intent.span)
        coding = self.journal.resize(intent.coding, transcript, intent.span.start, intent.span.end)
        return {"say": f"now {counted(len(coding.quote.split()), 'word')}", "coding": coding.id}

    @act.register
    def _(self, intent: ask.Remove) -> Answer:
        coding = self.journal.remove(intent.coding)
        return {"say": f"removed {self._name(coding.code_id)}"}

    @act.register
    def _(self, intent: ask.Memo) -> Answer:
        if intent.on not in ("coding", "transcript", "code"):
            raise IntentError(f"no memo can be on a {clip(intent.on)!r}")
        self.journal.memo(intent.text, **{intent.on: intent.id})
        return {"say": "memo saved" if intent.text else "memo taken away"}

    @act.register
    def _(self, _intent: ask.Undo) -> Answer:
        return {"say": f"undone: {self._said(self.journal.undo())}"}

    @act.register
    def _(self, _intent: ask.Redo) -> Answer:
        return {"say": f"done again: {self._said(self.journal.redo())}"}

    @act.register
    def _(self, intent: ask.Pin) -> Answer:
        self.pins.put(self.codes.resolve(intent.code), intent.key)
        where = f"on key {intent.key}" if intent.key else "off its key"
        return {"say": f"{self._name(intent.code)} is {where}"}

    @act.register
    def _(self, intent: ask.Find) -> Answer:
        where = self.texts.values() if intent.everywhere else [self.transcript]
        found = find_matches(intent, where)
        more = " or more" if len(found) == MOST_FOUND else ""
        return {"say": f"{counted(len(found), 'match')}{more}", "found": found}

    @act.register
    def _(self, intent: ask.Suggest) -> Answer:
        offering = self._offering()
        offering.on = intent.on
        if not intent.on:
            return {"say": "no suggestions shown"}
        return {"say": offering.say_count(self.transcript, self.own())}

    @act.register
    def _(self, _intent: ask.GoOn) -> Answer:
        offering = self._offering()
        offer = offering.go_on()
        queue = offering.queue
        if queue is None or offer is None:
            raise IntentError(offering.why_nothing_is_queued())
        if offer.transcript != self.transcript.id:
            self.show(offer.transcript)
        where = f"{queue.number:,} of {len(queue):,} in the queue: {place_of(offer, self.texts)}"
        return {"say": f"{where}, {self._name(offer.code)}", "suggestion": offer.id}

    @act.register
    def _(self, intent: ask.Look) -> Answer:
        offering = self._offering()
        offering.held = offering.find(intent.suggestion, self.transcript, self.own())
        return {}

    @act.register
    def _(self, intent: ask.Accept) -> Answer:
        new = self._offered(intent.suggestion, intent.memo)
        left = self._left_after(intent.suggestion)
        coding = self.journal.add_many([new])[0]
        said = f"accepted: {coded([coding], self._name(new.code_id))}{left}"
        return {"say": said, "coding": coding.id}

    @act.register
    def _(self, intent: ask.Decline) -> Answer:
        new = self._offered(intent.suggestion, intent.memo)
        left = self._left_after(intent.suggestion)
        self.journal.decline(new)
        return {"say": f"declined: {self._name(new.code_id)}{left}"}

    # Checks --------------------------------------------------------------------------------

    def _checked(self, span: Span) -> Transcript:
        """Give the transcript of a span, if the words that the view read there stand there."""
        transcript = self.texts[span.transcript]
        span.check(transcript)
        return transcript

    def _new(self, spans: Sequence[Span], code: str, memo: str) -> list[NewCoding]:
        return [NewCoding(self._checked(s), s.start, s.end, code, memo) for s in spans]

    def _without_repeats(self, asked: list[NewCoding]) -> list[NewCoding]:
        """Leave out what has the code already; refuse if nothing is left."""
        code = self.codes.resolve(asked[0].code_id)
        has = {
            (one.transcript_id, one.start, one.end)
            for one in self.journal.codings
            if one.code_id in self.codes and self.codes.resolve(one.code_id) == code
        }
        new = [one for one in asked if (one.transcript.id, one.start, one.end) not in has]
        if not new:
            raise IntentError(f"all {len(asked):,} have that code already", mend="choose another")
        return new

    def _said(self, events: Sequence[Event]) -> str:
        return said_of_events(events, self._name, self.journal.added)

    def _offering(self) -> Offering:
        if self.offering is None:
            mend = "give `suggest=` to the workspace"
            raise IntentError("nothing here makes suggestions", mend=mend)
        return self.offering

    def _offered(self, name: str, memo: str) -> NewCoding:
        offering = self._offering()
        offer = offering.find(name, self.transcript, self.own())
        if offer is None:
            raise IntentError("that suggestion is decided or gone", mend="choose another")
        text, source = self.texts[offer.transcript], offering.offers.source(offer)
        return NewCoding(text, offer.start, offer.end, offer.code, memo, source)

    def _left_after(self, name: str) -> str:
        """Say how many are left in the queue when its present one is decided."""
        queue = self._offering().payload()
        if queue is None or queue["at"] != name:
            return ""
        return f"; {queue['left'] - 1:,} left in the queue"

    def _name(self, code_id: str) -> str:
        return self.codes.now[code_id].name if code_id in self.codes else clip(code_id)
