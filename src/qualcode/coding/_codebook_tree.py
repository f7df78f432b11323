"""The tree that a flat list of codes makes, worked out once."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.coding._palette import shade, theme_colour

if TYPE_CHECKING:
    from qualcode.coding._code import Code

__all__ = ["Tree", "grow_tree", "with_colours", "without_given_colours"]


@dataclass(frozen=True)
class Tree:
    """Where each code stands, by id."""

    order: tuple[Code, ...]
    code: Mapping[str, Code]
    children: Mapping[str | None, tuple[Code, ...]]
    theme: Mapping[str, str]
    path: Mapping[str, str]
    depth: Mapping[str, int]
    place: Mapping[str, int]

    def descendants(self, code_id: str) -> tuple[str, ...]:
        """Give the id of a code and of all below it, which follow it in tree order."""
        start, depth = self.place[code_id], self.depth[code_id]
        end = start + 1
        while end < len(self.order) and self.depth[self.order[end].id] > depth:
            end += 1
        return tuple(code.id for code in self.order[start:end])


def grow_tree(codes: Sequence[Code]) -> Tree:
    """Work out the tree of codes that keep the rules."""
    below: dict[str | None, list[Code]] = {None: []}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    order: list[Code] = []
    theme: dict[str, str] = {}
    path: dict[str, str] = {}
    depth: dict[str, int] = {}
    waiting = below[None][::-1]
    while waiting:  # not recursive: a codebook may be deeper than Python's stack
        code = waiting.pop()
        order.append(code)
        up = code.parent
        theme[code.id] = code.id if up is None else theme[up]
        path[code.id] = code.name if up is None else f"{path[up]} > {code.name}"
        depth[code.id] = 0 if up is None else depth[up] + 1
        waiting += below.get(code.id, [])[::-1]
    children = {up: tuple(several) for up, several in below.items()}
    place = {code.id: number for number, code in enumerate(order)}
    by_id = {code.id: code for code in codes}
    return Tree(tuple(order), by_id, children, theme, path, depth, place)


def with_colours(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Give each code that has no colour one: themes by their number, others a lighter shade."""
    if all(code.colour for code in codes):
        return tuple(codes)
    given = _given_colours(codes)
    return tuple(replace(code, colour=code.colour or given[code.id]) for code in codes)


def without_given_colours(codes: Sequence[Code], ids: Container[str]) -> tuple[Code, ...]:
    """Take back, from the codes with these ids, the colours that `with_colours` would give."""
    given = _given_colours(codes)
    return tuple(
        replace(code, colour="") if code.id in ids and code.colour == given[code.id] else code
        for code in codes
    )


def _given_colours(codes: Sequence[Code]) -> dict[str, str]:
    """Work out the colour that each code would have if it alone had none."""
    tree = grow_tree(codes)
    colours: dict[str, str] = {}
    for number, theme in enumerate(tree.children[None]):
        colours[theme.id] = theme_colour(number)
        base = theme.colour or colours[theme.id]
        for below, code_id in enumerate(tree.descendants(theme.id)[1:]):
            colours[code_id] = shade(base, below)
    return colours
