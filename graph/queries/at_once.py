"""What a store may answer in one go where a query would ask it several times; the answer has to be the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from graph.facts import Edge, Evidence, Node
from graph.store import Direction, Step, Store

WayStep: TypeAlias = tuple[str, str, Edge]
"""One edge on a shortest way, behind the ids of the nodes that come before and after it."""


@runtime_checkable
class ReadsChains(Protocol):
    """A store that reads the surroundings of chains at once."""

    def chain_part(
        self, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
    ) -> tuple[list[Node], list[Edge]]:
        """All nodes and edges that chains lie in which begin at these nodes.

        Measures are those given, those contained in a policy, and those that advance a goal given or set by a policy.
        Edges are what these and the measures above and below them advance, involve and are part of; what sets or
        contains the measures and the goals that they advance, and who issued that.
        """
        ...


@runtime_checkable
class FindsWays(Protocol):
    """A store whose engine finds shortest ways."""

    def shortest_ways(
        self, ends: tuple[str, str], *, types: Sequence[str], barred: Collection[str], max_hops: int
    ) -> list[WayStep] | None:
        """The edges of all shortest ways between two nodes, each once; None if there are too many ways to list.

        Edges are of these types and read either way. No way leads through a node of a `barred` class, or through a
        region of a barred level.
        """
        ...


class Reads(Protocol):
    """What chains are read from: a store, or a part that it has read at once."""

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        ...

    def expand(
        self, ids: Collection[str], types: Sequence[str] | None = None, *, direction: Direction = Direction.BOTH
    ) -> list[Edge]:
        """Edges at any node of the set, each once, by id."""
        ...

    def steps(
        self, ids: Collection[str], types: Sequence[str] | None = None, *, direction: Direction = Direction.BOTH
    ) -> list[Step]:
        """The same edges, without what is said of them."""
        ...

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        ...


class Part:
    """Nodes and edges that were read at once; evidence beyond what they show is the store's to give."""

    def __init__(self, store: Store, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self._store = store
        self._nodes = {node.id: node for node in nodes}
        self._at: Mapping[Direction, dict[str, list[Edge]]] = {
            Direction.OUT: defaultdict(list),
            Direction.IN: defaultdict(list),
        }
        for edge in edges:
            self._at[Direction.OUT][edge.source].append(edge)
            self._at[Direction.IN][edge.target].append(edge)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        return {id_: self._nodes[id_] for id_ in ids if id_ in self._nodes}

    def expand(
        self, ids: Collection[str], types: Sequence[str] | None = None, *, direction: Direction = Direction.BOTH
    ) -> list[Edge]:
        """Edges at any node of the set, each once, by id."""
        sides = [at for side, at in self._at.items() if direction in (side, Direction.BOTH)]
        found = {
            edge.id: edge
            for at in sides
            for id_ in ids
            for edge in at.get(id_, ())
            if types is None or edge.type in types
        }
        return [found[id_] for id_ in sorted(found)]

    def steps(
        self, ids: Collection[str], types: Sequence[str] | None = None, *, direction: Direction = Direction.BOTH
    ) -> list[Step]:
        """The same edges, without what is said of them."""
        return [
            Step(edge.id, edge.type, edge.source, edge.target, *(self._nodes[end].label for end in ends))
            for edge in self.expand(ids, types, direction=direction)
            for ends in [(edge.source, edge.target)]
        ]

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        return self._store.all_evidence(facts)


def chains_at(
    store: Store, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
) -> Reads:
    """What to read chains from that begin at these nodes: as much as the store reads at once, or the store itself."""
    if isinstance(store, ReadsChains):
        return Part(store, *store.chain_part(policies=policies, measures=measures, goals=goals))
    return store
