"""`csv`: a zip of nodes.csv and edges.csv, for spreadsheets and for programs.

A cell holds text as it is, a number, true or false, or JSON text for a list. A spreadsheet would run a text that begins
like a formula, so such a text, and one that begins with an apostrophe, gets an apostrophe in front: who reads the file
takes away one leading apostrophe wherever there is one.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from graph.facts import Edge, Fact, Node, Value
from graph.formats.parts import Selection, evidence_json, iter_edges, iter_nodes, to_json
from ontology import registry

ESCAPED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
"""Beginnings of a text that get an apostrophe in front."""

_TIME = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
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


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(ESCAPED) else text


def unescape(cell: str) -> str:
    """The text that `escape` made a cell of."""
    return cell.removeprefix("'")


def _columns(models: Iterable[Iterable[str]]) -> list[str]:
    names = {name for fields in models for name in fields} | set(_FOLDED)
    return sorted(names, key=lambda name: (name != "name", name))


def _write_table(archive: zipfile.ZipFile, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _REGULAR_FILE
    info.create_system = _UNIX
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    with archive.open(info, "w", force_zip64=True) as file:
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
    return [escape(node.id), node.label, *_properties(node, columns)]


def _edge_row(edge: Edge, columns: Sequence[str]) -> list[str]:
    return [escape(edge.id), edge.type, escape(edge.source), escape(edge.target), *_properties(edge, columns)]


def _properties(fact: Fact, columns: Sequence[str]) -> list[str]:
    values = (_cell(fact.properties.get(name)) for name in columns)
    return [*values, to_json([*fact.inferred]), to_json(evidence_json(fact.evidence))]


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(value)
    return to_json(value)
