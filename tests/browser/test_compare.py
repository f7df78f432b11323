"""The compare view in a real JupyterLab: two coders, a keyboard, a third journal on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

import qualcode as qc

from ._lab import Lab
from ._study import HOSTILE, copy_study, events, make_study

OPEN = """\
import qualcode as qc
compare = qc.Compare(qc.open_study("."), coders=("A", "B"), into="agreed", settled_by="RT")
compare
"""
# coder, transcript, code, words, memo
CODINGS = (
    ("A", "ward-1", "breaks", "My break is a biscuit \U0001f36a at the drug trolley.", ""),
    ("B", "ward-1", "breaks", "a biscuit \U0001f36a at the drug trolley.", ""),
    ("A", "ward-1", "rest", "Then nothing until six.", HOSTILE),
    ("B", "ward-1", "staffing", "Then nothing until six.", "nobody to take over"),
    ("A", "ward-1", "rest", "I sleep four hours", "contrary: she does sleep"),
    ("B", "ward-1", "rest", "I sleep four hours", ""),
    ("B", "ward-1", "staffing", "We were two of us for twenty-eight beds.", ""),
    ("A", "ward-1", "hostile", "the post comes", ""),
    ("A", "ward-2", "breaks", "no break since May", ""),
    ("B", "ward-2", "breaks", "no break since May", ""),
)


def make_coded(folder: Path) -> Path:
    make_study(folder)
    study = qc.open_study(folder)
    for coder, name, code, words, memo in CODINGS:
        transcript = study.corpus[name]
        start = transcript.text.index(words)
        study.journal(coder).add(transcript, start, start + len(words), code, memo=memo)
    return folder


@pytest.fixture
def folder(lab: Lab) -> Path:
    """Open the compare view on a study of the test's own."""
    folder = make_coded(lab.study_folder())
    open_view(lab, folder)
    return folder


def open_view(lab: Lab, folder: Path) -> None:
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(lab.page.locator(".qc-words").first).to_be_visible()


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def view(lab: Lab) -> Locator:
    return lab.page.locator(".qc-compare").first


def said(lab: Lab) -> Locator:
    return view(lab).locator(".qc-said")


def refused(lab: Lab) -> Locator:
    return view(lab).locator(".qc-refused")


def head(lab: Lab) -> Locator:
    return view(lab).locator(".qc-diff-head")


def listed(lab: Lab) -> list[str]:
    """Give what is listed: its sign and its codes."""
    items = view(lab).locator(".qc-diffs .qc-item")
    return [
        f"{item.locator('.qc-sign').inner_text()} {item.locator('.qc-diff-codes').inner_text()}"
        for item in items.all()
    ]


def settle(lab: Lab, key: str, why: str) -> None:
    """Decide by key, then say why."""
    lab.press(key)
    expect(view(lab).locator(".qc-reason")).to_be_focused()
    lab.type(why)
    lab.press("Enter")


def journal(folder: Path) -> list[dict[str, Any]]:
    return events(folder, "agreed")


def codings(folder: Path) -> list[tuple[str, str, str]]:
    """Give the settled codings as a study that is opened again has them."""
    segments = qc.open_study(folder).segments(coder="agreed")
    return list(segments[["code_id", "quote", "memo"]].itertuples(index=False, name=None))


def focus(lab: Lab) -> None:
    view(lab).locator(".qc-text").focus()


def test_both_stand_beside_one_text(lab: Lab, folder: Path) -> None:
    left = view(lab).locator(".qc-left .qc-label")
    right = view(lab).locator(".qc-margin:not(.qc-left) .qc-label")
    chips = [side.locator(".qc-label-coder").all_inner_texts() for side in (left, right)]
    assert chips == [
        ["≈ in part", "≠ differ", "± for/against", "◇ A only"],
        ["≈ in part", "≠ differ", "± for/against", "◇ B only"],
    ]
    expect(view(lab).locator(".qc-words").nth(1)).to_contain_text("a biscuit \U0001f36a at")
    expect(head(lab)).to_contain_text("differ: other code")
    expect(view(lab).locator(".qc-diff-counts")).to_have_text(
        "0 of 4 settled · 0 of 1 agreed taken over"
    )
    assert listed(lab) == ["≠ Rest / Staffing", "± Rest", f"◇ {HOSTILE}", "◇ Staffing"]
    expect(view(lab).locator(".qc-about")).to_contain_text("Ward 1, ward, 2026-01-05")
    assert lab.page.evaluate("window.hurt") is None


