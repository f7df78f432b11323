"""Write constraints.txt afresh: the newest versions that fit together, in a clean environment.

Usage: python tools/lock.py [--keep]

With ``--keep`` the versions pinned now are kept and only packages that are new are added. Run it
with the oldest Python at hand that qualcode supports: a package that asks for a newer one than
pyproject.toml does, even by a patch release, is refused.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
HEADER = """\
# The versions that `make` installs: everything qualcode, its notebooks and its tests need.
# Written by tools/lock.py; CONTRIBUTING.md says when. Names and versions only.
"""


# Runs in the clean environment: what each package there asks of Python.
ASKS = """
import importlib.metadata, json
asks = {d.metadata["Name"]: d.metadata["Requires-Python"] for d in importlib.metadata.distributions()}
from packaging.specifiers import SpecifierSet
oldest = %r
print(json.dumps([f"{n} {a}" for n, a in sorted(asks.items()) if a and oldest not in SpecifierSet(a)]))
"""


def main(arguments: list[str]) -> int:
    """Resolve in a clean environment and write the pins."""
    if set(arguments) - {"--keep"}:
        print("usage: lock.py [--keep]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        frozen = resolve(Path(folder), keep="--keep" in arguments)
        too_new = ask_for_newer_python(Path(folder))
    if too_new:
        print(
            f"these need a newer Python than pyproject.toml: {'; '.join(too_new)}", file=sys.stderr
        )
        return 1
    lines = sorted(pins(frozen), key=lambda line: line.split("=="))
    CONSTRAINTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")
    return 0


def resolve(folder: Path, *, keep: bool) -> str:
    """Install everything into a clean environment and list what came."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip"]
    with (ROOT / "pyproject.toml").open("rb") as file:
        build = tomllib.load(file)["build-system"]["requires"]
    install = [*pip, "install", *build, "-e", ".[machine,notebooks,dev]"]
    install += ["-c", CONSTRAINTS.name] if keep else []
    subprocess.run(install, cwd=ROOT, check=True)
    listed = subprocess.run(
        [*pip, "freeze", "--exclude-editable"], check=True, capture_output=True, text=True
    )
    return listed.stdout


def ask_for_newer_python(folder: Path) -> list[str]:
    """List the packages that would not install on the oldest Python of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        requires = tomllib.load(file)["project"]["requires-python"]
    oldest = requires.removeprefix(">=") + ".0"
    asked = subprocess.run(
        [str(folder / "bin" / "python"), "-c", ASKS % oldest],
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[str] = json.loads(asked.stdout)
    return found


def pins(frozen: str) -> set[str]:
    """Keep ``name==version``, the name in its normal form, a local build's suffix left off.

    >>> sorted(pins("PyYAML==6.0.3\\nruamel.yaml==0.19.1\\ntorch==2.13.0+cpu\\n"))
    ['pyyaml==6.0.3', 'ruamel-yaml==0.19.1', 'torch==2.13.0']
    """
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s+]+)", frozen, flags=re.MULTILINE)
    return {f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}" for name, version in found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
