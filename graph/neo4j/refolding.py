"""Facts that are in the database, folded again with what a change does to their claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias

from graph.facts import Attributed, Batch, BatchHeader, ClaimT, EdgeClaim, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import EdgeGrowth, FactT, NodeGrowth, Standing, grow_edge, grow_node, standing_of
from graph.neo4j.claims import edge_claims_of, in_chunks, node_claims_of
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import edge_map, edge_of, node_map, node_of, standing_from
from graph.neo4j.sending import Sender

Row: TypeAlias = Sequence[Any]
"""Id, element, standing, and what is stored, of a fact that is there."""


@dataclass(frozen=True, slots=True)
class Refolded:
    """Ids of the facts that were there, and elements of those that nobody claims any more."""

    known: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)


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

    sender: Sender
    cypher: Cypher
    added: Batch | None
    out: frozenset[str]
    headers: dict[str, BatchHeader]
    may_grow: bool

    def nodes(self, ids: Iterable[str]) -> Refolded:
        """Fold the nodes of these ids that are there."""
        claimed = {claim.id: claim for claim in self.added.nodes} if self.added else {}
        refolded = Refolded()
        for some in in_chunks(sorted(ids)):
            made = self._made(self.sender.ask(self.cypher.known_nodes, ids=some), claimed, _NODES, refolded)
            rows = [[node.labels, node_map(node, standing)] for node, standing in made.values()]
            self.sender.send(self.cypher.update_nodes, rows)
        return refolded

    def edges(self, types: Mapping[str, str]) -> Refolded:
        """Fold the edges of these ids and types that are there."""
        claimed = {claim.id: claim for claim in self.added.edges} if self.added else {}
        refolded = Refolded()
        for some in in_chunks(sorted(types)):
            found = self.sender.ask(self.cypher.known_edges, edges=_by_type(some, types))
            made = self._made(found, claimed, _EDGES, refolded)
            for type_, edges in _by_type(made, types).items():
                self.sender.send(self.cypher.update_edges(type_), [edge_map(*made[id_]) for id_ in edges])
        return refolded

    def _made(
        self, found: Sequence[Row], claimed: Mapping[str, ClaimT], kind: _Kind[ClaimT, FactT], refolded: Refolded
    ) -> dict[str, tuple[FactT, Standing | None]]:
        """The facts that are left of those that were found, with their standing; what was there and goes is noted."""
        made = self._grown(found, claimed, kind)
        rest = [id_ for id_, *_ in found if id_ not in made]
        for id_, claims in kind.claims_of(self.sender.ask, self.cypher, rest, self.headers).items():
            if left := self._left(claims, claimed.get(id_)):
                made[id_] = kind.fold(left), standing_of(left)
        refolded.known.update(id_ for id_, *_ in found)
        refolded.gone.extend(element for id_, element, *_ in found if id_ not in made)
        return made

    def _grown(
        self, found: Sequence[Row], claimed: Mapping[str, ClaimT], kind: _Kind[ClaimT, FactT]
    ) -> dict[str, tuple[FactT, Standing | None]]:
        """Those of the facts whose standing lets the added batch's claim be added to them."""
        grown: dict[str, tuple[FactT, Standing | None]] = {}
        if self.added and self.may_grow:
            for id_, _, standing, stored in found:
                added = Attributed(claimed[id_], self.added.header)
                if standing is not None and (made := kind.grow(stored, standing_from(standing), added)):
                    grown[id_] = made
        return grown

    def _left(self, claims: Iterable[Attributed[ClaimT]], new: ClaimT | None) -> list[Attributed[ClaimT]]:
        """The claims of a fact as they are after the change."""
        left = [a for a in claims if a.header.id not in self.out]
        if new is not None and self.added:
            left.append(Attributed(new, self.added.header))
        return left


def _by_type(edges: Iterable[str], types: Mapping[str, str]) -> dict[str, list[str]]:
    """Ids of edges by their types."""
    found: dict[str, list[str]] = {}
    for id_ in edges:
        found.setdefault(types[id_], []).append(id_)
    return found
