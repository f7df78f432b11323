"""A study made of a published report's own quotations, so that all verbs work on them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcode.coding.codings import Codings
from qualcode.model import Coding, Source, Transcript
from qualcode.sources.published.corpus import footnotes_by_turn, published_corpus
from qualcode.study.evidence import split_codes
from qualcode.study.opening import Study

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.sources.corpus import Corpus
    from qualcode.sources.published import Interviewees, PublishedReport

__all__ = ["footnotes_of", "open_report", "published_study"]

_CODER = "report"
_NAMESPACE = uuid.UUID("6b0f2c5e-1b0e-5c0a-9d55-3b1f6a2f7c11")
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def open_report(study: Study, path: str) -> PublishedReport:
    """Read a published report with what a study's settings count as interviewees.

    Parameters
    ----------
    study : Study
        The study.
    path : str or Path
        The report, PDF or text.

    Returns
    -------
    PublishedReport
        The report, read.

    Raises
    ------
    ReportError
        If it cannot be read.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> open_report(example_study(), "none.pdf")
    Traceback (most recent call last):
    qualcode.errors.ReportError: none.pdf: there is no such file...
    """
    from qualcode.sources.published import read_report

    return read_report(path, interviewees_of(study))


def interviewees_of(study: Study) -> Interviewees:
    """Give what a study's settings count as interviewees."""
    from qualcode.sources.published import Interviewees

    return Interviewees(study.settings.interviewees, study.settings.roles)


def published_study(study: Study, report: PublishedReport, evidence: pd.DataFrame) -> Study:
    """Make a study of a report's quotations and the themes they were judged to support.

    Parameters
    ----------
    study : Study
        Gives the codebook and the settings.
    report : PublishedReport
        The report, read.
    evidence : pandas.DataFrame
        Frame "evidence": the themes of each footnote.

    Returns
    -------
    Study
        A transcript for each body, a coding for each quoted footnote and code, by the coder
        ``report``. Footnotes without quoted words have no words to code and are not in it.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> from qualcode.study.evidence import make_evidence
    >>> from qualcode.sources.published import Interviewees, parse_report
    >>> text = 'NIGHT WORK\\n\\nOne nurse said: "We never sit."¹\\n\\n1 Ward 7 (Night nurse)\\n'
    >>> report = parse_report(text, Interviewees({"Ward": "ward"}))
    >>> study = example_study()
    >>> published = published_study(study, report, make_evidence(report, {1: ("rest", "")}))
    >>> published.segments()[["body", "code_id", "quote"]].to_dict("records")
    [{'body': 'Ward 7', 'code_id': 'rest', 'quote': 'We never sit.'}]
    """
    corpus = published_corpus(report)
    codings = tuple(_codings(corpus, evidence))
    return Study.from_parts(
        corpus, study.codebook, Codings(codings, coders=(_CODER,)), settings=study.settings
    )


def _codings(corpus: Corpus, evidence: pd.DataFrame) -> Iterator[Coding]:
    themes = dict(zip(evidence["footnote"], evidence["themes"], strict=True))
    for footnote, transcript, number in footnotes_by_turn(corpus):
        turn = transcript.turns[number - 1]
        for code in split_codes(themes.get(footnote, "")):
            yield Coding(
                id=str(uuid.uuid5(_NAMESPACE, f"{transcript.id} {footnote} {code}")),
                transcript_id=transcript.id,
                code_id=code,
                coder=_CODER,
                start=turn.words_start,
                end=turn.end,
                quote=transcript.text[turn.words_start : turn.end],
                text_hash=transcript.text_hash,
                created_at=_UNDATED,
                source=Source("import"),
            )


def footnotes_of(study: Study) -> dict[str, str]:
    """Give the footnote of each coding of a published study, for `quote_table`.

    Parameters
    ----------
    study : Study
        Made by `published_study`.

    Returns
    -------
    dict of str to str
        Coding id -> footnote.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> footnotes_of(example_study())
    {}
    """
    notes = {
        (transcript.id, transcript.turns[number - 1].words_start): str(footnote)
        for footnote, transcript, number in _published_turns(study)
    }
    found = ((c.id, notes.get((c.transcript_id, c.start))) for c in study.codings.codings)
    return {coding: note for coding, note in found if note is not None}


def _published_turns(study: Study) -> Iterator[tuple[int, Transcript, int]]:
    if all("footnotes" in transcript.attributes for transcript in study.corpus.values()):
        yield from footnotes_by_turn(study.corpus)
