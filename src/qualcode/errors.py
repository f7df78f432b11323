"""What can go wrong, in words that say where, what was found and how to mend it.

One class a fault. A message reads ``file:line: what was found. Mend: what to do.`` so that a
terminal or an editor can jump to the place. No message carries more than a few words of a
transcript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "AdriftWarning",
    "CacheWarning",
    "CodebookError",
    "CoefficientWarning",
    "EncodingError",
    "ExportError",
    "Fault",
    "JournalError",
    "JournalWriteError",
    "ModelError",
    "QualcodeError",
    "QualcodeWarning",
    "QueryError",
    "ReportError",
    "SeenDataError",
    "SourceError",
    "StudyError",
    "TooFewError",
    "TornLineWarning",
    "TranscriptError",
    "UnknownCodeError",
    "UnknownValueError",
    "clip",
]


def clip(text: str, most: int = 40) -> str:
    """Shorten text from outside to a few words, on one line, for use in a message.

    Parameters
    ----------
    text : str
        Anything: a label, a line, a code id.
    most : int, default 40
        The greatest length in code points.

    Returns
    -------
    str
        The text with control characters and runs of space made single spaces, cut at `most`.

    Examples
    --------
    >>> clip("a long  line\\nof text", most=11)
    'a long lin…'
    """
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


@dataclass(frozen=True)
class Fault:
    """One thing found wrong in one place.

    Parameters
    ----------
    what : str
        What was found.
    file : Path or str, optional
        The file it was found in.
    line : int, optional
        The line, counted from 1.
    mend : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(Fault("parent 'money' is not a code", file="codebook.yaml", line=12))
    codebook.yaml:12: parent 'money' is not a code
    """

    what: str
    file: Path | str | None = None
    line: int | None = None
    mend: str | None = None

    def __str__(self) -> str:
        place = "" if self.file is None else str(self.file)
        if place and self.line is not None:
            place += f":{self.line}"
        text = f"{place}: {self.what}" if place else self.what
        if self.mend:
            text = f"{text.rstrip('.')}. Mend: {self.mend}"
        return text


class QualcodeError(Exception):
    """The parent of every error that qualcode raises on purpose.

    Parameters
    ----------
    what : str
        What was found.
    file : Path or str, optional
        The file concerned.
    line : int, optional
        The line, counted from 1.
    mend : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(QualcodeError("no turns", file="a.txt", line=9, mend="start each turn with a label"))
    a.txt:9: no turns. Mend: start each turn with a label
    """

    def __init__(
        self,
        what: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        mend: str | None = None,
    ) -> None:
        self.faults: tuple[Fault, ...] = (Fault(what, file, line, mend),)
        super().__init__(str(self.faults[0]))

    @classmethod
    def from_faults(cls, faults: Sequence[Fault]) -> QualcodeError:
        """Build one error that lists several faults, a line each.

        Parameters
        ----------
        faults : sequence of Fault
            At least one.

        Returns
        -------
        QualcodeError
            Of the class it was called on.

        Examples
        --------
        >>> print(CodebookError.from_faults([Fault("a", "f", 1), Fault("b", "f", 2)]))
        2 faults:
          f:1: a
          f:2: b
        """
        first = faults[0]
        error = cls(first.what, file=first.file, line=first.line, mend=first.mend)
        error.faults = tuple(faults)
        if len(faults) > 1:
            lines = "\n".join(f"  {fault}" for fault in faults)
            error.args = (f"{len(faults)} faults:\n{lines}",)
        return error


class SourceError(QualcodeError):
    """A file given to be read is not what it should be."""


class EncodingError(SourceError):
    """A file is not UTF-8."""


class TranscriptError(SourceError):
    """A transcript's front matter or turns are wrong."""


class ReportError(SourceError):
    """A published report cannot be read, or is not one."""


class CodebookError(QualcodeError):
    """The codebook is wrong."""


class UnknownCodeError(QualcodeError):
    """A code id that the codebook does not hold."""


class JournalError(QualcodeError):
    """A journal cannot be read, or an event cannot be accepted."""


class JournalWriteError(JournalError):
    """The disk refused an append; nothing was written."""


class StudyError(QualcodeError):
    """The folder is not a study, or its parts do not fit together."""


class UnknownValueError(StudyError, ValueError):
    """A filter or an option was given a value that there is not."""


class ExportError(QualcodeError):
    """A table could not be written."""


class QueryError(QualcodeError):
    """A query that cannot be read, or asks for what there is not."""

    #: where in the query's text, counted from 0
    at: int | None = None


class ModelError(QualcodeError):
    """A model, or a package that machine reading needs, is not there or cannot be used."""


class SeenDataError(QualcodeError):
    """Suggestions would be scored on interviews that they were learned from."""


class TooFewError(QualcodeError):
    """There is too little text, or there are too few codings, for what is asked."""


class QualcodeWarning(UserWarning):
    """The parent of every warning that qualcode gives on purpose."""


class TornLineWarning(QualcodeWarning):
    """The last line of a journal was cut short and is set aside."""


class CacheWarning(QualcodeWarning):
    """Something kept on disk to save time is broken, and is made again."""


class AdriftWarning(QualcodeWarning):
    """Codings whose words cannot be found again in their transcript are left out."""


class CoefficientWarning(QualcodeWarning):
    """A coefficient leaves the range in which it can be read."""
