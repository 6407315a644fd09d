"""Networks: parameters, answer and tables."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from api.csv_answers import Value
from api.models import Answered
from api.parameters import LONGEST_TEXT, Answer, FieldParameters, Word, Words, YearOrNone
from graph.queries.evidence import read_pieces
from graph.queries.network_rows import Figure, Network, NetworkKind, NetworkQuery, Tie
from graph.queries.subgraph import MOST_NODES
from graph.store import Store
from ontology.values import PartnershipKind, PolicyKind

_BETWEEN = "; "
TIE_COLUMNS = (
    "a", "b", "weight", "kinds", "activities", "platforms", "quote", "document",
    "a_id", "b_id", "edge_ids", "policy_ids",
)  # fmt: skip
MEMBER_COLUMNS = (
    "name", "class", "kind", "region", "degree", "weight", "betweenness", "pagerank", "community", "id",
)  # fmt: skip


class Table(StrEnum):
    """What a table of a network has a row for."""

    TIES = "ties"
    MEMBERS = "members"


class NetworkParameters(FieldParameters):
    """What `networks/{kind}` takes."""

    region: Words = Field((), description="id or name of a place of one of the two ends")
    kind: tuple[PartnershipKind | PolicyKind, ...] = Field((), description="kind of partnership, or of the policies")
    activity: str = Field("", max_length=LONGEST_TEXT, description="part of what partners do together")
    tag: Words = Field((), description="tag of one of the two ends")
    year_from: YearOrNone = Field(None, description="year of the text or of the document, at the earliest")
    year_to: YearOrNone = Field(None, description="year of the text or of the document, at the latest")
    min_weight: int = Field(1, ge=1, description="least weight of a tie: distinct sentences, of issuers policies")
    ego: Word | None = Field(None, description="id or name of a node: it, its neighbours and what is between them")
    by: Figure = Field(Figure.WEIGHT, description="what nodes are sorted by")
    limit: int = Field(2000, ge=2, le=MOST_NODES, description="nodes, at most")
    as_: Answer = Field(Answer.JSON, alias="as", description="`csv`: the ties or the members as a table")
    table: Table = Field(Table.TIES, description="what a table has a row for")

    def query(self) -> NetworkQuery:
        """The question that is asked."""
        return NetworkQuery(
            region=self.region,
            kind=tuple(map(str, self.kind)),
            activity=self.activity,
            year_from=self.year_from,
            year_to=self.year_to,
            min_weight=self.min_weight,
            ego=self.ego,
            tags=self.tag,
        )


class MemberModel(Answered):
    """A node of the network; the figures are those of all ties that fit."""

    id: str
    label: str
    name: str
    kind: str | None
    region: str | None
    degree: int
    weight: int
    betweenness: float = Field(description="share of shortest ways between two others that lead through it")
    pagerank: float
    community: int = Field(description="0 is the largest")


class TieModel(Answered):
    """All that joins two nodes as one line; `weight` counts distinct sentences, of issuers policies."""

    id: str
    source: str
    target: str
    weight: int
    kinds: list[str]
    activities: list[str]
    platforms: list[str]
    edges: list[str] = Field(description="ids of the edges it rests on, for `evidence/{id}`")
    policies: list[str] = Field(description="ids of the policies that two bodies issued together")


class NetworkModel(Answered):
    """A network."""

    kind: NetworkKind
    nodes: list[MemberModel]
    edges: list[TieModel]
    total_nodes: int
    total_edges: int
    truncated: bool
    brokers: list[MemberModel] = Field(description="the ten with the most betweenness, shown or not")
    communities: int
    is_sampled: bool = Field(description="betweenness was estimated from 200 of more than 2,000 nodes")


def network_table(store: Store, network: Network, table: Table) -> tuple[Sequence[str], list[Sequence[Value]]]:
    """Columns and rows of a network's ties or members, in its order."""
    return (TIE_COLUMNS, _tie_rows(store, network)) if table is Table.TIES else (MEMBER_COLUMNS, _member_rows(network))


def _member_rows(network: Network) -> list[Sequence[Value]]:
    return [
        (
            one.name,
            one.label,
            one.kind,
            one.region,
            one.degree,
            one.weight,
            one.betweenness,
            one.pagerank,
            one.community,
            one.id,
        )
        for one in network.nodes
    ]


def _tie_rows(store: Store, network: Network) -> list[Sequence[Value]]:
    """The ties, each with the first quote of what it rests on."""
    names = {member.id: member.name for member in network.nodes}
    edges = store.edges([tie.edges[0] for tie in network.edges])
    first = {id_: edge.evidence[0] for id_, edge in edges.items() if edge.evidence}
    pieces = read_pieces(store, first.values())

    def row(tie: Tie) -> Sequence[Value]:
        piece = pieces[first[tie.edges[0]]] if tie.edges[0] in first else None
        said = (_BETWEEN.join(values) for values in (tie.kinds, tie.activities, tie.platforms))
        quote = (piece.quote, piece.document_title) if piece else (None, None)
        ids = (_BETWEEN.join(tie.edges), _BETWEEN.join(tie.policies))
        return (names[tie.source], names[tie.target], tie.weight, *said, *quote, tie.source, tie.target, *ids)

    return [row(tie) for tie in network.edges]
