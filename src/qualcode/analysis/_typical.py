"""How typical each of some texts is of them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["typicality"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Below this, two similarities are one: sums in another order differ in their last digits.
_DECIMALS = 9


def typicality(
    texts: Sequence[str], *, apart: Iterable[tuple[int, int]] = ()
) -> npt.NDArray[np.float64]:
    """Measure each text's mean similarity to the others.

    Texts become vectors of their words' TF-IDF weights, and similarity is the cosine of the angle
    between two vectors. A word's weight is ``tf · (ln((1 + n) / (1 + df)) + 1)``, with tf its
    number in the text, df the number of texts that have it, n the number of texts.

    Parameters
    ----------
    texts : sequence of str, shape (n,)
        The texts.
    apart : iterable of (int, int)
        Pairs of texts, each pair once, that are not to be compared: two spans over the same
        words would else make each other typical.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        0 (nothing shared with any other) to 1 (all say the same), to 9 decimals; 0 for a text
        without words or without others.

    References
    ----------
    G. Salton and C. Buckley (1988), "Term-weighting approaches in automatic text retrieval",
    Information Processing & Management 24(5), 513-523; with the smoothed idf of C. D. Manning,
    P. Raghavan and H. Schütze (2008), Introduction to Information Retrieval, ch. 6.

    Examples
    --------
    >>> typicality(["no break", "no break at night", "the pay"]).round(2).tolist()
    [0.3, 0.3, 0.0]
    """
    count = len(texts)
    if count < 2:
        return np.zeros(count)
    text, word, tf = _count_words(texts)
    df = np.bincount(word)
    weight = tf * (np.log((1 + count) / (1 + df)) + 1)[word]
    norm = np.sqrt(np.bincount(text, weight**2, minlength=count))
    weight = weight / norm[text]
    # The sum over the others of x·y is x·(sum of all) - x·x, which needs no n x n table.
    everything = np.bincount(word, weight)
    to_all = np.bincount(text, weight * everything[word], minlength=count)
    others = np.full(count, count - 1)
    starts = np.searchsorted(text, np.arange(count + 1))
    for pair in apart:
        mine, yours = (slice(starts[one], starts[one + 1]) for one in pair)
        _, at_mine, at_yours = np.intersect1d(
            word[mine], word[yours], assume_unique=True, return_indices=True
        )
        to_all[list(pair)] -= weight[mine][at_mine] @ weight[yours][at_yours]
        others[list(pair)] -= 1
    mean = (to_all - (norm > 0)) / np.maximum(others, 1)
    return np.asarray(np.clip(mean.round(_DECIMALS), 0.0, 1.0) + 0.0, dtype=np.float64)


def _count_words(
    texts: Sequence[str],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count each word of each text: number of the text, number of the word, how often."""
    words = [_WORD.findall(text.casefold()) for text in texts]
    text = np.repeat(np.arange(len(words)), [len(several) for several in words])
    word, _ = pd.factorize(np.array([one for several in words for one in several], dtype=object))
    width = int(word.max(initial=0)) + 1
    pairs, tf = np.unique(text * width + word, return_counts=True)
    return pairs // width, pairs % width, tf.astype(np.int64)
