"""Figures of networks, held against networkx and against what defines them."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries import network_figures
from graph.queries.network_figures import Numbers, betweenness, communities, pagerank

NODES = 12
PAIRS = st.sets(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda ends: ends[0] < ends[1]))


def ends_of(pairs: set[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    ordered = sorted(pairs)
    return np.array([a for a, _ in ordered], dtype=np.int64), np.array([b for _, b in ordered], dtype=np.int64)


@given(pairs=PAIRS)
def test_betweenness_is_that_of_networkx(pairs: set[tuple[int, int]]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(NODES))
    graph.add_edges_from(pairs)
    found, is_sampled = betweenness(NODES, *ends_of(pairs))
    expected = nx.betweenness_centrality(graph)
    assert not is_sampled
    assert found == pytest.approx([expected[node] for node in range(NODES)])


def test_betweenness_of_many_nodes_is_estimated_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.path_graph(41)
    sources, targets = ends_of({(a, b) for a, b in graph.edges})
    exact, _ = betweenness(len(graph), sources, targets)
    monkeypatch.setattr(network_figures, "EXACT_NODES", 10)
    monkeypatch.setattr(network_figures, "PIVOTS", 20)
    found, is_sampled = betweenness(len(graph), sources, targets)
    assert is_sampled and exact.argmax() == 20
    assert found == pytest.approx(exact, abs=0.1)
    assert np.array_equal(found, betweenness(len(graph), sources, targets)[0])


@given(pairs=PAIRS)
def test_pagerank_is_a_share_that_flows_along_the_arcs(pairs: set[tuple[int, int]]) -> None:
    sources, targets = ends_of(pairs)
    weights = np.arange(1.0, len(sources) + 1)
    rank = pagerank(NODES, sources, targets, weights)
    assert rank.sum() == pytest.approx(1) and rank.min() > 0
    out = {node: weights[sources == node].sum() for node in range(NODES)}
    lost = sum(rank[node] for node in range(NODES) if out[node] == 0)
    for node in range(NODES):
        into = zip(sources[targets == node], weights[targets == node], strict=True)
        passed = sum(rank[before] * weight / out[before] for before, weight in into) + lost / NODES
        assert rank[node] == pytest.approx(0.15 / NODES + 0.85 * passed, abs=1e-8)


def test_communities_are_numbered_from_the_largest() -> None:
    sources, targets = ends_of({(0, 1), (2, 3), (2, 4), (3, 4)})
    assert communities(5, sources, targets, np.ones(4)) == [1, 1, 0, 0, 0]
    assert communities(0, *ends_of(set()), np.ones(0)) == []
