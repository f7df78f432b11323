"""Each command shows what its function gave; what goes wrong is one message and an exit code."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qualcode import __version__
from qualcode.cli import app
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import Journal
from qualcode.reporting.transcript_page import render_transcript
from qualcode.sources.canonical import write_transcript
from qualcode.study import open_study
from qualcode.study.example import example_study

REPORT = (
    "NIGHT WORK\n\nOne nurse told us about rest at night: “We never sit.”[^1] A matron had said so "
    "too, that “=nobody; - does”.[^2]\n\n[^1]: Ward 7 (Night nurse)\n\n[^2]: Ward 8 (Matron)\n"
)


def run(*arguments: str | Path) -> Result:
    """Run a command and give its exit code, output and errors."""
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Write the small example study to a folder."""
    example = example_study()
    root = tmp_path / "night shifts"
    (root / "transcripts_anonymised").mkdir(parents=True)
    (root / "interviews_codebook").mkdir()
    for transcript in example.corpus.values():
        write_transcript(transcript, root / "transcripts_anonymised" / f"{transcript.id}.txt")
    write_codebook(example.codebook, root / "interviews_codebook" / "codebook.yaml")
    for coding in example.codings:
        journal = Journal(root / "interviews_codebook" / "codings", coding.coder)
        transcript = example.corpus[coding.transcript_id]
        journal.add(transcript, coding.start, coding.end, coding.code_id)
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file that must hold them."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_help_names_every_command() -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    commands = (
        "check tables claims query search suggest codebook transcript import report reproduce"
    )
    for name in commands.split():
        assert name in shown.stdout


def test_version() -> None:
    assert run("--version").stdout == f"qualcode {__version__}\n"


def test_an_unknown_option_is_a_fault_of_usage() -> None:
    assert run("check", "--no-such-option").exit_code == 2


def test_check_of_a_sound_study(study: Path) -> None:
    shown = run("check", study)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == (
        "0 faults, 0 notes in 3 transcripts, 8 turns, 5 codes, 3 themes, 2 coders, 9 codings, "
        "0 memos\n"
    )


def test_check_lists_all_that_is_wrong(study: Path) -> None:
    codebook = study / "interviews_codebook" / "codebook.yaml"
    edit(codebook, "id: staffing", "id: people")
    edit(study / "transcripts_anonymised" / "ward-1.txt", "My break is", "No break but")
    (study / "transcripts_anonymised" / "ward-9.txt").write_bytes("Müde\n".encode("latin-1"))
    ben = study / "interviews_codebook" / "codings" / "ben.jsonl"
    ben.write_bytes(ben.read_bytes() + b'{"id": "cut sh')
    shown = run("check", study)
    assert shown.exit_code == 1
    assert "ward-9.txt" in shown.stdout
    assert "ann.jsonl:4: no code has the id 'staffing'" in shown.stdout
    assert "ben.jsonl:1: no code has the id 'staffing'" in shown.stdout
    assert "Note  " in shown.stdout
    assert "the last line was cut short" in shown.stdout
    assert shown.stderr == ""


def test_check_of_no_study(tmp_path: Path) -> None:
    shown = run("check", tmp_path / "nowhere")
    assert shown.exit_code == 1
    assert "there is no such folder" in shown.stdout


def test_tables_are_written(study: Path, tmp_path: Path) -> None:
    shown = run("tables", study, "--out", tmp_path / "out", "--format", "csv", "--format", "html")
    assert shown.exit_code == 0, shown.output
    names = sorted(
        p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")
    )
    stems = ["body_theme_matrix", "code_counts", "quotes/rest", "quotes/staffing", "theme_table"]
    assert names == [f"{stem}.{suffix}" for stem in stems for suffix in ("csv", "html")]
    assert "Synthetic" in (tmp_path / "out" / "theme_table.html").read_text(encoding="utf-8")
    with (tmp_path / "out" / "theme_table.csv").open(encoding="utf-8", newline="") as file:
        assert [row["theme"] for row in csv.DictReader(file)] == ["Rest", "Staffing", "Pay"]


