"""Nodes of an answer by the edges that lead to them, and the cells that they become, all evidence read at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.facts import Edge, Fact, Node
from graph.queries.cells import Cell, cell
from graph.queries.evidence import first_pieces, read_pieces, shown
from graph.store import Store

HopKey: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Hop:
    """A node, and the edge whose evidence it is shown with; without an edge it is shown with its own."""

    node: Node
    edge: Edge | None = None

    @property
    def key(self) -> HopKey:
        """What tells it from other hops."""
        return self.node.id, self.edge.id if self.edge else None

    @property
    def fact(self) -> Fact:
        """The fact that gives the evidence."""
        return self.edge or self.node


def read_cells(store: Store, hops: Iterable[Hop]) -> Mapping[HopKey, Cell]:
    """The hops as cells, by their keys."""
    wanted = {hop.key: hop for hop in hops}
    pieces = read_pieces(store, shown(hop.fact for hop in wanted.values()))
    return {
        key: cell(
            hop.node,
            evidence=first_pieces(pieces, hop.fact.evidence),
            evidence_total=hop.fact.evidence_total,
            edge=hop.edge.id if hop.edge else None,
        )
        for key, hop in wanted.items()
    }
