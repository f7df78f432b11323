"""What may stand where in a codebook file: keys, lists and mappings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.coding._codebook_rules import near_words
from qualcode.coding._codebook_yaml import FIELDS
from qualcode.errors import Fault, clip

if TYPE_CHECKING:
    from qualcode._yaml import LinedYaml

__all__ = ["shape_faults"]

KEYS = ("title", "codes")


def shape_faults(yaml: LinedYaml, path: Path | str) -> Iterator[Fault]:
    """Find what is not where it should be: keys, lists and mappings."""
    for place, line in yaml.repeats:
        yield Fault(f"the key {clip(str(place[-1]))!r} is given twice", path, line, "keep one")
    if yaml.data is None:
        return
    if not isinstance(yaml.data, dict):
        what = f"a codebook is a mapping with 'codes:', not {_kind(yaml.data)}"
        yield Fault(what, path, yaml.line_of(()), "begin with a line 'codes:'")
        return
    yield from _unknown_keys(yaml, (), KEYS, path)
    codes = yaml.data.get("codes")
    if codes is not None and not isinstance(codes, list):
        what = f"'codes' is {_kind(codes)}, not a list"
        mend = "write each code as an item: '- id: …'"
        yield Fault(what, path, yaml.line_of(("codes",)), mend)
        return
    for index, entry in enumerate(codes or ()):
        yield from _entry_faults(yaml, index, entry, path)


def _entry_faults(yaml: LinedYaml, index: int, entry: object, path: Path | str) -> Iterator[Fault]:
    place = ("codes", index)
    if not isinstance(entry, dict):
        what = f"code number {index + 1} is {_kind(entry)}, not a mapping"
        mend = "write it as 'id: …', 'name: …', 'definition: …'"
        yield Fault(what, path, yaml.line_of(place), mend)
        return
    yield from _unknown_keys(yaml, place, FIELDS, path)
    if "colour" in entry and entry["colour"] is None:
        what = f"code {clip(str(entry.get('id')))!r}: the colour is empty"
        mend = "put it in quotation marks: what follows an open # is a comment"
        yield Fault(what, path, yaml.line_of((*place, "colour")), mend)


def _unknown_keys(
    yaml: LinedYaml, place: tuple[str | int, ...], known: tuple[str, ...], path: Path | str
) -> Iterator[Fault]:
    data = yaml.data if not place else yaml.data[place[0]][place[1]]
    for key in data:
        if key not in known:
            mend = near_words(str(key), known) or f"the keys are {', '.join(known)}"
            line = yaml.line_of((*place, str(key)))
            yield Fault(f"the key {clip(str(key))!r} is unknown", path, line, mend)


def _kind(value: object) -> str:
    kinds = {"dict": "a mapping", "list": "a list", "str": "text"}
    return kinds.get(type(value).__name__, type(value).__name__)
