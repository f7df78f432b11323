"""Build .venv from constraints.txt, or see in a moment that it is there already.

Usage: python tools/setup_env.py SET, where SET is ``runtime``, ``notebooks`` or ``dev``.

Only the standard library: this runs before anything is installed. A folder ``.venv`` is usable
when it carries the stamp of the set asked for and no mark of unfinished work, so a set-up that
was interrupted, by whatever means, is made anew the next time.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UNFINISHED = VENV / ".unfinished"
LOG = VENV / "setup.log"

# Each set holds those before it, so the stamp of a larger one will do.
SETS = {"runtime": "", "notebooks": "[machine,notebooks]", "dev": "[machine,notebooks,dev]"}
MAKE_VENV = ["-m", "venv"]
SECONDS_BETWEEN_LINES = 10.0


class SetupError(Exception):
    """The set-up cannot go on; the message is the one line that the user sees."""


def main(arguments: list[str]) -> int:
    """Set up the set named, and return an exit code."""
    if len(arguments) != 1 or arguments[0] not in SETS:
        print(f"usage: setup_env.py {'|'.join(SETS)}", file=sys.stderr)
        return 2
    try:
        if arguments[0] == "dev":
            need_git()
        with only_one():
            set_up(arguments[0])
    except SetupError as error:
        print(f"qualcode: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"qualcode: cannot set up {VENV}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nqualcode: set-up interrupted; run the same command to begin it again.")
        return 130
    return 0


def need_git() -> None:
    """Refuse to go on without git, which the tests of merging journals use."""
    if shutil.which("git") is None:
        raise SetupError("git is not installed, and the tests use it; install git.")


@contextmanager
def only_one() -> Iterator[None]:
    """Let a second command wait while a first one builds the same folder."""
    try:
        import fcntl
    except ImportError:  # Windows without WSL: no lock, no harm to one user
        yield
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(name: str) -> None:
    """Make `.venv` hold the set, doing nothing when it does already."""
    if is_current(name):
        return
    started = time.monotonic()
    if not is_sound():
        make_venv()
    UNFINISHED.touch()
    install(name)
    for stamp in VENV.glob(".stamp-*"):
        stamp.unlink()
    stamp_of(name).write_text(digest(), encoding="utf-8")
    UNFINISHED.unlink()
    say(f"set-up done in {time.monotonic() - started:.0f} s")


def is_current(name: str) -> bool:
    """Tell whether `.venv` was completed for this set, or a larger one, from these very files."""
    if UNFINISHED.exists():
        return False
    larger = list(SETS)[list(SETS).index(name) :]
    stamps = [stamp_of(other) for other in larger]
    current = any(s.is_file() and s.read_text(encoding="utf-8") == digest() for s in stamps)
    return current and runs(PYTHON)


def is_sound() -> bool:
    """Tell whether `.venv` is whole, of this Python and in its place, so that pip may update it."""
    finished = not UNFINISHED.exists() and any(VENV.glob(".stamp-*"))
    return finished and runs(PYTHON) and origin_of(VENV / ".origin") == origin()


def make_venv() -> None:
    """Make a bare `.venv`, in place of a broken one."""
    ours = UNFINISHED.exists() or any(VENV.glob(".stamp-*"))
    if VENV.is_dir() and not VENV.is_symlink() and (ours or not any(VENV.iterdir())):
        shutil.rmtree(VENV)
    elif os.path.lexists(VENV):
        aside = VENV.with_name(f".venv-aside-{int(time.time())}")
        VENV.rename(aside)
        say(f"a .venv that make had not made is kept as {aside.name}")
    VENV.mkdir()
    UNFINISHED.touch()
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"making .venv with Python {version}")
    command = [base_python(), *MAKE_VENV, str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(
            "Python could not make a virtual environment; install its venv module "
            f"(Debian, Ubuntu: apt install python3-venv). It said: {last_line(done.stdout + done.stderr)}"
        )
    (VENV / ".origin").write_text(origin(), encoding="utf-8")


def install(name: str) -> None:
    """Install the build tool, then qualcode in place with the set's packages, at the pinned versions."""
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    pip += ["--progress-bar", "off", "-c", "constraints.txt"]
    count = sum(1 for _ in pinned())
    say(
        f"installing the {name} packages (constraints.txt pins {count}; some minutes the first time)"
    )
    run_pip([*pip, *build_tools()])
    # Without build isolation, or pip would fetch the build tool again, in a version not pinned.
    run_pip([*pip, "--no-build-isolation", "-e", f".{SETS[name]}"])


