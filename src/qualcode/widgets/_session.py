"""The rule book of the coding workspace: what a coder may do, and what they then see.

Every intent is checked against the present text and is on the disk before any view changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.coding.journal import NewCoding
from qualcode.errors import StudyError, clip
from qualcode.study._faults import CODEBOOK, CODINGS
from qualcode.widgets import _intents as ask
from qualcode.widgets._base_session import Answer, BaseSession
from qualcode.widgets._desk import Desk
from qualcode.widgets._finding import MOST_FOUND, find_matches
from qualcode.widgets._intents import IntentError, Span
from qualcode.widgets._live_codebook import LiveCodebook
from qualcode.widgets._offers import Offers, Suggester
from qualcode.widgets._payload import codes_payload, text_payload
from qualcode.widgets._pins import Pins
from qualcode.widgets._saying import coded, counted, said_of_events

if TYPE_CHECKING:
    from qualcode.coding.journal import Journal
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["CoderSession"]


class CoderSession(BaseSession):
    """One coder at work on a study.

    Parameters
    ----------
    study : Study
        A study with a folder.
    coder : str
        Whose journal is written.
    also : iterable of str
        Coders whose codings are shown too, and cannot be changed. None by default, so that
        double coding is blind.
    transcript : str, optional
        What is shown first; by default the first.
    suggest : callable, optional
        Offers passages (see `qualcode.widgets._offers.Suggester`).
    """

    intents = ask.Intent
    keyed = frozenset({"counts", "transcripts", "codings", "suggestions", "notes"})

    def __init__(
        self,
        study: Study,
        coder: str,
        *,
        also: Iterable[str] = (),
        transcript: str | None = None,
        suggest: Suggester | None = None,
    ) -> None:
        super().__init__()
        if not len(study.corpus):
            raise StudyError("the study has no transcripts to code", mend="import some first")
        self.study, self.coder = study, coder
        root = study.root
        self.codes = LiveCodebook(study.codebook, None if root is None else root / CODEBOOK)
        others = [name for name in dict.fromkeys(also) if name != coder]
        journals = {name: study.journal(name, codebook=self.codes) for name in [coder, *others]}
        self.desk = Desk(study, journals, coder, self.codes)
        self.journal: Journal = journals[coder]
        self.pins = Pins(None if root is None else root / CODINGS, coder)
        self.offers = None if suggest is None else Offers(suggest, self.codes)
        self._offering = False
        self._fill = False
        self._codes_shown: tuple[Any, list[dict[str, Any]]] = (None, [])
        self.show(next(iter(study.corpus)) if transcript is None else transcript)

    def show(self, transcript_id: str) -> None:
        """Show a transcript."""
        self.transcript: Transcript = self.study.corpus[transcript_id]
        self._text = text_payload(self.transcript)

    # What a view shows ---------------------------------------------------------------------

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.codes.refresh()
        codings = self.desk.codings_in(self.transcript)
        rows = self.desk.rows(fill=self._fill)
        self._fill = False
        return {
            "study": self._about(),
            "codes": self._codes(),
            "counts": self.desk.counts(self.transcript.id),
            "order": list(rows),
            "transcripts": rows,
            "text": self._text,
            "codings": codings,
            "suggestions": self._suggestions(codings),
            "offering": self._offering,
            "undo": self.journal.can_undo,
            "redo": self.journal.can_redo,
            "pins": self._pinned(),
            "recent": self.desk.recent(),
            "notes": self._notes(),
            "notice": self._notice(),
        }

    def _about(self) -> dict[str, Any]:
        return {
            "title": self.study.settings.title,
            "note": self.study.settings.synthetic_label,
            "coder": self.coder,
            "coders": list(self.desk.journals),
            "suggests": self.offers is not None,
        }

    def _codes(self) -> list[dict[str, Any]]:
        if self._codes_shown[0] is not self.codes.now:
            self._codes_shown = (self.codes.now, codes_payload(self.codes.now))
        return self._codes_shown[1]

    def _pinned(self) -> dict[str, str]:
        pinned = self.pins.codes.items()
        return {str(key): self.codes.resolve(one) for key, one in pinned if one in self.codes}

    def _notes(self) -> dict[str, str]:
        """Give the notes on transcripts and codes, by what they are on."""
        return {
            f"transcript:{memo.transcript_id}" if memo.transcript_id else f"code:{memo.code_id}": (
                memo.text
            )
            for memo in self.journal.memos
        }

    def _notice(self) -> str:
        adrift = self.desk.adrift
        if self.codes.fault or not adrift:
            return self.codes.fault
        return f"{counted(adrift, 'coding')} of this transcript adrift: its words have changed"

    def _suggestions(self, codings: Mapping[str, Any]) -> dict[str, Any]:
        if self.offers is None or not self._offering:
            return {}
        own = [one for one in codings.values() if one["own"]]
        return self.offers.open_in(self.transcript, own, self.journal.declined)

    # What a coder may ask for --------------------------------------------------------------

    @singledispatchmethod
    def act(self, intent: Any) -> Answer:
        """Do what is asked, or raise a `QualcodeError` that says why not."""
        raise IntentError(f"nothing is known of {clip(type(intent).__name__)!r}")

    @act.register
    def _(self, _intent: ask.Ping) -> Answer:
        self._fill = True
        return {}

    @act.register
    def _(self, intent: ask.Open) -> Answer:
        self.show(intent.transcript)
        return {"say": f"{self.transcript.id} is open"}

    @act.register
    def _(self, intent: ask.Add) -> Answer:
        codings = self.journal.add_many(self._new(intent.spans, intent.code, intent.memo))
        return {
            "say": coded(codings, self.codes.now[intent.code].name),
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
        return {"say": f"undone: {said_of_events(self.journal.undo(), self._name)}"}

    @act.register
    def _(self, _intent: ask.Redo) -> Answer:
        return {"say": f"done again: {said_of_events(self.journal.redo(), self._name)}"}

    @act.register
    def _(self, intent: ask.Pin) -> Answer:
        self.pins.put(self.codes.resolve(intent.code), intent.key)
        where = f"on key {intent.key}" if intent.key else "off its key"
        return {"say": f"{self._name(intent.code)} is {where}"}

    @act.register
    def _(self, intent: ask.Find) -> Answer:
        where = self.study.corpus.values() if intent.everywhere else [self.transcript]
        found = find_matches(intent, where)
        more = " or more" if len(found) == MOST_FOUND else ""
        return {"say": f"{counted(len(found), 'match')}{more}", "found": found}

    @act.register
    def _(self, intent: ask.Suggest) -> Answer:
        if self.offers is None:
            mend = "give `suggest=` to the workspace"
            raise IntentError("nothing here makes suggestions", mend=mend)
        self._offering = intent.on
        offered = self._suggestions(self.desk.codings_in(self.transcript))
        return {"say": counted(len(offered), "suggestion") if intent.on else "no suggestions shown"}

    @act.register
    def _(self, intent: ask.Accept) -> Answer:
        new = self._offered(intent.suggestion, intent.memo)
        coding = self.journal.add_many([new])[0]
        return {"say": f"accepted: {coded([coding], self._name(new.code_id))}", "coding": coding.id}

    @act.register
    def _(self, intent: ask.Decline) -> Answer:
        new = self._offered(intent.suggestion, intent.memo)
        self.journal.decline(new)
        return {"say": f"declined: {self._name(new.code_id)}"}

    # Checks --------------------------------------------------------------------------------

    def _checked(self, span: Span) -> Transcript:
        """Give the transcript of a span, if the words that the view read there stand there."""
        transcript = self.study.corpus[span.transcript]
        if transcript.text[span.start : span.end] != span.quote:
            mend = "re-run the cell to see the text as it is"
            raise IntentError("the view shows other words there than the transcript has", mend=mend)
        return transcript

    def _new(self, spans: Sequence[Span], code: str, memo: str) -> list[NewCoding]:
        return [NewCoding(self._checked(s), s.start, s.end, code, memo) for s in spans]

    def _offered(self, name: str, memo: str) -> NewCoding:
        offers = self._suggestions(self.desk.codings_in(self.transcript))
        if self.offers is None or name not in offers:
            raise IntentError("that suggestion is decided or gone", mend="choose another")
        offer = offers[name]
        start, end, code = offer["start"], offer["end"], offer["code"]
        return NewCoding(self.transcript, start, end, code, memo, self.offers.source(offer))

    def _name(self, code_id: str) -> str:
        return self.codes.now[code_id].name if code_id in self.codes else clip(code_id)
