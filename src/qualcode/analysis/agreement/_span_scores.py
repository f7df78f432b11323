"""F1 of two coders' spans: the same spans, spans that overlap enough, or the same characters.

F1 is the same whichever coder is taken for the truth, so neither is. Nothing is taken off for
chance, and text that neither coded does not count (G. Hripcsak and A. S. Rothschild (2005),
"Agreement, the F-measure, and reliability in information retrieval", JAMIA 12, 296-298).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from math import nan
from typing import TYPE_CHECKING

from qualcode.analysis.agreement._agreement_value import Agreement, whole
from qualcode.analysis.agreement._continua import Span, Spans, joined
from qualcode.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

__all__ = ["character_f1", "span_f1"]


def span_f1(continua: Sequence[Spans | None], *, overlap: float | None = None) -> Agreement:
    """Give the F1 of two coders' spans: twice those that match, by all there are.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        Two coders' spans, half-open; they may overlap. None for a coder who did not read.
    overlap : float, optional
        Without it spans match that have the same ends and value. With it they match where they
        have the same value and what both cover is at least this share, above 0 and up to 1, of
        what either covers (intersection over union). Each span matches one other at most, and as
        many as can be are matched.

    Returns
    -------
    Agreement
        `units` and `pairable` count spans.

    Raises
    ------
    UnknownValueError
        If more than two coders read the text, `overlap` is not from 0 to 1, or a span is empty.

    References
    ----------
    .. [1] G. Hripcsak and A. S. Rothschild (2005), "Agreement, the F-measure, and reliability in
       information retrieval", JAMIA 12, 296-298.

    Examples
    --------
    >>> one, other = [(0, 10, "pay"), (20, 30, "rest")], [(0, 8, "pay"), (20, 30, "rest")]
    >>> span_f1([one, other]).value, span_f1([one, other], overlap=0.5).value
    (0.5, 1.0)
    """
    if overlap is not None and not 0 < overlap <= 1:
        mend = "give a share above 0 and up to 1"
        raise UnknownValueError(f"overlap={overlap} is no share", mend=mend)
    given = _read(continua)
    name = "Span F1 (exact)" if overlap is None else f"Span F1 (overlap of {overlap:g} or more)"
    if len(given) < 2:
        return _score(name, given, 0, [], "spans")
    if overlap is None:
        matched = (Counter(given[0]) & Counter(given[1])).total()
    else:
        matched = _most_pairs(
            list(_near(given[0], given[1], overlap)), len(given[0]), len(given[1])
        )
    return _score(name, given, matched, [len(spans) for spans in given], "spans")


def character_f1(continua: Sequence[Spans | None]) -> Agreement:
    """Give the F1 of two coders' characters: twice those given the same code, by all coded.

    Parameters
    ----------
    continua : sequence of (iterable of (start, end, value), or None)
        Two coders' spans, half-open; they may overlap, and a character counts once for each code
        that a coder gave it. None for a coder who did not read.

    Returns
    -------
    Agreement
        For one code it is the positive agreement of `two_coder_measures`. `units` and `pairable`
        count coded characters.

    Raises
    ------
    UnknownValueError
        If more than two coders read the text, or a span is empty.

    References
    ----------
    .. [1] G. Hripcsak and A. S. Rothschild (2005), "Agreement, the F-measure, and reliability in
       information retrieval", JAMIA 12, 296-298.

    Examples
    --------
    >>> one = [(2, 6, "A"), (8, 12, "B"), (14, 18, "A")]
    >>> other = [(3, 6, "A"), (8, 13, "A"), (15, 18, "A")]
    >>> round(character_f1([one, other]).value, 4)
    0.5217
    """
    given = [_by_value(spans) for spans in _read(continua)]
    lengths = [sum(e - s for spans in each.values() for s, e in spans) for each in given]
    shared = 0.0
    if len(given) == 2:
        shared = sum(_shared(given[0][value], given[1].get(value, [])) for value in given[0])
    return _score("Character F1", given, shared, lengths, "coded characters")


def _read(continua: Sequence[Spans | None]) -> list[list[Span]]:
    given = [sorted(spans, key=lambda span: span[:2]) for spans in continua if spans is not None]
    if len(given) > 2:
        raise UnknownValueError(f"there are {len(given)} coders, and F1 is for 2")
    for start, end, _ in (span for spans in given for span in spans):
        if start >= end:
            raise UnknownValueError(f"the span {start:g}-{end:g} ends before it starts")
    return given


def _score(
    name: str, given: Sequence[object], shared: float, many: Sequence[float], unit: str
) -> Agreement:
    total = sum(many)
    reason = "" if total else "neither coder coded anything"
    if len(given) < 2:
        reason = "it needs two coders who read the text"
    value = nan if reason else 2 * shared / total
    counted = whole(total)
    return Agreement(
        name,
        value,
        observed=value,
        units=counted,
        coders=len(given),
        pairable=counted,
        unit=unit,
        reason=reason,
    )


def _near(one: list[Span], other: list[Span], overlap: float) -> Iterator[tuple[int, int]]:
    """Give the numbers of spans that may match, of sorted spans."""
    starts = [start for start, _, _ in other]
    longest = max((end - start for start, end, _ in other), default=0)
    for number, (start, end, value) in enumerate(one):
        for place in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            low, high, also = other[place]
            both = min(end, high) - max(start, low)
            either = (end - start) + (high - low) - both
            if value == also and both > 0 and both >= overlap * either:
                yield number, place


def _most_pairs(near: list[tuple[int, int]], rows: int, columns: int) -> int:
    """Count the most pairs that use each span once."""
    if not near:
        return 0
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    graph = csr_matrix((np.ones(len(near)), tuple(zip(*near, strict=True))), shape=(rows, columns))
    return int((maximum_bipartite_matching(graph) >= 0).sum())


def _by_value(spans: Iterable[Span]) -> dict[Hashable, list[tuple[float, float]]]:
    values: dict[Hashable, list[tuple[float, float]]] = {}
    for start, end, value in spans:
        values.setdefault(value, []).append((start, end))
    return {value: joined(each) for value, each in values.items()}


def _shared(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> float:
    """Measure what two lists of spans, each sorted and apart, have in common."""
    total, first, second = 0.0, 0, 0
    while first < len(one) and second < len(other):
        (start, end), (low, high) = one[first], other[second]
        total += max(0, min(end, high) - max(start, low))
        if end <= high:
            first += 1
        else:
            second += 1
    return total
