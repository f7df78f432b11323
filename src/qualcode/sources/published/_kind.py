"""Judge whether a statement is somebody's own words, reported speech, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.sources.published._values import Quotation

__all__ = ["kind_of", "names_one_speaker", "speaks"]

_SAID = (
    r"(?:said|says|note[sd]?|noting|explain(?:s|ed)|stat(?:es|ed)|remark(?:s|ed)|observ(?:es|ed)|add(?:s|ed)|commented"
    r"|comments|emphasi[sz]ed|recogni[sz]ed|reported|reports|argued|felt|feels|thought|described|told(?: us| me)?|put it"
    r"|reflected|recalled|suggested|stressed|acknowledged|admitted|asked|queried|pointed out|concluded|considered"
    r"|highlighted|mentioned|believed|claimed|complained|expressed|continued|warned|replied)"
)
#: somebody (one person or one body) who says something
_ONE_SPEAKER = re.compile(
    r"^(?:(?:as|for instance|for example|however|similarly|likewise|in addition|at the same time|by contrast|but|and|then),?\s+)?"
    r"(?:(?:one|another|an?|the|this|that|his|her|their|its)\s+(?:[\w'’-]+\s+){0,7}?"
    r"(?:officers?|officials?|director|manager|head|interviewee|participant|respondent|leader|member|worker|nurse|matron|sister|doctor|teacher|council|board|icb|body|team|authority|staff|position|view)\b"
    r"|(?:he|she)\b|(?:in|at)\s+(?:one|another)\b|officer\b|interviewee\b)",
    re.IGNORECASE,
)
_FRAME = re.compile(
    rf"^\W*(?:(?:as|and|but|however|similarly|likewise|also|then),?\s+)?(?:[\w'’()-]+\s+){{0,12}}?(?:also\s+|further\s+|then\s+)?{_SAID}"
    r"(?:\s+(?:that|as follows|how|it|this|to (?:us|me)|in (?:this|these) (?:way|words|terms)))?\W*$",
    re.IGNORECASE,
)
#: the same behind the words: "…," said a matron
_FRAME_BEHIND = re.compile(
    rf"^\W*(?:{_SAID}\s+(?:[\w'’-]+\s+){{0,7}}[\w'’-]+|(?:[\w'’-]+\s+){{1,7}}{_SAID}(?:\s+(?:us|me))?)\W*$",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "are",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "in",
        "is",
        "it",
        "its",
        "nor",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "them",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
    ]
)
_REPORTED = re.compile(rf"\b{_SAID}\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")


def kind_of(text: str, quotations: Sequence[Quotation], *, lead_in: bool = False) -> str:
    """Judge what a statement is made of.

    Parameters
    ----------
    text : str
        The statement, from the footnote mark before it to its own.
    quotations : sequence of Quotation
        Its quoted strings (places in `text`).
    lead_in : bool
        True if quoted strings stand in a paragraph that leads to the statement as well.

    Returns
    -------
    str
        ``indirect`` without quoted strings, ``direct`` if nothing but who spoke is outside
        them, else ``mixed``.
    """
    if not quotations:
        return "indirect"
    if lead_in or _tail_has_words(text, quotations):
        return "mixed"
    return "mixed" if _says_more(text, quotations) else "direct"


def _tail_has_words(text: str, quotations: Sequence[Quotation]) -> bool:
    """Tell whether the statement goes on behind its last quotation."""
    tail = text[quotations[-1].outer_end :]
    return _content(tail) > 0 and not _FRAME_BEHIND.match(tail)


def _says_more(text: str, quotations: Sequence[Quotation]) -> bool:
    """Tell whether the words outside the quotations report what was said."""
    last = 0
    for quotation in quotations:
        outside = text[last : quotation.outer_start]
        if (
            last
            and _content(outside)
            and not _FRAME.match(outside)
            and not _FRAME_BEHIND.match(outside)
        ):
            return True
        if not last and _reports(outside):
            return True
        last = quotation.outer_end
    return False


def _reports(before: str) -> bool:
    """Judge the words before the first quotation: the sentence it stands in, and those before."""
    sentences = [s for s in _SENTENCE_END.split(before) if s.strip()]
    if not sentences:
        return False
    own = "" if before.rstrip().endswith((".", "!", "?")) else sentences.pop()
    if own and not _is_frame(own):
        return True
    return bool(sentences) and any(names_one_speaker(s) for s in sentences)


def _is_frame(words: str) -> bool:
    """Tell whether the words only say who speaks."""
    if _FRAME.match(words) or not re.search(r"\w", words):
        return True
    return words.rstrip().endswith(":") and not re.search(r"\bthat\b", words)


def _content(words: str) -> int:
    """Count the words that carry meaning."""
    return sum(w not in _EMPTY for w in re.findall(r"[^\W_]+", words.lower().replace("’", "")))


def speaks(sentence: str) -> bool:
    """Tell whether somebody who is named at the beginning of a text says something in it."""
    first = re.split(r"[.!?](?:\s|$)|[“\"«]", sentence, maxsplit=1)[0]
    return names_one_speaker(sentence) and _REPORTED.search(first) is not None


def names_one_speaker(sentence: str) -> bool:
    """Tell whether a sentence reports what one person or one body said or did."""
    return _ONE_SPEAKER.match(sentence.strip()) is not None
