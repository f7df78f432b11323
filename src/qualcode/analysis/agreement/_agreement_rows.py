"""The rows of the table of agreement: from units to counts, coefficients, interval and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.agreement._agreement_cells import (
    bootstrap_interval,
    cells_by_code,
    cells_pooled,
    turn_numbers,
)
from qualcode.analysis.agreement._agreement_reading import Facts, read_agreement
from qualcode.analysis.agreement._agreement_spans import matched, spans_of
from qualcode.analysis.agreement._two_by_two import two_coder_measures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.agreement._agreement_spans import Spans
    from qualcode.analysis.units._unit_frame import UnitTable
    from qualcode.coding.codebook import Codebook

    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Asked", "rows_by_code", "rows_by_transcript"]

#: percentiles over fewer clusters than this would be those of a handful of outcomes
FEWEST_CLUSTERS = 5
_CELLS = ("both", "first_only", "second_only", "neither")
_MEASURES = {"percent": "observed", "kappa": "kappa", "ac1": "ac1", "alpha": "alpha"}


@dataclass(frozen=True)
class Asked:
    """What was asked for: the coders, the unit, and how the interval is drawn."""

    coders: tuple[str, str]
    unit: str
    times: int
    confidence: float
    rng: np.random.Generator


def rows_by_code(
    table: UnitTable, characters: UnitTable, asked: Asked, codebook: Codebook
) -> dict[str, Any]:
    """Make the columns of the frame ``agreement``."""
    cells = cells_by_code(table)
    letters = cells_by_code(characters).sum(axis=0)
    interviews = cells[cells.sum(axis=(1, 2)) > 0]  # those that both have read
    interval = _interval(interviews, asked)
    columns = _columns(interviews.sum(axis=0), letters, interval)
    spans = [
        spans_of(characters, characters.marks.code == code) for code in range(len(table.codes))
    ]
    drawn = _Drawn("interviews", [len(interviews)] * len(table.codes), "it")
    return {
        "code_id": list(table.codes),
        "code_path": [codebook.path_of(code) for code in table.codes],
        **columns,
        **matched(spans),
        "coverage": np.full(len(table.codes), _coverage(table)),
        "reading": list(_readings(columns, spans, asked, drawn)),
    }


def rows_by_transcript(
    table: UnitTable, characters: UnitTable, asked: Asked, *, used: bool
) -> dict[str, Any]:
    """Make the columns of the frame ``agreement_by_transcript``."""
    both_read = np.flatnonzero(table.read.all(axis=0))
    codes = _used(table) if used else len(table.codes)
    turns = turn_numbers(table.places)
    pooled, letters = cells_pooled(table, codes), cells_pooled(characters, codes)
    groups = [np.unique(turns[table.places.transcript == one]) for one in both_read]
    inside = [
        np.unique(turn_numbers(characters.places)[characters.places.transcript == one])
        for one in both_read
    ]
    intervals = [_interval(pooled[rows, None], asked) for rows in groups]
    columns = _columns(
        _totals(pooled, groups), _totals(letters, inside), np.array(intervals).reshape(-1, 2)
    )
    at = np.searchsorted(table.places.base, characters.marks.start, side="right") - 1
    spans = [spans_of(characters, at == one) for one in both_read]
    drawn = _Drawn("turns", [len(rows) for rows in groups], "a code")
    return {
        "transcript_id": [table.places.names[one] for one in both_read],
        "codes": np.full(len(both_read), codes),
        **columns,
        **matched(spans),
        "coverage": np.ones(len(both_read)),
        "reading": list(_readings(columns, spans, asked, drawn)),
    }


@dataclass(frozen=True)
class _Drawn:
    """What was drawn again, how many there were for each row, and what was given."""

    noun: str
    clusters: list[int]
    what: str


def _totals(cells: Counts, groups: list[Any]) -> Counts:
    return np.array([cells[rows].sum(axis=0) for rows in groups], dtype=np.int64).reshape(-1, 4)


def _used(table: UnitTable) -> int:
    """Count the codes that either coder gave in what both have read."""
    which, where = table.pairs
    return len(np.unique(table.marks.code[which[~table.missing.any(axis=0)[where]]]))


def _coverage(table: UnitTable) -> float:
    """Give the share of units read by anybody that both have read; nan if there are none."""
    total = int(table.weights.sum())
    return float(table.weights @ ~table.missing.any(axis=0)) / total if total else nan


def _interval(cells: Counts, asked: Asked) -> Floats:
    """Draw clusters again, shape (rows, 2); nan where that would say nothing.

    It says nothing with a handful of clusters, and where the coders never differ: drawn again,
    they do not differ either.
    """
    if len(cells) < FEWEST_CLUSTERS:
        return np.full((cells.shape[1], 2), nan)
    interval = bootstrap_interval(
        cells,
        lambda drawn: _measure(drawn)["alpha"],
        times=asked.times,
        confidence=asked.confidence,
        rng=asked.rng,
    )
    interval[cells[..., 1:3].sum(axis=(0, 2)) == 0] = nan
    return interval


def _measure(cells: NDArray[Any]) -> dict[str, Floats]:
    return two_coder_measures(*np.moveaxis(cells, -1, 0))


def _columns(cells: Counts, letters: Counts, interval: Floats) -> dict[str, NDArray[Any]]:
    """Give counts and coefficients, an array a column."""
    found, in_letters = _measure(cells), _measure(letters)
    return {
        "units": cells.sum(axis=1),
        **{name: cells[:, number] for number, name in enumerate(_CELLS)},
        **{name: found[key] for name, key in _MEASURES.items()},
        "alpha_low": interval[:, 0],
        "alpha_high": interval[:, 1],
        "character_f1": in_letters["positive_agreement"],
        "prevalence": found["prevalence"],
        "share_coded": in_letters["coded"],
    }


def _readings(
    columns: dict[str, NDArray[Any]], spans: list[Spans], asked: Asked, drawn: _Drawn
) -> Iterator[str]:
    """Say what each row means."""
    noun = f"{asked.unit}s" if drawn.noun == "interviews" else f"{asked.unit}s × codes"
    for row, (span, clusters) in enumerate(zip(spans, drawn.clusters, strict=True)):
        value = {name: column[row].item() for name, column in columns.items()}
        given = value["both"] + value["first_only"] + value["second_only"]
        yield read_agreement(
            Facts(
                coders=asked.coders,
                noun=noun,
                both=value["both"],
                first=value["first_only"],
                second=value["second_only"],
                neither=value["neither"],
                cases=span.codings if asked.unit == "character" else given,
                percent=value["percent"],
                ac1=value["ac1"],
                alpha=value["alpha"],
                low=value["alpha_low"],
                high=value["alpha_high"],
                drawn=drawn.noun,
                no_interval=_why_none(clusters, value, drawn.noun, asked),
                what=drawn.what,
            )
        )


def _why_none(clusters: int, value: dict[str, Any], noun: str, asked: Asked) -> str:
    """Say why there is no interval, where there is none."""
    if not asked.times:
        return "none was asked for"
    if clusters < FEWEST_CLUSTERS:
        return f"{clusters} {noun} are too few to draw again"
    if value["first_only"] + value["second_only"] == 0:
        return "without a single difference nothing says how sure that is"
    return f"it stands in too few {noun} to draw them again"
