"""How often each code and theme is heard, and in how many interviews and bodies.

These functions count the segments they are given. When several coders coded the same interviews,
``codings`` is the sum over the coders; hand in ``study.segments(coder="ann")`` for one coder's.
Interviews, bodies and people are counted once, however many coders found them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode.analysis._spans import count_words
from qualcode.analysis.stance import most_typical
from qualcode.errors import UnknownCodeError, UnknownValueError, clip
from qualcode.frames import make_frame
from qualcode.sources._slugs import natural_key

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["body_theme_matrix", "code_counts", "theme_table"]


def code_counts(segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count the codings of each code.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        The frame ``code_counts``: every code in tree order, also those without codings. A code's
        numbers are its own, without those of the codes below it. ``words`` are those of all its
        codings, so that words coded twice count twice.

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> counts = code_counts(study.segments(coder="ann"), study.codebook)
    >>> counts[["code_id", "codings", "interviews", "words"]].head(3)
            code_id  codings  interviews  words
    0          rest        1           1      4
    1        breaks        3           3     23
    2  sleep_by_day        1           1      8
    """
    _check_codes(segments, codebook)
    ids = [code.id for code in codebook]
    words = count_words(segments["quote"])
    grouped = segments.assign(words=words).groupby("code_id", sort=False)
    counted = grouped.agg(
        codings=("coding_id", "size"),
        interviews=("transcript_id", "nunique"),
        coders=("coder", "nunique"),
        words=("words", "sum"),
    ).reindex(ids, fill_value=0)
    return make_frame(
        "code_counts",
        {
            "code_id": ids,
            "code_path": [codebook.path_of(code_id) for code_id in ids],
            "theme_id": [codebook.theme_of(code_id) for code_id in ids],
            "bodies": _bodies(segments, "code_id").reindex(ids, fill_value=0).to_numpy(),
            **{name: counted[name].to_numpy() for name in counted.columns},
        },
    )


def theme_table(
    segments: pd.DataFrame, codebook: Codebook, *, of_bodies: int | None = None
) -> pd.DataFrame:
    """Say of each theme how widely it is heard, from whom, and in which words.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    of_bodies : int, optional
        The number of bodies interviewed, of which shares are taken. If not given, the number of
        bodies in `segments`; a body without any coding is then not known about.

    Returns
    -------
    pandas.DataFrame
        The frame ``theme_table``: every theme in the order of the codebook, with the codes below
        it counted in. ``share`` is bodies / of_bodies, 0 to 1, missing if there are no bodies.
        ``roles`` counts people, not codings. ``example`` is the most typical quote of middling
        length (see `quote_table`), of voices for the theme where there are any (`is_contrary`).

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.
    UnknownValueError
        If `of_bodies` is less than the bodies in `segments`.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> table = theme_table(study.segments(), study.codebook, of_bodies=3)
    >>> table[["theme", "codings", "interviews", "bodies", "of_bodies"]]
          theme  codings  interviews  bodies  of_bodies
    0      Rest        6           3       3          3
    1  Staffing        3           2       2          3
    2       Pay        0           0       0          3
    >>> table["roles"][0]
    'Night nurse (2); Ward manager (1)'
    """
    _check_codes(segments, codebook)
    heard = segments["body"][segments["body"] != ""].nunique()
    of_bodies = heard if of_bodies is None else of_bodies
    if of_bodies < heard:
        mend = f"give the number of bodies interviewed, at least {heard}"
        raise UnknownValueError(f"of_bodies={of_bodies}, but {heard} bodies are heard", mend=mend)
    by_theme = dict(iter(segments.groupby("theme_id", sort=False)))
    nothing = segments.iloc[:0]
    rows = [
        {"theme_id": theme.id, "theme": theme.name}
        | _describe(by_theme.get(theme.id, nothing), of_bodies)
        for theme in codebook.themes
    ]
    return make_frame("theme_table", rows)


