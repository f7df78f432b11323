"""A suggester at work in a thread, so that no key waits for it: one round at a time.

A round is learning, if there is something to learn, then the offers for the transcript that is
open, then the queue. While it lasts the suggester is asked for nothing else, so that it need not
know of threads. What came of it is taken in when a view asks next.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

from qualcode.coding.suggesting import Learns

if TYPE_CHECKING:
    from qualcode.coding.suggesting import Decision
    from qualcode.model import Transcript
    from qualcode.widgets._offers import Offer, Offers

__all__ = ["EVERY", "LONGEST_QUEUE", "Learning", "Round"]

#: after how many decisions a suggester learns
EVERY = 20
#: how many passages a queue holds at most
LONGEST_QUEUE = 50


class Round:
    """One piece of a suggester's work, and what came of it.

    Parameters
    ----------
    decisions : tuple of Decision
        What to learn; nothing if only the queue is wanted.
    transcript : Transcript
        The transcript that is open.
    texts : mapping of str to Transcript
        All transcripts.
    """

    def __init__(
        self,
        decisions: tuple[Decision, ...],
        transcript: Transcript,
        texts: Mapping[str, Transcript],
    ) -> None:
        self.decisions, self.transcript, self.texts = decisions, transcript, texts
        self.offers: dict[str, Offer] = {}
        self.queue: list[Offer] = []
        self.fault = "it stopped"

    def run(self, offers: Offers) -> None:
        """Do the work; a fault is named by its kind, since its words may be a transcript's."""
        try:
            if self.decisions and isinstance(offers.suggest, Learns):
                offers.suggest.learn(self.decisions)
            self.offers = offers.make(self.transcript)
            self.queue = offers.make_queue(self.texts.values(), LONGEST_QUEUE)
        except Exception as exc:  # noqa: BLE001 - whatever a suggester may raise, coding goes on
            self.fault = type(exc).__name__
        else:
            self.fault = ""


class Learning:
    """The rounds of one suggester.

    Parameters
    ----------
    offers : Offers
        What it offers.
    """

    def __init__(self, offers: Offers) -> None:
        self._offers = offers
        self._round: Round | None = None
        self._thread: Thread | None = None

    @property
    def busy(self) -> bool:
        """True from the beginning of a round until it is taken in."""
        return self._round is not None

    def begin(self, work: Round) -> None:
        """Begin a round; the one before must have been taken in."""
        assert not self.busy, "one round at a time"
        self._offers.resting = True
        self._round = work
        self._thread = Thread(target=work.run, args=(self._offers,), daemon=True)
        self._thread.start()

    def take(self) -> Round | None:
        """Give the round under way if it is done, once."""
        if self._round is None or self._thread is None or self._thread.is_alive():
            return None
        done, self._round, self._thread = self._round, None, None
        self._offers.resting = False
        return done

    def wait(self) -> None:
        """Wait until the round under way is done."""
        if self._thread is not None:
            self._thread.join()
