"""Check a whole study, and list all that is wrong in any part of it at once."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import AdriftWarning, Fault, QualcodeError, TornLineWarning, clip
from qualcode.study._examples import example_faults
from qualcode.study._faults import CODEBOOK, CODINGS, SETTINGS, TRANSCRIPTS, unknown_code_faults
from qualcode.study._star_file import STARS, read_star_file
from qualcode.study.settings import Settings, read_settings
from qualcode.study.summaries import summary_notes

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.coding.codings import Codings
    from qualcode.model import Transcript
    from qualcode.sources.corpus import Corpus

__all__ = ["CheckResult", "check_study"]


T = TypeVar("T")


@dataclass(frozen=True)
class CheckResult:
    """What a check of a study found.

    Parameters
    ----------
    faults : tuple of Fault
        What is wrong and must be mended; an empty tuple for a sound study.
    notes : tuple of Fault
        What is odd and may yet be right.
    counts : mapping of str to int
        How much was checked: transcripts, words, codes and so on; what could not be read is left
        out.

    Examples
    --------
    >>> result = CheckResult((Fault("two codes have the id 'delay'", "codebook.yaml", 9),))
    >>> result.ok
    False
    """

    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def ok(self) -> bool:
        """True where nothing must be mended."""
        return not self.faults


def check_study(path: Path | str = ".") -> CheckResult:
    """Read everything in a study's folder and list all that is wrong with it.

    A part that cannot be read does not keep the others from being checked.

    Parameters
    ----------
    path : Path or str, default "."
        The folder that holds ``transcripts_anonymised/`` and ``interviews_codebook/``.

    Returns
    -------
    CheckResult
        Faults in transcripts, codebook, settings and journals, and in what the study says of a
        published report; codes that the codebook does not hold; codings that cannot be placed in
        the present transcripts.

    Examples
    --------
    >>> print(check_study("no such folder").faults[0])
    no such folder: there is no such folder. Mend: name the folder that holds ...
    """
    root = Path(path)
    if not root.is_dir():
        mend = f"name the folder that holds {TRANSCRIPTS}/ and {Path(CODEBOOK).parent}/"
        return CheckResult((Fault("there is no such folder", root, mend=mend),))
    return _Check(root).run()


class _Check:
    """One check of one folder: what was found so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.counts: dict[str, int] = {}
        self.unread: set[str] = set()  # transcripts that are there, but could not be read

    def run(self) -> CheckResult:
        """Check each part, then how the parts fit together."""
        settings = self.attempt(lambda: read_settings(self.root / SETTINGS))
        corpus = self.attempt(self.read_corpus)
        codebook = self.attempt(self.read_codebook)
        codings = self.attempt(self.read_codings)
        if codings is not None and codebook is not None:
            folder = self.root / CODINGS
            self.faults += unknown_code_faults(codings, codebook, folder=folder)
        if settings is not None and codebook is not None:
            self.check_headlines(settings, codebook)
        if codings is not None and corpus is not None:
            self.check_places(codings, corpus)
            self.check_memos(codings, corpus)
        self.check_stars(codings)
        self.check_summaries(codebook, corpus)
        if codebook is not None and corpus is not None:
            self.faults += example_faults(codebook, corpus, path=self.root / CODEBOOK)
        self.check_report_files(codebook, corpus)
        return CheckResult(tuple(self.faults), tuple(self.notes), MappingProxyType(self.counts))

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Do one thing; note the faults if it cannot be done."""
        try:
            return read()
        except QualcodeError as error:
            self.faults += error.faults
            return None

    def read_corpus(self) -> Corpus:
        """Read the transcripts; give the sound ones."""
        from qualcode.sources.corpus import Corpus, read_transcripts

        folder = self.root / TRANSCRIPTS
        corpus = read_transcripts(folder, strict=False)
        faults = corpus.faults()
        if not corpus and not faults:
            mend = "bring transcripts in with 'qualcode import FILES'"
            faults = [Fault("no transcript *.txt in the folder", folder, mend=mend)]
        self.faults += faults
        mend = "if it is a transcript, bring it in with 'qualcode import'"
        self.notes += [
            Fault("not a transcript", folder / name, mend=mend) for name in corpus.ignored
        ]
        self.notes += corpus.notes()
        sound = Corpus.from_transcripts(_sound_transcripts(corpus))
        self.unread = set(corpus) - set(sound) | {Path(str(fault.file)).stem for fault in faults}
        turns = [turn for transcript in sound.values() for turn in transcript.turns]
        self.counts |= {"transcripts": len(sound), "turns": len(turns)}
        return sound

    def read_codebook(self) -> Codebook:
        """Read the codebook."""
        from qualcode.coding.codebook_file import read_codebook

        codebook = read_codebook(self.root / CODEBOOK)
        self.counts |= {"codes": len(codebook), "themes": len(codebook.themes)}
        return codebook

    def read_codings(self) -> Codings | None:
        """Read the journals that can be read."""
        from qualcode.coding.codings import read_codings

        folder = self.root / CODINGS
        if not folder.exists():
            self.notes.append(Fault("nothing is coded yet: there are no journals", folder))
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", TornLineWarning)  # they are listed as notes
            try:
                codings = read_codings(folder)
            except QualcodeError as error:
                self.faults += error.faults
                bad = {Path(str(fault.file)).stem for fault in error.faults}
                good = [p.stem for p in sorted(folder.glob("*.jsonl")) if p.stem not in bad]
                codings = read_codings(folder, coders=good)
        self.notes += [*codings.warnings, *codings.conflicts]
        self.counts |= {"coders": len(codings.coders), "codings": len(codings)}
        self.counts["memos"] = len(codings.memos) + sum(bool(one.memo) for one in codings)
        return codings

    def check_report_files(self, codebook: Codebook | None, corpus: Corpus | None) -> None:
        """Read what the study says of a published report, if it says anything."""
        from qualcode.study._report_files import read_report_files

        found, faults = read_report_files(self.root, codebook, corpus, unread=self.unread)
        self.faults += faults
        self.counts |= found

    def check_headlines(self, settings: Settings, codebook: Codebook) -> None:
        """Find headline themes that the codebook has not."""
        themes = {theme.id for theme in codebook.themes}
        for name in settings.headline_themes:
            if name not in themes:
                mend = f"the themes are {', '.join(sorted(themes))}"
                what = f"headline_themes: {clip(name)!r} is not a theme of the codebook"
                self.faults.append(Fault(what, self.root / SETTINGS, mend=mend))

    def check_memos(self, codings: Codings, corpus: Corpus) -> None:
        """Find memos on transcripts that are not there."""
        for memo in codings.memos:
            name = memo.transcript_id
            if name is not None and name not in corpus and name not in self.unread:
                what = f"a memo on {clip(name)!r}, and there is no such transcript"
                self.notes.append(Fault(what, self.root / CODINGS / f"{memo.coder}.jsonl"))

    def check_stars(self, codings: Codings | None) -> None:
        """Read the stars, and find those whose coding was removed."""
        stars = self.attempt(lambda: read_star_file(self.root / STARS)) or {}
        there = {one.id for one in codings or ()}
        gone = len(stars.keys() - there)
        if gone:
            what = f"{gone} of {len(stars)} stars point at a coding that was removed: not counted"
            self.notes.append(Fault(what, self.root / STARS, mend="take them away in qc.Retrieval"))

    def check_summaries(self, codebook: Codebook | None, corpus: Corpus | None) -> None:
        """Read the framework's summaries, and find those on what is not there."""
        found = self.attempt(lambda: summary_notes(self.root, codebook, corpus, self.unread))
        self.notes += found or []

    def check_places(self, codings: Codings, corpus: Corpus) -> None:
        """Find each coding's words in the transcripts that could be read."""
        from qualcode.coding.anchors import place_codings

        known = {one.transcript_id for one in codings} - self.unread
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AdriftWarning)  # each is listed as a fault
            placement = place_codings(codings.filter(transcript=known), corpus)
        for one in placement.adrift:
            coding = one.coding
            self.faults.append(
                Fault(
                    f"the coding {coding.id} ({coding.code_id} in {coding.transcript_id}, "
                    f"{coding.start} to {coding.end}) is adrift: {one.reason}",
                    self.root / CODINGS / f"{coding.coder}.jsonl",
                    mend="code the words anew, or remove the coding",
                )
            )
        moved = [one for one in placement.placed if one.how != "same"]
        for transcript_id in dict.fromkeys(one.coding.transcript_id for one in moved):
            count = sum(one.coding.transcript_id == transcript_id for one in moved)
            what = f"the text was edited since it was coded; codings found again: {count}"
            self.notes.append(Fault(what, self.root / TRANSCRIPTS / f"{transcript_id}.txt"))


def _sound_transcripts(corpus: Corpus) -> Iterator[Transcript]:
    """Give the transcripts that can be read; `Corpus.faults` lists the others."""
    for transcript_id in corpus:
        try:
            transcript = corpus[transcript_id]
        except QualcodeError:
            continue
        yield transcript
