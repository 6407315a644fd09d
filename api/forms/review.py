"""What is open, and what was decided: answers and tables; the command line shares both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import AliasPath, BaseModel, Field, StringConstraints

from api.csv_answers import Value
from api.models import Answered, Evidence, Scalar
from api.parameters import LONGEST_TEXT, ListParameters, Word, Words
from graph.review.deciding import LONGEST_NAME, LONGEST_NOTE, MOST_TAGS
from graph.review.decisions import Recorded, Verdict
from graph.review.doubt import Open
from graph.review.tags import Tagged

TO_FILL = ("verdict", "changes", "into", "tags", "note")
"""Columns of a table of open facts that a reviewer fills in."""
OPEN_COLUMNS = (*TO_FILL, "kind", "name", "quote", "section", "document", "doubt", "reasons", "rule", "id")
DECISION_COLUMNS = (
    *("at", "by", "verdict", "kind", "name", "changes", "tags", "note", "fact", "attached", "into", "survivor", "why"),
    "id",
)

TAG_COLUMNS = ("tag", "class", "name", "id")


class OpenModel(Answered):
    """A fact that nobody has judged."""

    id: str
    kind: str = Field(description="class or relation", examples=["Goal"])
    name: str
    rule: str = Field(description="what made it", examples=["goal in text: subject"])
    doubt: float = Field(description="how likely something is wrong with it, 0 to 1", examples=[0.28])
    reasons: list[str] = Field(examples=[["one piece of evidence"]])
    piece: Evidence | None = Field(description="its first evidence")


class AnchorModel(Answered):
    """A fact as the decision remembers it."""

    id: str
    kind: str = Field(examples=["Goal"])
    name: str


class DecisionModel(Answered):
    """What one person decided at one time; it is detached where `attached` is null, and `why` says why."""

    id: str
    verdict: Verdict = Field(validation_alias=AliasPath("decision", "verdict"))
    fact: AnchorModel = Field(validation_alias=AliasPath("decision", "fact"))
    by: str = Field(validation_alias=AliasPath("decision", "by"), examples=["王"])
    at: datetime = Field(validation_alias=AliasPath("decision", "at"))
    changes: dict[str, Scalar] = Field(validation_alias=AliasPath("decision", "changes"))
    into: AnchorModel | None = Field(validation_alias=AliasPath("decision", "into"))
    tags: list[str] = Field(validation_alias=AliasPath("decision", "tags"))
    note: str = Field(validation_alias=AliasPath("decision", "note"))
    attached: str | None = Field(description="id of the fact now")
    survivor: str | None = Field(description="id of the node that stands for a merged one now")
    why: str


class DecisionGiven(BaseModel):
    """What somebody decides."""

    model_config = {"extra": "forbid"}

    verdict: Verdict
    fact: Word = Field(description="id of a node or edge")
    by: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)] = Field(description="who decides")
    changes: dict[Word, Scalar | None] = Field({}, description="values of a correction by property, null for no value")
    into: Word | None = Field(None, description="id of the node that a merge leaves")
    tags: list[Annotated[str, StringConstraints(max_length=LONGEST_NAME)]] = Field([], max_length=MOST_TAGS)
    note: str = Field("", max_length=LONGEST_NOTE)


class TagsGiven(BaseModel):
    """The tags that a node is to have."""

    model_config = {"extra": "forbid"}

    tags: list[Annotated[str, StringConstraints(max_length=LONGEST_NAME)]] = Field(max_length=MOST_TAGS)
    by: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)] = Field(description="who tags it")


class TaggedModel(Answered):
    """A tag on a node."""

    tag: str = Field(examples=["重点"])
    id: str
    label: str = Field(examples=["Goal"])
    name: str


class TagsParameters(ListParameters):
    """What `tags` takes."""

    tag: Words = Field((), description="tags that are wanted; all if none is given")


class UntagParameters(BaseModel):
    """What taking tags from a node takes."""

    by: str = Field(min_length=1, max_length=LONGEST_NAME, description="who takes them")
    tag: Words = Field((), description="tags to take; all if none is given")


class TagsModel(Answered):
    """The tags of a node."""

    id: str
    tags: list[str]


class OpenParameters(ListParameters):
    """What `review` takes."""

    policy: str | None = Field(None, max_length=LONGEST_TEXT, description="id of a policy whose text is loaded")
    kind: Words = Field((), description="classes and relations that are wanted, for instance Goal, INVOLVES")
    rule: Words = Field((), description="rules that are wanted, as `rule` names them")


class DecisionParameters(ListParameters):
    """What `review/decisions` takes."""

    fact: str | None = Field(None, max_length=LONGEST_TEXT, description="id of a node or edge")
    verdict: tuple[Verdict, ...] = Field((), description="verdicts that are wanted")


def open_row(one: Open) -> tuple[Value, ...]:
    """A fact by `OPEN_COLUMNS`, with nothing filled in."""
    piece = one.piece
    places = (piece.quote, " > ".join(piece.section), piece.document_title) if piece else ("", "", "")
    empty = ("",) * len(TO_FILL)
    return (*empty, one.kind, one.name, *places, one.doubt, "; ".join(one.reasons), one.rule, one.id)


def decision_row(one: Recorded) -> tuple[Value, ...]:
    """A decision by `DECISION_COLUMNS`."""
    made = one.decision
    return (
        *(made.at, made.by, made.verdict, made.fact.kind, made.fact.name, changes_text(made.changes)),
        *("; ".join(made.tags), made.note, made.fact.id, one.attached or "", made.into.id if made.into else ""),
        *(one.survivor or "", one.why, one.id),
    )


def tagged_row(one: Tagged) -> tuple[Value, ...]:
    """A tag on a node by `TAG_COLUMNS`."""
    return one.tag, one.label, one.name, one.id


def changes_text(changes: Mapping[str, object]) -> str:
    """Changes as a table has them: `year=2027; unit=万人`."""
    return "; ".join(f"{name}={value}" for name, value in changes.items())
