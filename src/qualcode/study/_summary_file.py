"""The file of a framework's summaries: read with every fault and its line, written whole and sorted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qualcode._files import decode, read_bytes, write_whole
from qualcode._text import clean, guard, unguard
from qualcode.coding._lock import lock_journal
from qualcode.coding._names import name_fault
from qualcode.errors import Fault, StudyError, clip
from qualcode.sources._slugs import natural_key

__all__ = [
    "KINDS",
    "SUMMARIES",
    "Change",
    "Summary",
    "SummaryChangedError",
    "put_summaries",
    "read_summary_file",
]

SUMMARIES = "interviews_codebook/framework.csv"
#: what a row of the framework can be
KINDS = ("body", "transcript", "speaker")
_NEEDED = ("kind", "case", "theme_id", "summary")
_COLUMNS = (*_NEEDED, "by", "at", "codings")
_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{16}")

Key = tuple[str, str, str]


class SummaryChangedError(StudyError):
    """Somebody else has written a cell's summary meanwhile."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a researcher wrote on one cell: who, when, and on which codings."""

    kind: str
    case: str
    theme_id: str
    summary: str
    by: str = ""
    at: datetime | None = None
    codings: str = ""

    @property
    def key(self) -> Key:
        """The cell it belongs to."""
        return self.kind, self.case, self.theme_id


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell's line was and what it becomes; None where there is none."""

    key: Key
    before: Summary | None
    after: Summary | None

    def turned(self) -> Change:
        """Give the change that takes this one back."""
        return Change(self.key, self.after, self.before)


def read_summary_file(path: Path) -> dict[Key, Summary]:
    """Give the summaries by their cell; there are none where there is no file."""
    if not path.exists():
        return {}
    summaries: dict[Key, Summary] = {}
    faults: list[Fault] = []
    for line, row in _rows(path, faults):
        found = list(_row_faults(row, path, line))
        faults += found
        if found:
            continue
        one = _summary_of(row)
        if one.key in summaries:
            what = f"{clip(one.case)!r} has a summary of {clip(one.theme_id)!r} already"
            faults.append(Fault(what, path, line, "make one of the two lines"))
        summaries.setdefault(one.key, one)
    if faults:
        raise StudyError.from_faults(faults)
    return summaries


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row with the line it begins on; what is no table is noted."""
    text = decode(read_bytes(path, what="file", error=StudyError), file=path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    try:
        heads = next(reader, [])
        missing = [name for name in _NEEDED if name not in heads]
        strange = [name for name in heads if name not in _COLUMNS]
        if missing or strange or len(set(heads)) != len(heads):
            names = ", ".join(missing) or clip(", ".join(strange or heads))
            what = f"no column {names}" if missing else f"columns that cannot be kept: {names}"
            mend = f"the columns are {', '.join(_COLUMNS)}"
            faults.append(Fault(what, path, 1, mend))
            return
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(heads):
                what = f"{len(cells)} cells in a row of {len(heads)}"
                mend = 'put text with commas or line ends in quotation marks, and write " as ""'
                faults.append(Fault(what, path, line, mend))
                continue
            yield (
                line,
                {name: unguard(_plain(cell)) for name, cell in zip(heads, cells, strict=True)},
            )
    except csv.Error as exc:
        mend = "look for a quotation mark that is not closed"
        faults.append(Fault(f"not a CSV from here on: {exc}", path, before + 1, mend))


def _plain(text: str) -> str:
    """Give text with LF, without what no file should hold, and without space around it."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _row_faults(row: Mapping[str, str], path: Path, line: int) -> Iterator[Fault]:
    """Say what is wrong with a row."""
    if row["kind"] not in KINDS:
        what = f"kind {clip(row['kind'])!r} is none"
        yield Fault(what, path, line, f"write one of {', '.join(KINDS)}")
    for name in ("case", "theme_id", "summary"):
        if not row[name] and (name != "case" or row["kind"] != "body"):
            yield Fault(f"no {name}", path, line, "write it, or take the line away")
    if row.get("by") and name_fault(row["by"]) is not None:
        what = f"nobody can be called {clip(row['by'])!r}"
        yield Fault(what, path, line, "give a name of letters and digits, or none")
    if row.get("at") and _time_of(row["at"]) is None:
        mend = "write it as 2026-01-31T12:00:00Z, or leave it empty"
        yield Fault(f"at {clip(row['at'])!r} is not a time", path, line, mend)
    if row.get("codings") and not _FINGERPRINT.fullmatch(row["codings"]):
        mend = "leave it empty: the summary is then shown as stale until it is saved again"
        yield Fault(f"codings {clip(row['codings'])!r} is no fingerprint", path, line, mend)


def _time_of(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if at.tzinfo is None else at.astimezone(UTC)


def _summary_of(row: Mapping[str, str]) -> Summary:
    texts = {name: row.get(name, "") for name in _COLUMNS if name != "at"}
    return Summary(**texts, at=_time_of(row.get("at", "")))


def put_summaries(path: Path, changes: Sequence[Change]) -> None:
    """Make changes, all or none, if the file still says what each of them found."""
    try:
        with lock_journal(path):
            _make(path, changes)
    except OSError as exc:
        mend = "check that the folder is there and may be written to"
        what = f"the file cannot be locked: {exc.strerror or exc}"
        raise StudyError(what, file=path, mend=mend) from None


def _make(path: Path, changes: Sequence[Change]) -> None:
    summaries = read_summary_file(path)
    for change in changes:
        if summaries.get(change.key) != change.before:
            what = "somebody else has changed this summary meanwhile: nothing was written"
            raise SummaryChangedError(what, file=path, mend="look at what it says now")
    for change in changes:
        summaries.pop(change.key, None)
        if change.after is not None:
            summaries[change.key] = change.after
    _write(path, summaries.values())


def _write(path: Path, summaries: Iterable[Summary]) -> None:
    """Write all summaries, in the order of cases and themes."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in sorted(summaries, key=_order):
        at = "" if one.at is None else one.at.astimezone(UTC).isoformat(timespec="seconds")
        texts = (*one.key, one.summary, one.by)
        guarded = [guard(_plain(text)) for text in texts]
        writer.writerow([*guarded, at.replace("+00:00", "Z"), one.codings])
    write_whole(path, stream.getvalue().encode("utf-8"), error=StudyError)


def _order(one: Summary) -> tuple[object, ...]:
    return KINDS.index(one.kind), natural_key(one.case), one.theme_id
