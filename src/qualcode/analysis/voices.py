"""Who speaks on each theme, of all who were asked, and in which ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.stance import is_contrary, most_typical
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook

__all__ = ["theme_voices", "theme_ways"]

_PERSON = ["transcript_id", "speaker"]


def theme_voices(segments: pd.DataFrame, people: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count, for each theme and role, the people heard on it of those interviewed.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    people : pandas.DataFrame
        The frame ``people``: everybody interviewed, such as ``study.people``.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        Frame "theme_voices": for each theme a row a role, most numerous roles first.
        ``people_share`` is people / of_people; ``contrary_people`` are those of them with at
        least one coding marked contrary (see `is_contrary`).

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> voices = theme_voices(study.segments(), study.people, study.codebook)
    >>> voices[["theme", "role", "people", "of_people"]].head(2).to_dict("records")
    [{'theme': 'Rest', 'role': 'Night nurse', 'people': 2, 'of_people': 2},
     {'theme': 'Rest', 'role': 'Ward manager', 'people': 1, 'of_people': 1}]
    """
    asked = people["role"].value_counts(sort=False)
    roles = sorted(asked.index, key=lambda role: (-asked[role], role))
    marked = segments.assign(contrary=is_contrary(segments))
    by_cell = dict(iter(marked.groupby(["theme_id", "role"], sort=False)))
    nothing = marked.iloc[:0]
    rows = [
        {"theme_id": theme.id, "theme": theme.name, "role": role, "of_people": int(asked[role])}
        | _heard(by_cell.get((theme.id, role), nothing), int(asked[role]))
        for theme in codebook.themes
        for role in roles
    ]
    return make_frame("theme_voices", rows)


def _heard(segments: pd.DataFrame, of_people: int) -> dict[str, Any]:
    people = len(segments.drop_duplicates(_PERSON))
    return {
        "people": people,
        "people_share": people / of_people,
        "bodies": segments["body"].nunique(),
        "contrary_people": len(segments[segments["contrary"]].drop_duplicates(_PERSON)),
        "codings": len(segments),
    }


def theme_ways(segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Say of each code how many people speak of its theme in that way, with a typical quote.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.

    Returns
    -------
    pandas.DataFrame
        Frame "theme_ways": a row a code that was given, in the order of the codebook. A code's
        numbers are its own, without those of the codes below it; ``contrary`` counts codings.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> ways = theme_ways(study.segments(coder="ann"), study.codebook)
    >>> ways[["code_path", "people", "codings"]].head(2).to_dict("records")
    [{'code_path': 'Rest', 'people': 1, 'codings': 1},
     {'code_path': 'Rest > Breaks', 'people': 3, 'codings': 3}]
    """
    by_code = dict(iter(segments.groupby("code_id", sort=False)))
    rows = [_way(by_code[code.id], code.id, codebook) for code in codebook if code.id in by_code]
    return make_frame("theme_ways", rows)


def _way(segments: pd.DataFrame, code_id: str, codebook: Codebook) -> dict[str, Any]:
    theme_id = codebook.theme_of(code_id)
    best = most_typical(segments)
    parts = (best["role"], best["body"])
    return {
        "theme_id": theme_id,
        "theme": codebook[theme_id].name,
        "code_path": codebook.path_of(code_id),
        "people": len(segments.drop_duplicates(_PERSON)),
        "bodies": segments["body"].nunique(),
        "codings": len(segments),
        "contrary": int(is_contrary(segments).sum()),
        "example": best["quote"],
        "example_source": ", ".join(part for part in parts if part),
    }
