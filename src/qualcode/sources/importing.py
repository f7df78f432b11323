"""Bring transcripts in from other formats: each file becomes a canonical one, or is refused."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Fault, QualcodeError, SourceError, StudyError, TranscriptError, clip
from qualcode.sources._conflicts import conflict_faults
from qualcode.sources._file_names import distinct_files, name_all
from qualcode.sources._files import read_bytes
from qualcode.sources._formats import RawFile, find_format
from qualcode.sources._overwriting import keep_front_matter, overwritten_note, read_old
from qualcode.sources._render import render_transcript
from qualcode.sources._slugs import make_slug
from qualcode.sources._turn_checks import turn_notes
from qualcode.sources.canonical import write_transcript

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.sources._reading import Reading

__all__ = ["ImportResult", "import_files"]


@dataclass(frozen=True)
class ImportResult:
    """What became of the files.

    Parameters
    ----------
    written : tuple of Path
        The transcripts written, in the order of the files given.
    notes : tuple of Fault
        What the readers were unsure of, dropped or changed, with file and line.
    refused : tuple of Fault
        Why files were not imported. Nothing was written of them.

    Examples
    --------
    >>> [path.name for path in ImportResult((Path("ward-7.txt"),)).written]
    ['ward-7.txt']
    """

    written: tuple[Path, ...] = ()
    notes: tuple[Fault, ...] = ()
    refused: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the caller knows of the interviews."""

    body: str
    body_type: str
    synthetic: bool

    @property
    def given(self) -> set[str]:
        """The names of what the caller said."""
        said = {"body": self.body, "body_type": self.body_type, "synthetic": self.synthetic}
        return {name for name, value in said.items() if value}


def import_files(
    paths: Iterable[Path | str],
    *,
    folder: Path | str,
    body: str = "",
    body_type: str = "",
    synthetic: bool = False,
    encoding: str = "utf-8",
    overwrite: bool = False,
    progress: bool = False,
) -> ImportResult:
    r"""Write a canonical transcript for each file, in whatever known format it is.

    Known are qualcode's own format, Otter's TXT export and plain text with speaker labels. One
    bad file does not keep the others back; each is written whole or not at all. Names of speakers
    stay as they are given: replace them before the transcripts are shared.

    Parameters
    ----------
    paths : iterable of Path or str
        Files.
    folder : Path or str
        Where the transcripts go; made if it is not there.
    body : str, optional
        The organisation interviewed. Where it is not given here or by the file, the file's name
        stands for it, and a note says so.
    body_type : str, optional
        What kind of organisation that is.
    synthetic : bool, default False
        Mark the words as written, not recorded.
    encoding : str, default 'utf-8'
        In which all the files were saved.
    overwrite : bool, default False
        Replace transcripts that are there. Their body, body_type, date, synthetic mark, free
        attributes and the roles of speakers who stay are kept, but for what is given here; a
        note says what was. Codings of them, if there are any, are placed again by their words.
    progress : bool, default False
        Show a progress bar.

    Returns
    -------
    ImportResult
        The paths written, notes, and faults of the files refused.

    Raises
    ------
    StudyError
        If the folder cannot be made.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     source = Path(place) / "Ward 7, May.txt"
    ...     _ = source.write_text("INT: How was it?\nNurse: Busy.\nINT: Why?\nNurse: Flu.\n")
    ...     result = import_files([source], folder=Path(place) / "out", body="Ward 7")
    ...     [path.name for path in result.written], len(result.refused)
    (['ward-7-may.txt'], 0)
    """
    folder = Path(folder)
    facts = _Facts(body.strip(), body_type.strip(), synthetic)
    sources, repeated = distinct_files(paths)
    names = name_all(sources)
    written: list[Path] = []
    notes: list[Fault] = list(repeated)
    refused: list[Fault] = []
    for source in _with_progress(sources, progress):
        target = folder / f"{names[source]}.txt"
        try:
            notes += _import_file(source, target, facts, encoding=encoding, overwrite=overwrite)
        except StudyError:
            raise
        except QualcodeError as exc:
            refused += exc.faults
            continue
        written.append(target)
    return ImportResult(tuple(written), tuple(notes), tuple(refused))


