"""Passages made ready to be searched again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from qualcode.errors import UnknownValueError, clip
from qualcode.machine.embedding.embed import DEFAULT, cache_of
from qualcode.machine.embedding.passages import passages as read_passages
from qualcode.machine.searching._chosen_passages import Chosen, PassageFilters, take_filters
from qualcode.machine.searching._engine import Engine
from qualcode.machine.searching._hits import hits_frame
from qualcode.machine.searching._question import read_question
from qualcode.machine.searching._sought import find_sought

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.machine.searching._engine import Ranked
    from qualcode.machine.searching._ranking import Mask
    from qualcode.machine.searching._sought import Sought
    from qualcode.study import Study
    from qualcode.study._filters import Wanted

__all__ = ["SearchIndex", "index_passages"]

_BY = ("both", "meaning", "words")


class SearchIndex:
    """Passages that can be searched; made by `index_passages`.

    Parameters
    ----------
    study : Study
        Whose passages they are.
    passages : pandas.DataFrame
        The frame ``passages``.
    unit, speakers : str
        What the passages are; see `passages`.
    model, precision : str
        As for `embed`.
    progress : bool, optional
        Whether to show a bar while passages are read.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> index_passages(example_study(), unit="sentence")
    SearchIndex(7 passages, unit='sentence', speakers='interviewees')
    """

    def __init__(
        self,
        study: Study,
        passages: pd.DataFrame,
        *,
        unit: str,
        speakers: str,
        model: str = DEFAULT,
        precision: str = "float32",
        progress: bool | None = None,
    ) -> None:
        self._study, self._passages = study, passages
        self._unit, self._speakers = unit, speakers
        self._chosen = Chosen(study, passages, exactly=unit == "segment")
        self._engine = Engine(
            passages["text"], f"{unit}-{speakers}", cache_of(study), model, precision, progress
        )

    def search(
        self,
        question: str,
        *,
        by: str = "both",
        limit: int = 20,
        **filters: Unpack[PassageFilters],
    ) -> pd.DataFrame:
        """Find the passages that answer a question.

        Parameters
        ----------
        question : str
            What is looked for; see `qualcode.machine.searching.search.search`.
        by : {'both', 'meaning', 'words'}, default 'both'
            What counts.
        limit : int, default 20
            How many passages at most.
        **filters
            Which passages, as for `qualcode.machine.searching.search.search`.

        Returns
        -------
        pandas.DataFrame
            The frame ``search_hits``, the best first.

        Raises
        ------
        QualcodeError
            As `qualcode.machine.searching.search.search` does.

        Examples
        --------
        >>> from qualcode.study.example import example_study
        >>> index = index_passages(example_study())
        >>> index.search("break*", by="words", limit=2)["place"].tolist()
        ['ward-3, 00:00:07, turn 2', 'ward-1, 00:00:09, turn 2']
        """
        if by not in _BY:
            mend = f"use one of {', '.join(map(repr, _BY))}"
            raise UnknownValueError(f"by={clip(str(by))!r}", mend=mend)
        asked, most, filters = read_question(question), _checked(limit), take_filters(filters)
        keep = self._engine.holding(asked.phrases, self._chosen.mask(filters))
        meaning = None if by == "words" else asked.text
        words = None if by == "meaning" else asked.words
        return self._hits(self._engine.rank(meaning, words, keep, most), filters.get("coder"))

    def more_like(
        self,
        quote: str | tuple[str, int, int],
        *,
        limit: int = 20,
        **filters: Unpack[PassageFilters],
    ) -> pd.DataFrame:
        """Find the passages nearest in meaning to a quote.

        Parameters
        ----------
        quote : str or tuple of str, int and int
            A coding's id, a text, or a transcript's id with a start and an end.
        limit : int, default 20
            How many passages at most.
        **filters
            Which passages, as for `qualcode.machine.searching.search.search`.

        Returns
        -------
        pandas.DataFrame
            The frame ``search_hits``, the nearest first, without the quote and what overlaps it.

        Raises
        ------
        QualcodeError
            As `qualcode.machine.searching.search.more_like` does.

        Examples
        --------
        >>> from qualcode.study.example import example_study
        >>> index = index_passages(example_study(), unit="sentence")
        >>> index.more_like("I have had no break since May.", limit=1)["words"].tolist()
        ['My break is a biscuit at the drug trolley.']
        """
        sought, most, filters = (
            find_sought(self._study, quote), _checked(limit), take_filters(filters),
        )  # fmt: skip
        keep, mask = ~self._itself(sought), self._chosen.mask(filters)
        ranked = self._engine.rank(sought.text, None, keep if mask is None else keep & mask, most)
        return self._hits(ranked, filters.get("coder"))

    def _itself(self, sought: Sought) -> Mask:
        """Say which passages are the quote, or overlap it."""
        if sought.place is None:
            same: Mask = (self._passages["text"] == sought.text).to_numpy(bool)
            return same
        start, end = self._chosen.places
        first, last = self._chosen.axis.span(*sought.place)
        return (start < last) & (first < end)

    def _hits(self, ranked: Ranked, coder: Wanted | None) -> pd.DataFrame:
        return hits_frame(self._study, self._passages, self._chosen, ranked, coder=coder)

    def __len__(self) -> int:
        return len(self._passages)

    def __repr__(self) -> str:
        said = f"unit={self._unit!r}, speakers={self._speakers!r}"
        return f"SearchIndex({len(self):,} passages, {said})"


def index_passages(
    study: Study,
    *,
    unit: str = "turn",
    speakers: str = "interviewees",
    model: str = DEFAULT,
    precision: str = "float32",
    language: str = "en",
    progress: bool | None = None,
) -> SearchIndex:
    """Make a study's passages ready for many searches.

    `search` and `more_like` use the same, so that it is made once for a study that is open.

    Parameters
    ----------
    study : Study
        The study.
    unit : {'turn', 'sentence', 'segment'}, default 'turn'
        What one passage is; see `passages`.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words are searched. What was coded is searched whoever says it.
    model, precision : str
        As for `embed`.
    language : str, default 'en'
        Of sentences; see `passages`.
    progress : bool, optional
        Whether to show a bar while passages are read for the first time.

    Returns
    -------
    SearchIndex
        Words are indexed at the first question that asks for words, vectors at the first that
        asks for meaning. Both are kept beside the study (see `cache_of`), with a fingerprint of
        the passages, so that a changed transcript makes them anew. A study that has no folder is
        indexed in memory.

    Raises
    ------
    UnknownValueError
        If `unit` or `speakers` is not one of those above.

    Warns
    -----
    CacheWarning
        At the first question, if what was kept is broken, and made again; or if nothing can be
        kept.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> index = index_passages(example_study())
    >>> [len(index.search(words, by="words")) for words in ("break*", "rota", "salary")]
    [3, 1, 0]
    """
    # With the study, as its own cached properties are, so that it goes when the study goes.
    held: dict[tuple[str, ...], SearchIndex] = vars(study).setdefault("_search_indexes", {})
    key = (unit, speakers, str(model), precision, language)
    if key not in held:
        found = read_passages(study, unit=unit, speakers=speakers, language=language)
        held[key] = SearchIndex(
            study, found, unit=unit, speakers=speakers, model=str(model), precision=precision,
            progress=progress,
        )  # fmt: skip
    return held[key]


def _checked(limit: int) -> int:
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise UnknownValueError(f"limit={limit!r}", mend="give a whole number, 1 or more")
    return limit
