"""pyproject.toml, environment.yml and constraints.txt say the same."""

from __future__ import annotations

import re
import tomllib

import yaml

from ._files import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"([a-z0-9-]+)==(\d[a-z0-9.]*)")
OURS = "--editable ."


def requirements() -> list[str]:
    """Give all that pyproject.toml asks for, the extras included."""
    extras = PROJECT["optional-dependencies"].values()
    return [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]


def bounds(lines: list[str]) -> dict[str, str]:
    """Split each ``name>=version`` into the name, in its normal form, and the rest."""
    found = {}
    for line in lines:
        name, bound = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", line.replace(" ", "")).groups()
        found[re.sub(r"[-_.]+", "-", name).lower()] = bound
    return found


def pins() -> dict[str, str]:
    """Give the names and versions of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(PIN.fullmatch(line).groups() for line in lines if not line.startswith("#"))


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def test_conda_users_get_what_pip_users_get() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (by_pip,) = (entry["pip"] for entry in listed if isinstance(entry, dict))
    by_conda = bounds([entry for entry in listed if isinstance(entry, str)])
    assert by_conda.pop("pip") == ""
    assert by_conda.pop("python") == PROJECT["requires-python"]
    assert OURS in by_pip
    assert by_conda | bounds([line for line in by_pip if line != OURS]) == bounds(requirements())


def test_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not PIN.fullmatch(line)] == []
    names = [line.split("==")[0] for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))


def test_every_requirement_is_pinned_within_its_bound() -> None:
    pinned = pins()
    for name, bound in bounds(requirements()).items():
        assert version(pinned[name]) >= version(bound), f"{name}{bound} is pinned too low"
