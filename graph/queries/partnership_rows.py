"""The question for a partnership network and what answers it."""

from dataclasses import dataclass

from ontology.values import PartnershipKind


@dataclass(frozen=True, slots=True)
class PartnershipQuery:
    """Which partnerships are wanted; all fields must fit.

    `region` (ids or texts, places below included): one of the two partners is or has its seat there. `kind` are kinds
    of partnership, `activity` a part of what they do together. Partnerships without a year fit no range of years.
    `min_weight` is the least number of distinct sentences. `ego` (id or text) leaves a node, its partners and what is
    between these.
    """

    region: tuple[str, ...] = ()
    kind: tuple[PartnershipKind, ...] = ()
    activity: str = ""
    year_from: int | None = None
    year_to: int | None = None
    min_weight: int = 1
    ego: str | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A node of the network.

    `degree` counts its partners and `weight` the sentences, in the whole answer and not only in what is shown; so does
    `community`, 0 being the largest. `kind` is that of an institution, “enterprise”, or the level of a place; `region`
    the name of the place where it has its seat, or its own.
    """

    id: str
    label: str
    name: str
    kind: str | None
    region: str | None
    degree: int
    weight: int
    community: int


@dataclass(frozen=True, slots=True)
class Tie:
    """All partnerships of two nodes as one line: `weight` counts distinct sentences, `edges` are the edges' ids.

    `source` is the smaller id; `id` is made from the two.
    """

    id: str
    source: str
    target: str
    weight: int
    kinds: tuple[str, ...]
    activities: tuple[str, ...]
    platforms: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by weight, then name; ties by weight, then ids. `truncated` if a limit left some of the totals out."""

    nodes: tuple[Partner, ...]
    edges: tuple[Tie, ...]
    total_nodes: int
    total_edges: int
    truncated: bool
