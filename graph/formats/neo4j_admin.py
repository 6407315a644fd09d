"""`neo4j-admin`: a zip of CSV files from which the bulk importer of Neo4j makes a database that is a store of ours.

The nodes and relationships are those that `graph.neo4j` writes: facts, claims, batches, sources, and the store itself.
The indexes are made when the store is first opened.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from pydantic_core import from_json

from graph.encoding import to_json
from graph.errors import RefusedInput
from graph.facts import Batch, BatchHeader, EdgeClaim, NodeClaim
from graph.formats.archive import entry
from graph.formats.batches import iter_batches
from graph.formats.neo4j_csv import ARRAY_DELIMITER, END, START, Cell, ImportFile, ImportFiles, is_importable
from graph.formats.parts import Selection, iter_edges, iter_nodes
from graph.ids import digest
from graph.neo4j.access import BASE_LABEL
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM
from graph.neo4j.rows import EXACT, Map, edge_map, edge_said, header_map, node_map, node_said
from graph.sqlite.store import SqliteStore

ARGUMENTS = "import.args"
_USUAL_BUFFER_BYTES = 4 * 1024 * 1024
_README = """\
A graph of policygraph for the bulk importer of Neo4j 5.26 or newer.

1. Unpack this archive where the server is, and stop the server (a database that is not there yet needs no stop).
2. In the folder of these files:

   neo4j-admin database import full @import.args --overwrite-destination=true neo4j

   This replaces all that the database neo4j holds. Give another name for a new database; Community has only one.
3. Start the server, and open the store once, which makes its indexes:

   policygraph stats --store neo4j://localhost:7687
"""


def write_neo4j_admin(selection: Selection, out: BinaryIO) -> None:
    """Write the zip; equal graphs give equal bytes. Memory does not grow with the graph, but the rows go over disk."""
    if selection.scope is not None:
        _write_part(selection, out)
        return
    with ImportFiles() as files, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add_claims(files, selection)
        _add_facts(files, selection)
        for file in files:
            with archive.open(entry(file.name), "w", force_zip64=True) as opened:
                file.write(opened)
        archive.writestr(entry(ARGUMENTS), "\n".join([*_arguments(list(files)), ""]))
        archive.writestr(entry("README.txt"), _README)


def _write_part(selection: Selection, out: BinaryIO) -> None:
    """The store that has only the claims in scope; what they fold to may say less than the facts of the whole."""
    with (
        tempfile.TemporaryDirectory(prefix="policygraph-") as folder,
        SqliteStore.open(Path(folder) / "part.db") as part,
    ):
        for header, stated in iter_batches(selection):
            claims = list(stated)
            nodes = tuple(claim for claim in claims if isinstance(claim, NodeClaim))
            part.write(Batch(header, nodes, tuple(claim for claim in claims if isinstance(claim, EdgeClaim))))
        write_neo4j_admin(Selection(part, with_loaded_at=selection.with_loaded_at), out)


def _add_claims(files: ImportFiles, selection: Selection) -> None:
    from graph.neo4j.schema import SCHEMA_VERSION  # with it comes the driver, which takes a quarter of a second

    batches = 0
    for header, claims in iter_batches(selection):
        batches += 1
        _add_header(files, header)
        for claim in claims:
            kind = NODE_CLAIM if isinstance(claim, NodeClaim) else EDGE_CLAIM
            files.add(kind, _labels(BASE_LABEL + kind), _claim_row(claim, header))
    # As if the batches had been written one by one.
    store: Map = {"id": "store", "schema": SCHEMA_VERSION, "version": batches}
    files.add("Store", _labels(f"{BASE_LABEL}Store"), store, node_id="id")


def _add_header(files: ImportFiles, header: BatchHeader) -> None:
    for uri in header.sources:
        if ARRAY_DELIMITER in uri:
            raise RefusedInput(
                f"“{header.title}”: its source {uri!a} has a character that can't be imported; unload it"
            )
    # A batch without a source has an empty list, which no column can hold.
    row = {name: value for name, value in header_map(header).items() if value not in (None, [])}
    files.add("Batch", _labels(f"{BASE_LABEL}Batch"), row, node_id="id")
    for uri in header.sources:
        files.add("Source", _labels(f"{BASE_LABEL}Source"), {"key": digest(uri), "batch": header.id})


def _claim_row(claim: NodeClaim | EdgeClaim, header: BatchHeader) -> dict[str, Cell]:
    if isinstance(claim, NodeClaim):
        return {"fact": claim.id, "batch": header.id, "said": node_said(claim)}
    return {"fact": claim.id, "batch": header.id, "type": claim.type, "said": edge_said(claim)}


def _add_facts(files: ImportFiles, selection: Selection) -> None:
    for node in iter_nodes(selection):
        files.add(node.label, _labels(*node.labels), _row(node_map(node)), node_id="id")
    for edge in iter_edges(selection):
        ends = {START: edge.source, END: edge.target}
        files.add(edge.type, edge.type, {**ends, **_row(edge_map(edge))})


def _row(stored: Mapping[str, Cell | None]) -> dict[str, Cell]:
    """What the database is to have; what no column can hold stands where the store keeps what the database can't."""
    row = {name: value for name, value in stored.items() if value is not None}
    lost = {name: value for name, value in row.items() if not is_importable(value)}
    if not lost:
        return row
    exact = {**from_json(str(row.get(EXACT, "{}"))), **lost}
    return {**{name: value for name, value in row.items() if name not in lost}, EXACT: to_json(exact)}


def _labels(*own: str) -> str:
    return ":".join((BASE_LABEL, *own))


def _arguments(files: Sequence[ImportFile]) -> Iterator[str]:
    """Arguments of the importer, one a line."""
    yield f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}"
    longest = max(file.longest_bytes for file in files)
    if longest > _USUAL_BUFFER_BYTES:
        yield f"--read-buffer-size={longest}"
    several = [file.name for file in files if file.has_lines]
    if several:
        yield "--multiline-fields-format=v2"
        yield f"--multiline-fields={','.join(several)}"
    for file in files:
        yield f"--{'nodes' if file.is_of_nodes else 'relationships'}={file.becomes}={file.name}"
