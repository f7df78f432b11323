"""What the researcher judged of a published report, as data: which theme each footnote supports.

``report_quotes.csv`` has a row for each attributing footnote: never its words, but their hash and
length. ``lists.yaml`` has the report's enumerated lists in the researcher's words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode._files import decode, read_bytes
from qualcode._yaml import LinedYaml, read_lined_yaml
from qualcode.errors import Fault, StudyError, clip

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding.codebook import Codebook
    from qualcode.sources.published import PublishedReport

__all__ = [
    "ClaimItem",
    "ClaimList",
    "compare_with_report",
    "make_evidence",
    "read_evidence",
    "read_lists",
]

_HEADING_WORDS = 6
_COLUMNS = ("footnote", "body", "role", "kind", "section", "themes", "counter", "hash", "length")


@dataclass(frozen=True)
class ClaimItem:
    """One item of an enumerated list.

    Parameters
    ----------
    number : int
        As enumerated.
    claim : str
        What it says, in the researcher's words.
    codes : tuple of str
        The codes that tell it.
    footnotes : tuple of int
        The report's attributing footnotes that support it.

    Examples
    --------
    >>> ClaimItem(1, "Nights are cold.", ("cold",), (3, 4)).footnotes
    (3, 4)
    """

    number: int
    claim: str
    codes: tuple[str, ...] = ()
    footnotes: tuple[int, ...] = ()


@dataclass(frozen=True)
class ClaimList:
    """An enumerated list of a report.

    Parameters
    ----------
    id : str
        A slug.
    title : str
        In the researcher's words.
    section : str
        The heading it stands under.
    items : tuple of ClaimItem
        In order.

    Examples
    --------
    >>> ClaimList("cold", "Two complaints", "NIGHTS", (ClaimItem(1, "Cold."),)).title
    'Two complaints'
    """

    id: str
    title: str
    section: str
    items: tuple[ClaimItem, ...] = field(default=())


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
        Frame "evidence", by footnote; codes joined with ``;``.

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
    rows = list(_csv_rows(_read_text(path), path))
    faults = [fault for line, row in rows for fault in _row_faults(row, line, path, codebook)]
    seen: dict[str, int] = {}
    for line, row in rows:
        first = seen.setdefault(row["footnote"], line)
        if first != line:
            faults.append(
                Fault(f"footnote {clip(row['footnote'])} again", path, line, f"see line {first}")
            )
    if faults:
        raise StudyError.from_faults(faults)
    records = [{column: row[column] for column in _COLUMNS} for _, row in rows]
    for record in records:
        record["footnote"], record["length"] = int(record["footnote"]), int(record["length"])
    records.sort(key=lambda record: record["footnote"])
    return make_frame("evidence", records)


def _read_text(path: Path) -> str:
    return decode(read_bytes(path, what="file", error=StudyError), file=path)


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise StudyError(
            f"no column {', '.join(missing)}",
            file=path,
            line=1,
            mend=f"the columns are {', '.join(_COLUMNS)}",
        )
    for row in reader:
        yield (
            reader.line_num,
            {key: (value or "").strip() for key, value in row.items() if key in _COLUMNS},
        )


def _row_faults(
    row: Mapping[str, str], line: int, path: Path, codebook: Codebook | None
) -> Iterator[Fault]:
    for column in ("footnote", "length"):
        if not row[column].isdecimal():
            yield Fault(f"{column} {clip(row[column])!r} is not a whole number", path, line)
    themes, counter = split_codes(row["themes"]), split_codes(row["counter"])
    if not themes:
        yield Fault("no theme", path, line, "give at least one code")
    for code in themes:
        if codebook is not None and code not in codebook:
            yield Fault(f"{clip(code)!r} is not a code of the codebook", path, line)
    for code in counter:
        if code not in themes:
            yield Fault(f"counter {clip(code)!r} is not among the themes", path, line)


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
        Frame "evidence"; a footnote without a judgement is left out.

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


def read_lists(path: Path | str, codebook: Codebook | None = None) -> tuple[ClaimList, ...]:
    """Read a report's enumerated lists.

    Parameters
    ----------
    path : Path or str
        ``lists.yaml``.
    codebook : Codebook, optional
        If given, every code must be in it.

    Returns
    -------
    tuple of ClaimList
        In order of the file.

    Raises
    ------
    StudyError
        If the file cannot be read or items are wrong: all at once, with their lines.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "lists.yaml"
    >>> _ = file.write_text(
    ...     "lists:\\n- id: cold\\n  title: Two\\n  section: NIGHTS\\n"
    ...     "  items:\\n  - {number: 1, claim: It is cold., codes: [cold], footnotes: [3]}\\n"
    ... )
    >>> read_lists(file)[0].items[0].footnotes
    (3,)
    """
    path = Path(path)
    lined = read_lined_yaml(_read_text(path), file=path, error=StudyError)
    entries = lined.data.get("lists") if isinstance(lined.data, dict) else None
    if not isinstance(entries, list):
        raise StudyError("no `lists:`", file=path, line=1, mend="list them under `lists:`")
    faults = [
        fault
        for i, entry in enumerate(entries)
        for fault in _list_faults(entry, i, lined, path, codebook)
    ]
    if faults:
        raise StudyError.from_faults(faults)
    return tuple(_claim_list(entry) for entry in entries)


def _claim_list(entry: Mapping[str, Any]) -> ClaimList:
    items = tuple(
        ClaimItem(
            item["number"],
            item["claim"].strip(),
            tuple(item.get("codes") or ()),
            tuple(item.get("footnotes") or ()),
        )
        for item in entry["items"]
    )
    return ClaimList(entry["id"], entry["title"], entry["section"], items)


def _list_faults(
    entry: Any, index: int, lined: LinedYaml, path: Path, codebook: Codebook | None
) -> Iterable[Fault]:
    place = ("lists", index)
    if not isinstance(entry, dict) or not isinstance(entry.get("items"), list):
        yield Fault("a list has `id`, `title`, `section` and `items`", path, lined.line_of(place))
        return
    for key in ("id", "title", "section"):
        if not isinstance(entry.get(key), str):
            yield Fault(f"`{key}` is missing or no text", path, lined.line_of(place))
    for number, item in enumerate(entry["items"]):
        yield from _item_faults(item, lined.line_of((*place, "items", number)), path, codebook)


def _item_faults(
    item: Any, line: int | None, path: Path, codebook: Codebook | None
) -> Iterator[Fault]:
    if (
        not isinstance(item, dict)
        or not isinstance(item.get("number"), int)
        or not isinstance(item.get("claim"), str)
    ):
        yield Fault("an item has a `number` and a `claim`", path, line)
        return
    codes, footnotes = item.get("codes") or [], item.get("footnotes") or []
    if not isinstance(codes, list) or not isinstance(footnotes, list):
        yield Fault("`codes` and `footnotes` are lists", path, line)
        return
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in footnotes):
        yield Fault("a footnote is a whole number", path, line)
    for code in codes:
        if codebook is not None and code not in codebook:
            yield Fault(f"{clip(str(code))!r} is not a code of the codebook", path, line)
