"""Passages' words and vectors, each indexed when it is first asked for, and ranked by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qualcode.machine.embedding.embed import embed
from qualcode.machine.searching._bm25 import WordIndex
from qualcode.machine.searching._kept_index import keep_index
from qualcode.machine.searching._nearest import VectorIndex
from qualcode.machine.searching._question import words_of
from qualcode.machine.searching._ranking import best_rows, fuse
from qualcode.study._filters import match_words

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.machine.searching._ranking import Mask, Rows

    Scores = NDArray[np.float64]
    Vector = NDArray[np.float32]

__all__ = ["Engine", "Ranked"]

_DEPTH = 500  # places of a ranking that count when two are made one


@dataclass(frozen=True, eq=False)
class Ranked:
    """Rows, the best first, and what they scored; None where it was not asked."""

    rows: Rows
    score: Scores
    by_meaning: Scores | None = None
    by_words: Scores | None = None


@dataclass(frozen=True, eq=False)
class Engine:
    """Ranks passages.

    Parameters
    ----------
    texts : pandas.Series of str
        Their words.
    kind : str
        What they are, as part of a file's name.
    cache : Path or None
        Where the indexes are kept.
    model, precision : str
        As for `embed`.
    progress : bool, optional
        Whether to show a bar while the passages are read.
    """

    texts: pd.Series[str]
    kind: str
    cache: Path | None
    model: str
    precision: str
    progress: bool | None = None

    def rank(
        self, meaning: str | None, words: Iterable[str] | None, keep: Mask | None, limit: int
    ) -> Ranked:
        """Rank by a text's meaning, by words, or by both."""
        if not len(self.texts):
            return Ranked(np.arange(0), np.zeros(0))
        depth, rankings = max(_DEPTH, limit), []
        if meaning is not None:
            vector = self._read(meaning)
            rankings.append(self.vectors.nearest(vector, depth, keep))
        if words is not None:
            said = self.words.scores(words)
            holds = said > 0
            rankings.append(best_rows(said, depth, holds if keep is None else holds & keep))
        rows, fused = fuse(rankings)
        rows, fused = rows[:limit], fused[:limit]
        meant = None if meaning is None else self.vectors.cosines(vector, rows)
        told = None if words is None else said[rows].astype(np.float64)
        alone = told if meant is None else meant
        score = fused if alone is None or len(rankings) > 1 else alone
        return Ranked(rows, score, meant, told)

    def holding(self, phrases: Iterable[str], keep: Mask | None) -> Mask | None:
        """Say which of the passages hold every phrase, word for word."""
        for phrase in phrases if len(self.texts) else ():
            test = match_words(phrase)
            whole = [word for part in phrase.split() if "*" not in part for word in words_of(part)]
            rows = self.words.holding(whole)
            rows = rows if keep is None else rows[keep[rows]]
            keep = np.zeros(len(self.texts), bool)
            keep[rows] = [test(text) for text in self.texts.iloc[rows]]
        return keep

    @cached_property
    def words(self) -> WordIndex:
        """The words of all passages."""

        def make() -> WordIndex:
            return WordIndex.of(self.texts)

        return keep_index(self.cache, f"search-words-{self.kind}", self._digest, WordIndex, make)

    @cached_property
    def vectors(self) -> VectorIndex:
        """The vectors of all passages."""
        from qualcode.machine.embedding._encoder import encoder

        def make() -> VectorIndex:
            vectors = embed(
                self.texts,
                model=self.model,
                precision=self.precision,
                cache=self.cache,
                progress=self.progress,
            )
            return VectorIndex.of(vectors)

        kind = f"search-meaning-{self.kind}-{encoder(self.model, self.precision).digest}"
        return keep_index(self.cache, kind, self._digest, VectorIndex, make)

    def _read(self, text: str) -> Vector:
        found: Vector = embed([text], model=self.model, precision=self.precision, progress=False)[0]
        return found

    @cached_property
    def _digest(self) -> str:
        """A fingerprint of all passages' words, in order."""
        whole = hashlib.blake2b(digest_size=12)
        for text in self.texts:
            data = text.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "little") + data)
        return whole.hexdigest()
