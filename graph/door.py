"""The door of every store: what a batch may say, and the canonical form in which it is stored.

A batch is stored whole or refused whole; a refusal names every reason.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from graph import ids
from graph.door_evidence import Passages, evidence_faults, passages_of
from graph.errors import BadBatch
from graph.facts import (
    Batch,
    BatchHeader,
    BatchKind,
    Claim,
    EdgeClaim,
    NodeClaim,
    Properties,
    Value,
    discriminator_of,
)
from graph.fold import origin_of
from graph.review.decisions import header_faults, is_decision
from ontology import registry
from ontology.relations import Relation
from ontology.values import Origin, iso_date

REVIEWED = "review"
"""The property that only a review may state."""
TAGS = "tags"
"""What people alone put on a node: reviews and curated tables."""
_TAGGING = (BatchKind.REVIEW, BatchKind.CURATED)
_CLASSES = frozenset(registry.class_names())
_RELATIONS = frozenset(registry.relation_types())
_ORIGINS = {(kind, Origin(kind.value)) for kind in BatchKind} | {
    (BatchKind.DOCUMENT, Origin.REGISTER),
    (BatchKind.DOCUMENT, Origin.CURATED),
    *((BatchKind.REVIEW, origin) for origin in Origin),
}
"""A document's batch may add what a register says of what it names, and what a person says of it as an option; a review
that merges two nodes says of the one what sources say of the other."""


def faults(batch: Batch) -> list[str]:
    """Every reason why the batch may not be stored, a line each; [] if there is none."""
    return _inspect(batch).faults


def admit(batch: Batch) -> Batch:
    """The batch in canonical form: no empty properties, 60.0 as 60, enumerations as their text.

    Raises BadBatch with every reason.
    """
    inspection = _inspect(batch)
    if inspection.faults:
        raise BadBatch(f"“{batch.header.title or batch.header.id}”", inspection.faults)
    return Batch(batch.header, tuple(inspection.nodes), tuple(inspection.edges))


@dataclass(slots=True)
class _Inspection:
    """What was found wrong so far, and the claims that were found right, in canonical form."""

    header: BatchHeader
    passages: Passages
    labels: dict[str, str]
    faults: list[str] = field(default_factory=list)
    nodes: list[NodeClaim] = field(default_factory=list)
    edges: list[EdgeClaim] = field(default_factory=list)


def _inspect(batch: Batch) -> _Inspection:
    inspection = _Inspection(batch.header, passages_of(batch.nodes), {claim.id: claim.label for claim in batch.nodes})
    inspection.faults += _header_faults(batch.header)
    inspection.faults += _repetitions(claim.id for claim in batch.nodes)
    inspection.faults += _repetitions(claim.id for claim in batch.edges)
    for node in batch.nodes:
        _inspect_node(node, inspection)
    for edge in batch.edges:
        _inspect_edge(edge, inspection)
    return inspection


def _header_faults(header: BatchHeader) -> list[str]:
    found = [f"the batch has no {name}" for name in ("id", "content", "version") if not getattr(header, name)]
    if header.id and not header.id.startswith("batch:"):
        found.append(f"the id of a batch starts with batch:, not {header.id!r}")
    if list(header.sources) != sorted(set(header.sources)):
        found.append("the batch's sources are not sorted, or one is there twice")
    if header.issued_on is not None:
        found += _date_faults(header.issued_on)
    if is_decision(header):
        found += header_faults(header)
    texts = (header.id, header.title, header.content, header.version, header.loaded_at, *header.sources)
    found += [f"the batch's header: {text!a} is no valid Unicode" for text in texts if not _is_unicode(text)]
    found += [
        f"the batch's options: {name!a} is no valid Unicode"
        for name, text in header.options.items()
        if not _is_unicode(name + text)
    ]
    return found


def _date_faults(text: str) -> list[str]:
    try:
        iso_date(text)
    except ValueError as error:
        return [f"the batch's issued_on: {text!a}: {error}"]
    return []


def _repetitions(claimed: Iterable[str]) -> list[str]:
    return [f"{id_}: claimed {times} times in one batch" for id_, times in Counter(claimed).items() if times > 1]


def _inspect_node(claim: NodeClaim, inspection: _Inspection) -> None:
    found = _node_identity_faults(claim)
    properties: Properties = claim.properties
    if claim.label not in _CLASSES or registry.class_of(claim.label).is_abstract:
        found += registry.node_faults(claim.label, properties)
    else:
        properties, wrong = _canonical(registry.class_of(claim.label), properties, inspection.header.kind)
        found += wrong
    found += _claim_faults(claim, inspection)
    if found:
        shown = claim.id if _is_unicode(claim.id) else ascii(claim.id)
        inspection.faults += [f"{shown}: {fault}" for fault in found]
    else:
        inspection.nodes.append(claim if _is_canonical(claim, properties) else _canonical_node(claim, properties))


def _node_identity_faults(claim: NodeClaim) -> list[str]:
    if not _is_unicode(claim.id):
        return ["the id is no valid Unicode"]
    if claim.label not in _CLASSES:
        return []
    prefix = registry.class_of(claim.label).prefix + ":"
    if not claim.id.startswith(prefix) or claim.id == prefix:
        return [f"the id of a {claim.label} starts with {prefix}"]
    return []


def _inspect_edge(claim: EdgeClaim, inspection: _Inspection) -> None:
    properties: Properties = claim.properties
    if claim.type not in _RELATIONS:
        found = registry.edge_faults(claim.type, properties)
    else:
        kind, relation = inspection.header.kind, registry.relation_of(claim.type)
        properties, found = _canonical(relation.properties, properties, kind)
        found += _end_faults(claim, inspection.labels)
        found += _edge_identity_faults(claim, relation, properties, kind)
    found += _claim_faults(claim, inspection)
    if found:
        shown = f"{claim.source} {claim.type} {claim.target}"
        inspection.faults += [f"{shown}: {fault}" for fault in found]
    else:
        inspection.edges.append(claim if _is_canonical(claim, properties) else _canonical_edge(claim, properties))


def _end_faults(claim: EdgeClaim, labels: dict[str, str]) -> list[str]:
    source, target = labels.get(claim.source), labels.get(claim.target)
    if source is None or target is None:
        return [f"there is no node {end} in the batch" for end in (claim.source, claim.target) if end not in labels]
    if claim.source == claim.target:
        return ["joins a node to itself"]
    if source in _CLASSES and target in _CLASSES and not registry.may_join(claim.type, source, target):
        return [f"may not lead from {source} to {target}"]
    return []


def _edge_identity_faults(claim: EdgeClaim, relation: Relation, properties: Properties, kind: BatchKind) -> list[str]:
    if relation.is_symmetric and claim.target < claim.source:
        return ["is read both ways and must be stored with the smaller id first"]
    # A review may correct what tells edges apart, which does not change the edge's id.
    discriminator = claim.discriminator if kind is BatchKind.REVIEW else discriminator_of(relation, properties)
    if claim.discriminator != discriminator:
        return [f"the discriminator is {discriminator!r} by its properties, not {claim.discriminator!r}"]
    derived = ids.edge_id(claim.source, claim.type, claim.target, discriminator)
    return [] if claim.id == derived else [f"the id is {derived} by its ends, not {claim.id}"]


def _is_canonical(claim: Claim, properties: Properties) -> bool:
    """Whether the claim's properties are these, in their order and by their types: True is 1, but not the same."""
    stated = claim.properties
    if type(stated) is not dict or [*stated.items()] != [*properties.items()]:
        return False
    return all([type(value) is type(properties[name]) for name, value in stated.items()])


