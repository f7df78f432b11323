"""The files in which a study says what it knows of a published report; each may be missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, QualcodeError
from qualcode.study.claims import read_claims
from qualcode.study.evidence import read_evidence
from qualcode.study.lists import read_lists
from qualcode.study.places import place_faults
from qualcode.study.report_figures import read_report_figures

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.sources.corpus import Corpus

__all__ = ["CLAIMS", "FIGURES", "LISTS", "QUOTES", "read_report_files"]

QUOTES = "interviews_codebook/report_quotes.csv"
LISTS = "interviews_codebook/lists.yaml"
FIGURES = "interviews_codebook/report_figures.csv"
CLAIMS = "interviews_codebook/claims.yaml"


def read_report_files(
    root: Path,
    codebook: Codebook | None,
    corpus: Corpus | None,
    *,
    unread: Collection[str] = (),
) -> tuple[dict[str, int], list[Fault]]:
    """Read them all; give how much each holds, and what is wrong.

    Places in the transcripts named in `unread`, which could not be read, are not judged.
    """
    faults: list[Fault] = []

    def attempt(name: str, read: Callable[[Path], Any]) -> Any:
        if not (root / name).exists():
            return None
        try:
            return read(root / name)
        except QualcodeError as error:
            faults.extend(error.faults)
            return None

    quotes = attempt(QUOTES, lambda path: read_evidence(path, codebook))
    figures = attempt(FIGURES, read_report_figures)
    ids = None if figures is None else set(figures["figure_id"])
    found = {
        "report quotes": quotes,
        "report lists": attempt(LISTS, lambda path: read_lists(path, codebook)),
        "report figures": figures,
        "claims": attempt(CLAIMS, lambda path: read_claims(path, codebook, figures=ids)),
    }
    if quotes is not None and corpus is not None:
        faults += _place_faults(quotes, corpus, root / QUOTES, unread)
    return {noun: len(one) for noun, one in found.items() if one is not None}, faults


def _place_faults(
    quotes: pd.DataFrame, corpus: Corpus, path: Path, unread: Collection[str]
) -> Iterator[Fault]:
    judged = quotes[~quotes["transcript_id"].isin(list(unread))]
    yield from place_faults(judged, corpus, path=path)
