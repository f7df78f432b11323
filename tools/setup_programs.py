"""Find the programs that tests need and pip cannot bring, or install them where that is allowed.

Usage: python tools/setup_programs.py PROGRAM ..., of ``chromium`` and ``node``.

Only the standard library. A program that is there is found in a moment. One that is missing is
installed with apt, as root or by a sudo that asks for no password; Chromium, failing that, by
Playwright into the user's cache. Where nothing helps, the exit code is 3, and the tests that need
the program are skipped; in CI (CI is set) it is 1.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SECONDS_BETWEEN_LINES = 10.0
SKIP = 3


class Program(NamedTuple):
    """A program: where it may be, the oldest version that will do, and what brings it."""

    variable: str  # of the environment: the user's own choice
    names: tuple[str, ...]
    oldest: int
    packages: tuple[str, ...]  # of Debian and Ubuntu
    size: str
    by_playwright: bool = False


PROGRAMS = {
    "chromium": Program(
        variable="QUALCODE_CHROMIUM",
        names=(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
        oldest=105,  # the first with the CSS Custom Highlight API
        # The fonts hold emoji, Hebrew and Arabic, which the tests select.
        packages=("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"),
        size="about 130 MB",
        by_playwright=True,
    ),
    "node": Program(
        variable="QUALCODE_NODE",
        names=("node", "nodejs"),
        oldest=18,  # the first with a test runner
        packages=("nodejs",),
        size="about 40 MB",
    ),
}


def main(arguments: list[str]) -> int:
    """Find or install each program named, and return an exit code."""
    if not arguments or set(arguments) - set(PROGRAMS):
        print(f"usage: setup_programs.py {'|'.join(PROGRAMS)} ...", file=sys.stderr)
        return 2
    try:
        found = [set_up(name) for name in arguments]
    except KeyboardInterrupt:
        print("\nqualcode: interrupted; run the same command to begin it again.")
        return 130
    return 0 if all(found) else 1 if os.environ.get("CI") else SKIP


def set_up(name: str) -> bool:
    """Find a program or install it, and say where it is or that it is missing."""
    path = find(name)
    for command in [] if path else commands(PROGRAMS[name]):
        if run(name, command):
            path = find(name)
        if path:
            break
    say(f"{name} is {path}" if path else missing(name))
    return path is not None


def missing(name: str) -> str:
    """Say that a program is missing, so that nobody overlooks it, and what mends it."""
    program = PROGRAMS[name]
    what = "THIS IS AN ERROR IN CI" if os.environ.get("CI") else "ITS TESTS ARE SKIPPED"
    return (
        f"NO {name.upper()}: {what}. Install {program.names[0]} {program.oldest} or newer, "
        f"or give its path in {program.variable}."
    )


def find(name: str) -> str | None:
    """Find a program that runs and is new enough; None if there is none."""
    program = PROGRAMS[name]
    given = os.environ.get(program.variable)
    candidates = [given] if given else list(installed(program))
    return next((path for path in candidates if version(path) >= program.oldest), None)


def installed(program: Program) -> Iterator[str]:
    """Give the places where a program is, the system's own first."""
    yield from (path for path in map(shutil.which, program.names) if path)
    if program.by_playwright:
        yield from playwrights_own()


def playwrights_own() -> Iterator[str]:
    """Give the Chromium that Playwright has fetched, where it has."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    if done.returncode == 0 and Path(path).is_file():
        yield path


def version(path: str) -> int:
    """Ask a program for its version's first number; 0 if it does not run."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r"\bv?(\d+)\.", done.stdout)
    return int(number[1]) if done.returncode == 0 and number else 0


def commands(program: Program) -> Iterator[str]:
    """Give the shell commands that may bring a program here, the surest first."""
    sudo = asks_nothing()
    if shutil.which("apt-get") and sudo is not None:
        apt = f"{sudo}env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120"
        packages = " ".join(program.packages)
        yield f"{apt} update && {apt} install -y --no-install-recommends {packages}"
    if program.by_playwright:
        yield f"{shlex.quote(sys.executable)} -m playwright install chromium"


def asks_nothing() -> str | None:
    """Give what a command begins with to run as root without a question; None if nothing does."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ""
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return "sudo -n " if asked.returncode == 0 else None
    return None


def run(name: str, command: str) -> bool:
    """Run a command that takes a while, with a line of progress every few seconds."""
    program = PROGRAMS[name]
    tool = "apt" if "apt-get" in command else "Playwright"
    say(f"no {name} {program.oldest} or newer yet; installing it with {tool} ({program.size})")
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(
            command, shell=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            wait(process, f"{tool} is still installing {name}")
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        log.seek(0)
        said = [line.strip() for line in log if line.strip()]
    if process.returncode:
        errors = [line for line in said if re.match(r"(?i)e:|error|failed", line)] or said
        say(f"{tool} could not install {name}: {errors[-1] if errors else 'no reason given'}")
    return process.returncode == 0


def wait(process: subprocess.Popen[bytes], doing: str) -> None:
    """Wait for a process, and show now and then that it is still at work."""
    started = time.monotonic()
    while True:
        try:
            process.wait(SECONDS_BETWEEN_LINES)
        except subprocess.TimeoutExpired:
            print(f"  {time.monotonic() - started:4.0f} s  {doing}", flush=True)
        else:
            return


def say(text: str) -> None:
    """Print one line at once, also where output is a file."""
    print(f"qualcode: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
