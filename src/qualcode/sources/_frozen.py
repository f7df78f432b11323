"""Attributes of a transcript: JSON-like values, frozen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, clip

if TYPE_CHECKING:
    from qualcode._yaml import LinedYaml

__all__ = ["FIELDS", "freeze", "freeze_attributes"]

#: what the front matter says that is not an attribute
FIELDS = ("id", "body", "body_type", "date", "speakers", "synthetic")
_LARGEST = 2**63 - 1
_DEEPEST = 30


def freeze_attributes(lined: LinedYaml, file: Path | None) -> tuple[Mapping[str, Any], list[Fault]]:
    """Freeze whatever the front matter says besides its own fields, or say why not."""
    frozen: dict[str, Any] = {}
    faults = []
    for key, value in lined.data.items():
        if key in FIELDS:
            continue
        line = lined.line_of((str(key),))
        if not isinstance(key, str) or not key.strip() or key == "transcript_id":
            what = f"{clip(str(key))!r} cannot be the name of an attribute"
            faults.append(Fault(what, file, line, "use a word, in quotes if it is yes or no"))
            continue
        try:
            frozen[key] = freeze(value)
        except ValueError as exc:
            faults.append(Fault(f"{clip(key)!r} holds {exc}", file, line, "put it in quotes"))
    return MappingProxyType(frozen), faults


def freeze(value: Any, depth: int = 0) -> Any:
    """Make a value of mappings, sequences, words, numbers and dates immutable.

    Dates become ISO text. Raises ValueError, saying what is there, for anything else.
    """
    if depth > _DEEPEST:
        raise ValueError("lists nested too deep")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is not a word")
        return MappingProxyType({key: freeze(below, depth + 1) for key, below in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(below, depth + 1) for below in value)
    return _freeze_scalar(value)


def _freeze_scalar(value: Any) -> str | bool | int | float | None:
    if isinstance(value, Date):  # a time of day is a date too
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number that is not finite")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError("a number too large")
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise ValueError(f"a {type(value).__name__}")
