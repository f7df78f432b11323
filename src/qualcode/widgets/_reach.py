"""How far a change of the codebook reaches: whose codings, in how many interviews and bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from qualcode.widgets._saying import counted

if TYPE_CHECKING:
    from qualcode.model import Coding

__all__ = ["reach_of", "said_of_reach"]


def reach_of(codings: Iterable[Coding], body_of: Callable[[str], str]) -> dict[str, Any]:
    """Count codings by coder, and the interviews and bodies that they are in."""
    codings = list(codings)
    interviews = {coding.transcript_id for coding in codings}
    return {
        "codings": len(codings),
        "coders": dict(sorted(Counter(coding.coder for coding in codings).items())),
        "interviews": len(interviews),
        "bodies": len({body for name in interviews if (body := body_of(name))}),
    }


def said_of_reach(reach: dict[str, Any]) -> str:
    """Say it: ``4 codings (ann 3, ben 1) in 2 interviews of 2 bodies``."""
    if not reach["codings"]:
        return "no codings"
    coders = ", ".join(f"{name} {number}" for name, number in reach["coders"].items())
    bodies = f"{reach['bodies']} {'body' if reach['bodies'] == 1 else 'bodies'}"
    of = f" of {bodies}" if reach["bodies"] else ""
    return f"{counted(reach['codings'], 'coding')} ({coders}) in {counted(reach['interviews'], 'interview')}{of}"
