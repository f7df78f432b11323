"""Print by how many bytes a process grows at most when it opens a study and takes all segments."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> int:
    """Give the most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # elsewhere the figure may be that of the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(root: str) -> None:
    """Load what is needed, then measure."""
    from qualcode.study import open_study
    from qualcode.study.example import example_study

    example_study().segments()
    before = peak()
    open_study(root).segments()
    print(peak() - before)


if __name__ == "__main__":
    main(sys.argv[1])
