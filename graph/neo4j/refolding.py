"""Facts that are in the database, folded again with what a change does to their claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from graph.encoding import standing_from
from graph.facts import Attributed, BatchHeader, ClaimT, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import EdgeGrowth, FactT, NodeGrowth, Standing, grow_edge, grow_node, standing_of
from graph.neo4j.claims import edge_claims_of, node_claims_of
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import Cypher
from graph.neo4j.prepared import Prepared
from graph.neo4j.rows import edge_of, node_of

Row: TypeAlias = Sequence[Any]
"""Id, element, standing, and what is stored, of a fact that is there."""


@dataclass(frozen=True, slots=True)
class Refolded(Generic[FactT]):
    """Facts as they are now, with their standing, and elements of those that nobody claims any more."""

    facts: list[tuple[FactT, Standing | None]]
    gone: list[str]


@dataclass(frozen=True, slots=True)
class _Kind(Generic[ClaimT, FactT]):
    """How the claims of nodes, or of edges, are read and folded, and how what is stored of one grows."""

    claims_of: Callable[[Ask, Cypher, Sequence[str], dict[str, BatchHeader]], dict[str, list[Attributed[ClaimT]]]]
    fold: Callable[[Sequence[Attributed[ClaimT]]], FactT]
    grow: Callable[[Any, Standing, Attributed[ClaimT]], tuple[FactT, Standing] | None]


def _grown_node(stored: Any, standing: Standing, added: Attributed[NodeClaim]) -> NodeGrowth | None:
    return grow_node(node_of(stored), standing, added)


def _grown_edge(stored: Any, standing: Standing, added: Attributed[EdgeClaim]) -> EdgeGrowth | None:
    return grow_edge(edge_of(*stored), standing, added)


_NODES = _Kind(node_claims_of, fold_node, _grown_node)
_EDGES = _Kind(edge_claims_of, fold_edge, _grown_edge)


@dataclass(frozen=True, slots=True)
class Refolder:
    """Folds facts again: without the claims of the batches that are `out`, with those of the batch that is `added`.

    Where it `may_grow`, nothing but the added claims happens to facts, and no other batch has the same content.
    """

    ask: Ask
    cypher: Cypher
    added: Prepared | None
    out: frozenset[str]
    headers: dict[str, BatchHeader]
    may_grow: bool

    def nodes(self, found: Sequence[Row]) -> Refolded[Node]:
        """Fold the nodes that were found."""
        return self._refolded(found, self.added.nodes if self.added else {}, _NODES)

    def edges(self, found: Sequence[Row]) -> Refolded[Edge]:
        """Fold the edges that were found."""
        return self._refolded(found, self.added.edges if self.added else {}, _EDGES)

    def _refolded(
        self, found: Sequence[Row], claimed: Mapping[str, ClaimT], kind: _Kind[ClaimT, FactT]
    ) -> Refolded[FactT]:
        made: dict[str, tuple[FactT, Standing | None]] = self._grown(found, claimed, kind)
        rest = [id_ for id_, *_ in found if id_ not in made]
        for id_, claims in kind.claims_of(self.ask, self.cypher, rest, self.headers).items():
            if left := self._left(claims, claimed.get(id_)):
                made[id_] = kind.fold(left), standing_of(left)
        return Refolded(list(made.values()), [element for id_, element, *_ in found if id_ not in made])

    def _grown(
        self, found: Sequence[Row], claimed: Mapping[str, ClaimT], kind: _Kind[ClaimT, FactT]
    ) -> dict[str, tuple[FactT, Standing | None]]:
        """Those of the facts whose standing lets the added batch's claim be added to them."""
        grown: dict[str, tuple[FactT, Standing | None]] = {}
        if self.added and self.may_grow:
            for id_, _, standing, stored in found:
                added = Attributed(claimed[id_], self.added.batch.header)
                if standing is not None and (made := kind.grow(stored, standing_from(standing), added)):
                    grown[id_] = made
        return grown

    def _left(self, claims: Iterable[Attributed[ClaimT]], new: ClaimT | None) -> list[Attributed[ClaimT]]:
        """The claims of a fact as they are after the change."""
        left = [a for a in claims if a.header.id not in self.out]
        if new is not None and self.added:
            left.append(Attributed(new, self.added.batch.header))
        return left
