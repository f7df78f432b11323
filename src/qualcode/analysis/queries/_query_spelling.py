"""How names and words are written in a query: when they need quotation marks."""

from __future__ import annotations

import re

__all__ = ["KEYWORDS", "is_bare_code", "is_bare_value", "quoted"]

KEYWORDS = ("AND", "OR", "NOT", "NEAR", "WITHIN", "IN")

_BARE_CODE = re.compile(r"[^\W\d][\w\-./&']*")
_BARE_VALUE = re.compile(r"\w[\w\-./&'*?]*")


def quoted(text: str) -> str:
    """Put text between quotation marks, with what would end it escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_bare_code(name: str) -> bool:
    """Tell whether a code may stand alone: it looks like a name, and is no operator."""
    operator = name.upper().partition("/")[0] in KEYWORDS
    return _BARE_CODE.fullmatch(name) is not None and not operator


def is_bare_value(value: str) -> bool:
    """Tell whether a value may stand after its colon without quotation marks."""
    return _BARE_VALUE.fullmatch(value) is not None
