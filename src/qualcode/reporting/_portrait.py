"""One interview as stripes: where in it each theme is heard, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import UnknownValueError, clip
from qualcode.reporting._canvas import (
    INK,
    PALE,
    add_caption,
    as_words,
    count_of,
    ink_on,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["draw_portrait"]

# A theme's colour is never its only sign: its row has its name, its stripes their own hatching.
# Only lines: an SVG with dots is ten times as long.
_HATCHES = ("", "///", "---", "\\\\\\", "|||", "xxx", "+++")
_LETTERS_A_SECOND = 15.0
_LANES = 0.8


def draw_portrait(
    transcript: Transcript, segments: pd.DataFrame, codebook: Codebook, *, x: str, ax: Axes | None
) -> Axes:
    """Draw the segments of one transcript, a row a theme, and a row a speaker below."""
    place = _scale(transcript, x)
    mine = segments[segments["transcript_id"] == transcript.id]
    found = set(mine["theme_id"])
    themes = [(n, theme) for n, theme in enumerate(codebook.themes) if theme.id in found]
    speakers = list(dict.fromkeys(turn.speaker for turn in transcript.turns))
    labels = [wrap(theme.name, 28, most=2) for _, theme in themes]
    labels += [wrap(_who(transcript, speaker), 28, most=2) for speaker in speakers]
    ax = new_axes(ax, width=9.5, height=2.1 + 0.36 * max(1, len(labels)))
    coders = sorted(set(mine["coder"]))
    for row, (number, theme) in enumerate(themes):
        spans = mine[mine["theme_id"] == theme.id]
        look = {"facecolor": theme.colour, "hatch": _HATCHES[number % len(_HATCHES)]}
        _draw_stripes(ax, row, spans, coders, place, look)
    rows = [*range(len(themes)), *(len(themes) + 0.4 + n for n in range(len(speakers)))]
    for row, speaker in zip(rows[len(themes) :], speakers, strict=True):
        _draw_speech(ax, row, transcript, speaker, place)
    ax.set_yticks(rows, labels)
    ax.set_ylim((rows[-1] if rows else 0) + 0.6, -0.6)
    _set_axis(ax, transcript, place, x)
    ax.set_title(wrap(_finding(transcript, mine, codebook), 70))
    add_caption(ax, _caption(transcript, mine, coders), width=108)
    as_words(ax)
    return ax


def _draw_stripes(
    ax: Axes,
    row: int,
    spans: pd.DataFrame,
    coders: Sequence[str],
    place: Callable[[int], float],
    look: dict[str, Any],
) -> None:
    """Draw one theme: each coder has a lane of the row."""
    from matplotlib.colors import to_rgba

    lane = _LANES / len(coders)
    for number, coder in enumerate(coders):
        own = spans[spans["coder"] == coder]
        stripes = [
            (place(start), place(end) - place(start))
            for start, end in zip(own["start"], own["end"], strict=True)
        ]
        top = row - _LANES / 2 + lane * number
        lines = ink_on(to_rgba(look["facecolor"]))  # a hatching has the colour of the edge
        ax.broken_barh(stripes, (top, lane * 0.92), edgecolor=lines, linewidth=0, **look)
        ax.broken_barh(stripes, (top, lane * 0.92), facecolor="none", edgecolor=INK, linewidth=0.7)
    ax.axhline(row, color=PALE, linewidth=0.6, zorder=0)


def _draw_speech(
    ax: Axes, row: float, transcript: Transcript, speaker: str, place: Callable[[int], float]
) -> None:
    """Draw when one speaker speaks."""
    blocks = [
        (place(turn.start), place(turn.end) - place(turn.start))
        for turn in transcript.turns
        if turn.speaker == speaker
    ]
    ax.broken_barh(
        blocks, (row - 0.28, 0.56), facecolor="#6e6e6e", edgecolor="white", linewidth=0.4
    )


def _scale(transcript: Transcript, x: str) -> Callable[[int], float]:
    """Make the function from a place in the text to the horizontal axis."""
    import numpy as np

    if x not in ("turns", "time"):
        raise UnknownValueError(f"x={x!r}", mend="use 'turns' or 'time'")
    turns = transcript.turns
    offsets = [turn.start for turn in turns] + [len(transcript.text)]
    values = _minutes(transcript) if x == "time" else [n + 0.5 for n in range(len(turns) + 1)]
    return lambda offset: float(np.interp(offset, offsets, values))


def _minutes(transcript: Transcript) -> list[float]:
    """Give the minute in which each turn starts, and the one in which the last ends.

    How long the last turn takes is not known; it is guessed from the speed of those before.
    """
    times = [turn.time for turn in transcript.turns if turn.time is not None]
    if not times or len(times) < len(transcript.turns):
        what = f"{clip(transcript.id)!r} does not give the time of every turn"
        raise UnknownValueError(what, mend="use x='turns'")
    last = transcript.turns[-1]
    before, seconds = last.start - transcript.turns[0].start, times[-1] - times[0]
    speed = before / seconds if before and seconds > 0 else _LETTERS_A_SECOND
    minutes = [max(times[: n + 1]) / 60 for n in range(len(times))]
    return [*minutes, minutes[-1] + (len(transcript.text) - last.start) / speed / 60]


def _set_axis(ax: Axes, transcript: Transcript, place: Callable[[int], float], x: str) -> None:
    from matplotlib.ticker import MaxNLocator

    start, end = place(0), place(len(transcript.text))
    ax.set_xlim(start, end if end > start else start + 1)
    ax.xaxis.set_major_locator(MaxNLocator(12, integer=True, min_n_ticks=1))
    ax.set_xlabel("Turn" if x == "turns" else "Minutes", loc="left")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _who(transcript: Transcript, speaker: str) -> str:
    role = transcript.roles.get(speaker, "")
    return f"{speaker} ({role})" if role and role != speaker else speaker


def _finding(transcript: Transcript, segments: pd.DataFrame, codebook: Codebook) -> str:
    """Say which theme covers most of the text."""
    covered = {
        codebook[str(theme_id)].name: _covered(spans)
        for theme_id, spans in segments.groupby("theme_id", sort=False)
    }
    if not covered:
        return f"Nothing is coded in {clip(transcript.id)}"
    name = max(covered, key=lambda one: covered[one])
    share = round(100 * covered[name] / len(transcript.text))
    return f"{clip(name, 60)} takes up {max(1, share)}% of {clip(transcript.id)}"


def _covered(spans: pd.DataFrame) -> int:
    """Count the code points that any of the spans covers."""
    total = reached = 0
    for start, end in sorted(zip(spans["start"], spans["end"], strict=True)):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _caption(transcript: Transcript, segments: pd.DataFrame, coders: Sequence[str]) -> str:
    body = f" ({transcript.body})" if transcript.body else ""
    turns, codings = (
        count_of(len(transcript.turns), "turn"),
        count_of(len(segments), "coding"),
    )
    parts = [f"{transcript.id}{body}: n = {turns}, {codings} by {count_of(len(coders), 'coder')}."]
    if len(coders) > 1:
        parts.append(f"In each theme's row, from the top: {', '.join(coders)}.")
    if transcript.synthetic:
        parts.append("Synthetic: these words were written, nobody said them.")
    return " ".join(parts)
