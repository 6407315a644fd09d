"""What the sources of a store say, as settling needs it: claims of facts without those of decisions."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from graph.facts import Attributed, Batch, BatchHeader, BatchKind, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.review.decisions import is_decision


class Ledger(Protocol):
    """What a store offers within the transaction that changes it."""

    def reviews(self) -> list[BatchHeader]:
        """Headers of batches of kind review."""
        ...

    def node_claims(self, nodes: Collection[str]) -> Mapping[str, Sequence[Attributed[NodeClaim]]]:
        """All claims of these nodes; nodes that nobody claims are left out."""
        ...

    def edge_claims(self, edges: Collection[str]) -> Mapping[str, Sequence[Attributed[EdgeClaim]]]:
        """All claims of these edges; edges that nobody claims are left out."""
        ...

    def edges_at(self, nodes: Collection[str]) -> Iterable[Edge]:
        """Edges at any of these nodes."""
        ...

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        """Claims of a batch: nodes, then edges."""
        ...

    def replace_claims(self, batch: Batch) -> None:
        """Have a stored batch say this and nothing else, as part of the change that is under way."""
        ...


class Sources:
    """Nodes and edges as they would be without any decision, read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._nodes: dict[str, list[Attributed[NodeClaim]]] = {}
        self._edges: dict[str, list[Attributed[EdgeClaim]]] = {}

    def read_nodes(self, ids: Iterable[str]) -> None:
        """Read what is to be asked for, all at once."""
        wanted = sorted(set(ids) - self._nodes.keys())
        found = self._ledger.node_claims(wanted) if wanted else {}
        self._nodes |= {id_: [a for a in found.get(id_, ()) if not is_decision(a.header)] for id_ in wanted}

    def read_edges(self, ids: Iterable[str]) -> None:
        """Read what is to be asked for, all at once."""
        wanted = sorted(set(ids) - self._edges.keys())
        found = self._ledger.edge_claims(wanted) if wanted else {}
        self._edges |= {id_: [a for a in found.get(id_, ()) if not is_decision(a.header)] for id_ in wanted}

    def node(self, id_: str) -> Node | None:
        """The node that the sources make, None where they have none."""
        self.read_nodes([id_])
        claims = self._nodes[id_]
        return fold_node(claims) if claims else None

    def edge(self, id_: str) -> Edge | None:
        """The edge that the sources make, None where they have none."""
        self.read_edges([id_])
        claims = self._edges[id_]
        return fold_edge(claims) if claims else None

    def is_own(self, id_: str) -> bool:
        """Whether the document that is the policy itself states the node or edge."""
        claims: Sequence[Attributed[NodeClaim] | Attributed[EdgeClaim]] = self._nodes.get(id_) or self._edges.get(
            id_, []
        )
        return any(a.claim.is_own for a in claims)

    def documents_of(self, nodes: Collection[str]) -> list[str]:
        """Ids of the documents' batches that state any of these nodes, sorted."""
        self.read_nodes(nodes)
        headers = {a.header.id: a.header for id_ in nodes for a in self._nodes[id_]}
        return sorted(id_ for id_, header in headers.items() if header.kind is BatchKind.DOCUMENT)
