"""What the researcher judged of a published report, as data: which theme each footnote supports.

``report_quotes.csv`` has a row for each attributing footnote: never its words, but their hash and
length; and the place in the transcripts where the same point is made, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, StudyError, clip
from qualcode.study._csv_rows import read_csv_rows

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.sources.published import PublishedReport

__all__ = ["compare_with_report", "make_evidence", "read_evidence"]

_HEADING_WORDS = 6
_COLUMNS = ("footnote", "body", "role", "kind", "section", "themes", "counter", "hash", "length")
_PLACE = ("transcript_id", "start", "end", "begins")
_NO_PLACE: dict[str, Any] = {"transcript_id": "", "start": None, "end": None, "begins": ""}


def read_evidence(path: Path | str, codebook: Codebook | None = None) -> pd.DataFrame:
    """Read which themes each footnote supports.

    Parameters
    ----------
    path : Path or str
        ``report_quotes.csv``.
    codebook : Codebook, optional
        If given, every code must be in it.

    Returns
    -------
    pandas.DataFrame
        Frame "evidence", by footnote; codes joined with ``;``. Where the file has the columns
        ``transcript_id, start, end, begins``, they say where in the transcripts the point of the
        footnote is made: a span, and the words it begins with (see `place_evidence`).

    Raises
    ------
    StudyError
        If the file cannot be read, a column is missing, or rows are wrong: all at once, with
        their lines.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "report_quotes.csv"
    >>> _ = file.write_text(
    ...     "footnote,body,role,section,kind,themes,counter,hash,length\\n"
    ...     "3,Ward 2,Night nurse,NIGHTS,direct,cold;rest,rest,ab12,7\\n"
    ... )
    >>> read_evidence(file)[["footnote", "themes", "counter"]].to_dict("records")
    [{'footnote': 3, 'themes': 'cold;rest', 'counter': 'rest'}]
    """
    from qualcode.frames import make_frame

    path = Path(path)
    rows = list(read_csv_rows(path, _COLUMNS, optional=_PLACE))
    faults = [fault for line, row in rows for fault in _row_faults(row, line, path, codebook)]
    seen: dict[str, int] = {}
    for line, row in rows:
        first = seen.setdefault(row["footnote"], line)
        if first != line:
            what = f"footnote {clip(row['footnote'])} again"
            faults.append(Fault(what, path, line, f"see line {first}"))
    if faults:
        raise StudyError.from_faults(faults)
    records = [_record(row) for _, row in rows]
    return make_frame("evidence", sorted(records, key=lambda record: record["footnote"]))


def _record(row: Mapping[str, str]) -> dict[str, Any]:
    place: dict[str, int | None] = {"start": None, "end": None}
    if row["transcript_id"]:
        place = {"start": int(row["start"]), "end": int(row["end"])}
    return {**row, "footnote": int(row["footnote"]), "length": int(row["length"]), **place}


def _row_faults(
    row: Mapping[str, str], line: int, path: Path, codebook: Codebook | None
) -> Iterator[Fault]:
    for column in ("footnote", "length"):
        if not row[column].isdecimal():
            yield Fault(f"{column} {clip(row[column])!r} is not a whole number", path, line)
    if any(row[column] for column in _PLACE):
        yield from _place_faults(row, line, path)
    themes, counter = split_codes(row["themes"]), split_codes(row["counter"])
    if not themes:
        yield Fault("no theme", path, line, "give at least one code")
    for code in themes:
        if codebook is not None and code not in codebook:
            yield Fault(f"{clip(code)!r} is not a code of the codebook", path, line)
    for code in counter:
        if code not in themes:
            yield Fault(f"counter {clip(code)!r} is not among the themes", path, line)


def _place_faults(row: Mapping[str, str], line: int, path: Path) -> Iterator[Fault]:
    mend = f"give {', '.join(_PLACE)} together, or none of them"
    for column in ("transcript_id", "begins"):
        if not row[column]:
            yield Fault(f"the place has no {column}", path, line, mend)
    for column in ("start", "end"):
        if not row[column].isdecimal():
            what = f"{column} {clip(row[column])!r} is not a whole number"
            yield Fault(what, path, line, mend)


def split_codes(cell: str) -> tuple[str, ...]:
    """Split a cell of code ids joined with ``;``."""
    return tuple(code.strip() for code in cell.split(";") if code.strip())


def make_evidence(
    report: PublishedReport, judgements: Mapping[int, tuple[str, str]]
) -> pd.DataFrame:
    """Put the report's facts and the researcher's judgement together.

    Parameters
    ----------
    report : PublishedReport
        The report, read.
    judgements : mapping of int to (str, str)
        Footnote -> themes and counter, codes joined with ``;``.

    Returns
    -------
    pandas.DataFrame
        Frame "evidence"; a footnote without a judgement is left out. Places are empty.

    Examples
    --------
    >>> from qualcode.sources.published import Interviewees, parse_report
    >>> text = 'NIGHT WORK\\n\\nOne nurse said: "We never sit."¹\\n\\n1 Ward 7 (Night nurse)\\n'
    >>> report = parse_report(text, Interviewees({"Ward": "ward"}))
    >>> make_evidence(report, {1: ("rest", "")})["length"].tolist()
    [3]
    """
    from qualcode.frames import make_frame
    from qualcode.sources.published.corpus import words_hash

    records = []
    for row in report.attributions:
        if row.footnote in judgements:
            themes, counter = judgements[row.footnote]
            digest, length = words_hash(row)
            records.append(
                {
                    "footnote": row.footnote,
                    "body": row.body,
                    "role": row.role,
                    "section": _short(row.section),
                    "kind": row.kind,
                    "themes": themes,
                    "counter": counter,
                    "hash": digest,
                    "length": length,
                    **_NO_PLACE,
                }
            )
    return make_frame("evidence", records)


def _short(section: str) -> str:
    """Cut a heading to its first words: enough to find the place, and no run of the report's words."""
    words = section.split()
    return section if len(words) <= _HEADING_WORDS else " ".join(words[:_HEADING_WORDS]) + " …"


def compare_with_report(evidence: pd.DataFrame, report: PublishedReport) -> tuple[Fault, ...]:
    """List where the judged evidence and a report at hand are not the same.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Frame "evidence".
    report : PublishedReport
        The report, read.

    Returns
    -------
    tuple of Fault
        Footnotes that only one has, and footnotes whose words differ.

    Examples
    --------
    >>> from qualcode.sources.published import Interviewees, parse_report
    >>> text = 'NIGHT WORK\\n\\nOne nurse said: "We never sit."¹\\n\\n1 Ward 7 (Night nurse)\\n'
    >>> report = parse_report(text, Interviewees({"Ward": "ward"}))
    >>> compare_with_report(make_evidence(report, {1: ("rest", "")}), report)
    ()
    """
    from qualcode.sources.published.corpus import words_hash

    words = {row.footnote: words_hash(row)[0] for row in report.attributions}
    judged = dict(zip(evidence["footnote"], evidence["hash"], strict=True))
    faults = [
        Fault(f"footnote {n} is in the report and not judged") for n in words.keys() - judged.keys()
    ]
    faults += [
        Fault(f"footnote {n} was judged and is not in the report")
        for n in judged.keys() - words.keys()
    ]
    faults += [
        Fault(f"footnote {n}: the words differ from those that were judged")
        for n in words.keys() & judged.keys()
        if words[n] != judged[n]
    ]
    return tuple(sorted(faults, key=lambda fault: fault.what))
