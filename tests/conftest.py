"""What every test may ask for: the published report, where it is at hand, and the slow tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

IN_CI = bool(os.environ.get("CI"))

# No progress bars in what the tests capture, whoever runs them.
os.environ.setdefault("CI", "true")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="long; run it with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


def find_report() -> Path | None:
    """Find the report: where QUALCODE_REPORT says, else in a folder beside the repository."""
    given = os.environ.get("QUALCODE_REPORT")
    if given:
        return Path(given).expanduser()
    beside = ROOT.parent / "shared" / "report" / "set-up-to-fail-2026.txt"
    return beside if beside.is_file() else None


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the repository, which is the worked study too."""
    return ROOT


@pytest.fixture(scope="session")
def report_path() -> Path:
    """Give the path of the published report; a test without it is skipped, and says so."""
    path = find_report()
    if path is None:
        pytest.skip("NOT TESTED: the published report is not at hand; set QUALCODE_REPORT to it")
    return path


@pytest.fixture(scope="session")
def report_text(report_path: Path) -> str:
    """Give the text of the published report, read once."""
    return report_path.read_text(encoding="utf-8")