def test_tables_of_one_coder(study: Path, tmp_path: Path) -> None:
    (study / "interviews_codebook" / "study.yaml").write_text("coder: ben\n")
    arguments = ("tables", study, "--format", "csv", "--out")
    assert run(*arguments, tmp_path / "ben").exit_code == 0
    assert run(*arguments, tmp_path / "ann", "--coder", "ann").exit_code == 0
    counts = {
        coder: [
            int(row["codings"])
            for row in csv.DictReader((tmp_path / coder / "theme_table.csv").open(encoding="utf-8"))
        ]
        for coder in ("ann", "ben")
    }
    assert counts == {"ann": [5, 1, 0], "ben": [1, 2, 0]}


CLAIMS = """\
claims:
- id: tired
  claim: All [bold]lack[/bold] rest.
  codes: [rest]
  needs: [people >= 90%]
  expect: {transcripts: holds}
- id: underpaid
  claim: Some are underpaid.
  codes: [pay]
  needs: [people >= 1]
  expect: {transcripts: not shown}
"""


def test_claims_are_judged(study: Path, tmp_path: Path) -> None:
    (study / "interviews_codebook" / "claims.yaml").write_text(CLAIMS)
    shown = run("claims", study, "--out", tmp_path / "claims.csv")
    assert shown.exit_code == 0, shown.output
    assert "All [bold]lack[/bold] rest." in shown.stdout
    assert "in the transcripts: 1 holds, 1 not shown" in shown.stdout
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert [row["in_transcripts"] for row in csv.DictReader(file)] == ["holds", "not shown"]


def test_a_claim_that_stops_holding_is_an_error(study: Path) -> None:
    (study / "interviews_codebook" / "claims.yaml").write_text(CLAIMS)
    shown = run("claims", study, "--coder", "ben")
    assert shown.exit_code == 1
    assert shown.stderr == (
        "qualcode: claim tired has another verdict than it expects: thin in the transcripts, "
        "– in the report\n"
    )


def test_check_reads_what_is_said_of_the_report(study: Path) -> None:
    folder = study / "interviews_codebook"
    (folder / "claims.yaml").write_text(CLAIMS + "- {id: old, claim: x, needs: [beds > 3]}\n")
    (folder / "report_figures.csv").write_text(
        "id,section,topic,label,value,unit\nnurses,NIGHTS,sample,Nurses,22,nurses\n"
    )
    (folder / "report_quotes.csv").write_text(
        "footnote,body,role,section,kind,themes,counter,hash,length,transcript_id,start,end,begins\n"
        "3,Ward 1,,NIGHTS,direct,rest,,h,3,ward-1,1,9,x\n"
    )
    edit(folder / "codebook.yaml", "name: Pay\n", "name: Pay\n    example_at: ward-1 00:00:10\n")
    shown = run("check", study)
    assert shown.exit_code == 1
    assert "claims.yaml:12: nothing is called 'beds'" in shown.stdout
    assert "report_quotes.csv:2: footnote 3: the words at 1 of ward-1" in shown.stdout
    assert "codebook.yaml:" in shown.stdout
    assert "code 'pay': no turn of ward-1 begins at '00:00:10'" in shown.stdout
    assert "1 report quote, 1 report figure" in shown.stdout


def test_an_error_is_one_message(tmp_path: Path) -> None:
    shown = run("tables", tmp_path)
    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert shown.stderr.startswith(f"qualcode: {tmp_path}: not a study")
    assert shown.stderr.count("\n") == 1


def test_debug_shows_where(tmp_path: Path) -> None:
    assert type(run("--debug", "tables", tmp_path).exception).__name__ == "StudyError"


