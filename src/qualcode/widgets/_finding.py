"""Find words in transcripts, plainly or by a regular expression that cannot run for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qualcode.widgets._intents import IntentError
from qualcode.widgets._payload import blocks_of

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.widgets._intents import Find

__all__ = ["MOST_FOUND", "find_matches"]

MOST_FOUND = 2000
_SECONDS = 2.0
_AROUND = 40


def find_matches(asked: Find, transcripts: Iterable[Transcript]) -> list[dict[str, Any]]:
    """Find what is asked in the words said: speakers' labels and times are not searched.

    At most `MOST_FOUND` matches are given, each with its place and a few words around it.
    """
    import regex

    pattern = _compiled(asked)
    found: list[dict[str, Any]] = []
    for transcript in transcripts:
        for block in blocks_of(transcript):
            words = transcript.text[block["from"] : block["to"]]
            try:
                for match in pattern.finditer(words, timeout=_SECONDS):
                    if match.end() > match.start():
                        found.append(_match(transcript, block["from"], *match.span()))
                    if len(found) == MOST_FOUND:
                        return found
            except (TimeoutError, regex.error):
                mend = "make it simpler"
                raise IntentError("the expression takes too long", mend=mend) from None
    return found


def _compiled(asked: Find) -> Any:
    import regex

    if not asked.query.strip():
        raise IntentError("no words to look for", mend="type a word")
    flags = 0 if asked.case else regex.IGNORECASE | regex.FULLCASE
    source = asked.query if asked.regex else regex.escape(asked.query, literal_spaces=True)
    try:
        return regex.compile(source, flags)
    except regex.error as exc:
        why = re.sub(r"at position (\d+)", lambda at: f"at character {int(at[1]) + 1}", str(exc))
        what = f"no regular expression: {why}"
        raise IntentError(what, mend="mend it, or look for plain words") from None


def _match(transcript: Transcript, base: int, start: int, end: int) -> dict[str, Any]:
    text = transcript.text
    return {
        "transcript": transcript.id,
        "start": base + start,
        "end": base + end,
        "quote": text[base + start : base + end],
        "before": " ".join(text[max(base, base + start - _AROUND) : base + start].split()),
        "after": " ".join(text[base + end : base + end + _AROUND].split()),
    }
