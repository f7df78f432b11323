"""What a search found, as the frame ``search_hits``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis._place import place_of
from qualcode.frames import make_frame

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from qualcode.machine.searching._chosen_passages import Chosen
    from qualcode.machine.searching._engine import Ranked
    from qualcode.study import Study
    from qualcode.study._filters import Wanted

__all__ = ["hits_frame"]

_OWN = ("transcript_id", "body", "body_type", "speaker", "role", "turn", "start", "end")


def hits_frame(
    study: Study,
    passages: pd.DataFrame,
    chosen: Chosen,
    ranked: Ranked,
    *,
    coder: Wanted | None,
) -> pd.DataFrame:
    """Make the frame of the passages that were found.

    Parameters
    ----------
    study : Study
        Whose passages they are.
    passages : pandas.DataFrame
        The frame ``passages``.
    chosen : Chosen
        Names the codes on a passage.
    ranked : Ranked
        Which passages, the best first, and their scores.
    coder : str, iterable of str or None
        Whose codes are named.
    """
    rows = ranked.rows
    found = passages.iloc[rows]
    spans = zip(*(one[rows].tolist() for one in chosen.places), strict=True)
    spoken = zip(found["transcript_id"], found["turn"], found["start"].tolist(), strict=True)
    codings = chosen.beside(coder)
    columns: dict[str, Any] = {
        "rank": np.arange(1, len(rows) + 1),
        "place": [place_of(*one, study.corpus) for one in spoken],
        "words": found["text"].array,
        "codes": [codings.names(start, end, study.codebook) for start, end in spans],
        "score": ranked.score,
        "by_meaning": _or_missing(ranked.by_meaning, len(rows)),
        "by_words": _or_missing(ranked.by_words, len(rows)),
    }
    return make_frame("search_hits", {name: found[name].array for name in _OWN} | columns)


def _or_missing(scores: NDArray[np.float64] | None, rows: int) -> NDArray[np.float64]:
    return np.full(rows, np.nan) if scores is None else scores
