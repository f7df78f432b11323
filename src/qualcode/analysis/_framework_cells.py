"""What stands in the cells of a framework matrix: whose codings, how many people, which quotes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode.analysis._place import place_of
from qualcode.analysis._spans import join_coders
from qualcode.analysis.quotes import _RANKS, _check_options
from qualcode.analysis.stance import is_contrary
from qualcode.errors import UnknownValueError, clip
from qualcode.sources._slugs import natural_key
from qualcode.study._summary_file import KINDS, Summary

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["Cell", "Layout", "by_cell", "fingerprint_of", "lay_out", "with_case"]

_PERSON = ["transcript_id", "speaker"]
_NOBODY = "(no speaker)"
Rank = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Cell:
    """What was coded in one cell."""

    codings: int
    people: int
    contrary_people: int
    coding_ids: tuple[str, ...]
    quotes: tuple[str, ...]
    sources: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True)
class Layout:
    """A matrix without its summaries: rows, columns, and what was coded in each cell."""

    kind: str
    cases: tuple[str, ...]
    codes: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]  # by case and code; those without codings are left out
    segments: pd.DataFrame  # with a column `case`

    def cell(self, case: str, code_id: str) -> Cell:
        """Give a cell, also an empty one."""
        return self.cells.get((case, code_id), _NOTHING)


def lay_out(
    study: Study,
    *,
    rows: str,
    columns: str | Iterable[str],
    coder: str | None,
    choose: str = "all",
    most: int | None = None,
) -> Layout:
    """Set cases against codes; the parameters are those of `qualcode.framework_matrix`."""
    if rows not in KINDS:
        raise UnknownValueError(f"rows={clip(rows)!r}", mend=f"use one of {', '.join(KINDS)}")
    _check_options(choose, most, None)
    book = study.codebook
    segments = with_case(study.segments(coder=coder or study.settings.coder or None), rows)
    codes = codes_in(columns, book)
    rank = None if choose == "all" else _RANKS[choose]
    cells = {
        (case, code_id): cell
        for code_id in codes
        for case, cell in cells_of(
            segments, book.descendants(code_id), study.corpus, kind=rows, rank=rank, most=most
        ).items()
    }
    return Layout(rows, tuple(cases_in(study, segments, rows)), tuple(codes), cells, segments)


def by_cell(
    summaries: Iterable[Summary], kind: str, codebook: Codebook
) -> dict[tuple[str, str], list[Summary]]:
    """Give the summaries of each cell: several where codes were merged that each had one."""
    found: dict[tuple[str, str], list[Summary]] = {}
    for one in summaries:
        if one.kind == kind and one.theme_id in codebook:
            found.setdefault((one.case, codebook.resolve(one.theme_id)), []).append(one)
    return found


def with_case(segments: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Add to each segment the row of the matrix that it belongs to."""
    if kind == "speaker":
        who = segments["speaker"].where(segments["speaker"] != "", _NOBODY)
        return segments.assign(case=segments["transcript_id"] + " " + who)
    return segments.assign(case=segments["body" if kind == "body" else "transcript_id"])


def cases_in(study: Study, segments: pd.DataFrame, kind: str) -> list[str]:
    """List the rows: all that were interviewed, and whoever else is coded."""
    if kind == "body":
        return sorted({one.body for one in study.corpus.values()}, key=natural_key)
    if kind == "transcript":
        return list(study.corpus)
    people = study.people
    asked = [*zip(people["transcript_id"], people["speaker"], strict=True)]
    names = [f"{transcript} {speaker}" for transcript, speaker in asked]
    order = {name: number for number, name in enumerate(study.corpus)}
    heard = [one for one in segments["case"].unique() if one not in set(names)]
    return sorted([*names, *heard], key=lambda name: order[name.split(" ")[0]])


def codes_in(columns: str | Iterable[str], codebook: Codebook) -> list[str]:
    """List the columns as ids of codes: all themes, all codes, or those named."""
    if columns == "theme":
        return [theme.id for theme in codebook.themes]
    if columns == "code":
        return [code.id for code in codebook]
    named = [columns] if isinstance(columns, str) else columns
    return list(dict.fromkeys(codebook.resolve(one) for one in named))


def fingerprint_of(rows: Iterable[tuple[str, str, str, bool]]) -> str:
    """Fingerprint the codings of a cell: id, code, words, and whether each speaks against.

    Where in the transcript they stand does not matter, nor in which order they are given.
    """
    data = json.dumps(sorted(rows), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"sha256:{hashlib.sha256(data).hexdigest()[:16]}"


def cells_of(
    segments: pd.DataFrame,
    ids: Iterable[str],
    corpus: Mapping[str, Transcript],
    *,
    kind: str,
    rank: Rank | None,
    most: int | None,
) -> dict[str, Cell]:
    """Give what was coded with some codes, by row of the matrix; rows without are left out.

    Without `rank` quotes stay as they stand. Cells are made from plain values: a frame for each
    of ten thousand takes half a minute.
    """
    wanted = segments[segments["code_id"].isin(list(ids))]
    joined = with_case(join_coders(wanted), kind)
    quotes = _grouped(joined["case"], joined.to_dict("records"))
    if rank is not None:
        ranked = joined.groupby("case", sort=False)
        quotes = {str(case): rank(frame).to_dict("records") for case, frame in ranked}
    columns = ("coding_id", "code_id", "quote")
    told = zip(*(wanted[name].tolist() for name in columns), is_contrary(wanted), strict=True)
    codings = _grouped(wanted["case"], told)
    people = _grouped(wanted["case"], zip(*(wanted[name] for name in _PERSON), strict=True))
    return {
        case: _cell(rows, people[case], quotes[case][:most], corpus)
        for case, rows in codings.items()
    }


def _grouped(cases: Iterable[Any], values: Iterable[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for case, value in zip(cases, values, strict=True):
        groups.setdefault(str(case), []).append(value)
    return groups


def _cell(
    codings: list[tuple[str, str, str, bool]],
    people: list[tuple[str, str]],
    quotes: list[dict[Any, Any]],
    corpus: Mapping[str, Transcript],
) -> Cell:
    return Cell(
        codings=len(codings),
        people=len(set(people)),
        contrary_people=len({who for who, row in zip(people, codings, strict=True) if row[-1]}),
        coding_ids=tuple(row["coding_id"] for row in quotes),
        quotes=tuple(row["quote"] for row in quotes),
        sources=tuple(_source(row, corpus) for row in quotes),
        fingerprint=fingerprint_of((*row[:3], bool(row[3])) for row in codings),
    )


def _source(row: Mapping[Any, Any], corpus: Mapping[str, Transcript] | None) -> str:
    """Say who and where: ``Night nurse, Ward 2, ward-2, 00:00:21, turn 2``."""
    place = place_of(row["transcript_id"], row["turn"], row["start"], corpus)
    parts = (row["role"] or row["speaker"], row["body"], place)
    return ", ".join(part for part in parts if part)


_NOTHING = Cell(0, 0, 0, (), (), (), fingerprint_of([]))
