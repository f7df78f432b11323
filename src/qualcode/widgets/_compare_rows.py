"""What a view is told of each difference, in words: colour is never the only sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qualcode.analysis.agreement._pairing import AGREE, IN_PART, ONE_ONLY, Mark, Pair
from qualcode.widgets._compare_desk import Compared, takes
from qualcode.widgets._settlement import decisions_on
from qualcode.widgets._settling import Outcome, read_memo

__all__ = ["rows_payload", "said_of"]

Name = Callable[[str], str]


def rows_payload(now: Compared, coders: tuple[str, str], name: Name) -> dict[str, dict[str, Any]]:
    """Give a row for each pair: how the two stand, and how it was settled if it was."""
    return {
        one: _row(one, pair, coders) | _settled(pair, now.outcomes.get(one), coders, name)
        for one, pair in now.pairs.items()
    }


def _row(name: str, pair: Pair, coders: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": pair.kind,
        "word": _word(pair, coders),
        "first": pair.first.id if pair.first else "",
        "second": pair.second.id if pair.second else "",
        "start": min(mark.start for mark in pair.marks),
        "end": max(mark.end for mark in pair.marks),
        "takes": takes(pair),
        "may": decisions_on(pair),
    }


def _word(pair: Pair, coders: tuple[str, str]) -> str:
    if pair.kind == ONE_ONLY:
        return f"{coders[0] if pair.first else coders[1]} only"
    return pair.kind if pair.kind in (AGREE, IN_PART) else f"differ: {pair.kind}"


def _settled(
    pair: Pair, outcome: Outcome | None, coders: tuple[str, str], name: Name
) -> dict[str, Any]:
    if outcome is None:
        return {"settled": None}
    why, who = read_memo(outcome.memo)
    latest = max(item.coding.created_at for item in outcome.items)
    settled = {
        "how": outcome.how,
        "said": said_of(pair, outcome, coders, name),
        "why": why,
        "who": who,
        "at": latest.isoformat(timespec="seconds"),
        "codings": [item.coding.id for item in outcome.items] if outcome.held else [],
    }
    return {"settled": settled}


def said_of(pair: Pair, outcome: Outcome, coders: tuple[str, str], name: Name) -> str:
    """Say how a difference was settled."""
    codes = _names((item.mark for item in outcome.items), name)
    return {
        "agreed": "taken over" + (", the narrower words" if pair.kind == IN_PART else ""),
        "first": f"kept {coders[0]}'s",
        "second": f"kept {coders[1]}'s",
        "both": "kept both",
        "recode": f"another code: {codes}",
        "resize": f"other words: {codes}",
        "neither": "neither kept",
    }[outcome.how]


def _names(marks: Iterable[Mark], name: Name) -> str:
    return ", ".join(dict.fromkeys(name(mark.code) for mark in marks))
