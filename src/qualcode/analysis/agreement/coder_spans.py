"""Codings as spans on one continuum: what the measures of unitizing are reckoned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from qualcode.analysis.units._unit_frame import read_units

if TYPE_CHECKING:
    from qualcode.analysis.units._unit_frame import UnitTable
    from qualcode.analysis.units._unit_places import Ints, Places
    from qualcode.study import Study

__all__ = ["CoderSpans", "coder_spans"]

Spans: TypeAlias = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class CoderSpans:
    """What each coder marked on one continuum of text.

    Parameters
    ----------
    continua : tuple of (tuple of (start, end, code))
        For each coder the half-open spans, in code points of the continuum, sorted; spans of
        several codes may overlap.
    length : int
        Of the continuum, in code points.
    coders : tuple of str
        Whose they are.
    transcripts : tuple of str
        What the continuum is made of, in order.

    Examples
    --------
    >>> CoderSpans((((0, 5, "rest"),), ()), 20, ("ann", "ben"), ("ward-1",)).length
    20
    """

    continua: tuple[Spans, ...]
    length: int
    coders: tuple[str, ...]
    transcripts: tuple[str, ...]


def coder_spans(
    study: Study,
    *,
    coders: Iterable[str],
    codes: Iterable[str] | None = None,
    below: bool = False,
    read: Mapping[str, Iterable[str]] | None = None,
    speakers: str = "interviewees",
    transcript: str | Iterable[str] | None = None,
) -> CoderSpans:
    """Lay the transcripts that all coders have read end to end, with what each marked on them.

    Parameters
    ----------
    study : Study
        The study.
    coders : iterable of str
        Whose codings.
    codes : iterable of str, optional
        Ids; all by default.
    below, read, speakers, transcript
        As for `units_of`. Words of other speakers are not on the continuum; a coding that reaches
        over them stays one span.

    Returns
    -------
    CoderSpans
        For `u_alpha` and its kin take one code with `code_continua`, since a coder's spans may not
        overlap there; `span_f1` and `character_f1` take them as they are.

    Raises
    ------
    UnknownValueError
        If there is no such coder, transcript or choice of speakers.
    UnknownCodeError
        If there is no such code.

    References
    ----------
    Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of
    unitizing textual continua. *Quality and Quantity* 50(6), 2347-2364.

    Examples
    --------
    >>> from qualcode.analysis.agreement.agreement import code_continua, u_alpha
    >>> from qualcode.study.example import example_study
    >>> found = coder_spans(example_study(), coders=("ann", "ben"))
    >>> found.length, found.continua[1]
    (127, ((8, 39, 'staffing'), (52, 70, 'breaks'), (104, 126, 'staffing')))
    >>> round(u_alpha(code_continua(found.continua, "staffing"), found.length).value, 4)
    0.6243
    """
    table = read_units(
        study, coders, unit="turn", codes=codes, below=below, read=read,
        speakers=speakers, transcript=transcript, language="en",
    )  # fmt: skip
    everybody = table.read.all(axis=0)
    places = table.places.take(everybody[table.places.transcript])
    names = tuple(name for name, kept in zip(table.places.names, everybody, strict=True) if kept)
    return CoderSpans(_spans(table, places), int(places.length.sum()), table.coders, names)


def _spans(table: UnitTable, places: Places) -> tuple[Spans, ...]:
    """Put the marks on the continuum of the places; what lies beside it is left out."""
    marks = table.marks
    starts, ends = _positions(places, marks.start), _positions(places, marks.end)
    found: list[set[tuple[int, int, str]]] = [set() for _ in table.coders]
    columns = (column.tolist() for column in (marks.coder, starts, ends, marks.code))
    for coder, start, end, code in zip(*columns, strict=True):
        if start < end:
            found[coder].add((start, end, table.codes[code]))
    return tuple(tuple(sorted(spans)) for spans in found)


def _positions(places: Places, points: Ints) -> Ints:
    """Say how much of the continuum lies before each point of the axis."""
    if not len(places.start):
        return np.zeros(len(points), dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(places.length)])
    at = np.searchsorted(places.start, points, side="right") - 1
    inside = np.minimum(points - places.start[at], places.length[at])
    return np.where(at < 0, 0, before[at] + inside)