def _describe(segments: pd.DataFrame, of_bodies: int) -> dict[str, Any]:
    """Make a theme's row."""
    bodies = segments["body"][segments["body"] != ""].nunique()
    example, source = _example(segments)
    return {
        "codings": len(segments),
        "interviews": segments["transcript_id"].nunique(),
        "bodies": bodies,
        "of_bodies": of_bodies,
        "share": bodies / of_bodies if of_bodies else float("nan"),
        "roles": _roles(segments),
        "example": example,
        "example_source": source,
    }


def _roles(segments: pd.DataFrame) -> str:
    """Count the people of each role: ``Night nurse (2); Ward manager (1)``."""
    people = segments.drop_duplicates(["transcript_id", "speaker"])
    counts = people["role"].where(people["role"] != "", "role not given").value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return "; ".join(f"{role} ({count})" for role, count in ordered)


def _example(segments: pd.DataFrame) -> tuple[str, str]:
    """Choose the most typical quote, and say who said it where."""
    if segments.empty:
        return "", ""
    best = most_typical(segments)
    turn = "" if pd.isna(best["turn"]) else f"turn {best['turn']}"
    parts = (best["speaker"], best["body"], best["transcript_id"], turn)
    return best["quote"], ", ".join(part for part in parts if part)


def body_theme_matrix(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    count: str = "codings",
    bodies: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Count each theme in each body.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    count : {'codings', 'interviews'}, default 'codings'
        What is counted.
    bodies : iterable of str, optional
        The bodies interviewed, so that one without codings has a row too. If not given, those in
        `segments`.

    Returns
    -------
    pandas.DataFrame of int64, shape (bodies, themes)
        Rows are bodies in natural order (``Ward 2`` before ``Ward 10``), columns the themes'
        names in the order of the codebook.

    Raises
    ------
    UnknownCodeError
        If a segment has a code that the codebook has not.
    UnknownValueError
        If `count` is something else, or `bodies` lacks one that is heard.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> body_theme_matrix(study.segments(), study.codebook)
            Rest  Staffing  Pay
    body
    Ward 1     3         0    0
    Ward 2     2         2    0
    Ward 3     1         1    0
    """
    _check_codes(segments, codebook)
    if count not in ("codings", "interviews"):
        raise UnknownValueError(f"count={count!r}", mend="use 'codings' or 'interviews'")
    heard = set(segments["body"])
    rows = sorted(heard if bodies is None else set(bodies), key=natural_key)
    if missing := heard - set(rows):
        what = f"bodies= lacks {sorted(missing)[0]!r}, which is heard"
        raise UnknownValueError(what, mend="give all bodies interviewed")
    each = segments[["body", "theme_id", "transcript_id"]]
    each = each.drop_duplicates() if count == "interviews" else each
    counts = each.groupby(["body", "theme_id"]).size().unstack(fill_value=0)
    ids = [theme.id for theme in codebook.themes]
    matrix = counts.reindex(index=rows, columns=ids, fill_value=0).astype("int64")
    return matrix.set_axis([theme.name for theme in codebook.themes], axis=1).rename_axis("body")


def _check_codes(segments: pd.DataFrame, codebook: Codebook) -> None:
    """Refuse segments that were made with another codebook, and frames that are no segments."""
    missing = [name for name in ("code_id", "theme_id", "body") if name not in segments]
    if missing:
        what = f"this is not the frame of segments: it has no column {missing[0]}"
        raise UnknownValueError(what, mend="give study.segments(...)")
    for code_id in segments["code_id"].unique():
        codebook.resolve(code_id)
    for theme_id in segments["theme_id"].unique():
        if codebook.depth_of(theme_id):
            what = f"{clip(theme_id)!r} is not a theme of this codebook"
            raise UnknownCodeError(what, mend="make the segments anew with it")


def _bodies(segments: pd.DataFrame, by: str) -> pd.Series[int]:
    return segments[segments["body"] != ""].groupby(by, sort=False)["body"].nunique()
