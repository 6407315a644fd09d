"""Claims of organizations, places and groups, of the measures that involve them, and of partnerships."""

from collections.abc import Mapping, Sequence

from graph import ids
from loaders.extract.records import Involvement, PartnershipRecord
from loaders.resolve.party import Party, PlaceOfRegister
from loaders.resolve.writing import Writing
from ontology.values import Origin


def claim_parties(writing: Writing) -> None:
    """Claim every named body and place of the document, where it lies and what it is part of.

    A body that only an option names is of curated origin; what the register adds is of its own.
    """
    for place in writing.parties.register:
        _claim_place_of_register(writing, place)
    for party in writing.parties.all:
        _claim_party(writing, party)
    for place in writing.parties.register:
        if place.parent is not None:
            _claim_tie(writing, "PART_OF", place.id, place.parent)
    for party in writing.parties.all:
        _claim_ties(writing, party)


def claim_involvements(writing: Writing, involvements: Sequence[Involvement], measures: Mapping[int, str]) -> None:
    """Claim whom each measure involves, by role; `measures` are the ids of measures by section."""
    for record in involvements:
        measure = measures.get(record.section)
        actor = _actor(writing, record)
        if measure is not None and actor is not None:
            writing.draft.edge(
                "INVOLVES",
                measure,
                actor,
                {"role": record.role},
                evidence=writing.evidence(record.evidence),
                rule=record.rule,
                is_own=True,
            )


def claim_partnerships(writing: Writing, partnerships: Sequence[PartnershipRecord]) -> None:
    """Claim who does what with whom; a party that the record leaves open is the document's own subject."""
    for record in partnerships:
        a, b = (writing.parties.find(name, record.evidence) if name else None for name in (record.a, record.b))
        a = a if record.a else _own_party(writing, b)
        b = b if record.b else _own_party(writing, a)
        if a is None or b is None:
            continue
        for party in (a, *_whole(writing, a, b)):
            writing.draft.edge(
                "PARTNERS_WITH",
                party.id,
                b.id,
                {"activity": record.activity, "kind": record.kind, "platform": record.platform, "year": record.year},
                evidence=writing.evidence(record.evidence, record.context),
                rule=record.rule,
            )


def _whole(writing: Writing, unit: Party, other: Party) -> tuple[Party, ...]:
    """The document's own subject, where a unit of it acts: the college whose faculty joins with a company."""
    subject = writing.parties.subject
    is_unit = subject is not None and subject.id not in (unit.id, other.id) and unit.part_of == subject.id
    return (subject,) if subject is not None and is_unit and other.part_of != subject.id else ()


def _own_party(writing: Writing, other: Party | None) -> Party | None:
    """Who speaks: with a body the department that issued the paper, with a place the place that it is about."""
    parties = writing.parties
    return parties.department or parties.subject if other and not other.is_place else parties.subject


def _claim_place_of_register(writing: Writing, place: PlaceOfRegister) -> None:
    writing.draft.node(
        place.id,
        place.label,
        {"name": place.name, "level": place.level, "code": place.code},
        rule="register of divisions",
        origin=Origin.REGISTER,
    )


def _claim_party(writing: Writing, party: Party) -> None:
    """A body is found by its absolute name too: 省教育厅 of two provinces are two bodies of one name."""
    aliases = {*party.aliases, *((party.absolute_name,) if party.absolute_name and not party.scope else ())}
    properties: dict[str, str | list[str] | None] = {"name": party.name, "aliases": sorted(aliases - {party.name})}
    if party.is_place:
        properties |= {"level": party.level, "code": party.code}
    elif party.label == "Institution":
        properties["kind"] = party.kind
    writing.draft.node(
        party.id,
        party.label,
        properties,
        evidence=writing.passages.all_evidence(party.mentions),
        rule=party.rule,
        inferred=("code", "level") if party.is_place else ("aliases",),
        origin=None if party.mentions else Origin.CURATED,
    )


def _claim_ties(writing: Writing, party: Party) -> None:
    """Where a body lies and what it is part of; what its name does not say is from the register."""
    if party.located_in and not party.is_place:
        says_so = bool(party.mentions) and "located_in" not in party.inferred
        _claim_tie(writing, "LOCATED_IN", party.id, party.located_in, party=party if says_so else None)
    if party.part_of and party.label != "Enterprise":
        says_so = bool(party.mentions) and "part_of" not in party.inferred and not party.is_place
        _claim_tie(writing, "PART_OF", party.id, party.part_of, party=party if says_so else None)


def _claim_tie(writing: Writing, type_: str, source: str, target: str, *, party: Party | None = None) -> None:
    """An edge with the mention of the body whose name says so as evidence, or else from the register."""
    if party is None:
        writing.draft.edge(type_, source, target, rule="register of divisions", origin=Origin.REGISTER)
    else:
        writing.draft.edge(type_, source, target, evidence=writing.evidence(party.mentions[0]), rule="by its name")


def _actor(writing: Writing, record: Involvement) -> str | None:
    """Id of the actor; a group is claimed wherever it is named."""
    if record.actor_kind != "group":
        party = writing.parties.at(record.mention) or writing.parties.find(record.actor, record.mention)
        return party.id if party else None
    return writing.draft.node(
        ids.group_id(record.actor),
        "ActorGroup",
        {"name": record.actor, "kind": record.group_kind, "aliases": sorted(record.aliases)},
        evidence=writing.evidence(record.mention),
        rule=record.rule,
    )
