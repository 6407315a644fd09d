"""What a store answers at once (`graph.queries.at_once`), without what is hidden: the same as step by step."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.facts import Edge, Node, Properties
from graph.queries.at_once import (
    FindsBetween,
    FindsWays,
    ListsPolicies,
    ReachesNodes,
    ReadsChains,
    ReadsWithVersion,
)
from graph.store import Direction, Leg, Step, Store, Ways, WayStep


@dataclass(frozen=True, slots=True)
class Hidden:
    """Ids of what is hidden, with the classes of nodes and the types of edges; a hidden node's edges are hidden."""

    nodes: Mapping[str, str]
    edges: Mapping[str, str]

    def left(self, ids: Collection[str]) -> list[str]:
        """Of nodes those that are shown."""
        return [id_ for id_ in ids if id_ not in self.nodes]

    def hides(self, edge: Edge) -> bool:
        """Whether the edge is hidden, or at a hidden node, where it may have been drawn since."""
        return edge.id in self.edges or edge.source in self.nodes or edge.target in self.nodes


class ShownAtOnce:
    """Answers of a store at once, without what is hidden; None where it has none, or where hidden facts forbid it."""

    def __init__(self, store: Store, hidden: Hidden) -> None:
        self._store = store
        self._hidden = hidden
        self._hidden_types = frozenset(hidden.edges.values())

    def nodes_and_version(self, ids: Collection[str]) -> tuple[dict[str, Node], int] | None:
        """The nodes of these ids that are shown, and the version of the store."""
        if not isinstance(self._store, ReadsWithVersion):
            return None
        return self._store.nodes_and_version(self._hidden.left(ids))

    def chain_part(
        self, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
    ) -> tuple[list[Node], list[Edge]] | None:
        """Nodes and edges that are shown of those that chains lie in which begin at these nodes.

        Some of them may lie only behind something hidden, where nobody comes who starts at these nodes.
        """
        if not isinstance(self._store, ReadsChains):
            return None
        begun = {"policies": policies, "measures": measures, "goals": goals}
        part = self._store.chain_part(**{column: self._hidden.left(ids) for column, ids in begun.items()})
        if part is None:
            return None
        nodes, edges = part
        return (
            [node for node in nodes if node.id not in self._hidden.nodes],
            [edge for edge in edges if not self._hidden.hides(edge)],
        )

    def shortest_ways(
        self, ends: tuple[str, str], *, types: Sequence[str], barred: Collection[str], max_hops: int
    ) -> Ways | None:
        """The shortest ways that are shown; their `steps` are None where all of the store's lead over hidden ones.

        There the shortest that is shown is longer than what the store has found.
        """
        if not isinstance(self._store, FindsWays):
            return None
        found = self._store.shortest_ways(ends, types=types, barred=barred, max_hops=max_hops)
        if found is None or found.steps is None:
            return found
        steps = [step for step in found.steps if not self._hidden.hides(step.edge)]
        left = steps if len(steps) == len(found.steps) else _whole_ways(steps, ends)
        shown = [node for node in found.nodes if node.id not in self._hidden.nodes]
        return Ways(found.version, left if left or not found.steps else None, shown)

    def policies_by_name(self, *, after: tuple[str, str] = ("", ""), limit: int) -> list[tuple[str, str]] | None:
        """Folded names and ids of policies that are shown, in order."""
        if not isinstance(self._store, ListsPolicies):
            return None
        found: list[tuple[str, str]] = []
        while len(found) < limit:
            wanted = limit - len(found)
            some = self._store.policies_by_name(after=after, limit=wanted)
            if some is None:
                return None
            found += [one for one in some if one[1] not in self._hidden.nodes]
            if len(some) < wanted:
                break
            after = some[-1]
        return found

    def reach(
        self, ids: Collection[str], ways: Sequence[Sequence[Leg]], *, lacking: Leg | None = None
    ) -> set[str] | None:
        """The nodes that one of the ways leads to; None where an edge of a type that leads there is hidden."""
        legs = [*ways, (lacking,)] if lacking else ways
        if not isinstance(self._store, ReachesNodes) or self._may_pass_hidden(legs):
            return None
        return self._store.reach(self._hidden.left(ids), ways, lacking=lacking)

    def properties_at(self, ids: Collection[str], ways: Sequence[Sequence[Leg]]) -> dict[str, Properties] | None:
        """The properties of these nodes; None where an edge of a type that leads there is hidden."""
        if not isinstance(self._store, ReachesNodes) or self._may_pass_hidden(ways):
            return None
        return self._store.properties_at(self._hidden.left(ids), ways)

    def steps_between(
        self,
        ids: Collection[str],
        others: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
    ) -> list[Step] | None:
        """The steps that are shown from the nodes of the set to the others."""
        if not isinstance(self._store, FindsBetween):
            return None
        left = self._hidden.left
        found = self._store.steps_between(left(ids), left(others), types, direction=direction)
        return None if found is None else [step for step in found if step.id not in self._hidden.edges]

    def _may_pass_hidden(self, ways: Sequence[Sequence[Leg]]) -> bool:
        """Whether an edge that is hidden may be on a way; who passes a hidden node passes hidden edges."""
        return any(leg.type in self._hidden_types for way in ways for leg in way)


def _whole_ways(steps: Sequence[WayStep], ends: tuple[str, str]) -> list[WayStep]:
    """The steps on a way that leads from one end to the other."""
    reached = _reached(ends[0], ((before, after) for before, after, _ in steps))
    leading = _reached(ends[1], ((after, before) for before, after, _ in steps))
    return [step for step in steps if step.before in reached and step.after in leading]


def _reached(start: str, hops: Iterable[tuple[str, str]]) -> set[str]:
    following: dict[str, set[str]] = defaultdict(set)
    for before, after in hops:
        following[before].add(after)
    found, front = {start}, {start}
    while front:
        front = {after for before in front for after in following.get(before, ())} - found
        found |= front
    return found
