"""Claims of facts, with the headers of the batches that state them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from graph.facts import Attributed, BatchHeader, ClaimT, EdgeClaim, NodeClaim
from graph.neo4j.batches import headers_of
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.rows import edge_claim_of, node_claim_of

CHUNK = 1_000  # faster than 5,000, measured

T = TypeVar("T")
Headers = Mapping[str, BatchHeader]


def node_claims_of(
    ask: Ask, cypher: Cypher, nodes: Sequence[str], headers: Headers | None = None
) -> dict[str, list[Attributed[NodeClaim]]]:
    """Claims of nodes by their ids; nodes that nobody claims are left out. `headers` are those known already."""
    if not nodes:
        return {}
    rows = ask(cypher.claims_of_facts(NODE_CLAIM), ids=[*nodes])
    made = [(batch, node_claim_of(fact, said)) for fact, said, batch in rows]
    return _attributed(ask, cypher, made, headers or {})


def edge_claims_of(
    ask: Ask, cypher: Cypher, edges: Sequence[str], headers: Headers | None = None
) -> dict[str, list[Attributed[EdgeClaim]]]:
    """Claims of edges by their ids; edges that nobody claims are left out. `headers` are those known already."""
    if not edges:
        return {}
    rows = ask(cypher.claims_of_facts(EDGE_CLAIM), ids=[*edges])
    made = [(batch, edge_claim_of(fact, said)) for fact, said, batch in rows]
    return _attributed(ask, cypher, made, headers or {})


def in_chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, as many at a time as a statement takes."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _attributed(
    ask: Ask, cypher: Cypher, claims: Sequence[tuple[str, ClaimT]], known: Headers
) -> dict[str, list[Attributed[ClaimT]]]:
    """Claims by their facts; one whose batch went between two statements has gone with it."""
    missing = {batch for batch, _ in claims} - known.keys()
    headers = {**known, **(headers_of(ask, cypher, missing) if missing else {})}
    found: dict[str, list[Attributed[ClaimT]]] = {}
    for batch, claim in claims:
        if batch in headers:
            found.setdefault(claim.id, []).append(Attributed(claim, headers[batch]))
    return found
