"""README, the Makefile and the command line name the same commands."""

from __future__ import annotations

import re

import pytest
import typer.main

from qualcode.cli import app

from ._files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands
TARGETS = set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, flags=re.MULTILINE))


def code_in(markdown: str) -> str:
    """Give what stands in fences and between backticks: README's prose may `make` a sentence."""
    fences = re.findall(r"^```.*?\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?\n.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*fences, *re.findall(r"`([^`\n]+)`", rest)])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_in_readme_and_has_help(name: str) -> None:
    assert f"qualcode {name}" in code_in(README), f"README does not show `qualcode {name}`"
    assert len((COMMANDS[name].help or "").split()) >= 4
    for option in COMMANDS[name].params:
        assert getattr(option, "help", None), f"{name}: {option.name} has no help"


def test_readme_shows_no_command_that_is_not_there() -> None:
    shown = re.findall(r"(?:^|&& )(make|qualcode) ([a-z]+)\b", code_in(README), flags=re.MULTILINE)
    missing = {
        (tool, name)
        for tool, name in shown
        if name not in (TARGETS if tool == "make" else COMMANDS)
    }
    assert missing == set()


def test_every_target_says_what_it_does() -> None:
    documented = set(re.findall(r"^([a-z]+):.* ## \S", MAKEFILE, flags=re.MULTILINE))
    assert documented == TARGETS


@pytest.mark.parametrize("target", ["reproduce", "test", "lab"])
def test_the_first_commands_are_in_readme(target: str) -> None:
    assert f"make {target}" in code_in(README)


def test_ci_runs_what_readme_says() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
