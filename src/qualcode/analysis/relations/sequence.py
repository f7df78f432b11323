"""The codes along one interview, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.analysis._spans import count_words
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript

__all__ = ["code_sequence"]


def code_sequence(segments: pd.DataFrame, transcript: Transcript) -> pd.DataFrame:
    """List the codings of one interview in the order in which they begin.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``; those of other transcripts are left out.
    transcript : Transcript
        The interview.

    Returns
    -------
    pandas.DataFrame
        The frame ``code_sequence``, a row a coding; of those that begin at one place the longest
        comes first. ``minute`` is where in the recording it begins: turns begin at their time,
        and within a turn talk is taken to go at one speed. It is `nan` where a turn has no time,
        and in the last turn it goes on at the speed of those before.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> sequence = code_sequence(study.segments(coder="ann"), study.corpus["ward-1"])
    >>> sequence[["position", "minute", "turn", "code_id"]].round(2)
       position  minute  turn       code_id
    0         1    0.18     2        breaks
    1         2    0.28     2          rest
    2         3    0.43     4  sleep_by_day
    """
    own = segments[segments["transcript_id"] == transcript.id]
    own = own.assign(longest=-own["end"])
    own = own.sort_values(["start", "longest", "code_id", "coder"], kind="stable")
    same = (
        "coding_id",
        "transcript_id",
        "turn",
        "speaker",
        "role",
        "code_id",
        "code_path",
        "theme_id",
        "coder",
    )
    return make_frame(
        "code_sequence",
        {name: own[name].to_numpy() for name in same}
        | {
            "position": range(1, len(own) + 1),
            "minute": _minutes(transcript, own["start"].tolist()),
            "start": own["start"].to_numpy(),
            "end": own["end"].to_numpy(),
            "words": count_words(own["quote"]).to_numpy(),
        },
    )


def _minutes(transcript: Transcript, places: list[int]) -> list[float]:
    """Say at which minute of the recording each place of the text is."""
    import numpy as np

    turns = transcript.turns
    times = [turn.time for turn in turns if turn.time is not None]
    if not turns or len(times) < len(turns):
        return [float("nan")] * len(places)
    letters, seconds = turns[-1].start - turns[0].start, times[-1] - times[0]
    pace = seconds / letters if letters and seconds > 0 else 1 / 15
    starts = [turn.start for turn in turns] + [len(transcript.text)]
    times.append(times[-1] + (starts[-1] - starts[-2]) * pace)
    return [float(minute) for minute in np.interp(places, starts, times) / 60]
