"""What answers are made of: a node as a cell, with the pieces of evidence that stand behind it."""

from dataclasses import dataclass

from graph.facts import Node, Properties
from graph.sources import without_path


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, marked or not; the segments of a piece, joined, are what is shown."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence, ready to be read.

    `quote` is the statement word for word; `segments` are the sentence or sentences around it with the statement and
    its context marked. Both are empty when the store holds the place but not the text (`has_text` is false).
    `start` and `end` are code points in the document's text as read.
    """

    document: str
    document_title: str
    passage: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    quote: str
    segments: tuple[Segment, ...]
    has_text: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A node in an answer. `evidence` holds the first pieces of `evidence_total`.

    `edge` is the id of the edge that leads to the node in this answer, None where none does; where it is given, the
    evidence is that edge's.
    """

    id: str
    label: str
    name: str
    properties: Properties
    evidence: tuple[Piece, ...]
    evidence_total: int
    edge: str | None = None


def cell(node: Node, *, evidence: tuple[Piece, ...], evidence_total: int, edge: str | None = None) -> Cell:
    """The node as a cell with this evidence."""
    return Cell(
        id=node.id,
        label=node.label,
        name=node.name,
        properties=presentable(node),
        evidence=evidence,
        evidence_total=evidence_total,
        edge=edge,
    )


def presentable(node: Node) -> Properties:
    """The properties of a node as answers carry them: of the file of a document its name, not its path."""
    sources = node.properties.get("sources")
    if node.label != "Document" or not isinstance(sources, list):
        return node.properties
    return {**node.properties, "sources": sorted({without_path(source) for source in sources})}
