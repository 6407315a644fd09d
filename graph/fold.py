"""The fold: claims of one fact -> the node or edge. A pure function of the set of claims; their order is irrelevant.

Order of precedence (design 3): review, then curated, then the document that is the policy, then other documents (the
later issued first, then the smaller SHA-256), then register. The first claim that states a property gives its value.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from graph.facts import (
    REFERENCE,
    Attributed,
    BatchHeader,
    BatchKind,
    Claim,
    ClaimT,
    Edge,
    EdgeClaim,
    Evidence,
    Node,
    NodeClaim,
    Value,
)
from graph.figure_name import FIGURES, figure_name
from ontology import registry
from ontology.values import Origin

MERGED = ("aliases", "tags")  # lists that are united instead of chosen from
DECIDED_AT = "at"
"""The option of a review's header that says when it was decided: of two reviews the later counts."""
Precedence: TypeAlias = tuple[int, bool, str, str, str]
"""Sort key of a claim among those of its fact, the one that counts most first."""

_BOOKKEEPING = ("loaded", "title_from")  # what a claim knows of its own reading, not of the world
_RANK = {Origin.REVIEW: 0, Origin.CURATED: 1, Origin.DOCUMENT: 3, Origin.REGISTER: 4}
_OWN_DOCUMENT = 2
_REFERENCE = 5
_ORIGIN = {kind: Origin(kind.value) for kind in BatchKind}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that lost: “stated otherwise by …”."""

    property: str
    value: Value
    batch: BatchHeader
    evidence: tuple[Evidence, ...]


def origin_of(claim: Claim, header: BatchHeader) -> Origin:
    """Where a claim is from: its own origin if it has one, else what its batch is."""
    return claim.origin or _ORIGIN[header.kind]


def precedence(claim: Claim, header: BatchHeader) -> Precedence:
    """How far a claim counts; what sources say of a merged node comes behind the rest."""
    origin = origin_of(claim, header)
    rank = _OWN_DOCUMENT if origin is Origin.DOCUMENT and claim.is_own else _RANK[origin]
    if claim.rule == REFERENCE:
        rank = _REFERENCE
    at = header.options.get(DECIDED_AT, "") if origin is Origin.REVIEW else ""
    is_of_merged = header.kind is BatchKind.REVIEW and origin is not Origin.REVIEW
    return rank, is_of_merged, _later_first(at or header.issued_on), header.content, header.id


def fold_node(claims: Sequence[Attributed[NodeClaim]]) -> Node:
    """The node that the claims (one or more, all of one id) make together, with all evidence."""
    ordered = _ordered(claims)
    label = next((a.claim.label for a in ordered if a.header.kind is not BatchKind.REVIEW), ordered[0].claim.label)
    properties, inferred = _properties(ordered, allowed_of_node(label))
    properties.setdefault("name", ordered[0].claim.id)  # a review alone need not name what it is about
    if label in FIGURES:
        _rename_figure(properties, ordered, label)
    names = {str(a.claim.properties["name"]) for a in ordered if "name" in a.claim.properties}
    name_apart(properties, names)
    if registry.root_of(label) == "Document":
        _describe_document(properties, ordered)
    return Node(
        id=ordered[0].claim.id,
        label=label,
        properties=by_name(properties),
        inferred=inferred,
        claims=len(ordered),
        evidence=(evidence := _evidence(ordered)),
        evidence_total=len(evidence),
    )


def fold_edge(claims: Sequence[Attributed[EdgeClaim]]) -> Edge:
    """The edge that the claims (one or more, all of one id) make together, with all evidence."""
    ordered = _ordered(claims)
    properties, inferred = _properties(ordered, allowed_of_edge(ordered[0].claim.type))
    first = ordered[0].claim
    return Edge(
        id=first.id,
        type=first.type,
        source=first.source,
        target=first.target,
        discriminator=first.discriminator,
        properties=by_name(properties),
        inferred=inferred,
        claims=len(ordered),
        evidence=(evidence := _evidence(ordered)),
        evidence_total=len(evidence),
    )


def fold_evidence(claims: Iterable[Attributed[ClaimT]]) -> tuple[Evidence, ...]:
    """All evidence of the fact that the claims make together."""
    return _evidence(_ordered(claims))


@cache
def allowed_of_node(label: str) -> frozenset[str]:
    """Names of the properties that nodes of a class may have."""
    return frozenset(registry.class_of(label).model_fields)


@cache
def allowed_of_edge(type_: str) -> frozenset[str]:
    """Names of the properties that edges of a type may have."""
    return frozenset(registry.relation_of(type_).properties.model_fields)


def united(values: Iterable[Value | None]) -> list[str]:
    """The texts of several lists, each once, sorted."""
    return sorted({text for value in values if isinstance(value, list) for text in value})


def name_apart(properties: dict[str, Value], names: Collection[str]) -> None:
    """Have the names that claims give a node, and its aliases, be aliases but for the one that won."""
    aliases = {*united([properties.pop("aliases", None)]), *names} - {str(properties["name"])}
    if aliases:
        properties["aliases"] = sorted(aliases)


def disagreements(claims: Iterable[Attributed[ClaimT]]) -> list[Disagreement]:
    """Values that lost to another claim's, by precedence, then property; names that lost are among the aliases.

    A class that lost shows as the property `label`. Bookkeeping is no disagreement, nor is the status that a policy has
    where it is only cited: that it is still to be made says less than the policy itself.
    """
    won: dict[str, Value] = {}
    lost: list[Disagreement] = []
    for a in _ordered(claims):
        stated = dict(a.claim.properties)
        if isinstance(a.claim, NodeClaim) and a.header.kind is not BatchKind.REVIEW:
            stated["label"] = a.claim.label
        for name in sorted(stated.keys() - _left_out(a.claim)):
            if won.setdefault(name, stated[name]) != stated[name]:
                lost.append(Disagreement(name, stated[name], a.header, a.claim.evidence))
    return lost


def _left_out(claim: Claim) -> set[str]:
    """Properties in which the claim can't disagree."""
    is_citation = claim.properties.get("loaded") is False
    return {*MERGED, *_BOOKKEEPING, "name", *(("status",) if is_citation else ())}


