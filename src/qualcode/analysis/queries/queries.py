"""Questions put to a study in one line: ``time_lag AND NOT remedies``, ``delay NEAR/2 "sorry"``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.analysis.queries._line import Line
from qualcode.analysis.queries._query_hits import Hits
from qualcode.analysis.queries._query_leaves import Finder
from qualcode.analysis.queries._query_parser import parse
from qualcode.analysis.queries._query_search import Search
from qualcode.analysis.queries._query_values import Values
from qualcode.analysis.queries.query_nodes import Has, Query, parts_of

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study
    from qualcode.study._filters import Wanted

__all__ = ["parse_query", "query"]


def parse_query(text: str) -> Query:
    """Read a query, without asking any study.

    Parameters
    ----------
    text : str
        See `query`.

    Returns
    -------
    Query
        A frozen value of `qualcode.analysis.queries.query_nodes`; ``str`` of it is a query that reads
        the same.

    Raises
    ------
    QueryError
        If it cannot be read; a caret points at the character.

    Examples
    --------
    >>> print(parse_query('breaks and not ("since May" or role:"Ward manager")'))
    breaks AND NOT ("since May" OR role:"Ward manager")
    >>> parse_query("breaks AND (rest OR")
    Traceback (most recent call last):
    ...
    qualcode.errors.QueryError: the query ends too soon
      breaks AND (rest OR
                         ^
    Mend: expected a code, "words", role:… or (
    """
    return parse(text)


def query(study: Study, query: str | Query, *, coder: Wanted | None = None) -> pd.DataFrame:
    """Find the passages that answer a query.

    Parameters
    ----------
    study : Study
        What is asked.
    query : str or Query
        What is looked for; see the notes.
    coder : str or iterable of str, optional
        Whose codings are looked at; by default those of the coder that ``study.yaml`` names, or
        everybody's if it names none or the query itself says ``coder:``. ``"*"`` is everybody.

    Returns
    -------
    pandas.DataFrame
        The frame ``query_hits``, a row a passage, in order of place. ``words`` are the coded words
        and the sentences with the words that were found, ``[…]`` where some are left out; where
        only a condition is met, they are the whole turn's, or nothing for a whole interview.
        Speaker and turn are those in which they begin. ``codes`` and ``coding_ids`` are the codings that match.

    Raises
    ------
    QueryError
        If it cannot be read, or names what there is not; a caret points at the character.
    UnknownValueError
        If the study has no such `coder`.

    Notes
    -----
    ================================  ==========================================================
    ``time_lag``                      coded so, or with a code below it; an id, or a name of one word
    ``code:"Time lag"``               the same, by the code's name
    ``"twenty weeks"``, ``wait*``     these words, whole and whatever their case
    ``role:"SEND officer"``           spoken by one; also ``speaker:``, which is a label or a role
    ``body_type:council``             in such an interview; also ``body:``, ``transcript:`` and every
                                      attribute of the transcripts
    ``coder:A``, ``memo:"contrary*"``  codings by A, with such a memo; also ``theme:``, ``source:``.
                                      A memo without ``*`` need only hold the words
    ``a AND b``                       both in the same turn
    ``a OR b``                        either
    ``NOT a``                         turns without
    ``a NEAR/2 b``                    either, if the other is at most two turns away
    ``a WITHIN b``                    a passage of a that lies inside one of b
    ``(a AND b IN sentence) OR c``    AND and NOT by the sentence; or by the ``transcript``, or
                                      ``overlap``: the words that have both
    ================================  ==========================================================

    Operators may be written small. NEAR binds first, then NOT, then AND and WITHIN from left to
    right (``a AND b WITHIN c`` is both within c), then OR, then IN. Values match whole, whatever their case; ``*`` stands for any text, ``?`` for one character. What is said of
    codings with AND (``time_lag AND coder:A``) is said of the codings beside it: *coded so by A*,
    not *coded so by somebody, and something else by A*.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> query(study, 'breaks AND "since May" AND coder:ann')[["place", "words", "codes"]]
                          place                           words   codes
    0  ward-2, 00:00:21, turn 2  I have had no break since May.  Breaks
    >>> query(study, "braeks")
    Traceback (most recent call last):
    ...
    qualcode.errors.QueryError: no code is 'braeks'
      braeks
      ^
    Mend: perhaps breaks; for words of the transcripts, write "braeks" in quotes
    """
    text = query if isinstance(query, str) else str(query)
    wanted = parse(text)
    if coder is None and not any(one.what == "coder" for one in _conditions(wanted)):
        coder = study.settings.coder or None
    segments = study.segments(coder=coder)
    line = Line(study.corpus)
    found = Search(Finder(line, segments, Values(study, text))).find(wanted)
    return Hits(found, line, segments, study.codebook).frame()


def _conditions(query: Query) -> Iterator[Has]:
    if isinstance(query, Has):
        yield query
    for part in parts_of(query):
        yield from _conditions(part)
