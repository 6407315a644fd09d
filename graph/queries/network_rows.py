"""The question for a network and what answers it."""

from dataclasses import dataclass
from enum import StrEnum


class NetworkKind(StrEnum):
    """Who works with whom, who issues policies with whom, which policy names which."""

    PARTNERSHIP = "partnership"
    ISSUERS = "issuers"
    CITATIONS = "citations"


class Figure(StrEnum):
    """What nodes may be sorted by."""

    WEIGHT = "weight"
    DEGREE = "degree"
    BETWEENNESS = "betweenness"
    PAGERANK = "pagerank"


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """Which ties are wanted; all fields must fit.

    `region` (ids or texts, places below included): one of the two ends is or has its seat there; of citations, one of
    the two policies is for that place or its issuer has its seat there. `kind` are kinds of partnership, of the policy
    that was issued together, or of the policy that cites. `activity` is a part of what partners do together, and asked
    of partnerships alone. Years are those that the text says of the partnership, else those in which the documents
    that state it were issued; of policies, those of their own issue. What has no year fits no range of years. A tag may
    be on either end.
    `min_weight` is the least weight of a tie. `ego` (id or text) leaves a node, its neighbours and what is between.
    """

    region: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    activity: str = ""
    year_from: int | None = None
    year_to: int | None = None
    min_weight: int = 1
    ego: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A node of the network; its figures are those of all ties that fit, not only of what is shown.

    `degree` counts its neighbours, `weight` sums the weights of its ties. `betweenness` is the share of shortest ways
    between two others that lead through it: who has much of it is a broker. `pagerank` is 1 in sum. `community` is 0
    for the largest. `kind` is that of an institution or policy, “enterprise”, or the level of a place; `region` the
    name of the place where it has its seat or that it is for, or its own.
    """

    id: str
    label: str
    name: str
    kind: str | None
    region: str | None
    degree: int
    weight: int
    betweenness: float
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class Tie:
    """All that joins two nodes, as one line; `edges` are the ids of the edges that it rests on.

    `weight` counts distinct sentences, of joint issuing the policies (`policies`). `source` is the smaller id, of
    citations the policy that cites. `kinds` are those of the partnerships or policies, of citations the relations.
    """

    id: str
    source: str
    target: str
    weight: int
    kinds: tuple[str, ...]
    activities: tuple[str, ...]
    platforms: tuple[str, ...]
    edges: tuple[str, ...]
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by the figure that was asked for, then name; ties by weight, then ids.

    `truncated` if a limit left some of the totals out. `brokers` are the ten nodes with the most betweenness of all
    that fit, shown or not; `is_sampled` if betweenness was estimated.
    """

    kind: NetworkKind
    nodes: tuple[Member, ...]
    edges: tuple[Tie, ...]
    total_nodes: int
    total_edges: int
    truncated: bool
    brokers: tuple[Member, ...]
    communities: int
    is_sampled: bool
