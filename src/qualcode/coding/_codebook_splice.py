"""Change the text of a codebook file only where the codebook changed.

Every line of a code that stays as it is stays as it is. What cannot be done so (a file in flow
style) gives None, and the caller, which reads every result back, writes the file anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Any

import yaml

from qualcode.coding._codebook_yaml import FIELDS, Value, emit_code, emit_field, indented

__all__ = ["Item", "Items", "change_title", "find_items", "join_items"]

Changes = Mapping[str, Value | None]
# YAML's own line breaks, so that the lines are those that its marks count
_LINES = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])")
_HEADER_COMMENT = re.compile(r":\s+[|>][-+0-9]*(\s+#.*)")
_COMMENT = re.compile(r"\s+#.*")


@dataclass(frozen=True)
class Item:
    """One code in the text: the blank lines and comments above it, and its own lines."""

    code_id: str
    number: int
    column: int
    lead: tuple[str, ...]
    body: tuple[str, ...]
    node: Any
    first_line: int


@dataclass(frozen=True)
class Items:
    """The text cut into codes, with what stands before and after them."""

    head: tuple[str, ...]
    items: tuple[Item, ...]
    tail: tuple[str, ...]


def find_items(text: str) -> Items | None:
    """Cut a valid codebook's text at its codes, or None if they are not a plain block list."""
    lines = _LINES.findall(text)
    root = _compose(text)
    if root.flow_style:
        return None
    keys = [key.value for key, _ in root.value]
    number = keys.index("codes")
    nodes = root.value[number][1]
    later = [key.start_mark.line for key, _ in root.value[number + 1 :]]
    starts = [node.start_mark.line for node in nodes.value]
    if nodes.flow_style or not all(_follows_dash(lines, node) for node in nodes.value):
        return None
    leads = [_lead_start(lines, line, lines[line].index("-")) for line in starts]
    end = _lead_start(lines, min([*later, len(lines)]), lines[starts[-1]].index("-"))
    items = []
    for index, node in enumerate(nodes.value):
        stop = leads[index + 1] if index + 1 < len(leads) else end
        lead, body = lines[leads[index] : starts[index]], lines[starts[index] : stop]
        code_id = next(value.value for key, value in node.value if key.value == "id")
        column = node.start_mark.column
        items.append(Item(code_id, index, column, tuple(lead), tuple(body), node, starts[index]))
    return Items(tuple(lines[: leads[0]]), tuple(items), tuple(lines[end:]))


def _compose(text: str) -> Any:
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _follows_dash(lines: list[str], node: Any) -> bool:
    before = lines[node.start_mark.line][: node.start_mark.column]
    return before.strip(" ") == "-" and isinstance(node, yaml.MappingNode)


def _lead_start(lines: list[str], line: int, column: int) -> int:
    """Go up from a line over blank lines and over comments not deeper than `column`."""
    while line > 0 and _is_aside(lines[line - 1], column):
        line -= 1
    return line


def _is_aside(line: str, column: int) -> bool:
    bare = line.lstrip(" ")
    return not bare.strip() or (bare.startswith("#") and len(line) - len(bare) <= column)


def join_items(old: Items, codes: list[tuple[Item | None, Mapping[str, Value], Changes]]) -> str:
    """Put the codes' texts together again, in a new order.

    Each code is given by its old item, if it has one, all its fields, and those that change
    (None takes a field out).
    """
    apart = len(old.items) < 2 or any(not line.strip() for line in old.items[1].lead)
    indent = " " * (old.items[0].body[0].index("-"))
    parts = [*old.head]
    stay = {item.number for item, _, _ in codes if item}
    for place, (item, fields, changes) in enumerate(codes):
        if item is None:
            parts += [*(["\n"] if apart and place else []), emit_code(fields, indent)]
            continue
        for before in takewhile(lambda one: one.number not in stay, old.items[: item.number][::-1]):
            parts += _section_heading(before.lead)
        parts += _moved_lead(item, place, apart=apart)
        parts += _changed_item(item, fields, changes, indent) if changes else item.body
    return "".join([*parts, *old.tail])


