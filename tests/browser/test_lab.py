"""The page object does what it says, proved on a widget of a few lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from ._lab import Lab

WIDGET = '''
import anywidget, traitlets

class Tiny(anywidget.AnyWidget):
    """Answers a click with a count, and shows a text."""

    _esm = """
    export default {
      render({ model, el }) {
        const root = document.createElement("section");
        root.className = "tiny";
        root.setAttribute("aria-label", "Tiny");
        const button = document.createElement("button");
        button.textContent = "Ask";
        const answer = document.createElement("output");
        const text = document.createElement("p");
        text.className = "words";
        for (const part of model.get("text").split("|")) {
          const span = document.createElement("span");
          span.textContent = part;
          text.append(span);
        }
        const hear = (message) => { answer.textContent = message.said; };
        const colour = () => { text.style.color = model.get("colour"); };
        button.addEventListener("click", () => model.send({ ask: "how often?" }));
        model.on("msg:custom", hear);
        model.on("change:colour", colour);
        colour();
        root.append(button, answer, text);
        el.append(root);
        return () => { model.off("msg:custom", hear); model.off("change:colour", colour); };
      },
    };
    """
    text = traitlets.Unicode("We waited | \\U0001f600 for months. | שלום עולם | We waited again.").tag(sync=True)
    colour = traitlets.Unicode("").tag(sync=True)
    asked = traitlets.Int(0)

    def __init__(self):
        super().__init__()
        self.on_msg(self.answer)

    def answer(self, widget, content, buffers):
        self.asked += 1
        self.send({"said": f"{content['ask']} {self.asked}"})
'''
TEXT = "We waited  \U0001f600 for months.  שלום עולם  We waited again."


def answer(view: Locator) -> Locator:
    return view.locator("output")


@pytest.fixture(scope="module")
def tiny(lab: Lab) -> Locator:
    """Give the widget, in a notebook of its own."""
    lab.open([WIDGET, "tiny = Tiny()\ntiny"])
    lab.run_all()
    view = lab.output(1).locator(".tiny")
    expect(view).to_be_visible()
    return view


def test_a_click_reaches_python_and_its_answer_the_page(lab: Lab, tiny: Locator) -> None:
    before = lab.evaluate("tiny.asked")
    tiny.get_by_role("button").click()
    expect(answer(tiny)).to_have_text(f"how often? {before + 1}")
    lab.wait_for(lambda: lab.evaluate("tiny.asked"), before + 1)


def test_the_kernel_answers_in_json(lab: Lab, tiny: Locator) -> None:
    assert lab.evaluate("{'text': tiny.text[10:13], 'none': None}") == {
        "text": "| \U0001f600",
        "none": None,
    }
    with pytest.raises(AssertionError, match="NameError: name 'nobody' is not defined"):
        lab.evaluate("nobody")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        lab.execute("1 / 0")


def test_lines_run_beside_the_notebook_repaint_the_widget(lab: Lab, tiny: Locator) -> None:
    lab.execute("tiny.colour = 'rgb(1, 2, 3)'")
    expect(tiny.locator(".words")).to_have_css("color", "rgb(1, 2, 3)")
    lab.execute("tiny.colour = ''")


@pytest.mark.parametrize(
    "text",
    ["We waited", "\U0001f600 for", "waited  \U0001f600", "months.", "שלום", "again.", TEXT],
)
def test_the_mouse_selects_a_text(lab: Lab, tiny: Locator, text: str) -> None:
    assert lab.drag(tiny.locator(".words"), text) == text


def test_the_mouse_selects_another_occurrence_and_a_span(lab: Lab, tiny: Locator) -> None:
    words = tiny.locator(".words")
    assert lab.drag(words, "We waited", occurrence=1) == "We waited"
    after = "document.getSelection().toString() + document.getSelection().focusNode.data"
    assert lab.page.evaluate(after) == "We waited We waited again."
    assert lab.drag(words, span=(11, 17)) == "\U0001f600 for"  # UTF-16: the emoji counts as two


def test_what_is_not_there_cannot_be_selected(lab: Lab, tiny: Locator) -> None:
    with pytest.raises(Exception, match=r'"We waited" \(occurrence 2\) is not in the text'):
        lab.drag(tiny.locator(".words"), "We waited", occurrence=2)


def test_a_second_view_shows_the_same_model(lab: Lab, tiny: Locator) -> None:
    second = lab.second_view(1)
    second.get_by_role("button").click()
    count = lab.evaluate("tiny.asked")
    for view in (tiny, second):
        expect(answer(view)).to_have_text(f"how often? {count}")


def test_the_theme_changes_while_the_widget_lives(lab: Lab, tiny: Locator) -> None:
    def background() -> str:
        return str(
            lab.page.evaluate(
                "getComputedStyle(document.body).getPropertyValue('--jp-layout-color1')"
            )
        )

    lab.theme("dark")
    dark = background()
    lab.theme("light")
    assert dark != background()
    expect(tiny).to_be_visible()


def test_axe_finds_a_fault_and_no_fault(lab: Lab, tiny: Locator) -> None:
    assert lab.axe(tiny) == []
    lab.execute("tiny.colour = '#eee'")
    expect(tiny.locator(".words")).to_have_css("color", "rgb(238, 238, 238)")
    assert [fault["id"] for fault in lab.axe(tiny)] == ["color-contrast"]
    lab.execute("tiny.colour = ''")


def test_a_screenshot_is_a_picture(lab: Lab, tiny: Locator) -> None:
    assert lab.screenshot("tiny", tiny).read_bytes().startswith(b"\x89PNG")


def test_a_letter_typed_in_the_notebook_is_a_command(lab: Lab, tiny: Locator) -> None:
    before = lab.count_cells()
    lab.cell(1).locator(".jp-InputPrompt").click()
    lab.press("a")
    lab.wait_for(lab.count_cells, before + 1)
    lab.press("d", "d")
    lab.wait_for(lab.count_cells, before)


def test_errors_on_the_console_are_heard(lab: Lab, tiny: Locator) -> None:
    lab.take_errors()
    lab.page.evaluate("console.error('here'); setTimeout(() => { throw new Error('there'); })")
    lab.page.wait_for_timeout(50)
    first, second = lab.take_errors()
    assert first.startswith("here")
    assert second == "uncaught: there"
    assert lab.take_errors() == []


def test_a_cell_that_raises_is_a_failure(lab: Lab) -> None:
    lab.open(["1 / 0"])
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.run_all()


def test_a_restarted_kernel_has_forgotten(lab: Lab) -> None:
    lab.open(["x = 1"])
    lab.run_all()
    assert lab.evaluate("x") == 1
    lab.restart_kernel()
    assert lab.evaluate("'x' in globals()") is False
    lab.run_cell(0)
    assert lab.evaluate("x") == 1


def test_a_reload_keeps_the_kernel(lab: Lab) -> None:
    folder = lab.study_folder()
    (folder / "beside.txt").write_text("here")
    lab.open(["x = open('beside.txt').read()"], folder=folder)
    lab.run_all()
    lab.reload()
    assert lab.evaluate("x") == "here"
    assert lab.take_errors() == []


def test_a_kernel_that_was_ended_is_gone(lab: Lab) -> None:
    lab.open(["x = 1"])
    lab.end_kernel()
    with pytest.raises(Exception, match="Cannot read properties"):
        lab.evaluate("1")


def test_a_dialog_that_nobody_answers_holds_nothing_for_ever(lab: Lab) -> None:
    lab.open(["import time; time.sleep(5)"])
    with pytest.raises(Exception, match=r"command took more than 0\.5 s"):
        lab.run_all(seconds=0.5)
