"""Whether a machine errs more for some people than for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.comparisons import FEW
from qualcode.analysis.relations._chance import adjust
from qualcode.errors import UnknownValueError, clip
from qualcode.frames import make_frame
from qualcode.machine.suggesting._bias_counts import COUNTS, count_people, measures
from qualcode.machine.suggesting._bias_tests import Shuffle, choose_shuffle, compare_shuffled
from qualcode.sources._slugs import natural_key

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["suggestion_bias"]

_BY = ("body", "body_type", "role", "speaker")
_ERRORS = {"missed_p": "missed_share", "false_alarm_p": "false_alarm_share"}
_NOT_GIVEN = "not given"


def suggestion_bias(
    held_out: pd.DataFrame,
    *,
    by: str = "body_type",
    attributes: pd.DataFrame | None = None,
    shuffles: int = 999,
    draws: int = 999,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the errors of suggestions between groups of people.

    If a machine misses more of what nurses say than of what managers say, a table of who says what
    that rests on its codings is skewed, however good it is on the whole [1]_: so look here before
    any analysis by group that unread suggestions go into.

    Parameters
    ----------
    held_out : pandas.DataFrame
        The frame ``held_out``: what was suggested by models that had not seen the interview,
        beside what was coded.
    by : str, default 'body_type'
        ``body``, ``body_type``, ``role`` or ``speaker``; or a column of `attributes`. One person
        is a speaker of one transcript.
    attributes : pandas.DataFrame, optional
        A row a transcript, such as ``study.corpus.attributes``.
    shuffles, draws : int, default 999
        How often groups are shuffled for the tests, and interviews drawn for the intervals.
    confidence : float, default 0.95
        Of the intervals.
    seed : int, default 0
        Of the shuffles and draws.

    Returns
    -------
    pandas.DataFrame
        The frame ``suggestion_bias``, a row a group, the largest first. A decision is a passage
        and a code. `missed_share` is the share of what was coded that was not suggested (false
        negatives), `false_alarm_share` the share of what was not coded that was suggested,
        `calibration_gap` the mean probability less the share coded. Intervals draw interviews
        again; in groups of fewer than 5 interviews they are exact ones, which take decisions for
        independent, and the note says so. `missed_p` and `false_alarm_p` test the group against
        all others; `missed_q` and `false_alarm_q` are adjusted for all these tests [2]_. `small`
        marks groups of fewer than 5 people; `note` says what limits the row. In ``attrs``:
        ``shuffled``, what was shuffled; ``missed_p`` and ``false_alarm_p`` over all groups at once.

    Raises
    ------
    UnknownValueError
        If `by` is no such column, or an option is something else.

    Notes
    -----
    Passages of one interview are not independent. So the tests shuffle groups over whole
    interviews, where each interview has one group; where 5 or more interviews have people of
    several groups, over people inside these interviews; and else over people, as if people of one
    interview were independent. A group of one interview among n cannot have a p below ``1 / n``. A
    difference may come from what a group talks about, if some codes are harder than others: it
    skews the analysis all the same.

    References
    ----------
    .. [1] Egami, N., Hinck, M., Stewart, B. & Wei, H. (2023). Using imperfect surrogates for
       downstream inference: design-based supervised learning for social science applications of
       large language models. Advances in Neural Information Processing Systems 36. It also shows
       how to mend it: code a random sample by hand.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of
       the Royal Statistical Society B 57(1), 289-300.

    Examples
    --------
    >>> from qualcode.frames import make_frame
    >>> rows = [
    ...     {"transcript_id": f"i{n}", "body": "", "body_type": kind, "speaker": "S", "role": "",
    ...      "turn": 1, "start": 0, "end": 9, "code_id": code, "probability": 0.6,
    ...      "threshold": 0.5, "suggested": kind == "large", "coded": code == "rest"}
    ...     for n, kind in enumerate(["large", "small"] * 6) for code in ("rest", "pay")
    ... ]
    >>> found = suggestion_bias(make_frame("held_out", rows))
    >>> found[["group", "missed_share", "false_alarm_share", "missed_p"]].round(2).values.tolist()
    [['large', 0.0, 1.0, 0.0], ['small', 1.0, 0.0, 0.0]]
    """
    _check(shuffles, draws, confidence)
    group = _groups(held_out, by, attributes)
    people = count_people(held_out, group)
    names = _order(people)
    rng = np.random.default_rng(seed)
    found = [_row(held_out, people, group, name, confidence, draws, rng) for name in names]
    frame_attrs: dict[str, Any] = {"by": by}
    if names:
        shuffle = choose_shuffle(people, names)
        frame_attrs |= _test(found, shuffle, shuffles, rng)
    frame = make_frame("suggestion_bias", found)
    frame.attrs |= frame_attrs
    return frame


