"""Compare freshly written outputs with the committed ones, and say in words what changed.

Usage: python tools/check_outputs.py FRESH COMMITTED

Tables come first. Their rows are matched by their key, so that one changed coding shows as one
changed row; other files are only named with them, or shown at the first place that differs::

    outputs/theme_table.csv, theme_id = time-lag
        codings: 12 -> 11; interviews: 3 -> 2
"""

from __future__ import annotations

import csv
import difflib
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

TEXT = {".csv", ".html", ".md", ".svg", ".json", ".txt", ".tex"}
ZIPPED = {".docx", ".xlsx"}
NOT_COMPARED = "report"  # what is made of the user's own copy of the report
MOST_CHANGES = 20
MOST_CHARACTERS = 60

Row = dict[str, str]
Change = tuple[str, str]


def main(arguments: list[str]) -> int:
    """Compare two folders and return 1 when they differ."""
    if len(arguments) != 2:
        print("usage: check_outputs.py FRESH COMMITTED", file=sys.stderr)
        return 2
    fresh, committed = (Path(argument) for argument in arguments)
    changes = list(compare_folders(fresh, committed))
    for place, what in changes[:MOST_CHANGES]:
        print(f"{place}\n    {what}")
    if len(changes) > MOST_CHANGES:
        print(f"... and {len(changes) - MOST_CHANGES} changes more")
    if changes:
        print(
            f"\n{committed.name}/ is not what the notebooks write now ({len(changes)} changes). "
            "If that is meant, run `make notebooks` and commit what it changes."
        )
        return 1
    print(f"{len(files_in(committed))} files in {committed.name}/ are what the notebooks write")
    return 0


def compare_folders(fresh: Path, committed: Path) -> Iterator[Change]:
    """Give a place and what changed there, for every difference between two folders."""
    new, old = files_in(fresh), files_in(committed) - ignored(committed)
    if not new:
        yield f"{committed.name}/", "the notebooks wrote nothing; see the step before"
        return
    tables, others = [], []
    for name in sorted(new | old):
        (tables if name.endswith(".csv") else others).append(name)
    changes = [change for name in tables for change in compare(fresh, committed, name)]
    yield from changes
    if changes:  # then what is drawn and laid out from the tables differs too: its names will do
        moved = [name for name in others if any(compare(fresh, committed, name, quick=True))]
        if moved:
            yield f"{committed.name}/, and with the tables", ", ".join(moved)
    else:
        yield from (change for name in others for change in compare(fresh, committed, name))


def compare(fresh: Path, committed: Path, name: str, *, quick: bool = False) -> Iterator[Change]:
    """Compare one file of both folders; `quick` is content to see that it differs."""
    place = f"{committed.name}/{name}"
    if not (committed / name).is_file():
        yield place, "written by a notebook, but not committed"
    elif not (fresh / name).is_file():
        yield place, "committed, but no notebook writes it"
    elif quick and contents(fresh / name) != contents(committed / name):
        yield place, "differs"
    elif not quick and Path(name).suffix in TEXT | ZIPPED:
        yield from compare_files(fresh / name, committed / name, place)


def files_in(folder: Path) -> set[str]:
    """Give the files below a folder, by their relative names."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        name.as_posix()
        for name in names
        if name.parts[0] != NOT_COMPARED and not any(part.startswith(".") for part in name.parts)
    }


def ignored(folder: Path) -> set[str]:
    """Give the files below a folder that git ignores, where there is git to ask."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--others", "--ignored"]
    try:
        done = subprocess.run(
            [*command, "--exclude-standard", "."], cwd=folder, capture_output=True, check=False
        )
    except OSError:
        return set()
    return (
        set(done.stdout.decode("utf-8", "replace").split("\0")) if done.returncode == 0 else set()
    )


def compare_files(fresh: Path, committed: Path, place: str) -> Iterator[Change]:
    """Compare two files of text; line ends count, as git would have it."""
    new, old = contents(fresh), contents(committed)
    if new == old:
        return
    changes: list[Change] = []
    if fresh.suffix == ".csv":
        changes = list(compare_tables(read_table(old), read_table(new), place))
    yield from changes or compare_lines(text_of(old), text_of(new), place)


