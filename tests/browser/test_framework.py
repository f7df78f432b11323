"""The framework matrix in a real JupyterLab: read, written by keyboard, on the disk, never over others'."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .._framework import put, summary
from .._made import CODEBOOK, coding_id, write_study
from ._lab import Lab
from ._study import HOSTILE

OPEN = "import qualcode as qc\nstudy = qc.open_study('.')\nqc.FrameworkMatrix(study, 'RT', 'ann')"


@pytest.fixture
def folder(lab: Lab) -> Path:
    """Open the matrix of a study of the test's own."""
    folder = write_study(lab.study_folder())
    hostile = CODEBOOK.replace("name: Pay\n", f'name: "{HOSTILE}"\n')
    (folder / "interviews_codebook" / "codebook.yaml").write_text(hostile, encoding="utf-8")
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(cell(lab, "Ward 1", "rest")).to_be_visible()
    return folder


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def view(lab: Lab) -> Locator:
    return lab.page.locator(".qc-framework").first


def cell(lab: Lab, case: str, theme: str) -> Locator:
    return view(lab).locator(f"td[data-case='{case}'][data-theme='{theme}']")


def pane(lab: Lab) -> Locator:
    return view(lab).locator(".qc-cellpane")


def editor(lab: Lab) -> Locator:
    return view(lab).get_by_label("Summary, in your own words")


def says(lab: Lab, text: str) -> None:
    expect(view(lab).locator(".qc-said")).to_have_text(text)


def on_disk(folder: Path) -> list[list[str]]:
    path = folder / "interviews_codebook" / "framework.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [row[:5] for row in csv.reader(stream)][1:]


def write(lab: Lab, case: str, theme: str, text: str) -> None:
    """Open a cell by keyboard and save a summary."""
    cell(lab, case, theme).focus()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    lab.type(text)
    lab.press("Control+Enter")
    expect(pane(lab)).to_be_hidden()


def test_the_matrix_is_a_grid_with_signs_and_counts(lab: Lab, folder: Path) -> None:
    grid = view(lab).get_by_role("grid")
    expect(grid.get_by_role("columnheader")).to_have_text(["Body", "Rest", "Staffing", HOSTILE])
    expect(grid.get_by_role("rowheader")).to_have_text(
        ["Ward 1surgical", "Ward 2medical", "Ward 10surgical"]
    )
    expect(cell(lab, "Ward 2", "rest")).to_have_text("○2 codings · 2 people, no summary yet. ")
    expect(cell(lab, "Ward 1", "pay")).to_have_text("–, no codings. ")
    expect(view(lab).locator(".qc-top small").first).to_contain_text(
        "0 of 3 cells with codings summarised · codings of ann · Synthetic"
    )
    assert lab.page.evaluate("window.hurt") is None
    assert view(lab).locator("img, script").count() == 0


def test_arrows_move_one_focus(lab: Lab, folder: Path) -> None:
    cell(lab, "Ward 1", "rest").focus()
    lab.press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown")
    expect(cell(lab, "Ward 10", "staffing")).to_be_focused()
    lab.press("Home")
    expect(cell(lab, "Ward 10", "rest")).to_be_focused()
    lab.press("Control+Home", "End", "ArrowRight")
    expect(cell(lab, "Ward 1", "pay")).to_be_focused()
    expect(view(lab).locator("td[tabindex='0']")).to_have_count(1)
    lab.press("n")
    expect(cell(lab, "Ward 2", "rest")).to_be_focused()
    lab.press("n", "n")
    expect(cell(lab, "Ward 1", "rest")).to_be_focused()
    lab.press("s")
    says(lab, "No summary shown is stale")


def test_a_cell_is_written_by_keyboard_and_found_after_a_restart(lab: Lab, folder: Path) -> None:
    cell(lab, "Ward 2", "rest").focus()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    expect(pane(lab).get_by_role("heading")).to_have_text("Ward 2 · Rest")
    quotes = pane(lab).locator(".qc-quote")
    expect(quotes.locator("blockquote")).to_have_text(
        ["I have had no break since May", "They get a break if nobody dies"]
    )
    expect(quotes.nth(1)).to_contain_text("WM · Ward manager · Ward 2 · medical")
    expect(quotes.nth(1)).to_contain_text("Rest > Breaks · ward-2b, 00:00:07, turn 2 · 7 words")
    assert on_disk(folder) == []
    lab.type("No break; the manager")
    lab.press("Enter")
    lab.type("says so too.")
    lab.press("Control+Enter")
    says(lab, "Ward 2, Rest: saved")
    expect(cell(lab, "Ward 2", "rest")).to_be_focused()
    expect(cell(lab, "Ward 2", "rest")).to_contain_text(
        "●2 codings · 2 people, summarised. No break"
    )
    text = "No break; the manager\nsays so too."
    assert on_disk(folder) == [["body", "Ward 2", "rest", text, "RT"]]
    lab.restart_kernel()
    lab.run_all()
    expect(cell(lab, "Ward 2", "rest")).to_contain_text("No break; the manager")
    cell(lab, "Ward 2", "rest").focus()
    lab.press("Enter")
    expect(editor(lab)).to_have_value(text)
    expect(pane(lab)).to_contain_text("Written by RT, ")
    assert lab.evaluate("qc.framework_matrix(study, coder='ann')['summary'].tolist()[3]") == text


