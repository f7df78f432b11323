"""Lines of a plain transcript that may begin a turn: ``INT:``, ``[00:04] Ann:``, ``Q.`` and kin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.sources._reading import STEERING, without_steering

__all__ = [
    "LabelLine",
    "clock_seconds",
    "find_label_lines",
    "has_sentence_words",
    "is_known_label",
    "is_name_like",
]

_CLOCK = r"(?:[0-9]{1,4}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_BRACKETED = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\))"
_TIME = rf"(?:{_BRACKETED}|{_CLOCK})"
_LABEL = rf"{STEERING}*(?P<label>[^\W_][^:：\n\[\]]{{0,58}}?)"
# [time] label [time]: [time] words; a colon between two digits is part of a time
_WITH_COLON = re.compile(
    rf"(?:(?P<before>{_TIME})[ \t]*(?:[-–—][ \t]*)?)?{_LABEL}"
    rf"[ \t]*(?P<after>{_TIME})?[ \t]*(?:(?<![0-9])[:：]|[:：](?![0-9]))"
    rf"[ \t]*(?P<then>{_BRACKETED})?[ \t]*(?P<words>.*)"
)
# label [time], and the words on the next line
_TIME_AT_END = re.compile(rf"{_LABEL}[ \t]*(?P<after>{_BRACKETED})")
# Q. and A. in a record of questions and answers
_WITH_STOP = re.compile(r"(?P<label>[QA])\.[ \t]+(?P<words>\S.*)")
_LEADING = re.compile(rf"^(?:\s|{STEERING})+")
_BOLD = re.compile(rf"^({_TIME}?[ \t]*)\*\*(.{{1,60}}?)\*\*")
_ONLY_TIME = re.compile(_TIME)

_LONGEST, _MOST_WORDS = 58, 6
_NOT_IN_A_NAME = re.compile(r"[,;!?\"“”…*=<>{}|]|//")
_TITLE = re.compile(r"[^\W\d_]{1,5}\.")
_PARTICLE = re.compile("of|the|to|for|and|&|de|van|von|der|da|di|la|le|al|bin")
# Words that begin a sentence or a list more often than they name somebody.
_NOT_A_NAME = re.compile(
    r"a|an|the|is|are|was|were|be|this|that|these|those|follows|following|said|says|say|as|so"
    r"|to|for|and|but|or|then|thing|things|point|points|reason|because|if|it|we|they|you|he|she"
    r"|my|your|our|their|here|there|what|why|how|when|where|first|second|third|finally|also|one"
    r"|two|three|next|last|like|with|on|in|at|by|not|no|yes|well|ok|okay",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"[IRQA][0-9]{0,3}"
    r"|(?i:int|resp|(?:interviewer|interviewee|respondent|participant|speaker|moderator"
    r"|facilitator|researcher|unknown speaker)s?(?:[ _-]?#?(?:[0-9]{1,3}|[a-z]))?)"
)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A line that may begin a turn.

    `time` is that on the line or, alone, on the line above; `then` is a time after the colon,
    which may as well be the first of the words.
    """

    index: int
    label: str
    words: str
    time: float | None = None
    then: float | None = None
    words_after_then: str = ""
    apart: bool = True  # nothing stands on the line above
    style: str = "colon"  # or "end" (a time ends the line), "loose" (no brackets), "stop" (Q. A.)
    square: bool = False  # "[00:04] Ann:", which nobody writes but to begin a turn
    start: int = -1  # the first line of the turn: that of the time above, or its own

    @property
    def timed(self) -> bool:
        """Whether a time stands beside the label, which words seldom have."""
        return self.style == "colon" and (self.time is not None or self.then is not None)

    @property
    def key(self) -> str:
        """The label, whatever its capitals: INTERVIEWER and Interviewer are one."""
        return f"{self.label.casefold()}{'.' if self.style == 'stop' else ''}"


