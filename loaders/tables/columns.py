"""What the head of a sheet says: whether its rows are nodes or edges, and which columns there may be."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from graph.errors import RefusedInput
from graph.nearest import hint
from loaders.tables.sheets import Sheet
from loaders.tables.values import short
from ontology import registry

CLASS, LABEL = "class", "label"
"""The class of a node; exports call it label."""
EVIDENCE, INFERRED = "evidence", "inferred"
TIES = ("policy", "parent", "subject")
"""Columns of a node's row that name another node; each gives an edge as well."""
UNDER = "under"
"""The headings above a measure, the highest first."""
FOLDED = ("origin", "review")
"""Columns of exports that say what became of a fact; a table does not state them."""
_NODE = ("class", "label", "id", *TIES, UNDER, INFERRED, EVIDENCE)
_EDGE_KEY = ("type", "source", "target")
_EDGE = (*_EDGE_KEY, "id", "source_class", "target_class", INFERRED, EVIDENCE)


class Kind(StrEnum):
    """What the rows of a sheet are."""

    NODES = "nodes"
    EDGES = "edges"


def kind_of(sheet: Sheet, *, file: str) -> Kind | None:
    """What the rows of a sheet are, None if it is no table of nodes or edges.

    Raises RefusedInput for a column that such a table does not have, with the nearest that it has.
    """
    head = set(sheet.head)
    if head & {CLASS, LABEL}:
        kind, known = Kind.NODES, node_columns()
    elif head.issuperset(_EDGE_KEY):
        kind, known = Kind.EDGES, edge_columns()
    else:
        return None
    place = f"{file}, sheet “{sheet.name}”" if sheet.name else file
    for column in filter(None, sheet.head):
        if column not in known:
            instead = hint(column, known, otherwise=f"a table of {kind} may have")
            raise RefusedInput(f"{place}: unknown column {short(column)}; {instead}")
    if {CLASS, LABEL} <= head:
        raise RefusedInput(f"{place}: the columns class and label mean the same; keep one of them")
    return kind


@cache
def node_columns() -> tuple[str, ...]:
    """The columns that a table of nodes may have."""
    return _united(_NODE, *(registry.class_of(name).model_fields for name in registry.class_names()), FOLDED)


@cache
def edge_columns() -> tuple[str, ...]:
    """The columns that a table of edges may have."""
    models = (registry.relation_of(type_).properties for type_ in registry.relation_types())
    return _united(_EDGE, *(model.model_fields for model in models), FOLDED)


def _united(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
