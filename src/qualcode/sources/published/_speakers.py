"""Who is named as the speaker before a quotation."""

from __future__ import annotations

import re

__all__ = ["speaker_before"]

_OFFICER = (
    r"officers?|officials?|directors?|managers?|heads?|interviewees?|participants?|respondents?"
    r"|nurses?|matrons?|teachers?|workers?"
)
_NAMED = re.compile(
    r"\b(?:(?:one|another|an?|some|many|most|several|almost all|all|other|the)\s+)?"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?:{_OFFICER})\b",
    re.IGNORECASE,
)


def speaker_before(text: str) -> str:
    """Give the officer named in the last sentence of a text, as printed, or nothing."""
    sentence = re.split(r"(?<=[.!?])\s+", text.strip())[-1]
    found = _NAMED.search(sentence)
    return found[0] if found else ""
