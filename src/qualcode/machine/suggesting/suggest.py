"""Learn a coder's codes from the coder's own codings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.suggesting import Decision
from qualcode.errors import TooFewError, UnknownValueError, clip
from qualcode.machine._choices import choose_coder, choose_codes
from qualcode.machine.embedding.embed import DEFAULT, cache_of, embed
from qualcode.machine.suggesting._labelled import (
    above,
    label,
    see,
    under_codes,
)
from qualcode.machine.suggesting._reading import begin_reading, decided_before
from qualcode.machine.suggesting._weak import code_vectors
from qualcode.machine.suggesting.suggestions import Suggestions

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["suggest"]

_UNITS = ("sentence", "turn")


def suggest(
    study: Study,
    *,
    coder: str | None = None,
    level: str = "code",
    unit: str = "sentence",
    least: float = 0.2,
    speakers: str = "interviewees",
    language: str = "en",
    model: str = DEFAULT,
    precision: str = "float32",
    seed: int = 20260101,
    progress: bool | None = None,
) -> Suggestions:
    """Learn a coder's codes from the coder's own codings, to offer passages for them.

    For each code, two logistic regressions, one on the meaning and one on the words of a passage,
    of its turn and of the question before it, are averaged, and calibrated on held-out interviews.
    What is
    said of an interview that the coder has read comes from models that have not seen it; only how
    scores are read, as probabilities, is learned of all interviews together. Codes with few passages are judged by their likeness to these and to their definition, and
    said to be weak. A code
    that is not found better than by chance, or whose offers are too seldom right, is not offered. What has
    a code is not offered the codes above it.

    Parameters
    ----------
    study : Study
        The study.
    coder : str, optional
        Whose codings are learned; by default the study's own coder, or the only one.
    level : {'code', 'theme'}, default 'code'
        At which level of the codebook.
    unit : {'sentence', 'turn'}, default 'sentence'
        What is offered: sentences, joined where neighbours are offered for one code, or turns.
    least : float, default 0.2
        The share of a code's offers that must have been right on held-out interviews, 0 to 1. The
        higher, the less is offered and the more is missed.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words may be offered.
    language : str, default 'en'
        Whose abbreviations do not end a sentence.
    model, precision : str
        As for `qualcode.embed`.
    seed : int
        For the choice of passages to learn from, where there are more than 20,000.
    progress : bool, optional
        Whether to show a bar while texts are read.

    Returns
    -------
    Suggestions
        Give it to ``qualcode.Coder(..., suggest=...)``, or ask it for `table`.

    Raises
    ------
    TooFewError
        If there is nothing to read.
    StudyError
        If nobody has coded anything.
    UnknownValueError
        If there is no such coder, level or unit, or `least` is no share.
    ModelError
        If a package or the model is missing.

    References
    ----------
    Rietz, T. & Maedche, A. (2021). Cody: an AI-based system to semi-automate coding for
    qualitative research. CHI '21, 394.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> suggest(example_study(), coder="ann")
    Suggestions(ann: 5 codes, 0 trained, 5 weak; 7 sentences of 3 interviews)
    """
    if unit not in _UNITS:
        mend = f"use one of {', '.join(map(repr, _UNITS))}"
        raise UnknownValueError(f"no unit is {clip(str(unit))!r}", mend=mend)
    if not 0 <= least <= 1:
        raise UnknownValueError(f"no share is {least!r}", mend="give least= from 0 to 1")
    who = choose_coder(study, coder)
    codes = choose_codes(study.codebook, level)
    labelled = label(study, who, codes=codes, unit=unit, speakers=speakers, language=language)
    if labelled.passages.empty:
        raise TooFewError("there is nothing to read", mend="use speakers='all', or add transcripts")
    read = partial(embed, model=model, precision=precision, cache=cache_of(study))
    reading = begin_reading(
        labelled,
        decided_before(labelled, under_codes(_declined(study, who), study.codebook, codes)),
        lambda: see(study.corpus, labelled.passages, partial(read, progress=progress)),
        code_vectors(study.codebook, codes, read),
        above(study.codebook, codes),
        np.random.default_rng(seed),
        least,
    )
    return Suggestions(reading, study.corpus, study.codebook, who, unit, model)


def _declined(study: Study, coder: str) -> Iterator[Decision]:
    """Give what the coder has declined, in texts that are still what they were."""
    for one in () if study.root is None else study.journal(coder).declined:
        text = study.corpus.get(one.transcript_id)
        if text is not None and text.text_hash == one.text_hash:
            yield Decision(one.transcript_id, one.start, one.end, one.code_id, accepted=False)