def _check(shuffles: int, draws: int, confidence: float) -> None:
    if min(shuffles, draws) < 1:
        what = f"shuffles={shuffles}, draws={draws}"
        raise UnknownValueError(what, mend="give at least 1, better 999")
    if not 0 < confidence < 1:
        raise UnknownValueError(f"confidence={confidence!r}", mend="give a share, such as 0.95")


def _groups(held_out: pd.DataFrame, by: str, attributes: pd.DataFrame | None) -> pd.Series[str]:
    """Give the group of each row."""
    if by == "speaker":
        return held_out["transcript_id"] + ", " + held_out["speaker"]
    if by in _BY:
        groups = held_out[by]
    elif attributes is not None and by in attributes and by != "transcript_id":
        groups = held_out["transcript_id"].map(attributes.set_index("transcript_id")[by])
    else:
        there = [*_BY, *([] if attributes is None else attributes.columns)]
        mend = f"use one of {', '.join(dict.fromkeys(there))}, or give attributes="
        raise UnknownValueError(f"by={clip(repr(by))} is not known of people", mend=mend)
    text = groups.astype("object").where(groups.notna(), "").astype(str)
    return text.where(text != "", _NOT_GIVEN)


def _order(people: pd.DataFrame) -> list[str]:
    sizes = people["group"].value_counts()
    return sorted(
        sizes.index, key=lambda name: (name == _NOT_GIVEN, -int(sizes[name]), natural_key(name))
    )


def _row(
    held_out: pd.DataFrame,
    people: pd.DataFrame,
    group: pd.Series[str],
    name: str,
    confidence: float,
    draws: int,
    rng: np.random.Generator,
) -> dict[str, Any]:
    """Say all of one group but the tests."""
    own = people[people["group"] == name]
    passages = held_out.loc[(group == name).to_numpy(), ["transcript_id", "start", "end"]]
    total = own[list(COUNTS)].sum()
    found = measures(own, confidence, draws, rng)
    interviews, drawn = own["transcript_id"].nunique(), found.pop("drawn")
    small = len(own) < FEW
    notes = (
        f"fewer than {FEW} people" if small else "",
        "nothing is coded, so that nothing can be missed" if not total["coded"] else "",
        "nothing is suggested" if not total["suggested"] else "",
        "one interview: its own way and the group's cannot be told apart"
        if interviews == 1
        else "",
        "" if drawn else "intervals take decisions for independent",
    )
    return found | {
        "group": name,
        "interviews": interviews,
        "people": len(own),
        "passages": len(passages.drop_duplicates()),
        **{count: int(total[count]) for count in ("decisions", "coded", "suggested", "correct")},
        "small": small,
        "note": "; ".join(filter(None, notes)),
    }


def _test(
    rows: list[dict[str, Any]], shuffle: Shuffle, times: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Add the tests to the rows, and give what is said of all groups.

    A group that stands beside no other, where groups are compared inside interviews, has none.
    """
    about: dict[str, Any] = {"shuffled": shuffle.what}
    found = {}
    for column, measure in _ERRORS.items():
        found[column], about[column] = compare_shuffled(shuffle, len(rows), measure, times, rng)
    adjusted = adjust(np.concatenate(list(found.values())))
    for place, row in enumerate(rows):
        for number, column in enumerate(found):
            row[column] = found[column][place]
            row[column[:-1] + "q"] = adjusted[number * len(rows) + place]
        if all(np.isnan(found[column][place]) for column in found):
            row["note"] = "; ".join(filter(None, (row["note"], "nothing to test it against")))
    return about
