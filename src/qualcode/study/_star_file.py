"""The file of starred quotes: read with every fault and its line, written whole and sorted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qualcode._files import write_whole
from qualcode._text import clean, guard, unguard
from qualcode.coding._lock import lock_journal
from qualcode.coding._names import name_fault
from qualcode.errors import Fault, StudyError, clip
from qualcode.study._csv_rows import read_csv_rows

__all__ = ["STARS", "Star", "put_star", "read_star_file", "take_star"]

STARS = "interviews_codebook/stars.csv"
_COLUMNS = ("coding_id", "transcript_id", "code_id", "begins", "starred_by", "starred_at")


@dataclass(frozen=True, slots=True)
class Star:
    """A quote that somebody picked for a table."""

    coding_id: str
    transcript_id: str
    code_id: str
    begins: str
    starred_by: str
    starred_at: datetime


def read_star_file(path: Path) -> dict[str, Star]:
    """Give the stars by the id of their coding; there are none where there is no file."""
    if not path.exists():
        return {}
    stars: dict[str, Star] = {}
    faults: list[Fault] = []
    for line, row in read_csv_rows(path, _COLUMNS):
        star = _star_of({name: unguard(value) for name, value in row.items()}, line, path, faults)
        if star is not None and star.coding_id in stars:
            what = f"the coding {clip(star.coding_id)!r} has a star already"
            faults.append(Fault(what, path, line, "keep one of the two lines"))
        elif star is not None:
            stars[star.coding_id] = star
    if faults:
        raise StudyError.from_faults(faults)
    return stars


def _star_of(row: Mapping[str, str], line: int, path: Path, faults: list[Fault]) -> Star | None:
    """Make a star of a row, or note what is wrong with it."""
    if not row["coding_id"]:
        faults.append(Fault("no coding_id", path, line, "take the line away"))
        return None
    if row["starred_by"] and name_fault(row["starred_by"]) is not None:
        what = f"nobody can be called {clip(row['starred_by'])!r}"
        faults.append(Fault(what, path, line, "give a coder's name, or none"))
        return None
    try:
        at = datetime.fromisoformat(row["starred_at"])
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        what = f"starred_at {clip(row['starred_at'])!r} is not a time"
        faults.append(Fault(what, path, line, "write it as 2026-01-31T12:00:00Z"))
        return None
    return Star(**{**row, "starred_at": at.astimezone(UTC)})  # type: ignore[arg-type]


def put_star(path: Path, star: Star) -> None:
    """Add a star to those in the file now; one that is there already stays as it is."""
    with lock_journal(path):
        stars = read_star_file(path)
        if star.coding_id not in stars:
            _write(path, [*stars.values(), star])


def take_star(path: Path, coding_id: str) -> None:
    """Take a star out of those in the file now."""
    with lock_journal(path):
        stars = read_star_file(path)
        if stars.pop(coding_id, None) is not None:
            _write(path, stars.values())


def _write(path: Path, stars: Iterable[Star]) -> None:
    """Write all stars, in the order of their codings' ids."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for star in sorted(stars, key=lambda one: one.coding_id):
        at = star.starred_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        texts = [star.coding_id, star.transcript_id, star.code_id, star.begins, star.starred_by]
        writer.writerow([*(guard(clean(text)) for text in texts), at])
    write_whole(path, stream.getvalue().encode("utf-8"), error=StudyError)
