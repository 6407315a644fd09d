"""All shortest ways between two nodes, as ids and edges.

Method: breadth-first search from both ends, a whole level at a time, always from the end whose front is smaller. Every
shortest way has a node on the level where the two searches touch, so that none is missed unless something was cut.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from graph.facts import Edge, Node
from graph.queries.at_once import FindsWays, WayStep
from graph.store import Direction, Store

EDGES_EACH = 1_000
"""A node with more edges is a hub: only its first edges (by id) are followed."""
MOST_EDGES = 30_000
"""A search that has looked at more edges stops."""

Following: TypeAlias = Mapping[str, Mapping[str, Sequence[Edge]]]


class Passable(StrEnum):
    """What paths do not pass through unless asked, since it ties together what has nothing to do with each other."""

    DOCUMENT = "Document"
    PASSAGE = "Passage"
    ACTOR_GROUP = "ActorGroup"
    INDICATOR = "Indicator"
    COUNTRY = "country"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Web:
    """All shortest ways: for each node on one of them, the nodes that may come next, with the edges between.

    `hops` is their length, None where there is no way. `hubs` are nodes of which not all edges were followed; where
    there are any, or `is_cut` (too many edges were looked at), there may be a shorter way, or more of this length.
    """

    hops: int | None
    following: Following
    hubs: tuple[str, ...]
    is_cut: bool


def shortest_web(
    store: Store, ends: tuple[str, str], *, types: Sequence[str], through: Collection[Passable], max_hops: int
) -> Web:
    """The shortest ways between two different nodes over edges of these types, read either way."""
    if isinstance(store, FindsWays):
        barred = frozenset(Passable) - frozenset(through)
        steps = store.shortest_ways(ends, types=types, barred=barred, max_hops=max_hops)
        if steps is not None:
            return _woven(steps, ends)
    one, other = _Side(ends[0]), _Side(ends[1])
    hubs: set[str] = set()
    looked_at = 0
    while one.level + other.level < max_hops and one.front and other.front and looked_at <= MOST_EDGES:
        near, far = (other, one) if len(other.front) < len(one.front) else (one, other)
        edges = store.expand(near.front, types, direction=Direction.BOTH, limit_each=EDGES_EACH + 1)
        looked_at += len(edges)
        hubs |= _hubs(near.front, edges)
        near.step(edges)
        met = near.front & far.depth.keys()
        if met:
            nearest = min(far.depth[node] for node in met)
            met = {node for node in met if far.depth[node] == nearest}
            following = _joined(met, one, other)
            return Web(near.level + nearest, following, tuple(sorted(hubs)), looked_at > MOST_EDGES)
        near.bar(near.front - _passable(store, near.front, through))
    return Web(None, {}, tuple(sorted(hubs)), looked_at > MOST_EDGES)


def _woven(steps: Iterable[WayStep], ends: tuple[str, str]) -> Web:
    """The web of all its steps; nothing was left out."""
    following: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for before, after, edge in sorted(steps, key=lambda step: step[2].id):
        following[before][after].append(edge)
    if not following:
        return Web(None, {}, (), is_cut=False)
    hops, at = 0, ends[0]
    while at != ends[1]:
        hops, at = hops + 1, min(following[at])
    return Web(hops, following, (), is_cut=False)


def iter_ways(web: Web, ends: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """The nodes of each way from the first end to the second, in the order of their ids."""
    if web.hops is not None:
        yield from _ways(web.following, ends[0], ends[1])


def count_ways(web: Web, ends: tuple[str, str]) -> int:
    """How many ways there are."""

    @cache
    def count(node: str) -> int:
        return 1 if node == ends[1] else sum(map(count, web.following.get(node, ())))

    return 0 if web.hops is None else count(ends[0])


@dataclass(slots=True)
class _Side:
    """The search from one end: how far each node is, and the edges that lead to it from nodes one hop nearer."""

    start: str
    level: int = 0
    front: set[str] = field(default_factory=set)
    depth: dict[str, int] = field(default_factory=dict)
    back: dict[str, dict[str, list[Edge]]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.front = {self.start}
        self.depth = {self.start: 0}

    def step(self, edges: Iterable[Edge]) -> None:
        """Go over these edges at the front; the front is then what was not reached before."""
        reached: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for edge in edges:
            for node, next_ in ((edge.source, edge.target), (edge.target, edge.source)):
                if node in self.front and next_ not in self.depth and next_ not in self.barred:
                    reached[next_][node].append(edge)
        self.level += 1
        self.back |= reached
        self.depth |= dict.fromkeys(reached, self.level)
        self.front = set(reached)

    def bar(self, nodes: Set[str]) -> None:
        """Take nodes of the front out, so that no way leads through them."""
        for node in nodes:
            del self.depth[node], self.back[node]
        self.front -= nodes
        self.barred |= nodes


def _joined(met: Iterable[str], one: _Side, other: _Side) -> Following:
    """The ways through the nodes where the two searches met, from the first end on."""
    following: dict[str, dict[str, Sequence[Edge]]] = defaultdict(dict)
    for side in (one, other):
        front = set(met)
        while front:
            for node in front:
                for before, edges in side.back.get(node, {}).items():
                    source, target = (before, node) if side is one else (node, before)
                    following[source][target] = edges
            front = {before for node in front for before in side.back.get(node, ())}
    return following


def _ways(following: Following, at: str, end: str) -> Iterator[tuple[str, ...]]:
    if at == end:
        yield (at,)
        return
    for next_ in sorted(following.get(at, ())):
        for rest in _ways(following, next_, end):
            yield (at, *rest)


def _hubs(front: Collection[str], edges: Iterable[Edge]) -> set[str]:
    counted = Counter(end for edge in edges for end in {edge.source, edge.target} if end in front)
    return {node for node, count in counted.items() if count > EDGES_EACH}


def _passable(store: Store, ids: Collection[str], through: Collection[Passable]) -> set[str]:
    barred = frozenset(Passable) - frozenset(through)
    return {node.id for node in store.nodes(ids).values() if not _kinds(node) & barred}


def _kinds(node: Node) -> set[str]:
    return {node.label, str(node.properties.get("level"))} if "Region" in node.labels else {node.label}
