"""Taking a batch out of a store by what a person knows it by."""

from graph.errors import AmbiguousName, Candidate, NotFound, RefusedInput
from graph.facts import BatchHeader, BatchKind
from graph.ids import document_id
from graph.store import Store


def unload(store: Store, id_: str, *, source: str | None = None) -> tuple[BatchHeader, tuple[str, ...]]:
    """The batch that was taken out by its id or that of its document, and the sources that it still has.

    With a source only that is taken, and the batch goes with its last one. Raises NotFound for another id or source,
    AmbiguousName where a document was loaded several times with other options, RefusedInput for a review.
    """
    found = [header for header in store.batches() if id_ in (header.id, document_id(header.content))]
    if not found:
        raise NotFound(f"no document or batch “{id_[:100]}”; the documents of the store have their ids as nodes")
    if len(found) > 1:
        raise AmbiguousName(id_, [Candidate(header.id, header.kind.value, header.title) for header in found])
    (header,) = found
    if header.kind is BatchKind.REVIEW:
        raise RefusedInput(f"{header.id}: a review is withdrawn and not unloaded")
    if not store.retract(header.id, source=source):
        raise NotFound(
            f"{header.id}: it is not from “{(source or '')[:100]}”; leave the source out to unload all of it"
        )
    left = tuple(uri for uri in header.sources if uri != source) if source is not None else ()
    return header, left
