"""The codebook editor in a real JupyterLab: previews, changes on the disk, refusals, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .._made import CODEBOOK, coding_id, write_study
from ._lab import Lab
from ._study import HOSTILE, events

OPEN = "import qualcode as qc\neditor = qc.CodebookEditor(qc.open_study('.'), coder='ann')\neditor"
YAML = "# ours\n" + CODEBOOK.replace("  - id: pay\n", "  # money\n  - id: pay # wages\n").replace(
    "definition: What the night is paid.", f'definition: "{HOSTILE}"'
)


@pytest.fixture
def folder(lab: Lab) -> Path:
    """Open the editor on a study of the test's own."""
    folder = write_study(lab.study_folder())
    codebook(folder).write_text(YAML, encoding="utf-8")
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(code(lab, "rest")).to_be_visible()
    return folder


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def codebook(folder: Path) -> Path:
    return folder / "interviews_codebook" / "codebook.yaml"


def editor(lab: Lab) -> Locator:
    return lab.page.locator(".qc-editor").first


def code(lab: Lab, name: str) -> Locator:
    return editor(lab).locator(f"[data-code={name}]")


def tree(lab: Lab) -> list[str]:
    return editor(lab).locator(".qc-code-name").all_inner_texts()


def field(lab: Lab, label: str) -> Locator:
    return editor(lab).locator(".qc-work").get_by_label(label, exact=True)


def preview(lab: Lab) -> Locator:
    return editor(lab).locator(".qc-preview")


def do_it(lab: Lab) -> Locator:
    return preview(lab).get_by_role("button", name="Do it")


def says(lab: Lab, text: str) -> None:
    expect(editor(lab).locator(".qc-said")).to_have_text(text)


def test_a_definition_is_edited_by_mouse(lab: Lab, folder: Path) -> None:
    code(lab, "staffing").click()
    expect(field(lab, "Definition")).to_have_value("How many people there are for the work.")
    field(lab, "Definition").fill("How many people there are.")
    field(lab, "Example").fill("We were two for twenty-eight beds")
    field(lab, "Where the example stands").fill("ward-2 00:00:21")
    expect(code(lab, "staffing")).to_have_attribute("aria-label", "Staffing, 3 codings, not saved")
    assert codebook(folder).read_text() == YAML
    editor(lab).get_by_role("button", name="Preview").click()
    expect(preview(lab).locator("del")).to_contain_text("for the work")
    expect(
        preview(lab).get_by_text("3 codings (ann 2, ben 1) in 2 interviews of 1 body")
    ).to_be_visible()
    assert codebook(folder).read_text() == YAML
    do_it(lab).click()
    says(lab, "done: edit Staffing")
    assert codebook(folder).read_text() == YAML.replace(
        "    definition: How many people there are for the work.\n",
        "    definition: How many people there are.\n"
        "    example: We were two for twenty-eight beds\n"
        "    example_at: ward-2 00:00:21\n",
    )
    expect(code(lab, "staffing")).to_have_attribute("aria-label", "Staffing, 3 codings")
    expect(code(lab, "staffing")).to_be_focused()


def test_a_code_is_moved_and_moved_back_by_keys(lab: Lab, folder: Path) -> None:
    code(lab, "breaks").click()
    lab.press("m")
    lab.type("pay")
    lab.press("Enter")
    expect(preview(lab)).to_contain_text("Come alongNaps")
    expect(preview(lab)).to_contain_text('breaks "Breaks": from Rest to Pay')
    expect(do_it(lab)).to_be_focused()
    lab.press("Enter")
    says(lab, "done: move Breaks")
    assert tree(lab) == ["Rest", "Staffing", "Pay", "Breaks", "Naps"]
    assert "  # money\n  - id: pay # wages\n" in codebook(folder).read_text()
    expect(code(lab, "breaks")).to_be_focused()
    lab.press("z")
    says(lab, "undone: move Breaks")
    assert codebook(folder).read_text() == YAML
    lab.press("Shift+z")
    says(lab, "done again: move Breaks")
    assert tree(lab) == ["Rest", "Staffing", "Pay", "Breaks", "Naps"]


