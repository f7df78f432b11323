"""How a third journal tells what was settled: which difference, what, by whom and why.

Two conventions, which need no event of their own. The memo reads ``why (settled by who)``, and
begins with ``contrary`` if the voice speaks against the code. The source is by hand, and its
``model`` names the codings that were settled: ``settles A:<id> B:<id>``. Codings without such a
link, made elsewhere, are matched by their words and code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.agreement._pairing import (
    AGREE,
    IN_PART,
    OTHER_CODE,
    STANCE,
    Mark,
    Pair,
    pair_marks,
)
from qualcode.analysis.stance import speaks_against
from qualcode.model import Source

if TYPE_CHECKING:
    from qualcode.model import Coding

__all__ = ["Item", "Outcome", "link_to", "outcomes_of", "pair_id", "read_memo", "settled_memo"]

_LINK = "settles "
_MEMO = re.compile(r"(?s)(.*) \(settled by ([^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """A coding of the third journal, held or declined, where it stands now."""

    coding: Coding
    mark: Mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a difference was settled: ``how`` is a decision, or ``agreed``."""

    how: str
    items: tuple[Item, ...]
    held: bool

    @property
    def memo(self) -> str:
        """The note on it."""
        return self.items[0].coding.memo


def pair_id(pair: Pair) -> str:
    """Name a difference by the codings in it; the name lasts as long as they do."""
    return "+".join(mark.id for mark in pair.marks)


def settled_memo(why: str, who: str, *, contrary: bool) -> str:
    """Write the memo of what was settled."""
    why = " ".join(why.split())
    if contrary and not speaks_against(why):
        why = f"contrary: {why}"
    return f"{why} (settled by {who})"


def read_memo(memo: str) -> tuple[str, str]:
    """Give why and by whom; a memo that does not say by whom is all why."""
    found = _MEMO.fullmatch(memo)
    return (found[1], found[2]) if found else (memo, "")


def link_to(pair: Pair, coders: tuple[str, str]) -> Source:
    """Name what is settled, for the journal."""
    sides = zip(coders, (pair.first, pair.second), strict=True)
    named = (f"{coder}:{mark.id}" for coder, mark in sides if mark is not None)
    return Source("manual", _LINK + " ".join(named))


def linked_ids(model: str | None) -> list[str]:
    """Give the ids of the codings that a coding of the third journal settles."""
    if model is None or not model.startswith(_LINK):
        return []
    return [part.rpartition(":")[2] for part in model[len(_LINK) :].split()]


def outcomes_of(
    pairs: Sequence[Pair], held: Iterable[Item], declined: Iterable[Item]
) -> dict[str, Outcome]:
    """Find what the third journal holds, or declined, of each pair: pair's id -> outcome."""
    by_id = {pair_id(pair): pair for pair in pairs}
    kept, stray = _linked(pairs, held)
    dropped, loose = _linked(pairs, declined)
    open_ = [pair for name, pair in by_id.items() if name not in kept and name not in dropped]
    for name, items in _by_words(open_, stray).items():
        kept.setdefault(name, []).extend(items)
    same = [item for items in kept.values() for item in items]
    for known, there in ((kept, same), (dropped, loose)):
        left = [pair for pair in open_ if pair_id(pair) not in kept]
        for name, item in _repeated(left, there).items():
            known.setdefault(name, [item])
    outcomes = {
        name: Outcome("neither", (items[-1],), held=False) for name, items in dropped.items()
    }
    return outcomes | {
        name: Outcome(_how(by_id[name], [one.mark for one in items]), tuple(items), held=True)
        for name, items in kept.items()
    }


def _linked(
    pairs: Iterable[Pair], items: Iterable[Item]
) -> tuple[dict[str, list[Item]], list[Item]]:
    """Give each pair the items that name one of its codings, and the items that name none."""
    owner = {mark.id: pair_id(pair) for pair in pairs for mark in pair.marks}
    found: dict[str, list[Item]] = {}
    stray: list[Item] = []
    for item in items:
        names = [owner[one] for one in linked_ids(item.coding.source.model) if one in owner]
        if names:
            found.setdefault(names[0], []).append(item)
        else:
            stray.append(item)
    return found, stray


def _by_words(pairs: Iterable[Pair], items: Iterable[Item]) -> dict[str, list[Item]]:
    """Match what names no difference: the same code on shared words, or the same words."""
    owner = {mark.id: pair_id(pair) for pair in pairs for mark in pair.marks}
    wanted = [mark for pair in pairs for mark in pair.marks]
    by_id = {item.mark.id: item for item in items}
    found: dict[str, list[Item]] = {}
    for match in pair_marks([item.mark for item in by_id.values()], wanted):
        if match.first is None or match.second is None:
            continue
        if match.kind != OTHER_CODE or _words(match.first) == _words(match.second):
            found.setdefault(owner[match.second.id], []).append(by_id[match.first.id])
    return found


def _repeated(pairs: Iterable[Pair], items: Iterable[Item]) -> Mapping[str, Item]:
    """Match what says just the same as one of a pair's codings."""
    there = {(_words(item.mark), item.mark.code): item for item in items}
    keys = ((pair, (_words(mark), mark.code)) for pair in pairs for mark in pair.marks)
    return {pair_id(pair): there[key] for pair, key in keys if key in there}


def _words(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _how(pair: Pair, settled: Sequence[Mark]) -> str:
    """Tell from what is held which decision it was."""
    if pair.kind in (AGREE, IN_PART) and any(_is(pair.narrower, mark) for mark in settled):
        return "agreed"
    if pair.kind == STANCE:
        return _how_of_stance(pair, settled[0])
    sides = (("first", pair.first), ("second", pair.second))
    kept = [name for name, side in sides if any(_is(side, mark) for mark in settled)]
    if kept:
        return "both" if len(kept) == 2 else kept[0]
    codes = {mark.code for mark in pair.marks}
    return "resize" if codes & {mark.code for mark in settled} else "recode"


def _how_of_stance(pair: Pair, mark: Mark) -> str:
    """Both gave the code; what was settled is on whose side it stands."""
    if all(mark.code != one.code for one in pair.marks):
        return "recode"
    if all(_words(mark) != _words(one) for one in pair.marks):
        return "resize"
    return "first" if pair.first and pair.first.contrary == mark.contrary else "second"


def _is(side: Mark | None, mark: Mark) -> bool:
    return side is not None and _words(side) == _words(mark) and side.code == mark.code
