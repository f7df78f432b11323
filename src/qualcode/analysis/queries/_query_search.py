"""A query worked out: each part gives passages, and the parts are joined as intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

import numpy as np

from qualcode.analysis.queries._passages import Leaves, Passages, cross_pairs, inside, touched
from qualcode.analysis.queries._query_leaves import Finder, filters_codings
from qualcode.analysis.queries.query_nodes import (
    And,
    Code,
    Has,
    In,
    Near,
    Not,
    Or,
    Query,
    Within,
    Words,
    parts_of,
)
from qualcode.errors import QueryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Mask: TypeAlias = NDArray[np.bool_]

__all__ = ["Search"]


def is_coded(query: Query) -> TypeGuard[Code | Has]:
    """Tell whether a query is a code or a theme."""
    return isinstance(query, Code) or (isinstance(query, Has) and query.what == "theme")


def _has_codes(query: Query) -> bool:
    return is_coded(query) or any(_has_codes(part) for part in parts_of(query))


@dataclass(frozen=True, eq=False)
class Search:
    """Works queries out in one study.

    Parameters
    ----------
    finder : Finder
        Finds what single conditions ask for.
    scope : str, default "turn"
        In what the parts of AND must meet.
    among : array of bool, optional
        Which codings may have the codes; all, if not said.
    """

    finder: Finder
    scope: str = "turn"
    among: Mask | None = None

    def find(self, query: Query) -> Passages:
        """Give the passages that answer a query."""
        if filters_codings(query):
            return self._codings(self.finder.mask(query))
        if is_coded(query):
            return self._codings(self.finder.coded(query))
        ways: dict[type, Callable[..., Passages]] = {
            Words: self.finder.words,
            Has: self.finder.spoken_where,
            Not: self._not,
            And: self._and,
            Or: self._or,
            Near: self._near,
            Within: self._within,
            In: self._in,
        }
        return ways[type(query)](query)

    def _codings(self, mask: Mask) -> Passages:
        return self.finder.codings(mask if self.among is None else mask & self.among)

    def _in(self, query: In) -> Passages:
        return replace(self, scope=query.scope).find(query.of)

    def _or(self, query: Or) -> Passages:
        return _union(self.find(part) for part in query.parts)

    def _and(self, query: And) -> Passages:
        filters = [part for part in query.parts if filters_codings(part)]
        others = [part for part in query.parts if not filters_codings(part)]
        if filters and any(_has_codes(part) for part in others):
            mask = self.finder.mask(And(tuple(filters)))
            among = mask if self.among is None else mask & self.among
            return replace(self, among=among)._all(others)
        wanted = tuple(part for part in filters if not isinstance(part, Not))
        refused = [part for part in filters if isinstance(part, Not)]
        # Of one coding that is all that is asked, not of several in one turn.
        return self._all([*others, *refused, *([And(wanted)] if wanted else [])])

    def _all(self, parts: Iterable[Query]) -> Passages:
        """Find where all parts meet."""
        parts = list(parts)
        if len(parts) == 1:
            return self.find(parts[0])
        if self.scope == "overlap":
            return self._on_same_words(parts)
        units = self.finder.line.stretches(self.scope)
        hit = np.ones(len(units.low), dtype=bool)
        leaves = []
        for part in parts:
            found = self.find(part.of if isinstance(part, Not) else part)
            holds = units.holding(found.start, found.end)
            hit &= ~holds if isinstance(part, Not) else holds
            leaves += [] if isinstance(part, Not) else [found.leaves]
        return _found_in(units.start[hit], units.end[hit], Leaves.joined(leaves))

    def _on_same_words(self, parts: list[Query]) -> Passages:
        wanted = [self.find(part) for part in parts if not isinstance(part, Not)]
        if not wanted:
            raise _alone()
        found = wanted[0]
        for other in wanted[1:]:
            one, two = cross_pairs(found, other)
            start = np.maximum(found.start[one], other.start[two])
            end = np.minimum(found.end[one], other.end[two])
            found = _found_in(start, end, Leaves.joined([found.leaves, other.leaves]))
        for part in parts:
            if isinstance(part, Not):
                refused = self.find(part.of)
                found = found.only(~touched(found, refused.start, refused.end))
        return found

    def _not(self, query: Not) -> Passages:
        if self.scope == "overlap":
            raise _alone()
        units, found = self.finder.line.stretches(self.scope), self.find(query.of)
        free = ~units.holding(found.start, found.end)
        return Passages.of(units.start[free], units.end[free])

    def _near(self, query: Near) -> Passages:
        sides = [self.find(part) for part in (query.left, query.right)]
        numbers = [
            self.finder.line.turn_numbers(side.start, side.end, apart=query.turns) for side in sides
        ]
        near = []
        for side, own, other in zip(sides, numbers, numbers[::-1], strict=True):
            reach = Leaves(own[0] - query.turns, own[1] + query.turns + 1, own[0])
            near.append(side.only(touched(reach, other[0], other[1] + 1)))
        return _union(near) if all(len(side.start) for side in near) else _union([])

    def _within(self, query: Within) -> Passages:
        inner, outer = self.find(query.inner), self.find(query.outer)
        kept = inner.only(inside(inner, outer))
        return replace(kept, leaves=kept.leaves.only(inside(kept.leaves, outer)))


def _union(several: Iterable[Passages]) -> Passages:
    listed = list(several)
    empty = np.empty(0, dtype=np.int64)
    return Passages.of(
        np.concatenate([empty, *(one.start for one in listed)]),
        np.concatenate([empty, *(one.end for one in listed)]),
        Leaves.joined([one.leaves for one in listed]),
    )


def _found_in(start: Ints, end: Ints, leaves: Leaves) -> Passages:
    """Make passages of spans, and leave out what was found elsewhere."""
    found = Passages.of(start, end, leaves)
    return found.only(np.ones(len(found.start), dtype=bool))


def _alone() -> QueryError:
    mend = "join it with AND to something that is there, or leave IN overlap out"
    return QueryError("with IN overlap, NOT has nothing to take away from", mend=mend)
