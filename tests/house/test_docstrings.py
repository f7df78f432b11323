"""Every public name has a numpydoc docstring that fits what it describes."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest
from numpydoc.validate import validate

import qualcode

# The faults that make a docstring wrong or missing; matters of taste are ruff's.
FAULTS = {
    "GL08",  # no docstring
    "SS01",  # no summary
    "PR01",  # a parameter is not documented
    "PR02",  # a documented parameter does not exist
    "PR03",  # parameters in another order
    "PR07",  # a parameter without a description
    "RT01",  # no Returns
    "RT03",  # a return value without a description
    "YD01",  # no Yields
    "EX01",  # no example
}


def public_modules() -> Iterator[str]:
    """Give the modules whose names, in every part, have no underscore."""
    for module in pkgutil.walk_packages(qualcode.__path__, "qualcode."):
        if not any(part.startswith("_") for part in module.name.split(".")):
            yield module.name


def public_objects() -> Iterator[str]:
    """Give the full name of every public function and class, and of the classes' public parts."""
    names = {f"{module}.{name}" for name, module in qualcode._PUBLIC.items()}
    for module in public_modules():
        exported = getattr(importlib.import_module(module), "__all__", [])
        names |= {f"{module}.{name}" for name in exported}
    for name in sorted(names):
        value = find(name)
        if inspect.isclass(value):
            yield name
            yield from (f"{name}.{part}" for part in public_parts(value))
        elif callable(value) and inspect.getdoc(value) != inspect.getdoc(type(value)):
            yield name


def public_parts(cls: type) -> list[str]:
    """Give the methods and properties that a class itself defines for its users."""
    described = (property, classmethod, staticmethod)
    return [
        name
        for name, value in vars(cls).items()
        if not name.startswith("_")
        and (inspect.isfunction(value) or isinstance(value, described) or is_cached(value))
    ]


def is_cached(value: object) -> bool:
    """Tell whether a part of a class is a cached property."""
    return type(value).__name__ == "cached_property"


def find(name: str) -> object:
    """Import what a full name stands for."""
    return pkgutil.resolve_name(name)


def faults_of(name: str) -> list[str]:
    """Give what is wrong with a docstring."""
    result = validate(name)
    faults = [f"{code} {text}" for code, text in result["errors"] if code in FAULTS]
    return [fault for fault in faults if not excused(name, fault)]


def excused(name: str, fault: str) -> bool:
    """Tell whether a fault is none: errors and properties explain themselves by being met."""
    owner_name, _, attribute = name.rpartition(".")
    value, owner = find(name), find(owner_name)
    if fault.startswith("PR01") and all(p.startswith("_") for p in re.findall(r"'(\w+)'", fault)):
        return True  # fields that only the class's own functions set
    if inspect.isclass(value) and issubclass(value, Exception):
        inherited = "__init__" not in vars(value)
        return fault.startswith("EX01") or (fault.startswith("PR01") and inherited)
    if inspect.isclass(owner) and fault.startswith("EX01"):
        part = inspect.getattr_static(owner, attribute)
        return isinstance(part, property) or is_cached(part)
    return False


@pytest.mark.parametrize("name", list(public_objects()))
def test_a_public_name_is_documented(name: str) -> None:
    assert faults_of(name) == []
