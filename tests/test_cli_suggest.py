"""The command ``suggest`` shows what the library offers and measures, and writes it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qualcode import evaluate_suggestions, suggest
from qualcode.cli import app
from qualcode.coding.codebook import Codebook
from qualcode.coding.codebook_file import write_codebook
from qualcode.coding.journal import Journal
from qualcode.sources.canonical import write_transcript
from qualcode.study import open_study
from tests.machine._made_talk import CODES, made_given, talks

UNREAD = ("talk-15", "talk-16")


def run(*arguments: str | Path) -> Result:
    """Run the command and give its exit code, output and errors."""
    return CliRunner().invoke(
        app, ["suggest", *(str(one) for one in arguments)], env={"COLUMNS": "220"}
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write sixteen made-up interviews, fourteen of them coded by ann."""
    root = tmp_path_factory.mktemp("night talk")
    (root / "transcripts_anonymised").mkdir()
    (root / "interviews_codebook").mkdir()
    transcripts, said = talks(16)
    for one in transcripts:
        write_transcript(one, root / "transcripts_anonymised" / f"{one.id}.txt")
    write_codebook(Codebook(CODES), root / "interviews_codebook" / "codebook.yaml")
    journal = Journal(root / "interviews_codebook" / "codings", "ann")
    corpus = open_study(root).corpus
    for name, start, end, code in made_given(said, unread=UNREAD):
        journal.add(corpus[name], start, end, code)
    return root


def test_the_likeliest_are_shown_first(study: Path) -> None:
    shown = run(study, "--limit", "3")
    assert shown.exit_code == 0, shown.output
    expected = suggest(open_study(study)).table()
    head, *rows, counted, told = shown.stdout.splitlines()
    assert head.split() == ["likely", "place", "speaker", "code", "rests", "on", "words"]
    assert [row.split()[0] for row in rows] == [
        f"{one:.2f}" for one in expected["probability"].head(3)
    ]
    assert [row.split(maxsplit=1)[1].split(",")[0] for row in rows] == expected[
        "transcript_id"
    ].head(3).tolist()
    assert all(
        row.rstrip().endswith(words)
        for row, words in zip(rows, expected["words"].head(3), strict=True)
    )
    assert counted == f"3 passages of {len(expected)} that are offered to ann"
    assert told == "how often such offers were right: qualcode suggest --scores"


def test_one_code_is_asked_for_by_a_former_name(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "sleep.csv"
    shown = run(study, "--code", "slumber", "--limit", "500", "--out", out)
    assert shown.exit_code == 0, shown.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = suggest(open_study(study)).table(code="sleep")
    assert [(row["code_id"], row["words"]) for row in rows] == [
        ("sleep", words) for words in expected["words"]
    ]
    assert rows


def test_a_level_and_a_unit_are_passed_on(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "themes.csv"
    run(study, "--level", "theme", "--unit", "turn", "--out", out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = [(row["place"], row["code_id"]) for row in csv.DictReader(file)]
    expected = suggest(open_study(study), level="theme", unit="turn").table(limit=20)
    assert rows == list(expected[["place", "code_id"]].itertuples(index=False, name=None))
    assert {"rest", "food"} & {code for _, code in rows}


def test_scores_say_how_good_it_is(study: Path) -> None:
    shown = run(study, "--scores", "--level", "theme")
    assert shown.exit_code == 0, shown.output
    found = evaluate_suggestions(
        open_study(study), unit="sentence", methods=["suggestions", "words alone"]
    )
    methods, codes = shown.stdout.split("\n\n")
    assert methods.split("\n")[0].split() == [
        *("way", "macro-F1", "from", "to", "micro-F1", "mAP", "recall@3")
    ]
    columns = ["macro_f1", "macro_f1_low", "macro_f1_high", "micro_f1", "map", "recall_at_3"]
    assert [line.split()[-6:] for line in methods.split("\n")[1:]] == [
        ["–" if value != value else f"{value:.2f}" for value in row]
        for row in found.scores[columns].to_numpy()
    ]
    told = {line.split()[0]: line.split()[4] for line in codes.splitlines()[1:4]}
    scored = found.codes[found.codes["passages"] > 0]
    assert told == {
        path: f"{f1:.2f}" for path, f1 in zip(scored["code_path"], scored["f1"], strict=True)
    }
    assert codes.splitlines()[4].startswith(f"{len(found.held_out) // 4} sentences of 14 interview")


def test_scores_are_written_a_row_a_code(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    shown = run(study, "--scores", "--code", "buses", "--out", out)
    assert shown.exit_code == 0, shown.output
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["code_id"] for row in csv.DictReader(file)] == ["buses"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--code", "snow"), "no code has the id 'snow'"),
        (("--coder", "zoe"), "no coder is 'zoe'"),
        (("--scores", "--coder", "zoe"), "no coder is 'zoe'"),
        (("--scores", "--beside", "zoe"), "no coder is 'zoe'"),
    ],
)
def test_what_is_not_there_is_refused(
    study: Path, arguments: tuple[str, ...], message: str
) -> None:
    shown = run(study, *arguments)
    assert shown.exit_code == 1
    assert message in shown.stderr


def test_nothing_is_learned_where_nobody_has_coded(study: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    for name in ("transcripts_anonymised", "interviews_codebook"):
        (bare / name).mkdir(parents=True)
    write_codebook(Codebook(CODES), bare / "interviews_codebook" / "codebook.yaml")
    for one in talks(2)[0]:
        write_transcript(one, bare / "transcripts_anonymised" / f"{one.id}.txt")
    shown = run(bare)
    assert shown.exit_code == 1
    assert "nobody" in shown.stderr