def _import_file(
    source: Path, target: Path, facts: _Facts, *, encoding: str, overwrite: bool
) -> list[Fault]:
    """Read one file and write its transcript; give the notes."""
    raw = RawFile(read_bytes(source), source, encoding)
    format_ = find_format(raw)
    conflicts = conflict_faults(raw.text, source)
    if conflicts:
        raise TranscriptError.from_faults(conflicts)
    reading = format_.read(raw)
    transcript, notes = reading.transcript, []
    if _is_there(source, target, overwrite=overwrite):
        transcript, kept = keep_front_matter(transcript, read_old(target), given=facts.given)
        notes.append(overwritten_note(target, kept))
    transcript, more = _complete(transcript, facts, source, target)
    notes += [*reading.notes, *more, *_encoding_notes(reading, encoding, source)]
    notes += turn_notes(transcript)
    _make_folder(target.parent)
    write_transcript(transcript, target)
    return notes


def _complete(
    transcript: Transcript, facts: _Facts, source: Path, target: Path
) -> tuple[Transcript, list[Fault]]:
    """Give a transcript its id and what the caller knows; where nobody knows the body, say so."""
    notes = []
    body = facts.body or transcript.body
    if not body:
        body = " ".join(source.stem.split()) or target.stem
        what = f"the body is not known and is called {clip(body)!r} for now"
        notes.append(Fault(what, target, 3, "correct it in the front matter"))
    if transcript.id not in (target.stem, make_slug(source.stem)):
        what = f"the id {clip(transcript.id)!r} became {target.stem!r}, after the name of the file"
        notes.append(Fault(what, source))
    changed = replace(
        transcript,
        id=target.stem,
        body=body,
        body_type=facts.body_type or transcript.body_type,
        synthetic=facts.synthetic or transcript.synthetic,
        path=target,
    )
    lines_above = render_transcript(changed, target).count(b"\n") - changed.text.count("\n")
    return replace(changed, text_line=lines_above + 1), notes


def _encoding_notes(reading: Reading, encoding: str, source: Path) -> Iterator[Fault]:
    """Say where Latin-1 was named and Windows-1252 is likely: its quotation marks were dropped."""
    dropped = any("control character" in note.what for note in reading.notes)
    if dropped and encoding.lower().replace("_", "-") in {"latin-1", "latin1", "iso-8859-1"}:
        mend = "import it anew with encoding cp1252 and overwrite"
        yield Fault("the file may be in Windows-1252, not Latin-1", source, mend=mend)


def _is_there(source: Path, target: Path, *, overwrite: bool) -> bool:
    """Tell whether a transcript is there already. Refuse to write over a transcript unasked, and over the very file that is read."""
    try:
        if not target.exists():
            return False
        same = target.samefile(source)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise SourceError(f"the file cannot be written: {reason}", file=target) from None
    if same:
        what = "the file lies where its transcript would be written"
        raise SourceError(what, file=source, mend="move it to another folder first")
    if not overwrite:
        mend = "rename the file, or overwrite the transcript (overwrite=True, --overwrite)"
        raise SourceError(f"there is a transcript {target.name} already", file=source, mend=mend)
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        mend = "name a folder that can be written to"
        raise StudyError(f"the folder cannot be made: {reason}", file=folder, mend=mend) from None


def _with_progress(sources: Sequence[Path], progress: bool) -> Iterable[Path]:
    if not progress:
        return sources
    from tqdm.auto import tqdm

    quiet = True if os.environ.get("CI") else None  # None: no bar where there is no terminal
    bar: Iterable[Path] = tqdm(sources, desc="importing", unit="file", disable=quiet)
    return bar
