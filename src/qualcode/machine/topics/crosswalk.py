"""Topics beside codes: what machine and reader both see, and what one of them sees alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.errors import StudyError, UnknownValueError, clip
from qualcode.machine._choices import LEVELS
from qualcode.machine.topics._crosswalk_counts import best_f1, cross
from qualcode.machine.topics._crosswalk_null import f1_null
from qualcode.machine.topics._crosswalk_tables import agreement, by_code, by_topic, code_of
from qualcode.machine.topics._crosswalk_value import Crosswalk

if TYPE_CHECKING:
    from qualcode.machine.topics.topics import Topics
    from qualcode.study import Study

__all__ = ["Crosswalk", "topic_crosswalk"]

_SHUFFLES = ("interviews", "all")


def topic_crosswalk(
    topics: Topics,
    study: Study | pd.DataFrame,
    *,
    coder: str | Iterable[str] | None = None,
    level: str = "theme",
    permutations: int = 1000,
    shuffle: str = "interviews",
    seed: int = 0,
) -> Crosswalk:
    """Compare topics with codes, and both with chance.

    Parameters
    ----------
    topics : Topics
        From `topics`.
    study : Study or pandas.DataFrame
        The study; or the frame ``segments``, for a part of its codings.
    coder : str or iterable of str, optional
        Whose codings; by default those that ``study.yaml`` rests on, or everybody's.
    level : {'theme', 'code'}, default 'theme'
        Whether codes count for themselves, or for their theme.
    permutations : int, default 1000
        How often the codes are shuffled.
    shuffle : {'interviews', 'all'}, default 'interviews'
        Whether a passage changes codes only with others of its interview. With ``all``, topics and
        codes seem to have more in common if both differ between interviews, whatever is said.
    seed : int, default 0
        Where the shuffles come from.

    Returns
    -------
    Crosswalk
        Frozen; its frames say how alike topics and codes are as a whole, code by code, and topic by
        topic.

    Raises
    ------
    StudyError
        If the coder coded nothing that the topics are made of.
    UnknownValueError
        If an option is something else.

    Warns
    -----
    CoefficientWarning
        If the passages with one code are of one topic or of one code, so that no index is defined.

    Notes
    -----
    A coding counts for a passage if they share at least half of the shorter of the two. ARI [1]_
    and AMI [2]_ compare groups that do not overlap, so they are of passages with exactly one code.
    Passages with several, or none, count in the tables by code and by topic, where each code is
    held against its best topic by F1. The best of many topics looks good by chance too; how good
    is worked out by shuffling whole passages' codes. ``p`` is the share of shuffles that do at
    least as well, the observed order counted as one; ``q`` is `p` adjusted for the number of codes
    or topics (Benjamini and Hochberg).

    References
    ----------
    .. [1] L. Hubert and P. Arabie (1985), "Comparing partitions", Journal of Classification 2,
       193-218.
    .. [2] N. X. Vinh, J. Epps and J. Bailey (2010), "Information theoretic measures for
       clusterings comparison", Journal of Machine Learning Research 11, 2837-2854.

    Examples
    --------
    >>> from qualcode.frames import empty_frame
    >>> from qualcode.study.example import example_study
    >>> from qualcode.machine.topics.topics import Topics
    >>> nothing = (empty_frame(name) for name in ("topics", "topic_texts", "topic_stability"))
    >>> topic_crosswalk(Topics(*nothing, None, "turn", 0, "", {}), example_study())
    Traceback (most recent call last):
    qualcode.errors.StudyError: none of these codings is on a passage that has been read for topics. Mend: ...
    """
    _check(level, shuffle, permutations)
    segments, names = _codings(study, coder, level)
    column = f"{level}_id"
    crossed = cross(topics.texts, len(topics.topics), segments, column)
    if not crossed.coded.any():
        what = "none of these codings is on a passage that has been read for topics"
        raise StudyError(what, mend="name another coder=")
    groups = crossed.interview if shuffle == "interviews" else np.zeros_like(crossed.interview)
    chance = f1_null(crossed, groups, permutations, seed)
    f1, shared = best_f1(crossed.coded, crossed.in_topic)
    labels = topics.topics["label"].tolist()
    return Crosswalk(
        agreement=agreement(crossed, groups, permutations, seed),
        codes=by_code(crossed, f1, shared, chance.by_code, names, labels),
        topics=by_topic(crossed, f1, shared, chance.by_topic, names, topics.topics),
        table=pd.DataFrame(
            shared.T,
            index=pd.Index(labels, name="topic"),
            columns=pd.Index([names[one] for one in crossed.code_ids], name=level),
        ),
        code_of=code_of(crossed, names, topics.texts.index),
        level=level,
        coder=", ".join(sorted(set(segments["coder"]))),
        unit=topics.unit,
        passages=len(crossed.topic),
        one_code=int((crossed.codes_each == 1).sum()),
        several=int((crossed.codes_each > 1).sum()),
        permutations=permutations,
        shuffle=shuffle,
        note=topics.note,
    )


def _check(level: str, shuffle: str, permutations: int) -> None:
    for value, allowed, what in ((level, LEVELS, "level"), (shuffle, _SHUFFLES, "shuffle")):
        if value not in allowed:
            mend = f"use one of {', '.join(map(repr, allowed))}"
            raise UnknownValueError(f"no {what} is {clip(str(value))!r}", mend=mend)
    if permutations < 1:
        raise UnknownValueError(f"permutations={permutations}", mend="give at least 1, better 1000")


def _codings(
    study: Study | pd.DataFrame, coder: str | Iterable[str] | None, level: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the codings, and the name of each code or theme."""
    if not isinstance(study, pd.DataFrame):
        segments = study.segments(coder=coder or study.settings.coder or None)
    elif coder is None:
        segments = study
    else:
        segments = study[study["coder"].isin([coder] if isinstance(coder, str) else list(coder))]
    path = segments["code_path"]
    names = path.str.split(" > ").str[0] if level == "theme" else path
    return segments, dict(zip(segments[f"{level}_id"], names, strict=True))
