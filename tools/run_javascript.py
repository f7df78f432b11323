"""Check the syntax of the widgets' JavaScript, and run its tests, with node.

Usage: python tools/run_javascript.py

The modules are plain files that browser and node read as they are; nothing is built or fetched.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import setup_programs

ROOT = Path(__file__).resolve().parent.parent
MODULES = "src/qualcode/widgets/static"
TESTS = "tests/js"


def main() -> int:
    """Check every module, run every test, and return 1 when anything failed."""
    node = setup_programs.find("node")
    if node is None:
        print(setup_programs.missing("node"), file=sys.stderr)
        return 1
    modules = [
        path for kind in ("js", "mjs") for path in sorted((ROOT / MODULES).rglob(f"*.{kind}"))
    ]
    wrong = [path for path in modules if not runs(node, "--check", str(path))]
    print(f"wrong syntax in {len(wrong)} of {len(modules)} modules in {MODULES}", flush=True)
    tests = sorted(map(str, (ROOT / TESTS).glob("*.test.mjs")))
    if not tests:
        print(f"no test files in {TESTS} yet")
    # The files by name: what `--test` makes of a folder differs from version to version.
    passed = not tests or runs(node, "--test", "--test-reporter=spec", *tests)
    return 0 if passed and not wrong else 1


def runs(node: str, *arguments: str) -> bool:
    """Run node, its output shown, and tell whether it succeeded."""
    return subprocess.run([node, *arguments], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
