"""Parameters of the routes, as one model a question; each makes the question that the queries take."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BaseModel, Field, StringConstraints

from api.words import ClassNames, Kinds, Levels, RelationTypes, Year, Years, described, one_of
from graph.formats.registry import FORMATS
from graph.queries.chain_rows import Actors, ChainQuery, Closeness, Gap
from graph.queries.facets import Facet, Values
from graph.queries.subgraph import DEEPEST, MOST_NODES
from graph.store import Direction
from ontology.values import Comparator, PolicyKind, PolicyLevel, Role

MOST_ROWS = 500
"""Rows that one page may have."""
LONGEST_TEXT = 300
PICTURE = "html"
FILE_FORMATS = (*FORMATS, PICTURE)
FileFormat: TypeAlias = Annotated[str, one_of(FILE_FORMATS, "format"), described(FILE_FORMATS)]

Word: TypeAlias = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Words: TypeAlias = Annotated[tuple[Word, ...], Field(max_length=50)]
"""A parameter that may be given several times."""
Fields: TypeAlias = Annotated[
    str,
    Field(
        max_length=2000,
        description="members of each row that are wanted, by commas, a dot leading inside; of a table columns",
        examples=["name,properties.year"],
    ),
]
YearOrNone: TypeAlias = Year | None


class Answer(StrEnum):
    """How a list is answered: a page as JSON, or a table as CSV."""

    JSON = "json"
    CSV = "csv"


class FieldParameters(BaseModel):
    """What an answer that can be slimmed takes."""

    fields: Fields = ""


class ListParameters(FieldParameters):
    """What every list takes."""

    limit: int | None = Field(None, ge=1, le=MOST_ROWS, description=f"rows of the page, at most {MOST_ROWS}")
    cursor: str | None = Field(None, max_length=4000, description="`next` of the page before")
    as_: Answer = Field(
        Answer.JSON,
        alias="as",
        description="`csv`: a table, whole unless `limit` or `cursor` is given",
    )

    @property
    def is_whole_table(self) -> bool:
        """Whether all rows are wanted, as CSV."""
        return self.as_ is Answer.CSV and self.limit is None and self.cursor is None


class SearchParameters(ListParameters):
    """What `search` takes."""

    q: str = Field(
        max_length=LONGEST_TEXT,
        description="words, all of which must be there; a phrase in straight quotes, the beginning of a name with *",
        examples=["产教融合"],
    )
    label: ClassNames = Field((), description="classes that are wanted, subclasses included")
    region: Words = Field((), description="id or name of a place, places below it included")
    level: Levels = Field((), description="level of the policy or place")
    year: Years = Field((), description="year of the goal, or of the policy's issue")
    kind: Kinds = Field((), description="kind of the policy, body or measure")
    tag: Words = Field((), description="tags, of which one is wanted")
    facets: bool = Field(False, description="count the first 200 hits by class, region, level, year, kind and tag")

    def filters(self) -> Values:
        """The values that are wanted, by facet."""
        given = {
            Facet.REGION: self.region,
            Facet.LEVEL: self.level,
            Facet.YEAR: tuple(map(str, self.year)),
            Facet.KIND: self.kind,
            Facet.TAG: self.tag,
        }
        return {facet: values for facet, values in given.items() if values}


class NeighbourParameters(ListParameters):
    """What `nodes/{id}/neighbours` takes."""

    types: RelationTypes = Field((), description="relations to follow, for instance INVOLVES; all if none is given")
    direction: Direction = Field(Direction.BOTH, description="edges out of the node, into it, or both")


class ChainParameters(ListParameters):
    """What `chains` takes. All filters must fit; of one that is given several times, any value."""

    policy: Words = Field((), description="id or name of a policy")
    goal: Words = Field((), description="id or name of a goal")
    measure: Words = Field((), description="id or title of a measure")
    actor: Words = Field((), description="id or name of an organization, place or actor group")
    region: Words = Field((), description="id or name of a place that the policy is for, places below it included")
    issuer: Words = Field((), description="id or name of a body that issued the policy")
    indicator: Words = Field((), description="part of the goal's indicator", examples=[["双师型教师"]])
    role: tuple[Role, ...] = Field((), description="role of the actor; asking for beneficiary or object shows them")
    closeness: tuple[Closeness, ...] = Field((), description="how near the actor stands to the goal in the text")
    gaps: tuple[Gap, ...] = Field((), description="only rows with this missing")
    year_from: YearOrNone = Field(None, description="the goal's year, at the earliest")
    year_to: YearOrNone = Field(None, description="the goal's year, at the latest")
    unit: Words = Field((), description="the goal's unit, as written", examples=[["%"]])
    comparator: tuple[Comparator, ...] = Field((), description="the goal's comparator")
    tag: Words = Field((), description="tag of any node of the row")
    policy_kind: tuple[PolicyKind, ...] = Field((), description="kind of the policy")
    policy_level: tuple[PolicyLevel, ...] = Field((), description="level of the policy")
    actors: Actors = Field(Actors.ACTING, description="`all`: beneficiaries and objects too")
    parts: bool = Field(False, description="a measure stands for the measures below it too")

    def query(self) -> ChainQuery:
        """The question that is asked."""
        return ChainQuery(
            policy=self.policy,
            goal=self.goal,
            measure=self.measure,
            actor=self.actor,
            region=self.region,
            issuer=self.issuer,
            indicator=self.indicator,
            role=self.role,
            closeness=self.closeness,
            gaps=self.gaps,
            year_from=self.year_from,
            year_to=self.year_to,
            unit=self.unit,
            comparator=self.comparator,
            tags=self.tag,
            policy_kind=self.policy_kind,
            policy_level=self.policy_level,
            actors=self.actors,
            parts=self.parts,
        )


class FileParameters(BaseModel):
    """What every route that answers with a file takes."""

    format: FileFormat = Field("json", description="what the file is")
    without_text: bool = Field(False, description="leave out the words of the documents")


class SubgraphParameters(FileParameters):
    """What `subgraph` takes."""

    seed: Words = Field((), description="id or name of a node to start from; may be given several times")
    tag: Words = Field((), description="tag of nodes to start from")
    depth: int = Field(1, ge=0, le=DEEPEST, description="steps from the seeds, at most")
    types: RelationTypes = Field((), description="relations to follow; all if none is given")
    limit: int = Field(2000, ge=1, le=MOST_NODES, description="nodes, at most; the nearest count first")
