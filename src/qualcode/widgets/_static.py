"""The front end's files, put together for anywidget without a bundler.

anywidget takes one module as text. The modules stay as they are: a loader makes a blob of each, in
order, so that ``from "./offsets.js"`` finds the blob of that file.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

__all__ = ["module_order", "module_text", "style_text"]

_FOLDER = files("qualcode.widgets") / "static"
_IMPORT = re.compile(
    r'^(?:import|export)\b[^"\n;]*?(?:\n[^"\n;]*?)*?from "\./([a-z_]+\.js)";$', re.M
)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def module_order(name: str) -> list[str]:
    """Give a module and all that it imports, what is imported first."""
    order: list[str] = []
    open_: list[str] = []

    def visit(one: str) -> None:
        if one in order:
            return
        if one in open_:
            raise ImportError(f"{one} imports itself by way of {', '.join(open_)}")
        open_.append(one)
        for needed in _IMPORT.findall(_read(one)):
            visit(needed)
        open_.pop()
        order.append(one)

    visit(name)
    return order


@cache
def module_text(name: str) -> str:
    """Give one module's text that holds all the modules that `name` needs, and loads them."""
    sources = {one: _read(one) for one in module_order(name)}
    return f"const sources = {json.dumps(sources)};\n{_read('loader.mjs')}"


@cache
def style_text() -> str:
    """Give the style sheet."""
    return _read("coder.css")
