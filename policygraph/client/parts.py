"""The part of a graph around some nodes, as a value."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from graph.facts import Evidence, Properties


@dataclass(frozen=True, slots=True)
class PartNode:
    """A node with all its labels (root first) and all its evidence; `inferred` names properties that were concluded."""

    id: str
    labels: tuple[str, ...]
    properties: Properties
    inferred: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.properties["name"])


@dataclass(frozen=True, slots=True)
class PartEdge:
    """An edge with all its evidence."""

    id: str
    type: str
    source: str
    target: str
    properties: Properties
    inferred: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes and edges by id; `truncated` if a limit left some nodes out."""

    nodes: tuple[PartNode, ...]
    edges: tuple[PartEdge, ...]
    truncated: bool


_PART: TypeAdapter[Part] = TypeAdapter(Part)


def part_of(node_link: dict[str, Any], *, truncated: bool) -> Part:
    """The part that node-link JSON holds."""
    return _PART.validate_python({**node_link, "truncated": truncated})
