"""Read who a footnote attributes to, and bring the roles to one spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

__all__ = ["normalise_roles", "printed_role"]


def printed_role(note: str, body_end: int) -> str:
    """Give the role that a note prints behind the body.

    Parameters
    ----------
    note : str
        ``Council 7 (Director of Children's Services).``
    body_end : int
        Where the body's name ends in it.

    Returns
    -------
    str
        As printed; empty if there is none.
    """
    rest = note[body_end:]
    bracket = re.match(r"\s*[.,:;]?\s*[(\[]([^)\]]*)[)\]]", rest)
    if bracket:
        return " ".join(bracket[1].split())
    after = re.match(r"\s*(?:,|:|–|—|-)\s*([^.;,(]{3,80})", rest)
    return " ".join(after[1].split()) if after else ""


def normalise_roles(printed: Iterable[str], renames: Mapping[str, str]) -> dict[str, str]:
    """Choose one spelling for roles that differ in case, apostrophe or a letter.

    Parameters
    ----------
    printed : iterable of str
        Every role as printed, once for each footnote.
    renames : mapping of str to str
        The study's own choices; they win.

    Returns
    -------
    dict
        Role as printed -> role.
    """
    counts = Counter(_plain(role) for role in printed)
    ranked = sorted(counts, key=lambda role: (-counts[role], role))
    chosen: dict[str, str] = {}
    for role in ranked:
        same = (known for known in chosen.values() if _same_role(role, known))
        chosen[role] = next(same, role)
    plain_renames = {_plain(key): value for key, value in renames.items()}
    return {
        role: plain_renames.get(
            _plain(role), plain_renames.get(chosen[_plain(role)], chosen[_plain(role)])
        )
        for role in set(printed)
    }


def _plain(role: str) -> str:
    return " ".join(role.replace("’", "'").replace("‘", "'").split()).strip(" .,;:")


def _same_role(role: str, known: str) -> bool:
    """Tell two spellings of one role: case apart, or a slip of one letter in a long name."""
    left, right = role.casefold(), known.casefold()
    if left == right:
        return True
    return (
        min(len(left), len(right)) >= 15
        and left.split()[0] == right.split()[0]
        and fuzz.ratio(left, right) >= 97
    )
