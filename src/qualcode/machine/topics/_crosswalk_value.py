"""A comparison of topics and codes as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.errors import clip

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SEVERAL", "SURE", "Crosswalk"]

#: what stands for the code of a passage with more than one
SEVERAL = "several"
#: an adjusted p value up to which more is shared than by chance
SURE = 0.05
_NEW = ("mostly uncoded", "no code above chance")
_HEADS = ("Topic", "Passages", "Uncoded", "Best code", "F1", "By chance", "Reading")
_COLUMNS = ("label", "passages", "uncoded", "code_path", "f1", "chance_f1", "reading")


@dataclass(frozen=True, eq=False, repr=False)
class Crosswalk:
    """How topics and codes lie on each other.

    Parameters
    ----------
    agreement : pandas.DataFrame
        The frame ``topic_agreement``: AMI and ARI of the passages with exactly one code, those in a
        topic, and all of them with "no topic" as one more group; `chance` is the mean of the
        shuffles, `chance_high` their 95th percentile.
    codes : pandas.DataFrame
        The frame ``code_topics``: a row a code with its best topic, the best found first. `found`
        says whether it is found more than by chance (``q`` at most .05).
    topics : pandas.DataFrame
        The frame ``topic_codes``: a row a topic with its best code. `reading` is ``mostly uncoded``
        (at least half of the passages have no code), ``no code above chance``, ``one code`` (at
        least half of the passages have it), or ``several codes``.
    table : pandas.DataFrame of int, shape (topics, codes)
        Passages in both, by the names of topics and codes.
    code_of : pandas.Series of str, shape (passages,)
        The code of each passage that topics were found in; ``several``, or nothing.
    level : str
        ``theme`` or ``code``.
    coder : str
        Whose codings.
    unit : str
        What a passage is.
    passages, one_code, several : int
        Passages read; those with exactly one code; those with more.
    permutations : int
        How often codes were shuffled.
    shuffle : str
        Within ``interviews``, or among ``all``.
    note : str
        What to say of the words, for synthetic transcripts.

    Examples
    --------
    >>> import pandas as pd
    >>> from qualcode.frames import empty_frame
    >>> names = ("topic_agreement", "code_topics", "topic_codes")
    >>> frames = [empty_frame(name) for name in names]
    >>> Crosswalk(*frames, frames[0], pd.Series(dtype="str"), "theme", "A", "turn", 80, 60, 5, 1000, "all", "")
    <Crosswalk of 0 topics and 0 themes, 80 turns>
    """

    agreement: pd.DataFrame
    codes: pd.DataFrame
    topics: pd.DataFrame
    table: pd.DataFrame
    code_of: pd.Series[str]
    level: str
    coder: str
    unit: str
    passages: int
    one_code: int
    several: int
    permutations: int
    shuffle: str
    note: str

    @property
    def uncoded(self) -> int:
        """Passages without any code."""
        return self.passages - self.one_code - self.several

    @property
    def new(self) -> pd.DataFrame:
        """The topics that no code covers, with quotes: candidates for new codes."""
        return self.topics[self.topics["reading"].isin(_NEW)].reset_index(drop=True)

    @property
    def unfound(self) -> pd.DataFrame:
        """The codes that no topic finds better than chance."""
        return self.codes[~self.codes["found"]].reset_index(drop=True)

    @property
    def finding(self) -> str:
        """What the comparison comes to, in two sentences."""
        first = self.agreement.head(1)
        said = "Nothing can be compared."
        if len(first) and first["value"].notna().all():
            row = first.iloc[0]
            said = (
                f"On passages with one {self.level} and a topic, the two agree at {row['value']:.2f} "
                f"(adjusted mutual information; {row['chance_high']:.2f} or less in 95% of shuffles)."
            )
        found = int(self.codes["found"].sum())
        return (
            f"{said} {found} of {len(self.codes)} {self.level}s are found by some topic more than "
            f"by chance; {len(self.new)} of {len(self.topics)} topics are covered by no {self.level}."
        )

    def __repr__(self) -> str:
        sizes = f"{len(self.topics)} topics and {len(self.codes)} {self.level}s"
        return f"<Crosswalk of {sizes}, {self.passages:,} {self.unit}s>"

    def __str__(self) -> str:
        return f"{self._counts()} {self.finding}" + f" {self.note}" * bool(self.note)

    def _counts(self) -> str:
        where = "within interviews" if self.shuffle == "interviews" else "among all"
        return (
            f"{self.passages:,} {self.unit}s: {self.one_code:,} with one {self.level} of coder "
            f"{self.coder}, {self.several:,} with several, {self.uncoded:,} with none; "
            f"{self.permutations:,} shuffles {where}."
        )

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{head}</th>" for head in _HEADS)
        body = "".join(_row(*row) for row in self.topics[list(_COLUMNS)].itertuples(index=False))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        counts, finding, note = (
            escape(clean(one)) for one in (self._counts(), self.finding, self.note)
        )
        last = f"<p>{note}</p>" if note else ""
        return f"<div><p><b>{counts}</b></p><p>{finding}</p>{table if body else ''}{last}</div>"


def _row(*values: object) -> str:
    cells = (f"{one:.2f}" if isinstance(one, float) else str(one) for one in values)
    return "<tr>" + "".join(f"<td>{escape(clip(clean(cell), 60))}</td>" for cell in cells) + "</tr>"
