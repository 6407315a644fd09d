"""The embedded store: one SQLite file."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Self

from graph.asked import Filters, check_properties, check_types, known_labels
from graph.door import admit
from graph.errors import StoreUnusable
from graph.facts import (
    Attributed,
    Batch,
    BatchHeader,
    BatchKind,
    Edge,
    EdgeClaim,
    Evidence,
    Node,
    NodeClaim,
    Properties,
    Value,
)
from graph.review.decisions import unsettled
from graph.sqlite import change, reading
from graph.sqlite.batches import all_headers, find_header
from graph.sqlite.connections import Connections, translated
from graph.sqlite.expansion import expand, properties_at, reach, steps, steps_between
from graph.sqlite.schema import NEEDED_SQLITE, create_schema, has_schema
from graph.sqlite.search import count_hits, search
from graph.sqlite.settling import settle_reviews
from graph.sqlite.upgrade import upgrade
from graph.store import Counts, Direction, Hit, Leg, Rank, SearchPlace, Step, Written


class SqliteStore:
    """A store in one SQLite file; open it with `SqliteStore.open` or `graph.open.open_store`.

    Any number of threads and processes may read while one writes; writers wait for each other, `timeout_s` at most.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    def open(
        cls, path: Path, *, create: bool = True, read_only: bool = False, timeout_s: float = 30.0
    ) -> "SqliteStore":
        """The store at a path; made there if it may be and is not there yet.

        Raises StoreUnusable or StoreBusy, with one line that says why.
        """
        url = str(path)
        _check_place(path, url=url, create=create and not read_only)
        connections = Connections(path, url=url, read_only=read_only, timeout_s=timeout_s)
        with translated(url):
            connection = connections.open()
            try:
                _prepare(connections, connection, read_only=read_only)
            finally:
                connection.close()
        connections.expect_file()
        return cls(connections)

    @property
    def version(self) -> int:
        """Number of commits that changed the store."""
        with self._connections.reading() as connection:
            found: int = connection.execute("SELECT value FROM counters WHERE name = 'store_version'").fetchone()[0]
            return found

    @property
    def url(self) -> str:
        """The path of the file, as it was given."""
        return self._connections.url

    def write(self, batch: Batch) -> Written:
        """Store a batch whole, or raise BadBatch with every reason and store nothing."""
        admitted = admit(unsettled(batch))
        with self._connections.writing() as connection:
            written = change.write(connection, admitted)
            if written is not Written.UNCHANGED:
                settle_reviews(connection, added=admitted if written is Written.ADDED else None)
            return written

    def write_all(self, batches: Iterable[Batch]) -> Iterator[tuple[BatchHeader, Written]]:
        """Store batches one after the other, each as `write` does; -> per batch its header and what the write did."""
        for batch in batches:
            yield batch.header, self.write(batch)

    def retract(self, batch: str, *, source: str | None = None) -> bool:
        """Take back a batch of this id, or one of its sources, and fold again; False if there is none."""
        with self._connections.writing() as connection:
            found = find_header(connection, batch)
            is_gone = change.retract(connection, batch, source=source)
            if found and is_gone:
                settle_reviews(connection, gone=found[1])
            return is_gone

    def batches(self, kind: BatchKind | None = None) -> list[BatchHeader]:
        """Headers of all batches, or of those of a kind, by id."""
        with self._connections.reading() as connection:
            return all_headers(connection, kind)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        with self._connections.reading() as connection:
            return reading.nodes_by_id(connection, ids)

    def edges(self, ids: Collection[str]) -> dict[str, Edge]:
        """The edges of these ids; ids that are not there are left out."""
        with self._connections.reading() as connection:
            return reading.edges_by_id(connection, ids)

    def list_nodes(
        self, label: str | None = None, *, filters: Filters | None = None, after: str = "", limit: int = 1000
    ) -> list[Node]:
        """Nodes of the class or its subclasses whose property has one of the values, for each filter; by id."""
        labels = known_labels(None if label is None else [label])
        check_properties(labels, filters or {})
        with self._connections.reading() as connection:
            return reading.list_nodes(connection, labels, filters or {}, after=after, limit=max(limit, 0))

    def list_edges(self, type_: str | None = None, *, after: str = "", limit: int = 1000) -> list[Edge]:
        """Edges of the type, by id."""
        check_types([] if type_ is None else [type_])
        with self._connections.reading() as connection:
            return reading.list_edges(connection, type_, after=after, limit=max(limit, 0))

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
        with self._connections.reading() as connection:
            return expand(connection, ids, types, direction=direction, limit_each=limit)

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
        with self._connections.reading() as connection:
            return steps(connection, ids, types, direction=direction, limit_each=limit)

    def policies_by_name(self, *, after: tuple[str, str] = ("", ""), limit: int) -> list[tuple[str, str]]:
        """Folded names and ids of policies, in order; `after` is the last before them."""
        with self._connections.reading() as connection:
            return reading.policies_by_name(connection, after=after, limit=limit)

    def reach(self, ids: Collection[str], ways: Sequence[Sequence[Leg]], *, lacking: Leg | None = None) -> set[str]:
        """The nodes that one of the ways leads to, from any node of the set, without those that do not lack an edge."""
        check_types([leg.type for leg in (*chain.from_iterable(ways), *([lacking] if lacking else []))])
        with self._connections.reading() as connection:
            return reach(connection, ids, ways, lacking=lacking)

    def properties_at(self, ids: Collection[str], ways: Sequence[Sequence[Leg]]) -> dict[str, Properties]:
        """The properties of the nodes that one of the ways leads to, from any node of the set."""
        check_types([leg.type for leg in chain.from_iterable(ways)])
        with self._connections.reading() as connection:
            return properties_at(connection, ids, ways)

    def steps_between(
        self,
        ids: Collection[str],
        others: Collection[str],
        types: Sequence[str] | None = None,
        *,
        direction: Direction = Direction.BOTH,
    ) -> list[Step]:
        """The steps from the nodes of the set to the others."""
        check_types(types or [])
        with self._connections.reading() as connection:
            return steps_between(connection, ids, others, types, direction=direction)

    def values(
        self, label: str, property_: str, *, filters: Filters | None = None, limit: int | None = None
    ) -> dict[str, Value | None]:
        """One property of each node of the class or its subclasses that fits the filters, by their ids."""
        labels = known_labels([label])
        check_properties(labels, {property_: (), **(filters or {})})
        with self._connections.reading() as connection:
            return reading.values(connection, labels, property_, filters=filters or {}, limit=limit)

    def distinct(self, label: str, property_: str) -> list[Value | None]:
        """The different values of a property in a class and its subclasses, None where it is missing; in no order."""
        labels = known_labels([label])
        check_properties(labels, {property_: ()})
        with self._connections.reading() as connection:
            return reading.distinct(connection, labels, property_)

    def search(
        self, text: str, labels: Sequence[str] | None = None, *, after: SearchPlace | None = None, limit: int = 20
    ) -> list[Hit]:
        """Nodes and passages with all words of the text; exact name, name prefix, name, passage; length; id."""
        known = known_labels(labels)
        with self._connections.reading() as connection:
            return search(connection, text, known, after=after, limit=max(limit, 0))

    def count_hits(self, text: str, labels: Sequence[str] | None = None, *, most: int, worst: Rank = Rank.TEXT) -> int:
        """How many nodes `search` finds of this rank or a better one, counted up to `most`."""
        known = known_labels(labels)
        with self._connections.reading() as connection:
            return count_hits(connection, text, known, most=max(most, 0), worst=worst)

    def node_claims(self, node: str, *, after: str = "", limit: int = 100) -> list[Attributed[NodeClaim]]:
        """Claims of a node, by the id of their batch."""
        with self._connections.reading() as connection:
            return reading.claims_of_node(connection, node, after=after, limit=max(limit, 0))

    def edge_claims(self, edge: str, *, after: str = "", limit: int = 100) -> list[Attributed[EdgeClaim]]:
        """Claims of an edge, by the id of their batch."""
        with self._connections.reading() as connection:
            return reading.claims_of_edge(connection, edge, after=after, limit=max(limit, 0))

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        with self._connections.reading() as connection:
            return reading.all_evidence(connection, facts)

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        """Claims of a batch: nodes by id, then edges by id."""
        with self._connections.reading() as connection:
            yield from reading.iter_claims(connection, batch)

    def counts(self) -> Counts:
        """How much there is of what."""
        with self._connections.reading() as connection:
            return reading.counts(connection)

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _check_place(path: Path, *, url: str, create: bool) -> None:
    if sqlite3.sqlite_version_info < NEEDED_SQLITE:
        needed = ".".join(map(str, NEEDED_SQLITE))
        raise StoreUnusable(
            f"{url}: this Python has SQLite {sqlite3.sqlite_version}; policygraph needs {needed} or newer"
        )
    if path.is_dir():
        raise StoreUnusable(f"{url}: a folder, not a store; give the path of a file")
    if path.exists():
        return
    if not create:
        raise StoreUnusable(f"{url}: there is no store; load something into it first, or give another --store")
    if not path.absolute().parent.is_dir():
        raise StoreUnusable(f"{url}: there is no folder {path.absolute().parent}; make it first")


def _prepare(connections: Connections, connection: sqlite3.Connection, *, read_only: bool) -> None:
    """Check that the file is a store, and make it one if it is empty."""
    if has_schema(connection, url=connections.url):
        upgrade(connection, url=connections.url, read_only=read_only)
        return
    if read_only:
        raise StoreUnusable(f"{connections.url}: an empty file; load something into it first")
    connections.use_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not has_schema(connection, url=connections.url):
            create_schema(connection)
        connection.execute("COMMIT")
    finally:
        connection.rollback()
