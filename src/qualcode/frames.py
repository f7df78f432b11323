"""Every public frame's columns and dtypes, in one place.

A frame has the same columns, in the same order and with the same dtypes, even when it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["FRAMES", "empty_frame", "make_frame"]

#: name of the frame -> column -> dtype
FRAMES: dict[str, dict[str, str]] = {
    "segments": {
        "coding_id": "str",
        "transcript_id": "str",
        "body": "str",
        "body_type": "str",
        "speaker": "str",
        "role": "str",
        "turn": "Int64",
        "code_id": "str",
        "theme_id": "str",
        "code_path": "str",
        "coder": "str",
        "start": "int64",
        "end": "int64",
        "quote": "str",
        "memo": "str",
        "source": "str",
        "created_at": "datetime64[us, UTC]",
    },
    "interviews": {
        "transcript_id": "str",
        "body": "str",
        "body_type": "str",
        "date": "datetime64[s]",
        "speakers": "int64",
        "roles": "str",
        "synthetic": "bool",
        "turns": "int64",
        "words": "int64",
        "minutes": "float64",
    },
    "turns": {
        "transcript_id": "str",
        "body": "str",
        "turn": "int64",
        "speaker": "str",
        "role": "str",
        "time": "float64",
        "start": "int64",
        "end": "int64",
        "text": "str",
    },
    "codes": {
        "code_id": "str",
        "name": "str",
        "theme_id": "str",
        "code_path": "str",
        "depth": "int64",
        "definition": "str",
    },
    "code_counts": {
        "code_id": "str",
        "code_path": "str",
        "theme_id": "str",
        "codings": "int64",
        "interviews": "int64",
        "bodies": "int64",
        "coders": "int64",
        "words": "int64",
    },
    "theme_table": {
        "theme_id": "str",
        "theme": "str",
        "codings": "int64",
        "interviews": "int64",
        "bodies": "int64",
        "of_bodies": "int64",
        "share": "float64",
        "roles": "str",
        "example": "str",
        "example_source": "str",
    },
    "quote_table": {
        "coding_id": "str",
        "theme": "str",
        "code_path": "str",
        "quote": "str",
        "speaker": "str",
        "role": "str",
        "body": "str",
        "place": "str",
        "footnote": "str",
        "coder": "str",
    },
    "adrift": {
        "coding_id": "str",
        "transcript_id": "str",
        "code_id": "str",
        "coder": "str",
        "start": "int64",
        "end": "int64",
        "quote": "str",
        "reason": "str",
    },
    "history": {
        "event_id": "str",
        "at": "datetime64[us, UTC]",
        "coder": "str",
        "event": "str",
        "coding_id": "str",
        "transcript_id": "str",
        "code_id": "str",
        "detail": "str",
        "undone": "bool",
    },
    "footnotes": {
        "footnote": "int64",
        "body": "str",
        "role": "str",
        "role_printed": "str",
        "section": "str",
        "kind": "str",
        "passages": "object",
        "pull_quote": "bool",
        "mark_line": "Int64",
        "definition_line": "Int64",
        "confidence": "float64",
        "doubt": "str",
    },
    "unattributed": {
        "section": "str",
        "line": "int64",
        "passages": "object",
        "speaker": "str",
        "why": "str",
    },
    "evidence": {
        "footnote": "int64",
        "body": "str",
        "role": "str",
        "kind": "str",
        "section": "str",
        "themes": "str",
        "counter": "str",
        "hash": "str",
        "length": "int64",
    },
    "section_table": {
        "section": "str",
        "theme_id": "str",
        "theme": "str",
        "footnotes": "str",
        "statements": "int64",
        "quoted": "int64",
        "bodies": "int64",
        "roles": "str",
        "contrary": "str",
        "thin": "str",
    },
    "list_table": {
        "list": "str",
        "number": "int64",
        "claim": "str",
        "footnotes": "str",
        "bodies": "int64",
        "who": "str",
        "contrary": "str",
        "thin": "str",
    },
    "findings": {
        "kind": "str",
        "footnote": "str",
        "line": "Int64",
        "finding": "str",
    },
}


def make_frame(name: str, data: Mapping[str, Any] | list[dict[str, Any]]) -> pd.DataFrame:
    """Build one of the public frames, with its columns, order and dtypes.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.
    data : mapping of columns, or list of records
        Every column of the frame; others are refused.

    Returns
    -------
    pandas.DataFrame
        With a fresh index from 0.

    Raises
    ------
    KeyError
        If the frame's name is unknown or a column is missing.
    ValueError
        If there is a column that the frame does not have.

    Examples
    --------
    >>> make_frame("findings", [{"kind": "sum", "footnote": "", "line": 3, "finding": "off by 1"}])
      kind footnote  line   finding
    0  sum              3  off by 1
    """
    columns = FRAMES[name]
    if isinstance(data, list):
        data = {column: [row[column] for row in data] for column in (data[0] if data else columns)}
    extra = set(data) - set(columns)
    if extra:
        raise ValueError(f"frame {name!r} has no column {sorted(extra)}; it has {list(columns)}")
    return pd.DataFrame(
        {column: pd.Series(data[column], dtype=dtype) for column, dtype in columns.items()}
    )


def empty_frame(name: str) -> pd.DataFrame:
    """Build one of the public frames with no rows.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.

    Returns
    -------
    pandas.DataFrame
        No rows, all columns, right dtypes.

    Examples
    --------
    >>> list(empty_frame("findings"))
    ['kind', 'footnote', 'line', 'finding']
    """
    return make_frame(name, {column: [] for column in FRAMES[name]})
