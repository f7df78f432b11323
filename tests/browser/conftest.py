"""One JupyterLab and one browser for all tests here; what both looked like when a test fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from ..conftest import IN_CI
from ..house._files import load_tool
from ._lab import ROOT, SCREENSHOTS, Lab
from ._server import LabServer

HERE = Path(__file__).parent
# No look-ups and no downloads; as little room in /dev/shm as a container gives.
FLAGS = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


# The fixtures end with this folder's last test: an open Playwright holds the thread's event loop.


@pytest.fixture(scope="package")
def chromium() -> str:
    """Give the path of a Chromium; without one the tests here are skipped, but fail in CI."""
    path: str | None = load_tool("setup_programs").find("chromium")
    if path is None:
        reason = "NOT TESTED: no Chromium; run tools/setup_programs.py chromium"
        pytest.fail(reason) if IN_CI else pytest.skip(reason)
    return path


@pytest.fixture(scope="package")
def lab_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """Give a running JupyterLab server of this test run's own."""
    server = LabServer.start(tmp_path_factory.mktemp("jupyter"))
    yield server
    server.stop()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """Give a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def page(browser: Browser) -> Iterator[Page]:
    """Give a page as on a laptop's screen."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, locale="en-GB", timezone_id="UTC"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def lab(page: Page, lab_server: LabServer) -> Lab:
    """Give JupyterLab in the browser; every test file opens a notebook of its own in it."""
    for old in SCREENSHOTS.glob("failed-*.png"):
        old.unlink()
    return Lab(page, lab_server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    lab = getattr(item, "funcargs", {}).get("lab")
    if report.failed and isinstance(lab, Lab):
        errors = "\n".join(lab.take_errors()) or "none"
        report.sections += [
            ("the page", picture_of(lab, item.name)),
            ("the browser's console", errors),
            ("JupyterLab's log", lab.server.last_words()),
        ]
    return report


def picture_of(lab: Lab, name: str) -> str:
    """Take a picture of what a failed test left behind, and say where it is."""
    try:
        path = lab.screenshot("failed-" + re.sub(r"[^\w.-]+", "-", name))
    except Error as error:  # of a page that crashed
        return f"no screenshot: {error}"
    return f"screenshot: {path.relative_to(ROOT).as_posix()}"
