"""Print each figure beside its yardstick: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.table import Table

from benchmarks import figures
from benchmarks.agreement import measure_agreement
from benchmarks.agreement_table import measure_agreement_table
from benchmarks.embedding import measure_embedding
from benchmarks.generate import FULL, QUICK, make_study
from benchmarks.search import measure_search
from benchmarks.suggestions import measure_suggestions
from benchmarks.widget import measure_widget


def main(arguments: list[str]) -> int:
    """Make the study, measure and print."""
    if set(arguments) - {"--quick"}:
        print("usage: python -m benchmarks [--quick]", file=sys.stderr)
        return 2
    size = QUICK if "--quick" in arguments else FULL
    console = Console(width=None if sys.stdout.isatty() else 120)
    started = time.monotonic()
    with console.status("making the study (once; some minutes)"):
        root = make_study(size)
    console.print(
        f"{size.transcripts:,} transcripts × {size.words:,} words, {size.codings:,} codings by two "
        f"coders, {size.codes} codes (ready after {time.monotonic() - started:.0f} s)"
    )
    with console.status("measuring"):
        measured = [
            figures.measure_opening(root),
            *figures.measure_quotes(root),
            figures.measure_append(root, times=20 if size is QUICK else 300),
            figures.measure_import(),
            figures.measure_memory(root),
            *measure_agreement_table(root),
            *measure_agreement(quick=size is QUICK),
            *measure_embedding(quick=size is QUICK),
            *measure_search(quick=size is QUICK),
            *measure_suggestions(quick=size is QUICK),
            *([] if size is QUICK else measure_widget()),
        ]
    console.print(table_of(measured))
    if size is QUICK:
        console.print(
            "This study is too small for the aims; it only shows that the figures are made."
        )
    return 0


def table_of(measured: list[figures.Figure]) -> Table:
    """Lay the figures out."""
    table = Table("figure", "measured", "yardstick", "ratio", "aim", "met")
    for column in (1, 2, 3):
        table.columns[column].justify = "right"
    for one in measured:
        yardstick = "" if one.yardstick_value is None else show(one.yardstick_value, one.unit)
        ratio = "" if one.ratio is None else f"{one.ratio:.1f}×"
        beside = f"{one.yardstick} {yardstick}".strip()
        met = "[green]yes[/green]" if one.met else "[red]NO[/red]"
        table.add_row(one.name, show(one.value, one.unit), beside, ratio, one.aim, met)
    return table


def show(value: float, unit: str) -> str:
    """Show seconds or bytes in a unit that fits; a share as it is."""
    if unit == "texts/s":
        return f"{value:,.0f}/s"
    if unit == "share":
        return f"{value:.3f}"
    if unit == "MB":
        return f"{value / 1e6:.1f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.2f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
