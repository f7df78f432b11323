"""Bytes become text, once, at the door: UTF-8, NFC, LF."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from qualcode.errors import EncodingError, Fault, clip

__all__ = ["BOM", "decode_text", "form_faults", "has_controls", "is_plainly_canonical", "normalise"]

BOM = b"\xef\xbb\xbf"
_ORDINARY = bytes([*b"\t\n", *range(0x20, 0x7F)])
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROL_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_NOT_CONTROL = bytes([*b"\t\n", *range(0x20, 0x7F), *range(0x80, 0x100)])
# Letters that join those before them, though they are no marks: Korean jamo, Kirat Rai vowels.
_JOINING_LETTERS = re.compile("[\u1100-\u11ff\U00016d40-\U00016d7f]")
# A byte-order mark settles the encoding, whatever name is given: the names that agree with it.
_MARKED: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (codecs.BOM_UTF32_LE, "UTF-32", ("utf-32", "utf-32-le")),
    (codecs.BOM_UTF32_BE, "UTF-32", ("utf-32", "utf-32-be")),
    (codecs.BOM_UTF16_LE, "UTF-16", ("utf-16", "utf-16-le")),
    (codecs.BOM_UTF16_BE, "UTF-16", ("utf-16", "utf-16-be")),
)
_SIGNATURES = {
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def normalise(text: str) -> str:
    """Give a text LF line ends and Unicode's composed form (NFC)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def is_plainly_canonical(data: bytes) -> bool:
    """Tell in a moment whether bytes are surely UTF-8 in NFC, without BOM, CR and controls.

    True is certain; False means that somebody has to look. Looking at each character takes as
    long as decoding, so only the few beyond ASCII are looked at, each kind of them once.
    """
    beyond = data.translate(None, _ORDINARY)
    if not beyond:
        return True
    if len(beyond) * 10 > len(data) or data.startswith(BOM):
        return False
    try:
        return all(map(_joins_nothing, _kinds(beyond.decode())))
    except UnicodeDecodeError:
        return False


def _kinds(text: str) -> Iterator[str]:
    """Give each kind of character once; quick where they are few, as quotation marks and dashes."""
    for _ in range(16):
        if not text:
            return
        yield text[0]
        text = text.replace(text[0], "")
    yield from set(text)


@lru_cache(maxsize=4096)
def _joins_nothing(letter: str) -> bool:
    """Tell whether NFC leaves a character as it is, whatever stands beside it."""
    return (
        unicodedata.category(letter)[0] not in "MC"
        and not _JOINING_LETTERS.match(letter)
        and unicodedata.is_normalized("NFC", letter)
    )


def has_controls(data: bytes) -> bool:
    """Tell whether UTF-8 bytes hold control characters other than TAB and LF."""
    return bool(data.translate(None, _NOT_CONTROL)) or _CONTROL_BYTES.search(data) is not None


def decode_text(data: bytes, file: Path | str | None = None, *, encoding: str = "utf-8") -> str:
    """Decode a text file as it stands; a byte-order mark at its start is left out.

    Raises `EncodingError` with the line and the first bad byte.
    """
    try:
        if codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}:
            return _decode_utf8(data, file)
        _check_mark(data, encoding, file)
        text = data.decode(encoding)
        text.encode("utf-8")
    except LookupError:
        mend = "use a name that Python knows: utf-8, utf-16, latin-1, cp1252"
        raise EncodingError(f"no text encoding {clip(encoding)!r}", file=file, mend=mend) from None
    except ValueError as exc:
        start = exc.start if isinstance(exc, UnicodeDecodeError) else 0
        what = f"not {clip(encoding)}: it cannot be decoded from byte {start + 1}"
        mend = "name the encoding that the file was saved in"
        raise EncodingError(what, file=file, line=_line(data, start), mend=mend) from None
    return text.removeprefix("\ufeff")


