"""One folder opened: its transcripts, its codebook, its codings, and the frame made of them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import StudyError, clip
from qualcode.study._faults import (
    CODEBOOK,
    CODINGS,
    SETTINGS,
    TRANSCRIPTS,
    check_folder,
    unknown_code_faults,
)
from qualcode.study._filters import Wanted, Words, match_words
from qualcode.study._segments import Finder, adrift_frame
from qualcode.study.settings import Settings, read_settings

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.coding._requests import CodeList
    from qualcode.coding.anchors import Placement
    from qualcode.coding.codebook import Codebook
    from qualcode.coding.codings import Codings
    from qualcode.coding.journal import Journal
    from qualcode.sources.corpus import Corpus

__all__ = ["Study", "open_study"]


def open_study(path: Path | str = ".") -> Study:
    """Open a study's folder.

    Parameters
    ----------
    path : Path or str, default "."
        The folder that holds ``transcripts_anonymised/`` and ``interviews_codebook/``.

    Returns
    -------
    Study
        Frozen: what is written later is seen when the study is opened again.

    Raises
    ------
    StudyError
        If the folder is not a study, or a coder's journal holds a code that the codebook has not.
    QualcodeError
        If a file of the study is wrong; the error names the file and the line.

    Warns
    -----
    AdriftWarning
        If codings cannot be placed in the present transcripts. They are left out of `segments`
        and listed in ``study.adrift``.

    Examples
    --------
    >>> open_study("no such folder")
    Traceback (most recent call last):
    ...
    qualcode.errors.StudyError: no such folder: there is no such folder. Mend: name the folder ...
    """
    from qualcode.coding.codebook_file import read_codebook
    from qualcode.coding.codings import Codings, read_codings
    from qualcode.sources.corpus import read_transcripts

    root = Path(path)
    check_folder(root)
    settings = read_settings(root / SETTINGS)
    codebook = read_codebook(root / CODEBOOK)
    corpus = read_transcripts(root / TRANSCRIPTS)
    codings = read_codings(root / CODINGS) if (root / CODINGS).exists() else Codings()
    return Study.from_parts(corpus, codebook, codings, root=root, settings=settings)


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """A study that was opened, or made of its parts.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        The codes.
    codings : Codings
        All journals, replayed.
    placement : Placement
        Where each coding stands in the present transcripts.
    root : Path, optional
        The study's folder; None for a study made of parts.
    settings : Settings
        What ``study.yaml`` says.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> study
    Study('Night shifts': 3 transcripts, 5 codes, 9 codings, 2 coders)
    >>> study.segments("staffing", coder="ben")["quote"].tolist()
    ['two of us for twenty-eight beds', 'I cannot fill the rota']
    """

    corpus: Corpus
    codebook: Codebook
    codings: Codings
    placement: Placement
    root: Path | None = None
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def from_parts(
        cls,
        corpus: Corpus,
        codebook: Codebook,
        codings: Codings,
        *,
        root: Path | None = None,
        settings: Settings | None = None,
    ) -> Study:
        """Make a study of parts that need not come from one folder.

        Parameters
        ----------
        corpus : Corpus
            The transcripts.
        codebook : Codebook
            The codes.
        codings : Codings
            Codes given to spans of the transcripts.
        root : Path, optional
            The folder that `journal` writes to.
        settings : Settings, optional
            What the study says about itself.

        Returns
        -------
        Study
            Frozen.

        Raises
        ------
        StudyError
            If a coding has a code that the codebook has not.

        Warns
        -----
        AdriftWarning
            If codings cannot be placed.

        Examples
        --------
        >>> from qualcode.study.example import example_study
        >>> whole = example_study()
        >>> half = Study.from_parts(whole.corpus, whole.codebook, whole.codings.filter(coder="ann"))
        >>> half.segments()["coder"].unique().tolist()
        ['ann']
        """
        from qualcode.coding.anchors import place_codings

        folder = None if root is None else root / CODINGS
        faults = unknown_code_faults(codings, codebook, folder=folder)
        if faults:
            raise StudyError.from_faults(faults)
        placement = place_codings(codings, corpus.texts)
        return cls(corpus, codebook, codings, placement, root, settings or Settings())

    def segments(
        self,
        code: Wanted | None = None,
        *,
        theme: Wanted | None = None,
        body: Wanted | None = None,
        body_type: Wanted | None = None,
        role: Wanted | None = None,
        speaker: Wanted | None = None,
        coder: Wanted | None = None,
        transcript: Wanted | None = None,
        source: Wanted | None = None,
        words: Words | None = None,
        attributes: Mapping[str, Wanted] | None = None,
    ) -> pd.DataFrame:
        """Give the coded words, with everything known about them, a row a coding.

        A filter is one value or several, of which a row must have one; rows must pass all
        filters. Except for codes and themes, ``*`` in a value stands for any text and ``?`` for
        one character. Where a span crosses turns, speaker and role are those of the turn in which
        it starts.

        Parameters
        ----------
        code : str or iterable of str, optional
            Ids of codes; what is below a code counts as the code. An id that was merged into
            another means that one.
        theme : str or iterable of str, optional
            Ids of themes, that is of codes without a parent.
        body, body_type : str or iterable of str, optional
            The organisation interviewed, and its kind.
        role, speaker : str or iterable of str, optional
            What the person is, and the label in the transcript.
        coder, transcript : str or iterable of str, optional
            Who coded; ids of transcripts.
        source : str or iterable of str, optional
            ``manual``, ``suggestion`` or ``import``.
        words : str, compiled pattern, or iterable of them, optional
            Words or phrases that must all be in the quote, whole and whatever their case;
            ``complain*`` finds every ending. A compiled pattern is searched for as it is.
        attributes : mapping of str to (str or iterable of str), optional
            Attributes of the transcripts' front matter and their values.

        Returns
        -------
        pandas.DataFrame
            The frame ``segments``, in order of transcript, place, code and coder; the caller's
            own, to change at will.

        Raises
        ------
        UnknownCodeError
            If there is no such code or theme.
        UnknownValueError
            If the study has no such body, role, coder and so on; what there is is listed.

        Examples
        --------
        >>> from qualcode.study.example import example_study
        >>> study = example_study()
        >>> study.segments("breaks", role="Night *", words="break")[["body", "quote"]]
             body                                      quote
        0  Ward 1  My break is a biscuit at the drug trolley
        1  Ward 2              I have had no break since May
        2  Ward 2                         no break since May
        """
        find = self._finder
        rows = find.start(code, theme)
        for name, wanted in (("coder", coder), ("transcript_id", transcript), ("source", source)):
            rows = find.keep(rows, name, wanted)
        for what, wanted in (("body", body), ("body_type", body_type)):
            rows = find.keep_headed(rows, what, wanted)
        for what, wanted in (attributes or {}).items():
            rows = find.keep_headed(rows, what, wanted, attribute=True)
        rows = find.cut(rows)
        for name, wanted in (("role", role), ("speaker", speaker)):
            rows = find.keep(rows, name, wanted)
        if words is not None:
            test = match_words(words)
            rows = rows[[test(quote) for quote in rows["quote"]]]
        return rows.reset_index(drop=True).copy()

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.corpus, self.codebook, self.placement.placed, self.codings.coders)

    @property
    def interviews(self) -> pd.DataFrame:
        """The transcripts as the frame ``interviews``."""
        return self.corpus.interviews

    @property
    def turns(self) -> pd.DataFrame:
        """What was said in each turn, as the frame ``turns``."""
        return self.corpus.turns

    @property
    def people(self) -> pd.DataFrame:
        """Everybody interviewed, as the frame ``people``."""
        return self.corpus.people

    @property
    def history(self) -> pd.DataFrame:
        """What every coder did, in order of time, as the frame ``history``."""
        import pandas as pd

        from qualcode.frames import empty_frame

        frames = [self.journal(coder).history() for coder in self.codings.coders if self.root]
        whole = pd.concat(frames or [empty_frame("history")], ignore_index=True)
        return whole.sort_values(["at", "event_id"], kind="stable", ignore_index=True)

    @property
    def adrift(self) -> pd.DataFrame:
        """The codings left out since they cannot be placed, as the frame ``adrift``."""
        return adrift_frame(self.placement)

    def journal(self, coder: str, *, codebook: CodeList | None = None) -> Journal:
        """Open a coder's journal, to add to it.

        Parameters
        ----------
        coder : str
            The coder's name, which is the file's.
        codebook : CodeList, optional
            The codes that may be given, if not those of the study as it was opened.

        Returns
        -------
        Journal
            What it writes is seen when the study is opened again.

        Raises
        ------
        StudyError
            If the study was made of parts without a folder.
        JournalError
            If the name cannot be a file's on every system.

        Examples
        --------
        >>> from qualcode.study.example import example_study
        >>> example_study().journal("ann")
        Traceback (most recent call last):
        ...
        qualcode.errors.StudyError: the study has no folder to write to. Mend: ...
        """
        from qualcode.coding.journal import Journal

        if self.root is None:
            mend = "open a study's folder, or give root="
            raise StudyError("the study has no folder to write to", mend=mend)
        return Journal(self.root / CODINGS, coder, codebook=codebook or self.codebook)

    def __repr__(self) -> str:
        return f"Study({clip(self.settings.title)!r}: {', '.join(self._counts)})"

    def _repr_html_(self) -> str:
        title = html.escape(self.settings.title)
        return f"<p><strong>{title or 'Study'}</strong>: {', '.join(self._counts)}</p>"

    @property
    def _counts(self) -> list[str]:
        numbers = {
            "transcript": len(self.corpus),
            "code": len(self.codebook),
            "coding": len(self.placement.placed),
            "coder": len(self.codings.coders),
        }
        counts = [f"{number:,} {noun}{'s' * (number != 1)}" for noun, number in numbers.items()]
        return counts + [f"{len(self.placement.adrift):,} adrift"] * bool(self.placement.adrift)
