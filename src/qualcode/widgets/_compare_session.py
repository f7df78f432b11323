"""The compare view's rule book: where two coders differ, and what is settled into a third journal.

It never writes to the coders' own journals. What is settled is read from the third journal each
time, so it survives a restart, and undo opens a difference again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from qualcode.analysis.agreement.differences import check_two
from qualcode.coding.events import AddEvent
from qualcode.coding.journal import NewCoding, check_coder_name
from qualcode.errors import JournalError, StudyError, clip
from qualcode.study._faults import CODEBOOK
from qualcode.study._filters import unknown_value
from qualcode.widgets import _intents as ask
from qualcode.widgets._base_session import Answer, BaseSession
from qualcode.widgets._compare_desk import Compared, CompareDesk
from qualcode.widgets._compare_intents import CompareIntent, Settle, TakeOver
from qualcode.widgets._compare_rows import rows_payload, said_of
from qualcode.widgets._intents import IntentError
from qualcode.widgets._live_codebook import LiveCodebook
from qualcode.widgets._payload import codes_payload, text_payload
from qualcode.widgets._saying import counted, said_of_events
from qualcode.widgets._settlement import Settler, check_who
from qualcode.widgets._settling import Outcome, linked_ids

if TYPE_CHECKING:
    from qualcode.coding.events import Event
    from qualcode.coding.journal import Journal
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["CompareSession"]


class CompareSession(BaseSession):
    """Two coders side by side, and somebody who settles where they differ.

    Parameters
    ----------
    study : Study
        A study with a folder.
    coders : (str, str)
        Who is compared.
    into : str
        Whose journal holds what is settled.
    settled_by : str
        Who settles: a name, or names.
    transcript : str, optional
        What is shown first; by default the first that both have coded.
    """

    intents = CompareIntent
    keyed = frozenset({"transcripts", "codings", "rows"})

    def __init__(
        self,
        study: Study,
        coders: Iterable[str],
        *,
        into: str,
        settled_by: str,
        transcript: str | None = None,
    ) -> None:
        super().__init__()
        self.study, self.into = study, check_coder_name(into)
        self.settler = Settler(_checked_coders(study, coders, into), check_who(settled_by))
        root = study.root
        self.codes = LiveCodebook(study.codebook, None if root is None else root / CODEBOOK)
        self.desk = CompareDesk(study, self.settler.coders, into, self.codes)
        self.journal: Journal = self.desk.journals[into]
        self._fill = False
        self._codes_shown: tuple[Any, list[dict[str, Any]]] = (None, [])
        self.show(self._first() if transcript is None else transcript)

    def _first(self) -> str:
        for name in self.study.corpus:
            if self.desk.both_coded(name):
                return name
        what = f"no transcript was coded by both {' and '.join(self.settler.coders)}"
        raise StudyError(what, mend="let both code one, or name a transcript=")

    def show(self, transcript_id: str) -> None:
        """Show a transcript."""
        self.transcript: Transcript = self.study.corpus[transcript_id]
        self._text = text_payload(self.transcript)

    # What a view shows ---------------------------------------------------------------------

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.codes.refresh()
        now = self._now()
        rows = self.desk.rows(fill=self._fill)
        self._fill = False
        return {
            "study": self._about(),
            "codes": self._codes(),
            "order": list(rows),
            "transcripts": rows,
            "text": self._text,
            "codings": now.codings,
            "differences": list(now.pairs),
            "rows": rows_payload(now, self.settler.coders, self._name),
            "counts": now.counts,
            "undo": self.journal.can_undo,
            "redo": self.journal.can_redo,
            "notice": self._notice(now),
        }

    def _now(self) -> Compared:
        return self.desk.compared(self.transcript.id)

    def _about(self) -> dict[str, Any]:
        return {
            "title": self.study.settings.title,
            "note": self.study.settings.synthetic_label,
            "coders": list(self.settler.coders),
            "into": self.into,
            "by": self.settler.who,
        }

    def _codes(self) -> list[dict[str, Any]]:
        if self._codes_shown[0] is not self.codes.now:
            self._codes_shown = (self.codes.now, codes_payload(self.codes.now))
        return self._codes_shown[1]

    def _notice(self, now: Compared) -> str:
        if self.codes.fault or not now.adrift:
            return self.codes.fault
        return f"{counted(now.adrift, 'coding')} of this transcript adrift: its words have changed"

    # What may be asked for -----------------------------------------------------------------

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
        counts = self._now().counts
        left = counts["differences"] - counts["settled"]
        return {"say": f"{self.transcript.id} is open: {counted(left, 'difference')} to settle"}

    @act.register
    def _(self, intent: Settle) -> Answer:
        now = self._now()
        pair = now.pairs.get(intent.difference)
        if pair is None:
            mend = "choose another; the coders' own journals have changed"
            raise IntentError("that difference is not in this transcript any more", mend=mend)
        new = self.settler.settle(self.transcript, pair, intent)
        self._write(new, now.outcomes.get(intent.difference), declined=intent.decision == "neither")
        after = self._now().outcomes[intent.difference]
        said = said_of(pair, after, self.settler.coders, self._name)
        return {"say": said, "difference": intent.difference}

    def _write(self, new: list[NewCoding], old: Outcome | None, *, declined: bool) -> None:
        """Take away what was settled before, then write what is settled now.

        If the second is refused the first is undone, so that nothing is lost on the way.
        """
        removed = [self.journal.remove(i.coding.id) for i in old.items] if old and old.held else []
        try:
            if declined:
                self.journal.decline(new[0])
            else:
                self.journal.add_many(new)
        except JournalError:
            for _ in removed:
                self.journal.undo()
            raise

    @act.register
    def _(self, _intent: TakeOver) -> Answer:
        taken = self.journal.add_many(self.settler.take_over(self.transcript, self._now()))
        if not taken:
            return {"say": "nothing to take over: all that both agree on is there"}
        return {"say": f"took over {counted(len(taken), 'agreement')}"}

    @act.register
    def _(self, _intent: ask.Undo) -> Answer:
        return self._moved("undone", self.journal.undo())

    @act.register
    def _(self, _intent: ask.Redo) -> Answer:
        return self._moved("done again", self.journal.redo())

    def _moved(self, verb: str, events: tuple[Event, ...]) -> Answer:
        """Say what an undo or redo was, and which difference it concerns."""
        ids = {one for event in events for one in _concerned(event)}
        now = self._now()
        about = [name for name, pair in now.pairs.items() if ids & now.ids_of(name, pair)]
        answer = {"say": f"{verb}: {said_of_events(events, self._name)}"}
        return answer | ({"difference": about[0]} if len(about) == 1 else {})

    def _name(self, code_id: str) -> str:
        return self.codes.now[code_id].name if code_id in self.codes else clip(code_id)


def _checked_coders(study: Study, coders: Iterable[str], into: str) -> tuple[str, str]:
    first, second = check_two(coders)
    for coder in (first, second):
        if coder not in study.codings.coders:
            raise unknown_value(coder, study.codings.coders, what="coder")
    if into in (first, second):
        mend = "settle into a third journal, such as into='agreed'"
        raise StudyError(f"{into!r} is one of the two coders compared", mend=mend)
    return first, second


def _concerned(event: Event) -> list[str]:
    """Give the codings that an event settles, or the one that it changes."""
    if isinstance(event, AddEvent):
        return linked_ids(event.source.model)
    return [getattr(event, "coding", None) or ""]
