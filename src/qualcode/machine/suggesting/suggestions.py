"""Offers of codes for passages: what is offered, why, and what to decide first."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import UnknownValueError
from qualcode.machine.suggesting._labelled import under_codes
from qualcode.machine.suggesting._offer_tables import (
    basis_table,
    judged_passages,
    offer_table,
    offers_of,
    queue_of,
    reliability_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.coding.codebook import Codebook
    from qualcode.coding.suggesting import Decision
    from qualcode.machine.suggesting._methods import HeldOut
    from qualcode.machine.suggesting._reading import Reading
    from qualcode.model import Transcript

    Rows = NDArray[np.int64]

__all__ = ["Suggestions"]

_LEARNING = Lock()  # one at a time: of two that began from one state, the first would be lost


class Suggestions:
    """Offers of codes for passages; made by `suggest`.

    It may be called with a transcript, as the coding workspace does, and learns from decisions.

    Parameters
    ----------
    reading : Reading
        What was learned.
    corpus : mapping of str to Transcript
        The transcripts.
    codebook : Codebook
        The codes.
    coder, unit, model : str
        Whose codings were learned, on what passages, with which embedding model.

    Examples
    --------
    >>> from qualcode.machine.suggesting.suggest import suggest
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> offers = suggest(study, coder="ann")
    >>> offers.table()["code_id"].tolist()
    []
    """

    def __init__(
        self,
        reading: Reading,
        corpus: Mapping[str, Transcript],
        codebook: Codebook,
        coder: str,
        unit: str,
        model: str,
    ) -> None:
        self._reading = reading
        self._corpus, self._codebook = corpus, codebook
        self.coder, self.unit = coder, unit
        self.model = f"qualcode.suggest with {model}"
        self._rows = reading.labelled.interviews

    @property
    def seen(self) -> frozenset[str]:
        """Fingerprints of the texts that were learned from."""
        names = set(self._reading.labelled.groups[self._reading.rows].tolist())
        return frozenset(self._corpus[name].text_hash for name in names)

    def __call__(self, transcript: Transcript) -> list[tuple[int, int, str, float, str]]:
        """Offer passages of a transcript.

        Parameters
        ----------
        transcript : Transcript
            One of the study's, with the text that was read.

        Returns
        -------
        list of (int, int, str, float, str)
            Start, end, code, probability and why, in order of place. Nothing for a transcript that
            is new or was changed.
        """
        return offers_of(self._reading, self._rows_of(transcript), self._corpus)

    def table(self, *, code: str | None = None, limit: int | None = None) -> pd.DataFrame:
        """Give what is offered in all transcripts, the most likely first.

        Parameters
        ----------
        code : str, optional
            For one code only.
        limit : int, optional
            At most so many rows.

        Returns
        -------
        pandas.DataFrame
            The frame ``suggestions``.

        Raises
        ------
        UnknownCodeError
            If there is no such code.
        UnknownValueError
            If `limit` is below 0.

        Examples
        --------
        >>> from qualcode.machine.suggesting.suggest import suggest
        >>> from qualcode.study.example import example_study
        >>> suggest(example_study(), coder="ann").table(limit=5).empty
        True
        """
        if limit is not None and limit < 0:
            raise UnknownValueError(f"limit={limit}", mend="give 0 or more, or leave it out")
        wanted = None if code is None else self._codebook.resolve(code)
        return offer_table(
            self._reading, self._rows.values(), self._corpus, self._codebook, wanted, limit
        )

    @property
    def codes(self) -> pd.DataFrame:
        """How each code was learned, and whether it is offered: the frame ``suggestion_basis``."""
        return basis_table(self._reading, self._codebook)

    def queue(
        self, transcripts: Sequence[Transcript], limit: int = 50
    ) -> list[tuple[str, int, int, str, float, str]]:
        """Choose what to decide first: what would be learned most from.

        Parameters
        ----------
        transcripts : sequence of Transcript
            Where to look.
        limit : int, default 50
            How many at most.

        Returns
        -------
        list of (str, int, int, str, float, str)
            Transcript, start, end, code, probability and why, the most telling first.

        Examples
        --------
        >>> from qualcode.machine.suggesting.suggest import suggest
        >>> from qualcode.study.example import example_study
        >>> study = example_study()
        >>> offers = suggest(study, coder="ben")
        >>> [one[3] for one in offers.queue(list(study.corpus.values()), limit=2)]
        ['sleep_by_day', 'breaks']
        """
        several = [self._rows_of(one) for one in transcripts]
        rows = np.concatenate(several) if several else np.empty(0, dtype=np.int64)
        return queue_of(self._reading, rows, limit, self._corpus)

    def learn(self, decisions: Iterable[Decision]) -> None:
        """Take decisions in, and learn again the codes that they are about.

        Parameters
        ----------
        decisions : iterable of Decision
            What was accepted, declined or coded by hand.

        Examples
        --------
        >>> from qualcode.coding.suggesting import Decision
        >>> from qualcode.machine.suggesting.suggest import suggest
        >>> from qualcode.study.example import example_study
        >>> offers = suggest(example_study(), coder="ann")
        >>> offers.learn([Decision("ward-3", 91, 114, "staffing", accepted=True)])
        >>> offers.codes.set_index("code_id").loc["staffing", "passages"].item()
        2
        """
        with _LEARNING:
            reading = self._reading
            told = under_codes(decisions, self._codebook, reading.labelled.codes)
            self._reading = reading.decided(told)

    def reliability(self, code_id: str) -> str:
        """Say how often such suggestions were right.

        Parameters
        ----------
        code_id : str
            The code.

        Returns
        -------
        str
            A line to show; empty for a code that is not learned.

        Examples
        --------
        >>> from qualcode.machine.suggesting.suggest import suggest
        >>> from qualcode.study.example import example_study
        >>> suggest(example_study(), coder="ann").reliability("breaks")
        'not measured: too few passages have this code'
        """
        reading = self._reading
        code = self._codebook.resolve(code_id) if code_id in self._codebook else code_id
        number = reading.labelled.column(code)
        return "" if number is None else reliability_of(reading, number)

    def judge(self, passages: pd.DataFrame, codes: tuple[str, ...]) -> HeldOut:
        """Give the probabilities and thresholds for passages that were not learned from.

        Parameters
        ----------
        passages : pandas.DataFrame
            The frame ``passages``, of the unit that was learned.
        codes : tuple of str
            Ids, as learned.

        Returns
        -------
        HeldOut
            Arrays passages × codes.

        Raises
        ------
        UnknownValueError
            If the passages or codes are not those that were learned on.

        Examples
        --------
        >>> from qualcode.machine.suggesting.suggest import suggest
        >>> from qualcode.study.example import example_study
        >>> offers = suggest(example_study(), coder="ben")
        >>> offers.judge(offers.passages, ("rest",))
        Traceback (most recent call last):
        ...
        qualcode.errors.UnknownValueError: other codes were learned. Mend: ...
        """
        return judged_passages(self._reading, passages, codes)

    @property
    def passages(self) -> pd.DataFrame:
        """All passages that may be offered: the frame ``passages``."""
        return self._reading.labelled.passages.copy()

    def __repr__(self) -> str:
        return f"Suggestions({', '.join(self._counts)})"

    def _repr_html_(self) -> str:
        return f"<p><strong>Suggestions</strong> for {html.escape(', '.join(self._counts))}</p>"

    @property
    def _counts(self) -> list[str]:
        reading = self._reading
        weak = len(reading.model.weak)
        codes = len(reading.labelled.codes)
        return [
            f"{self.coder}: {codes} codes",
            f"{codes - weak} trained",
            f"{weak} weak; {len(reading.labelled.passages):,} {self.unit}s of "
            f"{len(self._rows)} interviews",
        ]

    def _rows_of(self, transcript: Transcript) -> Rows:
        known = self._corpus.get(transcript.id)
        if known is None or known.text_hash != transcript.text_hash:
            return np.empty(0, dtype=np.int64)
        return self._rows.get(transcript.id, np.empty(0, dtype=np.int64))
