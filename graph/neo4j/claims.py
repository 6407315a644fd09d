"""Claims of facts, with the headers of the batches that state them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from graph.facts import Attributed, BatchHeader, ClaimT, EdgeClaim, NodeClaim
from graph.neo4j.batches import headers_of
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.rows import edge_claim_of, node_claim_of

CHUNK = 1_000  # faster than 5,000, measured

T = TypeVar("T")
Headers = dict[str, BatchHeader]


def node_claims_of(
    ask: Ask, cypher: Cypher, nodes: Sequence[str], headers: Headers | None = None
) -> dict[str, list[Attributed[NodeClaim]]]:
    """Claims of nodes by their ids; nodes that nobody claims are left out. What is read joins the `headers` known."""
    if not nodes:
        return {}
    rows = ask(cypher.claims_of_facts(NODE_CLAIM), ids=[*nodes])
    made = [(batch, node_claim_of(fact, said)) for fact, said, batch in rows]
    return _attributed(ask, cypher, made, {} if headers is None else headers)


def edge_claims_of(
    ask: Ask, cypher: Cypher, edges: Sequence[str], headers: Headers | None = None
) -> dict[str, list[Attributed[EdgeClaim]]]:
    """Claims of edges by their ids; edges that nobody claims are left out. What is read joins the `headers` known."""
    if not edges:
        return {}
    rows = ask(cypher.claims_of_facts(EDGE_CLAIM), ids=[*edges])
    made = [(batch, edge_claim_of(fact, said)) for fact, said, batch in rows]
    return _attributed(ask, cypher, made, {} if headers is None else headers)


def in_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, as many at a time as a statement takes."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _attributed(
    ask: Ask, cypher: Cypher, claims: Sequence[tuple[str, ClaimT]], known: Headers
) -> dict[str, list[Attributed[ClaimT]]]:
    """Claims by their facts; one whose batch went between two statements has gone with it."""
    if missing := {batch for batch, _ in claims} - known.keys():
        known.update(headers_of(ask, cypher, missing))
    found: dict[str, list[Attributed[ClaimT]]] = {}
    for batch, claim in claims:
        if batch in known:
            found.setdefault(claim.id, []).append(Attributed(claim, known[batch]))
    return found


def by_type(typed: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """What comes with its type, by types."""
    found: dict[str, list[T]] = {}
    for type_, one in typed:
        found.setdefault(type_, []).append(one)
    return found
