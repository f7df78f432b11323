"""The stretches of text that a machine reads: turns, sentences, or what was coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.analysis.units._unit_places import find_places
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.units._unit_places import Places
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["passages", "passages_of"]

_UNITS = ("turn", "sentence", "segment")
_SPEAKERS = ("interviewees", "all")


def passages(
    study: Study,
    *,
    unit: str = "turn",
    speakers: str = "interviewees",
    coder: str | Iterable[str] | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Give the passages that search, suggestions and topics are made on.

    Parameters
    ----------
    study : Study
        The study.
    unit : {'turn', 'sentence', 'segment'}, default 'turn'
        What one speaker says without interruption; each sentence of it; or what was coded, where
        words that were coded twice are one passage.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words are read. What was coded is read whoever says it.
    coder : str or iterable of str, optional
        For segments, whose codings; by default everybody's.
    language : str, default 'en'
        Whose abbreviations do not end a sentence.

    Returns
    -------
    pandas.DataFrame
        The frame ``passages``, in order of transcript and place; `start` and `end` in code points
        of the transcript's text.

    Raises
    ------
    UnknownValueError
        If `unit` or `speakers` is not one of those above, or there is no such coder.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> passages(example_study(), unit="sentence")["text"].tolist()[:2]
    ['My break is a biscuit at the drug trolley.', 'Then nothing until six.']
    """
    _check("unit", unit, _UNITS)
    _check("speakers", speakers, _SPEAKERS)
    if unit == "segment":
        return _coded(study, coder)
    return passages_of(study.corpus, unit=unit, speakers=speakers, language=language)


def passages_of(
    corpus: Mapping[str, Transcript],
    *,
    unit: str = "turn",
    speakers: str = "interviewees",
    language: str = "en",
) -> pd.DataFrame:
    """Give the turns or sentences of some transcripts.

    Parameters
    ----------
    corpus : mapping of str to Transcript
        The transcripts.
    unit : {'turn', 'sentence'}, default 'turn'
        What is one passage.
    speakers : {'interviewees', 'all'}, default 'interviewees'
        Whose words are read.
    language : str, default 'en'
        Whose abbreviations do not end a sentence.

    Returns
    -------
    pandas.DataFrame
        The frame ``passages``.

    Raises
    ------
    UnknownValueError
        If `unit` or `speakers` is not one of those above.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> len(passages_of(example_study().corpus, speakers="all"))
    8
    """
    _check("unit", unit, _UNITS[:2])
    _check("speakers", speakers, _SPEAKERS)
    transcripts = list(corpus.values())
    places = find_places(transcripts, unit=unit, speakers=speakers, language=language)
    return make_frame("passages", _columns(transcripts, places))


def _check(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        mend = f"use one of {', '.join(map(repr, allowed))}"
        raise UnknownValueError(f"no {what} is {clip(str(value))!r}", mend=mend)


def _columns(transcripts: list[Transcript], places: Places) -> dict[str, list[Any]]:
    whose = places.transcript.tolist()
    base = places.base[places.transcript]
    starts, ends = (places.start - base).tolist(), (places.end - base).tolist()
    said_by = places.speaker.tolist()
    here = [transcripts[number] for number in whose]
    return {
        "transcript_id": [one.id for one in here],
        "body": [one.body for one in here],
        "body_type": [one.body_type for one in here],
        "speaker": said_by,
        "role": [one.roles.get(name, "") for one, name in zip(here, said_by, strict=True)],
        "turn": [number if number > 0 else None for number in places.turn.tolist()],
        "start": starts,
        "end": ends,
        "text": [one.text[a:b] for one, a, b in zip(here, starts, ends, strict=True)],
    }


def _coded(study: Study, coder: str | Iterable[str] | None) -> pd.DataFrame:
    rows = study.segments(coder=coder)
    rows = rows.drop_duplicates(["transcript_id", "start", "end"], ignore_index=True)
    names = ("transcript_id", "body", "body_type", "speaker", "role", "turn", "start", "end")
    return make_frame("passages", {**{name: rows[name] for name in names}, "text": rows["quote"]})
