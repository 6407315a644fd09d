"""One node in full: its cell, what sources say otherwise, and its neighbours."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.asked import check_types
from graph.errors import NotFound
from graph.facts import Attributed, Edge, Evidence, NodeClaim, Properties, Value
from graph.fold import disagreements
from graph.ids import digest
from graph.queries.cells import Cell, Piece, cell, presentable
from graph.queries.evidence import first_pieces, read_pieces, read_with_pieces, shown
from graph.queries.pages import EXACT_UP_TO, Page, cut
from graph.store import Direction, Step, Store
from ontology import registry

_CLAIMS_AT_ONCE = 500
_CLAIMS_READ = 5000
"""Claims that disagreements are looked for in; only a handful of shared nodes has more."""


@dataclass(frozen=True, slots=True)
class StatedOtherwise:
    """A value that did not become the node's, and the title of the batch that states it."""

    property: str
    value: Value
    batch_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDetail(Cell):
    """A node with all its labels (root first), which properties were inferred, and how many claims it has."""

    labels: tuple[str, ...]
    inferred: tuple[str, ...]
    claims: int
    disagreements: tuple[StatedOtherwise, ...]


@dataclass(frozen=True, slots=True)
class EdgeCell:
    """An edge in an answer; `evidence` holds the first pieces of `evidence_total`."""

    id: str
    type: str
    source: str
    target: str
    properties: Properties
    evidence: tuple[Piece, ...]
    evidence_total: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An edge at a node, and the node at its other end (without evidence of its own)."""

    edge: EdgeCell
    node: Cell


@dataclass(frozen=True, slots=True)
class RelationTotal:
    """How many edges of a type leave the node (out) or lead to it (in)."""

    type: str
    direction: Direction
    count: int


@dataclass(frozen=True, slots=True)
class NeighbourPage(Page[Neighbour]):
    """A page of neighbours, with the totals of the whole list by relation and direction, in the order of the list."""

    totals: tuple[RelationTotal, ...] = ()


def node_detail(store: Store, id_: str) -> NodeDetail:
    """The node of this id; raises NotFound if there is none."""
    node = store.nodes([id_]).get(id_)
    if node is None:
        raise NotFound(f"there is no node with the id {id_}")
    pieces = read_pieces(store, shown([node]))
    lost = disagreements(_claims(store, id_)) if node.claims > 1 else []
    return NodeDetail(
        id=node.id,
        label=node.label,
        name=node.name,
        properties=presentable(node),
        evidence=first_pieces(pieces, node.evidence),
        evidence_total=node.evidence_total,
        labels=node.labels,
        inferred=node.inferred,
        claims=node.claims,
        disagreements=tuple(StatedOtherwise(one.property, one.value, one.batch.title) for one in lost),
    )


def neighbours(
    store: Store,
    id_: str,
    *,
    types: Sequence[str] = (),
    direction: Direction = Direction.BOTH,
    limit: int = 50,
    cursor: str | None = None,
) -> NeighbourPage:
    """A page of the edges at a node, by relation (in the order of the ontology) and id of the edge.

    An edge from the node to itself counts as one that leaves it. At most the first 10,000 edges are looked at. Raises
    NotFound for an unknown id, UnknownParameter for a relation that there is not.
    """
    if not store.nodes([id_]):
        raise NotFound(f"there is no node with the id {id_}")
    check_types(types)
    found = store.steps([id_], types or None, direction=direction, limit_each=EXACT_UP_TO + 1)
    steps = sorted(found[:EXACT_UP_TO], key=_key)
    question = digest("neighbours", id_, direction, *types)
    page, following = cut(steps, _key, question=question, limit=limit, cursor=cursor)
    edges = store.edges([step.id for step in page])
    kept = [edges[step.id] for step in page if step.id in edges]
    rows, is_exact = tuple(_neighbours(store, id_, kept)), len(found) <= EXACT_UP_TO
    return NeighbourPage(rows, following, len(steps), is_exact, totals=_totals(id_, steps))


def _totals(id_: str, steps: Sequence[Step]) -> tuple[RelationTotal, ...]:
    counted = Counter((step.type, Direction.OUT if step.source == id_ else Direction.IN) for step in steps)
    return tuple(RelationTotal(type_, way, count) for (type_, way), count in counted.items())


def edge_cell(edge: Edge, pieces: Mapping[Evidence, Piece]) -> EdgeCell:
    """The edge with its first pieces of evidence, out of pieces that were read."""
    return EdgeCell(
        id=edge.id,
        type=edge.type,
        source=edge.source,
        target=edge.target,
        properties=edge.properties,
        evidence=first_pieces(pieces, edge.evidence),
        evidence_total=edge.evidence_total,
    )


def _neighbours(store: Store, id_: str, edges: Sequence[Edge]) -> list[Neighbour]:
    others = {edge.target if edge.source == id_ else edge.source for edge in edges}
    nodes, pieces = read_with_pieces(store, others, shown(edges))
    return [
        Neighbour(
            edge=edge_cell(edge, pieces),
            node=cell(nodes[other], evidence=(), evidence_total=nodes[other].evidence_total),
        )
        for edge in edges
        if (other := edge.target if edge.source == id_ else edge.source) in nodes
    ]


def _key(step: Step) -> tuple[str, str]:
    return f"{registry.relation_types().index(step.type):03d}", step.id


def _claims(store: Store, id_: str) -> list[Attributed[NodeClaim]]:
    found: list[Attributed[NodeClaim]] = []
    while len(found) < _CLAIMS_READ:
        page = store.node_claims(id_, after=found[-1].header.id if found else "", limit=_CLAIMS_AT_ONCE)
        found += page
        if len(page) < _CLAIMS_AT_ONCE:
            break
    return found
