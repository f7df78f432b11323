"""The reading of quotes in a real JupyterLab: filtered, in their place, starred on the disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .._made import CODEBOOK, coding_id, write_study
from ._lab import Lab
from ._study import HOSTILE

OPEN = "import qualcode as qc\nstudy = qc.open_study('.')\nqc.Retrieval(study, coder='ann', code='rest')"


@pytest.fixture
def folder(lab: Lab) -> Path:
    """Open the quotes of a study of the test's own."""
    folder = write_study(lab.study_folder())
    hostile = CODEBOOK.replace("definition: Rest within the shift.", f'definition: "{HOSTILE}"')
    (folder / "interviews_codebook" / "codebook.yaml").write_text(hostile, encoding="utf-8")
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(quotes(lab).first).to_be_visible()
    return folder


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def view(lab: Lab) -> Locator:
    return lab.page.locator(".qc-retrieval").first


def quotes(lab: Lab) -> Locator:
    return view(lab).locator(".qc-quote")


def quote(lab: Lab, number: int) -> Locator:
    return view(lab).locator(f"[data-coding='{coding_id(number)}'].qc-quote")


def shown(lab: Lab) -> list[str]:
    """Give the first words of the quotes."""
    return [text[:12] for text in quotes(lab).locator("blockquote").all_inner_texts()]


def says(lab: Lab, text: str) -> None:
    expect(view(lab).locator(".qc-said")).to_have_text(text)


def stars(folder: Path) -> list[list[str]]:
    path = folder / "interviews_codebook" / "stars.csv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else [""]
    return [line.split(",") for line in lines[1:]]


def test_quotes_are_shown_with_speaker_place_and_memo(lab: Lab, folder: Path) -> None:
    expect(quotes(lab)).to_have_count(7)
    first = quotes(lab).first
    expect(first).to_contain_text("NN · Night nurse · Ward 1 · surgical")
    expect(first).to_contain_text("Rest > Breaks · ward-1, 00:00:09, turn 2 · coder ann · 9 words")
    lab.execute(f"study.journal('ann').memo('Contrary: {HOSTILE}', coding='{coding_id(1)}')")
    expect(first).to_contain_text(f"✎ Contrary: {HOSTILE}")
    expect(first.locator(".qc-contrary")).to_have_text("contrary")
    assert lab.page.evaluate("window.hurt") is None
    assert view(lab).locator("img, script").count() == 0


def test_quotes_are_filtered_and_sorted(lab: Lab, folder: Path) -> None:
    view(lab).get_by_label("Role").select_option(label="Ward manager (2)")
    says(lab, "2 quotes of Rest")
    assert shown(lab) == ["They get a b", "A nap is a b"]
    view(lab).get_by_label("Role").select_option(label="Role: any")
    view(lab).get_by_label("Body type").select_option(label="medical (3)")
    says(lab, "3 quotes of Rest")
    view(lab).get_by_label("Coder").select_option(label="ben (3)")
    says(lab, "1 quote of Rest")
    expect(view(lab).locator(".qc-top small").first).to_have_text("1 of 7 quotes")
    view(lab).get_by_label("Coder").select_option(label="Coder: any")
    view(lab).get_by_label("Body type").select_option(label="Body type: any")
    view(lab).get_by_label("Order").select_option(label="Order: longest first")
    says(lab, "7 quotes of Rest")
    assert shown(lab)[0] == "My break is "


def test_words_are_typed_and_taken_away(lab: Lab, folder: Path) -> None:
    quotes(lab).first.focus()
    lab.press("/")
    lab.type('"since May"')
    says(lab, "2 quotes of Rest")
    lab.press("Enter")
    expect(quotes(lab).first).to_be_focused()
    assert shown(lab) == ["I have had n", "no break sin"]
    lab.press("/")
    lab.type(" nothing here")
    expect(view(lab).get_by_text("No quote passes the filters.")).to_be_visible()
    lab.press("Escape")
    says(lab, "7 quotes of Rest")


def test_contrary_voices_alone(lab: Lab, folder: Path) -> None:
    lab.execute(f"study.journal('ben').memo('contrary: sleeps well', coding='{coding_id(3)}')")
    expect(quote(lab, 3).locator(".qc-contrary")).to_be_visible()
    quotes(lab).first.focus()
    lab.press("c")
    says(lab, "1 quote of Rest")
    assert shown(lab) == ["I don’t slee"]


def test_another_code_by_keyboard(lab: Lab, folder: Path) -> None:
    view(lab).locator("[data-code=rest]").focus()
    lab.press("ArrowDown", "Enter")
    says(lab, "5 quotes of Breaks")
    expect(quotes(lab).first).to_be_focused()
    assert shown(lab)[0] == "My break is "


def test_a_quote_is_read_in_its_place(lab: Lab, folder: Path) -> None:
    quote(lab, 7).focus()
    lab.press("Enter")
    says(lab, "ward-2 is open at the quote")
    reading = view(lab).locator(".qc-reading")
    expect(reading.locator(".qc-chosen.qc-coded")).to_have_text("no break since May")
    expect(reading.locator(".qc-words").first).to_have_text("How was last night?")
    expect(reading.locator(".qc-text")).to_be_focused()
    # The other quote of the same words is marked too, and can be gone to.
    expect(reading.locator(".qc-label")).to_have_count(2)
    reading.locator(".qc-label").first.click()
    expect(quote(lab, 6)).to_have_class(re.compile("qc-chosen"))
    lab.press("Escape")
    expect(reading).to_be_hidden()
    expect(quotes(lab).and_(lab.page.locator(":focus"))).to_have_count(1)


