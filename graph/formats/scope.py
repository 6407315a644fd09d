"""A part of a graph, as the ids of what is in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids of nodes and edges; both ends of every edge are among the nodes."""

    nodes: frozenset[str]
    edges: frozenset[str]
