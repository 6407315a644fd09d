"""`json`: the graph as node-link JSON, a fact a line, keys sorted."""

from collections.abc import Iterable
from typing import BinaryIO

from graph.facts import Edge, Fact, Node
from graph.formats.parts import (
    Json,
    Selection,
    evidence_json,
    iter_edges,
    iter_nodes,
    properties_json,
    to_json,
)


def write_node_link(selection: Selection, out: BinaryIO) -> None:
    """Write the edges and nodes by id, each with all its evidence and the names of its inferred properties."""
    out.write(b'{"edges":[')
    _write_lines(map(edge_record, iter_edges(selection)), out)
    out.write(b'],\n"nodes":[')
    _write_lines(map(node_record, iter_nodes(selection)), out)
    out.write(b"]}\n")


def _write_lines(records: Iterable[dict[str, Json]], out: BinaryIO) -> None:
    divider = "\n"
    for record in records:
        out.write(f"{divider}{to_json(record)}".encode())
        divider = ",\n"


def node_record(node: Node) -> dict[str, Json]:
    """A node as node-link JSON has it."""
    return {**_fact(node), "labels": [*node.labels]}


def edge_record(edge: Edge) -> dict[str, Json]:
    """An edge as node-link JSON has it."""
    return {**_fact(edge), "type": edge.type, "source": edge.source, "target": edge.target}


def _fact(fact: Fact) -> dict[str, Json]:
    return {
        "id": fact.id,
        "properties": properties_json(fact.properties),
        "inferred": [*fact.inferred],
        "evidence": evidence_json(fact.evidence),
    }
