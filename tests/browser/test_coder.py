"""The coding workspace in a real JupyterLab: by mouse, by keyboard, over restarts, in two views."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from ._lab import Lab
from ._study import HOSTILE, events, make_study

OPEN = """\
import qualcode as qc
study = qc.open_study(".")
suggest = qc.suggest_by_keywords({"staffing": ["two of us"], "breaks": ["no break", "break"]})
coder = qc.Coder(study, coder="RT", suggest=suggest)
coder
"""
TEXT = ".qc-text"


@pytest.fixture
def folder(lab: Lab) -> Path:
    """Open the workspace on a study of the test's own."""
    folder = make_study(lab.study_folder())
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(words(lab).first).to_be_visible()
    return folder


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def words(lab: Lab) -> Locator:
    return lab.page.locator(".qc-words")


def said(lab: Lab) -> Locator:
    return lab.page.locator(".qc-said").first


def refused(lab: Lab) -> Locator:
    return lab.page.locator(".qc-refused").first


def labels(lab: Lab) -> list[str]:
    """Give the names of the codings in the margin, in order of place."""
    return lab.page.locator(".qc").first.locator(".qc-label-name").all_inner_texts()


def coded(lab: Lab) -> list[str]:
    """Give the pieces of text that are shown as coded."""
    return lab.page.locator(".qc").first.locator(".qc-coded").all_text_contents()


def journal(folder: Path, coder: str = "RT") -> list[tuple[str, str, str]]:
    """Give each event with its code and the beginning of its words."""
    return [(e["event"], e.get("code", ""), e.get("quote", "")[:20]) for e in events(folder, coder)]


def focus(lab: Lab) -> None:
    lab.page.locator(TEXT).first.focus()


def pick(lab: Lab, typed: str, *after: str) -> None:
    lab.press("c")
    expect(lab.page.locator(".qc-typed")).to_be_focused()
    lab.type(typed)
    lab.press(*(after or ("Enter",)))


def test_coding_by_mouse(lab: Lab, folder: Path) -> None:
    selected = lab.drag(words(lab).nth(1), "a biscuit \U0001f36a at the drug")
    assert selected == "a biscuit \U0001f36a at the drug"
    lab.page.get_by_role("button", name="Code", exact=True).click()
    lab.page.get_by_role("option", name="Breaks").click()
    expect(said(lab)).to_have_text("coded 6 words as Breaks")
    assert journal(folder) == [("add", "breaks", "a biscuit \U0001f36a at the d")]
    assert coded(lab) == ["a biscuit \U0001f36a at the drug"]
    assert labels(lab) == ["Breaks"]


def test_dragging_words_onto_a_code(lab: Lab, folder: Path) -> None:
    lab.drag(words(lab).nth(1), "My break is a biscuit")
    lab.page.locator(".qc-words").nth(1).get_by_text("My break").drag_to(
        lab.page.locator("[data-code=rest]"), source_position={"x": 30, "y": 12}
    )
    expect(said(lab)).to_have_text("coded 5 words as Rest")
    assert journal(folder) == [("add", "rest", "My break is a biscui")]


