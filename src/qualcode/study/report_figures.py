"""The numbers that a published report states as findings: ``report_figures.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, StudyError, clip
from qualcode.study._csv_rows import read_csv_rows
from qualcode.study._expressions import names_in

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_report_figures"]

_COLUMNS = ("id", "section", "topic", "label", "value", "unit")
_OPTIONAL = ("body", "period", "upper", "qualifier", "footnote", "line", "check")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")


def read_report_figures(path: Path | str) -> pd.DataFrame:
    """Read the numbers that a report states, with the sums that they should make.

    Parameters
    ----------
    path : Path or str
        ``report_figures.csv``: ``id, section, topic, label, value, unit``, and as far as known
        ``body, period, upper`` (of a range), ``qualifier`` (about, more than), ``footnote``,
        ``line`` and ``check``: a sum over other ids that should give the value, with
        ``+ - * /`` and brackets.

    Returns
    -------
    pandas.DataFrame
        Frame "report_figures", in order of the file; ``figure_id`` is ``id``.

    Raises
    ------
    StudyError
        If the file cannot be read, a column is missing, or rows are wrong: all at once, with
        their lines.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "report_figures.csv"
    >>> _ = file.write_text(
    ...     "id,section,topic,label,value,unit,check\\n"
    ...     "day,NIGHTS,sample,Day nurses,12,nurses,\\n"
    ...     "night,NIGHTS,sample,Night nurses,9,nurses,\\n"
    ...     "all_nurses,NIGHTS,sample,Nurses,22,nurses,day + night\\n"
    ... )
    >>> read_report_figures(file)[["figure_id", "value", "check"]].tail(1).to_dict("records")
    [{'figure_id': 'all_nurses', 'value': 22.0, 'check': 'day + night'}]
    """
    from qualcode.frames import make_frame

    path = Path(path)
    rows = list(read_csv_rows(path, _COLUMNS, optional=_OPTIONAL))
    lines: dict[str, int] = {}
    faults = []
    for line, row in rows:
        faults += [Fault(what, path, line, mend) for what, mend in _row_faults(row)]
        first = lines.setdefault(row["id"], line)
        if first != line:
            faults.append(Fault(f"the id {clip(row['id'])!r} again", path, line, f"see {first}"))
    for line, row in rows:
        faults += [Fault(what, path, line, mend) for what, mend in _sum_faults(row, lines)]
    if faults:
        raise StudyError.from_faults(sorted(faults, key=lambda fault: fault.line or 0))
    return make_frame("report_figures", [_record(row) for _, row in rows])


def _row_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not _SLUG.fullmatch(row["id"]):
        yield f"{clip(row['id'])!r} is no id", "use a-z, 0-9 and _, beginning with a letter"
    for column in ("section", "topic", "label", "unit"):
        if not row[column]:
            yield f"{clip(row['id'])} has no {column}", "give it"
    for column in ("value", "upper"):
        if not _NUMBER.fullmatch(row[column]) and (row[column] or column == "value"):
            yield f"{column} {clip(row[column])!r} is not a number", "write 1840 or 91.5"
    for column in ("footnote", "line"):
        if row[column] and not row[column].isdecimal():
            yield f"{column} {clip(row[column])!r} is not a whole number", "write 12, or nothing"


def _sum_faults(row: Mapping[str, str], ids: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    if not row["check"]:
        return
    try:
        names = names_in(row["check"])
    except ValueError as error:
        yield f"check {clip(row['check'])!r}: {error}", "write a sum over ids, such as a + b"
        return
    for name in names:
        if name not in ids:
            yield f"check: no figure has the id {clip(name)!r}", "take ids of this file"
        elif name == row["id"]:
            yield f"check of {name} names itself", "leave it out of its own sum"


def _record(row: Mapping[str, str]) -> dict[str, Any]:
    whole = {name: int(row[name]) if row[name] else None for name in ("footnote", "line")}
    upper = float(row["upper"]) if row["upper"] else float("nan")
    texts = {name: row[name] for name in row if name != "id"}
    return {
        **texts,
        "figure_id": row["id"],
        "value": float(row["value"]),
        "upper": upper,
        **whole,
    }