def run_pip(command: list[str]) -> None:
    """Run pip with one moving line of progress, its whole output in the log."""
    lines: queue.Queue[str | None] = queue.Queue()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdout is not None  # for the type checker: PIPE was asked for
    threading.Thread(target=pump, args=(process.stdout, lines), daemon=True).start()
    try:
        follow(lines)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    if process.wait():
        logged = LOG.read_text(encoding="utf-8").splitlines()
        said = [line for line in logged if line.lower().startswith("error")]
        raise SetupError(
            f"pip could not install the packages: {said[-1] if said else 'no reason given'} "
            f"(whole log: {LOG.relative_to(ROOT)})"
        )


def pump(stream: Iterator[str], lines: queue.Queue[str | None]) -> None:
    """Hand on a stream's lines, then None."""
    for line in stream:
        lines.put(line)
    lines.put(None)


def follow(lines: queue.Queue[str | None]) -> None:
    """Show what pip is doing until its output ends."""
    started = shown = time.monotonic()
    doing, collected = "starting pip", 0
    live = sys.stdout.isatty()
    with LOG.open("a", encoding="utf-8") as log:
        while True:
            try:
                line = lines.get(timeout=0.5)
            except queue.Empty:
                line = ""
            if line is None:
                break
            log.write(line)
            if line.startswith(("Collecting ", "Processing ")):
                collected += 1
                doing = f"fetching package {collected}: {Path(line.split()[1]).name}"
            elif line.startswith("Installing collected packages"):
                doing = f"unpacking {line.count(',') + 1} packages"
            now = time.monotonic()
            if now - shown >= (0.2 if live else SECONDS_BETWEEN_LINES):
                shown = now
                show(f"  {now - started:4.0f} s  {doing}", live=live)
    if live:
        show("", live=True)


def show(text: str, *, live: bool) -> None:
    """Print a line of progress: over the last one on a terminal, else below it."""
    if live:
        width = shutil.get_terminal_size().columns - 1
        print("\r" + text[:width].ljust(width), end="\r", flush=True)
    else:
        print(text, flush=True)


def say(text: str) -> None:
    """Print one line at once, also where output is a file."""
    print(f"qualcode: {text}", flush=True)


def digest() -> str:
    """Fingerprint everything that decides what `.venv` holds."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    decides = [project["build-system"], project["project"], list(pinned()), origin()]
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def origin() -> str:
    """Say which Python and which place a `.venv` belongs to: neither may change under it."""
    return json.dumps([list(sys.version_info[:2]), sys.base_prefix, str(VENV)])


def origin_of(path: Path) -> str | None:
    """Read what `origin` said when the folder was made."""
    return path.read_text(encoding="utf-8") if path.is_file() else None


def stamp_of(name: str) -> Path:
    """Name the file that says a set is complete."""
    return VENV / f".stamp-{name}"


def pinned() -> Iterator[str]:
    """Give the lines of constraints.txt that pin a package."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def build_tools() -> list[str]:
    """Give what pyproject.toml needs to build the package."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        requires: list[str] = tomllib.load(file)["build-system"]["requires"]
    return requires


def base_python() -> str:
    """Give the Python outside any environment: `.venv` cannot be rebuilt by its own."""
    return getattr(sys, "_base_executable", None) or sys.executable


def runs(python: Path) -> bool:
    """Tell whether a Python starts; a link to one that was removed does not."""
    try:
        return (
            subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode
            == 0
        )
    except OSError:
        return False


def last_line(text: str) -> str:
    """Give the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
