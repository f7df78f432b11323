"""What the tests of the codebook editor share: a commented codebook, and how to ask a session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.coding.codings import read_codings

from .._made import CODEBOOK, write_study

if TYPE_CHECKING:
    from qualcode.widgets._codebook_session import CodebookSession

COMMENTED = "# ours\n" + CODEBOOK.replace(
    "  - id: staffing\n", "  # about people\n  - id: staffing # who is there\n"
)


NEW = {"name": "Short breaks", "definition": "Breaks that are none."}


def write_commented(folder: Path) -> Path:
    """Write the study with comments in its codebook."""
    write_study(folder)
    write_yaml(folder, COMMENTED)
    return folder


def yaml_of(folder: Path) -> str:
    return (folder / "interviews_codebook" / "codebook.yaml").read_text(encoding="utf-8")


def write_yaml(folder: Path, text: str) -> None:
    (folder / "interviews_codebook" / "codebook.yaml").write_text(text, encoding="utf-8")


def codings_of(folder: Path) -> dict[str, tuple[str, str]]:
    codings = read_codings(folder / "interviews_codebook" / "codings")
    names = {one.id: one.id[-2:] if one.id.startswith("01900000-") else one.id for one in codings}
    return {names[one.id]: (one.coder, one.code_id) for one in codings}


def ask(session: CodebookSession, kind: str, **given: Any) -> dict[str, Any]:
    """Ask and give the answer; what has changed comes before it."""
    answer = session.handle({"kind": kind, "request": "r", **given})[-1]
    assert answer["kind"] == "answer"
    return answer


def preview(session: CodebookSession, **change: Any) -> dict[str, Any]:
    answer = ask(session, "preview", change=change)
    assert answer["ok"], answer["say"]
    shown: dict[str, Any] = answer["preview"]
    return shown


def apply(session: CodebookSession, **change: Any) -> dict[str, Any]:
    return ask(session, "apply", change=change, seen=session.codes.now.file_hash)


def done(session: CodebookSession, **change: Any) -> dict[str, Any]:
    answer = apply(session, **change)
    assert answer["ok"], answer["say"]
    return answer


def tree(session: CodebookSession) -> list[str]:
    book = session.codes.now
    return [f"{'-' * book.depth_of(code.id)}{code.id}" for code in book]
