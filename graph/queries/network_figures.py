"""Figures of a network's nodes: who stands between others, who is important, who belongs together.

Nodes are numbers from 0; ties are given as arrays of their two ends and their weights. Figures are the same each time.
"""

import random
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Figures: TypeAlias = NDArray[np.float64]

SEED = 20220518
"""Seed of communities and samples; any fixed number would do."""
EXACT_NODES = 2_000
"""Betweenness is exact up to so many nodes; of more, it is estimated from `PIVOTS` of them."""
PIVOTS = 200
_DAMPING = 0.85
_CLOSE_ENOUGH = 1e-10
_MOST_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Arcs:
    """The ties of a network, each in both directions: those of node n stand from `offsets[n]` to `offsets[n + 1]`."""

    offsets: Numbers
    targets: Numbers

    @classmethod
    def of(cls, count: int, sources: Numbers, targets: Numbers) -> "Arcs":
        """Each pair of neighbours once a direction, in order."""
        both = np.concatenate([sources * count + targets, targets * count + sources])
        both = np.unique(both)
        ends = both // count
        return cls(np.searchsorted(ends, np.arange(count + 1)), both % count)

    def of_nodes(self, nodes: Numbers) -> tuple[Numbers, Numbers]:
        """Source and target of all arcs that leave these nodes."""
        starts, counts = self.offsets[nodes], self.offsets[nodes + 1] - self.offsets[nodes]
        shifts = np.repeat(starts - np.cumsum(counts) + counts, counts)
        return np.repeat(nodes, counts), self.targets[shifts + np.arange(counts.sum())]


def betweenness(count: int, sources: Numbers, targets: Numbers) -> tuple[Figures, bool]:
    """For each node the share of shortest ways between two others that lead through it, and whether it is an estimate.

    Ties are read undirected and without weight. Method: Brandes 2001, a whole level of the search at a time; of more
    than 2,000 nodes by 200 of them as starts (Brandes and Pich 2007), chosen with a fixed seed.
    """
    is_sampled = count > EXACT_NODES
    starts = random.Random(SEED).sample(range(count), PIVOTS) if is_sampled else range(count)
    total: Figures = np.zeros(count)
    if count > 2:
        arcs = Arcs.of(count, sources, targets)
        for start in starts:
            total += _dependencies(arcs, start, count)
        total /= (count - 1) * (count - 2) * len(starts) / count
    return total, is_sampled


def _dependencies(arcs: Arcs, start: int, count: int) -> Figures:
    """How much the ways from a start depend on each node."""
    distance: Numbers = np.full(count, -1)
    ways: Figures = np.zeros(count)
    distance[start], ways[start] = 0, 1
    front: Numbers = np.array([start])
    levels: list[tuple[Numbers, Numbers]] = []
    while front.size:
        before, after = arcs.of_nodes(front)
        is_new = distance[after] < 0
        distance[after[is_new]] = len(levels) + 1
        is_next = distance[after] == len(levels) + 1
        before, after = before[is_next], after[is_next]
        ways += np.bincount(after, weights=ways[before], minlength=count)
        levels.append((before, after))
        front = np.unique(after)
    found: Figures = np.zeros(count)
    for before, after in reversed(levels):
        shares = ways[before] / ways[after] * (1 + found[after])
        found += np.bincount(before, weights=shares, minlength=count)
    found[start] = 0
    return found


def pagerank(count: int, sources: Numbers, targets: Numbers, weights: Figures) -> Figures:
    """The PageRank (damping 0.85) of each node along weighted arcs, 1 in sum; those of undirected ties stand twice."""
    if not count:
        return np.zeros(0)
    rank: Figures = np.full(count, 1 / count)
    out = np.bincount(sources, weights=weights, minlength=count)
    is_end = out == 0
    shares = weights / out[sources]
    for _ in range(_MOST_ROUNDS):
        passed = np.bincount(targets, weights=shares * rank[sources], minlength=count)
        following: Figures = (1 - _DAMPING) / count + _DAMPING * (passed + rank[is_end].sum() / count)
        if np.abs(following - rank).sum() < _CLOSE_ENOUGH:
            return following
        rank = following
    return rank


def communities(count: int, sources: Numbers, targets: Numbers, weights: Figures) -> list[int]:
    """Community of each node by the Louvain method (networkx), numbered from the largest, then by smallest node."""
    if not count:
        return []
    pairs, which = np.unique(np.minimum(sources, targets) * count + np.maximum(sources, targets), return_inverse=True)
    summed = np.bincount(which, weights=weights)  # two policies may name each other
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(
        zip((pairs // count).tolist(), (pairs % count).tolist(), summed.tolist(), strict=True)
    )
    found = [sorted(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=SEED)]
    community = [0] * count
    for number, group in enumerate(sorted(found, key=lambda group: (-len(group), group[0]))):
        for node in group:
            community[node] = number
    return community
