"""The page object: a person at JupyterLab, with a mouse, a keyboard and a look at the kernel."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import nbformat
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from . import _kernel
from ._server import LabServer

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / ".fresh" / "browser"  # git ignores it

SECONDS = 30
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

Root = str | Locator
Violation = dict[str, Any]


class Lab:
    """JupyterLab in a browser, one notebook open at a time."""

    def __init__(self, page: Page, server: LabServer) -> None:
        self.page = page
        self.server = server
        self.path = ""  # of the open notebook, from the server's root
        self._numbers = itertools.count(1)
        self._errors: list[str] = []
        page.add_init_script(path=Path(__file__).with_name("in_page.js"))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._errors.append(f"uncaught: {error}"))

    # Notebooks

    def study_folder(self, name: str = "study") -> Path:
        """Make an empty folder where a study and its notebook can stand; the kernel works there."""
        folder = self.server.root / f"{name}-{next(self._numbers)}"
        folder.mkdir()
        return folder

    def open(self, cells: Sequence[str] | Path, *, folder: Path | None = None) -> None:
        """Open a notebook, made of these code cells or there already, and wait for its kernel."""
        path = cells if isinstance(cells, Path) else self._write(cells, folder)
        if self.page.url == "about:blank":
            self._load()
        else:
            self._call("closeAll")
        self._errors.clear()
        self._open(path.relative_to(self.server.root).as_posix())

    def reload(self) -> None:
        """Save the notebook and load the whole page anew; the kernel lives on."""
        self.command("docmanager:save")
        self._load()
        self._open(self.path)

    def run_all(self, *, seconds: float = SECONDS) -> None:
        """Run all cells, wait until they are done, and fail if one raised an error."""
        self._call("command", self.path, "notebook:run-all-cells", {}, None, seconds=seconds)
        self._expect_no_error()

    def run_cell(self, cell: int, *, seconds: float = SECONDS) -> None:
        """Run one code cell, counted from 0, wait until it is done, and fail if one raised."""
        self._call("command", self.path, "notebook:run-cell", {}, cell, seconds=seconds)
        self._expect_no_error()

    def cell(self, cell: int) -> Locator:
        """Give a code cell, counted from 0."""
        return self.page.locator(".jp-NotebookPanel .jp-CodeCell").nth(cell)

    def output(self, cell: int) -> Locator:
        """Give what is shown below a code cell."""
        return self.cell(cell).locator(".jp-Cell-outputArea")

    def count_cells(self) -> int:
        """Count the notebook's cells: a stray keystroke adds or removes one."""
        count: int = self._call("countCells", self.path)
        return count

    def second_view(self, cell: int) -> Locator:
        """Show a cell's output a second time beside the notebook, and give that view."""
        views = self.page.locator(".jp-LinkedOutputView")
        before = views.count()
        self.command("notebook:create-output-view", cell=cell)
        expect(views).to_have_count(before + 1)
        return views.nth(before)

    def command(self, name: str, *, cell: int | None = None, **options: Any) -> None:
        """Execute a command of JupyterLab on the notebook, and wait until it is done."""
        self._call("command", self.path, name, options, cell)

    def theme(self, name: Literal["light", "dark"]) -> None:
        """Change JupyterLab's theme, and wait until it is on."""
        self.command("apputils:change-theme", theme=THEMES[name])
        light = str(name == "light").lower()
        self.page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")

    # The kernel

    def evaluate(self, expression: str) -> Any:
        """Give the value of an expression in the notebook's kernel, as JSON carries it."""
        return _kernel.evaluate(self._connection_file(), expression)

    def execute(self, code: str) -> None:
        """Run some lines in the notebook's kernel, beside the notebook."""
        _kernel.execute(self._connection_file(), code)

    def restart_kernel(self) -> None:
        """Restart the kernel as the menu does once its question is answered, and wait for it."""
        self._call("restart", self.path)
        self._wait_until_idle()

    def end_kernel(self) -> None:
        """Shut the kernel down and leave the notebook without one."""
        self._call("endKernel", self.path)

    def wait_for(self, look: Callable[[], Any], expected: Any, *, seconds: float = 5) -> None:
        """Look again and again until what is seen is what is expected; fail with the last look."""
        ends = time.monotonic() + seconds
        while (seen := look()) != expected and time.monotonic() < ends:
            self.page.wait_for_timeout(50)
        if seen != expected:
            raise AssertionError(f"after {seconds} s this is seen: {seen!r}, not {expected!r}")

    # Hands

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``a``, ``Shift+ArrowRight``, ``Control+z``."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        self.page.keyboard.type(text)

    def drag(
        self,
        root: Root,
        text: str | None = None,
        *,
        occurrence: int = 0,
        span: tuple[int, int] | None = None,
    ) -> str:
        """Drag the mouse over some text below `root`, and give what is selected then.

        The text is given by itself (`occurrence` counts from 0), or by its `span`, half-open, in
        UTF-16 units of all the text below `root`.
        """
        if (text is None) == (span is None):
            raise TypeError("give the text to drag over, or its span")
        start, end = span or (0, 0)
        wanted = {"text": text, "occurrence": occurrence, "start": start, "end": end}
        places = self.locate(root).evaluate("(root, wanted) => inPage.places(root, wanted)", wanted)
        mouse = self.page.mouse
        mouse.move(**places["from"])
        mouse.down()
        mouse.move(**places["to"], steps=5)
        mouse.up()
        return self.selection()

    def selection(self) -> str:
        """Give the text that is selected in the page."""
        selected: str = self._call("selection")
        return selected

    def locate(self, root: Root) -> Locator:
        """Give the locator that a CSS selector stands for."""
        return self.page.locator(root) if isinstance(root, str) else root

    # Eyes

    def screenshot(self, name: str, root: Root | None = None) -> Path:
        """Take a picture of the page, or of a part of it, for a person to look at."""
        path = SCREENSHOTS / f"{name}.png"
        part = self.page if root is None else self.locate(root)
        part.screenshot(path=path)
        return path

    def axe(self, root: Root, **options: Any) -> list[Violation]:
        """Give the faults that axe-core finds below `root`, each with the elements it is about."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        results: dict[str, Any] = self.locate(root).evaluate(
            "(root, options) => inPage.check(root, options)",
            {"resultTypes": ["violations"], **options},
        )
        return [
            {
                "id": fault["id"],
                "impact": fault["impact"],
                "help": fault["help"],
                "nodes": [f"{n['html']}: {n['failureSummary']}" for n in fault["nodes"]],
            }
            for fault in results["violations"]
        ]

    def take_errors(self) -> list[str]:
        """Give the errors on the browser's console since the last call, or since `open`."""
        taken = list(self._errors)
        self._errors.clear()
        return taken

    # Within

    def _write(self, cells: Sequence[str], folder: Path | None) -> Path:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        path = (folder or self.study_folder()) / f"notebook-{next(self._numbers)}.ipynb"
        nbformat.write(notebook, path)
        return path

    def _load(self) -> None:
        self.page.goto(f"{self.server.url}lab?reset&token={self.server.token}")
        self.page.wait_for_function("window.jupyterapp !== undefined")

    def _open(self, path: str) -> None:
        self.path = path
        self._call("open", path)
        self._wait_until_idle()

    def _wait_until_idle(self) -> None:
        self.page.wait_for_function("path => inPage.isIdle(path)", arg=self.path)

    def _expect_no_error(self) -> None:
        self._wait_until_idle()
        errors = self._call("errors", self.path)
        if errors:
            raise AssertionError(f"a cell raised {'; '.join(errors)}")

    def _connection_file(self) -> Path:
        return self.server.connection_file(self._call("kernelId", self.path))

    def _call(self, name: str, *given: Any, seconds: float = SECONDS) -> Any:
        """Call a function of in_page.js."""
        return self.page.evaluate(
            "([name, given, seconds]) => inPage.call(name, given, seconds)",
            [name, given, seconds],
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(f"{message.text} ({message.location.get('url', '')})")