def test_escape_lets_it_be(lab: Lab, folder: Path) -> None:
    cell(lab, "Ward 1", "rest").focus()
    lab.press("Enter", "Escape")
    expect(pane(lab)).to_be_hidden()
    expect(cell(lab, "Ward 1", "rest")).to_be_focused()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    says(lab, "Ward 1, Rest is open")  # the answer, which would else come after what Escape says
    lab.type("abdd")
    lab.press("Escape")
    says(lab, "The summary is not saved: Ctrl Enter saves it, Escape once more lets it be")
    expect(editor(lab)).to_have_value("abdd")
    cell(lab, "Ward 2", "rest").dblclick()
    expect(view(lab).locator(".qc-refused")).to_contain_text("the open summary is not saved")
    lab.press("Escape")
    expect(pane(lab)).to_be_hidden()
    says(lab, "let be: nothing was written")
    assert on_disk(folder) == []
    lab.press("Enter")
    expect(editor(lab)).to_have_value("")
    view(lab).get_by_role("button", name="Let it be").click()
    expect(pane(lab)).to_be_hidden()


def test_keys_faster_than_answers_go_where_they_should(lab: Lab, folder: Path) -> None:
    write(lab, "Ward 2", "staffing", "Two.")
    cell(lab, "Ward 1", "rest").focus()
    lab.press("Enter", "z", "n", "Control+Enter")  # no undo, no next cell
    expect(pane(lab)).to_be_hidden()
    lab.press("ArrowDown", "Enter", "z", "Escape", "Escape", "ArrowDown")
    expect(cell(lab, "Ward 10", "rest")).to_be_focused()
    expect(pane(lab)).to_be_hidden()
    assert [row[1:4] for row in on_disk(folder)] == [
        ["Ward 1", "rest", "zn"],
        ["Ward 2", "staffing", "Two."],
    ]


def test_stale_after_a_coding_changes_until_it_is_saved_again(lab: Lab, folder: Path) -> None:
    write(lab, "Ward 1", "rest", "A biscuit.")
    lab.execute(f"study.journal('ann').remove('{coding_id(2)}')")
    expect(cell(lab, "Ward 1", "rest")).to_have_text(
        "◐1 coding · 1 personstale, stale: its codings have changed since. A biscuit."
    )
    expect(view(lab).locator(".qc-top small").first).to_contain_text("1 of 3 cells with codings")
    expect(view(lab).locator(".qc-top small").first).to_contain_text("summarised, 1 stale")
    lab.press("ArrowDown", "s")
    expect(cell(lab, "Ward 1", "rest")).to_be_focused()
    lab.press("Enter")
    expect(pane(lab)).to_contain_text("Stale: it was not written on these codings.")
    expect(pane(lab).locator(".qc-quote")).to_have_count(1)
    lab.press("Control+Enter")
    says(lab, "Ward 1, Rest: still holds")
    expect(cell(lab, "Ward 1", "rest")).to_contain_text("●")


def test_undo_and_redo(lab: Lab, folder: Path) -> None:
    write(lab, "Ward 1", "rest", "One.")
    write(lab, "Ward 2", "staffing", "Two.")
    lab.press("z")
    says(lab, "undone: Ward 2, Staffing")
    view(lab).get_by_role("button", name="Undo").click()
    says(lab, "undone: Ward 1, Rest")
    assert on_disk(folder) == []
    expect(view(lab).get_by_role("button", name="Undo")).to_be_disabled()
    cell(lab, "Ward 1", "rest").focus()
    lab.press("Shift+z")
    says(lab, "done again: Ward 1, Rest")
    assert [row[3] for row in on_disk(folder)] == ["One."]


def test_what_somebody_else_wrote_meanwhile_is_shown_and_kept(lab: Lab, folder: Path) -> None:
    cell(lab, "Ward 1", "rest").focus()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    lab.type("Mine.")
    put(folder, summary(f"Theirs {HOSTILE}", by="AB"))
    theirs = pane(lab).get_by_role("alert")
    expect(theirs).to_contain_text(f"AB wrote meanwhile:Theirs {HOSTILE}")
    lab.press("Control+Enter")
    expect(editor(lab)).to_have_value("Mine.")
    assert [row[3:] for row in on_disk(folder)] == [[f"Theirs {HOSTILE}", "AB"]]
    lab.screenshot("framework-theirs", view(lab))
    theirs.get_by_role("button", name="Go on with mine").click()
    expect(theirs).to_be_hidden()
    lab.press("Control+Enter")
    says(lab, "Ward 1, Rest: saved")
    assert [row[3:] for row in on_disk(folder)] == [["Mine.", "RT"]]
    assert lab.page.evaluate("window.hurt") is None


