"""Which files are imported, and what each is called: none twice, no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode.errors import Fault
from qualcode.sources._slugs import make_slug

__all__ = ["distinct_files", "name_all"]


def distinct_files(paths: Iterable[Path | str]) -> tuple[list[Path], list[Fault]]:
    """Leave out files that are named twice."""
    found: dict[Path, Path] = {}
    notes = []
    for path in map(Path, paths):
        place = path.absolute()
        if place in found:
            notes.append(Fault("named twice; imported once", path))
        found.setdefault(place, path)
    return list(found.values()), notes


def name_all(sources: Sequence[Path]) -> dict[Path, str]:
    """Give each file an id of its own, after its name; files of one name are numbered."""
    wanted = [make_slug(source.stem) for source in sources]
    taken: set[str] = set()
    names = {}
    for source, slug in zip(sources, wanted, strict=True):
        name, count = slug, 2
        while name in taken or (name != slug and name in wanted):
            name, count = f"{slug}-{count}", count + 1
        taken.add(name)
        names[source] = name
    return names
