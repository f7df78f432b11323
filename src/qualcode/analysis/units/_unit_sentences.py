"""Where the sentences of a turn begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["sentences_of"]

Spans = tuple[tuple[int, int], ...]
_MOST = 400_000  # turns whose sentences are kept
_KEPT: dict[tuple[str, int, int, str], Spans] = {}


def sentences_of(transcript: Transcript, start: int, end: int, language: str) -> Spans:
    """Give the sentences of a stretch of a transcript, without the space around them.

    Parameters
    ----------
    transcript : Transcript
        Its text's fingerprint is what sentences are kept by, so that they are cut once.
    start, end : int
        The stretch, in code points: the words of a turn.
    language : str
        Whose abbreviations do not end a sentence: ``en``, ``de``.

    Returns
    -------
    tuple of (int, int)
        Half-open spans in code points of the transcript's text.
    """
    key = (transcript.text_hash, start, end, language)
    spans = _KEPT.get(key)
    if spans is None:
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        spans = _KEPT[key] = tuple(_cut(transcript.text[start:end], start, language))
    return spans


def _cut(words: str, at: int, language: str) -> Iterator[tuple[int, int]]:
    import sentencex

    # sentencex 1.0 stops at an initial after a space of more than one byte, as in "\xa0I."; one
    # code point is put for one, so that every offset stays. Half a surrogate pair it cannot read.
    plain = "".join(" " if one.isspace() and one != "\n" else one for one in words)
    plain = plain.encode("utf-8", "replace").decode("utf-8")
    for found in sentencex.get_sentence_boundaries(language, plain):
        said = plain[found["start_index"] : found["end_index"]]
        start = at + found["start_index"] + len(said) - len(said.lstrip())
        if said.strip():
            yield start, start + len(said.strip())
