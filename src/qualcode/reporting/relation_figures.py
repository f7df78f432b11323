"""Figures of relations: codes by codes, codes as a network, codes along an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.reporting._canvas import house_style

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes

    from qualcode.coding.codebook import Codebook

__all__ = ["plot_network", "plot_relations", "plot_sequence"]


def plot_relations(
    relations: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    value: str = "pairs",
    most: int = 30,
    ax: Axes | None = None,
) -> Axes:
    """Draw codes by codes, darker where they are related more often, with the numbers in the cells.

    Parameters
    ----------
    relations : pandas.DataFrame
        The frame ``code_relations``, of one coder and one kind.
    segments : pandas.DataFrame
        The frame ``segments`` that it was made of, for the caption.
    value : {'pairs', 'interviews', 'bodies', 'jaccard', 'c'}, default 'pairs'
        What the numbers are; the last two in hundredths.
    most : int, default 30
        At most so many codes: those with the largest numbers.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Codes that go together stand beside each other. An asterisk marks what the test finds
        (``q`` at most .05), if it was made.

    Raises
    ------
    UnknownValueError
        If `value` is something else, or there is more than one coder, kind or level.

    Notes
    -----
    The order is that of the leaves of a tree by average linkage, on numbers divided by the root
    of the product of the two codes' sums, turned so that neighbours are near [1]_.

    References
    ----------
    .. [1] Z. Bar-Joseph, D. K. Gifford and T. S. Jaakkola (2001), "Fast optimal leaf ordering for
       hierarchical clustering", Bioinformatics 17, S22-S29.

    Examples
    --------
    >>> from qualcode.analysis.relations.relations import code_relations
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> segments = study.segments(coder="ann")
    >>> relations = code_relations(segments, study.codebook, kind="turn")
    >>> " ".join(plot_relations(relations, segments).get_title(loc="left").split())
    'Rest and Breaks meet most often in the same turn: once'
    """
    from qualcode.reporting._relation_matrix import draw_relations
    from qualcode.reporting._relation_words import refuse

    refuse(relations, value)
    with house_style():
        return draw_relations(relations, segments, value=value, most=most, ax=ax)


def plot_network(
    relations: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    value: str = "pairs",
    most: int = 25,
    rng: np.random.Generator | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw codes as discs and the strongest relations as lines between them.

    Parameters
    ----------
    relations : pandas.DataFrame
        The frame ``code_relations``, of one coder and one kind, or some rows of it.
    segments : pandas.DataFrame
        The frame ``segments`` that it was made of, to count bodies.
    value : {'pairs', 'interviews', 'bodies', 'jaccard', 'c'}, default 'pairs'
        What the lines' numbers and widths are; the last two in hundredths.
    most : int, default 25
        At most so many lines: the strongest.
    rng : numpy.random.Generator, optional
        Where the layout starts from; by default from a circle, which is the same each time.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The larger a disc, the more bodies the code is heard in; the number stands below its name.
        No label covers another: a new figure grows until they have room.

    Raises
    ------
    UnknownValueError
        If `value` is something else, or there is more than one coder, kind or level.

    Notes
    -----
    The layout makes distances on the page like those in the graph [1]_; then labels are pushed
    apart. It shows what stands in the middle and what at the edge; the distances themselves mean
    little.

    References
    ----------
    .. [1] T. Kamada and S. Kawai (1989), "An algorithm for drawing general undirected graphs",
       Information Processing Letters 31(1), 7-15.

    Examples
    --------
    >>> from qualcode.analysis.relations.relations import code_relations
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> segments = study.segments(coder="ann")
    >>> relations = code_relations(segments, study.codebook, kind="order")
    >>> plot_network(relations, segments).get_title(loc="left")
    'After Rest comes most often Sleep by day: once'
    """
    from qualcode.reporting._network import draw_network
    from qualcode.reporting._relation_words import refuse

    refuse(relations, value)
    with house_style():
        return draw_network(relations, segments, value=value, most=most, rng=rng, ax=ax)


def plot_sequence(sequence: pd.DataFrame, codebook: Codebook, *, ax: Axes | None = None) -> Axes:
    """Draw one interview as a path through its codes, from left to right.

    Parameters
    ----------
    sequence : pandas.DataFrame
        The frame ``code_sequence``.
    codebook : Codebook
        The codes.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row for each code heard, in the order of the codebook; a path for each coder. Minutes from
        left to right, or turns where they have no time.

    Examples
    --------
    >>> from qualcode.analysis.relations.sequence import code_sequence
    >>> from qualcode.study.example import example_study
    >>> study = example_study()
    >>> sequence = code_sequence(study.segments(coder="ann"), study.corpus["ward-1"])
    >>> plot_sequence(sequence, study.codebook).get_title(loc="left")
    'ward-1 takes up 3 codes, each once'
    """
    from qualcode.reporting._sequence import draw_sequence

    with house_style():
        return draw_sequence(sequence, codebook, ax=ax)
