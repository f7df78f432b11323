"""Choose, of the lines that may begin a turn, those that do: by recurrence, shape and place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from qualcode.sources._labels import LabelLine, has_sentence_words, is_known_label, is_name_like

__all__ = ["Choice", "choose_speakers"]

# What stands before a colon at the start of a line and is not somebody who speaks.
_NEVER = re.compile(
    r"note|notes|nb|n\.b\.|ps|p\.s\.|example|examples|for example|e\.g\.|eg|i\.e\.|warning"
    r"|remember|summary|conclusion|keywords|key words|date|date of interview|interview date"
    r"|time|start time|end time|title|subject|re|location|place|venue|duration|length|recorded"
    r"|recording|audio|file|file name|filename|transcribed by|transcriber|transcription"
    r"|transcript|interview|project|study|source|http|https|www|see|update|aim|aims|context"
    r"|background|consent|present|attendees|version|page|tel|phone|email|e-mail|id|interview id"
    r"|code|status|topic|topics|agenda|action|actions|reference|ref"
)
_MOSTLY = 0.9
_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_INNER = re.compile(r" (?:of|the|and|for|to|with|in|on|at)(?= )", re.IGNORECASE)
# Who speaks a third as often as others do is one of them; words in front of a colon are rarer.
_AS_OFTEN = 1 / 3


@dataclass(frozen=True)
class Choice:
    """The lines that begin a turn, and the lines about which there is doubt (True: a turn)."""

    chosen: tuple[LabelLine, ...]
    doubts: tuple[tuple[LabelLine, bool], ...]


def choose_speakers(found: Sequence[LabelLine], lines: Sequence[str]) -> Choice:
    """Choose the lines that begin a turn."""
    usable = _without_opening_block(found, lines)
    groups: dict[str, list[LabelLine]] = {}
    for line in usable:
        groups.setdefault(line.key, []).append(line)
    groups = {key: group for key, group in groups.items() if not _is_never(group)}
    sure = {key for key, group in groups.items() if _is_sure(group, groups)}
    regular = _regular(groups, sure, lines)
    sure |= regular
    sure -= _untimed_among_timed(groups, sure) | _inside_paragraphs(groups, sure, lines)
    likely = _likely(groups, sure, lines)
    kept = sure | likely
    chosen = [line for line in usable if line.key in kept]
    often = median(len(groups[key]) for key in kept) * _AS_OFTEN if kept else 0
    likely |= {key for key in regular & sure if len(groups[key]) < often}
    doubts = [
        (group[0], key in likely)
        for key, group in groups.items()
        if key in likely or (key not in sure and _is_doubtful(group, alone=len(kept) < 2))
    ]
    return Choice(tuple(chosen), tuple(doubts))


def _without_opening_block(found: Sequence[LabelLine], lines: Sequence[str]) -> Sequence[LabelLine]:
    """Leave out a block of facts on top: ``Interviewer: Ann`` beside ``Date: 3 May`` is no turn."""
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    end = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    block = [line for line in found if line.index < end]
    if not any(map(str.strip, lines[end:])) or not any(
        _NEVER.fullmatch(line.key) for line in block
    ):
        return found
    later = {line.key for line in found if line.index > end}
    return [line for line in found if line.index > end or line.key in later]


def _is_doubtful(group: Sequence[LabelLine], *, alone: bool) -> bool:
    """Tell whether a label may be somebody all the same; likelier where one speaks `alone`."""
    label = group[0].label
    return len(group) > 1 or is_name_like(label) or (alone and not _is_of_sentences(label))


def _is_never(group: Sequence[LabelLine]) -> bool:
    timed = any(line.timed for line in group)
    return not timed and _NEVER.fullmatch(group[0].key) is not None


def _is_sure(group: Sequence[LabelLine], groups: dict[str, list[LabelLine]]) -> bool:
    label, recurs = group[0].label, len(group) > 1
    if group[0].style == "stop":
        return {"q.", "a."} <= groups.keys()
    if is_known_label(label):
        return True
    timed = any(line.timed for line in group)
    if any(line.square for line in group):
        return is_name_like(label) or not _is_of_sentences(label)
    if timed and not recurs:
        return is_name_like(label)
    return recurs and (is_name_like(label) or (timed and not has_sentence_words(label)))


def _regular(
    groups: Mapping[str, list[LabelLine]], sure: set[str], lines: Sequence[str]
) -> set[str]:
    """Find labels in any letters, such as ``Council officer``, that recur as speakers do.

    Either nearly all that is said then has a label, or they are about as frequent as the others.
    """
    settled = [line for key in sure for line in groups[key]]
    open_groups = {
        key: group
        for key, group in groups.items()
        if key not in sure
        and len(group) > 1
        and group[0].style != "stop"
        and not _is_of_sentences(group[0].label)
    }
    if not open_groups or len(sure) + len(open_groups) < 2:
        return set()
    starts = settled + [line for group in open_groups.values() for line in group]
    if _cover(starts, lines) >= _MOSTLY or _cover_of_lines(starts, lines) >= _MOSTLY:
        return set(open_groups)
    return _frequent(open_groups, [groups[key] for key in sure]) if sure else set()


def _is_of_sentences(label: str) -> bool:
    """Tell whether a label has words of sentences; ``The head of the ward`` has none."""
    return has_sentence_words(_INNER.sub("", _ARTICLE.sub("", label)))


def _frequent(
    open_groups: Mapping[str, list[LabelLine]], settled: Sequence[list[LabelLine]]
) -> set[str]:
    """Find labels about as frequent as those settled, at the beginnings of paragraphs as they."""
    often = median(map(len, settled)) * _AS_OFTEN
    separated = _are_separated([start for starts in settled for start in starts])
    return {
        key
        for key, group in open_groups.items()
        if len(group) >= often and (not separated or _are_separated(group))
    }


def _untimed_among_timed(groups: dict[str, list[LabelLine]], sure: set[str]) -> set[str]:
    """Find labels that never have a time in a file where turns do: more often words than names."""
    with_times = {key for key in sure if any(line.timed for line in groups[key])}
    times = [line.timed for key in with_times for line in groups[key]]
    if len(times) < 3 or sum(times) < _MOSTLY * len(times):
        return set()
    return {key for key in sure - with_times if not is_known_label(groups[key][0].label)}


def _inside_paragraphs(
    groups: dict[str, list[LabelLine]], sure: set[str], lines: Sequence[str]
) -> set[str]:
    """Find labels that never begin a paragraph in a file where turns are paragraphs.

    Where each line has a label, a paragraph is a question with its answer.
    """
    everyone = [line for key in sure for line in groups[key]]
    if everyone and _cover_of_lines(everyone, lines) >= _MOSTLY:
        return set()
    apart = {key for key in sure if any(line.apart for line in groups[key])}
    starts = [line for key in apart for line in groups[key]]
    if len(starts) < 3 or not _are_separated(starts):  # the first line of a file is always apart
        return set()
    return {key for key in sure - apart if not is_known_label(groups[key][0].label)}


def _likely(groups: dict[str, list[LabelLine]], sure: set[str], lines: Sequence[str]) -> set[str]:
    """Find labels that are neither known nor recur, in a file where every turn has one."""
    settled = [line for key in sure for line in groups[key]]
    # Where turns are paragraphs, a label inside one begins none.
    separated = _are_separated(settled)
    open_groups = {
        key: group
        for key, group in groups.items()
        if key not in sure
        and group[0].style != "stop"
        and (not separated or all(line.apart for line in group))
    }
    names = {key for key, group in open_groups.items() if is_name_like(group[0].label)}
    words = {key for key, group in open_groups.items() if _is_short_phrase(group[0].label)}
    # Names first; words such as "john" only where nothing else in the file is a label.
    for wanted in (names, set() if sure else names | words):
        starts = settled + [line for key in wanted for line in groups[key]]
        enough = sure or len(wanted) > 1 or (wanted and not any(lines[: starts[0].start]))
        if wanted and enough and _cover(starts, lines) >= _MOSTLY:
            return wanted
    return set()


def _are_separated(starts: Sequence[LabelLine]) -> bool:
    return bool(starts) and sum(line.apart for line in starts) >= 0.8 * len(starts)


def _is_short_phrase(label: str) -> bool:
    return len(label.split()) <= 2 and not has_sentence_words(label)


def _cover(starts: Sequence[LabelLine], lines: Sequence[str]) -> float:
    """Give the share of the file's blocks, from the first turn on, that begin with a label.

    Blocks are paragraphs where most labels begin one; else they are lines.
    """
    return _share(starts, lines, separated=_are_separated(starts))


def _cover_of_lines(starts: Sequence[LabelLine], lines: Sequence[str]) -> float:
    """Give the share of all lines with words, from the first turn on, that begin with a label."""
    return _share(starts, lines, separated=False)


def _share(starts: Sequence[LabelLine], lines: Sequence[str], *, separated: bool) -> float:
    found = {line.start for line in starts}
    first = min(found)
    blocks = [
        index
        for index in range(first, len(lines))
        if lines[index].strip() and not (separated and index > first and lines[index - 1].strip())
    ]
    return sum(index in found for index in blocks) / len(blocks)
