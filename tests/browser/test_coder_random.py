"""Hundreds of random intents through the browser: journal, Python and the page agree at the end.

The text has emoji, combining marks, right-to-left words, a source file with CRLF and turns of ten
thousand characters. The intents are drawn from a seed, so that a failure comes again.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import qualcode as qc

from ._lab import Lab
from ._study import events, make_study

INTENTS = 500
AWKWARD = (
    "we waited cafe\u0301 \U0001f36a \U0001f469\u200d\U0001f52c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 n\u0303 rota "
    "beds, at night. Then? \U0001d11e \u05e9\u05b8\u05c1 e\u0301te\u0301 {{x}} <b>bold</b> & &amp;"
)
OPEN = """\
import qualcode as qc
coder = qc.Coder(qc.open_study("."), coder="RT", transcript="awkward")
coder
"""
# What the page shows, read off the page: the words under each stripe of the margin.
SHOWN = """() => {
  const root = document.querySelector(".qc");
  const pieces = [...root.querySelectorAll(".qc-words span")];
  const labels = [...root.querySelectorAll(".qc-label")];
  return { labels: labels.map((one) => one.getAttribute("aria-label")),
           coded: pieces.filter((one) => one.classList.contains("qc-coded"))
                        .map((one) => [Number(one.dataset.at), one.textContent]) };
}"""


def awkward(rng: random.Random) -> str:
    """Write a transcript with CRLF and long turns."""
    words = AWKWARD.split()
    lines = ["---", "id: awkward", "body: Ward 9", "speakers:"]
    lines += [
        "  - {label: INT, role: Interviewer}",
        "  - {label: NN, role: Nurse}",
        "synthetic: true",
        "---",
    ]
    for number, length in enumerate([40, 10_000, 200, 10_000, 60, 300]):
        turn: list[str] = []
        while sum(map(len, turn)) + len(turn) < length:
            turn.append(rng.choice(words))
        lines += [f"[00:0{number}:00] {'INT' if number == 2 else 'NN'}: {' '.join(turn)}", ""]
    return "\r\n".join(lines) + "\r\n"


@pytest.fixture(scope="module")
def folder(lab: Lab) -> Path:
    folder = make_study(lab.study_folder(), more={"awkward": awkward(random.Random(3))})
    lab.open([OPEN], folder=folder)
    lab.run_all()
    expect(lab.page.locator(".qc-words").first).to_be_visible()
    return folder


def act(lab: Lab, rng: random.Random) -> None:
    """Do one thing as a person would: by keys, or by a drag of the mouse."""
    if lab.page.locator(".qc-dialog").count():
        lab.press("Escape")
    kind = rng.choices(
        ["code", "drag", "same", "recode", "remove", "undo", "redo", "nudge", "memo", "bounds"],
        [22, 4, 12, 8, 8, 14, 8, 12, 4, 8],
    )[0]
    moves = [
        "ArrowRight",
        "ArrowDown",
        "Shift+ArrowRight",
        "Shift+ArrowDown",
        "ArrowUp",
        "u",
        "w",
        "s",
    ]
    if kind == "code":
        lab.press(*rng.choices(moves, k=2), rng.choice("123"))
    elif kind == "drag":
        turn = lab.page.locator(".qc-words").nth(rng.choice([0, 2, 4]))
        settle(lab)
        turn.evaluate("one => one.closest('.qc-turn').scrollIntoView({ block: 'start' })")
        lab.page.wait_for_timeout(100)  # turns in sight are laid out only now
        head = (turn.text_content() or "")[: 3 + rng.randrange(8)].rstrip()  # whole characters
        lab.drag(turn, span=(0, len(head.encode("utf-16-le")) // 2))
        lab.press("1")
    elif kind == "same":
        lab.press(rng.choice(moves), ".")
    elif kind == "recode":
        lab.press("o", "r")
        if asked(lab):
            lab.type(rng.choice(["rest", "staff", "breaks"]))
            lab.press("Enter")
    elif kind == "memo":
        lab.press("o", "m")
        if asked(lab):
            lab.type(rng.choice(["<i>why</i>", "again \U0001f36a", "שלום"]))
            lab.press("Enter")
    elif kind == "nudge":
        keys = ["Alt+ArrowRight", "Alt+ArrowLeft", "Alt+Shift+ArrowRight", "Alt+Shift+ArrowLeft"]
        lab.press(rng.choice(["o", "Shift+o"]), rng.choice(keys))
    elif kind == "bounds":
        lab.press("o", *rng.choices(moves[:4], k=2), "b")
    else:
        lab.press({"remove": "x", "undo": "z", "redo": "Shift+z"}[kind])


def settle(lab: Lab) -> None:
    """Wait until all that was asked is answered and painted."""
    busy = "() => document.querySelector('.qc').getAttribute('aria-busy') !== 'true'"
    lab.page.wait_for_function(busy)
    lab.page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")


def asked(lab: Lab) -> bool:
    """Tell whether a dialog is there; one may wait for the answer before it."""
    settle(lab)
    return lab.page.locator(".qc-dialog").count() > 0


def in_python(lab: Lab) -> list[list[Any]]:
    """Give the codings as the session in the kernel has them."""
    codings: dict[str, Any] = lab.evaluate("dict(coder._session.view()['codings'])")
    return sorted([c["start"], c["end"], c["code"], c["memo"]] for c in codings.values())


def test_the_page_python_and_the_journal_agree(lab: Lab, folder: Path) -> None:
    rng = random.Random(20261126)
    for key, code in enumerate(("rest", "breaks", "staffing"), start=1):
        lab.page.locator(f"[data-code={code}]").click()
        lab.press(str(key))
    lab.press("Escape", "u")
    for number in range(INTENTS):
        act(lab, rng)
        if number % 100 == 99:
            compare(lab, folder)
    assert len(events(folder, "RT")) > INTENTS / 2, "most intents should come to something"
    assert lab.take_errors() == []


def compare(lab: Lab, folder: Path) -> None:
    """Compare the three, each read by itself."""
    settle(lab)
    study = qc.open_study(folder)  # replays the journal from the disk
    segments = study.segments(coder="RT", transcript="awkward")
    text = study.corpus["awkward"].text
    on_disk = sorted(segments[["start", "end", "code_id", "memo"]].to_numpy().tolist())
    assert in_python(lab) == on_disk
    page = lab.page.evaluate(SHOWN)
    names = {code.id: code.name for code in study.codebook}
    assert sorted(label.split(".")[0] for label in page["labels"]) == sorted(
        names[code] for code in segments["code_id"]
    )
    units = text.encode("utf-16-le")
    covered = {place for start, end, *_ in on_disk for place in range(start, end)}
    shown: set[int] = set()
    for at, words in page["coded"]:
        start = len(units[: at * 2].decode("utf-16-le"))
        assert text[start : start + len(words)] == words
        shown |= set(range(start, start + len(words)))
    between = {place for place in covered - shown if not in_words(study, place)}
    assert shown == covered - between


def in_words(study: qc.Study, place: int) -> bool:
    """Tell whether a place is in what a turn says, and not between turns."""
    turn = study.corpus["awkward"].turn_at(place)
    return turn is not None and turn.words_start <= place < turn.end
