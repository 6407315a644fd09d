"""Nodes of an answer by the edges that lead to them, and the cells that they become, all evidence read at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.facts import Edge, Fact, Node
from graph.queries.cells import Cell, cell
from graph.queries.evidence import first_pieces, read_pieces, shown
from graph.store import Step, Store

HopKey: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Hop:
    """A node, and the edge whose evidence it is shown with; without an edge it is shown with its own.

    An edge that is given as a step is read when it is shown.
    """

    node: Node
    edge: Edge | Step | None = None

    @property
    def key(self) -> HopKey:
        """What tells it from other hops."""
        return self.node.id, self.edge.id if self.edge else None


def read_cells(store: Store, hops: Iterable[Hop]) -> Mapping[HopKey, Cell]:
    """The hops as cells, by their keys."""
    wanted = {hop.key: hop for hop in hops}
    facts = _facts(store, wanted)
    pieces = read_pieces(store, shown(facts.values()))
    return {
        key: cell(
            hop.node,
            evidence=first_pieces(pieces, facts[key].evidence),
            evidence_total=facts[key].evidence_total,
            edge=hop.edge.id if hop.edge else None,
        )
        for key, hop in wanted.items()
    }


def _facts(store: Store, hops: Mapping[HopKey, Hop]) -> dict[HopKey, Fact]:
    """The facts that give the evidence; an edge that went since its step was read leaves the node's own."""
    steps = {hop.edge.id for hop in hops.values() if isinstance(hop.edge, Step)}
    edges = store.edges(steps) if steps else {}
    return {
        key: edges.get(hop.edge.id, hop.node) if isinstance(hop.edge, Step) else hop.edge or hop.node
        for key, hop in hops.items()
    }
