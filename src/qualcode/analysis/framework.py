"""The framework matrix: cases by themes, and in each cell what was coded and what it comes to.

A cell holds counts, the quotes with their places, and the researcher's own summary. The summary is
read, never made: an empty one stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qualcode.analysis._framework_cells import Cell, by_cell, lay_out
from qualcode.frames import make_frame
from qualcode.study.summaries import summaries_of

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.study import Study
    from qualcode.study._summary_file import Summary

__all__ = ["framework_matrix"]


def framework_matrix(
    study: Study,
    *,
    rows: str = "body",
    columns: str | Iterable[str] = "theme",
    coder: str | None = None,
    choose: str = "all",
    most: int | None = None,
) -> pd.DataFrame:
    """Set cases against themes, with counts, quotes and the researcher's summary of each cell.

    Parameters
    ----------
    study : Study
        A study; its summaries are read from ``interviews_codebook/framework.csv``.
    rows : {'body', 'transcript', 'speaker'}, default 'body'
        What a case is. A speaker is one person in one transcript.
    columns : {'theme', 'code'} or iterable of str, default 'theme'
        All themes, all codes, or ids of codes. What is below a code counts as the code.
    coder : str, optional
        Whose codings; by default those of ``coder`` in ``study.yaml``, else everybody's.
    choose : {'all', 'longest', 'shortest', 'typical', 'spread'}, default 'all'
        Which quotes of each cell are given, and in what order, as for `quote_table`.
    most : int, optional
        At most so many quotes of each cell. Counts are of all of them.

    Returns
    -------
    pandas.DataFrame
        The frame ``framework``, a row a cell, empty ones too: cases in natural order, within them
        columns in the order asked for. ``people`` are distinct speakers of distinct transcripts,
        ``contrary_people`` those with a contrary coding (`is_contrary`). ``coding_ids``,
        ``quotes`` and ``sources`` go together, an entry a quote; words coded twice are one quote,
        under the id of the first coding. ``stale`` is true where there is a summary that was not
        written on these very codings, or nobody knows on which.

    Raises
    ------
    UnknownCodeError
        If there is no such code.
    UnknownValueError
        If `rows`, `choose` or `most` is something else, or nobody of that name coded.
    StudyError
        If the summaries cannot be read.

    Notes
    -----
    Framework analysis sets the data in a matrix of cases and codes and summarises each cell in
    the analyst's words, with references to the quotes, so that one can read along a case and down
    a theme [1]_ [2]_. A summary written on one coder's codings is stale beside another's: give
    the same `coder`.

    References
    ----------
    .. [1] J. Ritchie and L. Spencer (1994), "Qualitative data analysis for applied policy
       research", in A. Bryman and R. G. Burgess (eds), Analyzing Qualitative Data, 173-194.
    .. [2] N. K. Gale, G. Heath, E. Cameron, S. Rashid and S. Redwood (2013), "Using the framework
       method for the analysis of qualitative data in multi-disciplinary health research", BMC
       Medical Research Methodology 13:117.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> matrix = framework_matrix(example_study(), coder="ann")
    >>> matrix[["case", "theme", "codings", "people", "summary"]].head(4)
         case     theme  codings  people summary
    0  Ward 1      Rest        3       1
    1  Ward 1  Staffing        0       0
    2  Ward 1       Pay        0       0
    3  Ward 2      Rest        1       1
    >>> matrix["sources"][0][0]
    'Night nurse, Ward 1, ward-1, 00:00:09, turn 2'
    """
    layout = lay_out(study, rows=rows, columns=columns, coder=coder, choose=choose, most=most)
    written = by_cell(summaries_of(study), rows, study.codebook)
    return make_frame(
        "framework",
        [
            {"kind": rows, "case": case, "theme_id": code_id}
            | {"theme": study.codebook.path_of(code_id)}
            | _row(layout.cell(case, code_id), written.get((case, code_id), []))
            for case in layout.cases
            for code_id in layout.codes
        ],
    )


def _row(cell: Cell, summaries: list[Summary]) -> dict[str, Any]:
    """Make what is known of one cell."""
    return {
        "codings": cell.codings,
        "people": cell.people,
        "contrary_people": cell.contrary_people,
        "coding_ids": list(cell.coding_ids),
        "quotes": list(cell.quotes),
        "sources": list(cell.sources),
        "fingerprint": cell.fingerprint,
        **text_of(summaries, cell),
    }


def text_of(summaries: list[Summary], cell: Cell) -> dict[str, Any]:
    """Say what is written on a cell, by whom and when, and whether on these codings."""
    return {
        "summary": "\n\n".join(one.summary for one in summaries),
        "by": "; ".join(dict.fromkeys(one.by for one in summaries if one.by)),
        "at": max((one.at for one in summaries if one.at is not None), default=None),
        "stale": bool(summaries) and [one.codings for one in summaries] != [cell.fingerprint],
    }
