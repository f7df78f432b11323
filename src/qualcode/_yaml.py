"""Read YAML that people edit, and know the line of every value."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from qualcode.errors import Fault, QualcodeError

__all__ = ["LinedYaml", "read_lined_yaml"]

Place = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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

    Raises `error`, with file and line, when the text is not YAML.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        repeats: list[tuple[Place, int]] = []
        if node is None:
            return LinedYaml(None, lines)
        _walk(node, (), first_line, lines, repeats, set())
        return LinedYaml(loader.construct_document(node), lines, tuple(repeats))
    except (yaml.YAMLError, ValueError, RecursionError) as exc:
        mark = getattr(exc, "problem_mark", None)
        line = None if mark is None else mark.line + first_line
        problem = getattr(exc, "problem", None) or type(exc).__name__
        fault = Fault(f"not YAML: {problem}", file, line, "quote values that hold : or #")
        raise error.from_faults([fault]) from None
    finally:
        loader.dispose()


def _walk(
    node: Any,
    place: Place,
    first_line: int,
    lines: dict[Place, int],
    repeats: list[tuple[Place, int]],
    open_nodes: set[int],
) -> None:
    """Note the line of a node and of all below it; refuse a node inside itself."""
    if id(node) in open_nodes:
        raise ValueError("an anchor that holds itself")
    lines.setdefault(place, node.start_mark.line + first_line)
    open_nodes.add(id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[Hashable] = set()
        for key, value in node.value:
            below = (*place, str(key.value))
            lines[below] = key.start_mark.line + first_line
            if key.value in seen:
                repeats.append((below, key.start_mark.line + first_line))
            seen.add(key.value if isinstance(key.value, Hashable) else id(key))
            _walk(value, below, first_line, lines, repeats, open_nodes)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*place, index), first_line, lines, repeats, open_nodes)
    open_nodes.discard(id(node))