def contents(path: Path) -> bytes:
    """Give what is compared of a file: its bytes, or of a document what is packed in it."""
    if path.suffix in ZIPPED:  # packers differ; a tag a line, so that a word shows as one line
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
            parts = [name.encode() + b"\n" + archive.read(name) for name in names]
        return b"\n".join(parts).replace(b"><", b">\n<")
    return path.read_bytes() if path.suffix in TEXT else b""


def text_of(data: bytes) -> str:
    """Read text for showing: what is not UTF-8 is shown as such."""
    return data.decode("utf-8", "backslashreplace")


def read_table(data: bytes) -> list[Row]:
    """Read a CSV file as rows of text."""
    rows = list(csv.reader(text_of(data).splitlines(keepends=True)))
    head = rows[0] if rows else []
    return [dict(zip(head, row, strict=False)) for row in rows[1:]]


def compare_tables(old: list[Row], new: list[Row], place: str) -> Iterator[Change]:
    """Compare two tables row by row, the rows matched by the columns that tell them apart."""
    if old and new and list(old[0]) != list(new[0]):
        yield f"{place}, columns", f"{', '.join(old[0])} -> {', '.join(new[0])}"
        return
    key = key_columns(old, new)
    if key is None:
        return
    before, after = ({tuple(row[k] for k in key): row for row in rows} for rows in (old, new))
    for values in dict.fromkeys([*before, *after]):
        where = (
            f"{place}, {', '.join(f'{k} = {clip(v)}' for k, v in zip(key, values, strict=True))}"
        )
        if values not in after:
            yield where, f"row gone: {show_row(before[values], key)}"
        elif values not in before:
            yield where, f"new row: {show_row(after[values], key)}"
        elif before[values] != after[values]:
            yield where, "; ".join(show_changes(before[values], after[values]))


def key_columns(old: list[Row], new: list[Row]) -> list[str] | None:
    """Find the fewest leading columns that tell the rows of each table apart; None if none do."""
    columns = list((old or new or [{}])[0])
    for count in range(1, len(columns) + 1):
        key = columns[:count]
        if all(len({tuple(r[k] for k in key) for r in rows}) == len(rows) for rows in (old, new)):
            return key
    return None


def show_changes(old: Row, new: Row) -> Iterator[str]:
    """Say of each changed cell what it was and what it is."""
    for column, value in old.items():
        if new[column] != value:
            before, after = clip_apart(value, new[column])
            yield f"{column}: {before} -> {after}"


def show_row(row: Row, key: Sequence[str]) -> str:
    """Show the cells of a row that are not in its key."""
    return ", ".join(f"{k} = {clip(v)}" for k, v in row.items() if k not in key)


def compare_lines(old: str, new: str, place: str) -> Iterator[Change]:
    """Compare two texts line by line; give the first difference and the number of them."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    differ = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not differ:
        yield place, "other bytes for the same text"
        return
    _, a, b, c, d = differ[0]
    was, now = clip_apart("".join(before[a:b]), "".join(after[c:d]))
    others = f" (and {len(differ) - 1} places more)" if len(differ) > 1 else ""
    yield f"{place}:{a + 1}", f"{was} -> {now}{others}"


def clip_apart(old: str, new: str) -> tuple[str, str]:
    """Shorten two texts around the first place where they differ."""
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    start = max(0, (min(len(old), len(new)) if same is None else same) - MOST_CHARACTERS // 3)
    lead = "..." if start else ""
    return tuple(lead + clip(text[start:]) for text in (old, new))  # type: ignore[return-value]


def clip(text: str) -> str:
    """Show a text on one line, shortened, and nothing as nothing."""
    flat = repr(text)[1:-1]
    flat = flat if len(flat) <= MOST_CHARACTERS else flat[: MOST_CHARACTERS - 3] + "..."
    return flat or "(nothing)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
