"""What a learner sees of a passage: its meaning and its words, its turn's, and the question's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.machine._packages import need

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

__all__ = ["Block", "Features", "make_features"]

#: What the turn and the question count for, beside the passage itself.
AROUND = 0.5
_COMMON = 0.1  # a word that stands in more of the texts tells of the manner, not the subject


@dataclass(frozen=True, eq=False)
class Block:
    """One of the texts that a passage is seen by: each different text is held once.

    Parameters
    ----------
    vectors : array of float32, shape (texts, dimensions)
        Zero for an empty text.
    counts : sparse matrix of int, shape (texts, words)
        How often each word stands in each text.
    words : array of str, shape (words,)
        The vocabulary.
    index : array of int, shape (passages,)
        Which text each passage has.
    weight : float
        What the block counts for.
    tfidf : sparse matrix of float, shape (texts, words), optional
        Once the weights of words are known.
    """

    vectors: NDArray[np.float32]
    counts: Any
    words: NDArray[Any]
    index: Rows
    weight: float
    tfidf: Any = None

    @cached_property
    def frequent(self) -> Rows:
        """The words that stand in too many texts to tell of a subject."""
        return np.flatnonzero(self.counts.getnnz(axis=0) > _COMMON * self.counts.shape[0])

    def take(self, rows: Rows) -> Block:
        """Keep the texts of some passages."""
        texts, index = np.unique(self.index[rows], return_inverse=True)
        tfidf = None if self.tfidf is None else self.tfidf[texts]
        return Block(self.vectors[texts], self.counts[texts], self.words, index, self.weight, tfidf)


@dataclass(frozen=True, eq=False)
class Features:
    """Passages as a learner sees them.

    Parameters
    ----------
    blocks : tuple of Block
        The passage, its turn, the question.
    """

    blocks: tuple[Block, ...]

    def __len__(self) -> int:
        return len(self.blocks[0].index)

    def fitted(self, rows: Rows) -> Features:
        """Weigh words by how rare they are in some passages, and know of no others."""
        transformer = need("sklearn.feature_extraction.text").TfidfTransformer
        blocks = []
        for block in self.blocks:
            seen = block.counts[block.index[rows]]
            weighing = transformer(sublinear_tf=True).fit(seen)
            blocks.append(replace(block, tfidf=weighing.transform(block.counts)))
        return Features(tuple(blocks))

    def take(self, rows: Rows) -> Features:
        """Keep some passages, and of the texts those that they need."""
        return Features(tuple(block.take(rows) for block in self.blocks))

    def dense(self, rows: Rows) -> NDArray[np.float32]:
        """Give the meanings of some passages, rows × (blocks · dimensions)."""
        parts = [block.vectors[block.index[rows]] * block.weight for block in self.blocks]
        return np.hstack(parts).astype(np.float32)

    def sparse(self, rows: Rows) -> Any:
        """Give the words of some passages, rows × (all blocks' words)."""
        stack = need("scipy.sparse").hstack
        parts = [block.tfidf[block.index[rows]] * block.weight for block in self.blocks]
        return stack(parts).tocsr()

    def score(self, dense: Floats, sparse: Floats) -> Floats:
        """Multiply all passages with weights, features × codes: passages × codes.

        Each different text is multiplied once, and no row of all features is ever made.
        """
        total = np.zeros((len(self), dense.shape[1]))
        at = word = 0
        for block in self.blocks:
            width, words = block.vectors.shape[1], block.counts.shape[1]
            found = block.vectors @ dense[at : at + width]
            found = found + block.tfidf @ sparse[word : word + words]
            total += block.weight * found[block.index]
            at, word = at + width, word + words
        return total

    @property
    def words(self) -> NDArray[Any]:
        """The words of the passage itself: the first columns of `sparse`."""
        return self.blocks[0].words


def make_features(
    texts: Sequence[str],
    turns: Sequence[str],
    asked: Sequence[str],
    embed: Callable[[list[str]], NDArray[np.float32]],
) -> Features:
    """Make features of passages, of the turns they stand in and of what was asked before."""
    weights = (1.0, AROUND, AROUND)
    whole = (texts, turns, asked)
    return Features(
        tuple(_block(some, weight, embed) for some, weight in zip(whole, weights, strict=True))
    )


def _block(
    texts: Sequence[str], weight: float, embed: Callable[[list[str]], NDArray[np.float32]]
) -> Block:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    different = list(numbers)
    vectors = embed(different)
    vectors = np.where(np.array([bool(one) for one in different])[:, None], vectors, 0.0)
    counter = need("sklearn.feature_extraction.text").CountVectorizer()
    try:
        counts = counter.fit_transform(different)
        words = counter.get_feature_names_out()
    except ValueError:  # not one word in all texts
        counts = need("scipy.sparse").csr_matrix((len(different), 1))
        words = np.array([""], dtype=object)
    index = np.array([numbers[text] for text in texts], dtype=np.int64)
    return Block(vectors.astype(np.float32), counts, words, index, weight)
