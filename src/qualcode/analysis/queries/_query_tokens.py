"""A query's text cut into words and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.analysis.queries._query_spelling import KEYWORDS
from qualcode.errors import QueryError, clip

__all__ = ["LONGEST", "Token", "cut", "fault_at"]

LONGEST = 4000  # letters: far above any query that a person writes
_SHOWN = 60

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<string>"(?:[^"\\]|\\.)*"|“(?:[^”\\]|\\.)*”)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<field>[^\W\d][\w\-]*):
    | (?P<word>[^\s()"“”:]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(r"""[^\s()"“”]+""")  # after a field's colon anything but these
_OPERATOR = re.compile(rf"({'|'.join(KEYWORDS)})(?:/(.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a query.

    Parameters
    ----------
    kind : str
        ``string``, ``open``, ``close``, ``field``, ``word``, ``end``, or an operator's name.
    text : str
        What it says, without quotation marks; of NEAR, the number.
    at : int
        Where it begins in the query.
    """

    kind: str
    text: str
    at: int


def fault_at(query: str, at: int, what: str, mend: str) -> QueryError:
    """Make an error that points at a character of the query.

    Examples
    --------
    >>> print(fault_at("delay AND", 9, "the query ends too soon", "name a code"))
    the query ends too soon
      delay AND
               ^
    Mend: name a code
    """
    flat = "".join(one if one.isprintable() else " " for one in query)
    first = max(0, min(at - _SHOWN // 2, len(flat) - _SHOWN))
    shown = flat[first : first + _SHOWN]
    cut_off = "…" if first else ""
    more = "…" if first + _SHOWN < len(flat) else ""
    caret = " " * (at - first + len(cut_off)) + "^"
    error = QueryError(what, mend=mend)
    error.at = at
    error.args = (f"{what}\n  {cut_off}{shown}{more}\n  {caret}\nMend: {mend}",)
    return error


def cut(query: str) -> Iterator[Token]:
    """Cut a query into tokens, and end with one of kind ``end``.

    Examples
    --------
    >>> [(token.kind, token.text, token.at) for token in cut('late* near/2 (')]
    [('word', 'late*', 0), ('NEAR', '2', 6), ('open', '(', 13), ('end', '', 14)]
    """
    if len(query) > LONGEST:
        what = f"the query has {len(query):,} letters"
        raise QueryError(what, mend=f"keep it below {LONGEST:,}")
    place = 0
    while place < len(query):
        found = _TOKEN.match(query, place)
        if found is None:
            raise _no_token(query, place)
        if found.lastgroup != "space":
            yield _token(found, place)
        place = found.end()
        value = _VALUE.match(query, place) if found.lastgroup == "field" else None
        if value:
            yield Token("word", value[0], place)
            place = value.end()
    yield Token("end", "", len(query))


def _token(found: re.Match[str], at: int) -> Token:
    kind = str(found.lastgroup)
    if kind == "string":
        return Token(kind, re.sub(r"\\(.)", r"\1", found[0][1:-1], flags=re.DOTALL), at)
    operator = _OPERATOR.fullmatch(found[kind]) if kind == "word" else None
    if operator:
        return Token(operator[1].upper(), operator[2] or "", at)
    return Token(kind, found[kind], at)


def _no_token(query: str, at: int) -> QueryError:
    if query[at] == ":":
        mend = "put a name before it, such as role:, and no space between"
        return fault_at(query, at, "':' has nothing to its left", mend)
    mend = f'close it: {clip(query[at:], 20)}"'
    return fault_at(query, at, "a quotation mark is opened and not closed", mend)
