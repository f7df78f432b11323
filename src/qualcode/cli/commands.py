"""The command line: each command parses, calls one function and shows what it gave."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qualcode import __version__
from qualcode.cli._options import Coder, Study  # noqa: TC001 - typer reads them at run time
from qualcode.cli._query_command import query
from qualcode.cli._search_command import search
from qualcode.cli._show import (
    complain,
    count,
    say,
    show,
    show_faults,
    show_text,
    show_warning,
    show_written,
)
from qualcode.cli._suggest_command import suggest
from qualcode.errors import QualcodeError, QualcodeWarning

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook

__all__ = ["app", "main"]


class Door(TyperGroup):
    """Turn what goes wrong on purpose into one message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; with --debug let errors pass."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("always", QualcodeWarning)
                warnings.showwarning = show_warning  # type: ignore[assignment]
                return super().invoke(ctx)
        except QualcodeError as error:
            if ctx.params.get("debug"):
                raise
            complain(str(error))
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        except OSError as error:
            if ctx.params.get("debug"):
                raise
            complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        raise typer.Exit(1)


app = typer.Typer(
    cls=Door,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class PageFormat(StrEnum):
    """How a codebook is rendered."""

    markdown = "markdown"
    html = "html"


class TableFormat(StrEnum):
    """How a table is written."""

    csv = "csv"
    html = "html"
    docx = "docx"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the process.

    Examples
    --------
    >>> try:
    ...     main(["--version"])
    ... except SystemExit as end:
    ...     print(end.code)
    qualcode ...
    0
    """
    app(args=None if arguments is None else list(arguments), prog_name="qualcode")


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


@app.callback()
def qualcode(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
) -> None:
    """Turn a folder of interview transcripts into coded evidence and publishable tables.

    A study is a folder with [bold]transcripts_anonymised/[/bold], [bold]interviews_codebook/[/bold]
    and [bold]notebooks/[/bold]. Where no study is named, it is the folder you are in.
    """


@app.command()
def check(study: Study = Path()) -> None:
    """Check the whole study: formats, codebook, journals, anchors.

    Lists all that is wrong, with file, line and mend. The exit code is 1 if anything is.
    """
    from qualcode.study.check import check_study

    found = check_study(study)
    show_faults("Note", found.notes, style="yellow")
    show_faults("Fault", found.faults, style="red")
    counted = ", ".join(count(number, noun) for noun, number in found.counts.items())
    faults, notes = count(len(found.faults), "faults"), count(len(found.notes), "notes")
    say(f"{faults}, {notes} in {counted or 'nothing that can be read'}")
    if not found.ok:
        raise typer.Exit(1)


@app.command()
def tables(
    study: Study = Path(),
    out: Annotated[
        Path | None,
        typer.Option(help="The folder to write to.", show_default="outputs/tables in the study"),
    ] = None,
    coder: Coder = None,
    format: Annotated[
        list[TableFormat] | None,
        typer.Option(help="csv, html or docx; may be given more than once.", show_default="all"),
    ] = None,
) -> None:
    """Write the theme table, code counts, quote tables and body by theme matrix."""
    from qualcode.reporting.study_tables import write_study_tables
    from qualcode.study import open_study

    folder = study / "outputs" / "tables" if out is None else out
    opened = open_study(study)
    written = write_study_tables(
        opened,
        folder,
        coder=coder,
        formats=format or list(TableFormat),
        progress=sys.stderr.isatty(),
    )
    show_written(written)


@app.command()
def claims(
    study: Study = Path(),
    coder: Coder = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the whole table here: .csv, .html or .docx.")
    ] = None,
) -> None:
    """Judge the report's claims: which hold, which are thin, which are not shown.

    Reads interviews_codebook/claims.yaml. A claim holds if the numbers are there that would make
    its words true. The exit code is 1 if a verdict is another than the one the claim expects.
    """
    from qualcode.analysis.claims.claims import judge_claims
    from qualcode.cli._show_claims import claims_shown, claims_that_fell
    from qualcode.study import open_study

    opened = open_study(study)
    table = judge_claims(opened, coder=coder)
    show(claims_shown(table))
    if out is not None:
        from qualcode.reporting.export import export

        note = opened.settings.synthetic_label if opened.interviews["synthetic"].any() else ""
        show_written([export(table, out, title="Claims", note=note)])
    fallen = claims_that_fell(table)
    for line in fallen:
        complain(line)
    if fallen:
        raise typer.Exit(1)


app.command()(query)
app.command()(search)
app.command()(suggest)


@app.command()
def codebook(
    study: Annotated[
        Path, typer.Argument(help="The study's folder, or a codebook's file.")
    ] = Path(),
    format: Annotated[
        PageFormat | None,
        typer.Option(help="What to render it as.", show_default="as FILE ends, or markdown"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="the screen")
    ] = None,
    diff: Annotated[
        Path | None,
        typer.Option(metavar="OTHER", help="Say instead what changed since this older codebook."),
    ] = None,
) -> None:
    """Render the codebook with definitions and counts, or compare it with an older one."""
    from qualcode.coding.codebook_diff import diff_codebooks
    from qualcode.reporting.codebook_page import render_codebook

    refuse_yaml(out)
    page = format or PageFormat(page_format_of(out))
    if diff is not None:
        found = diff_codebooks(codebook_of(diff), codebook_of(study))
        text = found._repr_html_() if page is PageFormat.html else f"{found}\n"
    elif study.is_file():
        text = render_codebook(codebook_of(study), format=page.value)
    else:
        from qualcode.study import open_study

        opened = open_study(study)
        text = render_codebook(opened.codebook, opened.segments(), format=page.value)
    show_text(text, out)


@app.command()
def transcript(
    id: Annotated[str, typer.Argument(metavar="ID", help="Which transcript: its file's name.")],
    study: Study = Path(),
    coder: Coder = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="the screen")
    ] = None,
) -> None:
    """Render a coded transcript as one HTML page, with its codings in the margin.

    The page is for screen and paper; it needs no other file. --coder "*" shows everybody's codings.
    """
    from qualcode.reporting.transcript_page import render_transcript
    from qualcode.study import open_study

    refuse_other(out)
    show_text(render_transcript(open_study(study), id, coder=coder), out)


def page_format_of(out: Path | None) -> str:
    """Choose a page's form by the name of its file."""
    return "html" if out is not None and out.suffix.lower() in {".html", ".htm"} else "markdown"


def refuse_yaml(out: Path | None) -> None:
    """Keep a page from taking the place of a codebook."""
    if out is not None and out.suffix.lower() in {".yaml", ".yml", ".jsonl"}:
        mend = "end the page's name in .md or .html"
        raise QualcodeError("a page must not take the place of a codebook", file=out, mend=mend)


def refuse_other(out: Path | None) -> None:
    """Keep an HTML page from taking the place of a transcript, or of anything else."""
    if out is not None and page_format_of(out) != "html":
        raise QualcodeError("the page is HTML", file=out, mend="end its name in .html")


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Transcripts as text, or Otter's TXT exports.")
    ],
    to: Annotated[Path, typer.Option(help="The folder to write to.")] = Path(
        "transcripts_anonymised"
    ),
    body: Annotated[str, typer.Option(help="The organisation interviewed.")] = "",
    body_type: Annotated[str, typer.Option(help="What kind of organisation that is.")] = "",
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Mark the words as written, not recorded.")
    ] = False,
    encoding: Annotated[str, typer.Option(help="How the files are encoded.")] = "utf-8",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace transcripts that are there.")
    ] = False,
) -> None:
    """Bring transcripts in from other formats; one bad file does not keep the others back.

    Names of speakers stay as they are given: replace them before the transcripts are shared.
    """
    from qualcode.sources.importing import import_files

    result = import_files(
        files,
        folder=to,
        body=body,
        body_type=body_type,
        synthetic=synthetic,
        encoding=encoding,
        overwrite=overwrite,
        progress=sys.stderr.isatty(),
    )
    show_faults("Note", result.notes, style="yellow")
    show_faults("Refused", result.refused, style="red")
    show_written(result.written)
    if result.refused:
        raise typer.Exit(1)


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="The published report, as PDF or text.")],
    csv: Annotated[
        Path | None, typer.Option(help="Write a row for each attributing footnote here.")
    ] = None,
    unattributed: Annotated[
        Path | None, typer.Option(help="Write officers' quotations without a footnote here.")
    ] = None,
    findings: Annotated[
        Path | None, typer.Option(help="Write what is wrong in the report itself here.")
    ] = None,
    study: Annotated[
        Path, typer.Option(help="The study whose study.yaml says who counts as an interviewee.")
    ] = Path(),
) -> None:
    """Read a published report: who is quoted in which footnote, word for word."""
    from qualcode.cli._report_files import read_study_report, write_report_files

    read = read_study_report(file, study)
    written = write_report_files(
        read, {"csv": csv, "unattributed": unattributed, "findings": findings}
    )
    say(
        f"{len(read.footnotes):,} attributing footnotes, {len(read.unattributed):,} quotations "
        f"without one, {len(read.findings):,} findings"
    )
    show_written(written)


@app.command()
def reproduce(
    study: Study = Path(),
    report: Annotated[
        Path | None,
        typer.Option(help="The published report: its words go to outputs/report/, and only there."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Put the notebooks back as they were run.")
    ] = False,
) -> None:
    """Check the study, re-run every notebook in order, and write outputs/."""
    from qualcode.cli._reproduce import plan_runs
    from qualcode.cli._reproduce import reproduce as run_all
    from qualcode.cli._show_progress import show_progress

    say(f"checking {study.resolve().name}")
    runs = plan_runs(study, report=report and report.expanduser(), in_place=in_place)
    with show_progress(len(runs)) as tell:
        written = run_all(study, runs, tell=tell)
    show_written(written)


def codebook_of(path: Path) -> Codebook:
    """Read the codebook of a study's folder, or a codebook's file."""
    from qualcode.coding.codebook_file import read_codebook
    from qualcode.study._faults import CODEBOOK

    return read_codebook(path / CODEBOOK if path.is_dir() else path)


if __name__ == "__main__":
    main()
