"""The command ``suggest``: what a coder might code, and how far such offers can be trusted."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from qualcode.cli._options import Study  # noqa: TC001 - typer reads it at run time
from qualcode.cli._show import count, printable, say, show, show_written

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study as OpenStudy

__all__ = ["suggest"]

_OFFERED = {"probability": "likely", "place": "place", "speaker": "speaker", "code_path": "code"}
_OFFERED |= {"basis": "rests on", "words": "words"}
_METHODS = {"method": "way", "macro_f1": "macro-F1", "macro_f1_low": "from", "macro_f1_high": "to"}
_METHODS |= {"micro_f1": "micro-F1", "map": "mAP", "recall_at_3": "recall@3"}
_CODES = {"code_path": "code", "passages": "passages", "precision": "precision"}
_CODES |= {
    "recall": "recall",
    "f1": "F1",
    "f1_low": "from",
    "f1_high": "to",
    "human_f1": "two people",
}


class Level(StrEnum):
    """At which level of the codebook."""

    code = "code"
    theme = "theme"


class Unit(StrEnum):
    """What one passage is."""

    sentence = "sentence"
    turn = "turn"


def suggest(
    study: Study = Path(),
    coder: Annotated[
        str | None,
        typer.Option(
            help="Whose codings are learned.",
            show_default="the coder study.yaml names, or the only one",
        ),
    ] = None,
    code: Annotated[str | None, typer.Option(help="Only this code, by its id.")] = None,
    level: Annotated[Level, typer.Option(help="Offer codes, or only their themes.")] = Level.code,
    unit: Annotated[Unit, typer.Option(help="What one passage is.")] = Unit.sentence,
    limit: Annotated[int, typer.Option(min=1, help="How many passages at most.")] = 20,
    scores: Annotated[
        bool,
        typer.Option(
            "--scores",
            help="Say instead how good suggestions are, on interviews not learned from.",
        ),
    ] = False,
    beside: Annotated[
        list[str] | None,
        typer.Option(
            help="With --scores, another coder to compare with; may be given more than once.",
            show_default="everybody else",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the passages, or a row a code, here: .csv, .html or .docx."),
    ] = None,
) -> None:
    """Offer passages that a coder has not coded yet, the likeliest first.

    Learned from the coder's own codings, on this computer. Nothing is coded: a person reads and
    decides, best in the workspace (qualcode.Coder with suggest=).
    """
    from qualcode.study import open_study

    opened = open_study(study)
    if code is not None:
        code = opened.codebook.resolve(code)
    chosen = {"coder": coder, "level": level.value, "unit": unit.value}
    if scores:
        _show_scores(opened, code, out, beside=beside or None, **chosen)
    else:
        _show_offers(opened, code, out, limit, **chosen)


def _show_offers(
    study: OpenStudy, code: str | None, out: Path | None, limit: int, **chosen: Any
) -> None:
    """Print the likeliest passages, or write them."""
    from qualcode.machine.suggesting.suggest import suggest as learn

    offers = learn(study, **chosen)
    table = offers.table(code=code)
    first = table.head(limit)
    interviews = study.interviews
    synthetic = interviews.loc[interviews["synthetic"], "transcript_id"]
    note = study.settings.synthetic_label if first["transcript_id"].isin(synthetic).any() else ""
    if out is not None:
        from qualcode.reporting.export import export

        title = f"Not coded yet by {offers.coder}, the likeliest first"
        show_written([export(first, out, title=title, note=note)])
        return
    _show_table(first, _OFFERED)
    say(f"{count(len(first), 'passages')} of {len(table):,} that are offered to {offers.coder}")
    say("how often such offers were right: qualcode suggest --scores")
    if note:
        say(note)


def _show_scores(study: OpenStudy, code: str | None, out: Path | None, **chosen: Any) -> None:
    """Print how good suggestions are, by method and by code, or write the codes' rows."""
    from qualcode.machine.suggesting.evaluate import evaluate_suggestions

    found = evaluate_suggestions(study, methods=["suggestions", "words alone"], **chosen)
    codes = found.codes[found.codes["passages"] > 0]
    codes = codes if code is None else codes[codes["code_id"] == code]
    codes = codes.sort_values("f1", ascending=False, kind="stable", na_position="last")
    if out is not None:
        from qualcode.reporting.export import export

        title = f"How good suggestions are, by {found.level}, for coder {found.coder}"
        show_written([export(codes, out, title=title)])
        return
    _show_table(found.scores, _METHODS)
    say("")
    _show_table(codes, _CODES)
    first = found.scores.iloc[0]
    say(
        f"{count(int(first['passages']), f'{found.unit}s')} of "
        f"{count(int(first['interviews']), 'interviews')}, each judged by what {found.coder} "
        "coded in others; from, to: 95% intervals"
    )
    if len(found.scores) > 2:
        say(
            "coder …: that coder's work, scored as if it had been suggested (one settled from "
            f"{found.coder}'s is no comparison: choose with --beside)"
        )


def _show_table(frame: pd.DataFrame, columns: dict[str, str]) -> None:
    """Print some columns of a frame."""
    table = Table(box=None, pad_edge=False)
    for name, head in columns.items():
        number = frame[name].dtype.kind in "fiu"
        table.add_column(head, justify="right" if number else "left", no_wrap=number)
    for row in frame[list(columns)].itertuples(index=False):
        table.add_row(*(Text(printable(_written(value))) for value in row))
    if len(frame):
        show(table)


def _written(value: object) -> str:
    """Write a cell: numbers with two decimals, what is not known as a dash."""
    if isinstance(value, float):
        return "–" if value != value else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
