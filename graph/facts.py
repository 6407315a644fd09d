"""What is stored (claims, in batches) and what it folds to (nodes and edges). All of it frozen.

A claim is one fact as one batch states it. A batch is what is loaded and taken back as a whole: a document as one
version of the reader read it with given options, a curated table, a register, or a review.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from graph import ids
from graph.normal import key
from ontology import registry
from ontology.relations import Relation
from ontology.values import Origin

Value: TypeAlias = str | int | float | bool | list[str]
Properties: TypeAlias = Mapping[str, Value]

NOTHING: Properties = MappingProxyType({})

STATED = ("Goal", "Measure", "Observation")
"""Classes of what one policy alone has."""
REFERENCE = "reference"
"""The rule of a claim that only names the end of an edge, which others state: it counts after all others."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a document states a fact. Offsets are code points in the document's text as read.

    `start` to `end` is the statement, word for word; `context` holds the (start, end) of what completes it, such as
    the year in a heading or the column header of a table cell.
    """

    document: str
    start: int
    end: int
    passage: str
    context: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What node and edge claims share.

    `rule` names what made it; `inferred` the properties that were concluded rather than read; `is_own` says that the
    batch's document is itself the policy that the fact belongs to, so that its word counts before that of others.
    `origin` is given where it is not the kind of the batch: a reader adds what a register says of a place that the
    document names, and what a person says of the document as an option (curated), in the document's own batch, so that
    unloading the document takes it along.
    """

    properties: Properties
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    inferred: tuple[str, ...] = ()
    is_own: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class NodeClaim(Claim):
    """A batch says that there is a node of this class; `label` is the most specific class."""

    id: str = field(kw_only=True)
    label: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class EdgeClaim(Claim):
    """A batch says that a relation holds between two nodes. Make it with `edge_claim`."""

    id: str = field(kw_only=True)
    type: str = field(kw_only=True)
    source: str = field(kw_only=True)
    target: str = field(kw_only=True)
    discriminator: str = field(kw_only=True, default="")


def edge_claim(
    type_: str,
    source: str,
    target: str,
    properties: Properties = NOTHING,
    *,
    evidence: tuple[Evidence, ...] = (),
    rule: str = "",
    inferred: tuple[str, ...] = (),
    is_own: bool = False,
    origin: Origin | None = None,
) -> EdgeClaim:
    """An edge claim with its id: ends of a symmetric relation in order of id, discriminator as the relation says."""
    relation = registry.relation_of(type_)
    if relation.is_symmetric and target < source:
        source, target = target, source
    discriminator = discriminator_of(relation, properties)
    return EdgeClaim(
        properties=properties,
        evidence=evidence,
        rule=rule,
        inferred=inferred,
        is_own=is_own,
        origin=origin,
        id=ids.edge_id(source, type_, target, discriminator),
        type=type_,
        source=source,
        target=target,
        discriminator=discriminator,
    )


def discriminator_of(relation: Relation, properties: Properties) -> str:
    """What tells an edge of this relation from others between the same nodes: the first of its properties given."""
    for name in relation.discriminator:
        if value := properties.get(name):
            return key(str(value))
    return ""


class BatchKind(StrEnum):
    """What a batch is; the values are those of a fact's origin."""

    DOCUMENT = Origin.DOCUMENT.value
    CURATED = Origin.CURATED.value
    REGISTER = Origin.REGISTER.value
    REVIEW = Origin.REVIEW.value


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """What a batch is made from; decides how far its claims count.

    `id` is made from kind, content and options; `version` is that of the reader (or of the register, the table's
    digest, …). The same id with another version, or loaded with its text where it had none, replaces the claims.
    `sources` are URIs, sorted; `issued_on` is that of the document's policy; `content` the SHA-256 of the bytes.
    """

    id: str
    kind: BatchKind
    title: str
    content: str
    version: str
    sources: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    issued_on: str | None = None
    loaded_at: str = ""
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """A header and its claims; at most one claim a fact. Every end of an edge is among the nodes."""

    header: BatchHeader
    nodes: tuple[NodeClaim, ...] = ()
    edges: tuple[EdgeClaim, ...] = ()


ClaimT = TypeVar("ClaimT", NodeClaim, EdgeClaim)


@dataclass(frozen=True, slots=True)
class Attributed(Generic[ClaimT]):
    """A claim with the header of the batch that states it."""

    claim: ClaimT
    header: BatchHeader


@dataclass(frozen=True, slots=True)
class Fact:
    """What nodes and edges of the graph share.

    `evidence` may be cut to the first pieces (`evidence_total` counts all); `claims` counts the claims folded;
    `origin` and `review` and `tags` are among the properties; `inferred` names properties that were concluded.
    """

    id: str
    properties: Properties
    evidence: tuple[Evidence, ...]
    evidence_total: int
    claims: int
    inferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node(Fact):
    """A node of the graph; `label` is its most specific class."""

    label: str = field(kw_only=True)

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of the class's line, the root first."""
        return registry.line_of(self.label)

    @property
    def name(self) -> str:
        """The folded name."""
        return str(self.properties["name"])


@dataclass(frozen=True, slots=True)
class Edge(Fact):
    """An edge of the graph."""

    type: str = field(kw_only=True)
    source: str = field(kw_only=True)
    target: str = field(kw_only=True)
    discriminator: str = field(kw_only=True, default="")
