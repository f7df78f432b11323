"""Where two coders of one text agree and where they differ, coding by coding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qualcode.analysis.agreement._pairing import ONE_ONLY, Mark, Pair, pair_marks
from qualcode.analysis.stance import is_contrary
from qualcode.errors import StudyError
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study

__all__ = ["coding_differences"]


def coding_differences(
    study: Study, *, coders: tuple[str, str], transcript: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """List where two coders agree and where they differ: each coding stands in exactly one row.

    Two codings are paired if they give one code to words that overlap, the same words before
    others; then if they give different codes to words that overlap. The rest one coder has alone.
    Swapping the coders swaps the columns and changes nothing else.

    Parameters
    ----------
    study : Study
        The study.
    coders : (str, str)
        The first and the second coder.
    transcript : str or iterable of str, optional
        Ids of transcripts; by default all that both have coded.

    Returns
    -------
    pandas.DataFrame
        Frame "coding_differences", in the order of transcripts and text. ``kind`` is ``agree``
        (one code, the same words), ``agree in part`` (one code, words that overlap), ``for or
        against`` (one code, but only one has it as a contrary voice), ``other code``, or
        ``<coder> only``. ``start``, ``end`` and ``quote`` cover both.

    Raises
    ------
    StudyError
        If the two are not two coders.
    UnknownValueError
        If the study has no such coder or transcript; what there is is listed.

    See Also
    --------
    qualcode.Compare : walks the differences and records how they are settled.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> table = coding_differences(example_study(), coders=("ann", "ben"))
    >>> table[["transcript_id", "kind", "first_code", "second_code"]]
      transcript_id           kind first_code second_code
    0        ward-2          agree   staffing    staffing
    1        ward-2  agree in part     breaks      breaks
    2        ward-3       ann only     breaks
    3        ward-3       ben only               staffing
    """
    first, second = check_two(coders)
    segments = study.segments(coder=[first, second], transcript=transcript)
    marks = _marks(segments)
    rows = []
    for name in study.corpus:
        both = marks.get((name, first), []), marks.get((name, second), [])
        if transcript is None and not all(both):
            continue
        rows += [(name, pair) for pair in pair_marks(*both)]
    memos = dict(zip(segments["coding_id"], segments["memo"], strict=True))
    return make_frame(
        "coding_differences",
        [_row(study, name, pair, (first, second), memos) for name, pair in rows],
    )


def check_two(coders: Iterable[str]) -> tuple[str, str]:
    """Refuse anything but two coders."""
    given = [coders] if isinstance(coders, str) else list(coders)
    if len(given) != 2 or len(set(given)) != 2:
        named = " and ".join(map(repr, given)) or "nobody"
        mend = "give two, as in coders=('A', 'B')"
        raise StudyError(f"{named} are not two coders", mend=mend)
    return given[0], given[1]


def _marks(segments: pd.DataFrame) -> dict[tuple[str, str], list[Mark]]:
    """Give the codings as marks, by transcript and coder."""
    marks: dict[tuple[str, str], list[Mark]] = {}
    columns = [segments[name] for name in ("start", "end", "code_id", "coding_id")]
    columns += [is_contrary(segments), segments["transcript_id"], segments["coder"]]
    for *mark, name, coder in zip(*(column.tolist() for column in columns), strict=True):
        marks.setdefault((name, coder), []).append(Mark(*mark))
    return marks


def _row(
    study: Study, name: str, pair: Pair, coders: tuple[str, str], memos: dict[str, str]
) -> dict[str, Any]:
    first, second = pair.first, pair.second
    start, end = min(m.start for m in pair.marks), max(m.end for m in pair.marks)
    only = coders[0] if first else coders[1]
    return {
        "transcript_id": name,
        "kind": f"{only} only" if pair.kind == ONE_ONLY else pair.kind,
        "first_code": first.code if first else "",
        "second_code": second.code if second else "",
        "start": start,
        "end": end,
        "quote": study.corpus[name].text[start:end],
        "first_id": first.id if first else "",
        "second_id": second.id if second else "",
        "first_start": first.start if first else None,
        "first_end": first.end if first else None,
        "second_start": second.start if second else None,
        "second_end": second.end if second else None,
        "first_memo": memos[first.id] if first else "",
        "second_memo": memos[second.id] if second else "",
    }
