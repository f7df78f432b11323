"""From the report's text to groups of lines, one for each paragraph that was set apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

__all__ = ["Group", "group_lines"]

_STARTS_ANEW = re.compile(
    r"\s*(?:#{1,6}\s|[-*•›▪]\s|\(?[a-z]\)\s|\(?[ivx]{1,4}\)\s|\d{1,3}[.)]\s"
    r"|\[\^?\d|<sup>|\^\d|[⁰¹²³⁴-⁹])"
)
_QUOTED_LINE = re.compile(r"^(?:>\s?)+(?=\S)")  # a block quotation of Markdown
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PLAIN_NUMBER = re.compile(r"\s*\d{1,3}\s+\S")


@dataclass(frozen=True)
class Group:
    """Lines that belong together, joined, and the line they begin on."""

    text: str
    line: int


def group_lines(text: str) -> list[Group]:
    """Cut a text into paragraphs, whether each is one long line or hard-wrapped."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    rows = [row.replace("\f", "").replace("\u00a0", " ").rstrip() for row in lines.split("\n")]
    wrapped = _is_wrapped(rows)
    furniture = _page_furniture(rows) if wrapped else set()
    words = _vocabulary(rows) if wrapped else frozenset()
    groups: list[Group] = []
    open_group = False
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            open_group = False
        elif row.strip() in furniture:
            continue
        elif wrapped and open_group and not _begins_anew(row, groups[-1].text):
            groups[-1] = Group(_join_rows(groups[-1].text, row.strip(), words), groups[-1].line)
        else:
            groups.append(Group(_QUOTED_LINE.sub("", row.strip()), number))
            open_group = True
    return groups


def _is_wrapped(rows: list[str]) -> bool:
    """Tell hard-wrapped text from text with a paragraph a line."""
    filled = [len(row) for row in rows if row.strip()]
    return sum(n for n in filled if n > 200) < 0.05 * sum(filled)


def _page_furniture(rows: list[str]) -> set[str]:
    """Find running heads and page numbers: short rows that return with other digits."""
    shapes = Counter(re.sub(r"\d+", "#", row.strip()) for row in rows if 0 < len(row.strip()) < 80)
    again = {shape for shape, n in shapes.items() if n >= 4 and re.search(r"[#\w]", shape)}
    quiet = {
        s
        for s in again
        if not re.search(r"[.!?”\"’:,;)]$|^#\W*\s\w+ #$", s) and not s.startswith(("-", "•", "›"))
    }
    return {row.strip() for row in rows if re.sub(r"\d+", "#", row.strip()) in quiet}


def _vocabulary(rows: list[str]) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(rows).lower()))


def _begins_anew(row: str, before: str) -> bool:
    """Tell whether a row begins a list item, a note or a table row, though no blank line says so."""
    if "\t" in row or "\t" in before:
        return True
    if _number(row) is not None and _number(row) == (_number(before) or -1) + 1:
        return True  # the note after a note
    if not before.rstrip().endswith((".", ":", ";", "?", "!", "”", '"', ")", ">")):
        return False
    return bool(_STARTS_ANEW.match(row) or _PLAIN_NUMBER.match(row))


def _number(text: str) -> int | None:
    """Give the number a text begins with, plain or raised."""
    found = re.match(r"\s*(?:[-*•]\s+)?(?:\[\^?|<sup[^>]{0,80}>)?(\d{1,4}|[⁰¹²³⁴-⁹]{1,4})", text)
    return int(found[1].translate(_DIGITS)) if found else None


def _join_rows(left: str, right: str, words: frozenset[str]) -> str:
    """Join two rows of one paragraph; mend a word that the line end cut."""
    cut = re.search(r"([A-Za-z]+)-$", left)
    tail = re.match(r"[a-z]+", right)
    if not cut or not tail:
        return f"{left} {right}"
    whole, hyphened = (cut[1] + tail[0]).lower(), f"{cut[1]}-{tail[0]}".lower()
    keep = hyphened in words and whole not in words
    return left + right if keep else left[:-1] + right