def test_a_race_is_refused_and_theirs_can_be_taken(lab: Lab, folder: Path) -> None:
    cell(lab, "Ward 1", "rest").focus()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    lab.type("Mine.")
    put(folder, summary("Theirs.", by="AB"))
    lab.press("Control+Enter")  # before the view has heard of it, or after
    theirs = pane(lab).get_by_role("alert")
    expect(theirs).to_contain_text("AB wrote meanwhile:Theirs.")
    assert [row[3:] for row in on_disk(folder)] == [["Theirs.", "AB"]]
    theirs.get_by_role("button", name="Take theirs").click()
    expect(editor(lab)).to_have_value("Theirs.")
    lab.press("Escape")
    expect(pane(lab)).to_be_hidden()
    assert [row[3:] for row in on_disk(folder)] == [["Theirs.", "AB"]]


def test_hostile_summaries_are_text(lab: Lab, folder: Path) -> None:
    write(lab, "Ward 1", "pay", f"=HYPERLINK(1) {HOSTILE}")
    expect(cell(lab, "Ward 1", "pay")).to_contain_text(f"=HYPERLINK(1) {HOSTILE}")
    assert on_disk(folder)[0][3] == f"'=HYPERLINK(1) {HOSTILE}"
    assert lab.page.evaluate("window.hurt") is None
    assert view(lab).locator("img, script").count() == 0


def test_cells_are_filtered(lab: Lab, folder: Path) -> None:
    write(lab, "Ward 1", "rest", "A biscuit.")
    view(lab).get_by_label("Which cells").select_option("open")
    expect(view(lab).get_by_role("rowheader")).to_have_text(["Ward 2medical"])
    expect(cell(lab, "Ward 2", "pay")).to_have_class(re.compile("qc-dim"))
    view(lab).get_by_label("Which cells").select_option("")
    view(lab).get_by_label("Words of summaries").fill("BISCUIT")
    expect(view(lab).get_by_role("rowheader")).to_have_text(["Ward 1surgical"])
    view(lab).get_by_label("Theme").select_option("staffing")
    expect(view(lab).get_by_text("No cell passes the filters.")).to_be_visible()
    view(lab).get_by_label("Words of summaries").press("Escape")
    expect(view(lab).get_by_role("rowheader")).to_have_count(3)


def test_letters_do_not_reach_the_notebook(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    cell(lab, "Ward 1", "rest").focus()
    lab.press("a", "b", "d", "d", "y", "Enter")
    expect(editor(lab)).to_be_focused()
    lab.type("abdd")
    lab.press("Escape", "Escape", "?")
    expect(view(lab).get_by_role("dialog")).to_contain_text("next stale summary")
    lab.press("Escape")
    assert lab.count_cells() == before


def test_heads_stay_in_sight(lab: Lab, folder: Path) -> None:
    code = [OPEN.replace("'ann')", "'ann', rows='speaker', columns='code', height=420)")]
    lab.open(code, folder=folder)
    lab.page.set_viewport_size({"width": 900, "height": 900})
    try:
        lab.run_all()
        cell(lab, "ward-1 NN", "rest").focus()
        lab.press("Control+End")
        last = cell(lab, "ward-10 WM", "pay")
        expect(last).to_be_focused()
        pane_box = view(lab).locator(".qc-grid-pane").bounding_box()
        for head in (
            view(lab).get_by_role("columnheader").last,
            view(lab).get_by_role("rowheader").last,
            last,
        ):
            box = head.bounding_box()
            assert pane_box["x"] <= box["x"] + 1
            assert pane_box["y"] <= box["y"] + 1
            assert box["x"] + box["width"] <= pane_box["x"] + pane_box["width"] + 1
            assert box["y"] + box["height"] <= pane_box["y"] + pane_box["height"] + 1
        lab.press("Enter")
        expect(editor(lab)).to_be_focused()
        expect(view(lab).locator(".qc-grid-pane")).to_be_hidden()
        assert lab.axe(view(lab)) == []
        lab.screenshot("framework-narrow", view(lab))
        lab.press("Escape")
        expect(last).to_be_focused()
    finally:
        lab.page.set_viewport_size({"width": 1400, "height": 900})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everybody(lab: Lab, folder: Path, theme: str) -> None:
    lab.theme(theme)  # type: ignore[arg-type]
    lab.page.wait_for_selector("#jupyterlab-splash", state="detached")
    lab.execute(f"study.journal('ann').memo('Contrary: it is one', coding='{coding_id(1)}')")
    expect(cell(lab, "Ward 1", "rest")).to_contain_text("1 against")
    write(lab, "Ward 1", "rest", "A break is a biscuit, and nothing until six.")
    write(lab, "Ward 2", "rest", "None since May; the manager agrees.")
    lab.execute(f"study.journal('ann').remove('{coding_id(8)}')")
    expect(cell(lab, "Ward 2", "rest")).to_contain_text("stale")
    assert lab.axe(view(lab)) == []
    lab.screenshot(f"framework-{theme}", view(lab))
    cell(lab, "Ward 2", "rest").focus()
    lab.press("Enter")
    expect(editor(lab)).to_be_focused()
    assert lab.axe(view(lab)) == []
    lab.screenshot(f"framework-open-{theme}", view(lab))
    lab.press("Escape")
    lab.theme("light")
