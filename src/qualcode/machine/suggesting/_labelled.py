"""Passages with what one coder made of them: what is learned from, and what is scored against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.machine.embedding.passages import passages
from qualcode.machine.suggesting._context import contexts
from qualcode.machine.suggesting._features import Features, make_features

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook
    from qualcode.coding.suggesting import Decision
    from qualcode.model import Transcript
    from qualcode.study import Study

    Flags = NDArray[np.bool_]

__all__ = [
    "Labelled",
    "above",
    "label",
    "see",
    "under_codes",
]


@dataclass(frozen=True, eq=False)
class Labelled:
    """Passages, and which codes a coder gave them.

    Parameters
    ----------
    passages : pandas.DataFrame
        The frame ``passages``.
    codes : tuple of str
        Ids.
    coded, known : arrays of bool, shape (passages, codes)
        Whether a passage has a code; whether the coder has read it.
    """

    passages: pd.DataFrame
    codes: tuple[str, ...]
    coded: Flags
    known: Flags

    @property
    def groups(self) -> NDArray[Any]:
        """The interview of each passage."""
        return self.passages["transcript_id"].to_numpy(dtype=object)

    @cached_property
    def interviews(self) -> dict[str, NDArray[np.int64]]:
        """The passages of each interview."""
        there = self.passages.groupby("transcript_id", sort=False).indices
        return {str(name): np.asarray(rows, dtype=np.int64) for name, rows in there.items()}

    @property
    def rows(self) -> NDArray[np.int64]:
        """The passages of which something is known."""
        return np.flatnonzero(self.known.any(axis=1))

    def span(self, row: int) -> tuple[str, int, int]:
        """Say where a passage is: transcript, start, end."""
        found = self.passages.iloc[row]
        return str(found["transcript_id"]), int(found["start"]), int(found["end"])

    def column(self, code: str) -> int | None:
        """Give the number of a code, or None if it is not among them."""
        return self.codes.index(code) if code in self.codes else None

    def touched(self, transcript_id: str, start: int, end: int) -> NDArray[np.int64]:
        """Give the passages that share a code point with a span."""
        rows = self.interviews.get(transcript_id, np.empty(0, dtype=np.int64))
        frame = self.passages
        starts, ends = frame["start"].to_numpy()[rows], frame["end"].to_numpy()[rows]
        return np.asarray(rows[(starts < end) & (ends > start)])

    def of(self, columns: list[int]) -> Labelled:
        """Keep some codes."""
        codes = tuple(self.codes[one] for one in columns)
        coded, known = self.coded[:, columns], self.known[:, columns]
        return replace(self, codes=codes, coded=coded, known=known)

    def take(self, rows: NDArray[Any]) -> Labelled:
        """Keep some passages, in order."""
        kept = self.passages.iloc[rows].reset_index(drop=True)
        return replace(self, passages=kept, coded=self.coded[rows], known=self.known[rows])


def label(
    study: Study,
    coder: str,
    *,
    codes: Sequence[str],
    unit: str,
    speakers: str,
    language: str,
    on: pd.DataFrame | None = None,
) -> Labelled:
    """Lay out a study's passages and a coder's codes, as `qualcode.units_of` counts them.

    A passage has a code if a coding of it shares a code point with it. A coding counts for its
    code or, if that is not among the codes, for the nearest above it that is. A segment has the
    codes given to those very words. What the coder has not read is not known.
    With `on`, the passages are given, and everything that touches one of them counts.
    """
    frame = on
    if frame is None:
        frame = passages(study, unit=unit, speakers=speakers, coder=coder, language=language)
    codings = study.segments(coder=coder)
    column = {one: number for number, one in enumerate(codes)}
    nearest = {one: _nearest(study.codebook, one, column) for one in set(codings["code_id"])}
    codings = codings.assign(column=codings["code_id"].map(nearest)).dropna(subset="column")
    coded = np.zeros((len(frame), len(codes)), dtype=bool)
    same = unit == "segment" and on is None
    pairs = _same(frame, codings) if same else _meeting(frame, codings)
    coded[pairs[1], codings["column"].to_numpy(dtype=np.int64)[pairs[0]]] = True
    read = set(study.segments(coder=coder)["transcript_id"])
    known = frame["transcript_id"].isin(read).to_numpy(dtype=bool)
    return Labelled(frame, tuple(codes), coded, np.repeat(known[:, None], len(codes), axis=1))


def see(
    corpus: Mapping[str, Transcript],
    frame: pd.DataFrame,
    embed: Callable[[list[str]], NDArray[np.float32]],
) -> Features:
    """Make the features of passages."""
    turns, asked = contexts(corpus, frame)
    return make_features(frame["text"].tolist(), turns, asked, embed)


def above(codebook: Codebook, codes: Sequence[str]) -> Flags:
    """Tell which codes stand above which: row below, column above."""
    column = {one: number for number, one in enumerate(codes)}
    over = np.zeros((len(codes), len(codes)), dtype=bool)
    for number, one in enumerate(codes):
        parent = codebook[one].parent
        while parent is not None:
            if parent in column:
                over[number, column[parent]] = True
            parent = codebook[parent].parent
    return over


def under_codes(
    decisions: Iterable[Decision], codebook: Codebook, codes: Sequence[str]
) -> Iterator[Decision]:
    """Give decisions under the codes that are learned, whatever they were called when decided.

    What has a code has the one above it too, if that is learned and the code is not. To decline
    a code says nothing of the one above it.
    """
    column = {one: number for number, one in enumerate(codes)}
    for one in decisions:
        if one.code_id not in codebook:
            continue
        code = codebook.resolve(one.code_id)
        number = _nearest(codebook, code, column) if one.accepted else column.get(code)
        if number is not None:
            yield one._replace(code_id=codes[number])


def _nearest(codebook: Codebook, code: str, column: Mapping[str, int]) -> int | None:
    """Give the number of a code, or of the nearest above it that has one."""
    above: str | None = code
    while above is not None and above not in column:
        above = codebook[above].parent
    return None if above is None else column[above]


def _meeting(frame: pd.DataFrame, codings: pd.DataFrame) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give the numbers of each coding and each passage that share a code point."""
    at = frame.groupby("transcript_id", sort=False).indices
    whose = codings.reset_index(drop=True).groupby("transcript_id", sort=False).indices
    starts, ends = frame["start"].to_numpy(), frame["end"].to_numpy()
    first, last = codings["start"].to_numpy(), codings["end"].to_numpy()
    pairs = []
    for name, some in whose.items():
        rows = at.get(name, np.empty(0, dtype=np.int64))
        meets = (starts[rows] < last[some, None]) & (first[some, None] < ends[rows])
        which, where = np.nonzero(meets)
        pairs.append((some[which], rows[where]))
    if not pairs:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate([one for one, _ in pairs]), np.concatenate([one for _, one in pairs])


def _same(frame: pd.DataFrame, codings: pd.DataFrame) -> tuple[NDArray[Any], NDArray[Any]]:
    keys = ["transcript_id", "start", "end"]
    rows = frame.reset_index(names="row")[[*keys, "row"]]
    met = codings.reset_index(drop=True).reset_index(names="coding")[[*keys, "coding"]].merge(rows)
    return met["coding"].to_numpy(), met["row"].to_numpy()