def test_the_system_refusing_is_one_message(study: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shown = run("codebook", study, "--out", tmp_path / "file" / "page.md")
    assert shown.exit_code == 1
    assert shown.stderr.startswith("qualcode: ")
    assert "Traceback" not in shown.output


def test_codebook_on_the_screen_and_in_a_file(study: Path, tmp_path: Path) -> None:
    shown = run("codebook", study)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("# Night shifts\n")
    page = tmp_path / "page.html"
    assert run("codebook", study, "--format", "html", "--out", page).exit_code == 0
    assert "<h1" in page.read_text(encoding="utf-8")


def test_codebook_of_a_file_alone(study: Path) -> None:
    shown = run("codebook", study / "interviews_codebook" / "codebook.yaml")
    assert shown.stdout.startswith("# Night shifts\n")


def test_codebooks_are_compared(study: Path, tmp_path: Path) -> None:
    codebook = study / "interviews_codebook" / "codebook.yaml"
    old = tmp_path / "old.yaml"
    old.write_bytes(codebook.read_bytes())
    assert run("codebook", study, "--diff", old).stdout == "The codebooks are the same.\n"
    edit(codebook, "name: Pay", "name: '[red]Pay[/red]'")
    shown = run("codebook", study, "--diff", old)
    assert shown.exit_code == 0
    assert "[red]Pay[/red]" in shown.stdout


@pytest.mark.parametrize("name", ["[red]", "[/]", "[link=x]y[/link]"])
def test_markup_from_outside_is_text(study: Path, name: str) -> None:
    edit(study / "interviews_codebook" / "codebook.yaml", "parent: rest", f"parent: '{name}'")
    assert name in run("check", study).stdout
    assert name in run("tables", study).stderr


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    shown = run("check", tmp_path / "a\x1b[31mb")
    assert "\x1b" not in shown.stdout
    assert r"a\x1b[31mb" in shown.stdout


def test_import_says_what_it_wrote_and_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "Ward 7.txt", tmp_path / "bad.txt"
    good.write_text("INT: How was it?\nNurse: Busy.\nINT: Why?\nNurse: Flu.\n", encoding="utf-8")
    bad.write_bytes(b"\x00\x01\x02")
    shown = run("import", good, bad, "--to", tmp_path / "out", "--body", "Ward 7")
    assert shown.exit_code == 1
    assert "Refused" in shown.stdout
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["ward-7.txt"]


def test_report_writes_three_lists(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    lists = {
        name: tmp_path / "lists" / f"{name}.csv" for name in ("csv", "unattributed", "findings")
    }
    options = [word for name, path in lists.items() for word in (f"--{name}", path)]
    shown = run("report", file, *options, "--study", tmp_path)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("2 attributing footnotes, ")
    with lists["csv"].open(encoding="utf-8", newline="") as rows:
        reader = csv.DictReader(rows)
        passages = {row["footnote"]: json.loads(row["passages"]) for row in reader}
    assert ",".join(reader.fieldnames) == (
        "footnote,body,role,section,kind,passages,pull_quote,confidence,doubt"
    )
    assert passages == {"1": ["We never sit."], "2": ["=nobody; - does"]}
    heads = [lists[name].read_text(encoding="utf-8").splitlines()[0] for name in list(lists)[1:]]
    assert heads == ["section,line,passages,speaker,why", "kind,footnote,line,finding"]


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Nobody is quoted here.\n", encoding="utf-8")
    shown = run("report", file, "--csv", tmp_path / "out.csv", "--study", tmp_path)
    assert shown.exit_code == 1
    assert shown.stderr.startswith(f"qualcode: {file}")
    assert not (tmp_path / "out.csv").exists()


def notebook(*cells: str) -> str:
    """Write the least of a notebook."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(cells)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


WRITES = (
    "import os, pathlib\n"
    "report = os.environ.get('QUALCODE_REPORT')\n"
    "path = pathlib.Path(os.environ['QUALCODE_OUTPUTS']) / 'a.txt'\n"
    "path.write_text('words' if report else 'no words')"
)


def add_notebooks(study: Path, **notebooks: str) -> None:
    (study / "notebooks").mkdir()
    for name, source in notebooks.items():
        (study / "notebooks" / f"{name}.ipynb").write_text(notebook(source), encoding="utf-8")


def test_reproduce_runs_the_notebooks(study: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    add_notebooks(study, n02=WRITES)
    before = (study / "notebooks" / "n02.ipynb").read_bytes()
    shown = run("reproduce", study, "--report", report)
    assert shown.exit_code == 0, shown.output
    assert (study / "outputs" / "a.txt").read_text() == "no words"
    assert (study / "outputs" / "report" / "a.txt").read_text() == "words"
    assert sorted(p.name for p in (study / "outputs" / "report").iterdir()) == [
        "a.txt",
        "n02.ipynb",
    ]
    assert (study / "notebooks" / "n02.ipynb").read_bytes() == before
    assert "2/2  n02" in shown.stdout
    assert "3 files written" in shown.stdout


def test_reproduce_in_place_keeps_what_was_shown(study: Path) -> None:
    add_notebooks(study, n01="1 + 1")
    assert run("reproduce", study, "--in-place").exit_code == 0
    (cell,) = json.loads((study / "notebooks" / "n01.ipynb").read_text())["cells"]
    assert cell["execution_count"] == 1
    assert cell["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert "execution" not in cell["metadata"]


def test_reproduce_names_the_notebook_that_fails(study: Path) -> None:
    add_notebooks(study, n01="1 / 0")
    shown = run("reproduce", study)
    assert shown.exit_code == 1
    assert "n01.ipynb: a cell fails: ZeroDivisionError: division by zero" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_reproduce_stops_at_a_faulty_study(study: Path) -> None:
    add_notebooks(study, n01="1 + 1")
    edit(study / "interviews_codebook" / "codebook.yaml", "id: staffing", "id: people")
    shown = run("reproduce", study)
    assert shown.exit_code == 1
    assert "no code has the id 'staffing'" in shown.stderr


@pytest.mark.parametrize("words", ["no notebook", "there is no such file"])
def test_reproduce_asks_for_what_is_missing(study: Path, words: str) -> None:
    if words != "no notebook":
        add_notebooks(study, n01="1 + 1")
    shown = run("reproduce", study, "--report", study / "no report.pdf")
    assert shown.exit_code == 1
    assert words in shown.stderr


def test_a_reader_that_leaves_early_is_no_error(study: Path) -> None:
    command = f'"{sys.executable}" -m qualcode.cli codebook "{study}" | true'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert "Traceback" not in done.stderr


def test_a_page_never_takes_the_place_of_a_codebook(study: Path) -> None:
    path = study / "interviews_codebook" / "codebook.yaml"
    before = path.read_bytes()
    shown = run("codebook", study, "--out", path)
    assert shown.exit_code == 1
    assert "must not take the place of a codebook" in shown.stderr
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_page_never_takes_the_place_of_a_pipe(study: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    shown = run("codebook", study, "--out", pipe)
    assert shown.exit_code == 1
    assert "a device or a pipe stands there" in shown.stderr
    assert pipe.is_fifo()


def test_a_page_is_what_its_name_says(study: Path, tmp_path: Path) -> None:
    run("codebook", study, "--out", tmp_path / "page.html")
    assert (
        (tmp_path / "page.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    )
    run("codebook", study, "--diff", study, "--out", tmp_path / "diff.html")
    assert "<" in (tmp_path / "diff.html").read_text(encoding="utf-8")


def test_transcript_is_a_page(study: Path, tmp_path: Path) -> None:
    shown = run("transcript", "ward-2", study)
    assert shown.exit_code == 0, shown.output
    assert shown.stdout == render_transcript(open_study(study), "ward-2")
    (study / "interviews_codebook" / "study.yaml").write_text("coder: ben\n")
    path = tmp_path / "ward-2.html"
    assert run("transcript", "ward-2", study, "--out", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == render_transcript(
        open_study(study), "ward-2", coder="ben"
    )
    run("transcript", "ward-2", study, "--out", path, "--coder", "*")
    assert path.read_text(encoding="utf-8") == render_transcript(
        open_study(study), "ward-2", coder=["ann", "ben"]
    )


def test_a_transcripts_page_takes_no_other_place(study: Path) -> None:
    path = study / "transcripts_anonymised" / "ward-2.txt"
    before = path.read_bytes()
    shown = run("transcript", "ward-2", study, "--out", path)
    assert shown.exit_code == 1
    assert "end its name in .html" in shown.stderr
    assert path.read_bytes() == before


def test_transcript_of_an_unknown_id(study: Path) -> None:
    shown = run("transcript", "ward-22", study)
    assert shown.exit_code == 1
    assert "no transcript 'ward-22'" in shown.stderr
    assert "did you mean 'ward-2'" in shown.stderr


def test_codings_left_out_of_tables_are_said_in_one_line(study: Path) -> None:
    path = study / "transcripts_anonymised" / "ward-1.txt"
    edit(
        path, "My break is a biscuit at the drug trolley", "Nothing of the kind, whatever you heard"
    )
    shown = run("tables", study, "--format", "csv")
    assert shown.exit_code == 0
    lines = [line for line in shown.stderr.splitlines() if "codings" in line]
    assert lines
    assert all(line.startswith("Warning  ") for line in lines)
    assert ".py" not in shown.stderr


def test_check_knows_headlines_and_memos(study: Path) -> None:
    (study / "interviews_codebook" / "study.yaml").write_text("headline_themes: [nope]\n")
    Journal(study / "interviews_codebook" / "codings", "ann").memo("Ask.", transcript="ward-99")
    shown = run("check", study)
    assert shown.exit_code == 1
    assert "'nope' is not a theme of the codebook" in shown.stdout
    assert "a memo on 'ward-99', and there is no such transcript" in shown.stdout
    assert "1 fault, 1 note in" in shown.stdout


def test_query_shows_passages(study: Path) -> None:
    shown = run("query", 'breaks AND "May"', study)
    assert shown.exit_code == 0, shown.output
    head, row, counted, *_ = shown.stdout.splitlines()
    assert head.split() == ["place", "speaker", "codes", "words"]
    assert row.split(maxsplit=6)[:6] == ["ward-2,", "00:00:21,", "turn", "2", "NN", "Breaks"]
    assert row.rstrip().endswith("I have had no break since May.")
    assert counted == "1 passage in 1 transcript"


def test_query_of_one_coder(study: Path) -> None:
    assert (
        "0 passages in 0 transcripts"
        in run("query", "breaks WITHIN speaker:WM", study, "--coder", "ben").stdout
    )
    assert "1 passage in 1 transcript" in run("query", "breaks WITHIN speaker:WM", study).stdout


def test_query_writes_a_table(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    shown = run("query", "staffing", study, "--out", out)
    assert shown.exit_code == 0, shown.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["words"] for row in rows] == [
        "two of us for twenty-eight beds",
        "I cannot fill the rota",
    ]


def test_search_shows_the_best_first(study: Path) -> None:
    shown = run("search", "who fills the rota", study, "--unit", "sentence", "--limit", "2")
    assert shown.exit_code == 0, shown.output
    head, row, _, counted, *_ = shown.stdout.splitlines()
    assert head.split() == ["place", "speaker", "codes", "words"]
    assert row.split(maxsplit=6)[:6] == ["ward-3,", "00:00:07,", "turn", "2", "WM", "Staffing"]
    assert row.rstrip().endswith("I cannot fill the rota.")
    assert counted.startswith("2 passages in ")


def test_search_takes_filters(study: Path) -> None:
    asked = ("search", "break*", study, "--by", "words", "--role", "Ward manager")
    assert "1 passage in 1 transcript" in run(*asked, "--code", "breaks").stdout
    assert "0 passages in 0 transcripts" in run(*asked, "--uncoded").stdout


def test_search_writes_a_table(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    shown = run("search", "rota", study, "--by", "words", "--body", "Ward 3", "--out", out)
    assert shown.exit_code == 0, shown.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["words"] for row in rows] == [
        "They get a break if nobody dies. I cannot fill the rota."
    ]


def test_a_search_for_nothing_is_refused(study: Path) -> None:
    shown = run("search", "?", study)
    assert shown.exit_code == 1
    assert "no word in the question" in shown.stderr


def test_a_wrong_query_is_pointed_at(study: Path) -> None:
    shown = run("query", "breaks AND (", study)
    assert shown.exit_code == 1
    assert "  breaks AND (\n              ^\n" in shown.stderr
