"""Real processes: killed while they write, writing at once, and out of room."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO

import pytest

from qualcode.coding._lines import decode_events
from qualcode.coding.codings import read_codings
from qualcode.coding.journal import Journal
from qualcode.errors import TornLineWarning

from ._journal_child import ROOM, TEXT

CHILD = [sys.executable, str(Path(__file__).with_name("_journal_child.py"))]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="NOT TESTED: needs fork and signals")


@contextmanager
def started(*arguments: str) -> Iterator[tuple[IO[str], IO[str]]]:
    """Start the child script; give its input and output."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*CHILD, *arguments], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdin, process.stdout


def kill_once(orders: IO[str], told: IO[str], order: str, rng: Random) -> set[str]:
    """Have a child code until it is killed; give the ids that it acknowledged."""
    orders.write(f"{order}\n")
    orders.flush()
    child = int(told.readline().removeprefix("child "))
    # One in five dies before it may have saved anything, the others amid their work.
    saved = set() if rng.random() < 0.2 else set(told.readline().split()[1:])
    time.sleep(rng.uniform(0, 0.012))
    os.kill(child, signal.SIGKILL)
    for line in told:
        word, *rest = line.split()
        if word == "dead":
            assert rest == [str(signal.SIGKILL.value)]
            return saved
        assert word == "saved"
        saved |= set(rest)
    raise AssertionError("the child script ended")


def check_journal(folder: Path, coder: str, saved: set[str]) -> int:
    """See that a journal reads, and holds what was acknowledged; give whether a line is torn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TornLineWarning)
        found = read_codings(folder, coders=[coder])
    assert saved <= {coding.id for coding in found}
    assert all(TEXT[coding.start : coding.end] == coding.quote for coding in found)
    assert found.conflicts == ()
    return len(found.warnings)


def kill_often(folder: Path, kills: int) -> dict[str, int]:
    """Kill so many children, each at a random moment, twenty to a journal."""
    rng = Random(kills)
    counts = {"kills": 0, "saved": 0, "torn": 0}
    saved: dict[str, set[str]] = {}
    with started("serve") as (orders, told):
        for number in range(kills):
            coder = f"coder-{number // 20}"
            if coder not in saved:
                saved[coder] = {Journal(folder, coder).add(ROOM, 0, 9, "first").id}
            saved[coder] |= kill_once(orders, told, f"{folder}\t{coder}\t{number}", rng)
            counts["torn"] += check_journal(folder, coder, saved[coder])
            counts["kills"] += 1
        orders.close()
    counts["saved"] = sum(map(len, saved.values()))
    return counts


def check_bytes(folder: Path) -> None:
    """See that every line is an event, but a torn last one, and that no event stands twice."""
    for path in folder.glob("*.jsonl"):
        whole, _, _ = path.read_bytes().rpartition(b"\n")
        events = decode_events(whole + b"\n", file=path)
        assert len({event.id for event in events}) == len(events)


def test_100_kills_lose_nothing(tmp_path: Path) -> None:
    counts = kill_often(tmp_path, 100)
    assert counts["kills"] == 100
    assert counts["saved"] > 100
    check_bytes(tmp_path)


@pytest.mark.slow
def test_1000_kills_lose_nothing(tmp_path: Path) -> None:
    counts = kill_often(tmp_path, 1000)
    assert counts["kills"] == 1000
    assert counts["saved"] > 1000
    check_bytes(tmp_path)


def test_two_processes_code_under_one_name(tmp_path: Path) -> None:
    with (
        started("crowd", str(tmp_path), "ann", "one", "200") as (to_one, from_one),
        started("crowd", str(tmp_path), "ann", "two", "200") as (to_two, from_two),
    ):
        assert (from_one.readline(), from_two.readline()) == ("ready\n", "ready\n")
        for orders in (to_one, to_two):
            orders.write("go\n")
            orders.flush()
        while not (tmp_path / "ann.jsonl").exists():
            time.sleep(0.001)
        seen = watch(tmp_path)
        saved = {*from_one.read().split(), *from_two.read().split()}
    assert len(saved) == 400
    data = (tmp_path / "ann.jsonl").read_bytes()
    events = decode_events(data)
    assert [event.id for event in events] == sorted(saved)
    assert [event.at for event in events] == sorted({event.at for event in events})
    assert data.count(b"\n") == 400
    assert {coding.id for coding in read_codings(tmp_path)} == saved
    assert seen == sorted(seen)


def watch(folder: Path) -> list[int]:
    """Read a journal while it is written: no line is ever taken for a torn one."""
    seen = []
    for _ in range(30):
        seen.append(len(read_codings(folder)))
        time.sleep(0.002)
    return seen


def run_child(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout


def check_no_room(out: str, mend: str) -> None:
    """See that a full disk cost nothing that was saved, and left no part of a line."""
    told = json.loads(out)
    assert "nothing was written: " in told["error"]
    assert mend in told["error"]
    assert mend in told["newcomer"]
    assert list(told["files"]) == ["ann.jsonl"]
    data = told["files"]["ann.jsonl"].encode()
    events = decode_events(data)
    assert [event.id for event in events] == told["saved"]
    assert len(events) > 5
    # The one line more was written after there was room again, where the file ended before.
    assert data[: told["size"]].count(b"\n") == len(events) - 1
    assert data[told["size"] - 1 : told["size"]] == b"\n"


def test_a_limit_on_the_size_of_a_file(tmp_path: Path) -> None:
    check_no_room(
        run_child(*CHILD, "limit", str(tmp_path)), "raise the limit on the size of a file"
    )


def test_a_full_disk(tmp_path: Path) -> None:
    private = ["unshare", "--user", "--map-root-user", "--mount"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*private, "true"], check=False).returncode
    ):
        pytest.skip("NOT TESTED: no small disk can be mounted here; see the simulated ones")
    out = run_child(*private, *CHILD, "full", str(tmp_path))
    if out == "no mount\n":
        pytest.skip("NOT TESTED: no small disk can be mounted here; see the simulated ones")
    check_no_room(out, "free some space on the disk")
