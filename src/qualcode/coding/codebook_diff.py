"""What changed between two codebooks, said so that a supervisor can follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.coding._diff_lines import BREAKS, Line, entry, html_row, label, move, renaming
from qualcode.coding._word_diff import word_diff

if TYPE_CHECKING:
    from qualcode.coding.codebook import Code, Codebook

__all__ = ["CodebookDiff", "FieldChange", "diff_codebooks"]

_MARKS = {"same": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
_PLAIN_FIELDS = ("definition", "include", "exclude", "example", "example_at", "colour", "guid")


@dataclass(frozen=True)
class FieldChange:
    """One field of one code, before and after.

    Parameters
    ----------
    code_id, code_name : str
        The code, as the new codebook has it; both empty for the title of the codebook.
    field : str
        A field of `Code`, or ``title``.
    old, new : str
        The values: for `parent` the path of names, empty at the top; for `was` the ids.

    Examples
    --------
    >>> FieldChange("delay", "Delay", "name", "Lateness", "Delay").old
    'Lateness'
    """

    code_id: str
    code_name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class CodebookDiff:
    """What changed between two codebooks; false if nothing did.

    Parameters
    ----------
    added : tuple of Code
        Codes that are new.
    removed : tuple of Code
        Codes that went and were not merged.
    merged : tuple of (Code, Code)
        Codes that went into another one, and that one as it is now.
    renamed : tuple of FieldChange
        Names and ids that changed.
    moved : tuple of FieldChange
        Codes that stand under another one, unless only because that was merged or renamed.
    changed : tuple of FieldChange
        All other fields that changed, and the title.
    reordered : bool
        Whether the codes that stay stand in another order, moves apart.

    Examples
    --------
    >>> from qualcode.coding.codebook import Code, Codebook
    >>> old = Codebook((Code("delay", "Delay", "Waiting long."),))
    >>> print(diff_codebooks(old, old.change_code("delay", definition="Waiting too long.")))
    Changed (1)
      delay "Delay"
        definition: Waiting{+ too+} long.
    """

    added: tuple[Code, ...] = ()
    removed: tuple[Code, ...] = ()
    merged: tuple[tuple[Code, Code], ...] = ()
    renamed: tuple[FieldChange, ...] = ()
    moved: tuple[FieldChange, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        lists = (self.added, self.removed, self.merged, self.renamed, self.moved, self.changed)
        return self.reordered or any(lists)

    def __str__(self) -> str:
        lines: list[str] = []
        for heading, several in self.sections():
            lines.append(heading)
            for before, pieces in several:
                after = "".join(_MARKS[kind].format(text) for kind, text in pieces)
                lines.append("  " + BREAKS.sub(" ¶ ", before + after).rstrip())
        return "\n".join(lines) or "The codebooks are the same."

    def _repr_html_(self) -> str:
        parts: list[str] = []
        for heading, several in self.sections():
            rows = "".join(html_row(*line) for line in several)
            parts.append(f"<p><strong>{heading}</strong></p><ul>{rows}</ul>")
        return "".join(parts) or "<p>The codebooks are the same.</p>"

    def sections(self) -> Iterator[tuple[str, list[Line]]]:
        """Give each heading and its lines: plain words, then the pieces of a word diff.

        Yields
        ------
        tuple of (str, list)
            A heading, and for each line below it its words and the pieces of what changed in
            it: ``(kind, text)``, with kind ``same``, ``del`` or ``ins``.

        Examples
        --------
        >>> from qualcode.coding.codebook import Code, Codebook
        >>> old = Codebook((Code("delay", "Delay", "Waiting."),))
        >>> for heading, lines in diff_codebooks(old, old.add_code(Code("a", "A", "B."))).sections():
        ...     print(heading, lines)
        Added (1) [('a "A": B.', [])]
        """
        sections: dict[str, list[Line]] = {
            "Added": [(entry(code), []) for code in self.added],
            "Removed": [(entry(code), []) for code in self.removed],
            "Merged": [(f"{label(old)} into {label(new)}", []) for old, new in self.merged],
            "Renamed": [(renaming(change), []) for change in self.renamed],
            "Moved": [(move(change), []) for change in self.moved],
        }
        for heading, lines in sections.items():
            if lines:
                yield f"{heading} ({len(lines)})", lines
        if self.changed:
            yield f"Changed ({len({one.code_id for one in self.changed})})", [*self._changes()]
        if self.reordered:
            yield "The codes stand in another order.", []

    def _changes(self) -> Iterator[Line]:
        last = None
        for change in self.changed:
            if change.code_id != last:
                last = change.code_id
                named = f'{change.code_id} "{change.code_name}"'
                yield named if change.code_id else "the codebook", []
            whole = [("del", change.old), ("ins", change.new)]
            words = change.field not in ("colour", "guid")
            yield f"  {change.field}: ", word_diff(change.old, change.new) if words else whole


def diff_codebooks(old: Codebook, new: Codebook) -> CodebookDiff:
    """Say what changed from one codebook to another.

    Codes are the same if they have one id, or else one guid; a code whose id stands in the `was`
    of another was merged into it.

    Parameters
    ----------
    old, new : Codebook
        Before and after.

    Returns
    -------
    CodebookDiff
        Prints as a text; false if the two say the same.

    Examples
    --------
    >>> from qualcode.coding.codebook import Code, Codebook
    >>> old = Codebook((Code("a", "A", "First."), Code("b", "B", "Second.", "a")))
    >>> print(diff_codebooks(old, old.merge_codes("b", "a")))
    Merged (1)
      b "B" into a "A"
    """
    stays = _stays(old, new)
    gone = [code for code in old if code.id not in stays]
    merged = [(code, new[code.id]) for code in gone if code.id in new]
    before = {new_id: old_id for old_id, new_id in stays.items()}
    where = {**stays, **{code.id: heir.id for code, heir in merged}}
    pairs = [(old[before[code.id]], code) for code in new if code.id in before]
    moved = [change for pair in pairs for change in _moves(*pair, old, new, where)]
    return CodebookDiff(
        added=tuple(code for code in new if code.id not in before),
        removed=tuple(code for code in gone if code.id not in new),
        merged=tuple(merged),
        renamed=tuple(change for pair in pairs for change in _fields(*pair, ("name", "id"))),
        moved=tuple(moved),
        changed=(*_titles(old, new), *(change for pair in pairs for change in _rest(*pair, where))),
        reordered=_is_reordered(old, new, stays, {change.code_id for change in moved}),
    )


def _stays(old: Codebook, new: Codebook) -> dict[str, str]:
    """Find the codes that are in both: old id -> new id."""
    old_ids, new_ids = {code.id for code in old}, {code.id for code in new}
    by_guid = {code.guid: code.id for code in new if code.id not in old_ids}
    found = {code.id: code.id if code.id in new_ids else by_guid.get(code.guid) for code in old}
    return {old_id: new_id for old_id, new_id in found.items() if new_id is not None}


def _fields(before: Code, after: Code, fields: Sequence[str]) -> Iterator[FieldChange]:
    for field in fields:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield FieldChange(after.id, after.name, field, was, now)


def _rest(before: Code, after: Code, where: Mapping[str, str]) -> Iterator[FieldChange]:
    yield from _fields(before, after, _PLAIN_FIELDS)
    # A merge or a renaming puts ids into `was`; it has been told already.
    told = {old_id for old_id, new_id in where.items() if new_id == after.id}
    was = tuple(one for one in after.was if one in before.was or one not in told)
    if set(was) != set(before.was):
        yield FieldChange(after.id, after.name, "was", ", ".join(before.was), ", ".join(after.was))


def _moves(
    before: Code, after: Code, old: Codebook, new: Codebook, where: Mapping[str, str]
) -> Iterator[FieldChange]:
    expected = None if before.parent is None else where.get(before.parent, before.parent)
    if expected != after.parent:
        paths = [
            "" if code.parent is None else book.path_of(code.parent)
            for code, book in ((before, old), (after, new))
        ]
        yield FieldChange(after.id, after.name, "parent", *paths)


def _titles(old: Codebook, new: Codebook) -> Iterator[FieldChange]:
    if old.title != new.title:
        yield FieldChange("", "", "title", old.title, new.title)


def _is_reordered(old: Codebook, new: Codebook, stays: Mapping[str, str], moved: set[str]) -> bool:
    """Compare the order of the codes that stay among those with the same parent."""
    place = {stays[code.id]: number for number, code in enumerate(old) if code.id in stays}
    for above in (None, *(code.id for code in new)):
        places = [
            place[code.id]
            for code in new.children(above)
            if code.id in place and code.id not in moved
        ]
        if places != sorted(places):
            return True
    return False
