"""How good suggestions are, measured on interviews that they were not learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from qualcode.errors import SeenDataError, TooFewError, UnknownValueError
from qualcode.frames import make_frame
from qualcode.machine._choices import choose_coder, choose_codes
from qualcode.machine.embedding.embed import DEFAULT, cache_of, embed
from qualcode.machine.suggesting._labelled import Labelled, label, see
from qualcode.machine.suggesting._learner import folds_of
from qualcode.machine.suggesting._methods import (
    METHODS,
    NOTES,
    OURS,
    Guess,
    HeldOut,
    check_methods,
    hold_out,
)
from qualcode.machine.suggesting._other_coders import score_others
from qualcode.machine.suggesting._score_tables import (
    Judged,
    code_rows,
    held_out_frame,
    method_row,
)
from qualcode.machine.suggesting._scores import draw_weights
from qualcode.machine.suggesting._weak import code_vectors

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.machine.suggesting.suggestions import Suggestions
    from qualcode.study import Study

    Rows = NDArray[np.int64]

__all__ = ["SuggestionScores", "evaluate_suggestions"]

_LEAST = 3  # interviews


@dataclass(frozen=True, eq=False, repr=False)
class SuggestionScores:
    """How good suggestions are; made by `evaluate_suggestions`.

    Parameters
    ----------
    scores : pandas.DataFrame
        The frame ``suggestion_scores``: a row a method, and one for each other coder.
    codes : pandas.DataFrame
        The frame ``suggestion_codes``: a row a code, for the suggestions.
    held_out : pandas.DataFrame
        The frame ``held_out``: a row a passage and code, for the suggestions.
    coder, unit, level : str
        Whose codings, on what passages, at which level of the codebook.
    folds : int
        How many times was learned.
    seed : int
        Of the draws for the intervals.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> found = evaluate_suggestions(example_study(), coder="ann", methods=["words alone"])
    >>> found
    SuggestionScores(ann: 6 segments of 3 interviews, 2 codes, 3 folds)
    """

    scores: pd.DataFrame
    codes: pd.DataFrame
    held_out: pd.DataFrame
    coder: str
    unit: str
    level: str
    folds: int
    seed: int

    def __repr__(self) -> str:
        first = self.scores.iloc[0]
        return (
            f"SuggestionScores({self.coder}: {first['passages']:,} {self.unit}s of "
            f"{first['interviews']} interviews, {first['codes']} codes, {self.folds} folds)"
        )


def evaluate_suggestions(
    study: Study,
    *,
    coder: str | None = None,
    level: str = "theme",
    unit: str = "segment",
    using: Suggestions | None = None,
    methods: Iterable[str] = tuple(METHODS),
    beside: Iterable[str] | None = None,
    speakers: str = "interviewees",
    language: str = "en",
    folds: int = 5,
    draws: int = 1000,
    seed: int = 20260101,
    model: str = DEFAULT,
    precision: str = "float32",
) -> SuggestionScores:
    """Measure suggestions on interviews that they were not learned from.

    The interviews are dealt into folds; each fold is judged by what was learned of all others.
    How scores are read (their calibration, and each code's threshold) is learned within those
    others, by folds again. Nothing of an interview is used to judge it.

    Parameters
    ----------
    study : Study
        The study.
    coder : str, optional
        Whose codings; by default the study's own coder, or the only one.
    level : {'theme', 'code'}, default 'theme'
        At which level of the codebook; a coding counts for the theme it is below.
    unit : {'segment', 'turn', 'sentence'}, default 'segment'
        Segments ask which code a coded passage has, as the literature mostly does. Turns and
        sentences ask the harder question that suggestions must answer: which passages of all
        that was said have a code at all. Their scores are lower.
    using : Suggestions, optional
        Score what these learned instead of learning by folds: only on interviews that they have
        not seen.
    methods : iterable of str, optional
        Which to measure: ``suggestions``, and the baselines ``meaning alone``, ``words alone``,
        ``definitions alone`` and ``the most frequent code``.
    beside : iterable of str, optional
        Other coders, whose codes are scored as if they were suggestions: the human ceiling. By
        default everybody else; leave out a coder whose codings were settled from this one's.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        For turns and sentences, whose.
    language : str, default 'en'
        Whose abbreviations do not end a sentence.
    folds : int, default 5
        At most as many as there are interviews.
    draws : int, default 1000
        Of whole interviews, for the 95 % intervals.
    seed : int
        Of the draws.
    model, precision : str
        As for `qualcode.embed`.

    Returns
    -------
    SuggestionScores
        Macro-F1 is the mean of the codes' F1, micro-F1 counts all codes together. Average
        precision is taken within each fold, whose probabilities come from one model, and averaged
        over the folds that have the code; mAP is the mean over codes. Recall@3 is the share of a
        code's passages at which it is among the three likeliest.

    Raises
    ------
    TooFewError
        If the coder has coded fewer than three interviews.
    SeenDataError
        If `using` has learned from an interview that it would be scored on.
    UnknownValueError
        If there is no such coder, level, unit or method, or there are fewer than two folds.

    References
    ----------
    Yang, Y. (1999). An evaluation of statistical approaches to text categorization. Information
    Retrieval 1, 69-90. Cawley, G. C. & Talbot, N. L. C. (2010). On over-fitting in model
    selection. JMLR 11, 2079-2107 (why thresholds are chosen within the folds).

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> found = evaluate_suggestions(
    ...     example_study(), coder="ann", methods=["the most frequent code"]
    ... )
    >>> found.scores[["method", "micro_f1"]].round(2)
                       method  micro_f1
    0  the most frequent code      0.83
    1               coder ben      0.80
    """
    if folds < 2:
        raise UnknownValueError(f"{folds} folds leave nothing to learn from", mend="use 2 or more")
    who = choose_coder(study, coder)
    read = partial(embed, model=model, precision=precision, cache=cache_of(study))
    codes = choose_codes(study.codebook, level)
    lay_out = partial(label, codes=codes, unit=unit, speakers=speakers, language=language)
    whole = lay_out(study, who)
    labelled = whole.take(whole.rows)
    if using is not None:
        labelled = _unseen(study, labelled, using)
    names = set(labelled.groups)
    if using is None and len(names) < _LEAST:
        what = f"{who} has coded {len(names)} interviews; suggestions are measured on three or more"
        raise TooFewError(what, mend="code more interviews first")
    asked = check_methods(methods) if using is None else [OURS]
    features = see(study.corpus, labelled.passages, read)
    guess = Guess(features, labelled, code_vectors(study.codebook, codes, read))
    parts = (
        folds_of(labelled.groups, folds) if using is None else [np.arange(len(labelled.passages))]
    )
    rng = np.random.default_rng(seed)
    weights = draw_weights(labelled.groups, draws, rng)
    found = {
        one: hold_out(one, guess, parts) if using is None else using.judge(labelled.passages, codes)
        for one in asked
    }
    judged = {one: _judged(labelled, held, parts, weights) for one, held in found.items()}
    people, human = score_others(study, who, beside, labelled, lay_out, draws, rng)
    first = asked[0]
    return SuggestionScores(
        make_frame(
            "suggestion_scores",
            [method_row(one, judged[one], NOTES[one], len(names)) for one in asked] + people,
        ),
        code_rows(judged[first], labelled, found[first].threshold, human, study.codebook),
        held_out_frame(labelled, codes, found[first]),
        who,
        unit,
        level,
        len(parts),
        seed,
    )


def _unseen(study: Study, labelled: Labelled, using: Suggestions) -> Labelled:
    """Refuse interviews that were learned from."""
    there = set(labelled.groups.tolist())
    seen = [name for name in there if study.corpus[name].text_hash in using.seen]
    if seen:
        what = f"{len(seen)} of {len(there)} interviews were learned from, {sorted(seen)[0]} among them"
        raise SeenDataError(what, mend="score on others, or leave using= out")
    return labelled


def _judged(
    labelled: Labelled, held: HeldOut, folds: list[Rows], weights: NDArray[np.floating]
) -> Judged:
    offered = held.probability >= held.threshold
    return Judged(labelled.coded, offered, held.probability, folds, weights)
