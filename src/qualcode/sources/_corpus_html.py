"""Show a corpus in a notebook: counts before words, everything escaped."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError, clip
from qualcode.sources._reading import counted

if TYPE_CHECKING:
    from qualcode.sources.corpus import Corpus

__all__ = ["corpus_html"]


def corpus_html(corpus: Corpus, *, most: int) -> str:
    """Give a short table of the first transcripts; only these are read for it."""
    rows = "".join(_row(corpus, transcript_id) for transcript_id in islice(corpus, most))
    heads = "".join(f"<th>{head}</th>" for head in ("Transcript", "Body", "Turns", "Words", ""))
    more = f"<p>… and {len(corpus) - most} more</p>" if len(corpus) > most else ""
    count = counted(len(corpus), "transcript")
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"<div><p><b>{count}</b></p>{table}{more}</div>"


def _row(corpus: Corpus, transcript_id: str) -> str:
    try:
        transcript = corpus[transcript_id]
    except QualcodeError as exc:
        cells = [transcript_id, "", "", "", counted(len(exc.faults), "fault")]
    else:
        text = transcript.text
        words = sum(len(text[turn.words_start : turn.end].split()) for turn in transcript.turns)
        mark = "synthetic" if transcript.synthetic else ""
        cells = [transcript_id, transcript.body, str(len(transcript.turns)), f"{words:,}", mark]
    return "<tr>" + "".join(f"<td>{escape(clip(cell, 60))}</td>" for cell in cells) + "</tr>"
