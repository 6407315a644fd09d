"""All shortest ways between two nodes, as ids and edges.

Method: breadth-first search from both ends, a whole level at a time, always from the end whose front is smaller. Every
shortest way has a node on the level where the two searches touch, so that none is missed unless something was cut.
Where they touch is asked first: the last level has most of the edges, and only those that meet the other side matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from graph.facts import Edge, Node
from graph.queries.at_once import FindsBetween, FindsWays
from graph.store import Direction, Step, Store, Ways, WayStep
from ontology import registry

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
    Where `wanted` is given, only ways count that pass through one of these nodes. `read` are nodes that came along.
    """

    hops: int | None
    following: Following
    hubs: tuple[str, ...]
    is_cut: bool
    wanted: frozenset[str] | None = None
    read: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The relations that ways follow, what they pass through although it is not by itself, their greatest length."""

    types: Sequence[str]
    through: Collection[Passable]
    max_hops: int

    @property
    def barred(self) -> frozenset[Passable]:
        """What no way leads through."""
        return frozenset(Passable) - frozenset(self.through)


def shortest_web(store: Store, ends: tuple[str, str], bounds: Bounds, *, found: Ways | None = None) -> Web:
    """The shortest ways between two different nodes, edges read either way.

    `found` are those of `ways_at_once`, where it has been asked already.
    """
    ways = found or ways_at_once(store, ends, bounds)
    if ways and ways.steps is not None:
        return replace(_woven(ways.steps, ends), read={node.id: node for node in ways.nodes})
    one, other = _Side(ends[0]), _Side(ends[1])
    hubs: set[str] = set()
    looked_at = 0
    while one.level + other.level < bounds.max_hops and one.front and other.front and looked_at <= MOST_EDGES:
        near, far = (other, one) if len(other.front) < len(one.front) else (one, other)
        steps = _meeting(store, near, far, bounds.types)
        if not steps:
            steps = store.steps(near.front, bounds.types, direction=Direction.BOTH, limit_each=EDGES_EACH + 1)
            hubs |= _hubs(near.front, steps)
        looked_at += len(steps)
        near.go(steps)
        met = near.front & far.depth.keys()
        if met:
            nearest = min(far.depth[node] for node in met)
            met = {node for node in met if far.depth[node] == nearest}
            following = _read(store, _joined(met, one, other))
            return Web(near.level + nearest, following, tuple(sorted(hubs)), looked_at > MOST_EDGES)
        near.bar(_impassable(store, near, bounds.barred))
    return Web(None, {}, tuple(sorted(hubs)), looked_at > MOST_EDGES)


def ways_at_once(store: Store, ends: tuple[str, str], bounds: Bounds) -> Ways | None:
    """The shortest ways as the store's engine finds them; None if it finds none of its own."""
    if not isinstance(store, FindsWays):
        return None
    return store.shortest_ways(ends, types=bounds.types, barred=bounds.barred, max_hops=bounds.max_hops)


def _meeting(store: Store, near: "_Side", far: "_Side", types: Sequence[str]) -> Sequence[Step]:
    """The steps from one front to where the other search has been, if the store finds them without all others."""
    if not isinstance(store, FindsBetween):
        return ()
    return store.steps_between(near.front, far.depth, types, direction=Direction.BOTH) or ()


def _woven(steps: Iterable[WayStep], ends: tuple[str, str]) -> Web:
    """The web of all its steps; nothing was left out."""
    following: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for before, after, edge in sorted(steps, key=lambda step: step.edge.id):
        following[before][after].append(edge)
    if not following:
        return Web(None, {}, (), is_cut=False)
    hops, at = 0, ends[0]
    while at != ends[1]:
        hops, at = hops + 1, min(following[at])
    return Web(hops, following, (), is_cut=False)


def iter_ways(web: Web, ends: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """The nodes of each way from the first end to the second, in the order of their ids."""
    count = _counter(web, ends[1])

    def ways(at: str, has_passed: bool) -> Iterator[tuple[str, ...]]:
        if not count(at, has_passed):
            return
        if at == ends[1]:
            yield (at,)
        for next_ in sorted(web.following.get(at, ())):
            for rest in ways(next_, has_passed or _is_wanted(web, at)):
                yield (at, *rest)

    if web.hops is not None:
        yield from ways(ends[0], web.wanted is None)


def count_ways(web: Web, ends: tuple[str, str]) -> int:
    """How many ways there are."""
    return 0 if web.hops is None else _counter(web, ends[1])(ends[0], web.wanted is None)


def _counter(web: Web, end: str) -> Callable[[str, bool], int]:
    """What counts the ways from a node to the end that count, if a wanted node was passed before or not."""

    @cache
    def count(node: str, has_passed: bool) -> int:
        if node == end:
            return int(has_passed)
        passes = has_passed or _is_wanted(web, node)
        return sum(count(next_, passes) for next_ in web.following.get(node, ()))

    return count


def _is_wanted(web: Web, node: str) -> bool:
    return web.wanted is not None and node in web.wanted


@dataclass(slots=True)
class _Side:
    """The search from one end: how far each node is, and the steps that lead to it from nodes one hop nearer.

    `labels` has the classes of what was reached last.
    """

    start: str
    level: int = 0
    front: set[str] = field(default_factory=set)
    depth: dict[str, int] = field(default_factory=dict)
    back: dict[str, dict[str, list[Step]]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.front = {self.start}
        self.depth = {self.start: 0}

    def go(self, steps: Iterable[Step]) -> None:
        """Go over these edges at the front; the front is then what was not reached before."""
        reached: dict[str, dict[str, list[Step]]] = defaultdict(lambda: defaultdict(list))
        self.labels = {}
        for step in steps:
            _, _, source, target, source_label, target_label = step
            for node, next_, label in ((source, target, target_label), (target, source, source_label)):
                if node in self.front and next_ not in self.depth and next_ not in self.barred:
                    reached[next_][node].append(step)
                    self.labels[next_] = label
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


def _joined(met: Iterable[str], one: _Side, other: _Side) -> Mapping[str, Mapping[str, Sequence[Step]]]:
    """The ways through the nodes where the two searches met, from the first end on."""
    following: dict[str, dict[str, Sequence[Step]]] = defaultdict(dict)
    for side in (one, other):
        front = set(met)
        while front:
            for node in front:
                for before, steps in side.back.get(node, {}).items():
                    source, target = (before, node) if side is one else (node, before)
                    following[source][target] = steps
            front = {before for node in front for before in side.back.get(node, ())}
    return following


def _read(store: Store, ways: Mapping[str, Mapping[str, Sequence[Step]]]) -> Following:
    """The ways with all that is said of their edges; an edge that has gone meanwhile is left out."""
    edges = store.edges({step.id for after in ways.values() for steps in after.values() for step in steps})
    return {
        before: {
            after: known for after, steps in at.items() if (known := [edges[s.id] for s in steps if s.id in edges])
        }
        for before, at in ways.items()
    }


def _hubs(front: Collection[str], steps: Iterable[Step]) -> set[str]:
    counted = Counter(end for step in steps for end in {step.source, step.target} if end in front)
    return {node for node, count in counted.items() if count > EDGES_EACH}


def _impassable(store: Store, side: _Side, barred: Set[Passable]) -> set[str]:
    """Nodes of the front that no way leads through; only of regions more than the class must be known."""
    regions = [node for node in side.front if "Region" in registry.line_of(side.labels[node])]
    levels = {node.id: node.properties.get("level") for node in store.nodes(regions).values()}
    return {node for node in side.front if side.labels[node] in barred or levels.get(node) in barred}
