"""The graph as answers show it: without what was rejected, unless that is asked for, and never with merged nodes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from graph.facts import (
    Attributed,
    Batch,
    BatchHeader,
    BatchKind,
    Edge,
    EdgeClaim,
    Evidence,
    Fact,
    Node,
    NodeClaim,
    Value,
)
from graph.review.decisions import Verdict, is_edge_id
from graph.review.listing import all_decisions
from graph.review.shown_at_once import Hidden, ShownAtOnce
from graph.store import Counts, Direction, Hit, Rank, SearchPlace, Step, Store, Written
from ontology.values import ReviewState

_PAGE = 1000
_HIDING = (Verdict.REJECT, Verdict.MERGE)


class Shown(StrEnum):
    """What answers show: what stands, or also what was rejected."""

    STANDING = "standing"
    ALL = "all"


_HIDDEN = {
    Shown.STANDING: (ReviewState.REJECTED, ReviewState.MERGED),
    Shown.ALL: (ReviewState.MERGED,),
}


def shown(store: Store, which: Shown = Shown.STANDING) -> Store:
    """The store as answers show it: itself where nothing is hidden. A rejected or merged node takes its edges along.

    What is hidden is read once: after a change it has to be asked for again.
    """
    states = _HIDDEN[which]
    judged = {one.attached for one in all_decisions(store) if one.attached and one.decision.verdict in _HIDING}
    nodes = store.nodes([id_ for id_ in judged if not is_edge_id(id_)])
    edges = store.edges([id_ for id_ in judged if is_edge_id(id_)])
    gone = {id_: node.label for id_, node in nodes.items() if node.properties["review"] in states}
    without = {id_: edge.type for id_, edge in edges.items() if edge.properties["review"] in states}
    if not gone and not without:
        return store
    return ShownStore(store, Hidden(gone, without | {step.id: step.type for step in store.steps(gone)}))


class Views:
    """A store as answers show it, the same object as long as the graph is the same, for what is kept with it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[Shown, tuple[int, Store]] = {}

    def get(self, which: Shown = Shown.STANDING) -> Store:
        """What is shown of the store now."""
        version = self._store.version
        made = self._made.get(which)
        if made is None or made[0] != version:
            made = version, shown(self._store, which)
            if self._store.version == version:
                self._made[which] = made
        return made[1]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _HasEnds(_HasId, Protocol):
    @property
    def source(self) -> str: ...

    @property
    def target(self) -> str: ...


F = TypeVar("F", bound=Fact)
E = TypeVar("E", bound=_HasEnds)


