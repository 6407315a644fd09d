"""One more claim of a fact that many state: the same fold, without reading the claims that are there.

Thousands of documents name a province's government. Were all they say read again with each of them, loading would take
time by the square of their number.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter
from typing import TypeAlias, TypeVar

from graph import ids
from graph.facts import (
    STATED,
    Attributed,
    BatchKind,
    Claim,
    ClaimT,
    Edge,
    EdgeClaim,
    Evidence,
    Fact,
    Node,
    NodeClaim,
    Value,
)
from graph.fold import (
    MERGED,
    Precedence,
    allowed_of_edge,
    allowed_of_node,
    by_name,
    name_apart,
    origin_of,
    precedence,
    united,
)
from graph.store import EVIDENCE_SHOWN
from ontology import registry

FactT = TypeVar("FactT", Node, Edge)

_OF_ONE_DOCUMENT = tuple(f"{registry.class_of(label).prefix}:" for label in ("Document", "Passage", *STATED))
"""How the ids of nodes begin that one document alone has."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be remembered of the claims of a fact so that one more can be held against them.

    `first` is the precedence of the claim that counts most, `won` of those that give each property its value, and
    `shown` of those of the pieces of evidence that are shown, one for each piece.
    """

    first: Precedence
    won: Mapping[str, Precedence]
    shown: tuple[Precedence, ...]


NodeGrowth: TypeAlias = tuple[Node, Standing]
EdgeGrowth: TypeAlias = tuple[Edge, Standing]


def standing_of(claims: Sequence[Attributed[ClaimT]]) -> Standing | None:
    """What is remembered of the claims of a fact; None where that would not do, and of one claim, which says it all."""
    return _standing(claims) if len(claims) > 1 else None


def first_standing(a: Attributed[NodeClaim]) -> Standing | None:
    """What is remembered of the first claim of a node that other documents will name; None of what is one's own."""
    return None if a.claim.id.startswith(_OF_ONE_DOCUMENT) else _standing([a])


def _standing(claims: Sequence[Attributed[ClaimT]]) -> Standing | None:
    if not all(map(_is_plain, claims)):
        return None
    ordered = sorted(((precedence(a.claim, a.header), a) for a in claims), key=itemgetter(0))
    won: dict[str, Precedence] = {}
    shown: dict[Evidence, Precedence] = {}
    for at, a in ordered:
        for name in a.claim.properties:
            won.setdefault(name, at)
        for piece in a.claim.evidence:
            shown.setdefault(piece, at)
    return Standing(ordered[0][0], won, tuple(islice(shown.values(), EVIDENCE_SHOWN)))


def grow_node(node: Node, standing: Standing, added: Attributed[NodeClaim]) -> NodeGrowth | None:
    """What `fold_node` makes of the claims behind a node and one more; None where it takes the claims to know.

    The node is as it is stored, with the evidence that is shown; no batch of the same content may have claimed it.
    """
    at = precedence(added.claim, added.header)
    if at < standing.first and added.claim.label != node.label:
        return None
    values = _held_against(node, standing, added, at, allowed=allowed_of_node(node.label))
    if not values:
        return None
    names = {node.name} if "name" in standing.won else set()
    if "name" in added.claim.properties:
        names.add(str(added.claim.properties["name"]))
    name_apart(values.properties, names)
    return _grown(node, standing, added, at, values)


def grow_edge(edge: Edge, standing: Standing, added: Attributed[EdgeClaim]) -> EdgeGrowth | None:
    """What `fold_edge` makes of the claims behind an edge and one more, as `grow_node` does of a node."""
    at = precedence(added.claim, added.header)
    values = _held_against(edge, standing, added, at, allowed=allowed_of_edge(edge.type))
    return _grown(edge, standing, added, at, values) if values else None


def _is_plain(a: Attributed[ClaimT]) -> bool:
    """Whether a claim is no decision's and quotes only its own document, so that no other claim has that evidence.

    Of documents the fold also shows what stands in the headers.
    """
    if a.header.kind is BatchKind.REVIEW or (isinstance(a.claim, NodeClaim) and _is_document(a.claim)):
        return False
    own = ids.document_id(a.header.content)
    return all(piece.document == own for piece in a.claim.evidence)


def _is_document(claim: NodeClaim) -> bool:
    return registry.root_of(claim.label) == "Document"


def _held_against(
    fact: Fact, standing: Standing, added: Attributed[ClaimT], at: Precedence, *, allowed: Container[str]
) -> "_Values | None":
    """Values as they are with one more claim of this precedence; None where it takes the claims to know."""
    claim = added.claim
    values = _Values(dict(fact.properties), set(fact.inferred), dict(standing.won))
    if not _is_plain(added) or not all(
        [values.take(name, claim, at, is_allowed=name in allowed) for name in claim.properties]
    ):
        return None
    if at < standing.first:
        values.properties["origin"] = origin_of(claim, added.header).value
    return values


def _grown(
    fact: FactT, standing: Standing, added: Attributed[ClaimT], at: Precedence, values: "_Values"
) -> tuple[FactT, Standing]:
    """The fact with these values, and with one more claim and its evidence."""
    pieces = dict.fromkeys(added.claim.evidence)
    shown: list[tuple[Precedence, Evidence]] = [*zip(standing.shown, fact.evidence, strict=True)]
    shown += [(at, piece) for piece in pieces]
    first = sorted(shown, key=itemgetter(0))[:EVIDENCE_SHOWN]
    made = replace(
        fact,
        properties=by_name(values.properties),
        inferred=tuple(sorted(values.inferred)),
        claims=fact.claims + 1,
        evidence=tuple([piece for _, piece in first]),
        evidence_total=fact.evidence_total + len(pieces),
    )
    return made, Standing(min(at, standing.first), values.won, tuple([key for key, _ in first]))


@dataclass(slots=True)
class _Values:
    """Values of a fact while a claim is held against them."""

    properties: dict[str, Value]
    inferred: set[str]
    won: dict[str, Precedence]

    def take(self, name: str, claim: Claim, at: Precedence, *, is_allowed: bool) -> bool:
        """Hold one value against what is there; False where only the claims know whether anybody has read it."""
        value, is_inferred = claim.properties[name], name in claim.inferred
        before = self.won.get(name)
        self.won[name] = at if before is None else min(at, before)
        if name in MERGED:
            self.properties[name] = united([self.properties.get(name), value])
        elif is_allowed:
            is_first, is_other = self.won[name] == at, before is None or self.properties[name] != value
            if before is not None and is_first and is_other and is_inferred:
                return False
            if is_first:
                self.properties[name] = value
            if before is None and is_inferred:
                self.inferred.add(name)
            elif not is_inferred and (is_first or not is_other):
                self.inferred.discard(name)
        return True
