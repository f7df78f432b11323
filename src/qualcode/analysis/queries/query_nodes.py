"""What a query is made of: frozen values that write themselves as the query that they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from qualcode.analysis.queries._query_spelling import is_bare_code, is_bare_value, quoted

__all__ = [
    "SCOPES",
    "And",
    "Code",
    "Has",
    "In",
    "Near",
    "Not",
    "Or",
    "Query",
    "Within",
    "Words",
]

#: what a query may be judged in
SCOPES = ("turn", "sentence", "transcript", "overlap")


@dataclass(frozen=True, slots=True)
class Code:
    """The passages that have a code, or one below it.

    Parameters
    ----------
    name : str
        The code's id, an id that was merged into it, or its name.
    at : int, default 0
        Where it stands in the query, for messages; it is not compared.

    Examples
    --------
    >>> print(Code("time_lag"), Code("Time lag"))
    time_lag code:"Time lag"
    """

    name: str
    at: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        return self.name if is_bare_code(self.name) else f"code:{quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class Words:
    """The places of the transcripts with these words.

    Parameters
    ----------
    text : str
        A word or phrase; ``*`` stands for the rest of a word.
    at : int, default 0
        Where it stands in the query; it is not compared.

    Examples
    --------
    >>> print(Words("twenty week*"))
    "twenty week*"
    """

    text: str
    at: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        return quoted(self.text)


@dataclass(frozen=True, slots=True)
class Has:
    """What has a value: of the coding, the speaker, or the interview.

    Parameters
    ----------
    what : str
        ``theme``, ``coder``, ``memo``, ``source``, ``speaker``, ``role``, ``body``, ``body_type``,
        ``transcript``, or an attribute of the transcripts.
    value : str
        The value; ``*`` stands for any text, ``?`` for one character.
    at : int, default 0
        Where it stands in the query; it is not compared.

    Examples
    --------
    >>> print(Has("role", "SEND officer"))
    role:"SEND officer"
    """

    what: str
    value: str
    at: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.what}:{self.value if is_bare_value(self.value) else quoted(self.value)}"


@dataclass(frozen=True, slots=True)
class Not:
    """Where there is no passage of the other query.

    Parameters
    ----------
    of : Query
        What must not be there.

    Examples
    --------
    >>> print(Not(Code("delay")))
    NOT delay
    """

    of: Query

    def __str__(self) -> str:
        return f"NOT {_inside(self.of, And, Or, In, Within)}"


@dataclass(frozen=True, slots=True)
class And:
    """Where all are: in one turn, or what `In` says.

    Parameters
    ----------
    parts : tuple of Query
        Two or more.

    Examples
    --------
    >>> print(And((Code("delay"), Words("waited"))))
    delay AND "waited"
    """

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        first, *others = self.parts
        written = [_inside(first, And, Or, In)]
        written += [_inside(part, And, Or, In, Within) for part in others]
        return " AND ".join(written)


@dataclass(frozen=True, slots=True)
class Or:
    """The passages of each.

    Parameters
    ----------
    parts : tuple of Query
        Two or more.

    Examples
    --------
    >>> print(Or((Code("delay"), And((Code("rest"), Code("pay"))))))
    delay OR rest AND pay
    """

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(_inside(part, Or, In) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Near:
    """The passages of either that have the other at most so many turns away.

    Parameters
    ----------
    left, right : Query
        The two.
    turns : int
        How many turns apart they may be; 0 is in the same turn.

    Examples
    --------
    >>> print(Near(Code("delay"), Words("sorry"), 2))
    delay NEAR/2 "sorry"
    """

    left: Query
    right: Query
    turns: int

    def __str__(self) -> str:
        left = _inside(self.left, And, Or, In, Not, Within)
        return f"{left} NEAR/{self.turns} {_inside(self.right, And, Or, In, Not, Within, Near)}"


@dataclass(frozen=True, slots=True)
class Within:
    """The passages of the one that lie inside a passage of the other.

    Parameters
    ----------
    inner, outer : Query
        What is looked for, and what it must lie in.

    Examples
    --------
    >>> print(Within(Code("delay"), Has("speaker", "DCS")))
    delay WITHIN speaker:DCS
    """

    inner: Query
    outer: Query

    def __str__(self) -> str:
        inner = _inside(self.inner, Or, In)
        return f"{inner} WITHIN {_inside(self.outer, And, Or, In, Not, Within)}"


@dataclass(frozen=True, slots=True)
class In:
    """A query judged turn by turn, sentence by sentence, by transcripts, or on the same words.

    Parameters
    ----------
    of : Query
        What is looked for.
    scope : {'turn', 'sentence', 'transcript', 'overlap'}
        In what its parts must meet.

    Examples
    --------
    >>> print(In(And((Code("delay"), Code("pay"))), "sentence"))
    delay AND pay IN sentence
    """

    of: Query
    scope: str

    def __str__(self) -> str:
        return f"{_inside(self.of, In)} IN {self.scope}"


#: any of them
Query: TypeAlias = Code | Words | Has | Not | And | Or | Near | Within | In


def _inside(part: Query, *loose: type) -> str:
    """Write a part of a query, in brackets if it would come apart without them."""
    return f"({part})" if isinstance(part, loose) else str(part)


def parts_of(query: Query) -> tuple[Query, ...]:
    """Give what a query is directly made of; nothing for a single condition."""
    match query:
        case And() | Or():
            return query.parts
        case Not() | In():
            return (query.of,)
        case Near():
            return (query.left, query.right)
        case Within():
            return (query.inner, query.outer)
    return ()
