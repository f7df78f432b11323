"""A process that writes journals, for tests that kill it, crowd it, or leave it no room.

Run as a script: the first argument says what to do. It imports the journal and nothing else, and
forks for each child to be killed, so that a thousand deaths take seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from random import Random

from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalWriteError, TornLineWarning
from qualcode.model import Transcript

TEXT = "There is a room with a kettle. Nobody has seen it since the spring. " * 20
ROOM = Transcript("room", TEXT)


def say(words: str) -> None:
    """Tell the test, at once and whole."""
    os.write(1, f"{words}\n".encode())


def serve() -> None:
    """Fork a child for each line of orders, and tell how it died."""
    for order in sys.stdin:
        folder, coder, seed = order.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                code_for_ever(folder, coder, int(seed))
            finally:
                os._exit(1)
        say(f"child {child}")
        _, status = os.waitpid(child, 0)
        say(f"dead {os.WTERMSIG(status) if os.WIFSIGNALED(status) else 'by itself'}")


def code_for_ever(folder: str, coder: str, seed: int) -> None:
    """Code, and acknowledge each coding once it is said to be saved."""
    journal, rng = Journal(folder, coder), Random(seed)
    number = 0
    while True:
        number += 1
        if rng.random() < 0.1:
            # Several pages in one write: a kill may cut it.
            new = [new_coding(rng, f"c{seed}-{number}-{n}", "m" * 2000) for n in range(60)]
        else:
            new = [new_coding(rng, f"c{seed}-{number}", "")]
        say("saved " + " ".join(coding.id for coding in journal.add_many(new)))


def new_coding(rng: Random, code: str, memo: str) -> NewCoding:
    start = rng.randrange(len(TEXT) - 50)
    return NewCoding(ROOM, start, start + rng.randrange(1, 50), code, memo)


def crowd(folder: str, coder: str, name: str, count: str) -> None:
    """Code so many times, beside another process that codes under the same name."""
    journal = Journal(folder, coder)
    say("ready")
    sys.stdin.readline()
    for number in range(int(count)):
        say(journal.add(ROOM, number, number + 9, f"by-{name}").id)


def limit(folder: str) -> None:
    """Code until the limit on a file's size, raise it, and go on."""
    import resource

    journal = Journal(folder, "ann")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, most))
    saved, error, size = fill_up(journal)
    newcomer = why_not(Journal(folder, "ben"), memo="m" * 4000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    saved.append(journal.add(ROOM, 0, 5, "after").id)
    report(saved, error, size, newcomer, journal.path)


def full(folder: str) -> None:
    """Code until a small disk of memory is full, make room, and go on."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        say("no mount")
        return
    spare = Path(folder) / "spare"
    spare.write_bytes(b"x" * 8192)
    journal = Journal(folder, "ann")
    saved, error, size = fill_up(journal)
    newcomer = why_not(Journal(folder, "ben"))
    spare.unlink()
    saved.append(journal.add(ROOM, 0, 5, "after").id)
    report(saved, error, size, newcomer, journal.path)


def fill_up(journal: Journal) -> tuple[list[str], str, int]:
    """Code until the disk refuses, twice; give the ids, why, and the size before."""
    saved: list[str] = []
    while True:
        size = journal.path.stat().st_size if saved else 0
        try:
            saved.append(journal.add(ROOM, len(saved), len(saved) + 30, "more").id)
        except JournalWriteError as exc:
            error = f"{exc}"
            break
    assert why_not(journal) == error
    assert journal.path.stat().st_size == size
    return saved, error, size


def why_not(journal: Journal, memo: str = "") -> str:
    try:
        journal.add(ROOM, 7, 900, "one-more", memo=memo)
    except JournalWriteError as exc:
        return f"{exc}"
    return ""


def report(saved: list[str], error: str, size: int, newcomer: str, path: Path) -> None:
    files = {one.name: one.read_text() for one in path.parent.glob("[a-z]*")}
    names = ("saved", "error", "size", "newcomer", "files")
    say(json.dumps(dict(zip(names, (saved, error, size, newcomer, files), strict=True))))


if __name__ == "__main__":
    warnings.simplefilter("ignore", TornLineWarning)
    actions = {"serve": serve, "crowd": crowd, "limit": limit, "full": full}
    actions[sys.argv[1]](*sys.argv[2:])
