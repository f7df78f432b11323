"""Tell footnote definitions from numbered paragraphs, list items, contents and tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.sources.published._lines import Group
    from qualcode.sources.published._values import Interviewees

__all__ = ["Candidate", "choose_notes", "find_candidates"]

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_START = re.compile(
    r"\s*(?:[-*•]\s+)?(?:(?P<super>[⁰¹²³⁴-⁹]{1,4})|\[\^(?P<markdown>\d{1,4})\]:?|\[(?P<bracket>\d{1,4})\]"
    r"|<sup[^>]{0,80}>\s{0,3}(?:<a[^>]{0,200}>)?\s{0,3}\[?(?P<html>\d{1,4})\]?\s{0,3}(?:</a>)?\s{0,3}</sup>|\^(?P<caret>\d{1,4})\^"
    r"|\((?P<round>\d{1,4})\)|(?P<plain>\d{1,4})(?P<point>[.)]?)(?![\d,.]))[ \t]*(?=\S)"
)
_CITATION = re.compile(
    r"https?://|\((?:[^()]*\s)?\d{4}\)|\bibid\b|\bop\.? cit\b|^see\b|^source\b|\bpara\.?\s?\d|\bpp?\.\s?\d|\bAct \d{4}\b|^[A-Z]+, ",
    re.IGNORECASE,
)
# words that may stand before an interviewee: "See also", "Anonymous interview with", "As"
_LEAD = re.compile(
    r"(?i)(?:(?:see|also|as|with|from|cf|eg|and|anonymous|confidential|author'?s?|personal|interviews?"
    r"|interviewee|officer|staff|at|in)\b[.,:]?\s*|[*_“\"(]+)+"
)
# what makes of a name a reference: a title in italics or commas, then a year, page or paragraph
_CITED = re.compile(r"\s*[,:]\s*[^()]*(?:\([^()]*\b(?:19|20)\d\d\)|\bpara\.?\s?\d|\bpp?\.?\s?\d)")


@dataclass(frozen=True)
class Candidate:
    """A group of lines that may be a definition."""

    number: int
    text: str
    group: int
    style: str
    attributes: bool
    point: bool


def find_candidates(groups: list[Group], interviewees: Interviewees) -> list[Candidate]:
    """List the groups that begin with a number in one of the ways footnotes are numbered."""
    candidates = []
    for index, group in enumerate(groups):
        match = _START.match(group.text)
        if match is None:
            continue
        style = next(name for name, value in match.groupdict().items() if value)
        number = int(match[style].translate(_DIGITS))
        text = group.text[match.end() :].strip()
        glued = style == "plain" and not match["point"] and match.end() == match.end("plain")
        attributes = begins_with_body(text, interviewees)
        if glued and not attributes:
            continue
        candidates.append(Candidate(number, text, index, style, attributes, bool(match["point"])))
    return candidates


def begins_with_body(text: str, interviewees: Interviewees) -> bool:
    """Tell whether a note's text begins by naming an interviewee, and not a paper of theirs."""
    found = interviewees.pattern.match(text)
    if found is None:
        lead = _LEAD.match(text)
        found = interviewees.pattern.match(text, lead.end()) if lead else None
    return found is not None and not _CITED.match(text, found.end())


def choose_notes(candidates: list[Candidate], marks: Mapping[int, list[int]]) -> list[Candidate]:
    """Choose the definitions: the run of rising numbers with the greatest weight.

    Parameters
    ----------
    candidates : list of Candidate
        In order of the text.
    marks : mapping of int to list of int
        Number -> groups in which its mark stands.

    Returns
    -------
    list of Candidate
        Numbers strictly rising, at most one a number.
    """
    by_group = {c.group: c for c in candidates}
    weights = [_weight(c, by_group, marks) for c in candidates]
    return _heaviest_rising(candidates, weights)


def _weight(
    c: Candidate, by_group: Mapping[int, Candidate], marks: Mapping[int, list[int]]
) -> float:
    weight = {"markdown": 3.0, "super": 1.5, "html": 1.5, "caret": 1.5, "bracket": 1.5}.get(
        c.style, 0.5
    )
    weight += 3.0 if c.attributes else 0.0
    weight += 1.0 if _CITATION.search(c.text) else 0.0
    weight += _neighbours(c, by_group) + _marked(c, marks)
    weight -= 0.5 if c.point else 0.0
    weight -= 2.0 if c.text.startswith(("**", "__")) else 0.0
    weight -= 3.0 if "\t" in c.text or re.search(r"\.{4,}\s*\d+$", c.text) else 0.0
    weight -= 1.0 if len(c.text.split()) > 60 else 0.0
    return weight


def _neighbours(c: Candidate, by_group: Mapping[int, Candidate]) -> float:
    """Reward a number that stands right before or after its own neighbours."""
    near = [by_group[g] for g in range(c.group - 2, c.group + 3) if g in by_group and g != c.group]
    before = any(o.number == c.number - 1 and o.group < c.group for o in near)
    after = any(o.number == c.number + 1 and o.group > c.group for o in near)
    return 0.75 * (before + after)


def _marked(c: Candidate, marks: Mapping[int, list[int]]) -> float:
    """Reward a definition that follows its mark closely; a definition wants a mark."""
    places = [place for place in marks.get(c.number, []) if place != c.group]
    if not places:
        return -1.5
    gap = min((c.group - place for place in places if place <= c.group), default=10**6)
    return 2.0 if gap <= 80 else 0.5


def _heaviest_rising(candidates: list[Candidate], weights: list[float]) -> list[Candidate]:
    """Find the heaviest strictly rising chain, in O(n log n) over (number, weight)."""
    best: list[float] = []  # best total of a chain that ends with tails[i].number or less
    tails: list[tuple[int, int]] = []  # (number, candidate index), numbers rising
    back: list[int] = [-1] * len(candidates)
    for index, (candidate, weight) in enumerate(zip(candidates, weights, strict=True)):
        if weight <= 0:
            continue
        at = bisect_left(tails, (candidate.number, -1))
        total = weight + (best[at - 1] if at else 0.0)
        back[index] = tails[at - 1][1] if at else -1
        if at < len(tails) and tails[at][0] == candidate.number and best[at] >= total:
            continue
        if at and best[at - 1] >= total:
            continue
        end = at
        while end < len(tails) and best[end] <= total:
            end += 1
        tails[at:end] = [(candidate.number, index)]
        best[at:end] = [total]
    chain = []
    index = tails[-1][1] if tails else -1
    while index >= 0:
        chain.append(candidates[index])
        index = back[index]
    return chain[::-1]
