"""The words of a PDF page, each with its box, baseline and size of type."""

from __future__ import annotations

import ctypes
from typing import Any

__all__ = ["page_words"]

_HYPHENS = {0x02, 0xFFFE}  # what pdfium writes for a hyphen at the end of a line
_NOTHING = {0x00, 0xAD, 0x200B, 0xFEFF}


def page_words(page: Any) -> list[dict[str, Any]]:
    """List a page's words: text, x0, x1, top, bottom (the baseline) and size, in points from the top left."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    textpage = page.get_textpage()
    try:
        words: list[dict[str, Any]] = []
        word: dict[str, Any] | None = None
        for index in range(pdfium.FPDFText_CountChars(textpage.raw)):
            char = _char(pdfium, textpage.raw, index, height)
            if char is None:
                word = None
            elif word is not None and _same_word(word, char):
                word["text"] += char["text"]
                word["x1"] = max(word["x1"], char["x1"])
            else:
                word = char
                words.append(word)
        return words
    finally:
        textpage.close()
        page.close()


def _char(pdfium: Any, raw: Any, index: int, height: float) -> dict[str, Any] | None:
    """Read one character; None where a word ends."""
    code = pdfium.FPDFText_GetUnicode(raw, index)
    if code in _NOTHING or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return None
    text = "-" if code in _HYPHENS else chr(code)
    if text.isspace() or (not text.isprintable()):
        return None
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
    pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
    size = max(0.1, abs(box.top - box.bottom))
    base = height - y.value
    return {
        "text": text,
        "x0": box.left,
        "x1": box.right,
        "top": base - 0.75 * size,
        "bottom": base,
        "size": size,
    }


def _same_word(word: dict[str, Any], char: dict[str, Any]) -> bool:
    """Tell whether a character goes on with a word: same baseline and size, no gap."""
    size = word["size"]
    return bool(
        abs(word["bottom"] - char["bottom"]) < 0.1 * size
        and abs(size - char["size"]) < 0.1 * size
        and -0.5 * size < char["x0"] - word["x1"] < 0.25 * size
    )
