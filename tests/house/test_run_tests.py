"""A step whose program is missing is skipped aloud; JavaScript that is wrong fails."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from ._files import ROOT, load_tool

NEEDING = ["javascript", "browser"]


@pytest.fixture
def steps() -> ModuleType:
    return load_tool("run_tests")


@pytest.fixture
def javascript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the script that runs node, working in an empty folder."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = load_tool("run_javascript")
    if tool.setup_programs.find("node") is None:
        pytest.skip("NOT TESTED: no node")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    (tmp_path / tool.MODULES).mkdir(parents=True)
    (tmp_path / tool.TESTS).mkdir(parents=True)
    package = Path("src", "package.json")
    (tmp_path / package).write_bytes((ROOT / package).read_bytes())
    return tool


@pytest.mark.parametrize("name", NEEDING)
@pytest.mark.parametrize(
    ("codes", "result"),
    [([0, 0], "passed"), ([0, 1], "FAILED"), ([0, 3], "FAILED"), ([3], "SKIPPED"), ([1], "FAILED")],
    ids=["passed", "tests failed", "pytest broke", "nothing to run it with", "the same in CI"],
)
def test_a_step_without_its_program(
    steps: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, codes: list[int], result: str
) -> None:
    left = list(codes)
    monkeypatch.setattr(steps, "python", lambda arguments, env: left.pop(0))
    assert steps.run(name)[2] == result
    assert left == []


def test_browser_tests_run_in_a_step_of_their_own(steps: ModuleType) -> None:
    assert "--ignore=tests/browser" in steps.STEPS["tests"]
    assert "tests/browser" in steps.STEPS["browser"]
    assert list(steps.NEEDS) == NEEDING


def test_no_javascript_tests_are_no_failure(
    javascript: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    assert javascript.main() == 0
    assert capfd.readouterr().out.splitlines() == [
        "wrong syntax in 0 of 0 modules in src/qualcode/widgets/static",
        "no test files in tests/js yet",
    ]


def test_wrong_syntax_and_a_failing_test_fail(
    javascript: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    module = tmp_path / javascript.MODULES / "two.js"
    module.write_text("export const two = 2;\n")
    test = tmp_path / javascript.TESTS / "two.test.mjs"
    lines = (
        f'import {{ two }} from "{module.as_uri()}";\nif (two !== %d) throw new Error("not it");\n'
    )
    test.write_text(lines % 2)
    assert javascript.main() == 0
    test.write_text(lines % 3)
    assert javascript.main() == 1
    test.write_text(lines % 2)
    (tmp_path / javascript.MODULES / "wrong.mjs").write_text("export const = 2;\n")
    capfd.readouterr()
    assert javascript.main() == 1
    assert "wrong syntax in 1 of 2 modules" in capfd.readouterr().out
