"""The researcher's summaries of a framework matrix: ``interviews_codebook/framework.csv``.

A line a cell, in the researcher's words: the tool keeps them and never makes any. A summary knows
the codings that it was written on by their fingerprint, so that it can be shown as stale when they
are others by now. The file may be edited by hand; a line without fingerprint is stale until it is
saved again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, clip
from qualcode.study._summary_file import SUMMARIES, Summary, read_summary_file

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript
    from qualcode.study.opening import Study

__all__ = ["read_summaries"]


def read_summaries(study: Study) -> pd.DataFrame:
    """Read what the researcher wrote on the cells of the framework matrix.

    Parameters
    ----------
    study : Study
        The study; one without a folder has no summaries.

    Returns
    -------
    pandas.DataFrame
        The frame ``summaries``, sorted by kind, case and theme. ``kind`` is ``body``,
        ``transcript`` or ``speaker``, which says what ``case`` names; ``theme_id`` is the id of a
        theme, or of a code where the columns were codes, as it stands in the file. ``codings`` is
        the fingerprint of the codings it was written on, empty if nobody knows. ``state`` is
        ``found``, or ``gone`` where the study has no such case or code any more: such a summary is
        kept in the file and shown in no matrix.

    Raises
    ------
    StudyError
        If the file cannot be read, or rows are wrong: all at once, with their lines.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> read_summaries(example_study()).columns.tolist()
    ['kind', 'case', 'theme_id', 'summary', 'by', 'at', 'codings', 'state']
    """
    from qualcode.frames import make_frame

    known = cases_of(study.corpus)
    rows = [
        {
            "kind": one.kind,
            "case": one.case,
            "theme_id": one.theme_id,
            "summary": one.summary,
            "by": one.by,
            "at": one.at,
            "codings": one.codings,
            "state": "found" if _is_there(one, known, study.codebook) else "gone",
        }
        for one in summaries_of(study)
    ]
    return make_frame("summaries", rows)


def summaries_of(study: Study) -> tuple[Summary, ...]:
    """Read a study's summaries as values, in the order of the file."""
    return () if study.root is None else tuple(read_summary_file(study.root / SUMMARIES).values())


def cases_of(corpus: Mapping[str, Transcript]) -> dict[str, set[str]]:
    """Give what a summary may be on: bodies, transcripts, speakers."""
    transcripts = list(corpus.values())
    return {
        "body": {one.body for one in transcripts},
        "transcript": {one.id for one in transcripts},
        "speaker": {
            f"{one.id} {label}"
            for one in transcripts
            for label in {*(s.label for s in one.speakers), *(t.speaker for t in one.turns)}
        },
    }


def _is_there(one: Summary, known: Mapping[str, set[str]], codebook: Codebook) -> bool:
    return one.case in known[one.kind] and one.theme_id in codebook


def summary_notes(
    root: Path,
    codebook: Codebook | None,
    corpus: Mapping[str, Transcript] | None,
    unread: Collection[str] = (),
) -> list[Fault]:
    """Read a study's summaries for a check, and tell of those on what is not there.

    Where transcripts could not be read nobody can say what they hold, so nothing is told.
    """
    summaries = read_summary_file(root / SUMMARIES)
    if codebook is None or corpus is None or unread or not summaries:
        return []
    known = cases_of(corpus)
    gone = [one for one in summaries.values() if not _is_there(one, known, codebook)]
    if not gone:
        return []
    first = f"{clip(gone[0].case or 'no body')}, {clip(gone[0].theme_id)}"
    what = f"{len(gone)} of {len(summaries)} summaries on a case or code that is not there"
    mend = f"rename or take away their lines, such as that of {first}"
    return [Fault(f"{what}: not shown", root / SUMMARIES, mend=mend)]
