"""qualcode: code interview transcripts in plain files, and regenerate the tables from them."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public name -> where it lives. Nothing heavy is imported until a name is asked for.
_PUBLIC: dict[str, str] = {
    "QualcodeError": "qualcode.errors",
}

__all__ = ["__version__", *_PUBLIC]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'qualcode' has no attribute {name!r}; it has {__all__}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
