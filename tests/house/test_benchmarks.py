"""`make bench` makes every figure, here on a study too small to judge them by."""

from __future__ import annotations

import os
import subprocess
import sys

from ._files import ROOT


def test_every_figure_is_made() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = [
        "opening the study",
        "one code's quotes, first asked",
        "one code's quotes, asked again",
        "all quotes to CSV",
        "one coding saved",
        "import qualcode",
        "peak memory, opened",
        "qc.agreement, all codes",
        "peak memory of qc.agreement",
        "alpha, 4 coders",
        "Fleiss' kappa, 4 coders",
        "Cohen's kappa of a table",
        "alpha of sets",
        "texts a second, float32",
        "texts a second, int8",
        "mAP of themes, float32",
        "mAP of themes, int8",
        "indexing vectors",
        "indexing words",
        "size of the index",
        "opening the index again",
        "a question by meaning",
        "a question by words",
        "a question by both, 2,000",
        "a question by both, filtered",
        "share of the ten nearest found",
        "learning again after 20",
    ]
    assert [name for name in figures if name not in done.stdout] == []
