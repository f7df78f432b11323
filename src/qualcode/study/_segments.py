"""How codings become the frame ``segments``: put in order, filtered, cut from the transcripts.

What a coding says by itself is put into columns once. A transcript's header and turns are looked
at only for the rows that a filter leaves, so that one code's quotes do not wait for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode.errors import UnknownCodeError, clip
from qualcode.frames import FRAMES, empty_frame, make_frame
from qualcode.study._filters import Wanted, as_list, match_values, unknown_value

if TYPE_CHECKING:
    from qualcode.coding.anchors import Placed, Placement
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["Finder", "adrift_frame"]

#: the columns that a coding knows without its transcript
_OWN = ["coding_id", "transcript_id", "code_id", "theme_id", "code_path", "coder"]
_OWN += ["start", "end", "memo", "source", "created_at"]


def placed_frame(
    placed: Iterable[Placed], codebook: Codebook, transcript_ids: Iterable[str]
) -> pd.DataFrame:
    """Put what codings know by themselves into columns, in the order of the frame."""
    order = {name: number for number, name in enumerate(transcript_ids)}
    living = {code_id: codebook.resolve(code_id) for code_id in {p.coding.code_id for p in placed}}
    rows = sorted(
        (
            (order[p.coding.transcript_id], p.start, p.end, living[p.coding.code_id],
             p.coding.coder, p.coding.id, p.coding)
            for p in placed
        ),
        key=lambda row: row[:6],
    )  # fmt: skip
    codes = [row[3] for row in rows]
    theme = {code_id: codebook.theme_of(code_id) for code_id in set(codes)}
    path = {code_id: codebook.path_of(code_id) for code_id in set(codes)}
    data: dict[str, list[Any]] = {
        "coding_id": [row[5] for row in rows],
        "transcript_id": [row[6].transcript_id for row in rows],
        "code_id": codes,
        "theme_id": [theme[code_id] for code_id in codes],
        "code_path": [path[code_id] for code_id in codes],
        "coder": [row[4] for row in rows],
        "start": [row[1] for row in rows],
        "end": [row[2] for row in rows],
        "memo": [row[6].memo for row in rows],
        "source": [row[6].source.kind for row in rows],
        "created_at": [row[6].created_at for row in rows],
    }
    dtypes = FRAMES["segments"]
    return pd.DataFrame({name: pd.Series(data[name], dtype=dtypes[name]) for name in _OWN})


def cut_segments(placed: pd.DataFrame, corpus: Mapping[str, Transcript]) -> pd.DataFrame:
    """Add what the transcripts know: the body, who speaks in which turn, and the words."""
    if placed.empty:
        return empty_frame("segments")
    columns: dict[str, list[Any]] = {
        name: [] for name in ("body", "body_type", "speaker", "role", "turn", "quote")
    }
    add = [columns[name].append for name in columns]
    spans = zip(*(placed[name].tolist() for name in ("transcript_id", "start", "end")), strict=True)
    transcript: Transcript | None = None
    for transcript_id, start, end in spans:
        if transcript is None or transcript.id != transcript_id:
            transcript = corpus[transcript_id]
        turn = transcript.turn_at(start)
        speaker = "" if turn is None else turn.speaker
        found = (
            transcript.body, transcript.body_type, speaker, transcript.roles.get(speaker, ""),
            None if turn is None else turn.number, transcript.text[start:end],
        )  # fmt: skip
        for add_to, value in zip(add, found, strict=True):
            add_to(value)
    known = {name: placed[name].reset_index(drop=True) for name in _OWN}
    return make_frame("segments", {**known, **columns})


@dataclass(frozen=True, eq=False)
class Finder:
    """Finds segments: `start` and one `keep` after another narrow the rows, then they are cut.

    Parameters
    ----------
    corpus : mapping of str to Transcript
        The transcripts.
    codebook : Codebook
        The codes.
    placed : tuple of Placed
        Where each coding stands in the transcripts.
    coders : tuple of str
        Everybody who has a journal.
    """

    corpus: Mapping[str, Transcript]
    codebook: Codebook
    placed: tuple[Placed, ...]
    coders: tuple[str, ...]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """What the codings know by themselves."""
        return placed_frame(self.placed, self.codebook, self.corpus)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """All segments: cut once, when all are first asked for."""
        return cut_segments(self.rows, self.corpus)

    def start(self, code: Wanted | None, theme: Wanted | None) -> pd.DataFrame:
        """Begin with the codings that have a code, or one below it, and likewise a theme.

        Codes are looked at first and before anything is put in order, since one code's quotes
        are what is asked for most.
        """
        if code is None and theme is None:
            return self.rows
        wanted = {one.id for one in self.codebook}
        for asked, check in ((code, self.codebook.resolve), (theme, self._theme)):
            if asked is not None:
                ids = [self.codebook.descendants(check(one)) for one in as_list(asked)]
                wanted &= set().union(*ids)
        if "rows" in self.__dict__:
            return self.rows[self.rows["code_id"].isin(wanted)]
        some = [one for code_id in wanted for one in self._by_code.get(code_id, ())]
        return placed_frame(some, self.codebook, self.corpus)

    @cached_property
    def _by_code(self) -> Mapping[str, list[Placed]]:
        """The codings of each code, ids that were merged into another counted as that one."""
        in_journals: dict[str, list[Placed]] = {}
        for placed in self.placed:
            in_journals.setdefault(placed.coding.code_id, []).append(placed)
        by_code: dict[str, list[Placed]] = {}
        for code_id, several in in_journals.items():
            by_code.setdefault(self.codebook.resolve(code_id), []).extend(several)
        return by_code

    def cut(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Add to rows what the transcripts know."""
        if "whole" in self.__dict__ or rows is self.__dict__.get("rows"):
            return self.whole.loc[rows.index]
        return cut_segments(rows, self.corpus)

    def _theme(self, code_id: str) -> str:
        code_id = self.codebook.resolve(code_id)
        theme = self.codebook.theme_of(code_id)
        if theme != code_id:
            what = f"{clip(code_id)!r} is a code, not a theme"
            raise UnknownCodeError(what, mend=f"give it as code=, or theme={theme!r}")
        return code_id

    def keep(self, rows: pd.DataFrame, column: str, wanted: Wanted | None) -> pd.DataFrame:
        """Keep the rows whose value in a column is asked for."""
        if wanted is None:
            return rows
        found = match_values(
            wanted,
            rows[column].unique(),
            what=column.removesuffix("_id"),
            everywhere=lambda: self._everywhere(column),
        )
        return rows[rows[column].isin(found)]

    def keep_headed(
        self, rows: pd.DataFrame, what: str, wanted: Wanted | None, *, attribute: bool = False
    ) -> pd.DataFrame:
        """Keep the rows of the transcripts whose header has an asked-for value."""
        if wanted is None:
            return rows
        values_of = _attribute_values if attribute else _header_values
        values = {
            name: values_of(self.corpus[name], what) for name in rows["transcript_id"].unique()
        }

        def everywhere() -> set[str]:
            everything = set().union(*(values_of(t, what) for t in self.corpus.values()))
            if attribute and not everything:
                keys = {key for t in self.corpus.values() for key in t.attributes}
                raise unknown_value(what, keys, what="attribute")
            return everything

        here = set().union(*values.values())
        found = match_values(wanted, here, what=what, everywhere=everywhere)
        names = [name for name, has in values.items() if has & found]
        return rows[rows["transcript_id"].isin(names)]

    def _everywhere(self, column: str) -> set[str]:
        """List all values that a column could have in this study."""
        if column == "coder":
            return set(self.coders)
        if column == "transcript_id":
            return set(self.corpus)
        if column == "source":
            return {"manual", "suggestion", "import"}
        speakers = {one for transcript in self.corpus.values() for one in transcript.speakers}
        return {one.role if column == "role" else one.label for one in speakers}


def _header_values(transcript: Transcript, what: str) -> set[str]:
    return {getattr(transcript, what)}


def _attribute_values(transcript: Transcript, what: str) -> set[str]:
    """Give an attribute's value as text; a list of values counts for each."""
    value = transcript.attributes.get(what)
    if value is None:
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def adrift_frame(placement: Placement) -> pd.DataFrame:
    """List the codings that could not be placed, as the frame ``adrift``."""
    records = [
        {
            "coding_id": adrift.coding.id,
            "transcript_id": adrift.coding.transcript_id,
            "code_id": adrift.coding.code_id,
            "coder": adrift.coding.coder,
            "start": adrift.coding.start,
            "end": adrift.coding.end,
            "quote": adrift.coding.quote,
            "reason": adrift.reason,
        }
        for adrift in placement.adrift
    ]
    return make_frame("adrift", records)
