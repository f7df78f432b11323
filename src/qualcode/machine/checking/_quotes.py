"""What the checks on the coder look at: each coding's quote, its vector, code and interview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis._place import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

    Floats = NDArray[np.float64]
    Rows = NDArray[np.int64]

__all__ = ["Quotes", "read_quotes"]


@dataclass(frozen=True, eq=False)
class Quotes:
    """The quotes of one coder.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame ``segments``, n rows, with a column ``place`` more.
    vectors : numpy.ndarray of float, shape (n, dimensions)
        Of length 1.
    codebook : Codebook
        The codes.
    """

    frame: pd.DataFrame
    vectors: Floats
    codebook: Codebook

    @cached_property
    def code(self) -> NDArray[Any]:
        """Give the code of each quote."""
        return self.frame["code_id"].to_numpy(dtype=object)

    @cached_property
    def interview(self) -> Rows:
        """Give the number of each quote's interview."""
        return np.unique(self.frame["transcript_id"].to_numpy(dtype=object), return_inverse=True)[1]

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """Give the quotes of each code, codes in the order of the codebook."""
        found = {one.id: np.flatnonzero(self.code == one.id) for one in self.codebook}
        return {code: rows for code, rows in found.items() if len(rows)}

    def interviews(self, code: str) -> int:
        """Count the interviews in which a code was given."""
        return len(np.unique(self.interview[self.rows[code]]))

    def enough(self, quotes: int, interviews: int) -> list[str]:
        """List the codes with so many quotes, from so many interviews."""
        return [
            code
            for code, rows in self.rows.items()
            if len(rows) >= quotes and self.interviews(code) >= interviews
        ]

    def kin(self, one: str, other: str) -> bool:
        """Tell whether one code stands above the other, or is the other."""
        book = self.codebook
        return one in book.descendants(other) or other in book.descendants(one)

    def finding(
        self,
        kind: str,
        what: str,
        score: float,
        q: float,
        ends: Sequence[Rows],
        codes: Sequence[str],
    ) -> dict[str, Any]:
        """Make a row of the frame ``coder_checks``: two ends, each with its quotes, and codes."""
        row: dict[str, Any] = {"kind": kind, "what": what, "score": score, "q": q}
        for before, code in zip(("", "other_"), codes, strict=True):
            row[f"{before}code_id"] = code
            row[f"{before}code_path"] = self.codebook.path_of(code) if code else ""
        for before, rows in zip(("", "other_"), ends, strict=True):
            for column, name in (
                ("coding_id", "coding_ids"),
                ("place", "places"),
                ("quote", "quotes"),
            ):
                row[before + name] = self.frame[column].iloc[rows].tolist()
        return row

    def typical(self, rows: Rows, many: int = 2) -> Rows:
        """Give the quotes that are nearest to the middle of some, the nearest first."""
        near = self.vectors[rows] @ self.vectors[rows].sum(axis=0)
        return rows[np.argsort(-near, kind="stable")[:many]]


def read_quotes(
    segments: pd.DataFrame,
    corpus: Mapping[str, Transcript],
    codebook: Codebook,
    embed: Callable[[Iterable[str]], NDArray[Any]],
) -> Quotes:
    """Read the quotes of a coder; the same words coded twice with one code count once."""
    same = ["transcript_id", "start", "end", "code_id"]
    frame = segments.drop_duplicates(same).reset_index(drop=True)
    columns = (frame[name].tolist() for name in ("transcript_id", "turn", "start"))
    places = [
        place_of(name, turn, start, corpus) for name, turn, start in zip(*columns, strict=True)
    ]
    vectors = embed(frame["quote"].tolist())
    return Quotes(frame.assign(place=places), np.asarray(vectors, dtype=float), codebook)