def _moved_lead(item: Item, place: int, *, apart: bool) -> list[str]:
    """Give the lines above a code, with a blank line where codes have one between them."""
    lead = [*item.lead]
    if place == 0 < item.number:
        return [*dropwhile(lambda line: not line.strip(), lead)]
    return ["\n", *lead] if apart and place > 0 == item.number else lead


def _section_heading(lead: tuple[str, ...]) -> list[str]:
    """Keep, of the comments above a code that goes, those set apart by a blank line."""
    blank = [number for number, line in enumerate(lead) if not line.strip()]
    kept = [*lead[: blank[-1]]] if blank else []
    return kept if any(line.strip() for line in kept) else []


def _changed_item(
    item: Item, fields: Mapping[str, Value], changes: Changes, indent: str
) -> list[str]:
    if item.node.flow_style:
        return [emit_code(fields, indent)]
    dash, column = item.body[0][: item.column], item.column
    lines = [" " * column + item.body[0][column:], *item.body[1:]]
    lines = change_fields(lines, item.node, item.first_line, changes)
    first = next(number for number, line in enumerate(lines) if not _is_aside(line, column))
    lines[first] = dash + lines[first][column:]
    return lines


def change_title(text: str, title: str) -> str:
    """Change the title, which stands at the top if there was none."""
    root = _compose(text)
    lines = _LINES.findall(text)
    start = root.start_mark.line
    body = change_fields(lines[start:], root, start, {"title": title or None})
    return "".join([*lines[:start], *body])


def change_fields(lines: list[str], node: Any, first_line: int, changes: Changes) -> list[str]:
    """Change fields of a block mapping, whose lines begin at `first_line` of the file."""
    column = node.start_mark.column
    pairs = {key.value: (key, value) for key, value in node.value}
    starts = [key.start_mark.line - first_line for key, _ in node.value] + [len(lines)]
    chunks: dict[str, list[str]] = {}
    for index, (key, (_, value)) in enumerate(pairs.items()):
        chunk = lines[starts[index] : starts[index + 1]]
        if key in changes:
            end = value.end_mark.line - starts[index] - first_line
            chunk = _changed_chunk(chunk, end, value, key, changes[key], column)
        chunks[key] = chunk
    order = [*chunks]
    for key, new in changes.items():
        if key not in pairs and new is not None:
            chunks[key] = _indent(emit_field(key, new), column)
            order.insert(_place_for(key, order), key)
    return [line for key in order for line in chunks[key]]


def _place_for(key: str, order: list[str]) -> int:
    """Give the place after the last field that should stand before this one."""
    before = FIELDS[: FIELDS.index(key)] if key in FIELDS else ()
    return max((order.index(other) + 1 for other in before if other in order), default=0)


def _changed_chunk(
    chunk: list[str], end: int, value: Any, key: str, new: Value | None, column: int
) -> list[str]:
    """Write a field anew, keeping the comment beside it and the lines after it."""
    style = getattr(value, "style", None)
    stop, beside = _end_of_value(chunk, end, value, column)
    if new is None:
        return chunk[stop:]
    written = _indent(emit_field(key, new, style), column)
    if beside and (len(written) == 1 or re.search(r": [|>][-+0-9]*$", written[0].rstrip("\n"))):
        written[0] = written[0].rstrip("\n") + beside.rstrip() + "\n"
    elif beside:
        written.insert(0, " " * column + beside.strip() + "\n")
    return written + chunk[stop:]


def _end_of_value(chunk: list[str], end: int, value: Any, column: int) -> tuple[int, str]:
    """Give the number of lines that a field takes, and the comment beside it."""
    if getattr(value, "style", None) in ("|", ">") or getattr(value, "flow_style", None) is False:
        beside = _HEADER_COMMENT.search(chunk[0])
        return max(_lead_start(chunk, len(chunk), column), 1), beside[1] if beside else ""
    if value.value == "" and not value.style:  # nothing after the colon
        beside = _COMMENT.match(chunk[0].partition(":")[2].rstrip("\n"))
        return 1, beside[0] if beside else ""
    beside = _COMMENT.match(chunk[end][value.end_mark.column :].rstrip("\n"))
    return end + 1, beside[0] if beside else ""


def _indent(text: str, column: int) -> list[str]:
    return [indented(line + "\n", " " * column) for line in text.split("\n")[:-1]]
