"""Reading nodes, edges, claims and evidence in a transaction."""

from collections.abc import Collection, Sequence

from pydantic_core import from_json

from graph.asked import Filters
from graph.facts import Attributed, Edge, EdgeClaim, Evidence, Fact, Node, NodeClaim, Value
from graph.fold import fold_edge, fold_node
from graph.neo4j.claims import CHUNK, edge_claims_of, in_chunks, node_claims_of
from graph.neo4j.connections import Runs, asking, many, rows_of
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.neo4j.rows import edge_claim_of, edge_of, header_of, node_claim_of, node_of, storable
from graph.store import EVIDENCE_SHOWN, Counts, Direction, Step
from ontology import registry


def nodes_by_id(transaction: Runs, cypher: Cypher, ids: Collection[str]) -> dict[str, Node]:
    """The nodes of these ids that are there."""
    found = [
        node_of(stored)
        for some in in_chunks(sorted(set(ids)))
        for (stored,) in rows_of(transaction, cypher.nodes, ids=some)
    ]
    return {node.id: node for node in found}


def edges_by_id(transaction: Runs, cypher: Cypher, ids: Collection[str]) -> dict[str, Edge]:
    """The edges of these ids that are there."""
    found = [
        edge_of(*row) for some in in_chunks(sorted(set(ids))) for row in rows_of(transaction, cypher.edges, ids=some)
    ]
    return {edge.id: edge for edge in found}


def list_nodes(
    transaction: Runs,
    cypher: Cypher,
    labels: Sequence[str],
    filters: Filters,
    *,
    after: str,
    limit: int,
) -> list[Node]:
    """Nodes of just these classes that fit every filter, by id."""
    statement = cypher.list_nodes(filters)
    found = rows_of(transaction, statement, labels=[*labels], after=after, limit=limit, **_wanted(filters))
    return sorted((node_of(stored) for (stored,) in found), key=lambda node: node.id)


def values(
    transaction: Runs,
    cypher: Cypher,
    labels: Sequence[str],
    property_: str,
    *,
    filters: Filters,
    limit: int | None,
) -> dict[str, Value | None]:
    """A property of the nodes of just these classes that fit every filter, by their ids."""
    statement = cypher.values(property_, filters, is_limited=limit is not None)
    found = rows_of(transaction, statement, labels=[*labels], limit=limit, **_wanted(filters))
    return {id_: from_json(exact or "{}").get(property_, value) for id_, value, exact in sorted(found)}


def distinct(transaction: Runs, cypher: Cypher, labels: Sequence[str], property_: str) -> list[Value | None]:
    """The different values of a property in just these classes, members of lists apart, None where it is missing."""
    return [value for (value,) in rows_of(transaction, cypher.distinct(property_), labels=[*labels])]


def list_edges(transaction: Runs, cypher: Cypher, type_: str | None, *, after: str, limit: int) -> list[Edge]:
    """Edges of the type or of all types, by id."""
    types = registry.relation_types() if type_ is None else [type_]
    found = rows_of(transaction, cypher.list_edges(types), after=after, limit=limit)
    return sorted((edge_of(*row) for row in found), key=lambda edge: edge.id)


def expand(
    transaction: Runs,
    cypher: Cypher,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None,
) -> list[Edge]:
    """Edges at any node of the set, each once, by id; at most the first `limit_each` by id of each node of the set."""
    if types is not None and not types:
        return []
    statement = cypher.expand(types, direction, is_limited=limit_each is not None)
    found: dict[str, Edge] = {}
    for some in in_chunks(sorted(set(ids))):
        edges = [edge_of(*row) for row in rows_of(transaction, statement, ids=some, limit_each=limit_each)]
        found |= {edge.id: edge for edge in edges}
    return [found[id_] for id_ in sorted(found)]


