"""Where two coders part: the passages to talk about, and what one calls X and the other Y."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qualcode.analysis.agreement._pairing import AGREE, IN_PART, OTHER_CODE, STANCE
from qualcode.analysis.agreement.differences import coding_differences
from qualcode.analysis.stance import speaks_against
from qualcode.analysis.units.units import NO_CODE
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Turn
    from qualcode.study import Study

__all__ = ["code_confusion", "worst_disagreements"]

OTHER_THEME = "other theme"
_RANK = {OTHER_THEME: 0, STANCE: 1, OTHER_CODE: 2}  # whatever one has alone comes last


def worst_disagreements(
    study: Study,
    *,
    coders: tuple[str, str],
    code: str | Iterable[str] | None = None,
    transcript: str | Iterable[str] | None = None,
    most: int | None = 20,
) -> pd.DataFrame:
    """Give the passages on which two coders part furthest, as quotes to talk about.

    First come words that the two gave codes of different themes, then one code that only one of
    them heard as a voice against, then two codes of one theme, then what only one of them coded;
    within each, the longest passage first. Borders drawn differently around one code are left
    out: `coding_differences` has them.

    Parameters
    ----------
    study : Study
        The study.
    coders : (str, str)
        The first and the second coder.
    code : str or iterable of str, optional
        Ids of codes that one of the two must have given; what is below a code counts as it.
    transcript : str or iterable of str, optional
        Ids of transcripts; by default all that both have coded.
    most : int or None, default 20
        How many to give at most; None for all.

    Returns
    -------
    pandas.DataFrame
        The frame ``worst_disagreements``: ``kind`` is ``other theme``, ``for or against``, ``other
        code`` or ``<coder> only``; ``given`` says who gave which code; ``place`` is the time or the
        turn; ``quote`` covers both codings, and ``words`` counts its words.

    Raises
    ------
    StudyError
        If the two are not two coders.
    UnknownValueError
        If there is no such coder or transcript.
    UnknownCodeError
        If there is no such code.

    Notes
    -----
    What to do with them is Hruschka and others' advice: talk each through, and mend the codebook
    where it let both read it their way.

    References
    ----------
    Hruschka, D. J. et al. (2004). Reliability in coding open-ended data. *Field Methods* 16(3),
    307-331.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> table = worst_disagreements(example_study(), coders=("ann", "ben"))
    >>> table[["kind", "transcript_id", "place", "given"]]
           kind transcript_id     place                         given
    0  ann only        ward-3  00:00:07  ann: Rest > Breaks; ben: nothing
    1  ben only        ward-3  00:00:07  ann: nothing; ben: Staffing
    """
    pairs = coding_differences(study, coders=coders, transcript=transcript)
    book = study.codebook
    rows = [
        row
        for row in pairs.to_dict("records")
        if row["kind"] not in (AGREE, IN_PART) and _has(row, _below(code, book))
    ]
    told = [_tell(study, row, coders) for row in rows]
    order = {name: number for number, name in enumerate(study.corpus)}
    told.sort(
        key=lambda row: (
            _RANK.get(row["kind"], len(_RANK)), -row["words"], order[row["transcript_id"]],
            row.pop("start"), row["given"],
        )
    )  # fmt: skip
    return make_frame("worst_disagreements", told[:most])


def _below(code: str | Iterable[str] | None, book: Codebook) -> set[str] | None:
    """Give the ids of the codes asked for and of all below them."""
    if code is None:
        return None
    asked = [code] if isinstance(code, str) else code
    return {one for code_id in asked for one in book.descendants(code_id)}


def _has(row: dict[Any, Any], wanted: set[str] | None) -> bool:
    return wanted is None or bool(wanted & {row["first_code"], row["second_code"]})


def _tell(study: Study, row: dict[Any, Any], coders: tuple[str, str]) -> dict[str, Any]:
    """Say of one pair who gave what where."""
    book, transcript = study.codebook, study.corpus[row["transcript_id"]]
    codes = row["first_code"], row["second_code"]
    kind = row["kind"]
    if kind == OTHER_CODE and book.theme_of(codes[0]) != book.theme_of(codes[1]):
        kind = OTHER_THEME
    turn = transcript.turn_at(row["start"])
    given = [book.path_of(code) if code else "nothing" for code in codes]
    if kind == STANCE:
        memos = row["first_memo"], row["second_memo"]
        given = [
            f"{name} (against)" if speaks_against(memo) else name
            for name, memo in zip(given, memos, strict=True)
        ]
    return {
        "kind": kind,
        "transcript_id": transcript.id,
        "place": _place(turn),
        "speaker": turn.speaker if turn else "",
        "given": "; ".join(f"{coder}: {what}" for coder, what in zip(coders, given, strict=True)),
        "words": len(row["quote"].split()),
        "quote": row["quote"],
        "first_id": row["first_id"],
        "second_id": row["second_id"],
        "start": row["start"],
    }


def _place(turn: Turn | None) -> str:
    """Give the time of a turn, or its number where there are no times."""
    if turn is None:
        return ""
    if turn.time is None:
        return f"turn {turn.number}"
    minutes, second = divmod(int(turn.time), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def code_confusion(
    study: Study,
    *,
    coders: tuple[str, str],
    by: str = "theme",
    transcript: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Count how often what the first coder called X the second called Y, or did not code.

    Codings are paired as in `coding_differences`, so that each is counted once.

    Parameters
    ----------
    study : Study
        The study.
    coders : (str, str)
        The first and the second coder.
    by : {'theme', 'code'}, default 'theme'
        Whether codes count as their theme.
    transcript : str or iterable of str, optional
        Ids of transcripts; by default all that both have coded.

    Returns
    -------
    pandas.DataFrame
        Rows: what the first coder gave; columns: the second; names of the codes that either gave,
        in the order of the codebook, and last ``no code``. Counts of passages. The index and the
        columns have the coders as their names. Where both have nothing there is no passage: 0.

    Raises
    ------
    StudyError
        If the two are not two coders.
    UnknownValueError
        If there is no such coder, transcript or `by`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> code_confusion(example_study(), coders=("ann", "ben"))
    ben       Rest  Staffing  no code
    ann
    Rest         1         0        1
    Staffing     0         1        0
    no code      0         1        0
    """
    import numpy as np
    import pandas as pd

    if by not in ("theme", "code"):
        mend = "choose 'theme' or 'code'"
        raise UnknownValueError(f"no confusion by {clip(str(by))!r}", mend=mend)
    pairs = coding_differences(study, coders=coders, transcript=transcript)
    book = study.codebook
    names = {
        code.id: book.path_of(book.theme_of(code.id) if by == "theme" else code.id) for code in book
    }
    sides = [
        [names.get(code, NO_CODE) for code in pairs[name]] for name in ("first_code", "second_code")
    ]
    used = {*sides[0], *sides[1]}
    order = [*dict.fromkeys(name for name in names.values() if name in used), NO_CODE]
    number = {name: place for place, name in enumerate(order)}
    counts = np.zeros((len(order), len(order)), dtype=np.int64)
    np.add.at(counts, tuple([number[name] for name in side] for side in sides), 1)
    index, columns = (pd.Index(order, name=coder, dtype="str") for coder in coders)
    return pd.DataFrame(counts, index=index, columns=columns)
