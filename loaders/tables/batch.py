"""Tables that are loaded together -> a batch each, or what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph import ids
from graph.door_evidence import evidence_faults, passages_of
from graph.facts import Batch, BatchHeader, BatchKind
from graph.store import Store
from loaders.tables.columns import Kind
from loaders.tables.directory import Directory
from loaders.tables.draft import Draft
from loaders.tables.edges import claim_edges
from loaders.tables.node_rows import NodeRow, node_rows
from loaders.tables.nodes import claim_nodes
from loaders.tables.reading import Table

VERSION = "tables 1"
"""Rises when the same table gives other claims."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What became of a table: its batch, or the faults for which it is refused, a line each."""

    batch: Batch | None = None
    faults: tuple[str, ...] = ()


def curate(tables: Sequence[Table], store: Store) -> list[Curated]:
    """A batch for each of the tables, in their order; rows may name nodes of any of the tables, and of the store.

    A table with a fault has no batch, nor has one that names a node which such a table states.
    """
    directory = Directory(store, replaced=[_batch_id(table) for table in tables])
    drafts = {table.source: Draft(table.source) for table in tables}
    rows: list[tuple[NodeRow, Draft]] = []
    for table in tables:
        for sheet in table.sheets_of(Kind.NODES):
            rows += [(row, drafts[table.source]) for row in node_rows(sheet, drafts[table.source])]
    claim_nodes(rows, directory)
    for table in tables:
        for sheet in table.sheets_of(Kind.EDGES):
            claim_edges(sheet, drafts[table.source], directory)
    for draft in drafts.values():
        _add_named(draft, directory)
        _check_evidence(draft)
    names = {table.source: table.name for table in tables}
    _refuse_dependent(drafts, names)
    return [_curated(table, drafts[table.source]) for table in tables]


def _batch_id(table: Table) -> str:
    return ids.batch_id(BatchKind.CURATED, table.source)


def _add_named(draft: Draft, directory: Directory) -> None:
    """Have the batch hold what its rows name: ends of edges, and the places of evidence."""
    for named in draft.named.values():
        draft.refer(named)
    pieces = [piece for claim in (*draft.nodes.values(), *draft.edges.values()) for piece in claim.evidence]
    places = {place for piece in pieces for place in (piece.document, piece.passage)} - draft.nodes.keys()
    directory.read(places)
    for place in sorted(places):
        known = directory.known(place)
        if known is not None:
            draft.name(known)
            draft.refer(known)


def _check_evidence(draft: Draft) -> None:
    passages = passages_of(draft.nodes.values())
    for claim in (*draft.nodes.values(), *draft.edges.values()):
        if claim.evidence:
            draft.fault(claim.rule, (f"column evidence: {line}" for line in evidence_faults(claim.evidence, passages)))


def _refuse_dependent(drafts: Mapping[str, Draft], names: Mapping[str, str]) -> None:
    """Refuse tables that name nodes of refused ones, until none is left that does."""
    is_more = True
    while is_more:
        is_more = False
        for draft in drafts.values():
            faulty = {named.table for named in draft.named.values() if named.table and drafts[named.table].faults}
            if faulty and not draft.faults:
                refused = ", ".join(sorted(names[source] for source in faulty))
                draft.faults.append(f"it names nodes of {refused}, which is refused; mend that first")
                is_more = True


def _curated(table: Table, draft: Draft) -> Curated:
    if draft.faults:
        return Curated(faults=tuple(draft.faults))
    if not draft.nodes and not draft.edges:
        return Curated(faults=("there is no row under the head; add one",))
    nodes = tuple(draft.nodes[id_] for id_ in sorted(draft.nodes))
    edges = tuple(draft.edges[id_] for id_ in sorted(draft.edges))
    header = BatchHeader(
        id=_batch_id(table),
        kind=BatchKind.CURATED,
        title=table.title,
        content=table.sha256,
        # What names stand for may change with the store, and then the same table says something else.
        version=f"{VERSION} {ids.digest(table.sha256, table.title, *sorted(draft.nodes), *sorted(draft.edges))}",
        sources=(table.source,),
    )
    return Curated(Batch(header, nodes, edges))
