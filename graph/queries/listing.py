"""Whole lists out of a store, page by page."""

from collections.abc import Iterator, Mapping, Sequence

from graph.facts import Edge, Node
from graph.store import Store

_PAGE = 1000


def iter_nodes(
    store: Store, label: str | None = None, *, filters: Mapping[str, Sequence[str | int | float]] | None = None
) -> Iterator[Node]:
    """All nodes of the class that the filters leave, by id."""
    after = ""
    while True:
        page = store.list_nodes(label, filters=filters, after=after, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].id


def iter_edges(store: Store, type_: str | None = None) -> Iterator[Edge]:
    """All edges of the type, by id."""
    after = ""
    while True:
        page = store.list_edges(type_, after=after, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].id
