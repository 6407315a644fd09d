"""Words of the ontology as parameters: another word is refused with those that there are, and the nearest."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from graph.nearest import nearest
from ontology import registry
from ontology.values import GroupKind, InstitutionKind, MeasureKind, PolicyKind, PolicyLevel, RegionLevel

_MOST = 50
_LONGEST = 60
_CLASSES = registry.class_names()
_RELATIONS = registry.relation_types()


def _all_of(*lists: type[StrEnum]) -> Sequence[str]:
    """The words of several lists, each once."""
    return tuple(dict.fromkeys(str(word) for words in lists for word in words))


_KINDS = _all_of(PolicyKind, InstitutionKind, GroupKind, MeasureKind)
_LEVELS = _all_of(PolicyLevel, RegionLevel)


def described(words: Sequence[str]) -> WithJsonSchema:
    """What an `Annotated` text needs to be described as one of these words."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


def one_of(words: Sequence[str], noun: str) -> AfterValidator:
    """What an `Annotated` text needs to be refused if it is none of these words, which are called so."""
    all_of_them = ", ".join(words)

    def check(word: str) -> str:
        if word in words:
            return word
        near = nearest(word, words)
        said = {"word": word[:_LONGEST], "near": f" (did you mean {near}?)" if near else ""}
        raise PydanticCustomError("unknown_word", f"no {noun} {{word}}{{near}}; the {noun}s are {all_of_them}", said)

    return AfterValidator(check)


# Queries refuse classes and relations that there are not, in Python and in the shell too.
ClassName: TypeAlias = Annotated[str, StringConstraints(max_length=_LONGEST), described(_CLASSES)]
RelationType: TypeAlias = Annotated[str, StringConstraints(max_length=_LONGEST), described(_RELATIONS)]
Kind: TypeAlias = Annotated[str, one_of(_KINDS, "kind"), described(_KINDS)]
Level: TypeAlias = Annotated[str, one_of(_LEVELS, "level"), described(_LEVELS)]
Year: TypeAlias = Annotated[int, Field(ge=1000, le=2999)]

ClassNames: TypeAlias = Annotated[tuple[ClassName, ...], Field(max_length=_MOST)]
RelationTypes: TypeAlias = Annotated[tuple[RelationType, ...], Field(max_length=_MOST)]
Kinds: TypeAlias = Annotated[tuple[Kind, ...], Field(max_length=_MOST)]
Levels: TypeAlias = Annotated[tuple[Level, ...], Field(max_length=_MOST)]
Years: TypeAlias = Annotated[tuple[Year, ...], Field(max_length=_MOST)]
