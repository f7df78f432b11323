"""Topics as one frozen value, which says how far to trust itself."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from qualcode._text import clean
from qualcode.analysis.saturation._estimate import percent
from qualcode.errors import clip

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.machine.topics._settings import TopicSettings

__all__ = ["CAUTION", "SURE", "Topics"]

CAUTION = (
    "Topics are heaps of passages with like words, not themes: what they mean, and whether they "
    "mean anything, is for a reader to say."
)
#: a topic with a mean best Jaccard below it is not to be trusted (Hennig 2007)
SURE = 0.6
_SHOWN = 12
_HEADS = ("Topic", "Passages", "Interviews", "Found again", "Words")
_LEFT = '<{} style="text-align: left">'  # Jupyter puts cells to the right


@dataclass(frozen=True, eq=False, repr=False)
class Topics:
    """What a machine takes to be said alike.

    Parameters
    ----------
    topics : pandas.DataFrame
        The frame ``topics``: a row a topic, numbered from 1, the largest first. `label` and
        `top_words` are the words that tell it from the others; `stability` is its mean best
        Jaccard index over all further runs (see `found_again`); `quotes` are its most typical
        passages, of different interviews where there are, `sources` who says them where.
    texts : pandas.DataFrame
        The frame ``topic_texts``: a row a passage, in order of transcript and place. `topic` is
        missing for a passage that is in none; `strength` says how firmly it is in, 0 to 1; `x` and
        `y`, 0 to 1, are where it lies on a map.
    stability : pandas.DataFrame
        The frame ``topic_stability``: how alike the runs are in which one thing was changed, the
        ``seed`` or the ``order``: mean, least and greatest ARI of two runs, mean AMI.
    settings : TopicSettings
        What they were made with, the seed among it.
    unit : str
        What a passage is.
    short : int
        Passages that were left out for having too few words.
    note : str
        What to say of the words, for synthetic transcripts; else empty.
    made_with : dict of str to str
        Versions of the packages.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> from qualcode.machine.topics._settings import settings_for
    >>> frames = (empty_frame(name) for name in ("topics", "topic_texts", "topic_stability"))
    >>> Topics(*frames, settings_for(60, seed=1), "turn", 0, "", {})
    <Topics: 0 of 0 turns, seed 1>
    """

    topics: pd.DataFrame
    texts: pd.DataFrame
    stability: pd.DataFrame
    settings: TopicSettings
    unit: str
    short: int
    note: str
    made_with: dict[str, str]

    @property
    def outliers(self) -> float:
        """The share of passages that are in no topic; ``nan`` without passages."""
        return float(self.texts["topic"].isna().mean())

    @property
    def finding(self) -> str:
        """What the numbers of stability mean, in a sentence or two."""
        if self.stability.empty:
            return "Nobody knows whether other topics come with another seed: it was not tried."
        values = dict(zip(self.stability["change"], self.stability["ari"], strict=True))
        sure = int((self.topics["stability"] >= SURE).sum())
        return (
            f"Two runs that differ in their seed agree at {values['seed']:.2f}, two that differ in "
            f"the order of the texts at {values['order']:.2f} (adjusted Rand index: 1 the same, 0 "
            f"as by chance). {sure} of {len(self.topics)} topics are found again well enough to be "
            f"read (mean best Jaccard index of {SURE} or more)."
        )

    def __repr__(self) -> str:
        seed = self.settings.seed
        return f"<Topics: {len(self.topics)} of {len(self.texts):,} {self.unit}s, seed {seed}>"

    def __str__(self) -> str:
        return f"{self._counts()} {self.finding} {CAUTION}" + f" {self.note}" * bool(self.note)

    def _counts(self) -> str:
        where = f"{len(self.texts):,} {self.unit}s"
        if self.texts.empty:
            return f"No topics: there are no {self.unit}s."
        number = len(self.topics)
        return (
            f"{number} topic{'s' * (number != 1)} in {where}; {percent(round(self.outliers, 2))} "
            f"are in none; {self.short:,} more have too few words. Seed {self.settings.seed}."
        )

    def _repr_html_(self) -> str:
        *numbers, last = (f"<th>{head}</th>" for head in _HEADS)
        heads = "".join([*numbers, last.replace("<th>", _LEFT.format("th"))])
        columns = ("topic", "passages", "interviews", "stability", "top_words")
        rows = self.topics.head(_SHOWN)[list(columns)].itertuples(index=False)
        body = "".join(_row(*row) for row in rows)
        more = len(self.topics) - _SHOWN
        rest = f"<p>… and {more} more</p>" if more > 0 else ""
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        said = (self._counts(), self.finding, CAUTION, self.note)
        first, *others = (escape(clean(one)) for one in said if one)
        tail = "".join(f"<p>{one}</p>" for one in others)
        return f"<div><p><b>{first}</b></p>{table if body else ''}{rest}{tail}</div>"


def _row(topic: int, passages: int, interviews: int, stability: float, words: str) -> str:
    again = "–" if stability != stability else f"{stability:.2f}"
    cells = (str(topic), f"{passages:,}", f"{interviews:,}", again, clip(clean(words), 90))
    *numbers, last = (escape(cell) for cell in cells)
    counts = "".join(f"<td>{cell}</td>" for cell in numbers)
    return f"<tr>{counts}{_LEFT.format('td')}{last}</td></tr>"
