"""The notebooks are committed as a run from top to bottom left them."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from ._files import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 500_000
MOST_LINES = 40

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    """Give a notebook's cells of one kind, each with its source as one text."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == kind]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def code_of(cell: dict[str, Any]) -> ast.Module:
    """Parse a cell; lines for the shell or the notebook itself are left out."""
    lines = cell["source"].splitlines()
    return ast.parse("\n".join("" if line.startswith(("%", "!")) else line for line in lines))


def has_result(cell: dict[str, Any]) -> bool:
    """Tell whether the last line of a cell is an expression, which a notebook shows."""
    body = code_of(cell).body
    return (
        bool(body) and isinstance(body[-1], ast.Expr) and not cell["source"].rstrip().endswith(";")
    )


def test_there_are_notebooks_in_order() -> None:
    assert NOTEBOOKS, "no notebook in notebooks/"
    numbers = [path.name[:2] for path in NOTEBOOKS]
    assert numbers == [f"{number:02}" for number in range(len(NOTEBOOKS))]


@each_notebook
def test_it_was_run_from_top_to_bottom(path: Path) -> None:
    run = [cell["execution_count"] for cell in cells_of(path) if cell["source"].strip()]
    assert run == list(range(1, len(run) + 1))


@each_notebook
def test_every_result_is_shown(path: Path) -> None:
    empty = [c["execution_count"] for c in cells_of(path) if has_result(c) and not c["outputs"]]
    assert empty == [], f"no output in the cells {empty}"


@each_notebook
def test_no_error_and_no_warning_is_shown(path: Path) -> None:
    outputs = [output for cell in cells_of(path) for output in cell["outputs"]]
    bad = [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
    assert bad == []


@each_notebook
def test_it_holds_no_widget_state_and_is_small(path: Path) -> None:
    assert "widgets" not in json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert path.stat().st_size < MOST_BYTES


@each_notebook
def test_it_begins_with_its_purpose_and_has_one_cell_of_parameters(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["cells"][0]["cell_type"] == "markdown"
    assert "".join(notebook["cells"][0]["source"]).startswith("# ")
    tags = [tag for cell in cells_of(path) for tag in cell["metadata"].get("tags", [])]
    assert tags.count("parameters") == 1


@each_notebook
def test_it_ends_with_the_versions(path: Path) -> None:
    last = cells_of(path)[-1]
    assert "version" in last["source"]
    assert last["outputs"]


@each_notebook
def test_it_defines_nothing_and_has_no_long_cell(path: Path) -> None:
    for cell in cells_of(path):
        tree = code_of(cell)
        defined = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        assert defined == [], "helper functions belong into src/"
        assert cell["source"].count("\n") < MOST_LINES


@pytest.mark.parametrize(
    ("source", "expected"),
    [("frame", True), ("x = 1", False), ("plot();", False), ("%time f()", False), ("", False)],
)
def test_a_result_is_seen(source: str, expected: bool) -> None:
    assert has_result({"source": source}) is expected
