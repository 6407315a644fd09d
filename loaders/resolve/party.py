"""Types of what resolution of names gives: places, parties, and all parties of a document."""

from dataclasses import dataclass
from typing import Literal

from loaders.text.model import Span

PartyLabel = Literal["Institution", "Enterprise", "City", "Region"]
PlaceLabel = Literal["City", "Region"]


@dataclass(frozen=True, slots=True)
class PlaceOfRegister:
    """A place that the register adds to a place or body of the document: what they lie in.

    `parent` is the id of the place above it, None for a country.
    """

    id: str
    label: PlaceLabel
    name: str
    level: str | None
    code: str | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """One organization or place of a document.

    `name` is the fullest form in the document, `aliases` the others. The id of an organization is made of
    `absolute_name` and `scope`; `scope` is "" unless the name is relative and its owner unknown: then it names the
    policy. `kind` is an institution's; `level` and `code` are a place's. `located_in` and `part_of` are ids of another
    party or of a place in `Parties.register`; for a place, `part_of` is the place above it. `chain` are the ids of all
    places above a place, the nearest first. `mentions` are where it is named, in order; empty for an issuer that only
    an option names. `inferred` names fields that the text does not state (`located_in`, `part_of`).
    """

    id: str
    label: PartyLabel
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    absolute_name: str = ""
    scope: str = ""
    level: str | None = None
    code: str | None = None
    located_in: str | None = None
    part_of: str | None = None
    chain: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    inferred: tuple[str, ...] = ()
    rule: str = ""

    @property
    def is_place(self) -> bool:
        """Whether it is a place and no organization."""
        return self.label in ("City", "Region")
