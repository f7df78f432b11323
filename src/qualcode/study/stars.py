"""Quotes that were picked for a table, with a star: ``interviews_codebook/stars.csv``.

A star points at a coding by its id and says nothing of its own about the words, so journals know
nothing of stars, and a coding that is moved or recoded keeps its star.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.study._star_file import STARS, Star, read_star_file

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study.opening import Study

__all__ = ["read_stars"]


def read_stars(study: Study) -> pd.DataFrame:
    """Read which quotes were picked with a star.

    `qualcode.starred` keeps the segments that have one, for a quote table.

    Parameters
    ----------
    study : Study
        The study; one without a folder has no stars.

    Returns
    -------
    pandas.DataFrame
        The frame ``stars``, by the id of the coding. ``code_id`` is the code that the coding has
        now. ``state`` is ``found``, or ``adrift`` where the coding's words cannot be placed, or
        ``gone`` where the coding was removed; only stars that are found count.

    Raises
    ------
    StudyError
        If the file cannot be read, or rows are wrong: all at once, with their lines.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> read_stars(example_study()).columns.tolist()
    ['coding_id', 'transcript_id', 'code_id', 'begins', 'starred_by', 'starred_at', 'state']
    """
    from qualcode.frames import make_frame

    stars = {} if study.root is None else read_star_file(study.root / STARS)
    placed = {one.coding.id: one.coding.code_id for one in study.placement.placed}
    adrift = {one.coding.id: one.coding.code_id for one in study.placement.adrift}
    rows = [_row(star, placed, adrift, study) for star in stars.values()]
    return make_frame("stars", sorted(rows, key=lambda row: str(row["coding_id"])))


def _row(
    star: Star, placed: dict[str, str], adrift: dict[str, str], study: Study
) -> dict[str, Any]:
    name = star.coding_id
    code = placed.get(name) or adrift.get(name) or star.code_id
    return {
        "coding_id": name,
        "transcript_id": star.transcript_id,
        "code_id": study.codebook.resolve(code) if code in study.codebook else code,
        "begins": star.begins,
        "starred_by": star.starred_by,
        "starred_at": star.starred_at,
        "state": "found" if name in placed else "adrift" if name in adrift else "gone",
    }
