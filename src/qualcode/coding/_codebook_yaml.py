"""Write the fields of codes as YAML that reads well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from qualcode.coding._code import Code, derived_guid
from qualcode.coding._codebook_tree import without_given_colours

__all__ = ["FIELDS", "emit_code", "emit_codebook", "emit_field", "fields_of"]

#: the keys of a code, in the order in which they are written
FIELDS = (
    "id",
    "name",
    "parent",
    "definition",
    "include",
    "exclude",
    "example",
    "example_at",
    "colour",
    "guid",
    "was",
)
_WIDTH = 92
_LONG = 72
# YAML 1.1 takes these for line ends or for nothing, unless they are escaped
_ODD_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
_STRING = "tag:yaml.org,2002:str"
Value = str | tuple[str, ...]


def fields_of(codes: Iterable[Code], *, explicit: bool) -> dict[str, dict[str, Value]]:
    """Give, for each code by id, the fields to write: those that reading would not give anyway.

    Colours and guids that are worked out when they are left out are left out, unless `explicit`.
    """
    codes = tuple(codes)
    bare = without_given_colours(codes, {code.id for code in codes})
    wanted: dict[str, dict[str, Value]] = {}
    for code, blank in zip(codes, bare, strict=True):
        given = {field: getattr(code, field) for field in FIELDS}
        if not explicit:
            given["colour"] = blank.colour
            given["guid"] = "" if code.guid == derived_guid(code.id) else code.guid
        wanted[code.id] = {field: value for field, value in given.items() if value}
    return wanted


def emit_codebook(title: str, codes: Iterable[Mapping[str, Value]]) -> str:
    """Write a whole codebook anew."""
    items = "\n".join(emit_code(fields) for fields in codes)
    return (emit_field("title", title) if title else "") + "codes:\n" + items


def emit_code(fields: Mapping[str, Value], indent: str = "  ") -> str:
    """Write one code as an item of a list."""
    text = "".join(emit_field(field, fields[field]) for field in FIELDS if field in fields)
    lines = text.split("\n")
    below = "\n".join(indented(line, indent + "  ") for line in lines[1:])
    return f"{indent}- {lines[0]}\n{below}"


def indented(line: str, indent: str) -> str:
    """Put space before a line, unless it is blank."""
    return line if not line.strip() else indent + line


def emit_field(key: str, value: Value, style: str | None = None) -> str:
    """Write one key and its value, in the given YAML style if the value allows it."""
    if isinstance(value, tuple):
        ids = [yaml.ScalarNode(_STRING, one) for one in value]
        return _serialise(key, yaml.SequenceNode("tag:yaml.org,2002:seq", ids, flow_style=True))
    for one in _styles(value, style):
        text = _serialise(key, yaml.ScalarNode(_STRING, value, style=one))
        if _reads_back(text, key, value):
            break
    return text


def _styles(value: str, style: str | None) -> tuple[str | None, ...]:
    """Say which styles to try; the last can hold anything."""
    if _ODD_BREAKS.search(value):
        return ('"',)
    block = "\n" in value or len(value) > _LONG
    if style in ("|", ">") or (style and "\n" not in value):
        return (style, '"')
    if not block:
        return ("'" if value.startswith("#") else None, '"')
    verse = "\n" in value and all(len(line) <= _WIDTH for line in value.split("\n"))
    return ("|", ">", '"') if verse else (">", "|", '"')


def _serialise(key: str, value: Any) -> str:
    node = yaml.MappingNode("tag:yaml.org,2002:map", [(yaml.ScalarNode(_STRING, key), value)])
    text = yaml.serialize(node, Dumper=yaml.SafeDumper, width=_WIDTH, allow_unicode=True)
    return str(text)


def _reads_back(text: str, key: str, value: str) -> bool:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return bool(yaml.load(text, Loader=loader) == {key: value})
    except yaml.YAMLError:
        return False