def test_the_order_is_changed_by_keys(lab: Lab, folder: Path) -> None:
    code(lab, "pay").click()
    lab.press("Alt+ArrowUp")
    expect(preview(lab)).to_contain_text("The codes stand in another order.")
    lab.press("Enter")
    says(lab, "done: move Pay")
    assert tree(lab) == ["Rest", "Breaks", "Naps", "Pay", "Staffing"]
    lab.press("Alt+ArrowDown", "Escape")
    expect(preview(lab)).to_be_hidden()
    expect(code(lab, "pay")).to_be_focused()
    assert tree(lab) == ["Rest", "Breaks", "Naps", "Pay", "Staffing"]


def test_a_merge_leaves_the_old_id_and_the_journals(lab: Lab, folder: Path) -> None:
    before = events(folder, "ann"), events(folder, "ben")
    code(lab, "naps").click()
    lab.press("g")
    lab.type("breaks")
    lab.press("Enter")
    expect(preview(lab)).to_contain_text("1 coding (ben 1) in 1 interview of 1 body")
    expect(preview(lab)).to_contain_text("the definition of Naps goes; Breaks keeps its own")
    lab.press("Enter")
    says(lab, "done: merge Naps into Breaks")
    assert "was: [pauses, naps]" in codebook(folder).read_text()
    assert (events(folder, "ann"), events(folder, "ben")) == before
    expect(code(lab, "breaks")).to_have_attribute("aria-label", "Breaks, 5 codings")


def test_a_code_is_split_and_one_undo_takes_both_back(lab: Lab, folder: Path) -> None:
    before = events(folder, "ann")
    code(lab, "breaks").click()
    lab.press("s")
    expect(field(lab, "Name")).to_be_focused()
    lab.type("Short breaks")
    lab.press("Tab")
    lab.type("Breaks that are none.")
    work = editor(lab).locator(".qc-work")
    expect(work).to_contain_text("Of others, all stay: 1 coding: ben 1.")
    work.get_by_label("My break is a biscuit").check()
    work.get_by_label("I have had no break since May").check()
    expect(work.get_by_text("2 of 3 passages ticked")).to_be_visible()
    work.get_by_label("I have had no break since May").press("Control+Enter")
    expect(preview(lab)).to_contain_text("2 codings (ann 2) in 2 interviews of 2 bodies")
    expect(preview(lab)).to_contain_text("Stay as they are2 codings: ann 1, ben 1")
    lab.screenshot("codebook-split", editor(lab))
    lab.press("Enter")
    says(lab, "done: split Breaks")
    new = events(folder, "ann")[len(before) :]
    assert [(e["event"], e["coding"], e["code"]) for e in new] == [
        ("recode", coding_id(1), "short_breaks"),
        ("recode", coding_id(6), "short_breaks"),
    ]
    assert tree(lab) == ["Rest", "Breaks", "Naps", "Short breaks", "Staffing", "Pay"]
    editor(lab).get_by_role("button", name="Undo").click()
    says(lab, "undone: split Breaks")
    assert codebook(folder).read_text() == YAML
    assert [e["event"] for e in events(folder, "ann")[len(before) :]] == [
        "recode",
        "recode",
        "undo",
    ]
    expect(code(lab, "breaks")).to_have_attribute("aria-label", "Breaks, 4 codings")


def test_a_code_is_added_and_deleted_and_one_with_codings_is_not(lab: Lab, folder: Path) -> None:
    code(lab, "rest").click()
    lab.press("Shift+n")
    lab.type("Dreams")
    lab.press("Tab")
    lab.type("What they dream.")
    lab.press("Control+Enter")
    expect(do_it(lab)).to_be_focused()
    lab.press("Enter")
    says(lab, "done: add Dreams")
    assert tree(lab) == ["Rest", "Breaks", "Naps", "Dreams", "Staffing", "Pay"]
    expect(code(lab, "dreams")).to_be_focused()
    lab.press("Delete")
    expect(do_it(lab)).to_be_focused()
    lab.press("Enter")
    says(lab, "done: delete Dreams")
    assert codebook(folder).read_text() == YAML
    code(lab, "staffing").click()
    lab.press("x")
    expect(editor(lab).locator(".qc-status .qc-refused")).to_have_text(
        "Not done: Staffing cannot be deleted: it has 3 codings (ann 2, ben 1) in 2 interviews of "
        "1 body. Mend: merge it into another code"
    )
    expect(preview(lab)).to_be_hidden()


