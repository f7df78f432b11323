"""The set-up builds once, starts at once the next time, and mends what was left half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ._files import ROOT, load_tool

FIND_PYTHON = ROOT / "tools" / "find_python.sh"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the script, working in a folder of its own and installing nothing."""
    root = tmp_path / "a folder"
    root.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    tool = load_tool("setup_env")
    venv = root / ".venv"
    for name, value in {
        "ROOT": root,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "UNFINISHED": venv / ".unfinished",
        "LOG": venv / "setup.log",
    }.items():
        monkeypatch.setattr(tool, name, value)
    monkeypatch.setattr(tool, "MAKE_VENV", [*tool.MAKE_VENV, "--without-pip"])  # pip takes seconds
    tool.calls = []
    monkeypatch.setattr(tool, "install", tool.calls.append)
    monkeypatch.setattr(
        tool, "make_venv", lambda make=tool.make_venv: (tool.calls.append("venv"), make())
    )
    return tool


def run(tool: ModuleType, name: str) -> list[str]:
    """Set up a set and say what that did."""
    tool.calls.clear()
    assert tool.main([name]) == 0
    return list(tool.calls)


def test_the_second_time_does_nothing(setup: ModuleType) -> None:
    assert run(setup, "notebooks") == ["venv", "notebooks"]
    assert run(setup, "notebooks") == []
    assert run(setup, "runtime") == []
    assert run(setup, "dev") == ["dev"]
    assert run(setup, "notebooks") == []


def test_new_pins_are_installed(setup: ModuleType) -> None:
    run(setup, "runtime")
    with (setup.ROOT / "constraints.txt").open("a") as file:
        file.write("zzz==1.0\n")
    assert run(setup, "runtime") == ["runtime"]


def test_a_comment_or_a_tools_setting_installs_nothing(setup: ModuleType) -> None:
    run(setup, "runtime")
    for name, line in {"constraints.txt": "# later\n", "pyproject.toml": "[tool.other]\n"}.items():
        with (setup.ROOT / name).open("a") as file:
            file.write(line)
    assert run(setup, "runtime") == []


def test_an_interrupted_set_up_is_made_anew(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(name: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", stop)
        assert setup.main(["runtime"]) == 130
    (setup.VENV / "half a package").touch()
    assert run(setup, "runtime") == ["venv", "runtime"]
    assert not (setup.VENV / "half a package").exists()


def test_a_broken_one_is_made_anew(setup: ModuleType) -> None:
    run(setup, "runtime")
    setup.PYTHON.unlink()
    assert run(setup, "runtime") == ["venv", "runtime"]


def test_one_that_moved_is_made_anew(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    run(setup, "runtime")
    moved = setup.ROOT.with_name("another")
    setup.ROOT.rename(moved)
    monkeypatch.setattr(setup, "ROOT", moved)
    for name in ("VENV", "PYTHON", "UNFINISHED"):
        monkeypatch.setattr(
            setup, name, moved / getattr(setup, name).relative_to(moved.with_name("a folder"))
        )
    assert run(setup, "runtime") == ["venv", "runtime"]


def test_somebody_elses_is_kept_aside(setup: ModuleType) -> None:
    setup.VENV.mkdir()
    (setup.VENV / "mine").write_text("precious")
    assert run(setup, "runtime") == ["venv", "runtime"]
    (aside,) = setup.ROOT.glob(".venv-aside-*")
    assert (aside / "mine").read_text() == "precious"


def test_a_failing_pip_gives_one_line(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    says = "print('Collecting x'); print('ERROR: No matching distribution found for x'); exit(1)"
    monkeypatch.setattr(setup, "install", lambda name: setup.run_pip([sys.executable, "-c", says]))
    assert setup.main(["runtime"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "qualcode: pip could not install the packages: ERROR: No matching distribution found for x "
        "(whole log: .venv/setup.log)"
    )
    assert setup.UNFINISHED.exists()


def test_without_git_the_tests_are_refused(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert setup.main(["dev"]) == 1
    assert (
        capsys.readouterr().err
        == "qualcode: git is not installed, and the tests use it; install git.\n"
    )


def fake_python(folder: Path, name: str, says: str) -> None:
    """Put a program of that name into a folder, answering as an interpreter would."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)


REAL = f'exec "{sys.executable}" "$@"'
OLD = 'case "$1" in -V) echo Python 3.9.1;; *) exit 3;; esac'
NO_VENV = 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac'


@pytest.mark.parametrize(
    ("programs", "chosen", "message"),
    [
        ({"python3": REAL, "python3.13": REAL}, "python3", ""),
        ({"python3": OLD, "python3.12": REAL}, "python3.12", ""),
        ({"python3": NO_VENV, "python3.11": REAL}, "python3.11", ""),
        ({"python3": OLD}, None, "python3 is Python 3.9.1, but Python 3.11 or newer is needed"),
        ({"python3": NO_VENV}, None, "python3 lacks the venv module; install it"),
        ({}, None, "no Python found; install Python 3.11 or newer."),
    ],
    ids=["own first", "own too old", "own without venv", "old", "no venv", "none"],
)
def test_a_python_is_chosen_or_asked_for(
    tmp_path: Path, programs: dict[str, str], chosen: str | None, message: str
) -> None:
    for name, says in programs.items():
        fake_python(tmp_path, name, says)
    (tmp_path / "head").symlink_to("/usr/bin/head")
    done = subprocess.run(
        ["/bin/sh", str(FIND_PYTHON)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (0 if chosen else 1)
    assert done.stdout == (f"{tmp_path / chosen}\n" if chosen else "")
    assert done.stderr.startswith(f"qualcode: {message}" if message else "")
    assert done.stderr.count("\n") == (1 if message else 0)


@pytest.mark.parametrize(
    ("given", "message"),
    [("no-such-python", "is not a program"), ("false", "is not Python 3.11 or newer")],
)
def test_the_python_asked_for_must_fit(given: str, message: str) -> None:
    done = subprocess.run(
        ["/bin/sh", str(FIND_PYTHON)],
        env={**os.environ, "PYTHON": given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert message in done.stderr