def _check_mark(data: bytes, encoding: str, file: Path | str | None) -> None:
    """Refuse a file whose byte-order mark is that of another encoding than the one named."""
    name = codecs.lookup(encoding).name
    found = next((row for row in _MARKED if data.startswith(row[0])), None)
    if found is None and data.startswith(BOM) and not name.startswith("utf"):
        found = (BOM, "UTF-8", ("utf-8",))
    if found is None or name in found[2]:
        return
    what = f"not {clip(encoding)}: it begins with the byte-order mark of {found[1]}"
    mend = f"import it with --encoding {found[2][0]}"
    raise EncodingError(what, file=file, line=1, mend=mend)


def _decode_utf8(data: bytes, file: Path | str | None) -> str:
    foreign = _foreign(data)
    if foreign:
        raise EncodingError(foreign[0], file=file, line=1, mend=foreign[1])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise _bad_byte(data, exc.start, file) from None
    zero = text.find("\0")
    if zero >= 0:
        what = "a zero byte, which no text has: the file is binary or damaged"
        mend = "save it as plain text in UTF-8"
        raise EncodingError(what, file=file, line=text.count("\n", 0, zero) + 1, mend=mend)
    return text.removeprefix("\ufeff")


def _foreign(data: bytes) -> tuple[str, str] | None:
    """Say what a file is that is plainly not UTF-8 text, and the mend."""
    kind = next((kind for mark, kind in _SIGNATURES.items() if data.startswith(mark)), None)
    if kind is None:
        kind = _utf16_without_mark(data)
    if kind is None:
        return None
    mend = "save it as plain text in UTF-8"
    if kind.startswith("UTF"):
        byte = f"first byte 0x{data[0]:02X}"
        code = re.sub(r"\W+without.*", "", kind).lower()
        mend += f", or import it with --encoding {code}"
        return f"not UTF-8: it looks like {kind} ({byte})", mend
    return f"not plain text: it looks like {kind}", mend


def _utf16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark: zero bytes, many, and all on one side of each pair."""
    if b"\0" not in data:
        return None
    low, high = data[0::2].count(0), data[1::2].count(0)
    if low + high < max(2, len(data) // 40) or min(low, high) > max(low, high) // 20:
        return None
    return f"UTF-16-{'BE' if low > high else 'LE'} without a byte-order mark"


def _bad_byte(data: bytes, at: int, file: Path | str | None) -> EncodingError:
    byte = data[at : at + 1]
    letter = byte.decode("cp1252", "replace")
    known = letter.isprintable() and letter != "\ufffd"
    guess = f" ({letter!r} in Latin-1 or Windows-1252)" if known else ""
    what = f"not UTF-8: the byte 0x{byte.hex().upper()}{guess} cannot stand here"
    mend = "save the file as UTF-8, or import it with --encoding latin-1 (or cp1252)"
    return EncodingError(what, file=file, line=_line(data, at), mend=mend)


def _line(data: bytes, at: int) -> int:
    """Count the line of a byte, whether lines end in LF, CRLF or CR."""
    before = data[:at]
    return max(before.count(b"\n"), before.count(b"\r")) + 1


def form_faults(data: bytes, file: Path | str | None = None) -> list[Fault]:
    """List why the bytes are not in the form that qualcode writes: UTF-8, NFC, LF, no BOM."""
    try:
        text = decode_text(data, file)
    except EncodingError as exc:
        return list(exc.faults)
    mend = "let qualcode write it anew (write_transcript)"
    found = []
    if data.startswith(BOM):
        found.append(Fault("a byte-order mark at the start", file, 1, mend))
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        what = f"line ends are CRLF or CR ({text.count(chr(13))} of them), not LF"
        found.append(Fault(what, file, line, mend))
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", unix):
        found.append(Fault("not in Unicode's composed form (NFC)", file, _first_loose(unix), mend))
    found += _control_faults(unix, file)
    return found


def _first_loose(text: str) -> int | None:
    lines = enumerate(text.split("\n"), start=1)
    return next((n for n, line in lines if not unicodedata.is_normalized("NFC", line)), None)


def _control_faults(text: str, file: Path | str | None) -> list[Fault]:
    found = list(_CONTROL.finditer(text))
    if not found:
        return []
    line = text.count("\n", 0, found[0].start()) + 1
    what = f"{len(found)} control character(s), the first U+{ord(found[0][0]):04X}"
    return [Fault(what, file, line, "delete them: they are invisible and upset other programs")]
