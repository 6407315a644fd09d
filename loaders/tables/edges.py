"""Rows of edges -> claims: type, the two ends by id or by name, and the properties of the relation."""

from collections import defaultdict
from collections.abc import Sequence

from graph.errors import PolicygraphError, RefusedInput
from graph.facts import EdgeClaim, edge_claim
from graph.nearest import hint
from loaders.tables.columns import EVIDENCE, FOLDED, INFERRED
from loaders.tables.directory import Directory, Named, is_within
from loaders.tables.draft import Draft, evidence_of, flaws_of, inferred_of
from loaders.tables.sheets import Row, Sheet
from loaders.tables.values import properties_of, short
from ontology import registry

_ENDS = ("source", "target")
_BESIDE = frozenset({"type", *_ENDS, "id", "source_class", "target_class", INFERRED, EVIDENCE, *FOLDED})


def claim_edges(sheet: Sheet, draft: Draft, directory: Directory) -> None:
    """Claim the edges of a sheet's rows; what is wrong with them is noted.

    A column `id` is not looked at: the id of an edge follows from its type, its ends and what tells it from others.
    """
    directory.read(row.cells.get(end, "").strip() for row in sheet.rows for end in _ENDS)
    for (type_, end), texts in _named_by_type(sheet).items():
        directory.read_names(texts, _allowed(type_, end))
    for row in sheet.rows:
        faults = flaws_of(row)
        ends = _found_ends(row, directory, faults)
        claim = _claim(row, ends, where=sheet.where(row), faults=faults)
        if claim is None:
            draft.fault(sheet.where(row), faults)
            continue
        for named in ends:
            draft.name(named)
        draft.state_edge(claim, is_row=True)


def _named_by_type(sheet: Sheet) -> dict[tuple[str, str], set[str]]:
    """What the rows name, by relation and end."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in sheet.rows:
        for end in _ENDS:
            type_ = row.cells.get("type", "").strip()
            if type_ in registry.relation_types() and end in row.cells:
                named[type_, end].add(row.cells[end])
    return named


def _found_ends(row: Row, directory: Directory, faults: list[str]) -> list[Named]:
    """The nodes at both ends of a row's edge; fewer where the row is wrong."""
    type_ = row.cells.get("type", "").strip()
    if type_ not in registry.relation_types():
        instead = hint(type_, registry.relation_types(), otherwise="write one of")
        faults.append(f"column type: “{short(type_)}” is no relation; {instead}")
        return []
    found = []
    for end in _ENDS:
        try:
            found.append(directory.find(_named(row, end), _classes(row, type_, end)))
        except PolicygraphError as error:
            line = str(error)
            faults.append(line if line.startswith("column ") else f"column {end}: {line}")
    return found


def _named(row: Row, end: str) -> str:
    if end not in row.cells:
        raise RefusedInput("it is empty; give the id or the name of a node")
    return row.cells[end]


def _classes(row: Row, type_: str, end: str) -> Sequence[str]:
    """The classes of which the end of an edge may be: the one that the row says, or those that the relation allows."""
    allowed = _allowed(type_, end)
    said = row.cells.get(f"{end}_class", "").strip()
    if said and not is_within(said, allowed):
        raise RefusedInput(f"column {end}_class: “{short(said)}” may not stand here; write {' or '.join(allowed)}")
    return [said] if said else allowed


def _claim(row: Row, ends: Sequence[Named], *, where: str, faults: list[str]) -> EdgeClaim | None:
    if len(ends) < len(_ENDS):
        return None
    source, target = ends
    type_ = row.cells["type"].strip()
    cells = {column: text for column, text in row.cells.items() if column not in _BESIDE}
    properties = properties_of(registry.relation_of(type_).properties, cells, faults)
    evidence, inferred = evidence_of(row, faults), inferred_of(row, properties, faults)
    faults += _join_faults(type_, source, target)
    if faults:
        return None
    return edge_claim(type_, source.id, target.id, properties, evidence=evidence, rule=where, inferred=inferred)


def _allowed(type_: str, end: str) -> Sequence[str]:
    side = _ENDS.index(end)
    return list(dict.fromkeys(ends[side].__name__ for ends in registry.relation_of(type_).ends))


def _join_faults(type_: str, source: Named, target: Named) -> list[str]:
    if source.id == target.id:
        return [f"column target: the same node as the source ({source.id}); an edge joins two"]
    if not registry.may_join(type_, source.label, target.label):
        pairs = ", ".join(f"{a.__name__} to {b.__name__}" for a, b in registry.relation_of(type_).ends)
        return [f"column type: {type_} may not lead from a {source.label} to a {target.label}; it leads from {pairs}"]
    return []
