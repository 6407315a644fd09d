"""Folding again what a transaction has touched: nodes and relationships from their claims."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.facts import Attributed, BatchHeader, ClaimT, Edge, EdgeClaim, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.neo4j.batches import headers_of
from graph.neo4j.connections import done, many
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.rows import Map, edge_claim_of, edge_map, node_claim_of, node_map

CHUNK = 1_000  # faster than 5,000, measured

T = TypeVar("T")


@dataclass(slots=True)
class Touched:
    """Ids of the nodes to be folded again, and of the edges, with their types."""

    nodes: set[str] = field(default_factory=set)
    edges: dict[str, str] = field(default_factory=dict)


def fold_new(
    transaction: ManagedTransaction,
    cypher: Cypher,
    header: BatchHeader,
    *,
    nodes: Sequence[NodeClaim],
    edges: Sequence[EdgeClaim],
) -> None:
    """Make nodes and edges that only the batch with this header claims; they are given by id."""
    for some in in_chunks(nodes):
        folded = [fold_node([Attributed(claim, header)]) for claim in some]
        done(transaction, cypher.create_nodes, rows=[[node.labels, node_map(node)] for node in folded])
    for type_, of_type in _by_type(edges):
        for others in in_chunks(of_type):
            made = [fold_edge([Attributed(claim, header)]) for claim in others]
            rows = [[edge.source, edge.target, edge_map(edge)] for edge in made]
            done(transaction, cypher.create_edges(type_), rows=rows)


def fold_touched(transaction: ManagedTransaction, cypher: Cypher, touched: Touched) -> None:
    """Bring nodes and edges that were touched up to their claims; facts without claims go, edges before their ends."""
    headers: dict[str, BatchHeader] = {}
    for some in in_chunks(sorted(touched.edges)):
        stated = edge_claims_of(transaction, cypher, some, headers=headers)
        _refold_edges(transaction, cypher, [fold_edge(claims) for claims in stated.values()])
        gone = sorted((touched.edges[id_], id_) for id_ in some if id_ not in stated)
        for type_, pairs in groupby(gone, key=lambda pair: pair[0]):
            done(transaction, cypher.delete_edges(type_), ids=[id_ for _, id_ in pairs])
    for others in in_chunks(sorted(touched.nodes)):
        found = node_claims_of(transaction, cypher, others, headers=headers)
        nodes = [fold_node(claims) for claims in found.values()]
        done(transaction, cypher.update_nodes, rows=[[node.id, node.labels, node_map(node)] for node in nodes])
        done(transaction, cypher.delete_nodes, ids=[id_ for id_ in others if id_ not in found])


def node_claims_of(
    transaction: ManagedTransaction, cypher: Cypher, nodes: Sequence[str], *, headers: dict[str, BatchHeader]
) -> dict[str, list[Attributed[NodeClaim]]]:
    """Claims of nodes by their ids; nodes that nobody claims are left out. `headers` keeps what was read before."""
    rows = many(transaction, cypher.claims_of_facts(NODE_CLAIM), ids=[*nodes])
    made = ((row["batch"], node_claim_of(row["fact"], row["said"])) for row in rows)
    return _attributed(list(made), _completed(transaction, cypher, headers, {row["batch"] for row in rows}))


def edge_claims_of(
    transaction: ManagedTransaction, cypher: Cypher, edges: Sequence[str], *, headers: dict[str, BatchHeader]
) -> dict[str, list[Attributed[EdgeClaim]]]:
    """Claims of edges by their ids; edges that nobody claims are left out. `headers` keeps what was read before."""
    rows = many(transaction, cypher.claims_of_facts(EDGE_CLAIM), ids=[*edges])
    made = ((row["batch"], edge_claim_of(row["fact"], row["said"])) for row in rows)
    return _attributed(list(made), _completed(transaction, cypher, headers, {row["batch"] for row in rows}))


def in_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, as many at a time as a statement takes."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _refold_edges(transaction: ManagedTransaction, cypher: Cypher, edges: Sequence[Edge]) -> None:
    for type_, of_type in _by_type(edges):
        rows: list[list[str | Map]] = [[edge.id, edge_map(edge)] for edge in of_type]
        done(transaction, cypher.update_edges(type_), rows=rows)


EdgeT = TypeVar("EdgeT", Edge, EdgeClaim)


def _by_type(edges: Iterable[EdgeT]) -> Iterator[tuple[str, Iterator[EdgeT]]]:
    return groupby(sorted(edges, key=attrgetter("type", "id")), key=attrgetter("type"))


def _completed(
    transaction: ManagedTransaction, cypher: Cypher, headers: dict[str, BatchHeader], batches: Collection[str]
) -> dict[str, BatchHeader]:
    headers |= headers_of(transaction, cypher, batches - headers.keys())
    return headers


def _attributed(
    claims: Iterable[tuple[str, ClaimT]], headers: dict[str, BatchHeader]
) -> dict[str, list[Attributed[ClaimT]]]:
    """Claims by their facts; one whose batch went between two statements has gone with it."""
    found: dict[str, list[Attributed[ClaimT]]] = {}
    for batch, claim in claims:
        if batch in headers:
            found.setdefault(claim.id, []).append(Attributed(claim, headers[batch]))
    return found
