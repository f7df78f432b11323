"""The coding workspace in a real JupyterLab: how soon it paints, answers a key and scrolls.

Times are taken in the page itself. A view changes only after its coding is on the disk, so that
what is painted is journalled too.
"""

from __future__ import annotations

import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure

if TYPE_CHECKING:
    from tests.browser._lab import Lab

WORDS = "we waited for the plan and nobody rang about it until the summer was over again"
OPEN = """\
import qualcode as qc
from IPython.display import HTML
study = qc.open_study(".")
text = study.corpus["long"].text
"""
SHOW = 'qc.Coder(study, coder="A", also=["B"], transcript="long")'
# As high as the workspace's text: of a long notebook JupyterLab shows only what is in sight.
STYLE = "height:500px;overflow:auto;white-space:pre-wrap"
PLAIN = f"HTML('<pre class=plain style=\"{STYLE}\">' + text + '</pre>')"

# Waits for something in a cell's output, then for the frame after the one that paints it.
PAINTED = """async ([selector, path, cell]) => {
  for (const old of document.querySelectorAll(selector)) old.classList.add("old");
  const fresh = `${selector}:not(.old)`;
  const begun = performance.now();
  const seen = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`no ${selector} for 20 s`)), 20000);
    const look = () => document.querySelector(fresh) && (watch.disconnect(), done());
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
  });
  const run = inPage.call("command", [path, "notebook:run-cell", {}, cell], 30);
  await seen;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const took = performance.now() - begun;
  await run;
  return took;
}"""
# Listens for the next key, and waits until another number of codings is painted.
KEYED = """() => {
  window.keyed = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("nothing was painted for 20 s")), 20000);
    const text = document.querySelector(".qc-text");
    const before = text.querySelectorAll(".qc-label").length;
    text.addEventListener("keydown", () => {
      const begun = performance.now();
      const watch = new MutationObserver(() => {
        if (text.querySelectorAll(".qc-label").length === before) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
      });
      watch.observe(text, { childList: true, subtree: true });
    }, { once: true, capture: true });
  });
}"""
SCROLLED = """async (selector) => {
  const pane = document.querySelector(selector);
  pane.scrollTop = 0;
  const frames = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i += 1) {
    pane.scrollTop += 120;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


def measure_widget(*, words: int = 20_000, codings: int = 2_000, times: int = 20) -> list[Figure]:
    """Start JupyterLab and a browser, measure, and end both."""
    from playwright.sync_api import sync_playwright

    from tests.browser._lab import Lab
    from tests.browser._server import LabServer
    from tests.browser.conftest import FLAGS
    from tests.house._files import load_tool

    chromium = load_tool("setup_programs").find("chromium")
    if chromium is None:
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = LabServer.start(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            lab = Lab(page, server)
            return list(measure(lab, words=words, codings=codings, times=times))
        finally:
            browser.close()
            server.stop()


def measure(lab: Lab, *, words: int, codings: int, times: int) -> Iterator[Figure]:
    """Measure on a transcript of so many words and codings."""
    folder = lab.study_folder()
    make_long(folder, words=words, codings=codings)
    lab.open([OPEN, PLAIN, SHOW], folder=folder)
    lab.run_cell(0)
    paint = [[painted(lab, ".plain", 1), painted(lab, ".qc-words", 2)] for _ in range(times)]
    plain, shown = (statistics.median(column) for column in zip(*paint, strict=True))
    yield figure("workspace: first paint", shown, 500, "the bare text", plain)
    lab.page.locator("[data-code=c1]").last.click()
    lab.press("1")
    lab.page.locator("[data-code=c1] kbd").last.wait_for()
    lab.press("Escape")
    keys = [keyed(lab) for _ in range(times)]
    yield figure("workspace: a key, saved and painted", statistics.median(keys), 100)
    lab.page.locator(".plain").evaluate(
        "one => { one.style.cssText = 'height:500px;overflow:auto'; }"
    )
    bare, frames = scrolled(lab, ".plain"), scrolled(lab, ".qc-text")
    yield figure("workspace: a frame when scrolling", frames, 50, "the bare text", bare)


def figure(
    name: str, took: float, most: float, yardstick: str = "", beside: float | None = None
) -> Figure:
    """Make a figure of milliseconds."""
    other = None if beside is None else beside / 1e3
    return Figure(name, took / 1e3, f"< {most:g} ms", took < most, yardstick, other)


def painted(lab: Lab, selector: str, cell: int) -> float:
    """Run a cell; give the milliseconds until what it shows is painted."""
    took: float = lab.page.evaluate(PAINTED, [selector, lab.path, cell])
    return took


def keyed(lab: Lab) -> float:
    """Select a sentence and give it a code by a key; give the milliseconds until it is painted."""
    lab.press("ArrowDown")
    lab.page.evaluate(KEYED)
    lab.press("1")
    took: float = lab.page.evaluate("window.keyed")
    return took


def scrolled(lab: Lab, selector: str) -> float:
    """Scroll a pane; give the milliseconds of all but the slowest twentieth of frames."""
    frames: list[float] = lab.page.evaluate(SCROLLED, selector)
    return statistics.quantiles(frames, n=20)[-1]


def make_long(folder: Path, *, words: int, codings: int) -> None:
    """Write a study of one long transcript, with the codings of two coders."""
    import qualcode as qc

    rng = random.Random(5)
    turns = [
        " ".join(rng.choices(WORDS.split(), k=50)).capitalize() + "." for _ in range(words // 50)
    ]
    head = "---\nid: long\nbody: Ward 1\nspeakers:\n  - {label: A, role: Nurse}\nsynthetic: true\n---\n"
    text = "\n\n".join(f"A: {turn}" for turn in turns) + "\n"
    write(folder / "transcripts_anonymised" / "long.txt", head + text)
    codes = "".join(f"- {{id: c{n}, name: Code {n}, definition: D.}}\n" for n in range(1, 41))
    write(folder / "interviews_codebook" / "codebook.yaml", f"codes:\n{codes}")
    study = qc.open_study(folder)
    transcript = study.corpus["long"]
    for coder in ("A", "B"):
        study.journal(coder).add_many(
            qc.NewCoding(transcript, *span_in(transcript, rng), f"c{rng.randrange(1, 41)}")
            for _ in range(codings // 2)
        )


def span_in(transcript: Any, rng: random.Random) -> tuple[int, int]:
    """Draw a span of some words within a turn."""
    turn = rng.choice(transcript.turns)
    start = rng.randrange(turn.words_start, turn.end - 20)
    return start, min(start + rng.randrange(20, 200), turn.end)


def write(path: Path, text: str) -> None:
    """Write a file and the folder that it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