def test_a_quote_far_down_is_scrolled_to(lab: Lab, folder: Path) -> None:
    path = folder / "transcripts_anonymised" / "ward-1.txt"
    filler = "".join(
        f"\n[00:{n // 60:02d}:{n % 60:02d}] INT: And then, number {n}?\n" for n in range(21, 400)
    )
    path.write_text(path.read_text().replace("\n[01:02:03]", f"{filler}\n[01:02:03]"))
    lab.run_all()
    quote(lab, 3).focus()
    lab.press("r")
    expect(view(lab).locator(".qc-coded.qc-chosen")).to_be_in_viewport()
    expect(view(lab).locator(".qc-coded.qc-chosen")).to_have_text("I don’t sleep")


def test_stars_are_on_the_disk_and_make_a_table(lab: Lab, folder: Path) -> None:
    quotes(lab).first.focus()
    lab.press("s")
    says(lab, "starred; 1 quote picked in all")
    expect(quote(lab, 1).get_by_role("button", name="★ Picked")).to_have_attribute(
        "aria-pressed", "true"
    )
    lab.press("ArrowDown", "ArrowDown")
    expect(quote(lab, 3)).to_be_focused()
    quote(lab, 6).get_by_role("button", name="☆ Pick").click()
    says(lab, "starred; 2 quotes picked in all")
    assert [(row[0], row[2], row[4]) for row in stars(folder)] == [
        (coding_id(1), "breaks", "ann"),
        (coding_id(6), "breaks", "ann"),
    ]
    table = "qc.quote_table(qc.starred(study.segments(), qc.read_stars(study)), study.codebook)"
    assert lab.evaluate(f"{table}['quote'].tolist()") == [
        "My break is a biscuit at the drug trolley",
        "I have had no break since May",
    ]
    view(lab).get_by_role("button", name="For a table…").click()
    expect(view(lab).locator(".qc-snippet")).to_have_text(table)
    view(lab).get_by_label("picked only").check()
    says(lab, "2 quotes of Rest")
    quote(lab, 6).get_by_role("button", name="★ Picked").click()
    says(lab, "star taken away; 1 quote picked in all")
    expect(quotes(lab)).to_have_count(1)
    assert len(stars(folder)) == 1


def test_a_star_whose_coding_is_gone_is_listed(lab: Lab, folder: Path) -> None:
    quote(lab, 6).focus()
    lab.press("s")
    says(lab, "starred; 1 quote picked in all")
    lab.execute(f"study.journal('ann').remove('{coding_id(6)}')")
    gone = view(lab).locator(".qc-gone")
    expect(gone.locator("summary")).to_have_text(
        "1 star points at a quote that is gone: not counted"
    )
    expect(view(lab).get_by_text("★ 0 picked")).to_be_visible()
    gone.locator("summary").click()
    expect(gone).to_contain_text("I have had no break since")
    gone.get_by_role("button", name="Take away").click()
    expect(gone).to_be_hidden()
    assert stars(folder) == []


def test_letters_do_not_reach_the_notebook(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    quotes(lab).first.focus()
    lab.press("a", "b", "d", "d", "y")
    lab.press("/")
    lab.type("abdd")
    assert lab.count_cells() == before
    lab.press("Escape", "?")
    expect(view(lab).get_by_role("dialog")).to_contain_text("read it in its place")
    lab.press("Escape")


def test_in_a_narrow_view_the_transcript_takes_the_quotes_place(lab: Lab, folder: Path) -> None:
    quote(lab, 8).focus()
    lab.page.set_viewport_size({"width": 900, "height": 900})
    try:
        expect(view(lab)).to_have_class(re.compile("qc-stacked"))
        lab.press("Enter")
        expect(view(lab).locator(".qc-coded.qc-chosen")).to_be_in_viewport()
        expect(quotes(lab).first).to_be_hidden()
        assert lab.axe(view(lab)) == []
        lab.press("Escape")
        expect(quote(lab, 8)).to_be_focused()
    finally:
        lab.page.set_viewport_size({"width": 1400, "height": 900})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everybody(lab: Lab, folder: Path, theme: str) -> None:
    lab.theme(theme)  # type: ignore[arg-type]
    lab.page.wait_for_selector("#jupyterlab-splash", state="detached")
    lab.execute(f"study.journal('ann').memo('Contrary: it is one', coding='{coding_id(1)}')")
    expect(view(lab).locator(".qc-contrary").first).to_be_visible()
    quotes(lab).first.focus()
    lab.press("s")
    says(lab, "starred; 1 quote picked in all")
    assert lab.axe(view(lab)) == []
    lab.screenshot(f"retrieval-{theme}", view(lab))
    lab.press("Enter")
    expect(view(lab).locator(".qc-reading .qc-chosen").first).to_be_visible()
    assert lab.axe(view(lab)) == []
    lab.screenshot(f"retrieval-reading-{theme}", view(lab))
    lab.theme("light")
