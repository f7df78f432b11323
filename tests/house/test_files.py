"""Sizes, swallowed errors, and what no tracked file may say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ._files import ROOT, text_of, tracked_files

SOURCES = sorted((ROOT / "src").rglob("*.py"))
MOST_LINES = 400

# Square brackets keep a pattern from finding itself.
MACHINES = {
    "a path of one machine": r"(?<![\w./~-])/(?:home|Users|root|work|farm|mnt)/\w+|[A-Z]:\\Users\\",
    "a package registry": r"(?:pypi|anaconda|npmjs|debian)\.org|python[h]osted|[-]-(?:extra-)?index-url|find[-]links",
    "a host of one network": r"\b[\w-]+\.(?:internal|localdomain|lan)\b(?!\()|\b(?:10|192\.168)(?:\.\d+){2,3}:\d+",
}


def describe(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=describe)
def test_a_source_file_is_not_long(path: Path) -> None:
    lines = path.read_bytes().count(b"\n")
    assert lines <= MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=describe)
def test_no_error_is_swallowed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(swallowing(tree)) == []


def swallowing(tree: ast.AST) -> Iterator[int]:
    """Give the lines of handlers that catch everything and do nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.id if isinstance(node.type, ast.Name) else None
            everything = node.type is None or caught in {"Exception", "BaseException"}
            nothing = all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
            if everything and nothing:
                yield node.lineno


def test_swallowing_is_seen() -> None:
    tree = ast.parse(
        "try:\n    f()\nexcept Exception:\n    pass\ntry:\n    f()\nexcept OSError:\n    pass\n"
    )
    assert list(swallowing(tree)) == [3]


def test_no_tracked_file_names_a_machine() -> None:
    found = []
    for path in tracked_files():
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1):
            found += [f"{describe(path)}:{number}: {what}" for what in machines_in(line)]
    assert found == []


def machines_in(line: str) -> list[str]:
    return [what for what, pattern in MACHINES.items() if re.search(pattern, line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("see /ho" + "me/ann/study", ["a path of one machine"]),
        ("sources at https://example.org/home/ann", []),
        ("--index" + "-url x", ["a package registry"]),
        ("http://files.example.inter" + "nal/x", ["a host of one network"]),
        ("outputs/report/quotes.csv", []),
    ],
)
def test_machines_are_seen(line: str, expected: list[str]) -> None:
    assert machines_in(line) == expected
