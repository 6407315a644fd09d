"""What is part of something, at any depth."""

from collections.abc import Collection

from graph.store import Direction, Store


def with_parts(store: Store, wholes: Collection[str]) -> frozenset[str]:
    """The nodes and all that is part of them: places of places, measures of measures."""
    found = set(wholes)
    front = set(wholes)
    while front:
        steps = store.steps(front, ["PART_OF"], direction=Direction.IN)
        front = {step.source for step in steps} - found
        found |= front
    return frozenset(found)