def _canonical_node(claim: NodeClaim, properties: Properties) -> NodeClaim:
    # Written out, since dataclasses.replace takes four times as long, and a batch may have 200,000 claims.
    return NodeClaim(
        properties=properties,
        evidence=claim.evidence,
        rule=claim.rule,
        inferred=claim.inferred,
        is_own=claim.is_own,
        origin=claim.origin,
        id=claim.id,
        label=claim.label,
    )


def _canonical_edge(claim: EdgeClaim, properties: Properties) -> EdgeClaim:
    return EdgeClaim(
        properties=properties,
        evidence=claim.evidence,
        rule=claim.rule,
        inferred=claim.inferred,
        is_own=claim.is_own,
        origin=claim.origin,
        id=claim.id,
        type=claim.type,
        source=claim.source,
        target=claim.target,
        discriminator=claim.discriminator,
    )


def _canonical(model: type[BaseModel], properties: Properties, kind: BatchKind) -> tuple[dict[str, Value], list[str]]:
    """The properties in canonical form, and what is wrong with them; a review need not say again what others say."""
    try:
        canonical = registry.canonical_part if kind is BatchKind.REVIEW else registry.canonical
        return canonical(model, properties), []  # type: ignore[return-value]  # values of our models are Value
    except ValidationError as error:
        details = error.errors(include_url=False)
        return {}, [f"{'.'.join(map(str, d['loc'])) or 'value'}: {d['msg']}" for d in details]


def _claim_faults(claim: Claim, inspection: _Inspection) -> list[str]:
    """What is wrong with a claim beside its class: evidence, inferred properties, words that only a review may say."""
    header, stated = inspection.header, claim.properties
    kind = header.kind
    missing = [name for name in claim.inferred if stated.get(name) is None]
    found = [f"{name}: not among the properties, so it can't be inferred" for name in missing]
    if not _is_unicode(claim.rule):
        found.append("the rule is no valid Unicode")
    if stated.get(REVIEWED) is not None and kind is not BatchKind.REVIEW:
        found.append(f"{REVIEWED}: only a review may state it")
    if stated.get(TAGS) is not None and kind not in _TAGGING:
        found.append(f"{TAGS}: only a review or a curated table may state them")
    if claim.origin and (kind, claim.origin) not in _ORIGINS:
        found.append(f"a batch of kind {kind} can't make a claim of origin {claim.origin}")
    if claim.evidence:
        found += evidence_faults(claim.evidence, None if kind is BatchKind.REVIEW else inspection.passages)
    elif origin_of(claim, header) is Origin.DOCUMENT:
        found.append("has no evidence, and what a document states must have some")
    return found


def _is_unicode(text: str) -> bool:
    """Whether the text can be stored: names of files may hold bytes that are no text."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
