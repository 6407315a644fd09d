"""All nodes of a class, in pages."""

from collections.abc import Mapping, Sequence

from graph.ids import digest
from graph.queries.cells import Cell, cell
from graph.queries.pages import EXACT_UP_TO, Page, check_limit, decode_cursor, encode_cursor
from graph.store import Store
from ontology import registry


def nodes(
    store: Store,
    label: str,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Cell]:
    """A page of the nodes of a class and its subclasses whose property has one of the values, for each filter; by id.

    They come without evidence. A cursor goes on behind the id of the last one, whatever was written since. The total is
    exact up to 10,000. Raises UnknownParameter for a class that there is not, or a property that it has not.
    """
    check_limit(limit)
    question = digest("nodes", label, repr(sorted((filters or {}).items())))
    after = decode_cursor(cursor, question)[0] if cursor is not None else ""  # any text is a place among ids
    found = store.list_nodes(label, filters=filters, after=after, limit=limit + 1)
    page = found[:limit]
    total = _total(store, label, filters)
    return Page(
        items=tuple(cell(node, evidence=(), evidence_total=node.evidence_total) for node in page),
        next=encode_cursor((page[-1].id,), question) if len(found) > limit else None,
        total=min(total, EXACT_UP_TO),
        exact=total <= EXACT_UP_TO,
    )


def _total(store: Store, label: str, filters: Mapping[str, Sequence[str]] | None) -> int:
    """How many there are, with filters counted up to one more than is told."""
    if not filters:
        counted = store.counts().nodes
        return sum(counted.get(name, 0) for name in registry.descendants_of(label))
    return len(store.values(label, "name", filters=filters, limit=EXACT_UP_TO + 1))
