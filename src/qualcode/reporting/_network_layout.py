"""Where the codes of a network stand: near to what they are often related to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["layout"]


def layout(
    edges: pd.DataFrame, ids: list[str], value: str, rng: np.random.Generator | None
) -> dict[str, tuple[float, float]]:
    """Place codes by Kamada and Kawai (1989): stronger relations are shorter, 0 to 1."""
    import networkx as nx
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    strongest = float(edges[value].max()) if len(edges) else 1.0
    ends = (edges[name] for name in ("first_id", "second_id", value))
    for first, second, number in zip(*ends, strict=True):
        far = 2.0 - float(number) / strongest  # from 1 to 2
        known = graph.get_edge_data(first, second, {"far": far})["far"]
        graph.add_edge(first, second, far=min(far, known))
    start = None
    if rng is not None:
        start = {one: rng.random(2) for one in ids}
    paths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="far"))
    furthest = max((d for some in paths.values() for d in some.values()), default=1.0)
    apart = {a: {b: paths[a].get(b, furthest + 1) for b in ids} for a in ids}
    found = nx.kamada_kawai_layout(graph, dist=apart, pos=start) if len(ids) > 1 else {}
    table = np.array([found.get(one, (0.5, 0.5)) for one in ids]).reshape(-1, 2)
    return {one: (float(x), float(y)) for one, (x, y) in zip(ids, _evened(table), strict=True)}


def _evened(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale to 0 to 1, half by place and half by rank, so that the middle is not crowded.

    Two decimals: what is drawn does not hang on how a machine rounds.
    """
    import numpy as np

    if len(table) < 2:
        return table
    size = np.ptp(table, axis=0)
    places = (table - table.min(axis=0)) / np.where(size > 0, size, 1)
    ranks = np.argsort(np.argsort(np.round(places, 4), axis=0, kind="stable"), axis=0)
    evened: NDArray[np.float64] = np.round((places + ranks / (len(table) - 1)) / 2, 2)
    return evened
