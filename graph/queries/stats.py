"""How much a store holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.store import Store


@dataclass(frozen=True, slots=True)
class Stats:
    """Nodes by label (most specific class), edges by type, claims, batches by kind, documents."""

    version: int
    url: str
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    claims: int
    batches: Mapping[str, int]
    documents: int


def stats(store: Store) -> Stats:
    """The counts of the store."""
    counts = store.counts()
    return Stats(
        version=store.version,
        url=store.url,
        nodes=dict(sorted(counts.nodes.items())),
        edges=dict(sorted(counts.edges.items())),
        claims=counts.claims,
        batches=dict(sorted(counts.batches.items())),
        documents=counts.nodes.get("Document", 0),
    )
