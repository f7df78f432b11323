"""How well a passage's words answer a question's: BM25."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.machine._packages import need, offline
from qualcode.machine.searching._question import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WordIndex"]

_NONE = ""  # stands for the words of a passage that has none
_LAST = "\U0010ffff"


class WordIndex:
    """The words of all passages.

    Rarer words weigh more, a word that is said again adds less each time, and long passages have
    no advantage (Lucene's form, k1 = 1.5, b = 0.75).

    Parameters
    ----------
    index : bm25s.BM25
        With scores worked out for every word of every passage.

    References
    ----------
    Robertson, S. & Zaragoza, H. (2009). The probabilistic relevance framework: BM25 and beyond.
    Foundations and Trends in Information Retrieval 3(4), 333-389.

    Lù, X. H. (2024). BM25S: orders of magnitude faster lexical search via eager sparse scoring.
    arXiv:2407.03618.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, texts: Iterable[str]) -> WordIndex:
        """Index texts, at least one."""
        vocabulary: dict[str, int] = {_NONE: 0}
        rows = [
            [vocabulary.setdefault(word, len(vocabulary)) for word in words_of(text) or [_NONE]]
            for text in texts
        ]
        with offline():
            index = need("bm25s").BM25(method="lucene", k1=1.5, b=0.75, backend="numpy")
            index.index((rows, vocabulary), show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Open what was saved, without reading it all."""
        with offline():
            return cls(need("bm25s").BM25.load(str(folder), mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write files into a folder."""
        with offline():
            self._index.save(str(folder), show_progress=False)

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Give each passage's score; a word that nobody says adds nothing."""
        numbers = dict.fromkeys(number for word in words for number in self._meant(word))
        found: NDArray[np.float32] = self._index.get_scores_from_ids(list(numbers))
        return found

    def holding(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Give the rows of the passages that hold all of some words."""
        matrix = self._index.scores
        found = np.arange(matrix["num_docs"])
        for word in words:
            number = self._index.vocab_dict.get(word)
            if number is None:
                return found[:0]
            first, last = matrix["indptr"][number], matrix["indptr"][number + 1]
            found = np.intersect1d(found, matrix["indices"][first:last])
        return found

    def _meant(self, word: str) -> list[int]:
        """Give the numbers of the words that are meant: one, or with a star all that begin so."""
        numbers = self._index.vocab_dict
        if not word.endswith("*"):
            return [numbers[word]] if word in numbers else []
        begins = word.rstrip("*")
        first, last = bisect_left(self._sorted, begins), bisect_left(self._sorted, begins + _LAST)
        return [numbers[one] for one in self._sorted[first:last]]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._index.vocab_dict)
