"""Who says what: themes and codes by role, kind of body, or any attribute, counted in people.

Interviews of a qualitative study are chosen for what they can tell, not drawn at random, so that a
difference between groups is a difference between these people. No test of it is offered.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qualcode.analysis.stance import is_contrary
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame
from qualcode.sources._slugs import natural_key

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook

__all__ = ["FEW", "PURPOSIVE", "compare_groups", "exact_interval"]

FEW = 5
PURPOSIVE = (
    "These people were chosen, not drawn at random: counts describe them and nobody else. A test "
    "or an interval would need a random sample of a population that can be named."
)
_NOT_GIVEN = "not given"
_PERSON = ["transcript_id", "speaker"]


def compare_groups(
    segments: pd.DataFrame,
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    by: str = "role",
    level: str = "theme",
    attributes: pd.DataFrame | None = None,
    intervals: bool = False,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count, for each theme or code and each group, the people and bodies heard of those asked.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    people : pandas.DataFrame
        The frame ``people``: everybody interviewed in the transcripts coded, such as
        ``study.people``.
    codebook : Codebook
        The codes.
    by : str, default "role"
        A column of `people` (``role``, ``body_type``, ``body``) or of `attributes`.
    level : {'theme', 'code'}, default 'theme'
        Themes with all that is below them, or each code by itself.
    attributes : pandas.DataFrame, optional
        A row a transcript, such as ``study.corpus.attributes``, if `by` is one of its columns.
    intervals : bool, default False
        Give exact intervals of the share of people, for groups of 5 or more. They mean something
        only if a group's people may stand for a population that can be named, drawn from it at
        random and one by one; several people of one body are not.
    confidence : float, default 0.95
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        Frame "group_comparison": for each theme or code a row a group, largest groups first.
        ``people`` of ``of_people`` and ``bodies`` of ``of_bodies`` are heard; a share is not
        given, so that none is quoted without its n. ``people_low`` and ``people_high`` are shares,
        0 to 1, missing unless asked for. ``small`` marks groups of fewer than 5 people; ``note``
        says what limits the row. ``attrs["warning"]`` warns against statistics on purposive
        samples; ``attrs["left_out"]`` counts codings of speakers who are not in `people`.

    Raises
    ------
    UnknownValueError
        If `by` is no such column, or `level` is something else.
    UnknownCodeError
        If a segment has a code that the codebook has not.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> groups = compare_groups(study.segments(), study.people, study.codebook)
    >>> groups[["theme", "group", "people", "of_people"]].head(2).to_dict("records")
    [{'theme': 'Rest', 'group': 'Night nurse', 'people': 2, 'of_people': 2},
     {'theme': 'Rest', 'group': 'Ward manager', 'people': 1, 'of_people': 1}]
    >>> groups.attrs["warning"][:48]
    'These people were chosen, not drawn at random: c'
    """
    column = {"code": "code_id", "theme": "theme_id"}.get(level)
    if column is None:
        raise UnknownValueError(f"level={clip(repr(level))}", mend="use 'theme' or 'code'")
    for code_id in segments[column].unique():
        codebook.resolve(code_id)
    asked = _grouped(people, by, attributes)
    marked = segments[[*_PERSON, column]].assign(contrary=is_contrary(segments))
    heard = marked.merge(asked, on=_PERSON, how="inner")
    cells = dict(iter(heard.groupby([column, "group"], sort=False)))
    sizes = _sizes(asked)
    codes = codebook if level == "code" else codebook.themes
    rows = [
        _names(code.id, codebook, level)
        | {"group": group, "of_people": of_people, "of_bodies": of_bodies}
        | _heard(cells.get((code.id, group), heard.iloc[:0]))
        for code in codes
        for group, of_people, of_bodies in sizes
    ]
    frame = make_frame(
        "group_comparison",
        [row | _limits(row, intervals=intervals, confidence=confidence) for row in rows],
    )
    frame.attrs |= {"warning": PURPOSIVE, "by": by, "level": level}
    frame.attrs["left_out"] = len(marked) - len(heard)
    return frame


