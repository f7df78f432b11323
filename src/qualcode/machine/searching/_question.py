"""A question as its words: what is looked for one by one, and what must stand together."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from qualcode._text import clean
from qualcode.errors import QueryError

__all__ = ["Question", "read_question", "words_of"]

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")
_ASKED = regex.compile(_WORD.pattern + r"\*?")
_PHRASE = regex.compile(r'["“„«]([^"“”„«»]*)["”“»]')


def words_of(text: str) -> list[str]:
    """Cut a text into words: letters and digits of any script, whatever their case.

    An apostrophe or a hyphen parts two words, whatever its form: ``council's`` holds *council*,
    ``mae'n`` *mae*, ``l'école`` *école*. No word is cut to a stem, since stems are a language's
    own; `read_question` takes a star for endings.

    Examples
    --------
    >>> words_of("The Council’s time-lag; mae'n ŻÓŁTY")
    ['the', 'council', 's', 'time', 'lag', 'mae', 'n', 'żółty']
    """
    return _WORD.findall(_folded(text))


@dataclass(frozen=True)
class Question:
    """What was asked.

    Parameters
    ----------
    text : str
        The question as a model reads it.
    words : tuple of str
        Each once; one that ends in ``*`` stands for all words that begin so.
    phrases : tuple of str
        What stood in quotation marks: a passage must hold it word for word.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()


def read_question(text: str) -> Question:
    """Read a question, or raise `QueryError` if there is no word in it.

    Examples
    --------
    >>> read_question('complain* about "no break"').words
    ('complain*', 'about', 'no', 'break')
    """
    text = clean(text) if isinstance(text, str) else ""
    words = _ASKED.findall(_folded(text))
    if not words:
        raise QueryError("there is no word in the question", mend="ask in a few words")
    phrases = [one.strip() for one in _PHRASE.findall(text) if words_of(one)]
    plain = regex.sub(r'[*"“”„«»]+', " ", text)
    return Question(" ".join(plain.split()), tuple(dict.fromkeys(words)), tuple(phrases))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
