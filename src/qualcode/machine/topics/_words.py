"""The words that a topic is called by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qualcode.machine._packages import need

__all__ = ["reader_of"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What people say in any interview, besides the words that scikit-learn's list has.
_SPOKEN = (
    "yeah yes okay ok um uh er erm mm oh ah well just really actually like lot thing things gonna "
    "know think mean going got did does doing say says said"
)
_TAILS = frozenset({"t", "ll", "ve", "re", "d", "m"})  # of don't, we'll, they've
_COMMON = 0.1  # share of passages: where there is no list, a word in more of them is a common one
_SHORTEST = 2


def reader_of(
    texts: Sequence[str], language: str, stop_words: Iterable[str]
) -> Callable[[str], list[str]]:
    """Give a function from a text to its words, in small letters and without the common ones.

    For English there is a list of common words. For another language, those in more than a tenth
    of the texts are common: so a corpus needs no list, and none is taken for English.
    """
    common = _english() if language == "en" else _frequent(texts)
    left_out = frozenset(common) | {_plain(word) for word in stop_words}

    def read(text: str) -> list[str]:
        return [word for word in _words(text) if not _is_common(word, left_out)]

    return read


def _words(text: str) -> list[str]:
    words = (_plain(word) for word in _WORD.findall(text))
    return [word for word in words if len(word) >= _SHORTEST]


def _plain(word: str) -> str:
    """Give a word in small letters, with a straight apostrophe and without an English genitive."""
    return word.casefold().replace("’", "'").removesuffix("'s")


def _is_common(word: str, left_out: frozenset[str]) -> bool:
    return word in left_out or word.partition("'")[2] in _TAILS


def _english() -> frozenset[str]:
    found: frozenset[str] = need("sklearn.feature_extraction.text").ENGLISH_STOP_WORDS
    return found | set(_SPOKEN.split())


def _frequent(texts: Sequence[str]) -> set[str]:
    counts = Counter(word for text in texts for word in set(_words(text)))
    return {word for word, number in counts.items() if number > _COMMON * len(texts)}
