"""What a page shows of one coded transcript, gathered from the study before a word is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.coding._code import one_line
from qualcode.errors import clip
from qualcode.reporting._transcript_pieces import share_out

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Code, Codebook
    from qualcode.model import Transcript, Turn
    from qualcode.study import Study

__all__ = ["Block", "Coded", "LegendRow", "View", "clock", "gather"]

_COLUMNS = ("code_id", "code_path", "coder", "start", "end", "memo", "source")


@dataclass(frozen=True, slots=True)
class Coded:
    """One coding: the code and the coder by their places in the legend."""

    code: int
    path: str
    coder: int
    start: int
    end: int
    memo: str
    source: str


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One code of the legend: codings with it and below it, and the places of all these codes."""

    code: Code
    depth: int
    codings: int
    below: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A turn, or the text before the first: where its words stand and which codings touch them."""

    turn: Turn | None
    start: int
    end: int
    codings: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """All that the page shows."""

    transcript: Transcript
    codings: Sequence[Coded]
    legend: Sequence[LegendRow]
    coders: Mapping[str, int]
    blocks: Sequence[Block]
    adrift: Sequence[tuple[str, str, str, str]]  # code, coder, first words, why

    @property
    def title(self) -> str:
        """What the page is called if it is given no title."""
        transcript = self.transcript
        words = f"{transcript.id}: {transcript.body}" if transcript.body else transcript.id
        return clean(one_line(words))

    @cached_property
    def first_block(self) -> Mapping[int, int]:
        """The block in which each coding begins."""
        first: dict[int, int] = {}
        for place, block in enumerate(self.blocks):
            for number in block.codings:
                first.setdefault(number, place)
        return first

    @cached_property
    def first_heard(self) -> frozenset[int]:
        """The blocks in which somebody speaks for the first time."""
        first: dict[str, int] = {}
        for place, block in enumerate(self.blocks):
            if block.turn is not None:
                first.setdefault(block.turn.speaker, place)
        return frozenset(first.values())

    @property
    def words(self) -> int:
        """How many words are said."""
        text = self.transcript.text
        return sum(len(text[block.start : block.end].split()) for block in self.blocks)

    @property
    def used_codes(self) -> int:
        """How many codes were given."""
        return len({coding.code for coding in self.codings})


def gather(
    study: Study, transcript: Transcript, segments: pd.DataFrame, adrift: pd.DataFrame
) -> View:
    """Gather what is shown; `segments` and `adrift` are those of this transcript."""
    legend = _legend(study.codebook, Counter(segments["code_id"].tolist()))
    coders = Counter(sorted(segments["coder"].tolist()))
    codings = _codings(segments, legend, list(coders))
    bounds = list(_bounds(transcript))
    spans = [(coding.start, coding.end) for coding in codings]
    shares = share_out(spans, [(start, end) for _, start, end in bounds])
    blocks = [Block(*place, tuple(own)) for place, own in zip(bounds, shares, strict=True)]
    columns = (adrift[name].tolist() for name in ("code_id", "coder", "quote", "reason"))
    left_out = [
        (study.codebook[code_id].name, coder, clip(quote), reason)
        for code_id, coder, quote, reason in zip(*columns, strict=True)
    ]
    return View(transcript, codings, legend, coders, blocks, left_out)


def _codings(
    segments: pd.DataFrame, legend: Sequence[LegendRow], coders: Sequence[str]
) -> list[Coded]:
    code_at = {row.code.id: place for place, row in enumerate(legend)}
    coder_at = {coder: place for place, coder in enumerate(coders)}
    columns = (segments[name].tolist() for name in _COLUMNS)
    codings = [
        Coded(code_at[code_id], path, coder_at[coder], start, end, memo, source)
        for code_id, path, coder, start, end, memo, source in zip(*columns, strict=True)
    ]
    # as lanes are given, so that names stand in the order of their stripes
    return sorted(codings, key=lambda coding: (coding.start, -coding.end))


def _legend(codebook: Codebook, given: Mapping[str, int]) -> list[LegendRow]:
    """List the codes that were given and those above them, in tree order."""
    below = {code.id: codebook.descendants(code.id) for code in codebook}
    kept = [code for code in codebook if any(one in given for one in below[code.id])]
    place = {code.id: number for number, code in enumerate(kept)}
    return [
        LegendRow(
            code,
            codebook.depth_of(code.id),
            sum(given.get(one, 0) for one in below[code.id]),
            tuple(place[one] for one in below[code.id] if one in place),
        )
        for code in kept
    ]


def _bounds(transcript: Transcript) -> Iterator[tuple[Turn | None, int, int]]:
    """Give the text before the first turn, if there is any, and each turn's words."""
    turns, text = transcript.turns, transcript.text
    before = text[: turns[0].start] if turns else text
    if before.strip() or not turns:
        start = len(before) - len(before.lstrip())
        yield None, start, max(start, len(before.rstrip()))
    for turn in turns:
        yield turn, turn.words_start, turn.end


def clock(seconds: float) -> str:
    """Write a time as the transcripts do: ``00:14:31``."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"
