"""What a query's single conditions find: codings, words, turns, interviews."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from qualcode.analysis.queries._passages import Passages, inside
from qualcode.analysis.queries._query_values import CODING, Values
from qualcode.analysis.queries._word_patterns import as_searched, glob_pattern, word_pattern
from qualcode.analysis.queries.query_nodes import And, Code, Has, Not, Or, Query, Words, parts_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.analysis.queries._line import Line

    Ints: TypeAlias = NDArray[np.int64]
    Mask: TypeAlias = NDArray[np.bool_]

__all__ = ["Finder", "filters_codings"]


def filters_codings(query: Query) -> bool:
    """Tell whether a query asks only what codings are like: by whom, with which memo."""
    if isinstance(query, Has):
        return query.what in CODING
    made_of = isinstance(query, Not | And | Or)
    return made_of and all(filters_codings(part) for part in parts_of(query))


@dataclass(frozen=True, eq=False)
class Finder:
    """Finds what single conditions ask for.

    Parameters
    ----------
    line : Line
        The transcripts.
    segments : pandas.DataFrame
        The codings that may be found.
    values : Values
        What names and values stand for.
    """

    line: Line
    segments: pd.DataFrame
    values: Values

    def codings(self, mask: Mask) -> Passages:
        """Make passages of some codings."""
        rows = np.flatnonzero(mask)
        return Passages.found(self._starts[rows], self._ends[rows], rows)

    @cached_property
    def _starts(self) -> Ints:
        bases = [self.line.bases[name] for name in self.segments["transcript_id"]]
        starts: Ints = np.array(bases, dtype=np.int64) + self.segments["start"].to_numpy()
        return starts

    @cached_property
    def _ends(self) -> Ints:
        lengths = self.segments["end"].to_numpy() - self.segments["start"].to_numpy()
        ends: Ints = self._starts + lengths
        return ends

    def mask(self, query: Query) -> Mask:
        """Say of each coding whether it is as asked."""
        match query:
            case Not():
                return ~self.mask(query.of)
            case And() | Or():
                masks = [self.mask(part) for part in query.parts]
                join = np.logical_and if isinstance(query, And) else np.logical_or
                return np.asarray(join.reduce(masks), dtype=bool)
            case Has(what="memo"):
                test = _memo_test(query.value)
                return np.array([test(memo) for memo in self.segments["memo"]], dtype=bool)
        assert isinstance(query, Has)  # filters_codings has seen it
        return self._isin(query.what, self.values.of_coding(query))

    def _isin(self, column: str, wanted: set[str]) -> Mask:
        return np.array(self.segments[column].isin(wanted), dtype=bool)

    def coded(self, query: Code | Has) -> Mask:
        """Say of each coding whether it has a code, or a theme."""
        if isinstance(query, Code):
            return self._isin("code_id", self.values.codes(query))
        return self._isin("theme_id", self.values.themes(query))

    def words(self, query: Words) -> Passages:
        """Find words in what is said, not in the labels of speakers."""
        pattern = word_pattern(query.text)
        spans = [
            (self.line.bases[one.id] + found.start(), self.line.bases[one.id] + found.end())
            for one in self.line.corpus.values()
            for found in pattern.finditer(as_searched(one.text))
        ]
        table = np.array(spans, dtype=np.int64).reshape(-1, 2)
        said = Passages.of(self.line.turns.start, self.line.turns.end)
        found = Passages.found(table[:, 0], table[:, 1])
        return found.only(inside(found, said))

    def spoken_where(self, query: Has) -> Passages:
        """Find the turns of speakers, or the interviews, that have a value."""
        if query.what in ("speaker", "role"):
            return self._spoken(self.values.speaks(query))
        starts = [self.line.bases[name] for name in self.values.interviews(query)]
        whole = self.line.transcripts
        there = np.isin(whole.start, starts)
        return Passages.of(whole.start[there], whole.end[there])

    def _spoken(self, by: set[tuple[str, str]]) -> Passages:
        spans = [
            (base + turn.words_start, base + turn.end)
            for name in dict.fromkeys(name for name, _ in sorted(by))
            for base, transcript in [(self.line.bases[name], self.line.corpus[name])]
            for turn in transcript.turns
            if (name, turn.speaker) in by and turn.words_start < turn.end
        ]
        return Passages.of(*np.array(spans, dtype=np.int64).reshape(-1, 2).T)


def _memo_test(value: str) -> Callable[[str], object]:
    """Make the test of a memo: a value with a star is all of it, another is words in it."""
    if "*" in value or "?" in value:
        whole = glob_pattern(value)
        return lambda memo: whole.fullmatch(as_searched(memo))
    if not any(one.isalnum() for one in value):
        return lambda memo: value in memo
    words = word_pattern(value)
    return lambda memo: words.search(as_searched(memo))
