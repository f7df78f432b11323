"""Text from outside, made harmless: control characters, and cells a spreadsheet would run."""

from __future__ import annotations

import re

__all__ = ["clean", "guard", "unguard"]

# What XML cannot hold, and what no text needs: controls but tab and line ends, lone halves of
# surrogate pairs, noncharacters.
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# A spreadsheet may skip space, quotation marks and unseen characters before it looks for one of
# = + - @ in either width. A cell that begins with a tab or a line end is one as well.
_SKIPPED = (
    "\\s\x00-\x1f\"'`‘’‚“”„«»‹›＇＂\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
_RUNS = rf"(?=[{_SKIPPED}]*[=+\-@＝＋－＠\t\r\n])"
# Where a semicolon parts cells, as in much of Europe, the text after it begins a cell.
_GUARD = re.compile(rf"(^|;){_RUNS}")
_UNGUARD = re.compile(rf"(^|;)'{_RUNS}")


def clean(text: str) -> str:
    r"""Leave out what no file should hold: control characters but tab and line ends.

    Examples
    --------
    >>> clean("a\x00b\tc\x1b[31m")
    'ab\tc[31m'
    """
    return text if text.isprintable() else _HARMFUL.sub("", text)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    That is text that begins with ``=``, ``+``, ``-`` or ``@`` (also full-width, and after space or
    quotation marks), a tab or a line end; and likewise text after a semicolon. `unguard` takes
    the apostrophe away again, from such text only, so that nothing is lost.

    Examples
    --------
    >>> guard("=1+1"), guard("- I said so"), guard("no; =1+1"), guard("a - b")
    ("'=1+1", "'- I said so", "no;' =1+1", 'a - b')
    """
    if text[:1].isalnum() and ";" not in text:  # most texts, and much faster
        return text
    return _GUARD.sub(r"\1'", text)


def unguard(text: str) -> str:
    """Undo `guard`.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return _UNGUARD.sub(r"\1", text)