def steps(
    transaction: Runs,
    cypher: Cypher,
    ids: Collection[str],
    types: Sequence[str] | None,
    *,
    direction: Direction,
    limit_each: int | None,
) -> list[Step]:
    """What `expand` finds, without properties and evidence."""
    if types is not None and not types:
        return []
    statement = cypher.steps(types, direction, is_limited=limit_each is not None)
    chunks = in_chunks(sorted(set(ids)))
    return sorted(
        {Step(*row) for some in chunks for row in rows_of(transaction, statement, ids=some, limit_each=limit_each)}
    )


def claims_of_node(
    transaction: Runs, cypher: Cypher, node: str, *, after: str, limit: int
) -> list[Attributed[NodeClaim]]:
    """Claims of a node by the id of their batch."""
    found = rows_of(transaction, cypher.claims(NODE_CLAIM), fact=node, after=after, limit=limit)
    claims = [Attributed(node_claim_of(node, said), header_of(header)) for said, header in found]
    return sorted(claims, key=lambda claim: claim.header.id)


def claims_of_edge(
    transaction: Runs, cypher: Cypher, edge: str, *, after: str, limit: int
) -> list[Attributed[EdgeClaim]]:
    """Claims of an edge by the id of their batch."""
    found = rows_of(transaction, cypher.claims(EDGE_CLAIM), fact=edge, after=after, limit=limit)
    claims = [Attributed(edge_claim_of(edge, said), header_of(header)) for said, header in found]
    return sorted(claims, key=lambda claim: claim.header.id)


def all_evidence(transaction: Runs, cypher: Cypher, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
    """All evidence of nodes and edges of these ids, in the order of the fold."""
    nodes = nodes_by_id(transaction, cypher, facts)
    edges = edges_by_id(transaction, cypher, set(facts) - nodes.keys())
    shown: dict[str, Fact] = {**nodes, **edges}
    found = {id_: fact.evidence for id_, fact in shown.items()}
    cut = [id_ for id_, fact in shown.items() if fact.evidence_total > EVIDENCE_SHOWN]
    for some in in_chunks(cut):
        stated = node_claims_of(asking(transaction), cypher, [id_ for id_ in some if id_ in nodes])
        found |= {id_: fold_node(claims).evidence for id_, claims in stated.items()}
        said = edge_claims_of(asking(transaction), cypher, [id_ for id_ in some if id_ in edges])
        found |= {id_: fold_edge(claims).evidence for id_, claims in said.items()}
    return {id_: found[id_] for id_ in sorted(found)}


def claims_of_batch(transaction: Runs, cypher: Cypher, batch: str, *, kind: str, after: str) -> list[tuple[str, str]]:
    """The next facts that a batch claims behind another, and what it says of them."""
    found = rows_of(transaction, cypher.claims_of_batch(kind), id=batch, after=after, limit=CHUNK)
    return sorted((fact, said) for fact, said in found)


def counts(transaction: Runs, cypher: Cypher) -> Counts:
    """Numbers of nodes by label, edges by type, claims, batches by kind."""
    found = {
        what: {record["name"]: record["number"] for record in many(transaction, statement) if record["number"]}
        for what, statement in cypher.counts()
    }
    ordered = {what: {name: numbers[name] for name in sorted(numbers)} for what, numbers in found.items()}
    claims = sum(ordered["claims"].values())
    return Counts(nodes=ordered["nodes"], edges=ordered["edges"], claims=claims, batches=ordered["batches"])


def _wanted(filters: Filters) -> dict[str, object]:
    """The parameters of the filters."""
    return {f"filter_{name}": _comparable(wanted) for name, wanted in filters.items()}


def _comparable(wanted: Sequence[str | int | float]) -> list[object]:
    """The values to look for; true and 1 are one, as they are for the embedded store."""
    values = [storable(value) for value in wanted]
    truths = [bool(value) for value in values if value in (0, 1)]
    numbers = [int(value) for value in values if isinstance(value, bool)]
    return [value for value in (*values, *truths, *numbers) if value is not None]
