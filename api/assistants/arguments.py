"""Arguments of the tools: their types, and what an assistant is told of them."""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from api.parameters import LONGEST_TEXT
from graph.queries.chain_rows import Closeness, Gap
from ontology import registry
from ontology.values import PartnershipKind, PolicyLevel, Role

DEFAULT_ROWS = 10
MOST_ROWS = 50


def _as_list(given: object) -> object:
    """Assistants tend to give one value where several may be."""
    return [given] if isinstance(given, str) else given


def _word_of(words: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(words)})


ONE_OR_MORE = BeforeValidator(_as_list)
Word: TypeAlias = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Text: TypeAlias = Annotated[Word, Field(min_length=1)]
ClassName: TypeAlias = Annotated[Word, _word_of(registry.class_names())]
Relation: TypeAlias = Annotated[Word, _word_of(registry.relation_types())]

Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST_ROWS, description=f"rows to return, at most {MOST_ROWS}")]
Cursor: TypeAlias = Annotated[
    str | None,
    Field(max_length=4000, description="`next` of the answer before, with the same arguments, for the rows behind it"),
]
Policies: TypeAlias = Annotated[
    tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="policies, each by id or title")
]
Goals: TypeAlias = Annotated[tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="goals, by id or name")]
Measures: TypeAlias = Annotated[
    tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="measures, by id or title")
]
Actors: TypeAlias = Annotated[
    tuple[Word, ...],
    ONE_OR_MORE,
    Field(max_length=20, description="who acts: organizations, places or groups of actors, by id or name"),
]
Regions: TypeAlias = Annotated[
    tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="places that the policies are for, by id or name")
]
Issuers: TypeAlias = Annotated[
    tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="bodies that issued the policies, by id or name")
]
Indicators: TypeAlias = Annotated[
    tuple[Word, ...],
    ONE_OR_MORE,
    Field(max_length=20, description="what is measured: parts of the indicator's name, for instance 双师型教师"),
]
Roles: TypeAlias = Annotated[
    tuple[Role, ...],
    ONE_OR_MORE,
    Field(description="role of the actor; without it those who act: lead, partner, supporter"),
]
Levels: TypeAlias = Annotated[tuple[PolicyLevel, ...], ONE_OR_MORE, Field(description="level of the policy")]
Closenesses: TypeAlias = Annotated[
    tuple[Closeness, ...],
    ONE_OR_MORE,
    Field(description="how near actor and goal stand in the text; sentence and passage are the ones to trust"),
]
Gaps: TypeAlias = Annotated[
    tuple[Gap, ...],
    ONE_OR_MORE,
    Field(description="only what is incomplete: goals without a measure, measures without a goal or without an actor"),
]
PartnershipKinds: TypeAlias = Annotated[
    tuple[PartnershipKind, ...], ONE_OR_MORE, Field(description="kinds of partnership; of that network alone")
]
Classes: TypeAlias = Annotated[tuple[ClassName, ...], ONE_OR_MORE, Field(description="classes of nodes to search in")]
Relations: TypeAlias = Annotated[tuple[Relation, ...], ONE_OR_MORE, Field(max_length=30)]
Tags: TypeAlias = Annotated[
    tuple[Word, ...], ONE_OR_MORE, Field(max_length=20, description="a researcher's own codes on nodes")
]
Year: TypeAlias = Annotated[int | None, Field(ge=1000, le=2999)]
