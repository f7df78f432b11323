"""Read YAML that people edit, and know the line of every value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from qualcode.errors import QualcodeError, clip

__all__ = ["LinedYaml", "read_lined_yaml"]

Place = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# No file that a person edits comes near these. libyaml's composer recurses on the C stack, so a
# text nested deep enough kills the process; and a few aliases can stand for billions of values.
_DEEPEST = 40
_MOST_VALUES = 500_000


@dataclass(frozen=True)
class LinedYaml:
    """What a YAML document says, where it says it, and which keys it says twice.

    Parameters
    ----------
    data : object
        Mappings, lists and scalars.
    lines : dict
        Path of keys and indices of each value -> line, counted from 1.
    repeats : tuple of (path, line)
        Keys given more than once in one mapping.
    """

    data: Any
    lines: dict[Place, int]
    repeats: tuple[tuple[Place, int], ...] = ()

    def line_of(self, place: Place) -> int | None:
        """Give the line of the nearest known value at or above a place."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def read_lined_yaml(
    text: str,
    *,
    file: Path | str | None = None,
    first_line: int = 1,
    error: type[QualcodeError] = QualcodeError,
) -> LinedYaml:
    """Parse one YAML document without running any tag, keeping the lines.

    Raises `error`, with file and line, when the text is not YAML, and when it uses what makes
    YAML dangerous: tags, aliases, deep nesting.
    """
    try:
        return _read(text, first_line)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = None if mark is None else mark.line + first_line
        problem = getattr(exc, "problem", None) or type(exc).__name__
        mend = "quote values that hold : or #, or begin with & * ! @ ` % [ or {"
        raise error(f"not YAML: {problem}", file=file, line=line, mend=mend) from None


def _read(text: str, first_line: int) -> LinedYaml:
    """Parse, once the events have shown that the document is harmless."""
    _refuse_dangers(text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        repeats: list[tuple[Place, int]] = []
        if node is None:
            return LinedYaml(None, lines)
        _walk(loader, node, (), first_line, lines, repeats)
        return LinedYaml(loader.construct_document(node), lines, tuple(repeats))
    finally:
        loader.dispose()


def _refuse_dangers(text: str) -> None:
    """Go through the events, which needs no recursion, before anything is built from them."""
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange:
        line = text.count("\n", 0, strange.start())
        _refuse(
            f"a control character (U+{ord(strange[0]):04X})", yaml.Mark("", 0, line, 0, None, 0)
        )
    depth = 0
    event: Any
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.AliasEvent):
            _refuse("an alias (*name), which is not allowed here", event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            _refuse("a tag (!name), which is not allowed here", event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            _refuse(f"lists or mappings nested more than {_DEEPEST} deep", event.start_mark)
        if count > _MOST_VALUES:
            _refuse(f"more than {_MOST_VALUES:,} values", event.start_mark)


def _refuse(problem: str, mark: Any) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _walk(
    loader: Any,
    node: Any,
    place: Place,
    first_line: int,
    lines: dict[Place, int],
    repeats: list[tuple[Place, int]],
) -> None:
    """Note the line of a node and of all below it."""
    lines.setdefault(place, node.start_mark.line + first_line)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                _refuse("a list or mapping where a key should be", key.start_mark)
            _check_scalar(loader, key)
            below = (*place, str(key.value))
            lines[below] = key.start_mark.line + first_line
            if key.value in seen:
                repeats.append((below, key.start_mark.line + first_line))
            seen.add(key.value)
            _walk(loader, value, below, first_line, lines, repeats)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(loader, value, (*place, index), first_line, lines, repeats)
    else:
        _check_scalar(loader, node)


def _check_scalar(loader: Any, node: Any) -> None:
    """Refuse what looks like a date or a number and is none (2026-13-45), with its line."""
    try:
        loader.construct_object(node)
    except (ValueError, OverflowError):
        kind = "date" if node.tag.endswith(":timestamp") else "number"
        _refuse(f"{clip(node.value)!r} looks like a {kind} and is none", node.start_mark)
