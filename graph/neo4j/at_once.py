"""Answers of the engine in one statement: what chains lie in, and shortest ways (`graph.queries.at_once`)."""

from collections.abc import Collection, Sequence
from functools import cache

from graph.facts import Edge, Node
from graph.neo4j import cypher_at_once
from graph.neo4j.connections import Runs, many, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import edge_of, node_of
from graph.store import Ways, WayStep

_NODE_COLUMNS = 1


def nodes_and_version(runs: Runs, cypher: Cypher, ids: Collection[str]) -> tuple[dict[str, Node], int]:
    """The nodes of these ids, and the version of the store; nothing and 0 where somebody has deleted it."""
    for found in many(runs, _nodes_and_version(cypher), ids=sorted(set(ids))):
        return {node.id: node for node in map(node_of, found["nodes"])}, int(found["version"])
    return {}, 0


def chain_part(
    transaction: Runs,
    cypher: Cypher,
    *,
    policies: Collection[str],
    measures: Collection[str],
    goals: Collection[str],
) -> tuple[list[Node], list[Edge]]:
    """All nodes and edges that chains lie in which begin at these nodes."""
    starts = {"policies": sorted(policies), "measures": sorted(measures), "goals": sorted(goals)}
    nodes: list[Node] = []
    edges: dict[str, Edge] = {}
    for (row,) in rows_of(transaction, _chain_part(cypher), **starts):
        if len(row) == _NODE_COLUMNS:
            nodes.append(node_of(row[0]))
        else:
            edge = edge_of(*row)
            edges[edge.id] = edge
    return nodes, list(edges.values())


def shortest_ways(
    transaction: Runs,
    cypher: Cypher,
    ends: tuple[str, str],
    *,
    types: Sequence[str],
    barred: Collection[str],
    max_hops: int,
) -> Ways | None:
    """The shortest ways between two nodes, with the nodes that a page of the first ones shows; None without a store."""
    statement = cypher_at_once.shortest_ways(cypher, types, max_hops)
    for version, number, rows in many(transaction, statement, one=ends[0], other=ends[1], barred=sorted(barred)):
        if number > cypher_at_once.MOST_WAYS:
            return Ways(version, None, ())
        nodes = [node_of(*row) for row in rows if len(row) == _NODE_COLUMNS]
        steps = [row for row in rows if len(row) > _NODE_COLUMNS]
        return Ways(version, [WayStep(before, after, edge_of(*edge)) for before, after, *edge in steps], nodes)
    return None


@cache
def _nodes_and_version(cypher: Cypher) -> str:
    return cypher_at_once.nodes_and_version(cypher)


@cache
def _chain_part(cypher: Cypher) -> str:
    return cypher_at_once.chain_part(cypher)