def test_coding_by_keyboard_alone(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    focus(lab)
    lab.press("u")  # the first turn that is not the interviewer's
    assert lab.selection() == "My break is a biscuit \U0001f36a at the drug trolley."
    pick(lab, "brea", "Tab")
    lab.type("says it twice")
    lab.press("Enter")
    expect(said(lab)).to_have_text("coded 10 words as Breaks")
    lab.press("ArrowDown")
    assert lab.selection() == "Then nothing until six."
    lab.press(".")
    expect(said(lab)).to_have_text("coded 4 words as Breaks")
    lab.press("Alt+ArrowLeft")
    expect(said(lab)).to_have_text("now 3 words")
    assert coded(lab)[-1] == "Then nothing until"
    lab.press("m")
    expect(lab.page.locator(".qc-dialog textarea")).to_be_focused()
    lab.type("until six?")
    lab.press("Enter")
    expect(said(lab)).to_have_text("memo saved")
    lab.press("r")
    lab.type("staff")
    lab.press("Enter")
    expect(said(lab)).to_have_text("recoded as Staffing")
    lab.press("x")
    expect(said(lab)).to_have_text("removed Staffing")
    lab.press("z", "z")
    expect(said(lab)).to_contain_text("undone: recoded as Staffing")
    lab.press("Shift+z")
    expect(said(lab)).to_contain_text("done again: recoded as Staffing")
    kinds = " ".join(event["event"] for event in events(folder, "RT"))
    assert kinds == "add add remove add memo recode remove undo undo redo"
    assert events(folder, "RT")[0]["memo"] == "says it twice"
    assert lab.count_cells() == before, "a key went to the notebook"


def test_pins_new_codes_and_bounds(lab: Lab, folder: Path) -> None:
    lab.page.locator("[data-code=staffing]").click()
    lab.press("3")
    expect(said(lab)).to_have_text("Staffing is on key 3")
    lab.press("Escape")
    lab.press("u", "3")
    expect(said(lab)).to_have_text("coded 10 words as Staffing")
    lab.press("5")
    expect(refused(lab)).to_contain_text("no code is on key 5")
    lab.press("n")
    expect(lab.page.locator(".qc-dialog input").first).to_have_value(
        "My break is a biscuit \U0001f36a at the drug trolley."
    )
    lab.type("Biscuits")
    lab.press("Tab")
    lab.type("Food instead of rest.")
    lab.press("Enter")
    expect(said(lab)).to_have_text("new code; coded 10 words as Biscuits")
    text = (folder / "interviews_codebook" / "codebook.yaml").read_text(encoding="utf-8")
    assert text.startswith("# kept: a comment\n")
    assert "id: biscuits" in text
    assert "definition: Food instead of rest." in text
    lab.press("ArrowRight", "Shift+ArrowRight", "b")
    expect(said(lab)).to_have_text("now 2 words")
    assert labels(lab) == ["Staffing", "Biscuits"]


def test_overlaps_are_stepped_through(lab: Lab, folder: Path) -> None:
    lab.drag(
        words(lab).nth(1), "My break is a biscuit \U0001f36a at the drug trolley. Then nothing"
    )
    pick(lab, "rest")
    expect(said(lab)).to_contain_text("as Rest")
    lab.drag(words(lab).nth(1), "break is a")
    pick(lab, "breaks")
    expect(said(lab)).to_contain_text("as Breaks")
    lab.drag(words(lab).nth(1), "a biscuit")
    pick(lab, "staff")
    expect(said(lab)).to_contain_text("as Staffing")
    assert labels(lab) == ["Rest", "Breaks", "Staffing"]
    assert coded(lab) == [
        "My ", "break is ", "a", " biscuit", " \U0001f36a at the drug trolley. Then nothing",
    ]  # fmt: skip
    chosen = lab.page.locator(".qc-label.qc-chosen .qc-label-name")
    steps = []
    for _ in range(4):
        lab.press("o")
        steps.append(chosen.inner_text())
    assert steps == ["Rest", "Breaks", "Staffing", "Rest"]
    lab.press("Escape")
    lab.page.locator(".qc-coded").nth(2).click()
    expect(chosen).to_have_count(1)
    lanes = {
        s.get_attribute("style").split("left: ")[1].split(";")[0]
        for s in lab.page.locator(".qc-stripe").all()
    }
    assert lanes == {"0px", "7px", "14px"}


def test_keys_faster_than_the_kernel_go_to_the_right_coding(lab: Lab, folder: Path) -> None:
    lab.page.locator("[data-code=rest]").click()
    lab.press("1")
    expect(said(lab)).to_contain_text("is on key 1")
    lab.press("Escape", "u", "1", "ArrowDown", "1", "Alt+ArrowLeft", "Alt+ArrowLeft", "x", "z")
    expect(said(lab)).to_contain_text("undone: removed")
    kinds = [(e["event"], e.get("quote", "")) for e in events(folder, "RT")]
    assert kinds == [
        ("add", "My break is a biscuit \U0001f36a at the drug trolley."),
        ("add", "Then nothing until six."),
        ("remove", ""),
        ("add", "Then nothing until"),
        ("remove", ""),
        ("add", "Then nothing"),
        ("remove", ""),
        ("undo", ""),
    ]


def test_clicks_beside_everything_give_the_notebook_no_keys(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    lab.page.locator(".qc-heading").click()
    lab.press("x", "a", "m")
    expect(refused(lab)).to_contain_text("no coding is selected")
    lab.press("u", "c")
    lab.page.locator(".qc-heading").click(force=True, position={"x": 3, "y": 3})
    lab.type("brea")
    lab.press("Enter")
    expect(said(lab)).to_have_text("coded 10 words as Breaks")
    assert lab.count_cells() == before
    assert lab.page.locator(".jp-CodeCell").count() == before


def test_what_is_refused_is_still_there_to_read(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("u", "n")
    dialog = lab.page.locator(".qc-dialog")
    dialog.locator("input").first.fill("Rest")
    dialog.locator("textarea").first.fill("Ten minutes of thought.")
    dialog.locator("textarea").first.press("Enter")
    expect(dialog.locator(".qc-refused")).to_contain_text("Not done: ")
    expect(dialog.locator("textarea").first).to_have_value("Ten minutes of thought.")
    dialog.locator("input").first.fill("Respite")
    lab.press("Enter")
    expect(dialog).to_have_count(0)
    expect(said(lab)).to_have_text("new code; coded 10 words as Respite")


def test_only_what_is_seen_selected_is_coded(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("u")
    lab.drag(lab.page.locator(".jp-CodeCell .cm-content").first, "open_study")
    lab.page.locator(".qc-toolbar").get_by_role("button", name="Code", exact=True).click()
    expect(refused(lab)).to_contain_text("no words are selected")
    focus(lab)
    lab.press("Control+a", "c")
    expect(lab.page.locator(".qc-dialog h3")).to_contain_text("Give a code to “When do you rest?")
    lab.press("Escape")
    assert events(folder, "RT") == []


def test_undo_after_the_kernel_was_restarted(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("u")
    pick(lab, "rest")
    expect(said(lab)).to_contain_text("as Rest")
    lab.restart_kernel()
    link = lab.page.locator(".qc-link").first
    expect(link).to_contain_text("Disconnected", timeout=20_000)
    focus(lab)
    lab.press("ArrowDown", ".")
    expect(refused(lab)).to_contain_text("no", timeout=20_000)
    assert len(events(folder, "RT")) == 1
    lab.run_all()
    expect(lab.page.locator(".qc-label-name")).to_have_text(["Rest"])
    focus(lab)
    lab.press("z")
    expect(said(lab)).to_contain_text("undone: coded as Rest")
    assert labels(lab) == []
    assert journal(folder)[-1][0] == "undo"


def test_two_views_and_two_widgets_agree(lab: Lab, folder: Path) -> None:
    view = lab.second_view(0)
    focus(lab)
    lab.press("u")
    pick(lab, "rest")
    expect(view.locator(".qc-label-name")).to_have_text(["Rest"])
    lab.execute("study.journal('RT').undo()")  # another program
    expect(view.locator(".qc-label-name")).to_have_count(0, timeout=10_000)
    expect(lab.page.locator(".qc").first.locator(".qc-label-name")).to_have_count(0)


def test_code_all_matches_but_those_unticked(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("/")
    lab.type("break")
    lab.page.get_by_role("checkbox", name="In all transcripts").check()
    expect(lab.page.locator(".qc-matches")).to_have_text("3 matches")
    lab.page.get_by_role("button", name="Code all…").click()
    ticks = lab.page.locator(".qc-match input")
    expect(ticks).to_have_count(3)
    ticks.nth(1).uncheck()
    lab.page.get_by_role("button", name="Choose the code").click()
    lab.type("breaks")
    lab.press("Enter")
    expect(said(lab)).to_have_text("coded 2 passages as Breaks")
    assert [(e["transcript"], e["quote"]) for e in events(folder, "RT")] == [
        ("ward-1", "break"),
        ("ward-2", "break"),
    ]
    assert len({e["batch"] for e in events(folder, "RT")}) == 1


def test_search_by_expression_jumps_and_says_what_is_wrong(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("/")
    lab.page.get_by_role("checkbox", name="Regular expression").check()
    lab.page.locator(".qc-query").fill(r"s\w+p (four|five)")
    expect(lab.page.locator(".qc-matches")).to_have_text("1 match")
    lab.press("Enter")
    expect(lab.page.locator(".qc-matches")).to_have_text("1 of 1")
    assert lab.selection() == "sleep four"
    lab.page.locator(".qc-query").fill("(")
    expect(lab.page.locator(".qc-matches")).to_contain_text("no regular expression")


def test_suggestions_are_accepted_and_declined(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("k")
    expect(said(lab)).to_have_text("2 suggestions")
    assert labels(lab) == ["? Breaks", "? Staffing"]
    lab.press("j", "a")
    expect(said(lab)).to_contain_text("Staffing")  # the next one is chosen
    lab.press("d")
    expect(lab.page.locator(".qc-offer")).to_have_count(0)
    added, declined, removed = events(folder, "RT")
    assert added["source"]["kind"] == "suggestion"
    assert (added["source"]["model"], added["code"]) == ("keywords", "breaks")
    assert (declined["code"], removed["coding"]) == ("staffing", declined["id"])
    assert labels(lab) == ["Breaks"]


def test_hostile_text_is_text(lab: Lab, folder: Path) -> None:
    assert HOSTILE in words(lab).nth(1).inner_text()
    focus(lab)
    lab.press("u")
    lab.press("c")
    lab.type("img")
    lab.press("Tab")
    lab.type(HOSTILE)
    lab.press("Enter")
    expect(said(lab)).to_contain_text(HOSTILE)
    assert labels(lab) == [HOSTILE]
    expect(lab.page.locator(".qc-details textarea")).to_have_value(HOSTILE)
    assert lab.page.locator(".qc img, .qc script").count() == 0
    assert lab.page.evaluate("window.hurt") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_in_both_themes(lab: Lab, folder: Path, theme: str) -> None:
    lab.theme(theme)
    try:
        focus(lab)
        lab.press("u")
        pick(lab, "rest")
        expect(lab.page.locator(".qc-label")).to_have_count(1)
        assert lab.axe(".qc") == []
        lab.press("?")
        assert lab.axe(".qc") == []
        lab.press("Escape", "/")
        assert lab.axe(".qc") == []
    finally:
        lab.theme("light")
