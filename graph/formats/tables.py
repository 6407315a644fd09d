"""`csv`: a zip of nodes.csv and edges.csv, for spreadsheets and for programs.

A cell holds a text, shielded from being run as a formula (`graph.formats.shield`), a number, true or false, or JSON
text for a list.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from graph.facts import Edge, Fact, Node, Value
from graph.formats.archive import entry
from graph.formats.parts import Selection, evidence_json, iter_edges, iter_nodes, to_json
from graph.formats.shield import shielded
from ontology import registry

_FOLDED = ("origin", "review")
_FLUSH_CHARACTERS = 1_000_000


def write_tables(selection: Selection, out: BinaryIO) -> None:
    """Write the zip; equal graphs give equal bytes, so its files bear no time of their own."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        columns = _columns(registry.class_of(label).model_fields for label in registry.class_names())
        header = ["id", "label", *columns, "inferred", "evidence"]
        rows: Iterator[list[str]] = (_node_row(node, columns) for node in iter_nodes(selection))
        _write_table(archive, "nodes.csv", header, rows)
        columns = _columns(registry.relation_of(type_).properties.model_fields for type_ in registry.relation_types())
        header = ["id", "type", "source", "target", *columns, "inferred", "evidence"]
        rows = (_edge_row(edge, columns) for edge in iter_edges(selection))
        _write_table(archive, "edges.csv", header, rows)


def _columns(models: Iterable[Iterable[str]]) -> list[str]:
    names = {name for fields in models for name in fields} | set(_FOLDED)
    return sorted(names, key=lambda name: (name != "name", name))


def _write_table(archive: zipfile.ZipFile, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    with archive.open(entry(name), "w", force_zip64=True) as file:
        buffer.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            if buffer.tell() > _FLUSH_CHARACTERS:
                file.write(buffer.getvalue().encode())
                buffer.seek(0)
                buffer.truncate()
        file.write(buffer.getvalue().encode())


def _node_row(node: Node, columns: Sequence[str]) -> list[str]:
    return [shielded(node.id), node.label, *_properties(node, columns)]


def _edge_row(edge: Edge, columns: Sequence[str]) -> list[str]:
    return [shielded(edge.id), edge.type, shielded(edge.source), shielded(edge.target), *_properties(edge, columns)]


def _properties(fact: Fact, columns: Sequence[str]) -> list[str]:
    values = (_cell(fact.properties.get(name)) for name in columns)
    return [*values, to_json([*fact.inferred]), to_json(evidence_json(fact.evidence))]


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return shielded(value)
    return to_json(value)
