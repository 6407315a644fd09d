"""The shared store: a graph in a Neo4j database."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Self

from graph.asked import Filters, check_properties, check_types, known_labels
from graph.facts import Attributed, Batch, BatchHeader, BatchKind, Edge, EdgeClaim, Evidence, Node, NodeClaim, Value
from graph.neo4j import at_once, change, reading
from graph.neo4j.access import Neo4jAccess
from graph.neo4j.batches import all_headers, turn_for, turn_for_id
from graph.neo4j.connections import Connections, many
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM
from graph.neo4j.in_turn import in_turn
from graph.neo4j.last_written import LastWritten
from graph.neo4j.prepared import Prepared
from graph.neo4j.rows import edge_claim_of, node_claim_of
from graph.neo4j.schema import prepare
from graph.neo4j.search import count_hits, search
from graph.store import Counts, Direction, Hit, Rank, SearchPlace, Step, Ways, Written


class Neo4jStore:
    """A store in a Neo4j database; open it with `Neo4jStore.open` or `graph.open.open_store`.

    Any number of threads and programs may read while one writes; writers wait for each other, `timeout_s` at most.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._cypher = connections.cypher

    @classmethod
    def open(
        cls, url: str, *, access: Neo4jAccess, create: bool = True, read_only: bool = False, timeout_s: float = 30.0
    ) -> "Neo4jStore":
        """The store at an address; made there if it may be and is not there yet.

        Raises StoreUnusable, StoreAway or StoreBusy, with one line that says why.
        """
        connections = Connections.open(url, access=access, read_only=read_only, timeout_s=timeout_s)
        try:
            prepare(connections, create=create and not read_only)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    @property
    def version(self) -> int:
        """Number of commits that changed the store."""
        found = self._connections.read(lambda tx: many(tx, self._cypher.find_store))
        return int(found[0]["version"]) if found else 0

    @property
    def url(self) -> str:
        """The address, as it was given."""
        return self._connections.url

    def write(self, batch: Batch) -> Written:
        """Store a batch whole, or raise BadBatch with every reason and store nothing."""
        return self._write(Prepared.of(batch), LastWritten())

    def write_all(self, batches: Iterable[Batch]) -> Iterator[tuple[BatchHeader, Written]]:
        """Store batches one after the other, each as `write` does; -> per batch its header and what the write did."""
        last = LastWritten()

        def write(prepared: Prepared, on_commit: Callable[[], None]) -> Written:
            return self._write(prepared, last, on_commit)

        for batch, written in in_turn(batches, make=lambda batch: Prepared.ahead(batch, last), write=write):
            yield batch.header, written

    def _write(self, prepared: Prepared, last: LastWritten, on_commit: Callable[[], None] = lambda: None) -> Written:
        written = self._connections.write(
            turn_for(prepared.batch.header),
            lambda turn: change.write(turn, self._cypher, prepared, last),
            on_commit=on_commit,
        )
        if written is not Written.UNCHANGED:
            last.commit()
        return written

    def retract(self, batch: str, *, source: str | None = None) -> bool:
        """Take back a batch of this id, or one of its sources, and fold again; False if there is none."""
        return self._connections.write(
            turn_for_id(batch), lambda turn: change.retract(turn, self._cypher, batch, source=source)
        )

    def batches(self, kind: BatchKind | None = None) -> list[BatchHeader]:
        """Headers of all batches, or of those of a kind, by id."""
        return self._connections.read(lambda tx: all_headers(tx, self._cypher, kind))

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        return self._connections.read(lambda tx: reading.nodes_by_id(tx, self._cypher, ids))

    def edges(self, ids: Collection[str]) -> dict[str, Edge]:
        """The edges of these ids; ids that are not there are left out."""
        return self._connections.read(lambda tx: reading.edges_by_id(tx, self._cypher, ids))

    def list_nodes(
        self, label: str | None = None, *, filters: Filters | None = None, after: str = "", limit: int = 1000
    ) -> list[Node]:
        """Nodes of the class or its subclasses whose property has one of the values, for each filter; by id."""
        labels = known_labels(None if label is None else [label])
        wanted = filters or {}
        check_properties(labels, wanted)
        return self._connections.read(
            lambda tx: reading.list_nodes(tx, self._cypher, labels, wanted, after=after, limit=max(limit, 0))
        )

    def list_edges(self, type_: str | None = None, *, after: str = "", limit: int = 1000) -> list[Edge]:
        """Edges of the type, by id."""
        check_types([] if type_ is None else [type_])
        return self._connections.read(
            lambda tx: reading.list_edges(tx, self._cypher, type_, after=after, limit=max(limit, 0))
        )

    def expand(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Edge]:
        """Edges at any node of the set, each once, by id; at most `limit_each` (by id) a node of the set."""
        check_types(types or [])
        limit = None if limit_each is None else max(limit_each, 0)
        return self._connections.read(
            lambda tx: reading.expand(tx, self._cypher, ids, types, direction=direction, limit_each=limit)
        )

    def steps(
        self,
        ids: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
        limit_each: int | None = None,
    ) -> list[Step]:
        """What `expand` answers, without properties and evidence."""
        check_types(types or [])
        limit = None if limit_each is None else max(limit_each, 0)
        return self._connections.read(
            lambda tx: reading.steps(tx, self._cypher, ids, types, direction=direction, limit_each=limit)
        )

    def values(
        self, label: str, property_: str, *, filters: Filters | None = None, limit: int | None = None
    ) -> dict[str, Value | None]:
        """One property of each node of the class or its subclasses that fits the filters, by their ids."""
        labels, wanted = known_labels([label]), filters or {}
        check_properties(labels, {property_: (), **wanted})
        return self._connections.read(
            lambda tx: reading.values(tx, self._cypher, labels, property_, filters=wanted, limit=limit)
        )

    def distinct(self, label: str, property_: str) -> list[Value | None]:
        """The different values of a property in a class and its subclasses, None where it is missing; in no order."""
        labels = known_labels([label])
        check_properties(labels, {property_: ()})
        return self._connections.read(lambda tx: reading.distinct(tx, self._cypher, labels, property_))

    def search(
        self, text: str, labels: Sequence[str] | None = None, *, after: SearchPlace | None = None, limit: int = 20
    ) -> list[Hit]:
        """Nodes and passages with all words of the text; exact name, name prefix, name, passage; length; id."""
        known = known_labels(labels)
        return self._connections.read(
            lambda tx: search(tx, self._cypher, text, known, after=after, limit=max(limit, 0))
        )

    def count_hits(self, text: str, labels: Sequence[str] | None = None, *, most: int, worst: Rank = Rank.TEXT) -> int:
        """How many nodes `search` finds of this rank or a better one, counted up to `most`."""
        known = known_labels(labels)
        return self._connections.read(
            lambda tx: count_hits(tx, self._cypher, text, known, most=max(most, 0), worst=worst)
        )

    def nodes_and_version(self, ids: Collection[str]) -> tuple[dict[str, Node], int]:
        """The nodes of these ids that are there, and the number of commits that changed the store."""
        return self._connections.read(lambda tx: at_once.nodes_and_version(tx, self._cypher, ids))

    def chain_part(
        self, *, policies: Collection[str] = (), measures: Collection[str] = (), goals: Collection[str] = ()
    ) -> tuple[list[Node], list[Edge]]:
        """All nodes and edges that chains lie in which begin at these nodes."""
        return self._connections.read(
            lambda tx: at_once.chain_part(tx, self._cypher, policies=policies, measures=measures, goals=goals)
        )

    def shortest_ways(
        self, ends: tuple[str, str], *, types: Sequence[str], barred: Collection[str], max_hops: int
    ) -> Ways | None:
        """The shortest ways between two nodes; their `steps` are None if there are too many to list."""
        check_types(types)
        return self._connections.read(
            lambda tx: at_once.shortest_ways(tx, self._cypher, ends, types=types, barred=barred, max_hops=max_hops)
        )

    def node_claims(self, node: str, *, after: str = "", limit: int = 100) -> list[Attributed[NodeClaim]]:
        """Claims of a node, by the id of their batch."""
        return self._connections.read(
            lambda tx: reading.claims_of_node(tx, self._cypher, node, after=after, limit=max(limit, 0))
        )

    def edge_claims(self, edge: str, *, after: str = "", limit: int = 100) -> list[Attributed[EdgeClaim]]:
        """Claims of an edge, by the id of their batch."""
        return self._connections.read(
            lambda tx: reading.claims_of_edge(tx, self._cypher, edge, after=after, limit=max(limit, 0))
        )

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        return self._connections.read(lambda tx: reading.all_evidence(tx, self._cypher, facts))

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        """Claims of a batch: nodes by id, then edges by id."""
        for fact, said in self._iter_said(batch, NODE_CLAIM):
            yield node_claim_of(fact, said)
        for fact, said in self._iter_said(batch, EDGE_CLAIM):
            yield edge_claim_of(fact, said)

    def _iter_said(self, batch: str, kind: str) -> Iterator[tuple[str, str]]:
        after = ""
        while page := self._said(batch, kind, after):
            yield from page
            after = page[-1][0]

    def _said(self, batch: str, kind: str, after: str) -> list[tuple[str, str]]:
        return self._connections.read(
            lambda tx: reading.claims_of_batch(tx, self._cypher, batch, kind=kind, after=after)
        )

    def counts(self) -> Counts:
        """How much there is of what."""
        return self._connections.read(lambda tx: reading.counts(tx, self._cypher))

    def close(self) -> None:
        """Let go of the server; closing twice does nothing."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
