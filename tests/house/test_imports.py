"""What `import qualcode` gives, and what it does not load."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import pytest

import qualcode

HEAVY = [
    "pandas",
    "matplotlib",
    "docx",
    "great_tables",
    "pydantic",
    "torch",
    "pypdfium2",
    "anywidget",
]


@pytest.mark.parametrize("name", qualcode.__all__)
def test_every_public_name_imports(name: str) -> None:
    assert getattr(qualcode, name) is not None


def test_no_public_name_is_a_modules() -> None:
    modules = {module.name for module in pkgutil.iter_modules(qualcode.__path__)}
    # Whoever imported such a module would get it instead of what the name promises.
    assert modules & set(qualcode.__all__) == set()


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'open_stduy'; it has .*QualcodeError"):
        qualcode.open_stduy  # noqa: B018


def test_import_loads_nothing_heavy() -> None:
    code = "import json, sys; import qualcode; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert sorted(loaded & set(HEAVY)) == []


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import json, sys\n"
        "from qualcode.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert sorted(loaded & set(HEAVY)) == []
