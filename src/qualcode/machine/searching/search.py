"""Passages found by what they mean, by their words, or by both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.machine.embedding.embed import DEFAULT
from qualcode.machine.searching.search_index import index_passages

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study
    from qualcode.study._filters import Wanted

__all__ = ["more_like", "search"]


def search(
    study: Study,
    question: str,
    *,
    by: str = "both",
    unit: str = "turn",
    limit: int = 20,
    speakers: str = "interviewees",
    model: str = DEFAULT,
    precision: str = "float32",
    language: str = "en",
    progress: bool | None = None,
    body: Wanted | None = None,
    body_type: Wanted | None = None,
    role: Wanted | None = None,
    speaker: Wanted | None = None,
    transcript: Wanted | None = None,
    attributes: Mapping[str, Wanted] | None = None,
    code: Wanted | None = None,
    theme: Wanted | None = None,
    coder: Wanted | None = None,
    coded: bool | None = None,
) -> pd.DataFrame:
    """Find the passages that answer a question, coded or not.

    What is found are candidates for a person to read: how many there are counts nothing.

    Parameters
    ----------
    study : Study
        What is searched.
    question : str
        A few words or a sentence. ``"no break"`` in quotation marks must be in a passage word for
        word; ``complain*`` stands for every ending.
    by : {'both', 'meaning', 'words'}, default 'both'
        ``meaning`` finds what is said in other words, ``words`` the question's own words, the
        rare ones first; ``both`` is the two rankings made one. Only ``words`` needs no model.
    unit : {'turn', 'sentence', 'segment'}, default 'turn'
        What one passage is; see `passages`.
    limit : int, default 20
        How many passages at most.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words are searched. What was coded is searched whoever says it.
    model, precision : str
        As for `embed`.
    language : str, default 'en'
        Of sentences; see `passages`.
    progress : bool, optional
        Whether to show a bar while passages are read for the first time.
    body, body_type, role, speaker, transcript : str or iterable of str, optional
        Only there, as for ``study.segments``.
    attributes : mapping of str to (str or iterable of str), optional
        Only transcripts with these attributes.
    code, theme : str or iterable of str, optional
        Only passages on which such a coding stands, at least in part; of segments, those that
        were given it.
    coder : str or iterable of str, optional
        Whose codings count and are named; by default those of the coder that ``study.yaml``
        names, or everybody's. ``"*"`` is everybody.
    coded : bool, optional
        True keeps passages that are coded, False those that are not: not at all, or not with
        `code` and `theme`, if these are given.

    Returns
    -------
    pandas.DataFrame
        The frame ``search_hits``, the best first and equals in order of place. ``by_meaning`` is
        the cosine of the two vectors, ``by_words`` the BM25 score, each missing where it was not
        asked; ``score`` is the one of them that was asked, or the reciprocal ranks of both. A
        score orders one search's answers, and says nothing across searches.

    Raises
    ------
    QueryError
        If there is no word in the question.
    UnknownValueError
        If an option or a filter has a value that there is not; what there is is listed.
    UnknownCodeError
        If there is no such code or theme.
    ModelError
        If a package or the model is not there.

    Warns
    -----
    CacheWarning
        If what was kept is broken, and made again; or if nothing can be kept.

    Notes
    -----
    Meaning is the cosine of sentence vectors [1]_, of all passages and not of a sample. Words are
    ranked by BM25 [2]_; they are compared whatever their case and cut to no stem, since stems are
    a language's own and a study may be in any. Plurals are found by a star, or by their meaning.
    Writing without spaces is not cut into words: ask for its meaning. The two rankings are made
    one by reciprocal rank fusion [3]_, with k = 60 and the first 500 of each.

    References
    ----------
    .. [1] Reimers, N. & Gurevych, I. (2019). Sentence-BERT. EMNLP-IJCNLP 2019, 3982-3992.
    .. [2] Robertson, S. & Zaragoza, H. (2009). The probabilistic relevance framework: BM25 and
       beyond. Foundations and Trends in Information Retrieval 3(4), 333-389.
    .. [3] Cormack, G. V., Clarke, C. L. A. & Büttcher, S. (2009). Reciprocal rank fusion
       outperforms Condorcet and individual rank learning methods. SIGIR 2009, 758-759.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> search(study, "drinking tea at work", unit="sentence", limit=2)[["words", "codes"]]
                                            words   codes
    0  My break is a biscuit at the drug trolley.  Breaks
    1              I have had no break since May.  Breaks
    >>> search(study, "the rota", by="words", coded=False, coder="ann")["words"].tolist()
    []
    """
    index = index_passages(
        study, unit=unit, speakers=speakers, model=model, precision=precision, language=language,
        progress=progress,
    )  # fmt: skip
    return index.search(
        question, by=by, limit=limit, body=body, body_type=body_type, role=role, speaker=speaker,
        transcript=transcript, attributes=attributes, code=code, theme=theme, coder=coder,
        coded=coded,
    )  # fmt: skip


def more_like(
    study: Study,
    quote: str | tuple[str, int, int],
    *,
    unit: str = "turn",
    limit: int = 20,
    speakers: str = "interviewees",
    model: str = DEFAULT,
    precision: str = "float32",
    language: str = "en",
    progress: bool | None = None,
    body: Wanted | None = None,
    body_type: Wanted | None = None,
    role: Wanted | None = None,
    speaker: Wanted | None = None,
    transcript: Wanted | None = None,
    attributes: Mapping[str, Wanted] | None = None,
    code: Wanted | None = None,
    theme: Wanted | None = None,
    coder: Wanted | None = None,
    coded: bool | None = None,
) -> pd.DataFrame:
    """Find the passages nearest in meaning to a quote.

    Parameters
    ----------
    study : Study
        What is searched.
    quote : str or tuple of str, int and int
        A coding's id, as in ``coding_id`` of a frame; a text; or a transcript's id with a start
        and an end, in code points of its text.
    unit, limit, speakers, model, precision, language, progress
        As for `search`.
    body, body_type, role, speaker, transcript, attributes, code, theme, coder, coded
        Only such passages, as for `search`.

    Returns
    -------
    pandas.DataFrame
        The frame ``search_hits``, the nearest first. The quote itself and what overlaps it are
        left out.

    Raises
    ------
    UnknownValueError
        If there is no such coding or place, or an option or filter has a value that there is not.
    QueryError
        If there is no word in the quote.
    ModelError
        If a package or the model is not there.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> breaks = study.segments("breaks", transcript="ward-2", coder="ann")["coding_id"].iloc[0]
    >>> more_like(study, breaks, unit="sentence", limit=1)["words"].tolist()
    ['My break is a biscuit at the drug trolley.']
    """
    index = index_passages(
        study, unit=unit, speakers=speakers, model=model, precision=precision, language=language,
        progress=progress,
    )  # fmt: skip
    return index.more_like(
        quote, limit=limit, body=body, body_type=body_type, role=role, speaker=speaker,
        transcript=transcript, attributes=attributes, code=code, theme=theme, coder=coder,
        coded=coded,
    )  # fmt: skip