class ShownStore(ShownAtOnce):
    """A store without some nodes and edges; claims, batches and writing are those of the store itself."""

    def __init__(self, store: Store, hidden: Hidden) -> None:
        super().__init__(store, hidden)
        self.whole = store

    @property
    def version(self) -> int:
        """That of the store."""
        return self._store.version

    @property
    def url(self) -> str:
        """That of the store."""
        return self._store.url

    def write(self, batch: Batch) -> Written:
        """Write to the store."""
        return self._store.write(batch)

    def write_all(self, batches: Iterable[Batch]) -> Iterator[tuple[BatchHeader, Written]]:
        """Write to the store."""
        return self._store.write_all(batches)

    def retract(self, batch: str, *, source: str | None = None) -> bool:
        """Retract from the store."""
        return self._store.retract(batch, source=source)

    def batches(self, kind: BatchKind | None = None) -> list[BatchHeader]:
        """Headers of all batches, or of those of a kind, by id."""
        return self._store.batches(kind)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids that are shown."""
        return self._store.nodes(self._hidden.left(ids))

    def edges(self, ids: Collection[str]) -> dict[str, Edge]:
        """The edges of these ids that are shown."""
        return self._store.edges([id_ for id_ in ids if id_ not in self._hidden.edges])

    def list_nodes(
        self,
        label: str | None = None,
        *,
        filters: Mapping[str, Sequence[str | int | float]] | None = None,
        after: str = "",
        limit: int = 1000,
    ) -> list[Node]:
        """Nodes that are shown, by id."""

        def page(behind: str, most: int) -> list[Node]:
            return self._store.list_nodes(label, filters=filters, after=behind, limit=most)

        return _filled(page, self._hidden.nodes, after=after, limit=limit)

    def list_edges(self, type_: str | None = None, *, after: str = "", limit: int = 1000) -> list[Edge]:
        """Edges that are shown, by id."""

        def page(behind: str, most: int) -> list[Edge]:
            return self._store.list_edges(type_, after=behind, limit=most)

        return _filled(page, self._hidden.edges, after=after, limit=limit)

    def expand(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Edge]:
        """Edges at any node of the set that are shown."""
        more = self._with_room(limit_each)
        found = self._store.expand(self._hidden.left(ids), types, direction=direction, limit_each=more)
        return self._first(found, ids, direction=direction, limit_each=limit_each)

    def steps(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Step]:
        """What `expand` answers, without properties and evidence."""
        more = self._with_room(limit_each)
        found = self._store.steps(self._hidden.left(ids), types, direction=direction, limit_each=more)
        return self._first(found, ids, direction=direction, limit_each=limit_each)

    def values(
        self,
        label: str,
        property_: str,
        *,
        filters: Mapping[str, Sequence[str | int | float]] | None = None,
        limit: int | None = None,
    ) -> dict[str, Value | None]:
        """One property of each of the nodes that `list_nodes` answers."""
        more = None if limit is None else limit + len(self._hidden.nodes)
        found = self._store.values(label, property_, filters=filters, limit=more)
        left = {id_: value for id_, value in found.items() if id_ not in self._hidden.nodes}
        return left if limit is None else {id_: left[id_] for id_ in sorted(left)[:limit]}

    def distinct(self, label: str, property_: str) -> list[Value | None]:
        """The different values of a property in a class, those of what is hidden included."""
        return self._store.distinct(label, property_)

    def search(
        self,
        text: str,
        labels: Sequence[str] | None = None,
        *,
        after: SearchPlace | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Nodes that are shown with all words of the text."""
        found: list[Hit] = []
        while len(found) < limit:
            wanted = limit - len(found)
            page = self._store.search(text, labels, after=after, limit=wanted)
            found += [hit for hit in page if hit.node.id not in self._hidden.nodes]
            if len(page) < wanted:
                break
            after = page[-1].place
        return found

    def count_hits(self, text: str, labels: Sequence[str] | None = None, *, most: int, worst: Rank = Rank.TEXT) -> int:
        """How many nodes `search` finds of this rank or a better one, counted up to `most`."""
        return sum(hit.place.rank <= worst for hit in self.search(text, labels, limit=most))

    def node_claims(self, node: str, *, after: str = "", limit: int = 100) -> list[Attributed[NodeClaim]]:
        """Claims of a node, by the id of their batch."""
        return self._store.node_claims(node, after=after, limit=limit)

    def edge_claims(self, edge: str, *, after: str = "", limit: int = 100) -> list[Attributed[EdgeClaim]]:
        """Claims of an edge, by the id of their batch."""
        return self._store.edge_claims(edge, after=after, limit=limit)

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids."""
        return self._store.all_evidence(facts)

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        """Claims of a batch: nodes by id, then edges by id."""
        return self._store.iter_batch(batch)

    def counts(self) -> Counts:
        """How much there is of what is shown; claims and batches are those of the store."""
        counts = self._store.counts()
        nodes = Counter(counts.nodes) - Counter(self._hidden.nodes.values())
        edges = Counter(counts.edges) - Counter(self._hidden.edges.values())
        return replace(counts, nodes=dict(nodes), edges=dict(edges))

    def close(self) -> None:
        """Nothing: the store is closed by who opened it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _with_room(self, limit_each: int | None) -> int | None:
        return None if limit_each is None else limit_each + len(self._hidden.edges)

    def _first(
        self, found: Sequence[E], ids: Collection[str], *, direction: Direction, limit_each: int | None
    ) -> list[E]:
        """Those that are shown; of each node of the set the first."""
        left = [one for one in found if one.id not in self._hidden.edges]
        if limit_each is None:
            return left
        asked = set(ids)
        at: dict[str, list[str]] = defaultdict(list)
        for one in left:
            for end in {
                *((one.source,) if direction is not Direction.IN else ()),
                *((one.target,) if direction is not Direction.OUT else ()),
            } & asked:
                at[end].append(one.id)
        kept = {id_ for edges in at.values() for id_ in edges[:limit_each]}
        return [one for one in left if one.id in kept]


def _filled(page: Callable[[str, int], list[F]], hidden: Collection[str], *, after: str, limit: int) -> list[F]:
    """A page without what is hidden, as long as one with it."""
    found: list[F] = []
    while len(found) < limit:
        wanted = limit - len(found)
        some = page(after, wanted)
        found += [one for one in some if one.id not in hidden]
        if len(some) < wanted:
            break
        after = some[-1].id
    return found


def whole(store: Store) -> Store:
    """The store with all that it holds, also of one that shows a part."""
    return store.whole if isinstance(store, ShownStore) else store


def without_merged(store: Store) -> Store:
    """The store without merged nodes; one that shows a part shows none already."""
    return store if isinstance(store, ShownStore) else shown(store, Shown.ALL)
