"""What a store may answer in one go where a query would ask it several times; the answer has to be the same.

None stands for no answer: then the query asks step by step.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Protocol, runtime_checkable

from graph.facts import Edge, Evidence, Node, Properties
from graph.store import Direction, Leg, Step, Store, Ways

_FIRST_EDGES = 2
"""So many edges of a node are looked at first for one that it may lack; most often one of them is."""


@runtime_checkable
class ReadsChains(Protocol):
    """A store that reads the surroundings of chains at once."""

    def chain_part(
        self, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
    ) -> tuple[list[Node], list[Edge]] | None:
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
    ) -> Ways | None:
        """The shortest ways between two different nodes; None where the store can't say. No nodes have no ways.

        Edges are of these types and read either way. No way leads through a node of a `barred` class, or through a
        region of a barred level.
        """
        ...


@runtime_checkable
class ListsPolicies(Protocol):
    """A store that has its policies in the order of their names."""

    def policies_by_name(self, *, after: tuple[str, str] = ("", ""), limit: int) -> list[tuple[str, str]] | None:
        """Folded names (`graph.normal.fold_name`) and ids of policies, in order; `after` is the last before them."""
        ...


@runtime_checkable
class ReachesNodes(Protocol):
    """A store that goes several hops without saying what lies between."""

    def reach(
        self, ids: Collection[str], ways: Sequence[Sequence[Leg]], *, lacking: Leg | None = None
    ) -> set[str] | None:
        """The nodes that one of the ways leads to, leg by leg, from any node of the set.

        With `lacking` only those that have no edge as that says.
        """
        ...

    def properties_at(self, ids: Collection[str], ways: Sequence[Sequence[Leg]]) -> dict[str, Properties] | None:
        """The properties of the nodes that one of the ways leads to; a way without legs leads to the set itself."""
        ...


@runtime_checkable
class FindsBetween(Protocol):
    """A store that finds what ties two sets of nodes without reading what else they are tied to."""

    def steps_between(
        self,
        ids: Collection[str],
        others: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
    ) -> list[Step] | None:
        """The steps (by id of their edges) from the nodes of the set to the others."""
        ...


@runtime_checkable
class ReadsWithVersion(Protocol):
    """A store that tells its version along with what is read."""

    def nodes_and_version(self, ids: Collection[str]) -> tuple[dict[str, Node], int] | None:
        """The nodes of these ids that are there, and the version of the store, read no later than they."""
        ...


class Reads(Protocol):
    """What chains are read from: a store, or a part that it has read at once."""

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        ...

    def expand(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Edge]:
        """Edges at any node of the set, each once, by id; at most `limit_each` (by id) a node of the set."""
        ...

    def steps(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
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
        for edge in sorted(edges, key=attrgetter("id")):
            self._at[Direction.OUT][edge.source].append(edge)
            self._at[Direction.IN][edge.target].append(edge)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        return {id_: self._nodes[id_] for id_ in ids if id_ in self._nodes}

    def expand(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Edge]:
        """Edges at any node of the set, each once, by id; at most `limit_each` (by id) a node of the set."""
        found: dict[str, Edge] = {}
        for id_ in ids:
            edges = self._edges_at(id_, direction)
            fitting = {edge.id: edge for edge in edges if types is None or edge.type in types}
            found.update(islice(fitting.items(), limit_each))
        return [found[id_] for id_ in sorted(found)]

    def steps(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Step]:
        """The same edges, without what is said of them."""
        at = self._nodes
        return [
            Step(edge.id, edge.type, edge.source, edge.target, at[edge.source].label, at[edge.target].label)
            for edge in self.expand(ids, types, direction=direction, limit_each=limit_each)
        ]

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        return self._store.all_evidence(facts)

    def _edges_at(self, node: str, direction: Direction) -> Iterable[Edge]:
        """Edges at a node, by id; one that leads back to it comes twice."""
        sides = [at.get(node, ()) for side, at in self._at.items() if direction in (side, Direction.BOTH)]
        return sides[0] if len(sides) == 1 else merge(*sides, key=attrgetter("id"))


def chains_at(
    store: Store, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
) -> Reads:
    """What to read chains from that begin at these nodes: as much as the store reads at once, or the store itself."""
    begun = {"policies": policies, "measures": measures, "goals": goals}
    part = store.chain_part(**begun) if isinstance(store, ReadsChains) else None
    return store if part is None else Part(store, *part)


def nodes_and_version(store: Store, ids: Collection[str]) -> tuple[dict[str, Node], int]:
    """The nodes of these ids that are there, and the version of the store, read no later than they."""
    at_once = store.nodes_and_version(ids) if isinstance(store, ReadsWithVersion) else None
    if at_once is not None:
        return at_once
    version = store.version
    return store.nodes(ids), version


def reach(store: Reads, ids: Collection[str], ways: Sequence[Sequence[Leg]], *, lacking: Leg | None = None) -> set[str]:
    """The nodes that one of the ways leads to, leg by leg, from any node of the set.

    With `lacking` only those that have no edge as that says.
    """
    at_once = store.reach(ids, ways, lacking=lacking) if isinstance(store, ReachesNodes) else None
    if at_once is not None:
        return at_once
    found: set[str] = set()
    for way in ways:
        front = set(ids)
        for leg in way:
            front = {other for _, other in _over(store, front, leg)}
        found |= front
    if lacking:
        for limit in (_FIRST_EDGES, None):
            found -= {node for node, _ in _over(store, found, lacking, limit_each=limit)}
    return found


def properties_at(store: Store, ids: Collection[str], ways: Sequence[Sequence[Leg]]) -> Mapping[str, Properties]:
    """The properties of the nodes that one of the ways leads to; a way without legs leads to the set itself."""
    at_once = store.properties_at(ids, ways) if isinstance(store, ReachesNodes) else None
    if at_once is not None:
        return at_once
    return {id_: node.properties for id_, node in store.nodes(reach(store, ids, ways)).items()}


def steps_between(
    store: Store, ids: Collection[str], others: Collection[str], types: Sequence[str] | None, *, direction: Direction
) -> list[Step]:
    """The steps (by id of their edges), out or in, from the nodes of the set to the others."""
    at_once = store.steps_between(ids, others, types, direction=direction) if isinstance(store, FindsBetween) else None
    if at_once is not None:
        return at_once
    found = store.steps(ids, types, direction=direction)
    return [step for step in found if (step.target if direction is Direction.OUT else step.source) in others]


def _over(
    store: Reads, nodes: Collection[str], leg: Leg, *, limit_each: int | None = None
) -> Iterator[tuple[str, str]]:
    """Each node with each that the leg leads to from it."""
    edges: Iterable[Edge | Step]
    if leg.roles:
        found = store.expand(nodes, [leg.type], direction=leg.direction, limit_each=limit_each)
        edges = [edge for edge in found if edge.properties.get("role") in leg.roles]
    else:
        edges = store.steps(nodes, [leg.type], direction=leg.direction, limit_each=limit_each)
    for edge in edges:
        yield (edge.target, edge.source) if leg.direction is Direction.IN else (edge.source, edge.target)


def names(store: Store, ids: Collection[str]) -> dict[str, str]:
    """The names of the nodes of these ids; ids that are not there are left out."""
    return {id_: str(said["name"]) for id_, said in properties_at(store, ids, [()]).items()}
