"""The heavy packages of machine reading: fetched when needed, quiet, and with the network off."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from threading import Lock
from typing import Any

from qualcode.errors import ModelError

__all__ = ["INSTALL", "need", "offline", "workers"]

INSTALL = 'pip install "qualcode[machine]"'
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
_LOCK = Lock()
_INSIDE: list[None] = []  # as long as there are callers inside
_BACK = ExitStack()


def need(module: str) -> Any:
    """Import a module of a heavy package, or raise `ModelError` with the line that installs it."""
    there = sys.modules.get(module)
    if there is not None and not getattr(getattr(there, "__spec__", None), "_initializing", False):
        return there  # nothing of the process need be changed meanwhile
    with offline():
        try:
            found = import_module(module)
        except ImportError as exc:
            package = module.partition(".")[0]
            what = f"machine reading needs the package {package}, which cannot be imported"
            if not isinstance(exc, ModuleNotFoundError):
                what += f" ({type(exc).__name__})"
            raise ModelError(what, mend=INSTALL) from None
    _hush()  # it may have brought transformers
    return found


@contextmanager
def offline() -> Iterator[None]:
    """Keep libraries from asking the network, and from warning of what users cannot change.

    Both are settings of the whole process. So threads that are inside together share them: the
    first to come makes them, and the last to leave puts back what was there.
    """
    with _LOCK:
        _INSIDE.append(None)
        if len(_INSIDE) == 1:
            _BACK.enter_context(_quiet())
    try:
        _hush()
        yield
    finally:
        with _LOCK:
            _INSIDE.pop()
            if not _INSIDE:
                _BACK.close()


@contextmanager
def _quiet() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _OFFLINE}
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _hush() -> None:
    """Let transformers, if it is there, load without a report and a bar."""
    said = getattr(sys.modules.get("transformers"), "utils", None)
    if said is not None:
        said.logging.set_verbosity_error()
        said.logging.disable_progress_bar()


def workers() -> int:
    """Say how many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
