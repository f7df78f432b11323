"""The lines in which a difference of two codebooks is told."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.coding._code import Code
    from qualcode.coding.codebook_diff import FieldChange

__all__ = ["BREAKS", "Line", "entry", "html_row", "label", "move", "renaming"]

BREAKS = re.compile("[\n\x85\u2028\u2029]+")
#: plain words, then the pieces of a word diff
Line = tuple[str, list[tuple[str, str]]]
_TAGS = {"same": "{}", "del": "<del>{}</del>", "ins": "<ins>{}</ins>"}


def label(code: Code) -> str:
    """Name a code by its id and its name."""
    return f'{code.id} "{code.name}"'


def entry(code: Code) -> str:
    """Say what a code is."""
    under = f" under {code.parent}" if code.parent else ""
    return f"{label(code)}{under}: {code.definition}"


def renaming(change: FieldChange) -> str:
    """Say what a name or an id was and is."""
    what = "" if change.field == "name" else f" ({change.field})"
    return f'{change.code_id}{what}: "{change.old}" → "{change.new}"'


def move(change: FieldChange) -> str:
    """Say from where to where a code went."""
    old, new = change.old or "the themes", change.new or "the themes"
    return f'{change.code_id} "{change.code_name}": from {old} to {new}'


def html_row(before: str, pieces: list[tuple[str, str]]) -> str:
    """Write a line as an item of a list."""
    after = "".join(_TAGS[kind].format(html.escape(text)) for kind, text in pieces)
    indent = "2em" if before.startswith("  ") else "0"
    text = BREAKS.sub(" ¶ ", f"{html.escape(before.strip())} {after}")
    return f'<li style="list-style:none;margin-left:{indent}">{text}</li>'
