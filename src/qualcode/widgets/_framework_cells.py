"""The framework matrix as a view shows it: its rows, its cells, and the cell that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qualcode.analysis._framework_cells import with_case
from qualcode.analysis._spans import join_coders
from qualcode.analysis.framework import text_of
from qualcode.widgets._retrieval_rows import quote_payload
from qualcode.widgets._summaries import stamp_of

if TYPE_CHECKING:
    from qualcode.analysis._framework_cells import Layout
    from qualcode.study import Study
    from qualcode.study._summary_file import Summary

__all__ = ["cell_payload", "cells_payload", "open_payload", "rows_payload"]

Written = Callable[[str, str], "list[Summary]"]


def rows_payload(layout: Layout, study: Study) -> list[dict[str, str]]:
    """Give the cases with what helps to tell them apart."""
    about = _ABOUT[layout.kind](study)
    return [{"id": case, "about": about.get(case, "")} for case in layout.cases]


def _about_bodies(study: Study) -> dict[str, str]:
    return {one.body: one.body_type for one in study.corpus.values()}


def _about_transcripts(study: Study) -> dict[str, str]:
    return {
        one.id: ", ".join(str(part) for part in (one.body, one.date) if part)
        for one in study.corpus.values()
    }


def _about_speakers(study: Study) -> dict[str, str]:
    return {
        f"{one.id} {speaker.label}": ", ".join(part for part in (speaker.role, one.body) if part)
        for one in study.corpus.values()
        for speaker in one.speakers
    }


_ABOUT: dict[str, Callable[[Study], dict[str, str]]] = {
    "body": _about_bodies,
    "transcript": _about_transcripts,
    "speaker": _about_speakers,
}


def cells_payload(layout: Layout, written: Written) -> dict[str, Any]:
    """Give all cells, each under its code and case, which a space parts."""
    return {
        f"{code} {case}": cell_payload(layout, case, code, written(case, code))
        for case in layout.cases
        for code in layout.codes
    }


def cell_payload(layout: Layout, case: str, code: str, summaries: list[Summary]) -> dict[str, Any]:
    """Give one cell: its counts, what is written on it, and a stamp to tell it is still that."""
    cell = layout.cell(case, code)
    text = text_of(summaries, cell)
    at = text["at"]
    if summaries:
        state = "stale" if text["stale"] else "done"
    else:
        state = "open" if cell.codings else "empty"
    return {
        "case": case,
        "theme": code,
        "codings": cell.codings,
        "people": cell.people,
        "contrary": cell.contrary_people,
        **text,
        "at": "" if at is None else at.isoformat(timespec="seconds"),
        "state": state,
        "seen": stamp_of(summaries),
    }


def open_payload(layout: Layout, cell: tuple[str, str], study: Study) -> dict[str, Any]:
    """Give the quotes of a cell, as they stand in the transcripts."""
    case, code = cell
    segments = layout.segments
    codes = study.codebook.descendants(code)
    here = segments[(segments["case"] == case) & segments["code_id"].isin(codes)]
    quotes = with_case(join_coders(here), layout.kind)
    payload = quote_payload(quotes, study.corpus)
    return {"case": case, "theme": code, "quotes": list(payload.values())}
