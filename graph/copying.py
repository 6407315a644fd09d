"""From one store into another, batch by batch.

A batch is there whole or not at all, so a copy that was broken off is finished by starting it again.
"""

from dataclasses import dataclass

from graph.comparing import OnProgress, missing_batches
from graph.errors import StoreBusy
from graph.facts import Batch, BatchHeader, EdgeClaim, NodeClaim
from graph.sources import is_absolute
from graph.store import Store

_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did: batches that were written, and batches of the source that were there before."""

    written: int
    present: int


def copy(source: Store, target: Store, *, on_batch: OnProgress = lambda done, total: None) -> Copied:
    """Write the batches of one store to another; those that are there already are not written again.

    What a batch means for others that the target has is as in every write: a newer state of a source takes the place
    of an older one. `graph.comparing.compare` says whether all is there in the end. Raises BadBatch if the ontology
    does not allow what a batch says (any more), StoreBusy if the source was changed meanwhile.
    """
    version = source.version
    headers = sorted(source.batches(), key=_order)
    written: set[str] = set()
    # A write may take a source from a batch that the target had already; the second round brings such a batch back.
    for _ in range(_ROUNDS):
        missing = missing_batches(headers, target.batches())
        batches = (_read(source, header, version=version) for header in missing)
        for done, (header, _) in enumerate(target.write_all(batches), len(headers) - len(missing) + 1):
            written.add(header.id)
            on_batch(done, len(headers))
    return Copied(len(written), len(headers) - len(written))


def _order(header: BatchHeader) -> tuple[bool, str]:
    """Absolute sources first: written later, they would be taken for the new state of a file known by name alone."""
    return not any(map(is_absolute, header.sources)), header.id


def _read(source: Store, header: BatchHeader, *, version: int) -> Batch:
    nodes: list[NodeClaim] = []
    edges: list[EdgeClaim] = []
    for claim in source.iter_batch(header.id):
        if isinstance(claim, NodeClaim):
            nodes.append(claim)
        else:
            edges.append(claim)
    if source.version != version:
        raise StoreBusy(f"{source.url}: changed while it was copied; start the copy again to finish it")
    return Batch(header, tuple(nodes), tuple(edges))
