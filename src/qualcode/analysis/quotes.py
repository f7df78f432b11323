"""Quotes for a table: all of a theme's or a code's, or the ones chosen by a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualcode.analysis._place import place_of
from qualcode.analysis._spans import count_words, join_coders, rank_typical, without_overlaps
from qualcode.errors import UnknownCodeError, UnknownValueError, clip
from qualcode.frames import make_frame
from qualcode.study._filters import unknown_value

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.model import Transcript

__all__ = ["quote_table", "starred"]


def quote_table(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    theme: str | None = None,
    code: str | None = None,
    choose: str = "all",
    most: int | None = None,
    coding_ids: Iterable[str] | None = None,
    corpus: Mapping[str, Transcript] | None = None,
    footnotes: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """List quotes with who said them and where.

    Words that several coders, or several codes of one theme, mark with the same span are one
    quote.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    codebook : Codebook
        The codes.
    theme, code : str, optional
        Only the quotes of this theme, or of this code and those below it.
    choose : {'all', 'longest', 'shortest', 'typical', 'spread'}, default 'all'
        Which quotes of each theme, and in what order. ``all``: as they stand in the transcripts.
        ``longest``, ``shortest``: by words. ``typical``: those nearest in their words to the
        theme's other quotes (see Notes). ``spread``: the most typical of each body, then the
        next of each, so that every body is heard before any is heard twice. Except with ``all``,
        of quotes that share words only the first in that order is kept.
    most : int, optional
        At most so many quotes of each theme.
    coding_ids : iterable of str, optional
        Only the quotes with these codings, in this order, all of them: `choose` and `most` must
        not be given.
    corpus : mapping of str to Transcript, optional
        The transcripts, such as ``study.corpus``, so that ``place`` gives the time.
    footnotes : mapping of str to str, optional
        Id of a coding -> number of the footnote under which a report prints the quote.

    Returns
    -------
    pandas.DataFrame
        The frame ``quote_table``, themes in the order of the codebook. ``coder`` and
        ``code_path`` join several with ``; ``; ``coding_id`` is the first coding's.

    Raises
    ------
    UnknownCodeError
        If there is no such theme or code.
    UnknownValueError
        If `choose` is something else, `most` is negative, or a coding id is not in `segments`.

    Notes
    -----
    A quote is typical if the mean cosine similarity between its TF-IDF vector and those of the
    theme's other quotes is high [1]_. Quotes whose number of words lies between the quartiles
    come first, since the similarity of very short and very long ones says little.

    References
    ----------
    .. [1] G. Salton and C. Buckley (1988), "Term-weighting approaches in automatic text
       retrieval", Information Processing & Management 24(5), 513-523.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> table = quote_table(study.segments(), study.codebook, theme="staffing", corpus=study.corpus)
    >>> table[["quote", "place", "coder"]]
                                 quote                     place     coder
    0  two of us for twenty-eight beds  ward-2, 00:00:21, turn 2  ann; ben
    1           I cannot fill the rota  ward-3, 00:00:07, turn 2       ben
    """
    _check_options(choose, most, coding_ids)
    wanted = segments[segments["code_id"].isin(_codes(codebook, theme, code))]
    quotes = join_coders(wanted)
    if coding_ids is not None:
        return _finish(_by_ids(quotes, list(coding_ids)), codebook, corpus, footnotes)
    rank = _RANKS[choose]
    by_theme = dict(iter(quotes.groupby("theme_id", sort=False)))
    chosen = [
        rank(by_theme[theme.id]).head(most if most is not None else len(quotes))
        for theme in codebook.themes
        if theme.id in by_theme
    ]
    return _finish(pd.concat(chosen) if chosen else quotes, codebook, corpus, footnotes)


def starred(segments: pd.DataFrame, stars: pd.DataFrame) -> pd.DataFrame:
    """Keep the segments that were picked with a star, for a quote table.

    Parameters
    ----------
    segments : pandas.DataFrame
        The frame ``segments``.
    stars : pandas.DataFrame
        The frame ``stars``, as `qualcode.read_stars` gives it.

    Returns
    -------
    pandas.DataFrame
        The frame ``segments``, in the same order. Stars whose coding is gone find nothing.

    Examples
    --------
    >>> from qualcode.study.example import example_study
    >>> from qualcode.frames import empty_frame
    >>> study = example_study()
    >>> segments = study.segments()
    >>> stars = empty_frame("stars").assign(coding_id=segments["coding_id"].head(2))
    >>> quote_table(starred(segments, stars), study.codebook)["quote"].tolist()
    ['My break is a biscuit at the drug trolley', 'Then nothing until six']
    """
    return segments[segments["coding_id"].isin(stars["coding_id"])].reset_index(drop=True)


def _check_options(choose: str, most: int | None, coding_ids: Iterable[str] | None) -> None:
    if choose not in _RANKS:
        raise UnknownValueError(f"choose={choose!r}", mend=f"use one of {', '.join(_RANKS)}")
    if most is not None and most < 0:
        raise UnknownValueError(f"most={most}", mend="give how many quotes, 0 or more")
    if coding_ids is not None and (choose != "all" or most is not None):
        mend = "leave choose= and most= out"
        raise UnknownValueError("coding_ids= chooses the quotes itself", mend=mend)


def _codes(codebook: Codebook, theme: str | None, code: str | None) -> set[str]:
    """Give the ids of the codes asked for."""
    ids = {one.id for one in codebook}
    if theme is not None:
        if codebook.depth_of(theme):
            what = f"{clip(theme)!r} is a code, not a theme"
            raise UnknownCodeError(what, mend=f"give it as code={theme!r}")
        ids &= set(codebook.descendants(theme))
    if code is not None:
        ids &= set(codebook.descendants(code))
    return ids


def _by_ids(quotes: pd.DataFrame, wanted: list[str]) -> pd.DataFrame:
    """Choose the quotes that hold the codings, in the order they are asked for."""
    row_of = {one: row for row, ids in enumerate(quotes["coding_ids"].tolist()) for one in ids}
    for coding_id in wanted:
        if coding_id not in row_of:
            raise unknown_value(coding_id, row_of, what="coding_id of these segments")
    return quotes.iloc[[row_of[one] for one in wanted]].assign(coding_id=wanted)


def _by_length(quotes: pd.DataFrame, *, longest: bool) -> pd.DataFrame:
    lengths = pd.DataFrame(
        {"words": count_words(quotes["quote"]), "letters": quotes["quote"].str.len()}
    )
    order = lengths.sort_values(["words", "letters"], ascending=not longest, kind="stable").index
    return without_overlaps(quotes.loc[order])


def _typical(quotes: pd.DataFrame) -> pd.DataFrame:
    return without_overlaps(rank_typical(quotes))


def _spread(quotes: pd.DataFrame) -> pd.DataFrame:
    """Let each body speak in turn, in the order of their most typical quotes."""
    ranked = _typical(quotes)
    turn = ranked.groupby("body", sort=False).cumcount()
    return ranked.loc[turn.sort_values(kind="stable").index]


_RANKS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "all": lambda quotes: quotes,
    "longest": lambda quotes: _by_length(quotes, longest=True),
    "shortest": lambda quotes: _by_length(quotes, longest=False),
    "typical": _typical,
    "spread": _spread,
}


def _finish(
    quotes: pd.DataFrame,
    codebook: Codebook,
    corpus: Mapping[str, Transcript] | None,
    footnotes: Mapping[str, str] | None,
) -> pd.DataFrame:
    """Make the frame of the chosen quotes."""
    numbers = footnotes or {}
    notes = [
        dict.fromkeys(str(numbers[one]) for one in ids if one in numbers)
        for ids in quotes["coding_ids"].tolist()
    ]
    places = [quotes[name].tolist() for name in ("transcript_id", "turn", "start")]
    same = ("coding_id", "code_path", "quote", "speaker", "role", "body", "coder")
    columns: dict[str, Any] = {name: quotes[name].to_numpy() for name in same}
    columns["theme"] = [codebook[theme_id].name for theme_id in quotes["theme_id"].tolist()]
    columns["place"] = [
        place_of(name, turn, start, corpus) for name, turn, start in zip(*places, strict=True)
    ]
    columns["footnote"] = [", ".join(several) for several in notes]
    return make_frame("quote_table", columns)
