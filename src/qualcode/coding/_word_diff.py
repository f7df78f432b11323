"""Say which words of a text changed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile

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
        space = _shared_space(gone, come)
        pieces += [("same", space), ("del", gone[len(space) :]), ("ins", come[len(space) :])]
    return [(kind, text) for kind, text in pieces if text]


def _shared_space(left: str, right: str) -> str:
    """Give the space that both texts begin with."""
    pairs = zip(left, right, strict=False)
    return "".join(
        a for a, _ in takewhile(lambda pair: pair[0] == pair[1] and pair[0].isspace(), pairs)
    )
