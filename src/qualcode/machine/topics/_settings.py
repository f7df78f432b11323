"""How topics are looked for: all that decides the result besides the texts."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from qualcode.errors import UnknownValueError

__all__ = ["FEWEST", "TopicSettings", "settings_for"]

#: texts below which no topics are looked for
FEWEST = 50
_SMALL = 200


@dataclass(frozen=True)
class TopicSettings:
    """What topics were made with.

    Parameters
    ----------
    seed : int
        Where chance comes from.
    model, precision : str
        What reads the texts (see `embed`).
    min_topic_size : int
        The fewest passages that make a topic.
    min_samples : int
        How many neighbours a passage must have near it not to be taken for noise.
    neighbours : int
        With how many others UMAP compares a passage.
    dimensions : int
        To how many UMAP reduces.
    runs : int
        How often topics are looked for again, with other seeds and in other orders each.
    language : str
        Whose common words are left out of the topics' names.
    stop_words : tuple of str
        Further words that are left out.

    Examples
    --------
    >>> settings_for(900, seed=1).min_topic_size
    15
    """

    seed: int
    model: str
    precision: str
    min_topic_size: int
    min_samples: int
    neighbours: int
    dimensions: int
    runs: int
    language: str
    stop_words: tuple[str, ...]


def settings_for(
    texts: int,
    *,
    seed: int,
    min_topic_size: int | None = None,
    runs: int = 10,
    model: str = "",
    precision: str = "",
    language: str = "en",
    stop_words: tuple[str, ...] = (),
) -> TopicSettings:
    """Choose what suits so many texts.

    A topic's least size grows with the root of their number: 5 of 100, 15 of 900, 50 of 10,000.
    """
    least = max(5, round(sqrt(texts) / 2)) if min_topic_size is None else int(min_topic_size)
    if not 2 <= least <= texts:
        mend = f"give a number from 2 to {texts}"
        raise UnknownValueError(f"min_topic_size={min_topic_size}", mend=mend)
    if not 0 <= seed < 2**31:
        raise UnknownValueError(f"seed={seed}", mend="give a whole number from 0 to 2147483647")
    if runs < 0:
        raise UnknownValueError(f"runs={runs}", mend="give 0 (not tried) or more, better 10")
    return TopicSettings(
        seed=int(seed),
        model=model,
        precision=precision,
        min_topic_size=least,
        min_samples=max(2, least // 2),
        neighbours=min(15, max(5, texts // 10)),
        dimensions=10 if texts >= _SMALL else 5,
        runs=int(runs),
        language=language,
        stop_words=tuple(sorted({word.casefold() for word in stop_words})),
    )
