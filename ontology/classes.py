"""Node classes: the properties that each may have, as pydantic models.

A model says what one claim may state, so everything but `name` may be missing; the graph's node is a fold of many
claims. The docstring of a class is its definition on the reference page.
"""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from ontology.values import (
    Basis,
    Binding,
    Comparator,
    DivisionCode,
    GoalSource,
    GroupKind,
    InstitutionKind,
    IsoDate,
    MeasureKind,
    Number,
    NumberOrRatio,
    Offset,
    PolicyKind,
    PolicyLevel,
    PolicyStatus,
    RegionLevel,
    ReviewState,
    Sha256,
    Text,
    TitleFrom,
    UnitKind,
    Year,
)


class Thing(BaseModel):
    """What every node has; `origin` is not among it, since the kind of its batch gives it."""

    model_config = ConfigDict(extra="forbid", strict=False, allow_inf_nan=False)

    prefix: ClassVar[str] = ""
    """First part of the ids of the class; subclasses share that of their root."""
    is_abstract: ClassVar[bool] = False

    name: Text = Field(description="as the best source writes it")
    aliases: list[Text] | None = Field(None, description="other names that sources use, sorted")
    review: ReviewState | None = Field(None, description="what a reviewer said of it")
    tags: list[Text] | None = Field(None, description="a researcher's own codes, sorted")


class Policy(Thing):
    """A normative text: a law, plan, opinion, scheme, notice; also a report that is held against a plan."""

    prefix: ClassVar[str] = "policy"

    title: Text | None = Field(None, description="the full title without 《》, the same as the name")
    title_from: TitleFrom | None = Field(
        None, description="whether the text, an option or the file's name gave the title"
    )
    doc_number: Text | None = Field(None, description="文号, for instance 国发〔2019〕4号")
    kind: PolicyKind | None = None
    level: PolicyLevel | None = None
    issued_on: IsoDate | None = None
    effective_on: IsoDate | None = None
    period_start: Year | None = Field(None, description="first year that a plan is for")
    period_end: Year | None = Field(None, description="last year that a plan is for")
    status: PolicyStatus | None = None
    loaded: bool | None = Field(None, description="its text is in the store, or it is only cited")


class Region(Thing):
    """A place that acts or is meant: country, province, zone, area."""

    prefix: ClassVar[str] = "place"

    level: RegionLevel | None = None
    code: DivisionCode | None = Field(None, description="GB/T 2260, six digits")


class City(Region):
    """A prefecture, a county of any name (县, 市, 区), or one of the four municipalities."""


class Organization(Thing):
    """A named body that can act."""

    prefix: ClassVar[str] = "organization"
    is_abstract: ClassVar[bool] = True


class Institution(Organization):
    """A named body that is no enterprise: a government body, school, alliance, platform."""

    is_abstract: ClassVar[bool] = False

    kind: InstitutionKind | None = None


class Enterprise(Organization):
    """A named company or group of companies."""

    is_abstract: ClassVar[bool] = False


class ActorGroup(Thing):
    """A collective actor named by its kind and not by a name of its own, in one normal form (高职院校)."""

    prefix: ClassVar[str] = "group"

    kind: GroupKind | None = None


class Goal(Thing):
    """A target with a number that a policy sets: indicator, comparator, value, unit and year."""

    prefix: ClassVar[str] = "goal"

    statement: Text | None = Field(None, description="the words that state it")
    indicator: Text | None = Field(None, description="what is counted, of whom, as a column head would say it")
    comparator: Comparator | None = None
    value: NumberOrRatio | None = Field(None, description="a number, or text for a ratio such as 18:1")
    value_max: Number | None = Field(None, description="upper end where the comparator is `range`")
    unit: Text | None = Field(None, description="as written, with 万 or 亿 in front")
    year: Year | None = Field(None, description="by which it is to be reached")
    baseline_value: NumberOrRatio | None = None
    baseline_year: Year | None = None
    binding: Binding | None = None
    source: GoalSource | None = None


class Indicator(Thing):
    """The concept that goals of several policies share, without place or subject."""

    prefix: ClassVar[str] = "indicator"

    unit: Text | None = None
    unit_kind: UnitKind | None = None
    basis: Basis | None = None


class Measure(Thing):
    """A task, project or safeguard: a heading of a policy and what stands under it."""

    prefix: ClassVar[str] = "measure"

    title: Text | None = Field(None, description="the heading without its number, the same as the name")
    number: Text | None = Field(None, description="as written, for instance （三）")
    level: Offset | None = Field(None, description="1 for the headings that stand highest")
    order: Offset | None = Field(None, description="position among the measures of the policy, from 0")
    kind: MeasureKind | None = None


class Observation(Thing):
    """A figure that a report says was reached, so that a plan can be held against it."""

    prefix: ClassVar[str] = "observation"

    indicator: Text | None = None
    comparator: Comparator | None = None
    value: NumberOrRatio | None = None
    unit: Text | None = None
    year: Year | None = None


class Document(Thing):
    """A file as it was read."""

    prefix: ClassVar[str] = "document"

    sources: list[Text] | None = Field(None, description="absolute URIs that it was loaded from, sorted")
    sha256: Sha256 | None = None
    media_type: Text | None = None
    title: Text | None = None
    characters: Offset | None = Field(None, description="length of the text in code points")
    loaded_at: Text | None = Field(None, description="UTC, to the second")
    reader: Text | None = Field(None, description="version of the reader")
    missed_figures: Offset | None = Field(
        None, description="sentences and table cells with a number and a year that gave no goal or observation"
    )
    missed_titles: Offset | None = Field(None, description="titles in 《》 that gave no policy")


class Passage(Thing):
    """A stretch of a document; the passages of a document partition its text."""

    prefix: ClassVar[str] = "passage"

    document: Text | None = Field(None, description="id of its document")
    section: list[Text] | None = Field(None, description="heading path, the highest first")
    page: Offset | None = None
    order: Offset | None = Field(None, description="position in the document, from 0")
    start: Offset | None = Field(None, description="first code point in the document's text")
    end: Offset | None = Field(None, description="code point after the last")
    text: str | None = None


CLASSES: tuple[type[Thing], ...] = (
    Policy,
    Region,
    City,
    Organization,
    Institution,
    Enterprise,
    ActorGroup,
    Goal,
    Indicator,
    Measure,
    Observation,
    Document,
    Passage,
)
