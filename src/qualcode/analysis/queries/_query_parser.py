"""Queries read: a method for each level, from the loosest (OR) to the tightest (a word)."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.queries._query_tokens import Token, cut, fault_at
from qualcode.analysis.queries.query_nodes import (
    SCOPES,
    And,
    Code,
    Has,
    In,
    Near,
    Not,
    Or,
    Query,
    Within,
    Words,
)
from qualcode.errors import QueryError, clip

__all__ = ["parse"]

_DEEPEST = 40
_BEGINS = ("word", "string", "field", "open", "NOT")
_THING = 'a code, "words", role:… or ('


def parse(query: str) -> Query:
    """Read a query.

    Examples
    --------
    >>> parse('delay AND NOT "waited"')
    And(parts=(Code(name='delay'), Not(of=Words(text='waited'))))
    """
    return _Parser(query, list(cut(query))).whole()


@dataclass
class _Parser:
    """Goes through the tokens from left to right."""

    query: str
    tokens: list[Token]
    place: int = 0
    deep: int = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def fault(self, token: Token, what: str, mend: str) -> QueryError:
        return fault_at(self.query, token.at, what, mend)

    def whole(self) -> Query:
        found = self.scoped()
        if self.token.kind == "close":
            raise self.fault(self.token, "this bracket closes nothing", "take it out")
        if self.token.kind != "end":
            raise self.between()
        return found

    def between(self) -> QueryError:
        """Say what is wrong where an operator should stand."""
        if self.token.kind in _BEGINS:
            mend = "put AND, OR, NEAR/2 or WITHIN between; several words of a name need quotes"
            return self.fault(self.token, "expected an operator here", mend)
        mend = "put what it holds for into brackets: (a AND b IN sentence) OR c"
        return self.fault(self.token, f"{self.token.kind} cannot follow here", mend)

    def scoped(self) -> Query:
        """Read ``a OR b IN sentence``."""
        found = self.either()
        if self.token.kind != "IN":
            return found
        self.take()
        named = self.take() if self.token.kind != "end" else self.token
        scope = named.text.lower().removesuffix("s")
        if named.kind != "word" or scope not in SCOPES:
            raise self.fault(named, "expected what to look in", f"use {', '.join(SCOPES)}")
        return In(found, scope)

    def either(self) -> Query:
        parts = [self.all_of()]
        while self.token.kind == "OR":
            self.take()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all_of(self) -> Query:
        """Read ``a AND b WITHIN c AND d``: from left to right, WITHIN takes all before it."""
        parts = [self.negated()]
        while self.token.kind in ("AND", "WITHIN"):
            if self.take().kind == "AND":
                parts.append(self.negated())
            else:
                inner = parts[0] if len(parts) == 1 else And(tuple(parts))
                parts = [Within(inner, self.near())]
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negated(self) -> Query:
        nots = 0
        while self.token.kind == "NOT":
            self.deeper(self.take())
            nots += 1
        found = self.near()
        self.deep -= nots
        for _ in range(nots):
            found = Not(found)
        return found

    def near(self) -> Query:
        found = self.thing()
        while self.token.kind == "NEAR":
            operator = self.take()
            if not (
                operator.text.isascii() and operator.text.isdecimal() and len(operator.text) < 5
            ):
                mend = "say how many turns apart: NEAR/2"
                raise self.fault(operator, "NEAR needs a number of turns", mend)
            found = Near(found, self.thing(), int(operator.text))
        return found

    def thing(self) -> Query:
        token = self.token
        if token.kind not in ("word", "string", "field", "open"):
            raise self.missing()
        self.take()
        if token.kind == "open":
            return self.bracketed(token)
        if token.kind == "field":
            return self.field(token)
        if token.kind == "word" and not ("*" in token.text or "?" in token.text):
            return Code(token.text, token.at)
        return self.words(token.text, token)

    def missing(self) -> QueryError:
        token = self.token
        if token.kind == "end":
            what = "the query ends too soon" if self.place else "the query is empty"
            return self.fault(token, what, f"expected {_THING}")
        what = "nothing stands in these brackets" if token.kind == "close" else "a part is missing"
        found = f" before {token.kind}" if token.kind != "close" else ""
        if token.kind in ("AND", "OR", "IN", "WITHIN", "NEAR"):
            found += f"; a code of that name is code:{token.kind.lower()}"
        return self.fault(token, what, f"expected {_THING}{found}")

    def words(self, text: str, token: Token) -> Words:
        if not text.strip() or not any(one.isalnum() for one in text):
            mend = 'give a word or a phrase, such as "twenty weeks" or complain*'
            raise self.fault(token, "no words to look for", mend)
        return Words(text, token.at)

    def field(self, field: Token) -> Query:
        """Read ``role:"SEND officer"``."""
        token, name = self.token, field.text.lower()
        value = token.text
        if token.kind not in ("word", "string") or not value.strip():
            mend = f'give a value right after it, in quotes if it has spaces: {clip(name, 20)}:"…"'
            raise self.fault(token, f"{clip(name, 20)}: has no value", mend)
        self.take()
        if name == "code":
            return Code(value, token.at)
        if name == "words":
            return self.words(value, token)
        return Has(name, value, token.at)

    def bracketed(self, opened: Token) -> Query:
        self.deeper(opened)
        found = self.scoped()
        if self.token.kind == "end":
            raise self.fault(opened, "this bracket is not closed", "put ) where it should end")
        if self.token.kind != "close":
            raise self.between()
        self.take()
        self.deep -= 1
        return found

    def deeper(self, token: Token) -> None:
        self.deep += 1
        if self.deep > _DEEPEST:
            mend = f"at most {_DEEPEST} brackets and NOTs within each other"
            raise self.fault(token, "the query is nested too deep", mend)
