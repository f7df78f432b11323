"""What a reading offers, as rows: for the workspace, for tables, and for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qualcode.analysis._place import place_of
from qualcode.errors import UnknownValueError
from qualcode.frames import make_frame
from qualcode.machine.suggesting._methods import HeldOut
from qualcode.machine.suggesting._runs import joined_runs
from qualcode.machine.suggesting._uncertain import most_telling
from qualcode.machine.suggesting._why import explain

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook
    from qualcode.machine.suggesting._reading import Reading
    from qualcode.model import Transcript

    Rows = NDArray[np.int64]
    Texts = Mapping[str, Transcript]

__all__ = [
    "basis_table",
    "judged_passages",
    "offer_table",
    "offers_of",
    "queue_of",
    "reliability_of",
]

_KEYS = ["transcript_id", "start", "end"]
_NONE = np.zeros(0, dtype=bool)
_NOT_MEASURED = "not measured: too few passages have this code"


class Offer(NamedTuple):
    """One offer: a span, the code's number, its probability, and the likeliest passage in it."""

    start: int
    end: int
    code: int
    probability: float
    row: int


def offers_of(
    reading: Reading, rows: Rows, corpus: Texts
) -> list[tuple[int, int, str, float, str]]:
    """Give what is offered among the passages of one transcript, as the workspace takes it."""
    return [
        (
            one.start,
            one.end,
            reading.labelled.codes[one.code],
            one.probability,
            explain(reading, one.row, one.code, corpus),
        )
        for one in _offers(reading, rows)
    ]


def offer_table(
    reading: Reading,
    interviews: Iterable[Rows],
    corpus: Texts,
    codebook: Codebook,
    wanted: str | None,
    limit: int | None,
) -> pd.DataFrame:
    """Make the frame ``suggestions``: the most likely first."""
    codes = reading.labelled.codes
    found = [one for rows in interviews for one in _offers(reading, rows)]
    found = [one for one in found if wanted is None or codes[one.code] == wanted]
    found.sort(key=lambda one: (-one.probability, one.row, one.code))
    rows = [_table_row(reading, one, corpus, codebook) for one in found[:limit]]
    return make_frame("suggestions", rows)


def basis_table(reading: Reading, codebook: Codebook) -> pd.DataFrame:
    """Make the frame ``suggestion_basis``: how each code was learned, and what is offered."""
    offered = reading.offered(np.arange(len(reading.labelled.passages))).sum(axis=0)
    groups, rows = reading.labelled.groups[reading.rows], []
    for number, code in enumerate(reading.labelled.codes):
        has = reading.labelled.coded[reading.rows, number]
        rows.append(
            {
                "code_id": code,
                "code_path": codebook.path_of(code),
                "basis": reading.model.basis[number],
                "passages": int(has.sum()),
                "interviews": len(set(groups[has])),
                "threshold": float(reading.limits[number]),
                "precision": _precision(reading, number)[0],
                "offered": int(offered[number]),
                "note": _note(reading, number),
            }
        )
    return make_frame("suggestion_basis", rows)


def _note(reading: Reading, number: int) -> str:
    if reading.chance[number]:
        return "not offered: found no better than by chance"
    if not np.isfinite(reading.limits[number]):
        return f"not offered: fewer than {100 * reading.least:.0f} of 100 would be right"
    return ""


def queue_of(
    reading: Reading, rows: Rows, limit: int, corpus: Texts
) -> list[tuple[str, int, int, str, float, str]]:
    """Give what to decide first, as the workspace takes it."""
    found = []
    for row, code in most_telling(reading, rows, limit):
        probability = float(reading.model.probabilities[row, code])
        why = f"asked, not offered: it is unsure; {explain(reading, row, code, corpus)}"
        where = reading.labelled.span(row)
        found.append((*where, reading.labelled.codes[code], probability, why))
    return found


def reliability_of(reading: Reading, number: int) -> str:
    """Say how often offers of a code were right."""
    precision, count = _precision(reading, number)
    if not count:
        return _NOT_MEASURED
    return f"on held-out interviews {100 * precision:.0f} of 100 were coded so (of {count:,})"


def judged_passages(reading: Reading, passages: pd.DataFrame, codes: tuple[str, ...]) -> HeldOut:
    """Find passages among those that were read, and give their probabilities and thresholds."""
    if codes != reading.labelled.codes:
        mend = "give level= as it was for suggest"
        raise UnknownValueError("other codes were learned", mend=mend)
    there = reading.labelled.passages[_KEYS].reset_index(names="row")
    rows = passages[_KEYS].merge(there, how="left")["row"]
    if rows.isna().any():
        mend = "give unit= and speakers= as they were for suggest"
        raise UnknownValueError("other passages were learned", mend=mend)
    probability = reading.model.probabilities[rows.to_numpy(dtype=np.int64)]
    return HeldOut(probability, np.tile(reading.limits, (len(rows), 1)))


def _offers(reading: Reading, rows: Rows) -> Iterator[Offer]:
    for start, end, code, row in joined_runs(reading, rows):
        yield Offer(start, end, code, float(reading.model.probabilities[row, code]), row)


def _table_row(reading: Reading, offer: Offer, corpus: Texts, codebook: Codebook) -> dict[str, Any]:
    passage = reading.labelled.passages.iloc[offer.row]
    code, name = reading.labelled.codes[offer.code], passage["transcript_id"]
    return {
        "transcript_id": name,
        **{one: passage[one] for one in ("body", "speaker", "role")},
        "place": place_of(name, passage["turn"], offer.start, corpus),
        "code_id": code,
        "code_path": codebook.path_of(code),
        "words": corpus[name].text[offer.start : offer.end],
        "probability": offer.probability,
        "threshold": float(reading.limits[offer.code]),
        "basis": reading.model.basis[offer.code],
        "why": explain(reading, offer.row, offer.code, corpus),
        "start": offer.start,
        "end": offer.end,
    }


def _precision(reading: Reading, number: int) -> tuple[float, int]:
    """Give the share of a code's offers on held-out interviews that the coder had coded."""
    offered, marks = reading.held_out.get(number, (_NONE, _NONE))
    if not offered.any():
        return float("nan"), 0
    return float(marks[offered].mean()), int(offered.sum())
