"""A corpus of a report's own quotations: a transcript for each body, a turn for each footnote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.model import Speaker, Transcript
from qualcode.sources.corpus import Corpus
from qualcode.sources.published._flow import normal_words

if TYPE_CHECKING:
    from qualcode.sources.published.report import Attribution, PublishedReport

__all__ = ["published_corpus", "words_hash"]

_UNNAMED = "Interviewee"
_BETWEEN = " … "  # stands between two quoted strings of one footnote


def published_corpus(report: PublishedReport) -> Corpus:
    """Make transcripts of a report's quotations, so that all verbs work on the published words.

    Parameters
    ----------
    report : PublishedReport
        A report that was read.

    Returns
    -------
    Corpus
        A transcript for each body with quoted words, named ``published-`` and the body; a turn
        for each of its footnotes, in the role as label; the attribute ``footnotes`` lists the
        turns' footnotes.

    Examples
    --------
    >>> from qualcode.sources.published import Interviewees, parse_report
    >>> text = 'NIGHT WORK\\n\\nOne nurse said: "We never sit."¹\\n\\n1 Ward 7 (Night nurse)\\n'
    >>> corpus = published_corpus(parse_report(text, Interviewees({"Ward": "ward"})))
    >>> corpus["published-ward-7"].text
    'Night nurse: We never sit.\\n'
    """
    by_body: dict[str, list[Attribution]] = {}
    for row in report.attributions:
        if row.passages:
            for body in row.body.split("; "):
                by_body.setdefault(body, []).append(row)
    return Corpus.from_transcripts(
        _transcript(body, rows, report.interviewees.body_type(body))
        for body, rows in by_body.items()
    )


def _transcript(body: str, rows: list[Attribution], body_type: str) -> Transcript:
    labels = [_label(row) for row in rows]
    roles = {label: row.role or _UNNAMED for label, row in zip(labels, rows, strict=True)}
    turns = (f"{label}: {_one_paragraph(row)}" for label, row in zip(labels, rows, strict=True))
    return Transcript(
        id="published-" + re.sub(r"[^a-z0-9]+", "-", body.casefold()).strip("-"),
        text="\n\n".join(turns) + "\n",
        body=body,
        body_type=body_type,
        speakers=tuple(Speaker(label, role) for label, role in roles.items()),
        attributes={"footnotes": tuple(row.footnote for row in rows)},
    )


def _label(row: Attribution) -> str:
    """Give the role as a label, without what would end one."""
    return " ".join(re.sub(r"[:\[\]\n]", " ", row.role).split()) or _UNNAMED


def _one_paragraph(row: Attribution) -> str:
    return _BETWEEN.join(" ".join(passage.split()) for passage in row.passages)


def words_hash(row: Attribution) -> tuple[str, int]:
    """Fingerprint an attribution's quoted words, whatever marks a conversion prints.

    Parameters
    ----------
    row : Attribution
        One footnote.

    Returns
    -------
    hash : str
        The first 16 hexadecimal digits of the SHA-256 of the lower-case words; empty without
        quoted words.
    length : int
        Number of words.

    Examples
    --------
    >>> from qualcode.sources.published import Attribution
    >>> words_hash(Attribution(1, "Ward 7", "", "", "", "direct", ("We never sit.",)))[1]
    3
    """
    words = normal_words(" ".join(row.passages))
    if not words:
        return "", 0
    return hashlib.sha256(words.encode()).hexdigest()[:16], words.count(" ") + 1


def footnotes_by_turn(corpus: Corpus) -> Iterator[tuple[int, Transcript, int]]:
    """Yield (footnote, transcript, number of its turn) for a published corpus."""
    for transcript in corpus.values():
        for turn, footnote in enumerate(transcript.attributes["footnotes"], start=1):
            yield int(footnote), transcript, turn
