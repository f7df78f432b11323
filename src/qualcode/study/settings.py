"""What a study says about itself: ``interviews_codebook/study.yaml``.

The file may be missing. All faults in it are named at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qualcode._files import decode, read_bytes
from qualcode._yaml import LinedYaml, read_lined_yaml
from qualcode.errors import Fault, StudyError, clip

__all__ = ["Settings", "parse_settings", "read_settings"]

_NONE: Mapping[str, str] = MappingProxyType({})
_TEXTS = ("title", "description", "synthetic_label", "coder")
_TABLES = ("interviewees", "roles", "report", "coreq")
_LISTS = ("headline_themes",)
_KEYS = _TEXTS + _TABLES + _LISTS


@dataclass(frozen=True)
class Settings:
    """What a study says about itself.

    Parameters
    ----------
    title : str
        The study's title.
    description : str
        What it is about.
    interviewees : mapping of str to str
        What counts as an interviewee in the published report's footnotes: the word printed before
        a number (``Council``) -> kind of body (``council``).
    roles : mapping of str to str
        Role as the report prints it -> role to use.
    report : mapping of str to str
        The published report: author, year, title, publisher.
    coreq : mapping of str to str
        Number of an item of the COREQ checklist -> what the author says of it.
    headline_themes : tuple of str
        Ids of the themes to put first.
    coder : str
        Whose codings tables and claims rest on; everybody's if empty.
    synthetic_label : str
        Shown wherever words of a synthetic transcript are shown.

    Examples
    --------
    >>> Settings(title="Night shifts", interviewees={"Ward": "ward"}).title
    'Night shifts'
    """

    title: str = ""
    description: str = ""
    interviewees: Mapping[str, str] = field(default_factory=lambda: _NONE)
    roles: Mapping[str, str] = field(default_factory=lambda: _NONE)
    report: Mapping[str, str] = field(default_factory=lambda: _NONE)
    coreq: Mapping[str, str] = field(default_factory=lambda: _NONE)
    headline_themes: tuple[str, ...] = ()
    coder: str = ""
    synthetic_label: str = "Synthetic: written for this study, not recorded."


def read_settings(path: Path | str) -> Settings:
    """Read a study's settings from a file.

    Parameters
    ----------
    path : Path or str
        ``study.yaml``. If there is no such file, the settings are those of `Settings()`.

    Returns
    -------
    Settings
        Frozen.

    Raises
    ------
    StudyError
        If the file cannot be read, is not YAML, or says what settings cannot say.
    EncodingError
        If it is not UTF-8.

    Examples
    --------
    >>> read_settings("no such file.yaml") == Settings()
    True
    """
    path = Path(path)
    if not path.exists():
        return Settings()
    data = read_bytes(path, what="study's settings", error=StudyError)
    text = decode(data, file=path)
    return parse_settings(text, path=path)


def parse_settings(text: str, *, path: Path | str | None = None) -> Settings:
    """Read a study's settings from text.

    Parameters
    ----------
    text : str
        YAML: ``title``, ``description``, ``synthetic_label`` and ``coder`` are text; ``interviewees``,
        ``roles``, ``report`` and ``coreq`` tables of text to text; ``headline_themes`` a list of code ids;
        nothing is required.
    path : Path or str, optional
        Where the text comes from, for messages.

    Returns
    -------
    Settings
        Frozen.

    Raises
    ------
    StudyError
        If it is not YAML, or says what settings cannot say; all faults are named.

    Examples
    --------
    >>> parse_settings("interviewees: {Ward: ward}").interviewees["Ward"]
    'ward'
    """
    lined = read_lined_yaml(text, file=path, error=StudyError)
    data = {} if lined.data is None else lined.data
    if not isinstance(data, dict):
        raise StudyError("not a table of settings", file=path, line=1, mend=_mend_keys())
    faults = [*_key_faults(data, lined, path), *_value_faults(data, lined, path)]
    if faults:
        raise StudyError.from_faults(sorted(faults, key=lambda fault: fault.line or 0))
    texts = {key: " ".join(str(data[key]).split()) for key in _TEXTS if data.get(key)}
    tables = {key: MappingProxyType(dict(data[key])) for key in _TABLES if data.get(key)}
    lists = {key: tuple(data[key]) for key in _LISTS if data.get(key)}
    return Settings(**texts, **tables, **lists)  # type: ignore[arg-type]


def _key_faults(data: dict[Any, Any], lined: LinedYaml, path: Any) -> list[Fault]:
    faults = [
        Fault(f"{clip(str(place[-1]))!r} is given twice", path, line, "keep one")
        for place, line in lined.repeats
    ]
    for key in data:
        if key not in _KEYS:
            what = f"no setting is called {clip(str(key))!r}"
            faults.append(Fault(what, path, lined.line_of((str(key),)), _mend_keys(str(key))))
    return faults


def _mend_keys(key: str = "") -> str:
    near = get_close_matches(key, _KEYS, n=1)
    return f"perhaps {near[0]!r}" if near else f"use {', '.join(_KEYS)}"


def _value_faults(data: dict[Any, Any], lined: LinedYaml, path: Any) -> list[Fault]:
    faults = []
    for key in _TEXTS:
        value = data.get(key)
        if isinstance(value, dict | list):
            faults.append(Fault(f"{key} is not text", path, lined.line_of((key,)), "write a line"))
    for key in _LISTS:
        value = data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            mend = "write [one, another]"
            faults.append(Fault(f"{key} is not a list of text", path, lined.line_of((key,)), mend))
    for key in _TABLES:
        table = data.get(key)
        if table is not None and not isinstance(table, dict):
            mend = "write 'as printed: to use', a line each"
            faults.append(Fault(f"{key} is not a table", path, lined.line_of((key,)), mend))
        for name, value in table.items() if isinstance(table, dict) else ():
            if not (isinstance(name, str) and isinstance(value, str) and name.strip()):
                what = f"{key}: {clip(str(name))!r} is not text with a text beside it"
                line = lined.line_of((key, str(name)))
                faults.append(Fault(what, path, line, "put quotation marks around both"))
    return faults