def test_differences_are_settled_by_keyboard_and_stand_on_the_disk(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    focus(lab)
    settle(lab, "1", "nobody is short here")
    expect(said(lab)).to_have_text("kept A's. Next: differ: for or against, Rest")
    expect(view(lab).locator(".qc-text")).to_be_focused()
    lab.press("w")
    lab.type("four hours is little")
    lab.press("Enter")
    expect(view(lab).locator(".qc-text")).to_be_focused()
    lab.press("2")  # the reason stands: one key decides
    expect(said(lab)).to_contain_text("kept B's")
    expect(head(lab)).to_contain_text("A only")
    lab.press("2")
    expect(refused(lab)).to_contain_text("B has no coding here to keep")
    settle(lab, "0", "a courtesy")
    expect(head(lab)).to_contain_text("B only")
    expect(view(lab).locator(".qc-diff-counts")).to_contain_text("3 of 4 settled")
    lab.press("r")
    expect(lab.page.locator(".qc-typed")).to_be_focused()
    lab.type("brea")
    lab.press("Enter")
    expect(view(lab).locator(".qc-reason")).to_be_focused()
    lab.type("two for the break")
    lab.press("Enter")
    expect(said(lab)).to_contain_text("Nothing more is open in ward-1")
    assert [(e["event"], e.get("code"), e.get("memo")) for e in journal(folder)] == [
        ("add", "rest", "nobody is short here (settled by RT)"),
        ("add", "rest", "four hours is little (settled by RT)"),
        ("add", "hostile", "a courtesy (settled by RT)"),
        ("remove", None, None),
        ("add", "breaks", "two for the break (settled by RT)"),
    ]
    assert lab.count_cells() == before
    assert lab.page.evaluate("window.hurt") is None


def test_an_undo_opens_the_difference_again(lab: Lab, folder: Path) -> None:
    focus(lab)
    settle(lab, "0", "in passing")
    expect(head(lab)).to_contain_text("for or against")
    lab.press("z")
    expect(said(lab)).to_have_text("undone: declined")
    expect(head(lab)).to_contain_text("other code")
    expect(view(lab).locator(".qc-diff-settled")).to_be_hidden()
    lab.press("Shift+Z")
    expect(said(lab)).to_have_text("done again: declined")
    expect(view(lab).locator(".qc-diff-settled")).to_contain_text("Settled: neither kept")
    expect(view(lab).locator(".qc-diff-settled")).to_contain_text("in passing · settled by RT")
    assert [e["event"] for e in journal(folder)] == ["add", "remove", "undo", "redo"]


def test_agreements_are_taken_over_and_another_transcript_opened(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("t")
    expect(said(lab)).to_have_text("took over 1 agreement")
    lab.press("Shift+PageDown")
    expect(said(lab)).to_contain_text("ward-2 is open")
    expect(head(lab)).to_have_text("No difference is chosen")
    lab.press("t")
    expect(view(lab).locator(".qc-transcript-choice")).to_contain_text("ward-2: no differences")
    expect(view(lab).locator(".qc-diff-counts")).to_contain_text("1 of 1 agreed taken over")
    assert codings(folder) == [
        (
            "breaks",
            "a biscuit \U0001f36a at the drug trolley.",
            "both agree; the narrower words (settled by RT)",
        ),
        ("breaks", "no break since May", "both agree (settled by RT)"),
    ]


def test_other_words_are_selected_and_taken(lab: Lab, folder: Path) -> None:
    view(lab).locator(".qc-text").focus()
    lab.press("p")
    expect(head(lab)).to_contain_text("B only")
    lab.drag(view(lab).locator(".qc-words").nth(3), "two of us")
    lab.press("s")
    expect(view(lab).locator(".qc-reason")).to_be_focused()
    lab.type("the number is enough")
    lab.press("Enter")
    expect(said(lab)).to_contain_text("other words: Staffing")
    assert codings(folder) == [("staffing", "two of us", "the number is enough (settled by RT)")]


def test_words_are_selected_by_keyboard_too(lab: Lab, folder: Path) -> None:
    focus(lab)
    lab.press("n", "ArrowRight", "Shift+ArrowRight", "s")
    lab.type("the point")
    lab.press("Enter")
    expect(said(lab)).to_contain_text("other words: Rest")
    assert codings(folder) == [("rest", "I sleep", "the point (settled by RT)")]


def test_a_click_on_text_a_label_or_the_list_chooses(lab: Lab, folder: Path) -> None:
    view(lab).locator(".qc-label", has_text="B only").click()
    expect(head(lab)).to_contain_text("B only")
    view(lab).locator(".qc-coded", has_text="I sleep four hours").click()
    expect(head(lab)).to_contain_text("for or against")
    view(lab).locator(".qc-diffs .qc-item").nth(0).click()
    expect(head(lab)).to_contain_text("other code")
    view(lab).get_by_role("button", name="all", exact=True).click()
    expect(view(lab).locator(".qc-diffs .qc-item")).to_have_count(5)


def test_a_second_view_follows_and_a_restart_finds_all(lab: Lab, folder: Path) -> None:
    second = lab.second_view(0)
    focus(lab)
    settle(lab, "3", "two points")
    expect(second.locator(".qc-diff-counts")).to_contain_text("1 of 4 settled")
    open_view(lab, folder)
    expect(view(lab).locator(".qc-diff-counts")).to_contain_text("1 of 4 settled")


def test_axe_finds_nothing_in_light_and_dark(lab: Lab, folder: Path) -> None:
    focus(lab)
    settle(lab, "1", "so")
    lab.press("f", "f")
    try:
        for theme in ("light", "dark"):
            lab.theme(theme)
            assert lab.axe(".qc-compare") == []
        lab.press("?")
        assert lab.axe(".qc-compare") == []
    finally:
        lab.theme("light")


def test_it_looks_as_it_should_on_the_worked_study(lab: Lab) -> None:
    folder = copy_study(lab.study_folder())
    lab.open([OPEN.replace('"agreed"', '"settled"')], folder=folder)
    lab.run_all()
    focus(lab)
    lab.press("t")
    settle(lab, "1", "the duty is named")
    expect(said(lab)).to_contain_text("kept A's")
    lab.press("n", "n")
    settle(lab, "0", "small talk")
    lab.press("f", "f")
    expect(view(lab).locator(".qc-diff-counts")).to_contain_text("2 of 17 settled")
    try:
        for theme in ("light", "dark"):
            lab.theme(theme)
            lab.screenshot(f"compare-{theme}", ".qc-compare")
    finally:
        lab.theme("light")