def find_label_lines(lines: Sequence[str]) -> Iterator[LabelLine]:
    """Go through the lines and give those that have the shape of a turn's beginning."""
    for index, line in enumerate(lines):
        bare = _BOLD.sub(r"\1\2", _LEADING.sub("", line.strip(), count=1), count=1)
        apart = index == 0 or not lines[index - 1].strip()
        found = _with_colon(bare, index, apart) or _with_stop(bare, index, apart)
        found = found or _with_time_at_end(bare, index, apart)
        if found:
            yield _with_time_above(found, lines)


def _with_time_above(found: LabelLine, lines: Sequence[str]) -> LabelLine:
    above = lines[found.index - 1] if found.index else ""
    time = clock_seconds(above) if found.time is None else None
    if time is None:
        return replace(found, start=found.index)
    apart = found.index < 2 or not lines[found.index - 2].strip()
    return replace(found, start=found.index - 1, time=time, apart=apart)


def _with_colon(line: str, index: int, apart: bool) -> LabelLine | None:
    found = _WITH_COLON.match(line)
    if found is None or not _has_shape(found["label"], found["words"]):
        return None
    time = clock_seconds(found["before"] or found["after"] or "")
    then = clock_seconds(found["then"] or "")
    label = _plain(found["label"])
    words = f"{found['then'] or ''} {found['words']}".strip()
    bare = found["after"] and not found["before"] and found["after"][0].isdigit()
    style = "loose" if bare else "colon"
    square = (found["before"] or "").startswith("[")
    return LabelLine(index, label, words, time, then, found["words"].strip(), apart, style, square)


def _with_stop(line: str, index: int, apart: bool) -> LabelLine | None:
    found = _WITH_STOP.match(line)
    return found and LabelLine(index, found["label"], found["words"], apart=apart, style="stop")


def _with_time_at_end(line: str, index: int, apart: bool) -> LabelLine | None:
    found = _TIME_AT_END.fullmatch(line) if len(line) < 100 else None
    if found is None or not _has_shape(found["label"], ""):
        return None
    time = clock_seconds(found["after"])
    return LabelLine(index, _plain(found["label"]), "", time, apart=apart, style="end")


def clock_seconds(text: str) -> float | None:
    """Give the seconds of ``[1:02:03]``, ``(02:03)`` or ``2:03.5``; None for anything else."""
    bare = text.strip(" \t[]()")
    if not _ONLY_TIME.fullmatch(text.strip()):
        return None
    parts = [int(part) for part in re.split(r"[.,]", bare)[0].split(":")]
    return float(sum(part * 60**place for place, part in enumerate(reversed(parts))))


def _plain(label: str) -> str:
    return " ".join(without_steering(label).split())


def _has_shape(label: str, words: str) -> bool:
    """Tell whether a label is short and has no sign of a sentence in it."""
    tokens = label.split()
    return (
        len(label) <= _LONGEST
        and len(tokens) <= _MOST_WORDS
        and any(letter.isalpha() for letter in label)
        and not _NOT_IN_A_NAME.search(label)
        and all(_TITLE.fullmatch(token) for token in tokens if "." in token)
        and not words.startswith("//")
    )


def is_known_label(label: str) -> bool:
    """Tell whether a label is one that transcripts use everywhere: I, R, Q, A, Speaker 1."""
    return _KNOWN.fullmatch(label) is not None


def is_name_like(label: str) -> bool:
    """Tell whether each word of a label begins as names do, and it is no word of sentences."""
    tokens = [token.strip("()'’") for token in label.split()]
    inner = [token for token in tokens[1:] if not _PARTICLE.fullmatch(token)]
    if len(tokens) == 1 and _NOT_A_NAME.fullmatch(tokens[0]):
        return False
    return all(token and not token[0].islower() for token in [tokens[0], *inner])


def has_sentence_words(label: str) -> bool:
    """Tell whether a label has words that sentences are made of."""
    return any(_NOT_A_NAME.fullmatch(token) for token in label.split())
