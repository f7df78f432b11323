"""A folder of transcripts as one frozen, ordered mapping from id to transcript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, SourceError, StudyError, TranscriptError, clip
from qualcode.model import FixedText, Transcript
from qualcode.sources._folder import hold_all, list_folder, one_error, ordered
from qualcode.sources._held import Held
from qualcode.sources._slugs import natural_key
from qualcode.sources._turn_checks import turn_notes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Corpus", "UnknownTranscriptError", "read_transcripts"]

_SHOWN = 10


class UnknownTranscriptError(SourceError, KeyError):
    """An id that the corpus does not hold; a `KeyError` too, since a corpus is a mapping.

    Examples
    --------
    >>> Corpus.from_transcripts([])["ward-7"]
    Traceback (most recent call last):
    qualcode.sources.corpus.UnknownTranscriptError: no transcript 'ward-7'. Mend: there are none
    """

    __str__ = Exception.__str__


@dataclass(frozen=True, repr=False, eq=False)
class Corpus(Mapping[str, Transcript]):
    r"""Transcripts by id, in natural order: ``council-2`` stands before ``council-10``.

    Made by `read_transcripts` or `Corpus.from_transcripts`. The texts are held; front matter and
    turns are read when a transcript is first asked for, and kept.

    Parameters
    ----------
    folder : Path, optional
        Where the transcripts were read.
    ignored : tuple of str
        Names in the folder that are no transcripts (no ``.txt``); hidden files are not listed.
    left_out : tuple of Fault
        Why files were left out (only where `read_transcripts` was told not to be strict).

    Examples
    --------
    >>> from qualcode.model import Speaker
    >>> text = "A: Good morning\n"
    >>> corpus = Corpus.from_transcripts(
    ...     Transcript(name, text, body=name, speakers=(Speaker("A"),)) for name in ("w10", "w2")
    ... )
    >>> list(corpus), corpus["w2"].body
    (['w2', 'w10'], 'w2')
    """

    folder: Path | None = None
    ignored: tuple[str, ...] = ()
    left_out: tuple[Fault, ...] = ()
    _form_faults: tuple[Fault, ...] = ()
    _items: dict[str, Held | Transcript] = field(default_factory=dict)

    @classmethod
    def from_transcripts(cls, transcripts: Iterable[Transcript]) -> Corpus:
        r"""Make a corpus of transcripts that are at hand.

        Parameters
        ----------
        transcripts : iterable of Transcript
            Each with an id of its own.

        Returns
        -------
        Corpus
            Ordered by id.

        Raises
        ------
        TranscriptError
            If two transcripts have one id.

        Examples
        --------
        >>> len(Corpus.from_transcripts([Transcript("a", "A: Hello\n")]))
        1
        """
        items, faults = ordered(transcripts)
        if faults:
            raise TranscriptError.from_faults(faults)
        return cls(_items=items)

    @property
    def texts(self) -> Mapping[str, FixedText]:
        """The texts alone, by id: without reading any front matter."""
        return {name: FixedText(item.text, item.text_hash) for name, item in self._items.items()}

    def __getitem__(self, transcript_id: str) -> Transcript:
        try:
            item = self._items[transcript_id]
        except (KeyError, TypeError):
            raise self._unknown(transcript_id) from None
        if isinstance(item, Held):
            # Two threads may both read it; they get equal values, and one of them is kept.
            item = item.transcript()
            self._items[transcript_id] = item
        return item

    def _unknown(self, transcript_id: object) -> UnknownTranscriptError:
        near = get_close_matches(str(transcript_id)[:100], self._items, n=3, cutoff=0.5)
        there = "there are none" if not self._items else f"ids such as {next(iter(self._items))!r}"
        mend = f"did you mean {' or '.join(map(repr, near))}?" if near else there
        what = f"no transcript {clip(str(transcript_id))!r}"
        return UnknownTranscriptError(what, file=self.folder, mend=mend)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, transcript_id: object) -> bool:
        return isinstance(transcript_id, str) and transcript_id in self._items

    def __repr__(self) -> str:
        count = len(self)
        ids = f", {next(iter(self))!r} to {list(self)[-1]!r}" if count > 1 else ""
        return f"<Corpus of {count} transcript{'' if count == 1 else 's'}{ids}>"

    def _repr_html_(self) -> str:
        from qualcode.sources._corpus_html import corpus_html

        return corpus_html(self, most=_SHOWN)

    def faults(self) -> list[Fault]:
        r"""Read everything, and list all that is wrong in any file.

        Returns
        -------
        list of Fault
            In order of file and line; empty for a sound corpus.

        Examples
        --------
        >>> Corpus.from_transcripts([Transcript("a", "A: Hello\n")]).faults()
        []
        """
        found = [*self.left_out, *self._form_faults]
        for transcript_id, item in list(self._items.items()):
            if isinstance(item, Held):
                transcript, faults = item.inspect()
                found += faults
                if transcript is not None and not faults:
                    self._items[transcript_id] = transcript
        return sorted(found, key=lambda fault: (natural_key(str(fault.file)), fault.line or 0))

    def notes(self) -> list[Fault]:
        r"""List what is odd in the transcripts and may yet be right.

        Returns
        -------
        list of Fault
            See `qualcode.sources.canonical.transcript_notes`. Faulty transcripts have none.

        Examples
        --------
        >>> Corpus.from_transcripts([Transcript("a", "A: Hello\n")]).notes()
        []
        """
        return [note for transcript in self._sound() for note in turn_notes(transcript)]

    def _sound(self) -> Iterator[Transcript]:
        for transcript_id in self:
            try:
                transcript = self[transcript_id]
            except TranscriptError:
                continue  # `faults` lists it
            yield transcript

    @property
    def interviews(self) -> pd.DataFrame:
        r"""A row for each transcript: the frame ``interviews``.

        `words` counts the words of turns; `minutes` is when the last timed turn begins (NaN
        without times); `roles` leaves out the interviewer.

        Examples
        --------
        >>> corpus = Corpus.from_transcripts([Transcript("a", "A: Hello\n", body="Ward 7")])
        >>> corpus.interviews[["transcript_id", "body"]]
          transcript_id    body
        0             a  Ward 7
        """
        from qualcode.sources._corpus_frames import interviews_frame

        return interviews_frame(self.values())

    @property
    def turns(self) -> pd.DataFrame:
        r"""A row for each turn: the frame ``turns``.

        `start` and `end` are the span of the words, in code points of the transcript's text, so
        that ``text[start:end]`` is the column `text`; `time` is in seconds.

        Examples
        --------
        >>> from qualcode.model import Speaker
        >>> ward = Transcript("a", "A: Hello\n", speakers=(Speaker("A"),))
        >>> Corpus.from_transcripts([ward]).turns[["turn", "speaker", "start", "end", "text"]]
           turn speaker  start  end   text
        0     1       A      3    8  Hello
        """
        from qualcode.sources._corpus_frames import turns_frame

        return turns_frame(self.values())

    @property
    def people(self) -> pd.DataFrame:
        r"""A row for each person interviewed in each transcript: the frame ``people``.

        Everybody in the front matter but the interviewer, also who says nothing.

        Examples
        --------
        >>> from qualcode.model import Speaker
        >>> ward = Transcript("a", "A: Oh, hello\n", speakers=(Speaker("A", "Night nurse"),))
        >>> Corpus.from_transcripts([ward]).people[["speaker", "role", "turns", "words"]]
          speaker         role  turns  words
        0       A  Night nurse      1      2
        """
        from qualcode.sources._corpus_frames import people_frame

        return people_frame(self.values())

    @property
    def attributes(self) -> pd.DataFrame:
        r"""A row for each transcript: its id, and a column for each free attribute.

        Examples
        --------
        >>> ward = Transcript("a", "A: Hello\n", attributes={"shift": "night"})
        >>> Corpus.from_transcripts([ward]).attributes
          transcript_id  shift
        0             a  night
        """
        from qualcode.sources._corpus_frames import attributes_frame

        return attributes_frame(self.values())


def read_transcripts(folder: Path | str, *, strict: bool = True) -> Corpus:
    r"""Read all transcripts of a folder.

    Parameters
    ----------
    folder : Path or str
        Its files ``*.txt`` are transcripts in the canonical form. Folders in it are not entered.
    strict : bool, default True
        Raise if any file cannot be read or decoded, or if the folder has no transcript. If False,
        go on without, and list the faults in `Corpus.left_out`.

    Returns
    -------
    Corpus
        Front matter and turns are checked when a transcript is first asked for, or all at once
        by `Corpus.faults`.

    Raises
    ------
    StudyError
        If there is no such folder, it may not be read, or it has no transcript.
    SourceError
        If files cannot be read or are not UTF-8.
    TranscriptError
        If two files have one id.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ward-7.txt"
    ...     _ = path.write_text(
    ...         "---\nid: ward-7\nbody: Ward 7\nspeakers:\n  - {label: INT}\n---\nINT: Hello\n"
    ...     )
    ...     read_transcripts(folder)
    <Corpus of 1 transcript>
    """
    folder = Path(folder)
    paths, ignored = list_folder(folder)
    held, errors = hold_all(paths)
    items, repeated = ordered(held)
    if repeated:
        errors.append(TranscriptError.from_faults(repeated))
    if strict and errors:
        raise one_error(errors)
    if strict and not items:
        seen = f" (only {', '.join(map(clip, ignored[:3]))})" if ignored else ""
        mend = "bring transcripts in with 'qualcode import FILES'"
        raise StudyError(f"no transcript *.txt in the folder{seen}", file=folder, mend=mend)
    form_faults = tuple(fault for one in held for fault in one.faults)
    left_out = tuple(fault for error in errors for fault in error.faults)
    return Corpus(folder, ignored, left_out, form_faults, items)
