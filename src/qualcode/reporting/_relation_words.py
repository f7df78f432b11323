"""How a relation between codes is put into words, and what figures of relations need to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.errors import UnknownValueError, clip
from qualcode.reporting._bars import n_of
from qualcode.reporting._canvas import count_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SURE", "VALUES", "caption", "finding", "is_directed", "own_segments", "refuse"]

#: an adjusted p value below which a relation is marked
SURE = 0.05
#: what may be drawn -> how it is called
VALUES = {
    "pairs": "pairs of codings",
    "interviews": "interviews",
    "bodies": "bodies",
    "jaccard": "Jaccard indices over turns, in hundredths",
    "c": "c-coefficients, in hundredths",
}
_WHERE = {"overlap": "on the same words", "turn": "in the same turn"}


def refuse(relations: pd.DataFrame, value: str) -> None:
    """Refuse what cannot be drawn in one picture."""
    if value not in VALUES:
        raise UnknownValueError(f"value={value!r}", mend=f"use one of {', '.join(VALUES)}")
    for column in ("coder", "kind", "level"):
        several = sorted(set(relations[column]))
        if len(several) > 1:
            what = f"relations of more than one {column}: {', '.join(map(clip, several[:4]))}"
            raise UnknownValueError(what, mend=f"hand in those of one {column}")
    if value == "c" and is_directed(relations):
        raise UnknownValueError("value='c' of a relation with a direction", mend="use 'pairs'")


def is_directed(relations: pd.DataFrame) -> bool:
    """Tell whether (a, b) is another relation than (b, a)."""
    return bool(relations["kind"].isin(["nested", "order"]).any())


def own_segments(relations: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Keep the codings of the coder whose relations they are."""
    return segments[segments["coder"].isin(set(relations["coder"]))]


def where_of(relations: pd.DataFrame) -> str:
    """Say how codes are related: ``in the same turn``."""
    if relations.empty:
        return "together"
    kind, within = relations[["kind", "within_turns"]].iloc[0]
    if kind == "near":
        return f"at most {count_of(int(within), 'turn')} apart"
    return _WHERE.get(str(kind), "together")


def finding(relations: pd.DataFrame) -> str:
    """Say which two codes are most often related."""
    if relations.empty or not relations["pairs"].max():
        return f"No two codes are found {where_of(relations)}"
    most = relations.sort_values("pairs", ascending=False, kind="stable").iloc[0]
    first, second = (clip(str(most[side]), 45) for side in ("first", "second"))
    times = "once" if most["pairs"] == 1 else f"{most['pairs']:,} times"
    if most["kind"] == "order":
        return f"After {first} comes most often {second}: {times}"
    if most["kind"] == "nested":
        return f"{first} lies most often inside {second}: {times}"
    return f"{first} and {second} meet most often {where_of(relations)}: {times}"


def caption(relations: pd.DataFrame, segments: pd.DataFrame, *parts: str) -> str:
    """Write what the numbers are, what stands out, and on how much it rests."""
    stars: list[str] = []
    if relations["q"].notna().any():
        found = bool((relations["q"] <= SURE).any())
        star = "An asterisk: more often" if found else "No two codes are found more often"
        stars = [f"{star} than by chance within interviews (q at most .05)."]
    own = own_segments(relations, segments)
    whose = ", ".join(clip(str(coder), 20) for coder in sorted(set(relations["coder"])))
    n: Any = n_of(own).rstrip(".") + (f" ({whose})." if whose else ".")
    return " ".join([*parts, *stars, n])
