"""The store: what every engine offers, as a small protocol on sets of nodes. Queries and formats build on it.

Lists are ordered (nodes and edges by id unless said otherwise) and limited; `after` is the last id of the page before.
Answers carry at most `EVIDENCE_SHOWN` pieces of evidence a fact; `all_evidence` has them all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple, Protocol, Self

from graph.facts import Attributed, Batch, BatchHeader, BatchKind, Edge, EdgeClaim, Evidence, Node, NodeClaim, Value

EVIDENCE_SHOWN = 5


class Written(StrEnum):
    """What a write did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    NEW_SOURCE = "new source"


class Direction(StrEnum):
    """Which way edges are followed from a set of nodes."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of nodes by label (most specific class), edges by type, claims and batches by kind."""

    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    claims: int
    batches: Mapping[str, int]


class Rank(IntEnum):
    """What of a node a search has found, the best first: its whole name, the beginning of a name, a name, its text."""

    EXACT = 0
    PREFIX = 1
    NAME = 2
    TEXT = 3


class SearchPlace(NamedTuple):
    """Where a hit stands in the order of a search: rank, then length of the name or text, then id."""

    rank: Rank
    length: int
    id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search found, and its place in the order."""

    node: Node
    place: SearchPlace

    @property
    def matched(self) -> str:
        """How it was found: `name` if a name or alias fits, `text` if a passage does."""
        return "text" if self.place.rank is Rank.TEXT else "name"


class Step(NamedTuple):
    """An edge without what is said of it; the labels are the most specific classes of its ends."""

    id: str
    type: str
    source: str
    target: str
    source_label: str
    target_label: str


class WayStep(NamedTuple):
    """One edge on a shortest way, with the ids of the nodes that come before and after it."""

    before: str
    after: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class Ways:
    """All shortest ways between two nodes: their `steps`, each once; None where they have to be found step by step.

    `nodes` are shown with them: if there are steps both ends, and those on the first ways with documents and passages
    of evidence. `version` is the store's, read no later than they.
    """

    version: int
    steps: Sequence[WayStep] | None
    nodes: Sequence[Node]


class Leg(NamedTuple):
    """Edges of a type that are followed one way, out or in; where roles are given, only edges with one of them."""

    type: str
    direction: Direction
    roles: tuple[str, ...] = ()


class Store(Protocol):
    """A graph of claims. A method that writes is one transaction; `version` rises by one if it changed anything."""

    @property
    def version(self) -> int:
        """Number of commits that changed the store."""
        ...

    @property
    def url(self) -> str:
        """Where the store is, without secrets."""
        ...

    def write(self, batch: Batch) -> Written:
        """Store a batch whole, or raise BadBatch with every reason and store nothing.

        The batch's sources are taken from the batches that held them before; a batch that loses its last source goes.
        """
        ...

    def write_all(self, batches: Iterable[Batch]) -> Iterator[tuple[BatchHeader, Written]]:
        """Store batches one after the other, each as `write` does; -> per batch its header and what the write did.

        The next batch may be taken, but is not written, before the last is told of. What was told of is stored, also
        where taking or writing the next raises.
        """
        ...

    def retract(self, batch: str, *, source: str | None = None) -> bool:
        """Take back a batch of this id and fold again; False if there is none.

        With a source only that is taken from the batch, which goes with its last one; False if it has no such source.
        """
        ...

    def batches(self, kind: BatchKind | None = None) -> list[BatchHeader]:
        """Headers of all batches, or of those of a kind, by id."""
        ...

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """The nodes of these ids; ids that are not there are left out."""
        ...

    def edges(self, ids: Collection[str]) -> dict[str, Edge]:
        """The edges of these ids; ids that are not there are left out."""
        ...

    def list_nodes(
        self,
        label: str | None = None,
        *,
        filters: Mapping[str, Sequence[str | int | float]] | None = None,
        after: str = "",
        limit: int = 1000,
    ) -> list[Node]:
        """Nodes of the class or its subclasses whose property has one of the values, for each filter; by id."""
        ...

    def list_edges(self, type_: str | None = None, *, after: str = "", limit: int = 1000) -> list[Edge]:
        """Edges of the type, by id."""
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
        """What `expand` answers, without properties and evidence: for who only wants to know what is tied to what."""
        ...

    def values(
        self,
        label: str,
        property_: str,
        *,
        filters: Mapping[str, Sequence[str | int | float]] | None = None,
        limit: int | None = None,
    ) -> dict[str, Value | None]:
        """One property of each node of the class or its subclasses that fits the filters, None where it is missing.

        The keys are ids, in order; of more than `limit` nodes it is not said which of them come.
        """
        ...

    def distinct(self, label: str, property_: str) -> list[Value | None]:
        """The different values of a property in a class and its subclasses, in no order; members of lists apart.

        None is among them if there is a node that has it not.
        """
        ...

    def search(
        self,
        text: str,
        labels: Sequence[str] | None = None,
        *,
        after: SearchPlace | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Nodes and passages with all words of the text, as substrings of the folded name, alias or text.

        Order: exact name, name prefix, name, passage; then length, then id. `after` is the place of the last hit of
        the page before, whether it is still there or not.
        """
        ...

    def count_hits(self, text: str, labels: Sequence[str] | None = None, *, most: int, worst: Rank = Rank.TEXT) -> int:
        """How many nodes `search` finds of this rank or a better one, counted up to `most`."""
        ...

    def node_claims(self, node: str, *, after: str = "", limit: int = 100) -> list[Attributed[NodeClaim]]:
        """Claims of a node, by the id of their batch; `after` is the last batch id of the page before."""
        ...

    def edge_claims(self, edge: str, *, after: str = "", limit: int = 100) -> list[Attributed[EdgeClaim]]:
        """Claims of an edge, by the id of their batch; `after` is the last batch id of the page before."""
        ...

    def all_evidence(self, facts: Collection[str]) -> dict[str, tuple[Evidence, ...]]:
        """All evidence of the nodes and edges of these ids, in the order of the fold."""
        ...

    def iter_batch(self, batch: str) -> Iterator[NodeClaim | EdgeClaim]:
        """Claims of a batch: nodes by id, then edges by id."""
        ...

    def counts(self) -> Counts:
        """How much there is of what."""
        ...

    def close(self) -> None:
        """Let go of the store; closing twice does nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
