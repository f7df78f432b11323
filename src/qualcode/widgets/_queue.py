"""What to decide first, over all transcripts, and how far the coder has come with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.widgets._payload import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model import Transcript
    from qualcode.widgets._offers import Offer

__all__ = ["Queue", "place_of"]


class Queue:
    """Offers in the order in which they should be decided, and the place of the one at hand.

    Parameters
    ----------
    items : sequence of Offer
        The first comes first.
    """

    def __init__(self, items: Sequence[Offer] = ()) -> None:
        self._items: tuple[Offer, ...] = tuple(items)
        self._by_id = {one.id: one for one in items}
        self._at = -1

    def __len__(self) -> int:
        return len(self._items)

    @property
    def now(self) -> Offer | None:
        """The one that `go_on` came to last."""
        return None if self._at < 0 else self._items[self._at]

    @property
    def number(self) -> int:
        """Its place, counted from 1."""
        return self._at + 1

    def get(self, name: str) -> Offer | None:
        """Find one by its id."""
        return self._by_id.get(name)

    def go_on(self, is_open: Callable[[Offer], bool]) -> Offer | None:
        """Go to the next that is open; after the last come those that were passed over."""
        first = self._at + 1
        for place in sorted(range(len(self._items)), key=lambda place: (place < first, place)):
            if is_open(self._items[place]):
                self._at = place
                return self.now
        return None

    def payload(self, is_open: Callable[[Offer], bool]) -> dict[str, Any]:
        """Give what a view shows of it."""
        left = [one for one in self._items if is_open(one)]
        now = self.now
        at = now.id if now is not None and now in left else ""
        return {"left": len(left), "total": len(self._items), "at": at}


def place_of(offer: Offer, texts: Mapping[str, Transcript]) -> str:
    """Say where an offer is: ``Ward 3 · 00:12:40``; by the id if several are called so."""
    transcript = texts[offer.transcript]
    bodies = [one.body for one in texts.values()]
    named = bool(transcript.body) and bodies.count(transcript.body) == 1
    turns = [turn for turn in transcript.turns if turn.start <= offer.start]
    when = ""
    if turns:
        when = f"turn {turns[-1].number}" if turns[-1].time is None else clock(turns[-1].time)
    return " · ".join(part for part in (transcript.body if named else transcript.id, when) if part)
