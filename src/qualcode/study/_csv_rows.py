"""Read a CSV table that people edit: rows as text, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualcode._files import decode, read_bytes
from qualcode.errors import StudyError

__all__ = ["read_csv_rows"]


def read_csv_rows(
    path: Path, columns: Sequence[str], *, optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a table with its line: the columns asked for, and the optional ones.

    Other columns are left out; an optional one that is not there is empty.
    """
    text = decode(read_bytes(path, what="file", error=StudyError), file=path)
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        mend = f"the columns are {', '.join(columns)}"
        raise StudyError(f"no column {', '.join(missing)}", file=path, line=1, mend=mend)
    for row in reader:
        yield (
            reader.line_num,
            {column: (row.get(column) or "").strip() for column in (*columns, *optional)},
        )
