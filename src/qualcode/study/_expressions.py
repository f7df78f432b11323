"""Sums over named numbers, such as ``100 * upheld / investigated``: parsed, never executed."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

__all__ = ["evaluate", "names_in"]

_LONGEST = 600  # letters: far above any sum that a person writes, far below what a parser chokes on
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def names_in(expression: str) -> tuple[str, ...]:
    """Give the names in a sum, each once; ValueError says what is no sum.

    Examples
    --------
    >>> names_in("100 * (late + lost) / all_of_them")
    ('late', 'lost', 'all_of_them')
    """
    names: dict[str, None] = {}
    for node in ast.walk(_parse(expression)):
        if isinstance(node, ast.Name):
            names[node.id] = None
    return tuple(sorted(names, key=expression.index))


def evaluate(expression: str, values: Mapping[str, float]) -> float:
    """Work out a sum; `nan` where it divides by nothing.

    Examples
    --------
    >>> evaluate("100 * part / whole", {"part": 21, "whole": 150})
    14.0
    """
    try:
        return _value(_parse(expression), values)
    except ZeroDivisionError:
        return float("nan")


def _parse(expression: str) -> ast.expr:
    if len(expression) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} letters")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("not a sum") from None
    for node in ast.walk(tree):
        _check(node)
    return tree


def _check(node: ast.AST) -> None:
    """Refuse whatever is not a number, a name, or a sign between them."""
    number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    sign = isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS
    minus = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    quiet = (ast.Name, ast.expr_context, ast.operator, ast.unaryop)
    if not (number or sign or minus or isinstance(node, quiet)):
        raise ValueError("only names, numbers, + - * / and brackets make a sum")


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, values)
    if isinstance(node, ast.Name):
        return values[node.id]
    assert isinstance(node, ast.Constant)  # _check has seen it
    return float(node.value)  # type: ignore[arg-type]
