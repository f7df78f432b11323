"""How the coding went on: day by day, and how the codes grew over the interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook

__all__ = ["code_growth", "coding_days"]

_COUNTED = {"add": "added", "recode": "recoded", "remove": "removed", "memo": "memos"}


def coding_days(history: pd.DataFrame) -> pd.DataFrame:
    """Count what each coder did on each day.

    Parameters
    ----------
    history : pandas.DataFrame
        The frame ``history``, such as ``study.history``.

    Returns
    -------
    pandas.DataFrame
        Frame "coding_days", by day (UTC) and coder: interviews touched, codings added, given
        another code and removed, and memos. What was undone is not counted.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> row = {"event_id": "1", "at": "2026-05-04T09:00Z", "coder": "ann", "coding_id": "a",
    ...        "transcript_id": "ward-1", "code_id": "rest", "detail": "", "undone": False}
    >>> events = make_frame("history", [row | {"event": "add"}, row | {"event": "recode"}])
    >>> coding_days(events)[["coder", "interviews", "added", "recoded"]].to_dict("records")
    [{'coder': 'ann', 'interviews': 1, 'added': 1, 'recoded': 1}]
    """
    done = history[~history["undone"].astype(bool)]
    done = done.assign(
        date=done["at"].dt.tz_convert(None).dt.normalize(),
        **{column: done["event"] == kind for kind, column in _COUNTED.items()},
    )
    days = done.groupby(["date", "coder"], sort=True)
    table = days[list(_COUNTED.values())].sum()
    touched = done[done["transcript_id"] != ""].groupby(["date", "coder"])["transcript_id"]
    table["interviews"] = touched.nunique().reindex(table.index, fill_value=0)
    table = table.reset_index()
    return make_frame("coding_days", {str(name): table[name] for name in table.columns})


def code_growth(
    segments: pd.DataFrame,
    interviews: pd.DataFrame,
    codebook: Codebook,
    *,
    order: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count, interview by interview, how many codes are heard for the first time.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    interviews : pandas.DataFrame
        The frame ``interviews``, such as ``study.interviews``.
    codebook : Codebook
        Gives the codes' names.
    order : sequence of str, optional
        Ids of the transcripts in the order in which they are taken; by default by date.

    Returns
    -------
    pandas.DataFrame
        Frame "code_growth": the cumulative count ``codes`` is the curve that is read for
        saturation, where it goes flat [1]_.

    Raises
    ------
    UnknownValueError
        If `order` is not exactly the interviews, each once.

    References
    ----------
    .. [1] G. Guest, A. Bunce and L. Johnson (2006), "How many interviews are enough?", Field
       Methods 18(1), 59-82.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> growth = code_growth(study.segments(), study.interviews, study.codebook)
    >>> growth[["transcript_id", "new_codes", "codes"]].values.tolist()
    [['ward-1', 3, 3], ['ward-2', 1, 4], ['ward-3', 0, 4]]
    """
    ids = _in_order(interviews, order)
    known = interviews.set_index("transcript_id")
    given = segments.groupby("transcript_id")["code_id"].agg(set)
    seen: set[str] = set()
    rows = []
    for position, transcript_id in enumerate(ids, start=1):
        new = given.get(transcript_id, set()) - seen
        seen |= new
        rows.append(
            {
                "position": position,
                "transcript_id": transcript_id,
                "body": known.loc[transcript_id, "body"],
                "date": known.loc[transcript_id, "date"],
                "new_codes": len(new),
                "codes": len(seen),
                "new_names": "; ".join(code.name for code in codebook if code.id in new),
            }
        )
    return make_frame("code_growth", rows)


def _in_order(interviews: pd.DataFrame, order: Sequence[str] | None) -> list[str]:
    if order is None:
        by_date = interviews.sort_values("date", kind="stable", na_position="last")
        return [str(one) for one in by_date["transcript_id"]]
    there = set(interviews["transcript_id"])
    for one in order:
        if one not in there:
            raise UnknownValueError(f"order= names {clip(one)!r}, which is no interview")
    if len(order) != len(there) or set(order) != there:
        mend = "give every interview once"
        raise UnknownValueError(f"order= has {len(order)} of {len(there)} interviews", mend=mend)
    return list(order)
