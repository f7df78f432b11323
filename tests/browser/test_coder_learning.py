"""Suggestions that learn, and the queue, in a real JupyterLab: by keyboard, over a reload."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from ._lab import Lab
from ._study import CODEBOOK, events, make_study

LONG = "Überlastungsanzeigeverfahrensvorschriften im Nachtschichtbetrieb"
OPEN = """\
import re
import qualcode as qc

class Learner:
    "Offers each bell as Staffing; once it has learned, each tea as Breaks."
    model = "learner"
    lessons = 0

    def __call__(self, transcript):
        found = re.finditer(r"Tea \\w+\\." if self.lessons else r"Bell \\w+ rang\\.", transcript.text)
        code = "breaks" if self.lessons else "staffing"
        return [(*one.span(), code, 0.62, self.why(one[0])) for one in found]

    def why(self, words):
        return f"like 2 passages coded so\\n“{words} <img src=x onerror=window.hurt=1>” (ward-2, 00:00:21)\\nwords that tell: bell, rang, Personalbemessungsverordnung"

    def learn(self, decisions):
        self.lessons += 1

    def queue(self, transcripts, limit):
        found = [(t.id, *one.span(), "staffing", 0.41, "unsure") for t in reversed(transcripts)
                 for one in re.finditer(r"no break|Door \\w+\\.", t.text)]
        return found[:limit]

    def reliability(self, code):
        return "on held-out interviews 62 of 100 such suggestions were right"

