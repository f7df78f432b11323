"""The figures, each with its yardstick measured in the same run."""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generate import CODERS

if TYPE_CHECKING:
    from qualcode.study import Study


@dataclass(frozen=True)
class Figure:
    """One thing measured: seconds, or what the unit says."""

    name: str
    value: float
    aim: str
    met: bool
    yardstick: str = ""
    yardstick_value: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        return None if not self.yardstick_value else self.value / self.yardstick_value


def timed(work: Callable[..., object], *given: object) -> float:
    """Time one call."""
    gc.collect()
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


def measure_opening(root: Path) -> Figure:
    """Open the study, beside reading and decoding the same files."""
    from qualcode.study import open_study

    files = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")]
    pairs = [
        (
            timed(lambda: [path.read_bytes().decode() for path in files]),
            timed(lambda: open_study(root)),
        )
        for _ in range(5)
    ]
    bare, opened = (min(column) for column in zip(*pairs, strict=True))
    return Figure(
        "opening the study", opened, "≤ 4×", opened <= 4 * bare, "read and decode the bytes", bare
    )


def measure_quotes(root: Path) -> Iterator[Figure]:
    """Take the quotes of one code, and write those of all codes."""
    from qualcode.reporting.export import export
    from qualcode.study import open_study

    first = min(
        timed(lambda study: study.segments("code_11")["quote"], study)
        for study in opened_anew(root, times=3)
    )
    yield Figure("one code's quotes, first asked", first, "< 50 ms", first < 0.05)
    study = open_study(root)
    study.segments("code_12")
    again = min(timed(lambda: study.segments("code_11")["quote"]) for _ in range(5))
    yield Figure("one code's quotes, asked again", again, "< 50 ms", again < 0.05)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quotes.csv"
        all_quotes = min(
            timed(lambda study: export(study.segments(), path), study)
            for study in opened_anew(root, times=3)
        )
    yield Figure("all quotes to CSV", all_quotes, "< 1 s", all_quotes < 1)


def opened_anew(root: Path, *, times: int) -> Iterator[Study]:
    """Open the study several times, so that nothing worked out before is at hand."""
    from qualcode.study import open_study

    return (open_study(root) for _ in range(times))


def measure_append(root: Path, *, times: int = 300) -> Figure:
    """Append codings to a long journal, beside writing and syncing as many bytes to a file."""
    from qualcode.coding.journal import Journal
    from qualcode.study import open_study

    study = open_study(root)
    transcript = next(iter(study.corpus.values()))
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        codings = Path(folder) / "codings"
        shutil.copytree(root / "interviews_codebook" / "codings", codings)
        journal = Journal(codings, CODERS[0], codebook=study.codebook)
        length = len(journal.path.read_bytes().split(b"\n")[-2]) + 1
        bare, append = [], []
        with (Path(folder) / "bare").open("ab", buffering=0) as file:
            for number in range(times):
                append.append(
                    timed_once(lambda n=number: journal.add(transcript, n, n + 80, "code_1"))
                )
                bare.append(
                    timed_once(lambda: (file.write(b"x" * length), os.fsync(file.fileno())))
                )
    value, yardstick = statistics.median(append), statistics.median(bare)
    return Figure(
        "one coding saved", value, "≤ 2×", value <= 2 * yardstick, "write and fsync", yardstick
    )


def timed_once(work: Callable[[], object]) -> float:
    """Time one call among many, without collecting garbage between them."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure_import() -> Figure:
    """Import qualcode in a fresh process, beside starting Python."""

    def run(code: str) -> float:
        return min(
            timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))
            for _ in range(5)
        )

    bare, value = run("pass"), run("import qualcode")
    return Figure("import qualcode", value, "< 0.5 s", value < 0.5, "start Python", bare)


def measure_memory(root: Path) -> Figure:
    """Open the study and take all segments in a fresh process; see how far memory grew."""
    texts = (root / "transcripts_anonymised").glob("*.txt")
    size = sum(path.stat().st_size for path in texts)
    command = [sys.executable, "-m", "benchmarks.memory", str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    grown = json.loads(done.stdout)
    return Figure(
        "peak memory, opened and all segments",
        grown,
        "≤ 4×",
        grown <= 4 * size,
        "the text",
        size,
        "MB",
    )
