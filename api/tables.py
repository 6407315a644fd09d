"""Rows of lists as rows of tables. Chains have a table of their own, which the command line shares."""

from collections.abc import Sequence

from api.csv_answers import Value
from graph.queries.cells import Piece
from graph.queries.citations import CitedPiece
from graph.queries.node import Neighbour
from graph.queries.search import Found

EVIDENCE_COLUMNS = ("document", "section", "page", "start", "end", "quote", "document_id", "passage_id")
CITED_COLUMNS = (*EVIDENCE_COLUMNS, "citation")
NEIGHBOUR_COLUMNS = ("relation", "source_id", "target_id", "role", "name", "class", *EVIDENCE_COLUMNS, "edge_id", "id")
HIT_COLUMNS = ("name", "class", "matched", "text", "id")


def evidence_row(piece: Piece) -> Sequence[Value]:
    """A piece of evidence, by `EVIDENCE_COLUMNS`."""
    section = " > ".join(piece.section)
    return (
        piece.document_title,
        section,
        piece.page,
        piece.start,
        piece.end,
        piece.quote,
        piece.document,
        piece.passage,
    )


def cited_row(piece: CitedPiece) -> Sequence[Value]:
    """A piece of evidence with its citation, by `CITED_COLUMNS`."""
    return *evidence_row(piece), piece.citation


def neighbour_row(row: Neighbour) -> Sequence[Value]:
    """An edge with the node at its other end and its first piece of evidence, by `NEIGHBOUR_COLUMNS`."""
    edge, node = row.edge, row.node
    role = edge.properties.get("role")
    piece = evidence_row(edge.evidence[0]) if edge.evidence else (None,) * len(EVIDENCE_COLUMNS)
    head = (edge.type, edge.source, edge.target, str(role) if role else None, node.name, node.label)
    return (*head, *piece, edge.id, node.id)


def hit_row(hit: Found) -> Sequence[Value]:
    """What a search found, by `HIT_COLUMNS`."""
    return hit.name, hit.label, hit.matched, "".join(segment.text for segment in hit.segments), hit.id
