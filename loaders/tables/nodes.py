"""Rows of nodes -> claims, with the edges that their columns policy, parent and subject give."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from graph import ids
from graph.errors import AmbiguousName, PolicygraphError
from graph.facts import NodeClaim, edge_claim
from graph.figure_name import FIGURES
from graph.normal import fold
from loaders.extract.indicators import indicator_concept
from loaders.tables.directory import Directory, Named, is_id, is_within
from loaders.tables.draft import Draft
from loaders.tables.identity import Described, id_of
from loaders.tables.node_rows import NodeRow, Tie, tie_of
from ontology import registry


def claim_nodes(rows: Sequence[tuple[NodeRow, Draft]], directory: Directory) -> None:
    """Claim the nodes of the rows of all tables, each in its table's draft; what is wrong with them is noted there."""
    directory.read(text for row, _ in rows for text in (row.id, *row.ties.values()))
    for root in {registry.root_of(row.label) for row, _ in rows}:
        unnamed = (row for row, _ in rows if not row.id and registry.root_of(row.label) == root)
        directory.read_names((str(row.properties["name"]) for row in unnamed), [root])
    for row, draft in _named_first(rows):
        faults: list[str] = []
        ties = _found_ties(row, directory, faults)
        id_ = _id(row, ties, directory, faults=faults) if not faults else ""
        if faults:
            draft.fault(row.where, faults)
        else:
            _claim(row, id_, draft=draft, directory=directory)
            for column, named in ties.items():
                _claim_tie(row, id_, named, column=column, draft=draft)
            if row.label in FIGURES and "policy" in ties:
                _claim_indicator(row, id_, draft=draft, directory=directory)


def _named_first(rows: Sequence[tuple[NodeRow, Draft]]) -> Iterator[tuple[NodeRow, Draft]]:
    """The rows in an order in which those that others name come before them; circles at the end.

    Method: topological sorting after Kahn.
    """
    called: dict[str, list[int]] = defaultdict(list)
    for position, (row, _) in enumerate(rows):
        for text in {row.id, fold(str(row.properties["name"])).strip()}:
            called[text].append(position)
    awaited = [_awaited(row, called, rows) for row, _ in rows]
    waiting: dict[int, list[int]] = defaultdict(list)
    for position, needed in enumerate(awaited):
        for one in needed:
            waiting[one].append(position)
    ready = deque(position for position, needed in enumerate(awaited) if not needed)
    while ready:
        position = ready.popleft()
        yield rows[position]
        for other in waiting[position]:
            awaited[other].discard(position)
            if not awaited[other]:
                ready.append(other)
    yield from (rows[position] for position, needed in enumerate(awaited) if needed)


def _awaited(row: NodeRow, called: Mapping[str, Sequence[int]], rows: Sequence[tuple[NodeRow, Draft]]) -> set[int]:
    """Positions of the rows that a row may name."""
    return {
        position
        for column, text in row.ties.items()
        for position in called.get(text if is_id(text) else fold(text).strip(), ())
        if is_within(rows[position][0].label, _tie(row.label, column).labels)
    }


def _claim(row: NodeRow, id_: str, *, draft: Draft, directory: Directory) -> None:
    draft.state_node(
        NodeClaim(
            properties=row.properties,
            evidence=row.evidence,
            rule=row.where,
            inferred=row.inferred,
            id=id_,
            label=row.label,
        )
    )
    directory.add(Named(id_, row.label, row.properties, draft.source))


def _claim_tie(row: NodeRow, id_: str, named: Named, *, column: str, draft: Draft) -> None:
    tie = _tie(row.label, column)
    source, target = (named.id, id_) if tie.is_from_named else (id_, named.id)
    draft.name(named)
    if source == target:
        draft.fault(row.where, [f"column {column}: the row names itself; leave it empty"])
    else:
        draft.state_edge(edge_claim(tie.type, source, target, rule=f"{row.where}, column {column}"), is_row=False)


def _found_ties(row: NodeRow, directory: Directory, faults: list[str]) -> dict[str, Named]:
    found = {}
    for column, text in row.ties.items():
        try:
            found[column] = directory.find(text, _tie(row.label, column).labels)
        except PolicygraphError as error:
            faults.append(f"column {column}: {error}")
    return found


def _id(row: NodeRow, ties: Mapping[str, Named], directory: Directory, *, faults: list[str]) -> str:
    if row.id:
        if not ids.is_made(row.id) and directory.stored(row.id) is None:
            faults.append(f"column id: “{row.id}” is none that was made here or is in the store; leave it empty")
        return row.id
    try:
        return id_of(Described(row.label, row.properties, ties, row.under), directory)
    except AmbiguousName as error:
        faults.append(f"column id: it is empty, and {error}")
    except PolicygraphError as error:
        faults.append(str(error))
    return ""


def _tie(label: str, column: str) -> Tie:
    tie = tie_of(label, column)
    assert tie is not None  # other columns were refused when the row was read
    return tie


def _claim_indicator(row: NodeRow, figure: str, *, draft: Draft, directory: Directory) -> None:
    """Claim what the figure counts, so that figures of several policies meet, as they do in documents."""
    indicator = str(row.properties.get("indicator") or row.properties["name"])
    concept = indicator_concept(indicator, str(row.properties.get("unit") or ""))
    stated = {"name": concept.name, "unit": concept.unit, "unit_kind": concept.unit_kind, "basis": concept.basis}
    properties = {name: str(value) for name, value in stated.items() if value}
    id_ = ids.indicator_id(concept.normal_form)
    rule = f"{row.where}, column indicator"
    inferred = tuple(name for name in ("basis", "unit_kind") if name in properties)
    if id_ not in draft.nodes:
        draft.nodes[id_] = NodeClaim(properties=properties, rule=rule, inferred=inferred, id=id_, label="Indicator")
    directory.add(Named(id_, "Indicator", properties, draft.source))
    draft.state_edge(edge_claim("MEASURED_BY", figure, id_, rule=rule), is_row=False)
