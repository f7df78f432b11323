"""A frame as CSV: all columns, all rows, and nothing that a spreadsheet would run."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from qualcode._text import clean, guard
from qualcode.reporting._display import with_named_index

__all__ = ["csv_bytes"]

_DECIMALS = 4
_CUTS = ('"', ",", ";", "\n", "\r", "\t")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV: UTF-8, LF, the columns' own names, floats to 4 decimals.

    Nothing stands for a missing value; times are ISO 8601; lists are JSON. Text that a
    spreadsheet would take for a formula is guarded with an apostrophe (`qualcode._text`).
    """
    frame = with_named_index(frame)
    columns = [_cells(frame.iloc[:, position]) for position in range(frame.shape[1])]
    heads = [_text(str(name)) for name in frame.columns]
    # a line with nothing on it would be no row
    rows = [",".join(row) or '""' for row in zip(*columns, strict=True)]
    return "\n".join([",".join(heads), *rows, ""]).encode("utf-8")


def _cells(column: pd.Series[Any]) -> list[str]:
    """Write a column's cells."""
    kind = column.dtype.kind
    if kind == "M":
        return _times(column)
    values = column.tolist()
    if kind == "f":
        return ["" if pd.isna(x) else _float(x) for x in values]
    if kind in "iub":
        return ["" if x is pd.NA else str(x) for x in values]
    if all(isinstance(value, str) for value in values):  # each different text once
        written = {text: _text(text) for text in set(values)}
        return [written[text] for text in values]
    return [_any(value) for value in values]


def _any(value: Any) -> str:
    if isinstance(value, list | tuple):
        return _text(json.dumps(list(value), ensure_ascii=False))
    if isinstance(value, str):
        return _text(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float):
        return _float(value)
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(text: str) -> str:
    """Guard a text, and put it in quotation marks where a reader would else cut it.

    The standard library's writer does not do so for a lone carriage return before Python 3.13.
    """
    text = guard(clean(text))
    return '"' + text.replace('"', '""') + '"' if any(cut in text for cut in _CUTS) else text


def _float(number: float) -> str:
    return str(round(float(number), _DECIMALS) + 0.0)


def _times(column: pd.Series[Any]) -> list[str]:
    """Write days as ``2026-01-05``, times as ``2026-01-05T10:00:00Z``."""
    known = column.dropna()
    if column.dt.tz is None and (known.dt.normalize() == known).all():
        return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]
    return ["" if pd.isna(x) else x.isoformat().replace("+00:00", "Z") for x in column]
