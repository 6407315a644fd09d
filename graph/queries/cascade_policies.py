"""The policies above and below a policy, level by level."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graph.facts import Edge, Node
from graph.queries.cascade_rows import MOST_POLICIES, Place
from graph.store import Direction, Store
from ontology.values import PolicyLevel

BASED_ON, ISSUES = "BASED_ON", "ISSUES"
_CITING = ("CITES", "MANDATES", "AMENDS", "REPLACES")


@dataclass(frozen=True, slots=True)
class Link:
    """A policy that was reached: `edge` ties it to `by`, which is nearer to the start by one step or by none."""

    place: Place
    policy: str
    distance: int
    edge: Edge
    by: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Policies around one, the nearest first, then by id; `own` is it and the notices that print it."""

    start: Node
    own: frozenset[str]
    links: tuple[Link, ...]
    nodes: Mapping[str, Node]
    is_cut: bool

    def at(self, place: Place) -> tuple[Link, ...]:
        """The links to the policies of one place."""
        return tuple(link for link in self.links if link.place is place)

    def above(self, policy: str) -> frozenset[str]:
        """Those that stand above the start, one of its notices, or one of the policies below."""
        up = frozenset(link.policy for link in self.at(Place.ABOVE))
        if policy in self.own:
            return frozenset(up)
        by = {link.policy: link.by for link in self.at(Place.BELOW)}
        between, at = set(), by[policy]
        while at in by:
            between.add(at)
            at = by[at]
        return self.own | up | between


def load_lineage(store: Store, start: Node, *, depth: int, limit: int) -> Lineage:
    """The policies above and below within `depth` steps, and those that are only cited.

    Each way there are at most `limit` policies, not counting those whose text is known not to be in the store.
    A policy that is reached both ways, in a circle of references, stands above.
    """
    seen = {start.id}
    printed = _reached(store.expand([start.id], [ISSUES], limit_each=MOST_POLICIES), seen, Place.WITH, 0)
    own = frozenset(seen)
    up, up_cut = _walk(store, own, seen, Place.ABOVE, depth=depth, limit=limit)
    down, down_cut = _walk(store, own, seen, Place.BELOW, depth=depth, limit=limit)
    cited, cited_cut = _cited(store, own, seen)
    links = (*printed, *up, *down, *cited)
    nodes = store.nodes({start.id, *own, *(link.policy for link in links)})
    return Lineage(start, own, links, nodes, is_cut=up_cut or down_cut or cited_cut)


def level_of(policy: Node) -> PolicyLevel | None:
    """The level of a policy, None where nothing says it."""
    level = policy.properties.get("level")
    return PolicyLevel(level) if isinstance(level, str) else None


def _walk(
    store: Store, own: Iterable[str], seen: set[str], place: Place, *, depth: int, limit: int
) -> tuple[list[Link], bool]:
    """The policies in one direction, and whether there are more of them; `seen` grows by what is found."""
    direction = Direction.OUT if place is Place.ABOVE else Direction.IN
    found: list[Link] = []
    front, room = set(own), limit
    for distance in range(1, depth + 1):
        edges = store.expand(front, [BASED_ON], direction=direction, limit_each=MOST_POLICIES)
        reached = _reached(edges, seen, place, distance)
        edges = store.expand({link.policy for link in reached}, [ISSUES], limit_each=MOST_POLICIES)
        reached += _reached(edges, seen, place, distance)
        kept = _first(store, reached, room)
        found += kept.links
        if len(kept.links) < len(reached) or len(found) > MOST_POLICIES:
            return found[:MOST_POLICIES], True
        front, room = {link.policy for link in reached}, room - kept.loaded
        if not front:
            return found, False
    return found, bool(store.expand(front, [BASED_ON], direction=direction, limit_each=1))


class _Kept(NamedTuple):
    """Links, and how many of them lead to policies whose text may be in the store."""

    links: list[Link]
    loaded: int


def _first(store: Store, links: list[Link], room: int) -> _Kept:
    """The first links that hold so many policies; those that are only cited cost nothing and do not count."""
    nodes = store.nodes({link.policy for link in links})
    kept: list[Link] = []
    loaded = 0
    for link in links:
        may_set_goals = link.policy in nodes and nodes[link.policy].properties.get("loaded") is not False
        if not may_set_goals or loaded < room:
            kept.append(link)
            loaded += may_set_goals
    return _Kept(kept, loaded)


def _reached(edges: Iterable[Edge], seen: set[str], place: Place, distance: int) -> list[Link]:
    """A link to each policy that is new, by id; `seen` grows by them."""
    new: dict[str, Link] = {}
    for edge in edges:
        for by, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if by in seen and other not in seen:
                new.setdefault(other, Link(place, other, distance, edge, by))
    seen.update(new)
    return [new[policy] for policy in sorted(new)]


def _cited(store: Store, policies: Collection[str], seen: set[str]) -> tuple[list[Link], bool]:
    """Policies that are mentioned, called for, changed or replaced, and not loaded."""
    edges = store.expand(policies, _CITING, direction=Direction.OUT, limit_each=MOST_POLICIES + 1)
    nodes = store.nodes({edge.target for edge in edges} - seen)
    missing = (edge for edge in edges if edge.target in nodes and not nodes[edge.target].properties.get("loaded"))
    links = _reached(missing, seen, Place.CITED, 1)
    return links[:MOST_POLICIES], len(links) > MOST_POLICIES
