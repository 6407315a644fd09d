"""Relations: which classes they join, and what an edge may say beside that."""

from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from ontology import classes as c
from ontology.values import Offset, PartnershipKind, ReviewState, Role, Text, Year


class Link(BaseModel):
    """What every edge may say."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    review: ReviewState | None = Field(None, description="what a reviewer said of it")


class Stretch(Link):
    """Where in the document the policy stands; one file may hold several."""

    start: Offset | None = None
    end: Offset | None = None


class Involvement(Link):
    """In which role."""

    role: Role


class Partnership(Link):
    """What two partners do together."""

    activity: Text | None = Field(None, description="what they do together, in the words of the text")
    kind: PartnershipKind | None = None
    platform: Text | None = Field(None, description="name of the joint body")
    year: Year | None = None


Ends: TypeAlias = tuple[tuple[type[c.Thing], type[c.Thing]], ...]
LinkModel: TypeAlias = type[Link]


@dataclass(frozen=True, slots=True)
class Relation:
    """One type of edge.

    `ends` lists the permitted pairs of classes (subclasses included); `discriminator` names the properties of which
    the first that is given tells edges of one type between the same nodes apart.
    """

    type: str
    ends: Ends
    definition: str
    properties: LinkModel = Link
    discriminator: tuple[str, ...] = ()
    is_symmetric: bool = False


def _pairs(
    sources: tuple[type[c.Thing], ...], targets: tuple[type[c.Thing], ...]
) -> tuple[tuple[type[c.Thing], type[c.Thing]], ...]:
    return tuple((source, target) for source in sources for target in targets)


_POLICY = ((c.Policy, c.Policy),)
_PARTNERS = (c.Organization, c.Region)

RELATIONS: tuple[Relation, ...] = (
    Relation("ISSUED_BY", ((c.Policy, c.Organization),), "issued the policy, alone or with others"),
    Relation(
        "APPLIES_TO",
        _pairs((c.Policy, c.Goal), (c.Region, c.Institution, c.ActorGroup)),
        "whom or where a policy or goal binds",
    ),
    Relation("BASED_ON", _POLICY, "made under, implementing or guided by"),
    Relation("CITES", _POLICY, "mentions"),
    Relation("MANDATES", _POLICY, "says that it shall be issued, drafted or revised"),
    Relation("ISSUES", _POLICY, "a notice prints a plan (印发)"),
    Relation("REPLACES", _POLICY, "takes the place of (废止)"),
    Relation("AMENDS", _POLICY, "changes (修订)"),
    Relation("SETS", ((c.Policy, c.Goal),), "states the goal"),
    Relation("CONTAINS", ((c.Policy, c.Measure),), "states the measure"),
    Relation(
        "PART_OF",
        (
            (c.Measure, c.Measure),
            (c.Region, c.Region),
            (c.Institution, c.Organization),
            (c.Passage, c.Document),
            (c.Policy, c.Document),
        ),
        "stands under, belongs to, or is printed in",
        Stretch,
    ),
    Relation("ADVANCES", ((c.Measure, c.Goal),), "serves the goal"),
    Relation(
        "INVOLVES",
        _pairs((c.Measure,), (c.Organization, c.Region, c.ActorGroup)),
        "the measure's text says that the actor does something, or that something is done with, for or to it",
        Involvement,
        discriminator=("role",),
    ),
    Relation("MEASURED_BY", _pairs((c.Goal, c.Observation), (c.Indicator,)), "counts the same thing"),
    Relation("ABOUT", _pairs((c.Observation,), (c.Organization, c.Region)), "whose figure it is"),
    Relation("LOCATED_IN", ((c.Organization, c.Region),), "has its seat in"),
    Relation(
        "PARTNERS_WITH",
        _pairs(_PARTNERS, _PARTNERS),
        "do or will do something together; read undirected, stored once with the smaller id first",
        Partnership,
        discriminator=("platform", "activity"),
        is_symmetric=True,
    ),
    Relation("REPORTS", ((c.Policy, c.Observation),), "states the figure"),
)
