"""A frame as people read it: labelled columns of text, the same in every kind of output."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from qualcode._text import clean
from qualcode.reporting._labels import label_of

__all__ = ["Shown", "show_frame", "with_named_index"]

#: a column that is not shown -> those beside which it says nothing more
_HIDDEN_BESIDE = {
    "coding_id": ("quote",),
    "code_id": ("code_path", "name"),
    "theme_id": ("theme", "code_path"),
    "theme": ("code_path",),
    **dict.fromkeys(("transcript_id", "turn", "start", "end"), ("match", "coding_ids")),
    "coding_ids": ("codes",),
}
_HIDDEN_IF_EMPTY = ("footnote", "memo")
_WITH_SHARE = ("bodies", "of_bodies", "share")
_COUNTED = ("bodies", "coded", "codings", "interviews", "of_bodies", "passages", "turns", "words")
_DECIMALS = {"minutes": 1, "c": 3, "jaccard": 3, "p": 4, "q": 3} | dict.fromkeys(
    ("percent", "ac1", "prevalence", "share_coded"), 3
)
_NOTHING = "–"
_ONE_LINE, _PHRASE, _PROSE = 26, 45, 80


@dataclass(frozen=True)
class Shown:
    """One column as it is read.

    Parameters
    ----------
    name : str
        The column of the frame.
    label : str
        Words at its head.
    cells : tuple of str
        A text for each row.
    numeric : bool
        Whether it holds numbers, to be set flush right.
    """

    name: str
    label: str
    cells: tuple[str, ...]
    numeric: bool

    @cached_property
    def width(self) -> int:
        """Code points of the longest cell or word of the label."""
        words = self.label.split()
        return max((len(text) for text in (*self.cells, *words)), default=1)

    @property
    def is_prose(self) -> bool:
        """Whether the cells want the room of a paragraph."""
        return self.width > _PROSE

    @property
    def is_phrase(self) -> bool:
        """Whether the cells are long enough to be squeezed, and no paragraphs."""
        return _PHRASE < self.width <= _PROSE

    @property
    def is_before(self) -> bool:
        """Whether it holds what stands before a keyword, to be set flush right."""
        return self.name == "left"

    @property
    def is_short(self) -> bool:
        """Whether every cell stands well on one line."""
        return self.width <= _ONE_LINE and not any("\n" in cell for cell in self.cells)


def show_frame(frame: pd.DataFrame) -> tuple[Shown, ...]:
    """Choose the columns to show and write their cells.

    Ids stand back where names are shown, empty footnotes and memos where there are none, and
    bodies, of_bodies and share become one column: ``2 of 3 (67%)``.
    """
    frame = with_named_index(frame)
    names = [str(name) for name in frame.columns]
    merge = set(_WITH_SHARE) <= set(names)
    shown = []
    for position, name in enumerate(names):
        column = frame.iloc[:, position]
        if merge and name == "bodies":
            cells = [_of(*row) for row in frame[list(_WITH_SHARE)].itertuples(index=False)]
            shown.append(Shown(name, label_of(name), tuple(cells), numeric=True))
        elif not _is_hidden(name, names, column, merge=merge):
            numeric = pd.api.types.is_numeric_dtype(column) and column.dtype.kind != "b"
            write = _writer(name, column)
            cells = [clean(write(value)) for value in column.tolist()]
            shown.append(Shown(name, clean(label_of(name)), tuple(cells), numeric=numeric))
    return tuple(shown)


def with_named_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Make an index that has a name the first column."""
    if frame.index.name is None:
        return frame
    return frame.reset_index(allow_duplicates=True)


def _is_hidden(name: str, names: list[str], column: pd.Series[Any], *, merge: bool) -> bool:
    if merge and name in _WITH_SHARE:
        return True
    if name in _HIDDEN_IF_EMPTY and not any(column):
        return True
    return any(beside in names for beside in _HIDDEN_BESIDE.get(name, ()))


def _of(bodies: int, of_bodies: int, share: float) -> str:
    return f"{bodies} of {of_bodies}" + ("" if pd.isna(share) else f" ({_percent(share)})")


def _percent(share: float) -> str:
    """Write a share in whole percent, halves upwards."""
    return f"{math.floor(share * 100 + 0.5 + 1e-9)}%"


def _writer(name: str, column: pd.Series[Any]) -> Callable[[Any], str]:
    """Choose how the cells of a column are written."""
    kind = column.dtype.kind
    if kind == "f":
        decimals = _DECIMALS.get(name, 2)
        return _or_nothing(_percent if name == "share" else lambda x: f"{x:z.{decimals}f}")
    if kind in "iu" and name in _COUNTED:
        return _or_nothing(lambda x: f"{x:,}")
    if kind == "M":
        days = bool((column.dropna().dt.normalize() == column.dropna()).all())
        return _or_nothing(lambda x: f"{x:%Y-%m-%d}" if days else f"{x:%Y-%m-%d %H:%M}")
    return _write_any


def _or_nothing(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: _NOTHING if pd.isna(value) else write(value)


def _write_any(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(_write_any(one) for one in value)
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)
