"""Properties of nodes and relationships in the database as facts, claims and headers, and back."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pydantic_core

from graph.encoding import evidence_of, evidence_text, standing_text, to_json
from graph.facts import BatchHeader, BatchKind, Claim, Edge, EdgeClaim, Fact, Node, NodeClaim, Value
from graph.growth import Standing
from graph.search_text import search_text
from graph.store import EVIDENCE_SHOWN
from graph.tokens import name_tokens, tokens
from ontology.values import Origin

Map: TypeAlias = dict[str, Any]

EXACT = "_exact"
"""The property that has, as JSON, the values that the database can't hold as they are."""
_LEAST, _MOST = -(2**63), 2**63 - 1
_ORIGINS = {origin.value: origin for origin in Origin}


def node_map(node: Node, standing: Standing | None = None) -> Map:
    """What a node has in the database: its properties, and those of the store's own for lists and the search."""
    names, name_length, text = search_text(node)
    made = {**_fact_map(node, standing), "_label": node.label, "_names": names, "_name_length": name_length}
    made["_name_tokens"] = name_tokens(names.split("\n"))
    if text is not None:
        made |= {"_text": text, "_text_length": len(text), "_text_tokens": tokens(text)}
    return made


def edge_map(edge: Edge, standing: Standing | None = None) -> Map:
    """What a relationship has in the database."""
    made = _fact_map(edge, standing)
    return {**made, "_discriminator": edge.discriminator} if edge.discriminator else made


def node_of(stored: Mapping[str, Any]) -> Node:
    """The node of its properties in the database."""
    return Node(label=stored["_label"], **_fact(stored))


def edge_of(type_: str, source: str, target: str, stored: Mapping[str, Any]) -> Edge:
    """The edge of its type, ends, and properties in the database."""
    discriminator = stored.get("_discriminator", "")
    return Edge(type=type_, source=source, target=target, discriminator=discriminator, **_fact(stored))


def storable(value: object) -> object | None:
    """A value as the database can hold and compare it: a number beyond 64 bits by the nearest float, None if none."""
    if isinstance(value, int) and not _LEAST <= value <= _MOST:
        try:
            return float(value)
        except OverflowError:
            return None
    return value


def node_said(claim: NodeClaim) -> str:
    """What a claim of a node says, but for its id."""
    return to_json([*_said(claim), claim.label])


def edge_said(claim: EdgeClaim) -> str:
    """What a claim of an edge says, but for its id."""
    return to_json([*_said(claim), claim.type, claim.source, claim.target, claim.discriminator])


def node_claim_of(id_: str, said: str) -> NodeClaim:
    """The claim of a node."""
    *shared, label = pydantic_core.from_json(said)
    return NodeClaim(id=id_, label=label, **_claim(shared))


def edge_claim_of(id_: str, said: str) -> EdgeClaim:
    """The claim of an edge."""
    *shared, type_, source, target, discriminator = pydantic_core.from_json(said)
    ends = {"source": source, "target": target}
    return EdgeClaim(id=id_, type=type_, discriminator=discriminator, **ends, **_claim(shared))


def header_map(header: BatchHeader) -> Map:
    """What the node of a batch has."""
    return {
        "id": header.id,
        "kind": header.kind.value,
        "title": header.title,
        "content": header.content,
        "version": header.version,
        "options": to_json(dict(sorted(header.options.items()))),
        "issued_on": header.issued_on,
        "loaded_at": header.loaded_at,
        "has_text": header.has_text,
        "sources": [*header.sources],
    }


def header_of(stored: Mapping[str, Any]) -> BatchHeader:
    """The header of what the node of a batch has."""
    made = {**stored, "kind": BatchKind(stored["kind"]), "options": pydantic_core.from_json(stored["options"])}
    return BatchHeader(**{**made, "sources": tuple(sorted(stored["sources"] or ()))})


def _fact_map(fact: Fact, standing: Standing | None) -> Map:
    made: Map = {**fact.properties, "id": fact.id, "_claims": fact.claims, "_evidence_total": fact.evidence_total}
    inexact = {name: v for name, v in fact.properties.items() if type(v) is int and not _LEAST <= v <= _MOST}
    if inexact:
        made |= {name: storable(value) for name, value in inexact.items()} | {EXACT: to_json(inexact)}
    if fact.evidence:
        made["_evidence"] = evidence_text(fact.evidence[:EVIDENCE_SHOWN])
    if fact.inferred:
        made["_inferred"] = [*fact.inferred]
    if standing:
        made["_standing"] = standing_text(standing)
    return made


def _fact(stored: Mapping[str, Any]) -> Map:
    held = {**stored, **pydantic_core.from_json(stored[EXACT])} if EXACT in stored else stored
    properties: dict[str, Value] = {name: held[name] for name in sorted(held) if name[0] != "_" and name != "id"}
    return {
        "id": stored["id"],
        "properties": properties,
        "evidence": evidence_of(stored.get("_evidence", "[]")),
        "evidence_total": stored["_evidence_total"],
        "claims": stored["_claims"],
        "inferred": tuple(stored.get("_inferred", ())),
    }


def _said(claim: Claim) -> list[object]:
    evidence = evidence_text(claim.evidence) if claim.evidence else ""
    return [claim.properties, evidence, claim.rule, claim.inferred, claim.is_own, claim.origin]


def _claim(said: list[Any]) -> Map:
    properties, evidence, rule, inferred, is_own, origin = said
    return {
        "properties": properties,
        "evidence": evidence_of(evidence) if evidence else (),
        "rule": rule,
        "inferred": tuple(inferred),
        "is_own": is_own,
        "origin": _ORIGINS.get(origin),
    }
