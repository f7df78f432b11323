"""Which versions made a notebook's results."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["versions"]

_NAMED = ("qualcode", "pandas", "matplotlib", "great-tables")


def versions(*also: str) -> str:
    """Name the versions that results depend on, for the last cell of a notebook.

    Parameters
    ----------
    *also : str
        Further packages that had a part in it, by the names that they are installed by.

    Returns
    -------
    str
        qualcode and the packages that make its tables and figures, as ``constraints.txt`` pins
        them.

    Examples
    --------
    >>> versions().split()[0]
    'qualcode'
    >>> versions("no-such-package").rpartition(", ")[2]
    'no-such-package (not installed)'
    """
    return ", ".join(f"{name} {_version(name)}" for name in (*_NAMED, *also))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"
