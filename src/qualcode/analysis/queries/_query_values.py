"""What the names and values in a query stand for in one study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.analysis.queries._query_tokens import fault_at
from qualcode.analysis.queries._word_patterns import as_searched, glob_pattern
from qualcode.errors import QueryError, clip
from qualcode.study._segments import _attribute_values

if TYPE_CHECKING:
    from qualcode.analysis.queries.query_nodes import Code, Has
    from qualcode.model import Transcript
    from qualcode.study import Study

__all__ = ["CODING", "Values"]

#: what a coding has by itself; other fields are the speaker's or the interview's
CODING = ("coder", "memo", "source")
_FIELDS = ("code", "theme", "words", *CODING, "speaker", "role", "body", "body_type", "transcript")
_SPOKEN = ("speaker", "role")
_LISTED = 8


@dataclass(frozen=True, eq=False)
class Values:
    """Looks names up, and says what is near one that is not there.

    Parameters
    ----------
    study : Study
        What is asked.
    query : str
        The query's text, to point at.
    """

    study: Study
    query: str

    def codes(self, node: Code) -> set[str]:
        """Give the ids of the codes that a name means, and of those below them."""
        named = self._named(node.name, {code.id: code.name for code in self.study.codebook})
        if not named:
            raise self._no_code(node.name, node.at)
        return {one for code in named for one in self.study.codebook.descendants(code)}

    def themes(self, node: Has) -> set[str]:
        """Give the ids of the themes that a value means."""
        themes = {theme.id: theme.name for theme in self.study.codebook.themes}
        named = self._named(node.value, themes)
        if not named:
            raise self._unknown(node, [*themes, *themes.values()])
        return named

    def _named(self, name: str, there: Mapping[str, str]) -> set[str]:
        """Match an id first, then a name, whatever the case."""
        former = {was: code.id for code in self.study.codebook for was in code.was}
        for ids in (
            {name: name} if name in there else {},
            {was: now for was, now in former.items() if now in there and was == name},
            {one: one for one in there},
            {title: one for one, title in there.items()},
        ):
            matched = _matching(name, ids)
            if matched:
                return {ids[one] for one in matched}
        return set()

    def _no_code(self, name: str, at: int) -> QueryError:
        ids = {code.name: code.id for code in self.study.codebook}
        near = _near(name, [*ids, *ids.values()])
        perhaps = " or ".join(dict.fromkeys(ids.get(one, one) for one in near))
        hint = f"perhaps {clip(perhaps, 80)}; " if near else ""
        mend = f'{hint}for words of the transcripts, write "{clip(name)}" in quotes'
        return fault_at(self.query, at, f"no code is {clip(name)!r}", mend)

    def of_coding(self, node: Has) -> set[str]:
        """Give the coders, or the sources, that a value means."""
        there = {"coder": self.study.codings.coders, "source": ("manual", "suggestion", "import")}
        return self._checked(node, there[node.what])

    def speaks(self, node: Has) -> set[tuple[str, str]]:
        """Give the transcripts and labels of the speakers that a value means."""
        everybody = [
            (transcript.id, one.label, one.role)
            for transcript in self._transcripts
            for one in transcript.speakers
        ]
        wanted = self._checked(
            node, {role for *_, role in everybody}
            | ({label for _, label, _ in everybody} if node.what == "speaker" else set()),
        )  # fmt: skip
        by_label = node.what == "speaker"
        return {
            (name, label)
            for name, label, role in everybody
            if role in wanted or (by_label and label in wanted)
        }

    def interviews(self, node: Has) -> list[str]:
        """Give the transcripts whose header has a value."""
        has = {one.id: self._header(one, node.what) for one in self._transcripts}
        there = set().union(*has.values())
        if not there and node.what not in _FIELDS:
            what = f"no interview has the attribute {clip(node.what)!r}"
            known = [*_FIELDS, *self._attributes]
            at = self.query.lower().rfind(node.what, 0, node.at)
            raise fault_at(self.query, max(at, 0), what, _choice(node.what, known))
        wanted = self._checked(node, there)
        return [name for name, values in has.items() if values & wanted]

    @property
    def _transcripts(self) -> Iterable[Transcript]:
        return self.study.corpus.values()

    @cached_property
    def _attributes(self) -> dict[str, None]:
        return {key: None for one in self._transcripts for key in one.attributes}

    def _header(self, transcript: Transcript, what: str) -> set[str]:
        own = {"transcript": transcript.id, "body": transcript.body}
        own["body_type"] = transcript.body_type
        if what in own:
            return {own[what]}
        keys = [key for key in transcript.attributes if key.casefold() == what]
        return set().union(*(_attribute_values(transcript, key) for key in keys))

    def _checked(self, node: Has, there: Iterable[str]) -> set[str]:
        there = {one for one in there if one}
        found = _matching(node.value, there)
        if not found:
            raise self._unknown(node, there)
        return found

    def _unknown(self, node: Has, there: Iterable[str]) -> QueryError:
        what = f"no {node.what} is {clip(node.value)!r}"
        return fault_at(self.query, node.at, what, _choice(node.value, there))


def _matching(value: str, there: Iterable[str]) -> set[str]:
    there = set(there)
    if value in there:
        return {value}
    pattern = glob_pattern(value)
    return {one for one in there if pattern.fullmatch(as_searched(one))}


def _near(value: str, there: Iterable[str]) -> list[str]:
    """Give at most three that are spelt alike, the nearest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        value, sorted(set(there)), scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=70
    )
    return [one for one, _, _ in found][:3]


def _choice(value: str, there: Iterable[str]) -> str:
    values = sorted(set(there))
    near = _near(value, values)
    shown = ", ".join(repr(clip(one, 40)) for one in values[:_LISTED])
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    listed = f"use one of {shown}{more}" if values else "there is none"
    if near:
        return f"perhaps {' or '.join(repr(clip(one, 40)) for one in near)}; or {listed}"
    return listed
