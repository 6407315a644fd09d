"""The export formats by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from graph.errors import StoreBusy, UnknownParameter
from graph.formats.dump import write_dump
from graph.formats.neo4j_admin import write_neo4j_admin
from graph.formats.node_link import write_node_link
from graph.formats.parts import Selection
from graph.formats.scope import Scope
from graph.formats.tables import write_tables
from graph.review.shown import whole, without_merged
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is written, the media type of its files and how their names end.

    One that `is_whole` holds all of the store; the others hold the graph, in which a merged node is its survivor.
    """

    write: Callable[[Selection, BinaryIO], None]
    media_type: str
    suffix: str
    is_whole: bool = False


FORMATS: dict[str, Format] = {
    "csv": Format(write_tables, "application/zip", ".zip"),
    "json": Format(write_node_link, "application/json", ".json"),
    "jsonl": Format(write_dump, "application/x-ndjson", ".jsonl", is_whole=True),
    "neo4j-admin": Format(write_neo4j_admin, "application/zip", ".zip", is_whole=True),
}


def format_of(name: str) -> Format:
    """The format of this name; raises UnknownParameter with the names that there are."""
    if name not in FORMATS:
        raise UnknownParameter(f"there is no format {name}; the formats are {', '.join(FORMATS)}")
    return FORMATS[name]


def export(
    store: Store,
    out: BinaryIO,
    *,
    format: str,
    scope: Scope | None = None,
    without_text: bool = False,
    with_loaded_at: bool = False,
) -> None:
    """Write the graph, or the part of it that is in scope; memory does not grow with the graph.

    Equal graphs give equal bytes. `without_text` leaves out the words of the documents, for documents that may not be
    passed on. Raises UnknownParameter, and StoreBusy if the store was changed meanwhile: `out` is then of no use.
    """
    chosen = format_of(format)
    version = store.version
    written = whole(store) if chosen.is_whole else without_merged(store)
    chosen.write(Selection(written, scope, without_text, with_loaded_at), out)
    if store.version != version:
        raise StoreBusy(f"{store.url}: changed while it was exported; export it again")