def _rename_figure(properties: dict[str, Value], ordered: Sequence[Attributed[NodeClaim]], label: str) -> None:
    """Have a figure that sources name by its numbers be named by those that a review corrected."""
    stated = [a for a in ordered if a.header.kind is not BatchKind.REVIEW]
    if not 0 < len(stated) < len(ordered):
        return
    of_sources, _ = _properties(stated, allowed_of_node(label))
    if properties["name"] == of_sources.get("name") == figure_name(of_sources):
        properties["name"] = figure_name(properties)


def _ordered(claims: Iterable[Attributed[ClaimT]]) -> list[Attributed[ClaimT]]:
    several = list(claims)
    return several if len(several) == 1 else sorted(several, key=lambda a: precedence(a.claim, a.header))


def _properties(
    ordered: Sequence[Attributed[ClaimT]], allowed: Container[str]
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The value of each allowed property by the first claim that has one, and which values no claim has read.

    What the class that won doesn't have is left out, so that the node is one the ontology allows.
    """
    values, inferred = _stated(ordered[0].claim, allowed)
    for a in ordered[1:]:
        _fill(values, inferred, a.claim, allowed)
    for name in MERGED:
        if name in values:
            values[name] = united([values[name]])
    if registry.NO_VALUE in values.values():
        values = {name: value for name, value in values.items() if value != registry.NO_VALUE}
    values["origin"] = _origin(ordered)
    values.setdefault("review", "unreviewed")
    return values, tuple(sorted(inferred & values.keys())) if inferred else ()


def _fill(values: dict[str, Value], inferred: set[str], claim: Claim, allowed: Container[str]) -> None:
    """Add what a claim states beside those that count more."""
    for name, value in claim.properties.items():
        if name in MERGED:
            values[name] = united([values.get(name), value])
        elif name not in allowed:
            continue
        elif name not in values:
            values[name] = value
            if name in claim.inferred:
                inferred.add(name)
        elif name in inferred and values[name] == value and name not in claim.inferred:
            inferred.remove(name)


def _origin(ordered: Sequence[Attributed[ClaimT]]) -> str:
    """Where a fact is from: where the first claim is from that is no decision's."""
    for a in ordered:
        origin = origin_of(a.claim, a.header)
        if origin is not Origin.REVIEW:
            return origin.value
    return Origin.REVIEW.value


def _stated(claim: Claim, allowed: Container[str]) -> tuple[dict[str, Value], set[str]]:
    """What a claim alone gives of the allowed properties, and which of them it has inferred."""
    values = {name: value for name, value in claim.properties.items() if name in allowed or name in MERGED}
    return values, (values.keys() & claim.inferred) - {*MERGED} if claim.inferred else set()


def _describe_document(properties: dict[str, Value], ordered: Sequence[Attributed[NodeClaim]]) -> None:
    """Sources and time of loading belong to the batches, since one document may be loaded from several places."""
    headers = [a.header for a in ordered if a.header.kind is BatchKind.DOCUMENT]
    sources = sorted({source for header in headers for source in header.sources})
    if sources:
        properties["sources"] = sources
    loaded_at = max((header.loaded_at for header in headers), default="")
    if loaded_at:
        properties["loaded_at"] = loaded_at


def _evidence(ordered: Sequence[Attributed[ClaimT]]) -> tuple[Evidence, ...]:
    """Evidence of all claims, each piece once: by precedence of its claim, then as the claim orders it."""
    if len(ordered) == 1 and len(ordered[0].claim.evidence) < 2:
        return ordered[0].claim.evidence
    return tuple(dict.fromkeys(piece for a in ordered for piece in a.claim.evidence))


@lru_cache(maxsize=1 << 12)
def _later_first(date: str | None) -> str:
    """A text that sorts later dates first and no date last; dates are ASCII, which the door sees to."""
    return "".join(chr(0x7E - ord(character)) for character in date) + "~" if date else "\x7f"


def by_name(properties: Mapping[str, Value]) -> dict[str, Value]:
    """The properties in the order of their names, as facts have them."""
    return {name: properties[name] for name in sorted(properties)}
