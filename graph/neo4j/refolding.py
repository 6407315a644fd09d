"""Facts that are in the database, folded again with what a change does to their claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graph.facts import Attributed, Batch, BatchHeader, ClaimT, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import FactT, Standing, grow_edge, grow_node, standing_of
from graph.neo4j.claims import edge_claims_of, in_chunks, node_claims_of
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
            found = self.sender.ask(self.cypher.known_nodes, ids=some)
            made = self._grown(found, claimed, _grown_node)
            rest = _noted(found, made, refolded)
            claims = node_claims_of(self.sender.ask, self.cypher, [*rest], self.headers)
            left = {id_: self._left(several, claimed.get(id_)) for id_, several in claims.items()}
            made |= {id_: (fold_node(several), standing_of(several)) for id_, several in left.items() if several}
            rows = [[node.labels, node_map(node, standing)] for node, standing in made.values()]
            self.sender.send(self.cypher.update_nodes, rows)
            refolded.gone.extend(element for id_, element in rest.items() if id_ not in made)
        return refolded

    def edges(self, types: Mapping[str, str]) -> Refolded:
        """Fold the edges of these ids and types that are there."""
        claimed = {claim.id: claim for claim in self.added.edges} if self.added else {}
        refolded = Refolded()
        for some in in_chunks(sorted(types)):
            found = self.sender.ask(self.cypher.known_edges, edges=_by_type(some, types))
            made = self._grown(found, claimed, _grown_edge)
            rest = _noted(found, made, refolded)
            claims = edge_claims_of(self.sender.ask, self.cypher, [*rest], self.headers)
            left = {id_: self._left(several, claimed.get(id_)) for id_, several in claims.items()}
            made |= {id_: (fold_edge(several), standing_of(several)) for id_, several in left.items() if several}
            for type_, edges in _by_type(made, types).items():
                self.sender.send(self.cypher.update_edges(type_), [edge_map(*made[id_]) for id_ in edges])
            refolded.gone.extend(element for id_, element in rest.items() if id_ not in made)
        return refolded

    def _left(self, claims: Iterable[Attributed[ClaimT]], new: ClaimT | None) -> list[Attributed[ClaimT]]:
        """The claims of a fact as they are after the change."""
        left = [a for a in claims if a.header.id not in self.out]
        if new is not None and self.added:
            left.append(Attributed(new, self.added.header))
        return left

    def _grown(
        self, found: Iterable[Row], claimed: Mapping[str, ClaimT], grow: "_Grow[ClaimT, FactT]"
    ) -> dict[str, tuple[FactT, Standing | None]]:
        """Those of the facts whose standing lets the added batch's claim be added to them."""
        grown: dict[str, tuple[FactT, Standing | None]] = {}
        if self.added and self.may_grow:
            for id_, _, standing, stored in found:
                added = Attributed(claimed[id_], self.added.header)
                if standing is not None and (made := grow(stored, standing_from(standing), added)):
                    grown[id_] = made
        return grown


_Grow: TypeAlias = Callable[[Any, Standing, Attributed[ClaimT]], tuple[FactT, Standing] | None]


def _grown_node(stored: Any, standing: Standing, added: Attributed[NodeClaim]) -> tuple[Node, Standing] | None:
    return grow_node(node_of(stored), standing, added)


def _grown_edge(stored: Any, standing: Standing, added: Attributed[EdgeClaim]) -> tuple[Edge, Standing] | None:
    return grow_edge(edge_of(*stored), standing, added)


def _noted(found: Iterable[Row], made: Mapping[str, object], refolded: Refolded) -> dict[str, str]:
    """Note what is there; -> elements of what is still to be made, by id."""
    elements = {id_: element for id_, element, _, _ in found}
    refolded.known.update(elements)
    return {id_: element for id_, element in elements.items() if id_ not in made}


def _by_type(edges: Iterable[str], types: Mapping[str, str]) -> dict[str, list[str]]:
    """Ids of edges by their types."""
    found: dict[str, list[str]] = {}
    for id_ in edges:
        found.setdefault(types[id_], []).append(id_)
    return found
