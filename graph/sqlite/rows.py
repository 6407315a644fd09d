"""Rows of the tables as facts, claims and headers, and back."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import pydantic_core

from graph.encoding import evidence_of, evidence_text, standing_text, to_json
from graph.facts import BatchHeader, BatchKind, Claim, Edge, EdgeClaim, Fact, Node, NodeClaim
from graph.growth import Standing
from graph.store import EVIDENCE_SHOWN
from ontology.values import Origin

Row: TypeAlias = tuple[Any, ...]

HEADER = "b.n, b.id, b.kind, b.title, b.content, b.version, b.options, b.issued_on, b.loaded_at, b.has_text"
CLAIM = "c.label, c.properties, c.evidence, c.rule, c.inferred, c.is_own, c.origin"
_FACT = "claims, evidence_total, inferred, properties, evidence"
NODE = "n.id, n.label, " + ", ".join(f"n.{name}" for name in _FACT.split(", "))
EDGE = "e.id, e.type, s.id, t.id, e.discriminator, " + ", ".join(f"e.{name}" for name in _FACT.split(", "))
EDGE_ENDS = "JOIN nodes s ON s.n = e.source JOIN nodes t ON t.n = e.target"

_ORIGINS = {origin.value: origin for origin in Origin}


def _names(text: str) -> tuple[str, ...]:
    """Names out of their JSON text; most facts have none."""
    return () if text == "[]" else tuple(pydantic_core.from_json(text))


def node_of(row: Row) -> Node:
    """The node of a row with the columns `NODE`."""
    id_, label, claims, total, inferred, properties, evidence = row
    return Node(
        id=id_,
        label=label,
        properties=pydantic_core.from_json(properties),
        evidence=evidence_of(evidence),
        evidence_total=total,
        claims=claims,
        inferred=_names(inferred),
    )


def edge_of(row: Row) -> Edge:
    """The edge of a row with the columns `EDGE`."""
    id_, type_, source, target, discriminator, claims, total, inferred, properties, evidence = row
    return Edge(
        id=id_,
        type=type_,
        source=source,
        target=target,
        discriminator=discriminator,
        properties=pydantic_core.from_json(properties),
        evidence=evidence_of(evidence),
        evidence_total=total,
        claims=claims,
        inferred=_names(inferred),
    )


def fact_row(fact: Fact, standing: Standing | None) -> Row:
    """The columns that nodes and edges share: `_FACT`, and the standing."""
    shown = evidence_text(fact.evidence[:EVIDENCE_SHOWN])
    remembered = standing_text(standing) if standing else None
    return fact.claims, fact.evidence_total, to_json(fact.inferred), to_json(fact.properties), shown, remembered


def new_fact_row(fact: Fact, claim: Claim, said: Row) -> Row:
    """The columns `_FACT` of a fact with one claim; `said` are the columns of this."""
    is_all_shown = fact.evidence_total == len(claim.evidence) <= EVIDENCE_SHOWN
    shown = said[2] if is_all_shown else evidence_text(fact.evidence[:EVIDENCE_SHOWN])
    return fact.claims, fact.evidence_total, to_json(fact.inferred), to_json(fact.properties), shown


def claim_row(claim: Claim, label: str) -> Row:
    """The columns `CLAIM` of a claim; `label` is the class of a node, empty for an edge."""
    return (
        label,
        to_json(claim.properties),
        evidence_text(claim.evidence),
        claim.rule,
        to_json(claim.inferred),
        int(claim.is_own),
        claim.origin.value if claim.origin else None,
    )


def node_claim_of(id_: str, row: Row) -> NodeClaim:
    """The node claim of a row with the columns `CLAIM`."""
    label, properties, evidence, rule, inferred, is_own, origin = row
    return NodeClaim(
        id=id_,
        label=label,
        properties=pydantic_core.from_json(properties),
        evidence=evidence_of(evidence),
        rule=rule,
        inferred=_names(inferred),
        is_own=bool(is_own),
        origin=_ORIGINS.get(origin),
    )


def edge_claim_of(edge: Row, row: Row) -> EdgeClaim:
    """The edge claim of a row with the columns `CLAIM`; `edge` is (id, type, source, target, discriminator)."""
    id_, type_, source, target, discriminator = edge
    _, properties, evidence, rule, inferred, is_own, origin = row
    return EdgeClaim(
        id=id_,
        type=type_,
        source=source,
        target=target,
        discriminator=discriminator,
        properties=pydantic_core.from_json(properties),
        evidence=evidence_of(evidence),
        rule=rule,
        inferred=_names(inferred),
        is_own=bool(is_own),
        origin=_ORIGINS.get(origin),
    )


def header_row(header: BatchHeader) -> Row:
    """The columns `HEADER` without the first."""
    return (
        header.id,
        header.kind.value,
        header.title,
        header.content,
        header.version,
        to_json(dict(sorted(header.options.items()))),
        header.issued_on,
        header.loaded_at,
        int(header.has_text),
    )


def header_of(row: Row, sources: Iterable[str]) -> BatchHeader:
    """The header of a row with the columns `HEADER`."""
    _, id_, kind, title, content, version, options, issued_on, loaded_at, has_text = row
    return BatchHeader(
        id=id_,
        kind=BatchKind(kind),
        title=title,
        content=content,
        version=version,
        sources=tuple(sorted(sources)),
        options=pydantic_core.from_json(options),
        issued_on=issued_on,
        loaded_at=loaded_at,
        has_text=bool(has_text),
    )
