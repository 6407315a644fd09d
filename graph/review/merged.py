"""Where ids of merged nodes lead, read once for each version of a store."""

from collections.abc import Mapping

from graph.queries.kept import KeptAnswers
from graph.review.listing import survivors
from graph.store import Store

_kept: KeptAnswers[Mapping[str, str]] = KeptAnswers(1)


def merged_nodes(store: Store, *, version: int | None = None) -> Mapping[str, str]:
    """Ids of merged nodes, and of the nodes that stand for them now; `version` as the caller has just read it."""
    return _kept.get(store, "merged nodes", lambda: survivors(store), version=version)
