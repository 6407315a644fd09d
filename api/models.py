"""What the routes answer, as pydantic models: the fields of the queries' results, with examples for the reference."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.queries.chain_rows import Closeness, Gap
from graph.queries.facets import Facet
from graph.store import Direction
from ontology.values import Role

T = TypeVar("T")
Scalar = str | int | float | bool | list[str]


class Answered(BaseModel):
    """What all answers share: they are made from the attributes of a result."""

    model_config = ConfigDict(from_attributes=True)


class SegmentModel(Answered):
    """A stretch of text; what is marked is the statement, its context, or a word that was searched for."""

    text: str
    mark: bool


class Evidence(Answered):
    """Where a document states a fact; offsets are code points of the document's text as read."""

    document: str = Field(examples=["document:3f2a…"])
    document_title: str = Field(examples=["云州市职业教育提质行动方案"])
    passage: str
    section: list[str] = Field(
        description="headings, the highest first", examples=[["二、主要任务", "（三）深化产教融合"]]
    )
    page: int | None
    start: int
    end: int
    quote: str = Field(description="the statement, word for word; empty if the text is not in the store")
    segments: list[SegmentModel] = Field(description="the sentences around it, the statement and its context marked")
    has_text: bool


class CitedEvidence(Evidence):
    """A piece of evidence with its citation."""

    citation: str = Field(
        description="ready to paste: issuer, title, 文号, date, section, page, as far as they are known",
        examples=["云州市教育局：《云州市职业教育提质行动方案》（云教〔2022〕3号），2022-05-12，二、主要任务"],
    )


class NodeModel(Answered):
    """A node without evidence."""

    id: str = Field(examples=["place:330300"])
    label: str = Field(description="most specific class", examples=["City"])
    name: str = Field(examples=["云州市"])
    properties: dict[str, Scalar]


class CellModel(NodeModel):
    """A node with the first pieces of its evidence, or of the edge that leads to it (`edge`)."""

    evidence: list[Evidence]
    evidence_total: int
    edge: str | None = None


class Disagreement(Answered):
    """A value that another source states."""

    property: str
    value: Scalar
    batch_title: str


class NodeDetailModel(CellModel):
    """A node in full."""

    labels: list[str] = Field(description="all labels, the root class first", examples=[["Region", "City"]])
    inferred: list[str] = Field(description="properties that were concluded rather than read")
    claims: int
    disagreements: list[Disagreement]


class EdgeModel(Answered):
    """An edge with the first pieces of its evidence."""

    id: str
    type: str = Field(examples=["INVOLVES"])
    source: str
    target: str
    properties: dict[str, Scalar]
    evidence: list[Evidence]
    evidence_total: int


class NeighbourModel(Answered):
    """An edge at the node, and the node at its other end."""

    edge: EdgeModel
    node: CellModel = Field(description="without evidence of its own, which the edge has")


class HitModel(NodeModel):
    """A node that a search found."""

    matched: str = Field(description="`name` or `text`", examples=["name"])
    segments: list[SegmentModel]


class FacetCountModel(Answered):
    """How many of the first 200 hits have a value."""

    facet: Facet
    value: str
    count: int
    id: str | None = Field(description="id of a region")


class ChainModel(Answered):
    """Policy, goal, measure, actor; a cell's evidence is that of the hop that leads to it."""

    closeness: Closeness | None
    gap: Gap | None
    gaps: list[Gap]
    implied: bool = Field(description="nobody acts at the measure itself; the policy's issuer stands in")
    role: Role | None
    policy: CellModel
    goal: CellModel | None
    measure: CellModel | None
    actor: CellModel | None
    via: CellModel | None = Field(description="the measure above or below at which the actor stands")
    under: CellModel | None = Field(description="the measure that was asked for, where the row's is a part of it")


class Counts(Answered):
    """Rows of the whole answer, and how many different nodes stand in each column."""

    rows: int
    policies: int
    goals: int
    measures: int
    actors: int
    exact: bool = Field(description="false if not all of the graph was read, so that there may be more")


class PageModel(Answered, Generic[T]):
    """A page of a list: `next` is the cursor of the page behind, null at the end."""

    items: list[T]
    next: str | None
    total: int
    exact: bool = Field(description="false if the list has at least `total` rows")


class ChainPageModel(PageModel[ChainModel]):
    """A page of chains."""

    counts: Counts


class HitPageModel(PageModel[HitModel]):
    """A page of what was found."""

    facets: list[FacetCountModel] = Field(description="empty unless asked for")
    truncated: bool = Field(description="with quotes, * or filters: hits behind the first 5,000 were not looked at")


class RelationTotalModel(Answered):
    """How many edges of a type leave the node (out) or lead to it (in)."""

    type: str = Field(examples=["INVOLVES"])
    direction: Direction
    count: int


class NeighbourPageModel(PageModel[NeighbourModel]):
    """A page of neighbours."""

    totals: list[RelationTotalModel] = Field(description="edges of the whole list, by relation and direction")


class StatsModel(Answered):
    """How much the store holds."""

    version: int
    url: str = Field(examples=["policygraph.db"])
    nodes: dict[str, int]
    edges: dict[str, int]
    claims: int
    batches: dict[str, int]
    documents: int


class OntologyModel(BaseModel):
    """What may be said, and how it is shown."""

    json_schema: dict[str, object] = Field(description="classes and relations, JSON Schema 2020-12")
    styles: dict[str, object] = Field(description="captions (Chinese, English) and colours, by the ontology's words")


class HealthModel(BaseModel):
    """That the server lives."""

    status: str = Field(examples=["ok"])
    version: str


class ReadinessModel(BaseModel):
    """That the store answers."""

    status: str = Field(examples=["ready"])
    store_version: int = Field(description="number of commits that changed the store", examples=[17])


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(examples=["Unknown parameter"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["/api/v1/chains has no parameter “regio”; did you mean region?"])
    instance: str = Field(examples=["/api/v1/chains"])
    request_id: str = Field(description="as in the header X-Request-ID and in the log", examples=["f3b9…"])
