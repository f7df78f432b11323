"""The command ``search``: passages by what they mean or say, on the screen or in a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli._options import Coder, Study  # noqa: TC001 - typer reads them at run time
from qualcode.cli._query_command import show_hits
from qualcode.cli._show import show_written

__all__ = ["search"]


class By(StrEnum):
    """What counts."""

    both = "both"
    meaning = "meaning"
    words = "words"


class Unit(StrEnum):
    """What one passage is."""

    turn = "turn"
    sentence = "sentence"
    segment = "segment"


def search(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="What is looked for, in quotes.")
    ],
    study: Study = Path(),
    by: Annotated[By, typer.Option(help="What counts; only words need no model.")] = By.both,
    unit: Annotated[Unit, typer.Option(help="What one passage is.")] = Unit.turn,
    limit: Annotated[int, typer.Option(min=1, help="How many passages at most.")] = 20,
    body: Annotated[list[str] | None, typer.Option(help="Only these bodies.")] = None,
    role: Annotated[list[str] | None, typer.Option(help="Only people of these roles.")] = None,
    code: Annotated[
        list[str] | None, typer.Option(help="Only passages with these codes, by their ids.")
    ] = None,
    coded: Annotated[
        bool | None, typer.Option("--coded/--uncoded", help="Only what is coded, or is not yet.")
    ] = None,
    coder: Coder = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the passages here: .csv, .html or .docx.")
    ] = None,
) -> None:
    """Find the passages that answer a question in plain words, coded or not, the best first.

    "quoted words" must be there word for word; complain* stands for every ending.
    """
    from qualcode.machine.searching.search import search as find
    from qualcode.study import open_study

    opened = open_study(study)
    hits = find(
        opened, question, by=by.value, unit=unit.value, limit=limit, body=body or None,
        role=role or None, code=code or None, coded=coded, coder=coder,
    )  # fmt: skip
    interviews = opened.interviews
    synthetic = interviews.loc[interviews["synthetic"], "transcript_id"]
    note = opened.settings.synthetic_label if hits["transcript_id"].isin(synthetic).any() else ""
    if out is None:
        show_hits(hits, note)
        return
    from qualcode.reporting.export import export

    show_written([export(hits, out, title=question, note=note)])
