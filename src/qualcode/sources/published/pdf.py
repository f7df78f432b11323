"""The text of a report's PDF: columns in order, superscripts as superscripts, notes apart."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from qualcode.errors import ReportError, clip
from qualcode.sources.published._pdf_words import page_words
from qualcode.sources.published._quotations import is_opener

__all__ = ["text_of_pdf"]

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class _Line:
    """One printed line of one column."""

    text: str
    top: float
    bottom: float
    x0: float
    x1: float
    size: float
    page: int


def text_of_pdf(data: bytes, *, path: Path | None = None) -> str:
    """Read the text of a PDF in reading order.

    Parameters
    ----------
    data : bytes
        The file.
    path : Path, optional
        For messages.

    Returns
    -------
    str
        Paragraphs set apart by blank lines; raised small digits as superscript digits; headings
        in larger type marked with ``#``; running heads and page numbers left out.

    Raises
    ------
    ReportError
        If the file is damaged, locked, or has no text layer.

    Examples
    --------
    >>> text_of_pdf(b"not a PDF")
    Traceback (most recent call last):
    qualcode.errors.ReportError: the PDF cannot be read...
    """
    pages = _read_pages(data, path)
    lines = [line for number, words in enumerate(pages) for line in _page_lines(words, number)]
    if sum(len(line.text) for line in lines) < 20:
        raise ReportError(
            "the PDF has no text layer: its pages are pictures",
            file=path,
            mend="run it through text recognition (for example ocrmypdf) and bring the result",
        )
    return _paragraphs(_without_furniture(lines, len(pages)))


def _read_pages(data: bytes, path: Path | None) -> list[list[dict[str, Any]]]:
    """Get the words of each page with their place and size."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        raise ReportError(
            f"the PDF cannot be read ({clip(str(exc), 90)})",
            file=path,
            mend="open it in a viewer and save it again, without a password",
        ) from None
    try:
        return [page_words(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page_lines(words: list[dict[str, Any]], page: int) -> list[_Line]:
    """Put a page's words into lines, column by column."""
    if not words:
        return []
    body = median(word["size"] for word in words)
    return [
        line
        for band in _bands(words, body)
        for column in _columns(band, body)
        for line in _lines(column, page)
    ]


def _bands(words: list[dict[str, Any]], body: float) -> list[list[dict[str, Any]]]:
    """Cut a page at large type that runs across the columns: they are read between such lines."""
    gutters = _gutters([w for w in words if w["size"] <= 1.35 * body], body)
    large = [w for w in words if w["size"] > 1.35 * body]
    across = sorted({w["bottom"] for w in large if any(w["x0"] < g < w["x1"] for g in gutters)})
    bands: dict[int, list[dict[str, Any]]] = {}
    for word in words:
        own = next((i for i, b in enumerate(across) if abs(b - word["bottom"]) < 2), None)
        above = sum(bottom < word["bottom"] - 2 for bottom in across)
        bands.setdefault(2 * above if own is None else 2 * own + 1, []).append(word)
    return [bands[key] for key in sorted(bands)]


def _gutters(words: list[dict[str, Any]], body: float) -> list[float]:
    """Find the vertical strips that no word crosses."""
    edges = sorted((w["x0"], w["x1"]) for w in words)
    gutters = []
    reach = edges[0][1] if edges else 0.0
    for x0, x1 in edges:
        if x0 - reach > body:
            gutters.append((reach + x0) / 2)
        reach = max(reach, x1)
    return gutters


def _columns(words: list[dict[str, Any]], body: float) -> list[list[dict[str, Any]]]:
    """Split words at the gutters."""
    gutters = _gutters(words, body)
    if not gutters:
        return [words]
    columns: list[list[dict[str, Any]]] = [[] for _ in range(len(gutters) + 1)]
    for word in words:
        columns[sum(word["x0"] > g for g in gutters)].append(word)
    if min(len(c) for c in columns) < 8 or _is_list(columns):
        return [words]
    return columns


def _is_list(columns: Sequence[Sequence[dict[str, Any]]]) -> bool:
    """Tell the gap behind list or note numbers from a gutter."""
    return any(
        sum(bool(re.fullmatch(r"[\d.()•›–-]+", w["text"])) for w in column) > 0.6 * len(column)
        for column in columns
    )


def _lines(words: list[dict[str, Any]], page: int) -> Iterator[_Line]:
    """Group words that stand on one baseline; raised small digits belong to the line they touch."""
    rows: list[list[dict[str, Any]]] = []
    small = [w for w in words if _may_be_raised(w, words)]
    for word in sorted((w for w in words if w not in small), key=lambda w: (w["bottom"], w["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= 0.45 * word["size"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    for word in small:
        _home(rows, word).append(word)
    for row in rows:
        yield _line(sorted(row, key=lambda w: w["x0"]), page)


def _may_be_raised(word: dict[str, Any], words: list[dict[str, Any]]) -> bool:
    if not re.fullmatch(r"\d{1,4}(?:[,–-]\d{1,4})*", word["text"]):
        return False
    touching = [
        w
        for w in words
        if w is not word
        and w["size"] > 1.2 * word["size"]
        and w["top"] - 0.5 * w["size"] <= word["top"]
        and word["bottom"] <= w["bottom"] + 0.1 * w["size"]
        and (abs(w["x1"] - word["x0"]) < w["size"] or abs(word["x1"] - w["x0"]) < w["size"])
    ]
    return any(word["bottom"] < w["bottom"] - 0.12 * w["size"] for w in touching)


def _home(rows: list[list[dict[str, Any]]], word: dict[str, Any]) -> list[dict[str, Any]]:
    """Find the row a raised word belongs to: the nearest baseline at or below it."""
    word["raised"] = True
    below = [
        row
        for row in rows
        if row[0]["bottom"] > word["bottom"] - 1 and row[0]["top"] <= word["bottom"]
    ]
    if not below:
        rows.append([])
        return rows[-1]
    return min(below, key=lambda row: abs(row[0]["bottom"] - word["bottom"]))


def _line(words: list[dict[str, Any]], page: int) -> _Line:
    pieces: list[str] = []
    for index, word in enumerate(words):
        text = word["text"].translate(_SUPERSCRIPTS) if word.get("raised") else word["text"]
        glued = index and word["x0"] - words[index - 1]["x1"] < 0.12 * word["size"]
        glued = glued or (word.get("raised") and index > 0)
        pieces.append(text if glued or not index else f" {text}")
    sizes = [w["size"] for w in words if not w.get("raised")] or [words[0]["size"]]
    return _Line(
        "".join(pieces),
        min(w["top"] for w in words),
        max(w["bottom"] for w in words),
        words[0]["x0"],
        words[-1]["x1"],
        median(sizes),
        page,
    )


def _without_furniture(lines: list[_Line], pages: int) -> list[_Line]:
    """Leave out running heads and page numbers: the same words at the same height of many pages."""

    def key(line: _Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.top / 4)

    seen = Counter(key(line) for line in lines)
    often = max(3, pages // 4)
    return [
        line
        for line in lines
        if not (seen[key(line)] >= often and len(line.text) < 100)
        and not _is_page_number(line, lines)
    ]


def _is_page_number(line: _Line, lines: list[_Line]) -> bool:
    if not re.fullmatch(r"(?:page\s+)?\d{1,4}(?:\s+of\s+\d+)?", line.text.strip(), re.IGNORECASE):
        return False
    same = [other for other in lines if other.page == line.page]
    return (
        line.top <= min(o.top for o in same) + 1 or line.bottom >= max(o.bottom for o in same) - 1
    )


def _paragraphs(lines: list[_Line]) -> str:
    """Set paragraphs apart by blank lines: by gap, indent, size, or a new column."""
    if not lines:
        return ""
    body = median(line.size for line in lines for _ in range(max(1, len(line.text) // 20)))
    leading = _usual_leading(lines)
    out: list[str] = []
    before: _Line | None = None
    large_quote = False  # a pull quote in large type is no heading
    for line in lines:
        broken = before is None or _breaks(before, line, leading)
        large_quote = is_opener(line.text, 0) if broken else large_quote
        heading = line.size > 1.15 * body and len(line.text) < 140 and not large_quote
        if heading and before is not None and out[-1].startswith("#") and line.page == before.page:
            out[-1] = f"{out[-1]} {line.text}"
        else:
            out += [""] if broken else []
            out.append(f"# {line.text}" if heading else line.text)
        before = line
    return "\n".join(out) + "\n"


def _usual_leading(lines: list[_Line]) -> float:
    gaps = [
        (b.bottom - a.bottom) / a.size
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and 0 < b.bottom - a.bottom < 3 * a.size and abs(a.size - b.size) < 0.5
    ]
    # the lower quartile: in a report of short paragraphs the middle gap is one between paragraphs
    return sorted(gaps)[len(gaps) // 4] if gaps else 1.2


def _breaks(before: _Line, line: _Line, leading: float) -> bool:
    if before.page != line.page or line.bottom < before.bottom - 1:
        return True  # a new page or column
    if abs(before.size - line.size) > 0.08 * before.size:
        return True
    gap = (line.bottom - before.bottom) / before.size
    indented = line.x0 > before.x0 + 0.8 * line.size and before.text.rstrip().endswith(
        (".", "”", '"', ":", "?", "!")
    )
    return gap > 1.25 * leading or indented
