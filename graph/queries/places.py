"""Places and what is part of them."""

from collections.abc import Collection

from graph.store import Direction, Store


def places_below(store: Store, places: Collection[str]) -> frozenset[str]:
    """The places and all places that are part of them, at any depth."""
    found = set(places)
    front = set(places)
    while front:
        edges = store.expand(front, ["PART_OF"], direction=Direction.IN)
        front = {edge.source for edge in edges} - found
        found |= front
    return frozenset(found)
