"""Which batch, and which of its sources, a person means."""

import hashlib
from pathlib import Path

from graph.errors import NotFound, RefusedInput
from graph.facts import BatchHeader
from graph.ids import document_id
from graph.normal import fold
from graph.store import Store

_SHOWN = 5


def find_source(header: BatchHeader, wanted: str) -> str | None:
    """The source of the batch that the path or address means; None if the batch as a whole is meant."""
    return next((uri for uri in (wanted, Path(wanted).resolve().as_uri()) if uri in header.sources), None)


def find_batch(store: Store, wanted: str) -> BatchHeader:
    """The batch of this path, address, title, document id or batch id; a file counts by its bytes too.

    Raises NotFound if there is none, RefusedInput with the ids if a title fits several.
    """
    path = Path(wanted).resolve().as_uri()
    content = _digest(Path(wanted))
    batches = store.batches()
    for fits in (
        [b for b in batches if wanted in (b.id, *b.sources) or path in b.sources],
        [b for b in batches if wanted == document_id(b.content) or b.content == content],
        [b for b in batches if fold(wanted) == fold(b.title)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            ids = ", ".join(b.id for b in fits[:_SHOWN])
            raise RefusedInput(f"“{wanted}” fits {len(fits)} batches; give the id of one: {ids}")
    raise NotFound(f"nothing in the store was loaded from “{wanted}”; `policygraph stats --batches` lists what was")


def _digest(path: Path) -> str | None:
    """SHA-256 of a file's bytes, None where there is no file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    except OSError:
        return None
