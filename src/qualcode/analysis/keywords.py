"""Passages that hold words typical of a code: the plainest of suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from qualcode.errors import UnknownValueError, clip

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["suggest_by_keywords"]

#: start, end, code, score, why
Suggestion = tuple[int, int, str, float, str]

_SENTENCE_END = re.compile(r"[.?!…]+[\"'”’)]*\s+|\n+")


def suggest_by_keywords(
    words: Mapping[str, Iterable[str]],
) -> Callable[[Transcript], list[Suggestion]]:
    """Make a function that offers each sentence with a code's keyword for that code.

    Parameters
    ----------
    words : mapping of str to iterable of str
        Code id -> words or phrases, found whole and whatever their case; ``*`` stands for the rest
        of a word.

    Returns
    -------
    callable
        Takes a `Transcript` and gives ``(start, end, code, score, why)``, a span for each sentence
        that holds a keyword, in order of place. The score is the share of the code's keywords that
        the sentence holds, 0 to 1; it says nothing of how likely the code is.

    Raises
    ------
    UnknownValueError
        If a code has no keywords, or one is empty.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> suggest = suggest_by_keywords({"breaks": ["break*", "biscuit"]})
    >>> for start, end, code, score, why in suggest(example_study().corpus["ward-3"]):
    ...     print(code, score, why)
    breaks 0.5 "breaks"
    breaks 0.5 "break"
    """
    patterns = {code: [_pattern(word, code) for word in some] for code, some in words.items()}
    for code, some in patterns.items():
        if not some:
            raise UnknownValueError(f"{clip(code)!r} has no keywords", mend="name some")

    def suggest(transcript: Transcript) -> list[Suggestion]:
        return sorted(
            (start, end, code, len(found) / len(some), ", ".join(f'"{one}"' for one in found))
            for start, end in _sentences(transcript)
            for code, some in patterns.items()
            if (found := _found(some, transcript.text[start:end]))
        )

    suggest.model = "keywords"  # type: ignore[attr-defined]
    return suggest


def _pattern(word: str, code: str) -> re.Pattern[str]:
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in word.split()]
    if not parts:
        raise UnknownValueError(f"a keyword of {clip(code)!r} is empty", mend="give a word")
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def _found(patterns: Iterable[re.Pattern[str]], sentence: str) -> list[str]:
    matches = (pattern.search(sentence) for pattern in patterns)
    return [match[0] for match in matches if match]


def _sentences(transcript: Transcript) -> Iterable[tuple[int, int]]:
    """Give the spans of sentences, by their marks: good enough to show, not to count by."""
    turns = [(turn.words_start, turn.end) for turn in transcript.turns]
    for first, last in turns or [(0, len(transcript.text))]:
        start = first
        for cut in _SENTENCE_END.finditer(transcript.text, first, last):
            yield from _trimmed(transcript.text, start, cut.end())
            start = cut.end()
        yield from _trimmed(transcript.text, start, last)


def _trimmed(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    words = text[start:end]
    if words.strip():
        lead = len(words) - len(words.lstrip())
        yield start + lead, start + len(words.rstrip())
