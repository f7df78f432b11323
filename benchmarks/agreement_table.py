"""The table of agreement for a whole study, by character: how long it takes, and how much memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.generate import CODERS


def measure_agreement_table(root: Path) -> Iterator[Figure]:
    """Lay out all codes of two coders in a fresh process that has opened the study."""
    command = [sys.executable, "-m", "benchmarks.agreement_table", str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(done.stdout)
    yield Figure("qc.agreement, all codes, by character", seconds, "< 5 s", seconds < 5)
    yield Figure("peak memory of qc.agreement", peak, "< 1 GB", peak < 1e9, unit="MB")


def main(root: str) -> None:
    """Print the seconds that it took and the bytes that the process held at most."""
    from qualcode.analysis.agreement.agreement_table import agreement
    from qualcode.study import open_study

    study = open_study(root)
    started = time.perf_counter()
    agreement(study, coders=CODERS, by="code", unit="character")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, peak * (1 if sys.platform == "darwin" else 1024)]))


if __name__ == "__main__":
    main(sys.argv[1])
