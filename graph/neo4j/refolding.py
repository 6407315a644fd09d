"""Facts that are in the database, folded again with what a change does to their claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias

from graph.encoding import standing_from
from graph.facts import Attributed, BatchHeader, ClaimT, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import fold_edge, fold_node
from graph.growth import FactT, Standing, grow_edge, grow_node, standing_of
from graph.neo4j.claims import by_type, edge_claims_of, node_claims_of
from graph.neo4j.connections import Ask
from graph.neo4j.cypher import Cypher
from graph.neo4j.last_written import Known, LastWritten, Remembered
from graph.neo4j.prepared import Prepared
from graph.neo4j.rows import edge_of, node_of

Row: TypeAlias = Sequence[Any]
"""Id, element, standing, and what is stored, of a fact that is there."""


@dataclass(frozen=True, slots=True)
class Found(Generic[FactT]):
    """Facts that are there: as they were read, or remembered."""

    rows: Sequence[Row]
    remembered: Known[FactT]

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        return [*self.remembered, *(id_ for id_, *_ in self.rows)]


@dataclass(frozen=True, slots=True)
class Refolded(Generic[FactT]):
    """Facts as they are now, with their standing, and elements of those that nobody claims any more."""

    facts: list[tuple[FactT, Standing | None]]
    gone: list[str]


@dataclass(frozen=True, slots=True)
class _Kind(Generic[ClaimT, FactT]):
    """How nodes, or edges, are read; how their claims are read and folded, and how they grow by a claim."""

    fact_of: Callable[[Any], FactT]
    claims_of: Callable[[Ask, Cypher, Sequence[str], dict[str, BatchHeader]], dict[str, list[Attributed[ClaimT]]]]
    fold: Callable[[Sequence[Attributed[ClaimT]]], FactT]
    grow: Callable[[FactT, Standing, Attributed[ClaimT]], tuple[FactT, Standing] | None]
    remembered: Callable[[LastWritten], Remembered[FactT]]


_NODES: _Kind[NodeClaim, Node] = _Kind(node_of, node_claims_of, fold_node, grow_node, lambda last: last.nodes)
_EDGES: _Kind[EdgeClaim, Edge] = _Kind(
    lambda stored: edge_of(*stored), edge_claims_of, fold_edge, grow_edge, lambda last: last.edges
)


@dataclass(frozen=True, slots=True)
class Refolder:
    """Folds facts again: without the claims of the batches that are `out`, with those of the batch that is `added`.

    Where there is a `last`, nothing but the added claims happens to facts, and no other batch has the same content:
    they grow, from what was last written or is read.
    """

    ask: Ask
    cypher: Cypher
    added: Prepared | None
    out: frozenset[str]
    headers: dict[str, BatchHeader]
    last: LastWritten | None

    def find_nodes(self, ids: Sequence[str]) -> Found[Node]:
        """Those of the nodes that are there."""
        remembered = self.last.nodes.of(ids) if self.last else {}
        asked = [id_ for id_ in ids if id_ not in remembered]
        return Found(self.ask(self.cypher.known_nodes, ids=asked) if asked else [], remembered)

    def find_edges(self, types: Mapping[str, str]) -> Found[Edge]:
        """Those of the edges, of these ids and types, that are there."""
        remembered = self.last.edges.of(types) if self.last else {}
        asked = by_type((type_, id_) for id_, type_ in types.items() if id_ not in remembered)
        return Found(self.ask(self.cypher.known_edges, edges=asked) if asked else [], remembered)

    def nodes(self, found: Found[Node]) -> Refolded[Node]:
        """Fold the nodes that were found."""
        return self._refolded(found, self.added.nodes if self.added else {}, _NODES)

    def edges(self, found: Found[Edge]) -> Refolded[Edge]:
        """Fold the edges that were found."""
        return self._refolded(found, self.added.edges if self.added else {}, _EDGES)

    def _refolded(
        self, found: Found[FactT], claimed: Mapping[str, ClaimT], kind: _Kind[ClaimT, FactT]
    ) -> Refolded[FactT]:
        made: dict[str, tuple[FactT, Standing | None]] = {}
        if self.added and self.last:
            grown = _grown(found, claimed, self.added.batch.header, kind)
            kind.remembered(self.last).note(dict.fromkeys(found.ids) | grown)
            made |= grown
        rest = [id_ for id_ in found.ids if id_ not in made]
        for id_, claims in kind.claims_of(self.ask, self.cypher, rest, self.headers).items():
            if left := self._left(claims, claimed.get(id_)):
                made[id_] = kind.fold(left), standing_of(left)
        return Refolded(list(made.values()), [element for id_, element, *_ in found.rows if id_ not in made])

    def _left(self, claims: Iterable[Attributed[ClaimT]], new: ClaimT | None) -> list[Attributed[ClaimT]]:
        """The claims of a fact as they are after the change."""
        left = [a for a in claims if a.header.id not in self.out]
        if new is not None and self.added:
            left.append(Attributed(new, self.added.batch.header))
        return left


def _grown(
    found: Found[FactT], claimed: Mapping[str, ClaimT], header: BatchHeader, kind: _Kind[ClaimT, FactT]
) -> dict[str, tuple[FactT, Standing]]:
    """Those of the facts whose standing lets the claim of the batch that is added be added to them."""
    read = {id_: (kind.fact_of(stored), standing_from(text)) for id_, _, text, stored in found.rows if text}
    grown = {
        id_: kind.grow(fact, standing, Attributed(claimed[id_], header))
        for id_, (fact, standing) in {**found.remembered, **read}.items()
    }
    return {id_: made for id_, made in grown.items() if made}
