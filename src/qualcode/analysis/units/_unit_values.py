"""What stands in a cell of coders × units: yes or no, one code, or a set of codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.errors import UnknownValueError, clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.units._unit_frame import UnitTable

__all__ = ["NO_CODE", "rate_choices", "rate_code", "rate_sets"]

#: the rating of a unit that was read and given none of the codes; no code's id has a space
NO_CODE = "no code"

_RULES = ("error", "longest", "first", "missing")
Spans = list[tuple[int, int]]
Held = dict[tuple[int, int], dict[int, Spans]]


def rate_code(table: UnitTable) -> NDArray[Any]:
    """Rate whether each unit has the code: True, False, or None for what was not read."""
    ratings = _filled(table, False)
    which, where = table.pairs
    ratings[table.marks.coder[which], where] = True
    return ratings


def rate_sets(table: UnitTable) -> NDArray[Any]:
    """Rate each unit with the set of its codes; equal sets are one value, made once."""
    ratings = _filled(table, frozenset())
    made: dict[frozenset[str], frozenset[str]] = {}
    for (coder, unit), codes in _held(table).items():
        ids = frozenset(table.codes[code] for code in codes)
        ratings[coder, unit] = made.setdefault(ids, ids)
    return ratings


def rate_choices(
    table: UnitTable, clash: str | Callable[[frozenset[str]], str | None]
) -> NDArray[Any]:
    """Rate each unit with the one code it has, or `NO_CODE`."""
    if not callable(clash) and clash not in _RULES:
        mend = f"choose {', '.join(map(repr, _RULES))}, or give a function"
        raise UnknownValueError(f"no rule {clip(str(clash))!r}", mend=mend)
    held = _held(table)
    twice = [cell for cell, codes in held.items() if len(codes) > 1]
    if twice and clash == "error":
        raise _clash(table, held, min(twice, key=lambda cell: (cell[1], cell[0])), len(twice))
    ratings = _filled(table, NO_CODE)
    for (coder, unit), codes in held.items():
        ratings[coder, unit] = _choose(table, codes, clash)
    return ratings


def _filled(table: UnitTable, value: object) -> NDArray[Any]:
    """Make an array of one value, None where a coder has not read."""
    ratings = np.empty(table.missing.shape, dtype=object)
    ratings.fill(value)
    ratings[table.missing] = None
    return ratings


def _held(table: UnitTable) -> Held:
    """Give for coder and unit the codes, each with the stretches of the unit that have it."""
    which, where = table.pairs
    marks, places = table.marks, table.places
    starts = np.maximum(marks.start[which], places.start[where])
    ends = np.minimum(marks.end[which], places.end[where])
    held: Held = {}
    columns = (marks.coder[which], where, marks.code[which], starts, ends)
    for coder, unit, code, *span in zip(*(c.tolist() for c in columns), strict=True):
        spans = held.setdefault((coder, unit), {}).setdefault(code, [])
        spans.append((span[0], span[1]))
    return held


def _choose(
    table: UnitTable, codes: dict[int, Spans], clash: str | Callable[[frozenset[str]], str | None]
) -> str | None:
    """Choose one of the codes of a unit."""
    if len(codes) == 1:
        return table.codes[next(iter(codes))]
    if callable(clash):
        return clash(frozenset(table.codes[code] for code in codes))
    if clash == "missing":
        return None
    if clash == "longest":
        return table.codes[min(codes, key=lambda code: (-_covered(codes[code]), code))]
    return table.codes[min(codes, key=lambda code: (min(codes[code]), code))]


def _covered(spans: Spans) -> int:
    """Count the code points that stretches cover, each once."""
    covered, reached = 0, -1
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _clash(table: UnitTable, held: Held, cell: tuple[int, int], times: int) -> UnknownValueError:
    coder, unit = cell
    places = table.places
    named = " and ".join(repr(table.codes[code]) for code in sorted(held[cell]))
    turn = int(places.turn[unit])
    where = f"turn {turn} of " if turn > 0 else ""
    more = f", and so in {times - 1:,} more units" if times > 1 else ""
    what = (
        f"{table.coders[coder]} gave {named} to one {table.unit} "
        f"({where}{places.names[places.transcript[unit]]}{more})"
    )
    mend = "take smaller units, ask for sets_of=, or choose clash='longest', 'first' or 'missing'"
    return UnknownValueError(what, mend=mend)
