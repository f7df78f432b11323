"""The part of a coding workspace that offers codes: what is shown, decided, learned, queued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.widgets._decisions import Decisions
from qualcode.widgets._learning import EVERY, Learning, Round
from qualcode.widgets._offers import Offers
from qualcode.widgets._queue import Queue
from qualcode.widgets._saying import counted

if TYPE_CHECKING:
    from qualcode.coding.journal import Journal
    from qualcode.coding.suggesting import Suggester
    from qualcode.model import Transcript
    from qualcode.widgets._live_codebook import LiveCodebook
    from qualcode.widgets._offers import Key, Offer

__all__ = ["Offering"]

#: the own codings of the transcript that is open, as a view shows them
Own = Iterable[Mapping[str, Any]]


class Offering:
    """One suggester at one coder's desk.

    Parameters
    ----------
    suggest : Suggester
        Offers passages.
    codes : LiveCodebook
        The codes.
    journal : Journal
        The coder's.
    texts : mapping of str to Transcript
        All transcripts.
    """

    def __init__(
        self,
        suggest: Suggester,
        codes: LiveCodebook,
        journal: Journal,
        texts: Mapping[str, Transcript],
    ) -> None:
        self.offers = Offers(suggest, codes)
        self.decisions = Decisions(journal, codes)
        self.learning = Learning(self.offers)
        self.queue: Queue | None = None
        self.on = False
        #: what the coder looks at: it stays whatever is learned, and though the others be hidden
        self.held: Offer | None = None
        self.news: dict[str, Any] = {"number": 0, "say": ""}
        self._texts = texts
        self._former: dict[str, Offer] = {}
        self._queue_asked = False
        self._waited = False

    # What is shown --------------------------------------------------------------------------

    def shown(self, transcript: Transcript, own: Own) -> dict[str, Offer]:
        """Give the offers for a transcript that nobody has decided on: not coded so, not declined."""
        made: Mapping[str, Offer] = self._made(transcript) if self.on else {}
        held = self.held
        if held is not None and held.transcript == transcript.id and self._fits(held):
            made = {held.id: held, **made}
        taken: set[Key] = {(transcript.id, one["start"], one["end"], one["code"]) for one in own}
        decided = self.decisions.now
        return {
            name: offer
            for name, offer in made.items()
            if offer.key not in taken and offer.key not in decided
        }

    def payload(self) -> dict[str, Any] | None:
        """Give what a view shows of the queue; nothing is ``left`` while it is being made."""
        if self.queue is not None:
            return self.queue.payload(self.is_open)
        asked = self.offers.queues and (self.learning.busy or not self._queue_asked)
        return {"left": None, "total": 0, "at": ""} if asked else None

    def say_count(self, transcript: Transcript, own: Own) -> str:
        """Say how many are shown."""
        number = len(self.shown(transcript, own))
        return "suggestions come in a moment" if self._waited else counted(number, "suggestion")

    def why_nothing_is_queued(self) -> str:
        """Say why there is no next one."""
        if not self.offers.queues:
            return "this suggester has no queue"
        if self.queue is None:
            return "the queue is being made" if self.learning.busy else "the queue is not made yet"
        if not len(self.queue):
            return "the queue is empty"
        return f"all {len(self.queue):,} of the queue are decided"

    def _made(self, transcript: Transcript) -> Mapping[str, Offer]:
        made = self.offers.of(transcript)
        self._waited = made is None
        return made or {}

    @property
    def learns(self) -> bool:
        """True if what is offered may change while somebody looks at it."""
        return self.offers.learns or self.offers.queues

    # What is decided ------------------------------------------------------------------------

    def is_open(self, offer: Offer) -> bool:
        """Tell whether an offer can be decided: it is not yet, and its text is what it was."""
        return offer.key not in self.decisions.now and self._fits(offer)

    def find(self, name: str, transcript: Transcript, own: Own) -> Offer | None:
        """Find an offer that is open: a shown one, a queued one, or one shown until just now."""
        found = self.shown(transcript, own).get(name)
        if found is None:
            queued = None if self.queue is None else self.queue.get(name)
            found = queued or self._former.get(name)
        return found if found is not None and self.is_open(found) else None

    def go_on(self) -> Offer | None:
        """Go to the next of the queue, and hold it."""
        after = None if self.queue is None else self.queue.go_on(self.is_open)
        self.held = after or self.held
        return after

    def _fits(self, offer: Offer) -> bool:
        texts = self._texts
        return offer.transcript in texts and texts[offer.transcript].text_hash == offer.text_hash

    # What is learned ------------------------------------------------------------------------

    def ask_queue(self, transcript: Transcript) -> None:
        """Let the queue be made for the first time, beside what goes on."""
        if self.offers.queues and not self._queue_asked and not self.learning.busy:
            self._begin(Round((), transcript, self._texts))

    def tend(self, transcript: Transcript, own: Own) -> None:
        """Take in what was learned, and let more be learned if there is enough of it."""
        untold = self.decisions.untold
        done = self.learning.take()
        if done is not None:
            self._take_in(done, transcript, list(own))
        if self.offers.learns and len(untold) >= EVERY and not self.learning.busy:
            self._begin(Round(self.decisions.tell(), transcript, self._texts))

    def _begin(self, work: Round) -> None:
        self._queue_asked = True
        self.learning.begin(work)

    def _take_in(self, done: Round, transcript: Transcript, own: Own) -> None:
        last = f"from your last {counted(len(done.decisions), 'decision')}"
        if done.fault:
            what = f"learn {last}" if done.decisions else "make the queue"
            self._tell(f"could not {what} ({done.fault}): the suggestions stay as they were")
            return
        if done.decisions:
            self._former = self.offers.forget()
        self.offers.put(done.transcript, done.offers)
        self.queue = Queue(done.queue) if self.offers.queues else None
        waited = self._waited
        here = f"{self.say_count(transcript, own)} here" if self.on else ""
        if done.decisions:
            self._tell(": ".join(part for part in (f"learned {last}", here) if part))
        elif waited and here:
            self._tell(here)

    def _tell(self, what: str) -> None:
        self.news = {"number": self.news["number"] + 1, "say": what}
