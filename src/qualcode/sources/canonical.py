"""The canonical transcript: YAML front matter between two lines ``---``, then the text.

The *text* is literally everything after the second of the lines, in UTF-8, NFC and LF. A file in
another form is normalised as it is read; `canonical_faults` says what its form lacks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._files import write_whole
from qualcode.errors import Fault, TranscriptError
from qualcode.sources._decode import decode_text, form_faults, normalise
from qualcode.sources._files import read_bytes
from qualcode.sources._inspect import inspect_text
from qualcode.sources._render import differences, render_transcript
from qualcode.sources._turn_checks import turn_notes

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = [
    "canonical_faults",
    "parse_transcript",
    "read_transcript",
    "transcript_notes",
    "write_transcript",
]


def read_transcript(path: Path | str) -> Transcript:
    r"""Read one transcript in the canonical form, and check all of it.

    Parameters
    ----------
    path : Path or str
        A file ``<id>.txt``.

    Returns
    -------
    Transcript
        Its text in NFC with LF line ends, whatever the file has.

    Raises
    ------
    SourceError
        If the file cannot be read.
    EncodingError
        If it is not UTF-8.
    TranscriptError
        If its front matter or its turns are wrong; every fault is listed, with its line.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ward-7.txt"
    ...     _ = path.write_text(
    ...         "---\nid: ward-7\nbody: Ward 7\nspeakers:\n  - {label: INT}\n---\nINT: Hello\n"
    ...     )
    ...     read_transcript(path).body
    'Ward 7'
    """
    path = Path(path)
    return parse_transcript(read_bytes(path), path=path)


def parse_transcript(data: bytes, *, path: Path | str | None = None) -> Transcript:
    r"""Make a transcript of the bytes of a canonical file.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path or str, optional
        Where it was read: for messages, and to hold its name against the transcript's id.

    Returns
    -------
    Transcript
        Checked.

    Raises
    ------
    EncodingError
        If the bytes are not UTF-8.
    TranscriptError
        If the front matter or the turns are wrong; every fault is listed, with its line.

    Examples
    --------
    >>> header = b"---\nid: a\nbody: Ward 7\nspeakers:\n  - {label: INT}\n---\n"
    >>> parse_transcript(header + b"[00:00:04] INT: Hello\n").text
    '[00:00:04] INT: Hello\n'
    """
    path = None if path is None else Path(path)
    transcript, faults = inspect_text(normalise(decode_text(data, path)), path)
    if transcript is None or faults:
        raise TranscriptError.from_faults(faults)
    return transcript


def write_transcript(transcript: Transcript, path: Path | str) -> None:
    r"""Write a transcript in the canonical form, whole or not at all.

    What is written is read back first: a transcript that a file cannot hold exactly is refused,
    never changed. Its text ends as it ends.

    Parameters
    ----------
    transcript : Transcript
        With a body, speakers and turns.
    path : Path or str
        ``<id>.txt``. A file that is there is replaced.

    Raises
    ------
    TranscriptError
        If the file would be faulty, or would not be read back as the same transcript: a text that
        is not NFC or has a CR, a name of the file that is not the id, attributes that YAML
        cannot hold.
    SourceError
        If the file cannot be written; what was there is still there.

    Examples
    --------
    >>> import tempfile
    >>> from qualcode.model import Speaker, Transcript
    >>> ward = Transcript("ward-7", "INT: Hello\n", body="Ward 7", speakers=(Speaker("INT"),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_transcript(ward, Path(folder) / "ward-7.txt")
    ...     read_transcript(Path(folder) / "ward-7.txt") == ward
    True
    """
    path = Path(path)
    data = render_transcript(transcript, path)
    back = parse_transcript(data, path=path)
    changed = differences(transcript, back)
    if changed:
        what = f"a file cannot hold this transcript's {', '.join(changed)} exactly"
        mend = "make its text NFC with LF line ends, and its attributes words, numbers and lists"
        raise TranscriptError(what, file=path, mend=mend)
    write_whole(path, data, error=TranscriptError)


def canonical_faults(data: bytes, path: Path | str | None = None) -> list[Fault]:
    r"""List why a file is not in the form that qualcode writes, though it may be readable.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path or str, optional
        Where it was read, for the messages.

    Returns
    -------
    list of Fault
        Another encoding, a byte-order mark, CRLF or CR, text that is not NFC, control characters;
        each with its first line.

    Examples
    --------
    >>> [print(fault) for fault in canonical_faults(b"---\r\nid: a\r\n", "a.txt")]
    a.txt:1: line ends are CRLF or CR (2 of them), not LF. Mend: let qualcode write it anew (write_transcript)
    [None]
    """
    return form_faults(data, path)


def transcript_notes(transcript: Transcript) -> list[Fault]:
    r"""List what is odd in a transcript and may yet be right.

    Parameters
    ----------
    transcript : Transcript
        Read without faults.

    Returns
    -------
    list of Fault
        Times that run backwards, lines that begin like a turn inside another, somebody among the
        speakers who never speaks.

    Examples
    --------
    >>> from qualcode.model import Speaker, Transcript
    >>> text = "[00:00:09] A: One\n\n[00:00:04] A: Two\n"
    >>> [note.line for note in transcript_notes(Transcript("a", text, speakers=(Speaker("A"),)))]
    [3]
    """
    return turn_notes(transcript)
