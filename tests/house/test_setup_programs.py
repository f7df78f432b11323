"""Chromium and node are found, else installed where that is allowed, else loudly missed."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ._files import load_tool

OLD, NEW = "echo Chromium 90.0.1", "echo Chromium 156.0.8"
BROKEN = "echo please install the snap; exit 1"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the script, on a machine that has no programs but those a test makes."""
    tool = load_tool("setup_programs")
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CI", "QUALCODE_CHROMIUM", "QUALCODE_NODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tool, "playwrights_own", lambda: iter(()))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (tmp_path / "env").symlink_to("/usr/bin/env")
    return tool


def fake(folder: Path, name: str, says: str) -> str:
    """Put a program of that name into a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return str(path)


def installs(folder: Path, name: str, says: str) -> str:
    """Give the lines of an apt-get that brings a program, and notes that it was called."""
    path = shlex.quote(str(folder / name))
    return (
        f'echo "$@" >>{shlex.quote(str(folder / "calls"))}\n'
        f"printf '#!/bin/sh\\n{says}\\n' >{path}; /bin/chmod +x {path}"
    )


@pytest.mark.parametrize(
    ("programs", "found"),
    [
        ({"chromium": NEW, "google-chrome": NEW}, "chromium"),
        ({"chromium": BROKEN, "chromium-browser": BROKEN, "google-chrome": NEW}, "google-chrome"),
        ({"chromium": OLD, "google-chrome": NEW}, "google-chrome"),
        ({"chromium": OLD}, None),
        ({}, None),
    ],
    ids=["the first", "one that runs", "one new enough", "too old", "none"],
)
def test_a_program_is_found(
    tool: ModuleType, tmp_path: Path, programs: dict[str, str], found: str | None
) -> None:
    for name, says in programs.items():
        fake(tmp_path, name, says)
    assert tool.find("chromium") == (str(tmp_path / found) if found else None)


def test_nodes_version_is_read(tool: ModuleType, tmp_path: Path) -> None:
    fake(tmp_path, "node", "echo v16.20.2")
    assert tool.find("node") is None
    fake(tmp_path, "nodejs", "echo v18.0.0")
    assert tool.find("node") == str(tmp_path / "nodejs")


def test_the_users_own_choice_comes_first_and_alone(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, "chromium", NEW)
    mine = fake(tmp_path, "mine", NEW)
    monkeypatch.setenv("QUALCODE_CHROMIUM", mine)
    assert tool.find("chromium") == mine
    fake(tmp_path, "mine", BROKEN)
    assert tool.find("chromium") is None


def test_playwrights_own_browser_will_do(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = fake(tmp_path, "fetched", NEW)
    monkeypatch.setattr(tool, "playwrights_own", lambda: iter([fetched]))
    assert tool.find("chromium") == fetched


APT = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120"
BROWSER = "install -y --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji"
PLAYWRIGHT = f"{shlex.quote(sys.executable)} -m playwright install chromium"


@pytest.mark.parametrize(
    ("root", "programs", "expected"),
    [
        (True, ["apt-get"], [f"{APT} update && {APT} {BROWSER}", PLAYWRIGHT]),
        (True, [], [PLAYWRIGHT]),
        (False, ["apt-get"], [PLAYWRIGHT]),
        (
            False,
            ["apt-get", "sudo"],
            [f"sudo -n {APT} update && sudo -n {APT} {BROWSER}", PLAYWRIGHT],
        ),
    ],
    ids=["root with apt", "root without apt", "no root", "sudo"],
)
def test_it_is_installed_without_a_question_or_not_at_all(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    root: bool,
    programs: list[str],
    expected: list[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    for name in programs:
        fake(tmp_path, name, "exit 0")
    assert list(tool.commands(tool.PROGRAMS["chromium"])) == expected


def test_a_sudo_that_asks_is_not_used(tool: ModuleType, tmp_path: Path) -> None:
    fake(tmp_path, "apt-get", "exit 0")
    fake(tmp_path, "sudo", "exit 1")
    assert list(tool.commands(tool.PROGRAMS["node"])) == []


def test_the_second_time_installs_nothing(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fake(tmp_path, "apt-get", installs(tmp_path, "chromium", NEW))
    assert tool.main(["chromium"]) == 0
    calls = (tmp_path / "calls").read_text()
    assert [line.split()[2] for line in calls.splitlines()] == ["update", "install"]
    assert tool.main(["chromium"]) == 0
    assert (tmp_path / "calls").read_text() == calls
    found = f"qualcode: chromium is {tmp_path / 'chromium'}"
    assert capsys.readouterr().out.splitlines() == [
        "qualcode: no chromium 105 or newer yet; installing it with apt (about 130 MB)",
        found,
        found,
    ]


@pytest.mark.parametrize(
    ("ci", "code", "what"),
    [("", 3, "ITS TESTS ARE SKIPPED"), ("true", 1, "THIS IS AN ERROR IN CI")],
    ids=["at home", "in CI"],
)
def test_a_missing_program_is_said_aloud(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ci: str,
    code: int,
    what: str,
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fake(tmp_path, "apt-get", "echo E: no network; echo done; exit 100")
    assert tool.main(["node"]) == code
    assert capsys.readouterr().out.splitlines() == [
        "qualcode: no node 18 or newer yet; installing it with apt (about 40 MB)",
        "qualcode: apt could not install node: E: no network",
        f"qualcode: NO NODE: {what}. Install node 18 or newer, or give its path in QUALCODE_NODE.",
    ]


def test_a_long_installation_shows_that_it_goes_on(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "SECONDS_BETWEEN_LINES", 0.05)
    assert tool.run("node", "/bin/sleep 0.2")
    assert "s  Playwright is still installing node" in capsys.readouterr().out


def test_an_unknown_program_is_refused(
    tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(["ruby"]) == 2
    assert capsys.readouterr().err == "usage: setup_programs.py chromium|node ...\n"
