"""What the coding workspace shows, made of the journals, the codebook and the text as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import StudyError
from qualcode.study._faults import CODEBOOK, CODINGS
from qualcode.widgets._base_session import BaseSession, Message
from qualcode.widgets._desk import Desk
from qualcode.widgets._live_codebook import LiveCodebook
from qualcode.widgets._live_texts import LiveTexts
from qualcode.widgets._offering import Offering
from qualcode.widgets._payload import codes_payload, text_payload
from qualcode.widgets._pins import Pins
from qualcode.widgets._saying import counted

if TYPE_CHECKING:
    from qualcode.coding.journal import Journal
    from qualcode.coding.suggesting import Suggester
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["CoderView"]


class CoderView(BaseSession):
    """The half of `qualcode.widgets._session.CoderSession` that shows.

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
    suggest : Suggester, optional
        Offers passages (see `qualcode.coding.suggesting`).
    """

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
        self.texts = LiveTexts(study.corpus)
        root = study.root
        self.codes = LiveCodebook(study.codebook, None if root is None else root / CODEBOOK)
        others = [name for name in dict.fromkeys(also) if name != coder]
        journals = {name: study.journal(name, codebook=self.codes) for name in [coder, *others]}
        self.desk = Desk(self.texts, journals, coder, self.codes)
        self.journal: Journal = journals[coder]
        self.pins = Pins(None if root is None else root / CODINGS, coder)
        self.offering = (
            None if suggest is None else Offering(suggest, self.codes, self.journal, self.texts)
        )
        self._fill = False
        self._longest = self.journal.length
        self._codes_shown: tuple[Any, list[dict[str, Any]]] = (None, [])
        self.show(next(iter(study.corpus)) if transcript is None else transcript)

    def show(self, transcript_id: str) -> None:
        """Show a transcript."""
        self.transcript: Transcript = self.texts[transcript_id]
        self._text = text_payload(self.transcript)

    def view(self) -> Mapping[str, Any]:
        """Give all that a view shows."""
        self.codes.refresh()
        if self.texts[self.transcript.id] is not self.transcript:
            self.show(self.transcript.id)
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
            "suggestions": self._suggestions(),
            "offering": self.offering is not None and self.offering.on,
            "held": self._held(),
            "queue": None if self.offering is None else self.offering.payload(),
            "news": {} if self.offering is None else self.offering.news,
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
            "suggests": self.offering is not None,
            "learns": self.offering is not None and self.offering.learns,
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

    def check_whole(self) -> None:
        """Refuse once to write to a journal that is shorter than it was: somebody put it back."""
        gone = self._longest - self.journal.length
        self._longest = self.journal.length
        if gone > 0:
            what = f"the journal on the disk lacks {counted(gone, 'event')} that it had"
            mend = "bring the file back, or go on: the next key writes to it as it is"
            raise StudyError(what, file=self.journal.path, mend=mend)

    def _notice(self) -> str:
        gone = self._longest - self.journal.length
        self._longest = max(self._longest, self.journal.length)
        if gone > 0:
            return f"the journal on the disk lacks {counted(gone, 'event')}: was it put back?"
        adrift = self.desk.adrift
        fault = self.codes.fault or self.texts.fault
        if fault or not adrift:
            return fault
        return f"{counted(adrift, 'coding')} of this transcript adrift: its words have changed"

    def changes(self) -> list[Message]:
        """Take in what was learned meanwhile; then say what is other than before."""
        if self.offering is not None:
            self.offering.tend(self.transcript, self.own())
        return super().changes()

    def own(self) -> Sequence[Mapping[str, Any]]:
        """Give the coder's own codings of the transcript that is open, as they are shown."""
        return [one for one in self.desk.codings_in(self.transcript).values() if one["own"]]

    def _suggestions(self) -> dict[str, Any]:
        if self.offering is None:
            return {}
        shown = self.offering.shown(self.transcript, self.own())
        return {name: offer.payload() for name, offer in shown.items()}

    def _held(self) -> str:
        held = None if self.offering is None else self.offering.held
        return "" if held is None else held.id
