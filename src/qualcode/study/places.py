"""Where in the transcripts the point of each of a report's footnotes is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Fault, QualcodeError, StudyError, clip
from qualcode.frames import make_frame
from qualcode.study._csv_rows import read_csv_rows

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.model import Transcript, Turn

__all__ = ["place_evidence", "place_faults"]

_MEND = "find the words in the transcript and give start, end and the words they begin with"


def place_evidence(evidence: pd.DataFrame, corpus: Mapping[str, Transcript]) -> pd.DataFrame:
    """Show the words of the transcripts that bear each footnote of a published report.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Frame "evidence".
    corpus : mapping of str to Transcript
        The transcripts, such as ``study.corpus``.

    Returns
    -------
    pandas.DataFrame
        Frame "evidence_places": a row a footnote that has a place, with who speaks there, at what
        time (seconds), and the words, cut from the transcript.

    Raises
    ------
    StudyError
        If a place is wrong: the transcript is not there, its words have changed, they cross
        turns, or the speaker is of another body or role than the footnote says. All at once.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> corpus = example_study().corpus
    >>> start = corpus["ward-2"].text.index("two of us")
    >>> rows = [{"footnote": 3, "body": "Ward 2", "role": "Night nurse", "section": "NIGHTS",
    ...          "kind": "direct", "themes": "staffing", "counter": "", "hash": "", "length": 4,
    ...          "transcript_id": "ward-2", "start": start, "end": start + 13, "begins": "two of"}]
    >>> places = place_evidence(make_frame("evidence", rows), corpus)
    >>> places[["footnote", "speaker", "words"]].to_dict("records")
    [{'footnote': 3, 'speaker': 'NN', 'words': 'two of us for'}]
    """
    faults = list(place_faults(evidence, corpus))
    if faults:
        raise StudyError.from_faults(faults)
    return make_frame("evidence_places", [_shown(row, corpus) for row in _placed(evidence)])


def place_faults(
    evidence: pd.DataFrame, corpus: Mapping[str, Transcript], *, path: Path | None = None
) -> Iterator[Fault]:
    """Find the places of footnotes that are not what they say.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Frame "evidence".
    corpus : mapping of str to Transcript
        The transcripts.
    path : Path, optional
        The file, to name in the faults.

    Yields
    ------
    Fault
        One for each footnote whose place is wrong.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> list(place_faults(empty_frame("evidence"), {}))
    []
    """
    for row in _placed(evidence):
        what = _what_is_wrong(row, corpus)
        if what:
            line = _line_of(row["footnote"], path)
            yield Fault(f"footnote {row['footnote']}: {what}", path, line, _MEND)


def _line_of(footnote: int, path: Path | None) -> int | None:
    """Find a footnote's line in the file that places it."""
    rows = () if path is None else read_csv_rows(path, ("footnote",))
    return next((line for line, row in rows if row["footnote"] == str(footnote)), None)


def _placed(evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows that have a place."""
    placed = evidence[evidence["transcript_id"] != ""]
    return [{str(k): v for k, v in row.items()} for row in placed.to_dict("records")]


def _what_is_wrong(row: dict[str, Any], corpus: Mapping[str, Transcript]) -> str:
    name, start, end = row["transcript_id"], int(row["start"]), int(row["end"])
    if name not in corpus:
        return f"there is no transcript {clip(name)!r}"
    try:
        transcript = corpus[name]
    except QualcodeError:
        return ""  # what cannot be read is a fault of its own
    if not 0 <= start < end <= len(transcript.text):
        return f"{start} to {end} is no place in {name}, which has {len(transcript.text)} letters"
    if not transcript.text.startswith(row["begins"], start):
        return f"the words at {start} of {name} are not those that it says it begins with"
    turn = _turn_of(transcript, start, end)
    if turn is None:
        return f"{start} to {end} of {name} is not within the words of one turn"
    return _who_is_wrong(row, transcript, turn)


def _turn_of(transcript: Transcript, start: int, end: int) -> Turn | None:
    turn = transcript.turn_at(start)
    inside = turn is not None and turn.words_start <= start and end <= turn.end
    return turn if inside else None


def _who_is_wrong(row: dict[str, Any], transcript: Transcript, turn: Turn) -> str:
    """Compare who speaks with whom the footnote names; a footnote may name no role."""
    role = transcript.roles.get(turn.speaker, "")
    if transcript.body not in row["body"].split("; "):
        return f"{transcript.id} is of {transcript.body}, not of {clip(row['body'])}"
    if row["role"] and role != row["role"]:
        return f"the speaker in {transcript.id} is {clip(role)!r}, not {clip(row['role'])!r}"
    if role.casefold() == "interviewer":
        return f"in {transcript.id} it is the interviewer who speaks"
    return ""


def _shown(row: dict[str, Any], corpus: Mapping[str, Transcript]) -> dict[str, Any]:
    transcript, start, end = corpus[row["transcript_id"]], int(row["start"]), int(row["end"])
    turn = transcript.turn_at(start)
    assert turn is not None  # place_faults has seen it
    return {
        "footnote": row["footnote"],
        "body": row["body"],
        "role": transcript.roles.get(turn.speaker, ""),
        "themes": row["themes"],
        "counter": row["counter"],
        "transcript_id": transcript.id,
        "speaker": turn.speaker,
        "turn": turn.number,
        "time": float("nan") if turn.time is None else turn.time,
        "start": start,
        "end": end,
        "words": transcript.text[start:end],
    }
