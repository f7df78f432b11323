"""What makes a list of codes a codebook: every rule, and every fault found at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualcode.coding._code import Code, normal_guid
from qualcode.coding._palette import normal_colour
from qualcode.errors import Fault, clip

__all__ = ["Broken", "find_faults", "near_ids", "near_words", "title_faults", "unwritable"]

LineOf = Callable[[int, str], int | None]

_SLUG = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_SLUG_SAID = "use lower-case letters, digits and _, at most 60, e.g. {!r}"
_MOST_HINTS = 20  # looking for near ids is slow, and nobody reads so many
_TEXT_FIELDS = (
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "example_at",
    "colour",
    "guid",
)
# Control characters, halves of surrogate pairs and non-characters: no YAML file can hold them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Broken:
    """One rule broken by one field of one code, before its place in a file is known."""

    index: int
    field: str
    what: str
    mend: str | None = None


def unwritable(text: str) -> re.Match[str] | None:
    """Find the first character that a codebook cannot hold."""
    return _UNWRITABLE.search(text)


def near_words(word: str, known: Iterable[str]) -> str:
    """Say which known words are near, or nothing: ``did you mean 'a' or 'b'?``."""
    near = difflib.get_close_matches(word[:80].casefold(), sorted(known), n=3, cutoff=0.6)
    return "did you mean " + " or ".join(repr(one) for one in near) + "?" if near else ""


def near_ids(code_id: str, codes: Iterable[Code]) -> str:
    """Say which codes have a near id, or a near name; failing that, name a few that there are."""
    codes = list(codes)
    slug = _slug_of(code_id)
    by_name = {_slug_of(code.name): code.id for code in codes}
    ids = {code.id for code in codes if code.id}
    if slug in by_name and by_name[slug] in ids:
        return f"did you mean {by_name[slug]!r}?"
    near = near_words(slug or code_id, ids)
    few = ", ".join(
        clip(one) for one in list(dict.fromkeys(c.id for c in codes if c.id in ids))[:8]
    )
    return near or (few and f"the codes are {few}{', …' if len(ids) > 8 else ''}")


def find_faults(
    codes: Sequence[Code],
    *,
    file: Path | str | None = None,
    line_of: LineOf = lambda _index, _field: None,
    silent: Container[int] = (),
) -> list[Fault]:
    """Check every rule.

    `line_of` gives the line of a field of a code by its index; of the codes with an index in
    `silent`, which the reader has found wrong already, nothing is said.
    """
    if not codes:
        return [Fault("no codes", file, line_of(0, "id"), "give at least one code under 'codes:'")]
    strange = [repr(type(code).__name__) for code in codes if not isinstance(code, Code)]
    if strange:
        return [Fault(f"codes hold {strange[0]}", file, None, "give values of class Code")]
    broken = [*_wrong_types(codes)]
    said = {(one.index, one.field) for one in broken}
    codes = _with_right_types(codes, broken)
    for rule in (_ids, _names, _definitions, _characters, _parents, _cycles, _values, _merged):
        broken += (one for one in rule(codes, line_of) if (one.index, one.field) not in said)
    return [
        Fault(one.what, file, line_of(one.index, one.field), one.mend)
        for one in broken
        if one.index not in silent
    ]


def title_faults(
    title: object, *, file: Path | str | None = None, line: int | None = None
) -> list[Fault]:
    """Check the title."""
    if not isinstance(title, str):
        what = f"'title' is {clip(repr(title))} ({type(title).__name__}), not text"
        return [Fault(what, file, line, "put the words in quotation marks")]
    match = unwritable(title)
    if match:
        what = f"'title' holds a control character (U+{ord(match[0]):04X})"
        return [Fault(what, file, line, "take it out")]
    return []


def _label(code: Code, index: int) -> str:
    good = isinstance(code.id, str) and code.id
    return f"code {clip(code.id)!r}" if good else f"code number {index + 1}"


def _slug_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text[:80].casefold()).strip("_")[:60]


def _place(index: int, field: str, line_of: LineOf) -> str:
    line = line_of(index, field)
    return f"code number {index + 1}" if line is None else f"line {line}"


def _wrong_types(codes: Sequence[Code]) -> Iterator[Broken]:
    for index, code in enumerate(codes):
        for field in ("id", *_TEXT_FIELDS):
            if not isinstance(getattr(code, field), str):
                yield _not_text(code, index, field, getattr(code, field))
        if code.parent is not None and not isinstance(code.parent, str):
            yield _not_text(code, index, "parent", code.parent)
        if not isinstance(code.was, tuple) or not all(isinstance(one, str) for one in code.was):
            found = clip(repr(code.was))
            what = f"{_label(code, index)}: 'was' is {found}, not a list of code ids"
            yield Broken(index, "was", what, "write it as [old_id, other_id]")


def _with_right_types(codes: Sequence[Code], broken: Iterable[Broken]) -> list[Code]:
    """Put nothing in the place of values of a wrong type, so that the other rules can be tried."""
    nothing: dict[str, Any] = {"parent": None, "was": ()}
    mended = [*codes]
    for one in broken:
        empty = {one.field: nothing.get(one.field, "")}
        mended[one.index] = replace(mended[one.index], **empty)
    return mended


def _not_text(code: Code, index: int, field: str, value: object) -> Broken:
    found = f"{clip(repr(value))} ({type(value).__name__})"
    what = f"{_label(code, index)}: {field!r} is {found}, not text"
    return Broken(index, field, what, "put the words in quotation marks")


def _ids(codes: Sequence[Code], line_of: LineOf) -> Iterator[Broken]:
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        if not code.id:
            yield Broken(index, "id", f"code number {index + 1} has no id", "add a line 'id: …'")
        elif not _SLUG.fullmatch(code.id):
            mend = _SLUG_SAID.format(_slug_of(code.id) or "time_lag")
            yield Broken(index, "id", f"the id {clip(code.id)!r} is not a slug", mend)
        elif first.setdefault(code.id, index) != index:
            also = _place(first[code.id], "id", line_of)
            what = f"the id {code.id!r} is given twice: also at {also}"
            yield Broken(index, "id", what, "give each code its own id")


def _names(codes: Sequence[Code], line_of: LineOf) -> Iterator[Broken]:
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        if _is_blank(code.name):
            yield Broken(
                index, "name", f"{_label(code, index)} has no name", "add a line 'name: …'"
            )
        elif first.setdefault(" ".join(code.name.casefold().split()), index) != index:
            also = _place(first[" ".join(code.name.casefold().split())], "name", line_of)
            what = f"the name {clip(code.name)!r} is given twice: also at {also}"
            yield Broken(index, "name", what, "give each code its own name, or merge the two")


def _definitions(codes: Sequence[Code], _line_of: LineOf) -> Iterator[Broken]:
    for index, code in enumerate(codes):
        if _is_blank(code.definition):
            what = f"{_label(code, index)} has no definition"
            yield Broken(index, "definition", what, "say in a sentence what the code means")


def _is_blank(text: str) -> bool:
    return not any(character.isprintable() and not character.isspace() for character in text)


def _characters(codes: Sequence[Code], _line_of: LineOf) -> Iterator[Broken]:
    for index, code in enumerate(codes):
        for field in _TEXT_FIELDS[:5]:
            match = unwritable(getattr(code, field))
            if match:
                what = f"{_label(code, index)}: {field!r} holds a control character "
                yield Broken(index, field, f"{what}(U+{ord(match[0]):04X})", "take it out")


def _parents(codes: Sequence[Code], _line_of: LineOf) -> Iterator[Broken]:
    ids = {code.id for code in codes}
    hints = 0
    heirs = {was: code.id for code in codes for was in code.was}
    for index, code in enumerate(codes):
        if code.parent is None or code.parent in ids:
            continue
        what = f"{_label(code, index)}: the parent {clip(code.parent)!r} is not a code"
        if code.parent in heirs:
            mend: str | None = f"it was merged into {heirs[code.parent]!r}"
        else:
            hints += 1
            others = (other for other in codes if other is not code)
            mend = near_ids(code.parent, others) if hints <= _MOST_HINTS else None
        yield Broken(index, "parent", what, mend)


def _cycles(codes: Sequence[Code], _line_of: LineOf) -> Iterator[Broken]:
    place: dict[str, int] = {}
    for index, code in enumerate(codes):
        place.setdefault(code.id, index)
    done: set[str] = set()
    for start in place:
        trail: dict[str, None] = {}
        here: str | None = start
        while here in place and here not in done and here not in trail:
            trail[here] = None
            here = codes[place[here]].parent
        done.update(trail)
        if here in trail:
            yield _loop([*trail][[*trail].index(here) :], place)


def _loop(ids: list[str], place: dict[str, int]) -> Broken:
    first = min(place[one] for one in ids)
    turn = next(number for number, one in enumerate(ids) if place[one] == first)
    ids = ids[turn:] + ids[:turn]
    shown = [clip(one) for one in (ids if len(ids) <= 12 else [*ids[:11], "…"])]
    what = f"codes are each other's parents in a loop: {' < '.join([*shown, shown[0]])}"
    if len(ids) == 1:
        what = f"code {shown[0]!r} is its own parent"
    return Broken(first, "parent", what, "leave out the parent of one of them")


def _values(codes: Sequence[Code], line_of: LineOf) -> Iterator[Broken]:
    guids: dict[str, int] = {}
    for index, code in enumerate(codes):
        if code.colour and not normal_colour(code.colour):
            what = f"{_label(code, index)}: {clip(code.colour)!r} is not a colour"
            yield Broken(index, "colour", what, "write it as '#rrggbb', in quotation marks")
        if not normal_guid(code.guid):
            what = f"{_label(code, index)}: {clip(code.guid)!r} is not a guid"
            mend = "write it as 32 hexadecimal digits, 8-4-4-4-12, or leave it out"
            yield Broken(index, "guid", what, mend)
        elif guids.setdefault(code.guid, index) != index and code.id != codes[guids[code.guid]].id:
            what = f"{_label(code, index)}: the guid is also that of the code at "
            what += _place(guids[code.guid], "guid", line_of)
            yield Broken(index, "guid", what, "leave one out, and it is made from the id")


def _merged(codes: Sequence[Code], line_of: LineOf) -> Iterator[Broken]:
    living = {code.id: index for index, code in reversed(list(enumerate(codes)))}
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        for was in dict.fromkeys(code.was):
            what = f"{_label(code, index)}: 'was' names {clip(was)!r}, which "
            if was in living:
                what += f"is a code still (at {_place(living[was], 'id', line_of)})"
                yield Broken(index, "was", what, "take it out of 'was', or out of the codes")
            elif first.setdefault(was, index) != index or code.was.count(was) > 1:
                what += f"is named at {_place(first[was], 'was', line_of)} too"
                yield Broken(index, "was", what, "a code is merged into one other, once")
            elif not _SLUG.fullmatch(was):
                mend = _SLUG_SAID.format(_slug_of(was) or "old_id")
                yield Broken(index, "was", what + "is not a slug", mend)
