"""Say which words of a text changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from os.path import commonprefix

__all__ = ["word_diff"]

_PIECES = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
# Matching takes time with the square of the length; nobody reads a diff of so many words.
_MOST = 4000


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Give the pieces of both texts in order, each with ``same``, ``del`` or ``ins``."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) + len(after) > _MOST:
        before, after = [old], [new]
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            pieces.append(("same", gone))
            continue
        space = commonprefix([gone, come])
        space = space[: len(space) - len(space.lstrip())]
        pieces += [("same", space), ("del", gone[len(space) :]), ("ins", come[len(space) :])]
    return [(kind, text) for kind, text in pieces if text]