def exact_interval(count: int, of: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Give the exact interval of a share, from the binomial distribution.

    Parameters
    ----------
    count : int
        How many do.
    of : int
        Of how many.
    confidence : float, default 0.95
        The least probability with which such intervals hold the share.

    Returns
    -------
    tuple of float
        Its ends, 0 to 1 (Clopper and Pearson [1]_); ``nan`` if `of` is 0.

    Raises
    ------
    UnknownValueError
        If `count` is not from 0 to `of`, or `confidence` not between 0 and 1.

    Notes
    -----
    It assumes independent random draws; see `compare_groups`.

    References
    ----------
    .. [1] C. J. Clopper and E. S. Pearson (1934), "The use of confidence or fiducial limits
       illustrated in the case of the binomial", Biometrika 26(4), 404-413.

    Examples
    --------
    >>> low, high = exact_interval(3, 10)
    >>> round(low, 4), round(high, 4)
    (0.0667, 0.6525)
    """
    from scipy.stats import beta

    if not 0 <= count <= of:
        raise UnknownValueError(f"count={count!r} of {of!r}", mend="give a count from 0 to `of`")
    if not 0 < confidence < 1:
        raise UnknownValueError(f"confidence={confidence!r}", mend="give a share, such as 0.95")
    if of == 0:
        return math.nan, math.nan
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, count, of - count + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, count + 1, of - count)) if count < of else 1.0
    return low, high


def _grouped(people: pd.DataFrame, by: str, attributes: pd.DataFrame | None) -> pd.DataFrame:
    """Give each person's group: transcript_id, speaker, body, group."""
    named = people[[*_PERSON, "body"]]
    if by in people:
        groups = people[by]
    elif attributes is not None and by in attributes and by != "transcript_id":
        groups = people["transcript_id"].map(attributes.set_index("transcript_id")[by])
    else:
        there = [*people.columns, *([] if attributes is None else attributes.columns)]
        mend = f"use one of {', '.join(dict.fromkeys(there))}, or give attributes="
        raise UnknownValueError(f"by={clip(repr(by))} is not known of people", mend=mend)
    text = groups.astype("object").where(groups.notna(), "").astype(str)
    return named.assign(group=text.where(text != "", _NOT_GIVEN)).drop_duplicates(_PERSON)


def _sizes(asked: pd.DataFrame) -> list[tuple[str, int, int]]:
    """List the groups with their people and bodies, largest first, those not given last."""
    sizes = asked.groupby("group").agg(people=("speaker", "size"), bodies=("body", _bodies))
    order = sorted(
        sizes.index, key=lambda name: (name == _NOT_GIVEN, -sizes.people[name], natural_key(name))
    )
    return [(name, int(sizes.people[name]), int(sizes.bodies[name])) for name in order]


def _bodies(names: pd.Series[str]) -> int:
    return int(names[names != ""].nunique())


def _names(code_id: str, codebook: Codebook, level: str) -> dict[str, str]:
    theme_id = codebook.theme_of(code_id)
    return {
        "theme_id": theme_id,
        "theme": codebook[theme_id].name,
        "code_id": code_id,
        "code_path": codebook.path_of(code_id) if level == "code" else codebook[code_id].name,
    }


def _heard(segments: pd.DataFrame) -> dict[str, int]:
    against = segments[segments["contrary"]]
    return {
        "people": len(segments.drop_duplicates(_PERSON)),
        "bodies": _bodies(segments["body"]),
        "codings": len(segments),
        "contrary_people": len(against.drop_duplicates(_PERSON)),
    }


def _limits(row: dict[str, Any], *, intervals: bool, confidence: float) -> dict[str, Any]:
    """Say what limits a row, and give an interval where one was asked for and can be given."""
    small = row["of_people"] < FEW
    low = high = math.nan
    if intervals and not small:
        low, high = exact_interval(row["people"], row["of_people"], confidence=confidence)
    notes = (
        f"fewer than {FEW} people" if small else "",
        "no interval" if intervals and small else "",
        "several people of one body" if row["of_people"] > row["of_bodies"] else "",
    )
    note = "; ".join(filter(None, notes))
    return {"small": small, "people_low": low, "people_high": high, "note": note}
