"""Who speaks against: codings whose memo says so.

A code says what is talked about, not on which side (magnitude coding in Saldaña's terms is left to
the memo). A memo that begins with the word ``contrary`` marks a voice that speaks against what
the code stands for, or limits it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qualcode.analysis._spans import join_coders, rank_typical
from qualcode.frames import make_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["contrary_table", "is_contrary", "most_typical", "speaks_against"]

_MARK = r"(?i)\s*contrary\b"


def speaks_against(memo: str) -> bool:
    """Say whether one memo calls its coding contrary.

    Parameters
    ----------
    memo : str
        A coder's note.

    Returns
    -------
    bool
        True if it begins with ``contrary``.

    Examples
    --------
    >>> speaks_against("Contrary: likes nights."), speaks_against("on the contrary")
    (True, False)
    """
    return re.match(_MARK, memo) is not None


def is_contrary(segments: pd.DataFrame) -> pd.Series[bool]:
    """Say of each coding whether its memo calls it contrary.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.

    Returns
    -------
    pandas.Series of bool
        With the frame's index.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> segments = example_study().segments()
    >>> is_contrary(segments.assign(memo="Contrary: likes nights.")).all(), is_contrary(segments).any()
    (np.True_, np.False_)
    """
    return segments["memo"].str.match(_MARK).astype(bool)


def most_typical(segments: pd.DataFrame) -> pd.Series[Any]:
    """Choose the most typical passage, of those not contrary where there are any.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``, with at least one row.

    Returns
    -------
    pandas.Series
        The row, as `rank_typical` puts it first.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> most_typical(example_study().segments("sleep_by_day"))["speaker"]
    'NN'
    """
    bearing = segments[~is_contrary(segments)]
    return rank_typical(join_coders(segments if bearing.empty else bearing)).iloc[0]


def contrary_table(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    corpus: Mapping[str, Transcript] | None = None,
) -> pd.DataFrame:
    """List the voices that speak against a code, in their words, with the coder's reason.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    corpus : mapping of str to Transcript, optional
        The transcripts, so that ``place`` gives the time.

    Returns
    -------
    pandas.DataFrame
        Frame "contrary_table": themes in the order of the codebook, quotes as they stand in the
        transcripts; several coders' reasons are joined.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> segments = study.segments("sleep_by_day").assign(memo="contrary: she sleeps well")
    >>> contrary_table(segments, study.codebook)[["theme", "memo"]].to_dict("records")
    [{'theme': 'Rest', 'memo': 'she sleeps well'}]
    """
    from qualcode.analysis.quotes import quote_table

    against = segments[is_contrary(segments)]
    memos = against["memo"].str.replace(_MARK + r"[:,.]?\s*", "", regex=True)
    reasons = dict(zip(against["coding_id"], memos, strict=True))
    quotes = quote_table(against, codebook, corpus=corpus)
    same = ("theme", "code_path", "quote", "role", "body", "place")
    return make_frame(
        "contrary_table",
        {name: quotes[name] for name in same}
        | {"memo": [reasons.get(coding_id, "") for coding_id in quotes["coding_id"]]},
    )
