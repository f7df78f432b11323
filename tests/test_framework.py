"""`framework_matrix`: cases by themes, with counts, quotes and the researcher's summaries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qualcode as qc
from qualcode.analysis._framework_cells import fingerprint_of
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import FRAMES

from ._framework import put, summary
from ._made import coding_id, write_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path)


def table(matrix, *columns):
    return matrix[list(columns)].values.tolist()


def test_bodies_by_themes(folder: Path) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder), coder="ann")
    assert dict(matrix.dtypes.astype(str)) == FRAMES["framework"]
    assert table(matrix, "case", "theme", "codings", "people") == [
        ["Ward 1", "Rest", 2, 1],
        ["Ward 1", "Staffing", 0, 0],
        ["Ward 1", "Pay", 0, 0],
        ["Ward 2", "Rest", 2, 2],
        ["Ward 2", "Staffing", 2, 2],
        ["Ward 2", "Pay", 0, 0],
        ["Ward 10", "Rest", 0, 0],
        ["Ward 10", "Staffing", 0, 0],
        ["Ward 10", "Pay", 0, 0],
    ]
    assert set(matrix["kind"]) == {"body"}
    assert matrix["summary"].tolist() == [""] * 9
    assert matrix["at"].isna().all()
    assert not matrix["stale"].any()


def test_a_cell_has_its_quotes_with_their_places(folder: Path) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder), coder="ann")
    cell = matrix.iloc[3]
    assert cell["coding_ids"] == [coding_id(6), coding_id(8)]
    assert cell["quotes"] == ["I have had no break since May", "They get a break if nobody dies"]
    assert cell["sources"] == [
        "Night nurse, Ward 2, ward-2, 00:00:21, turn 2",
        "Ward manager, Ward 2, ward-2b, 00:00:07, turn 2",
    ]
    empty = matrix.iloc[2]
    assert (empty["coding_ids"], empty["quotes"], empty["sources"]) == ([], [], [])


def test_words_coded_twice_are_one_quote_and_two_codings(folder: Path) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder))
    cell = matrix[(matrix["case"] == "Ward 2") & (matrix["theme_id"] == "staffing")].iloc[0]
    assert (cell["codings"], cell["people"]) == (3, 2)
    assert cell["quotes"] == ["We were two for twenty-eight beds", "I cannot fill the rota"]


def test_people_against_are_counted(folder: Path) -> None:
    journal = qc.open_study(folder).journal("ann")
    journal.memo("Contrary: it is enough", coding=coding_id(1))
    matrix = qc.framework_matrix(qc.open_study(folder), coder="ann")
    assert matrix["contrary_people"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("rows", "cases", "codings"),
    [
        ("body", ["Ward 1", "Ward 2", "Ward 10"], [3, 6, 1]),
        ("transcript", ["ward-1", "ward-2", "ward-2b", "ward-10"], [3, 4, 2, 1]),
        ("speaker", ["ward-1 NN", "ward-2 NN", "ward-2b WM", "ward-10 WM"], [3, 4, 2, 1]),
    ],
)
def test_rows(folder: Path, rows: str, cases: list[str], codings: list[int]) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder), rows=rows)
    assert matrix["case"].drop_duplicates().tolist() == cases
    assert matrix.groupby("case", sort=False)["codings"].sum().tolist() == codings


def test_whoever_is_coded_has_a_row(folder: Path) -> None:
    study = qc.open_study(folder)
    text = study.corpus["ward-1"].text
    start = text.index("And by day")
    study.journal("ann").add(study.corpus["ward-1"], start, start + 5, "rest")
    matrix = qc.framework_matrix(qc.open_study(folder), rows="speaker")
    assert matrix["case"].drop_duplicates().tolist() == [
        "ward-1 NN", "ward-1 INT", "ward-2 NN", "ward-2b WM", "ward-10 WM",
    ]  # fmt: skip
    assert matrix["codings"].sum() == 11


@pytest.mark.parametrize(
    ("columns", "ids"),
    [
        ("theme", ["rest", "staffing", "pay"]),
        ("code", ["rest", "breaks", "naps", "staffing", "pay"]),
        (["pay", "rest"], ["pay", "rest"]),
        (["pauses", "breaks"], ["breaks"]),
        ("naps", ["naps"]),
        ([], []),
    ],
)
def test_columns(folder: Path, columns: str | list[str], ids: list[str]) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder), columns=columns)
    assert matrix["theme_id"].drop_duplicates().tolist() == ids
    assert len(matrix) == 3 * len(ids)
    assert dict(matrix.dtypes.astype(str)) == FRAMES["framework"]


def test_codes_below_count_and_are_named_by_their_path(folder: Path) -> None:
    matrix = qc.framework_matrix(qc.open_study(folder), columns=["rest", "breaks"])
    assert table(matrix.head(2), "theme", "codings") == [["Rest", 3], ["Rest > Breaks", 1]]


def test_choosing_quotes_leaves_the_counts(folder: Path) -> None:
    study = qc.open_study(folder)
    whole = qc.framework_matrix(study)
    some = qc.framework_matrix(study, choose="longest", most=1)
    assert some["quotes"][0] == ["My break is a biscuit at the drug trolley"]
    assert max(map(len, some["quotes"])) == 1
    same = ["case", "theme_id", "codings", "people", "fingerprint"]
    assert some[same].equals(whole[same])


def test_the_coder_of_the_settings_is_meant(folder: Path) -> None:
    settings = folder / "interviews_codebook" / "study.yaml"
    settings.write_text(settings.read_text() + "coder: ben\n")
    study = qc.open_study(folder)
    assert qc.framework_matrix(study).equals(qc.framework_matrix(study, coder="ben"))
    assert qc.framework_matrix(study)["codings"].sum() == 4


def test_what_there_is_not_is_refused(folder: Path) -> None:
    study = qc.open_study(folder)
    with pytest.raises(UnknownValueError, match=r"rows='ward'\. Mend: use one of body, trans"):
        qc.framework_matrix(study, rows="ward")
    with pytest.raises(UnknownCodeError, match="no code has the id 'rset'"):
        qc.framework_matrix(study, columns=["rset"])
    with pytest.raises(UnknownValueError, match="carl"):
        qc.framework_matrix(study, coder="carl")
    with pytest.raises(UnknownValueError, match="choose='best'"):
        qc.framework_matrix(study, choose="best")


def test_a_summary_is_shown_and_stale_once_its_codings_change(folder: Path) -> None:
    fingerprint = qc.framework_matrix(qc.open_study(folder), coder="ann")["fingerprint"][0]
    put(
        folder,
        summary(codings=fingerprint),
        summary("By hand.", "Ward 2"),
        summary("On nothing.", theme="pay", codings=qc.framework_matrix(qc.open_study(folder))["fingerprint"][2]),
        summary("Of a person.", "ward-1 NN", kind="speaker"),
        summary("Nowhere.", "Ward 99"),
    )  # fmt: skip
    study = qc.open_study(folder)

    def shown(coder: str = "ann") -> list[list[object]]:
        matrix = qc.framework_matrix(qc.open_study(folder), coder=coder)
        return table(matrix[matrix["summary"] != ""], "case", "theme_id", "summary", "by", "stale")

    assert shown() == [
        ["Ward 1", "rest", "Rest is a biscuit.", "RT", False],
        ["Ward 1", "pay", "On nothing.", "RT", False],
        ["Ward 2", "rest", "By hand.", "RT", True],  # nobody knows on which codings
    ]
    assert shown("ben")[0] == ["Ward 1", "rest", "Rest is a biscuit.", "RT", True]
    journal = study.journal("ann")
    for change in (
        lambda: journal.memo("contrary, after all", coding=coding_id(1)),
        lambda: journal.recode(coding_id(1), "naps"),
        lambda: journal.remove(coding_id(2)),
    ):
        change()
        assert shown()[0][-1] is True
        journal.undo()
        assert shown()[0][-1] is False
    journal.memo("only a note", coding=coding_id(1))
    assert shown()[0][-1] is False


def test_merged_codes_join_their_summaries_and_are_stale(folder: Path) -> None:
    put(
        folder,
        summary("As breaks.", theme="breaks"),
        summary("As pauses.", theme="pauses", by="AB"),
    )
    matrix = qc.framework_matrix(qc.open_study(folder), columns=["breaks"])
    assert table(matrix.head(1), "summary", "by", "stale") == [
        ["As breaks.\n\nAs pauses.", "RT; AB", True]
    ]


def test_an_edit_elsewhere_in_the_transcript_makes_nothing_stale(folder: Path) -> None:
    before = qc.framework_matrix(qc.open_study(folder))["fingerprint"]
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    path.write_text(path.read_text().replace("When do you rest?", "So, when do you ever rest?"))
    assert qc.framework_matrix(qc.open_study(folder))["fingerprint"].equals(before)
    path.write_text(path.read_text().replace("a biscuit at the drug", "a biscuit by the drug"))
    after = qc.framework_matrix(qc.open_study(folder))["fingerprint"]
    assert (after == before).tolist() == [False] + [True] * 8


@given(
    st.permutations([("b", "rest", "x", False), ("a", "pay", "y", True), ("a", "pay", "z", True)])
)
def test_the_order_of_codings_does_not_matter(rows: list[tuple[str, str, str, bool]]) -> None:
    assert fingerprint_of(rows) == "sha256:01296a87f9bdb815"
    assert fingerprint_of(rows[:2]) != fingerprint_of(rows)


@given(
    rows=st.sampled_from(["body", "transcript", "speaker"]),
    coder=st.sampled_from([None, "ann", "ben"]),
)
def test_every_coding_is_in_one_cell_of_the_themes(rows: str, coder: str | None) -> None:
    study = qc.example_study()
    matrix = qc.framework_matrix(study, rows=rows, coder=coder)
    assert matrix["codings"].sum() == len(study.segments(coder=coder))
    assert not matrix.duplicated(["case", "theme_id"]).any()


def test_framework_matrix_no_mutate() -> None:
    study = qc.example_study()
    before = study.segments()
    matrix = qc.framework_matrix(study)
    matrix["quotes"][0].append("other")
    assert study.segments().equals(before)
    assert qc.framework_matrix(study)["quotes"][0] != matrix["quotes"][0]


def test_the_bodies_that_have_no_name_are_one_case(tmp_path: Path) -> None:
    whole = qc.open_study(write_study(tmp_path))
    put(tmp_path, replace(summary(), case=""))
    some = [replace(t, body="") if t.id < "ward-2" else t for t in whole.corpus.values()]
    parts = (qc.Corpus.from_transcripts(some), whole.codebook, whole.codings)
    matrix = qc.framework_matrix(qc.Study.from_parts(*parts, root=tmp_path))
    assert matrix["case"].drop_duplicates().tolist() == ["", "Ward 2"]
    assert matrix["summary"][0] == "Rest is a biscuit."
