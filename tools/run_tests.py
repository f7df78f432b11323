"""Run everything that CI runs, all of it even when a part fails, and say at the end what failed.

Usage: python tools/run_tests.py [STEP ...], with no step for all of them.

The notebooks are run once: nbval compares what their cells show, while the tables they write go
to a fresh folder, which is then compared with the committed ``outputs/``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRESH = ROOT / ".fresh" / "outputs"

PYTEST = ["-m", "pytest"]
PYTEST += [] if sys.stdout.isatty() else ["--color=no"]  # nbval colours logs too, unless told
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout", "120"]
NBVAL += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "notebooks"]

# What runs after `python`; the readable difference of the outputs comes last, where CI's log ends.
STEPS: dict[str, list[str]] = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "--output-format=concise", "."],
    "types": ["-m", "mypy"],
    "floors": [
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-logo",
    ],
    "javascript": ["tools/run_javascript.py"],
    "tests": [*PYTEST, "--ignore=tests/browser", "-n", "2"],
    # Two at a time, each with a JupyterLab of its own: most of the time is spent waiting.
    "browser": [*PYTEST, "tests/browser", "-n", "2", "--dist", "loadfile"],
    "notebooks": [*PYTEST, *NBVAL],
    "outputs": ["tools/check_outputs.py", str(FRESH), "outputs"],
}
# What a step needs that pip cannot bring; without it the step is skipped, but fails in CI.
NEEDS = {"javascript": "node", "browser": "chromium"}
SKIP = 3  # setup_programs.py: not found, and not in CI


def main(arguments: list[str]) -> int:
    """Run the steps named, or all, and return 1 when any failed."""
    unknown = sorted(set(arguments) - set(STEPS))
    if unknown:
        print(f"no step {unknown}; the steps are {list(STEPS)}", file=sys.stderr)
        return 2
    results = [run(name) for name in arguments or STEPS]
    print(f"\n== {'step':<10} {'seconds':>7}")
    for name, seconds, result in results:
        print(f"   {name:<10} {seconds:7.1f}  {result}")
    return 1 if any(result == "FAILED" for _, _, result in results) else 0


def run(name: str) -> tuple[str, float, str]:
    """Run one step: its name, the seconds it took and its result."""
    print(f"\n== {name}", flush=True)
    if name == "notebooks":
        shutil.rmtree(FRESH, ignore_errors=True)
        FRESH.mkdir(parents=True)
    started = time.monotonic()
    ready = python(["tools/setup_programs.py", NEEDS[name]], os.environ) if name in NEEDS else 0
    if ready == SKIP:
        result = "SKIPPED"
    elif ready == 0 and python(STEPS[name], environment(os.environ, name)) == 0:
        result = "passed"
    else:
        result = "FAILED"
    return name, time.monotonic() - started, result


def python(arguments: list[str], env: Mapping[str, str]) -> int:
    """Run Python in the repository's folder, and give its exit code."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, check=False).returncode


def environment(outer: Mapping[str, str], name: str) -> dict[str, str]:
    """Give a step its environment: no progress bars, and notebooks that write to the fresh folder."""
    inner = {**outer, "CI": outer.get("CI") or "true"}
    if name == "notebooks":
        inner["QUALCODE_OUTPUTS"] = str(FRESH)
        inner.pop("QUALCODE_REPORT", None)  # the committed outputs are those without the report
    return inner


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
