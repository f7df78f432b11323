"""Topics: passages that a machine takes to be alike, found without looking at the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import StudyError, TooFewError
from qualcode.machine.embedding.embed import DEFAULT, cache_of
from qualcode.machine.embedding.passages import passages
from qualcode.machine.topics._settings import FEWEST, settings_for
from qualcode.machine.topics._value import CAUTION, Topics

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["CAUTION", "FEWEST", "Topics", "topics", "topics_of"]


def topics(
    study: Study,
    *,
    unit: str = "segment",
    speakers: str = "interviewees",
    coder: str | Iterable[str] | None = None,
    min_topic_size: int | None = None,
    min_words: int = 5,
    seed: int = 0,
    runs: int = 10,
    language: str = "en",
    stop_words: Iterable[str] = (),
    model: str = DEFAULT,
    precision: str = "float32",
    kept: Path | str | None = None,
    progress: bool | None = None,
) -> Topics:
    """Find topics in what was coded, or in all that was said, with BERTopic.

    Parameters
    ----------
    study : Study
        The study.
    unit : {'segment', 'turn', 'sentence'}, default 'segment'
        What a passage is (see `passages`). With ``turn`` or ``sentence``, what nobody coded is
        read too.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose turns or sentences are read.
    coder : str or iterable of str, optional
        For segments, whose; by default those that ``study.yaml`` rests on, or everybody's.
    min_topic_size : int, optional
        The fewest passages that make a topic. By default half the root of their number, at least
        5: larger ones for fewer topics.
    min_words : int, default 5
        Passages of fewer words are left out, and counted: "Yeah." is like any other "Yeah.". Words
        are what spaces part; where a script has none, take 1.
    seed : int, default 0
        Where chance comes from.
    runs : int, default 10
        How often all is done again with other seeds, and as often with the texts in other orders;
        0 for not at all. Each takes about as long as the first: 2 seconds for 1,000 passages.
    language : str, default 'en'
        Whose common words do not name topics. For English there is a list; for any other, words in
        more than a tenth of the passages count as common.
    stop_words : iterable of str, optional
        Further words that are to name no topic.
    model, precision : str
        As for `embed`. For another language than English, take a model that reads it.
    kept : Path or str, optional
        A file in which the topics are kept, places and numbers without the texts. If it is of
        these very texts and settings, it is read and nothing computed; else it is written.
    progress : bool, optional
        Whether to show a bar while it is tried again. By default where it takes long, and not in
        CI.

    Returns
    -------
    Topics
        Frozen; ``print`` says how many and how far to trust them.

    Raises
    ------
    TooFewError
        If there are fewer than 50 passages, or they have no words but common ones.
    UnknownValueError
        If a setting cannot be used, or there is no such coder.
    StudyError
        If `unit` is ``segment`` and nothing is coded.
    ModelError
        If a package or the model is not there, or `kept` is another kind of file.

    Notes
    -----
    Vectors of the texts are reduced with UMAP [1]_ and grouped with HDBSCAN [2]_; c-TF-IDF finds
    each group's words [3]_. Passages are taken in order of transcript and place, so that the order
    in which codings arrive does not matter, and all runs on one thread. One seed gives the same on
    one machine each time. On another kind of processor it need not: sums differ in their last
    digits there, which is as much of a change as another seed. Hence `kept`, and hence the runs.

    A passage that was coded twice counts once. Passages that overlap in part are both read.

    References
    ----------
    .. [1] L. McInnes, J. Healy and J. Melville (2018), "UMAP: Uniform manifold approximation and
       projection for dimension reduction", arXiv:1802.03426.
    .. [2] R. J. G. B. Campello, D. Moulavi and J. Sander (2013), "Density-based clustering based
       on hierarchical density estimates", PAKDD 2013, 160-172.
    .. [3] M. Grootendorst (2022), "BERTopic: Neural topic modeling with a class-based TF-IDF
       procedure", arXiv:2203.05794.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> topics(example_study(), unit="sentence", min_words=2)
    Traceback (most recent call last):
    qualcode.errors.TooFewError: there are 7 sentences to find topics in, ...
    """
    whose = coder or study.settings.coder or None
    read = passages(study, unit=unit, speakers=speakers, coder=whose, language=language)
    if unit == "segment" and read.empty:
        raise StudyError("nothing is coded", mend="code some of it, or take unit='turn'")
    synthetic = study.interviews.set_index("transcript_id")["synthetic"]
    told = synthetic.reindex(read["transcript_id"].unique()).any()
    return topics_of(
        read,
        unit=unit,
        corpus=study.corpus,
        note=study.settings.synthetic_label if told else "",
        cache=cache_of(study),
        min_topic_size=min_topic_size,
        min_words=min_words,
        seed=seed,
        runs=runs,
        language=language,
        stop_words=stop_words,
        model=model,
        precision=precision,
        kept=kept,
        progress=progress,
    )


def topics_of(
    read: pd.DataFrame,
    *,
    unit: str = "passage",
    corpus: Mapping[str, Transcript] | None = None,
    note: str = "",
    cache: Path | str | None = None,
    min_topic_size: int | None = None,
    min_words: int = 5,
    seed: int = 0,
    runs: int = 10,
    language: str = "en",
    stop_words: Iterable[str] = (),
    model: str = DEFAULT,
    precision: str = "float32",
    kept: Path | str | None = None,
    progress: bool | None = None,
) -> Topics:
    """Find topics in some passages: those of one role, say, or those that nobody coded.

    Parameters
    ----------
    read : pandas.DataFrame
        The frame ``passages``, in any order.
    unit : str, default 'passage'
        What one is called.
    corpus : mapping of str to Transcript, optional
        The transcripts, to give the times of quotes.
    note : str, optional
        What to say of the words, for synthetic transcripts.
    cache : Path or str, optional
        Where vectors are kept (see `embed`).
    min_topic_size, min_words, seed, runs, language, stop_words, model, precision, kept, progress
        As for `topics`.

    Returns
    -------
    Topics
        As from `topics`.

    Raises
    ------
    TooFewError, UnknownValueError, ModelError
        As for `topics`.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> topics_of(empty_frame("passages"))
    Traceback (most recent call last):
    qualcode.errors.TooFewError: there are 0 passages to find topics in, ...
    """
    import pandas as pd

    from qualcode.machine.topics._steps import find_or_read, topics_from

    # A string is a sequence of letters, none of which anybody means.
    words = (stop_words,) if isinstance(stop_words, str) else tuple(stop_words)
    enough = [len(text.split()) >= min_words for text in read["text"].tolist()]
    long = read.loc[pd.Series(enough, index=read.index, dtype=bool)]
    ordered = long.sort_values(["transcript_id", "start", "end"], ignore_index=True)
    short = len(read) - len(long)
    if len(ordered) < FEWEST:
        raise TooFewError(_too_few(len(ordered), short, unit, min_words), mend=_MORE)
    settings = settings_for(
        len(ordered),
        seed=seed,
        min_topic_size=min_topic_size,
        runs=runs,
        model=str(model),
        precision=precision,
        language=language,
        stop_words=words,
    )
    file = None if kept is None else Path(kept)
    found = find_or_read(ordered, settings, file, cache, progress)
    return topics_from(found, ordered, settings, corpus, unit=unit, short=short, note=note)


_MORE = "code more, or take smaller passages (unit='sentence') or all that was said (unit='turn')"


def _too_few(there: int, short: int, unit: str, min_words: int) -> str:
    left_out = f" ({short} more have fewer than {min_words} words)" if short else ""
    many = f"is 1 {unit}" if there == 1 else f"are {there} {unit}s"
    return f"there {many} to find topics in{left_out}, and it takes at least {FEWEST}"
