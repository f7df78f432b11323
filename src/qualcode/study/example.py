"""A made-up study of three interviews about night shifts, small enough to read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from qualcode.model import Coding, Source, Speaker, Transcript

if TYPE_CHECKING:
    from qualcode.study import Study

__all__ = ["example_study"]

_ROLES = {"INT": "Interviewer", "NN": "Night nurse", "WM": "Ward manager"}
_INTERVIEWS = {
    "ward-1": (
        "[00:00:05] INT: When do you rest?\n\n"
        "[00:00:09] NN: My break is a biscuit at the drug trolley. Then nothing until six.\n\n"
        "[00:00:20] INT: And by day?\n\n"
        "[00:00:24] NN: I sleep four hours, then the post comes.\n"
    ),
    "ward-2": (
        "[00:00:04] INT: How was last night?\n\n"
        "[00:00:21] NN: We were two of us for twenty-eight beds. I have had no break since May.\n"
    ),
    "ward-3": (
        "[00:00:03] INT: Do they get their breaks?\n\n"
        "[00:00:07] WM: They get a break if nobody dies. I cannot fill the rota.\n"
    ),
}
# code, coder, transcript, words
_CODINGS = (
    ("breaks", "ann", "ward-1", "My break is a biscuit at the drug trolley"),
    ("rest", "ann", "ward-1", "Then nothing until six"),
    ("sleep_by_day", "ann", "ward-1", "I sleep four hours, then the post comes"),
    ("staffing", "ann", "ward-2", "two of us for twenty-eight beds"),
    ("staffing", "ben", "ward-2", "two of us for twenty-eight beds"),
    ("breaks", "ann", "ward-2", "I have had no break since May"),
    ("breaks", "ben", "ward-2", "no break since May"),
    ("breaks", "ann", "ward-3", "They get a break if nobody dies"),
    ("staffing", "ben", "ward-3", "I cannot fill the rota"),
)


def example_study() -> Study:
    """Make a study to try things on: three interviews, five codes, nine codings by two coders.

    Nothing is read or written; nobody said these words.

    Returns
    -------
    Study
        The same each time.

    Examples
    --------
    >>> example_study()
    Study('Night shifts': 3 transcripts, 5 codes, 9 codings, 2 coders)
    """
    from qualcode.coding.codebook import Code, Codebook
    from qualcode.coding.codings import Codings
    from qualcode.sources.corpus import Corpus
    from qualcode.study import Study
    from qualcode.study.settings import Settings

    codebook = Codebook(
        (
            Code("rest", "Rest", "When and how nurses rest."),
            Code("breaks", "Breaks", "Rest within the shift.", parent="rest", was=("pauses",)),
            Code("sleep_by_day", "Sleep by day", "Rest between shifts.", parent="rest"),
            Code("staffing", "Staffing", "How many people there are for the work."),
            Code("pay", "Pay", "What the night is paid."),
        ),
        title="Night shifts",
    )
    corpus = Corpus.from_transcripts(_transcript(name, text) for name, text in _INTERVIEWS.items())
    made = [_coding(number, corpus[row[2]], row) for number, row in enumerate(_CODINGS, start=1)]
    codings = Codings(tuple(made), coders=("ann", "ben"))
    return Study.from_parts(corpus, codebook, codings, settings=Settings(title="Night shifts"))


def _transcript(name: str, text: str) -> Transcript:
    labels = [label for label in _ROLES if f"{label}:" in text]
    return Transcript(
        name,
        text,
        body=name.replace("-", " ").capitalize(),
        body_type="ward",
        date=date(2026, 1, 5),
        speakers=tuple(Speaker(label, _ROLES[label]) for label in labels),
        synthetic=True,
        attributes={"shift": "night"},
    )


def _coding(number: int, transcript: Transcript, row: tuple[str, str, str, str]) -> Coding:
    code_id, coder, _, words = row
    start = transcript.text.index(words)
    return Coding(
        f"00000000-0000-7000-8000-{number:012d}",
        transcript.id,
        code_id,
        coder,
        start,
        start + len(words),
        words,
        transcript.text_hash,
        datetime(2026, 1, 6, tzinfo=UTC) + timedelta(minutes=number),
        source=Source(),
    )
