"""What every format writes: nodes and edges in pages with all their evidence, as they may leave the machine."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from graph.facts import Edge, Evidence, Fact, Node, Properties, Value
from graph.formats.scope import Scope
from graph.sources import without_path
from graph.store import Store

PAGE = 500
TEXTS = (("Passage", "text"), ("Goal", "statement"))
"""Properties that hold the words of a document, by class."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported of a store: all of it or a scope, with or without the words of its documents."""

    store: Store
    scope: Scope | None = None
    without_text: bool = False
    with_loaded_at: bool = False


def iter_nodes(selection: Selection) -> Iterator[Node]:
    """The nodes by id, with all their evidence and the properties that may be written."""
    for page in _node_pages(selection):
        evidence = _whole_evidence(selection, page)
        for node in page:
            properties = portable(selection, node.label, node.properties)
            inferred = tuple(name for name in node.inferred if name in properties)
            yield replace(node, properties=properties, inferred=inferred, evidence=evidence[node.id])


def iter_edges(selection: Selection) -> Iterator[Edge]:
    """The edges by id, with all their evidence."""
    for page in _edge_pages(selection):
        evidence = _whole_evidence(selection, page)
        for edge in page:
            yield replace(edge, evidence=evidence[edge.id])


def portable(selection: Selection, label: str, properties: Properties) -> dict[str, Value]:
    """The properties of a node of this class without paths and, unless they are wanted, times and texts."""
    kept = dict(properties)
    if label == "Document":
        if not selection.with_loaded_at:
            kept.pop("loaded_at", None)
        sources = kept.get("sources")
        if isinstance(sources, list):
            kept["sources"] = sorted({without_path(source) for source in sources})
    if selection.without_text:
        for owner, name in TEXTS:
            if label == owner:
                kept.pop(name, None)
    return kept


def evidence_json(evidence: Iterable[Evidence]) -> list[Json]:
    """Evidence as every format writes it."""
    return [
        {
            "document": piece.document,
            "passage": piece.passage,
            "start": piece.start,
            "end": piece.end,
            "context": [[start, end] for start, end in piece.context],
        }
        for piece in evidence
    ]


def properties_json(properties: Mapping[str, Value]) -> dict[str, Json]:
    """Properties as a JSON object."""
    return {name: [*value] if isinstance(value, list) else value for name, value in properties.items()}


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids in their order, a page at a time."""
    rest = iter(sorted(ids))
    while page := list(islice(rest, PAGE)):
        yield page


def _whole_evidence(selection: Selection, page: Sequence[Fact]) -> dict[str, tuple[Evidence, ...]]:
    """All evidence of each fact; the store is only asked for that of facts which do not carry all of it."""
    found = {fact.id: fact.evidence for fact in page}
    cut = [fact.id for fact in page if fact.evidence_total > len(fact.evidence)]
    return {**found, **(selection.store.all_evidence(cut) if cut else {})}


def _node_pages(selection: Selection) -> Iterator[list[Node]]:
    if selection.scope is not None:
        for ids in chunks(selection.scope.nodes):
            yield list(selection.store.nodes(ids).values())
        return
    after = ""
    while page := selection.store.list_nodes(after=after, limit=PAGE):
        yield page
        after = page[-1].id


def _edge_pages(selection: Selection) -> Iterator[list[Edge]]:
    if selection.scope is not None:
        for ids in chunks(selection.scope.edges):
            yield list(selection.store.edges(ids).values())
        return
    after = ""
    while page := selection.store.list_edges(after=after, limit=PAGE):
        yield page
        after = page[-1].id