learner = Learner()
coder = qc.Coder(qc.open_study("."), coder="RT", transcript="bells", suggest=learner)
coder
"""


def bells() -> str:
    """Write a transcript with 24 bells, and some teas and doors."""
    lines = ["---", "id: bells", "body: Ward 3", "speakers:", "  - {label: NN, role: Nurse}", "---"]
    for turn in range(8):
        words = " ".join(f"Bell {turn}{letter} rang." for letter in "abc")
        lines += [f"[00:0{turn}:00] NN: {words} Tea {turn}a. Door {turn}d.", ""]
    return "\n".join(lines)


@pytest.fixture
def folder(lab: Lab) -> Path:
    folder = make_study(lab.study_folder(), more={"bells": bells()})
    book = CODEBOOK.replace("name: Staffing", f"name: {LONG}")
    (folder / "interviews_codebook" / "codebook.yaml").write_text(book, encoding="utf-8")
    lab.open([OPEN], folder=folder)
    lab.page.set_default_timeout(8000)
    lab.run_all()
    expect(lab.page.locator(".qc-words").first).to_be_visible()
    expect(tally(lab)).to_have_text("9")
    lab.page.locator(".qc-text").first.focus()
    return folder


@pytest.fixture(autouse=True)
def no_console_errors(lab: Lab):
    yield
    assert lab.take_errors() == []


def tally(lab: Lab) -> Locator:
    return lab.page.locator(".qc-tally")


def said(lab: Lab) -> Locator:
    return lab.page.locator(".qc-said")


def chosen(lab: Lab) -> list[str]:
    """Give the words that are shown as selected."""
    return lab.page.locator(".qc-coded.qc-chosen").all_text_contents()


def decided(folder: Path) -> list[tuple[str, str, Any]]:
    """Give what was added: code, words, score."""
    added = [one for one in events(folder, "RT") if one["event"] == "add"]
    return [(one["code"], one["quote"], one["source"]["score"]) for one in added]


def test_twenty_decisions_change_what_is_offered(lab: Lab, folder: Path) -> None:
    lab.press("k")
    expect(said(lab)).to_have_text("24 suggestions")
    lab.press("j", *"aaaaaaaaaaaaaaaaaaaa")
    expect(lab.page.locator(".qc-offer")).to_have_count(9)
    # 8 if what was learned came before Python heard which one is looked at.
    news = re.compile(r"^learned from your last 20 decisions: [89] suggestions here$")
    expect(lab.page.locator(".qc-news")).to_have_text(news)
    lab.screenshot("coder-learned", ".qc")
    assert chosen(lab) == ["Bell 6c rang."], "the one at hand stays, though it is offered no more"
    lab.press("d")
    expect(lab.page.locator(".qc-offer")).to_have_count(8)
    assert [words for _, words, _ in decided(folder)][-2:] == ["Bell 6b rang.", "Bell 6c rang."]
    assert decided(folder)[-1] == ("staffing", "Bell 6c rang.", 0.62)
    expect(said(lab)).to_contain_text("Breaks, suggested: like 2 passages coded so")
    assert chosen(lab) == ["Tea 6a."]
    lab.press("z")
    expect(said(lab)).to_contain_text("undone: declined")
    assert lab.evaluate("len(coder._session.offering.decisions.untold)") == 0
    assert lab.evaluate("learner.lessons") == 1


def test_the_queue_leads_through_transcripts_by_keyboard(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    lab.press("q")
    expect(said(lab)).to_have_text(f"1 of 9 in the queue: Ward 2 · 00:00:21, {LONG}")
    expect(lab.page.locator(".qc-heading")).to_have_text("ward-2")
    assert chosen(lab) == ["no break"]
    lab.press("a")
    expect(said(lab)).to_have_text(f"accepted: coded 2 words as {LONG}; 8 left in the queue")
    lab.press("q", "d", "q")
    expect(said(lab)).to_have_text(f"3 of 9 in the queue: Ward 3 · 00:01:00, {LONG}")
    expect(tally(lab)).to_have_text("7")
    assert chosen(lab) == ["Door 1d."]
    assert decided(folder) == [("staffing", "no break", 0.41), ("staffing", "Door 0d.", 0.41)]
    lab.reload()
    expect(tally(lab)).to_have_text("7")
    expect(lab.page.locator(".qc-heading")).to_have_text("bells")
    assert chosen(lab) == ["Door 1d."]
    lab.page.locator(".qc-text").first.focus()
    lab.press("a")
    expect(tally(lab)).to_have_text("6")
    lab.page.get_by_role("button", name="Queue 6").click()
    expect(said(lab)).to_contain_text("4 of 9 in the queue: Ward 3 · 00:02:00")
    lab.press("d")
    expect(tally(lab)).to_have_text("5")
    assert [words for _, words, _ in decided(folder)][2:] == ["Door 1d.", "Door 2d."]
    assert lab.count_cells() == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_reasons_can_be_read_in_both_themes(lab: Lab, folder: Path, theme: str) -> None:
    lab.theme(theme)
    try:
        lab.press("k", "j")
        why = lab.page.locator(".qc-why")
        expect(why.locator("p").first).to_have_text(
            "Suggested, 62 of 100: like 2 passages coded so"
        )
        expect(why.locator("q")).to_have_text("Bell 0a rang. <img src=x onerror=window.hurt=1>")
        expect(why.locator("small")).to_have_text("ward-2, 00:00:21")
        assert why.locator(".qc-word").all_inner_texts()[:2] == ["bell", "rang"]
        expect(why.locator(".qc-reliable")).to_contain_text("62 of 100 such suggestions")
        label = lab.page.locator(".qc-offer").first.get_attribute("aria-label")
        assert label.endswith("suggested, 62 of 100: like 2 passages coded so")
        assert lab.page.locator(".qc img").count() == 0
        assert lab.axe(".qc") == []
        lab.screenshot(f"coder-learning-{theme}", ".qc")
        lab.press("?")
        expect(lab.page.locator(".qc-help")).to_contain_text("next in the queue")
        assert lab.axe(".qc") == []
        lab.press("Escape")
    finally:
        lab.theme("light")


def test_mouse_and_keys_decide_by_turns(lab: Lab, folder: Path) -> None:
    before = lab.count_cells()
    lab.press("k")
    lab.page.locator(".qc-offer").nth(3).click()
    assert chosen(lab) == ["Bell 1a rang."]
    lab.press("a")
    expect(lab.page.locator(".qc-offer")).to_have_count(23)
    lab.page.locator(".qc-details").get_by_role("button", name="Decline").click()
    expect(lab.page.locator(".qc-offer")).to_have_count(22)
    lab.press("d")
    expect(lab.page.locator(".qc-offer")).to_have_count(21)
    words = [words for _, words, _ in decided(folder)]
    assert words == ["Bell 1a rang.", "Bell 1b rang.", "Bell 1c rang."]
    assert lab.count_cells() == before, "a key went to the notebook"