def test_nothing_is_written_over_somebody_elses_change(lab: Lab, folder: Path) -> None:
    code(lab, "staffing").click()
    field(lab, "Definition").fill("Mine.")
    field(lab, "Definition").press("Control+Enter")
    expect(do_it(lab)).to_be_focused()
    theirs = YAML.replace("How many people there are for the work.", "Theirs.")
    codebook(folder).write_text(theirs, encoding="utf-8")
    lab.press("Enter")
    expect(editor(lab).get_by_text("changed by somebody else meanwhile").first).to_be_visible()
    expect(do_it(lab)).to_be_disabled()
    assert codebook(folder).read_text() == theirs
    # What was typed is not lost: a new preview shows it against their words.
    preview(lab).get_by_role("button", name="Preview again").click()
    expect(preview(lab).locator("del").first).to_contain_text("Theirs")
    do_it(lab).click()
    says(lab, "done: edit Staffing")
    assert codebook(folder).read_text() == theirs.replace("Theirs.", "Mine.")


def test_a_change_elsewhere_is_shown(lab: Lab, folder: Path) -> None:
    codebook(folder).write_text(YAML.replace("name: Naps", "name: Dozing"), encoding="utf-8")
    expect(code(lab, "naps").locator(".qc-code-name")).to_have_text("Dozing")


def test_what_is_typed_is_kept_while_another_code_is_looked_at(lab: Lab, folder: Path) -> None:
    code(lab, "naps").click()
    field(lab, "Include").fill("Dozing")
    lab.press("Escape", "ArrowUp")
    expect(field(lab, "Name")).to_have_value("Breaks")
    lab.press("ArrowDown")
    expect(field(lab, "Include")).to_have_value("Dozing")
    editor(lab).get_by_role("button", name="Forget what was typed").click()
    expect(field(lab, "Include")).to_have_value("")


def test_hostile_text_is_shown_as_text(lab: Lab, folder: Path) -> None:
    code(lab, "pay").click()
    expect(field(lab, "Definition")).to_have_value(HOSTILE)
    field(lab, "Name").fill(HOSTILE)
    field(lab, "Definition").fill("Other.")
    field(lab, "Definition").press("Control+Enter")
    expect(preview(lab).locator("ins").first).to_be_visible()
    lab.press("Enter")
    expect(code(lab, "pay").locator(".qc-code-name")).to_have_text(HOSTILE)
    assert lab.page.evaluate("window.hurt") is None
    assert editor(lab).locator("img, script").count() == 0


def test_letters_do_not_reach_the_notebook(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    code(lab, "rest").focus()
    lab.press("a", "b", "d", "d", "y", "j", "k")
    field(lab, "Definition").focus()
    lab.press("a", "b", "d", "d", "Escape")
    assert lab.count_cells() == before
    lab.press("?")
    expect(editor(lab).get_by_role("dialog")).to_contain_text("merge it into another code")
    lab.press("Escape")
    expect(editor(lab).get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everybody(lab: Lab, folder: Path, theme: str) -> None:
    lab.theme(theme)  # type: ignore[arg-type]
    lab.page.wait_for_selector("#jupyterlab-splash", state="detached")
    code(lab, "breaks").click()
    assert lab.axe(editor(lab)) == []
    lab.press("g")
    lab.type("staff")
    assert lab.axe(editor(lab)) == []
    lab.press("Enter")
    expect(do_it(lab)).to_be_focused()
    assert lab.axe(editor(lab)) == []
    lab.screenshot(f"codebook-{theme}", editor(lab))
    lab.press("Escape", "s")
    expect(field(lab, "Name")).to_be_focused()
    assert lab.axe(editor(lab)) == []
    lab.theme("light")


def test_two_views_show_the_same(lab: Lab, folder: Path) -> None:
    second = lab.second_view(0)
    code(lab, "naps").click()
    lab.press("g")
    lab.type("breaks")
    lab.press("Enter")
    expect(do_it(lab)).to_be_focused()
    lab.press("Enter")
    says(lab, "done: merge Naps into Breaks")
    expect(second.locator("[data-code=naps]")).to_have_count(0)
