"""What somebody should know before a change of the codebook is made, and may still make it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode._files import read_bytes
from qualcode.coding.codebook import Codebook
from qualcode.errors import StudyError, clip
from qualcode.study._examples import example_faults
from qualcode.study._faults import CODEBOOK
from qualcode.widgets import _codebook_intents as ask
from qualcode.widgets._saying import counted

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model import Coding, Transcript
    from qualcode.study import Study
    from qualcode.widgets._codebook_plan import Plan

__all__ = ["unknown_codes", "warnings_of"]

# the codebook and the headlines, which are looked at, and what tells of codings, which it has none of
_NOT_ASKED = ("codebook.yaml", "study.yaml", "stars.csv", "adjudication.csv")


def warnings_of(
    change: ask.Change,
    plan: Plan,
    before: Codebook,
    groups: Mapping[str, Sequence[Coding]],
    study: Study,
) -> list[str]:
    """Say what a change costs besides the codings that it moves."""
    said = [*_headlines(plan.after, before, study.settings.headline_themes)]
    if isinstance(change, ask.Merge):
        said += _merging(change, before, groups)
    if isinstance(change, ask.Delete):
        said += _named_elsewhere(change.code, study.root)
    if isinstance(change, ask.Edit | ask.AddCode | ask.Split):
        said += _example(plan, study.corpus)
    return said


def _headlines(after: Codebook, before: Codebook, headlines: Iterable[str]) -> Iterator[str]:
    old, new = ({code.id for code in book.themes} for book in (before, after))
    for name in headlines:
        if name in old and name not in new:
            yield f"study.yaml names {clip(name)!r} as a headline theme: change it there too"


def _merging(
    change: ask.Merge, before: Codebook, groups: Mapping[str, Sequence[Coding]]
) -> Iterator[str]:
    gone, stays = before[change.code], before[change.into]
    yield f"the definition of {gone.name} goes; {stays.name} keeps its own"
    both = [*groups.get(gone.id, ()), *groups.get(stays.id, ())]
    often = Counter((one.coder, one.transcript_id, one.start, one.end) for one in both)
    twice = sum(number > 1 for number in often.values())
    if twice:
        have = "has" if twice == 1 else "have"
        yield f"{counted(twice, 'passage')} {have} both codes from one coder, and will have the code twice"


def _example(plan: Plan, corpus: Mapping[str, Transcript]) -> Iterator[str]:
    code = plan.after[plan.code]
    if code.example_at:
        alone = Codebook((replace(code, parent=None),))
        yield from (fault.what for fault in example_faults(alone, corpus))


def _named_elsewhere(code_id: str, root: Path | None) -> Iterator[str]:
    """Find the study's other files that name a code; a merge would be followed there by `was`."""
    folder = None if root is None else (root / CODEBOOK).parent
    word = re.compile(rf"(?<!\w){re.escape(code_id)}(?!\w)")
    for path in [] if folder is None else sorted(folder.iterdir()):
        if path.suffix not in (".yaml", ".csv") or path.name in _NOT_ASKED:
            continue
        data = read_bytes(path, what="file", error=StudyError)
        if word.search(data.decode("utf-8", "replace")):
            yield f"{path.name} names {code_id!r}: look whether it means the code"


def unknown_codes(codings: Iterable[Coding], book: Codebook) -> dict[str, int]:
    """Count the codings of each code that a codebook does not hold."""
    return dict(Counter(one.code_id for one in codings if one.code_id not in book))
