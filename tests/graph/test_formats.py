"""Exports: what they hold, that equal graphs give equal bytes, and that spreadsheets run nothing of them."""

import csv
import io
import json
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreBusy, UnknownParameter
from graph.facts import Batch, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from graph.formats.registry import FORMATS, export, format_of
from graph.formats.scope import Scope
from graph.formats.shield import shielded
from graph.open import open_store
from graph.store import Store
from ontology.values import Comparator
from tests.graph.making import curated, document, node
from tests.graph.strategies import passages_of

PIECES = tuple(Evidence(p.document, n, n + 1, p.passage, ((n, n + 2),)) for p in passages_of(0)[:1] for n in range(8))


def sample() -> Batch:
    """A document's batch with a goal and an edge to it."""
    made = document(sources=("file:///home/me/plan.txt",), loaded_at="2026-01-01T00:00:00+00:00")
    stated: dict[str, Value] = {"name": "目标", "statement": "力争超过60%", "value": 60, "year": 2027}
    goal = NodeClaim(stated, PIECES, inferred=("statement", "year"), id="goal:1", label="Goal")
    sets = edge_claim("SETS", "policy:规划", "goal:1", evidence=PIECES[:1], rule="prose")
    return replace(made, nodes=(*made.nodes, goal), edges=(sets,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds the sample."""
    with open_store(str(tmp_path / "x.db")) as opened:
        opened.write(sample())
        yield opened


def written(store: Store, format_: str, *, scope: Scope | None = None, **options: bool) -> bytes:
    """An export."""
    out = BytesIO()
    export(store, out, format=format_, scope=scope, **options)
    return out.getvalue()


def tables_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Rows of the csv export's files, as a program reads them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def test_an_unknown_format_is_refused_with_the_names_there_are(store: Store) -> None:
    with pytest.raises(UnknownParameter, match="no format xml; the formats are csv, json, jsonl"):
        export(store, BytesIO(), format="xml")
    assert format_of("csv").suffix == ".zip"


def test_json_is_node_link_with_all_evidence(store: Store) -> None:
    graph = json.loads(written(store, "json"))
    goal = next(found for found in graph["nodes"] if found["id"] == "goal:1")
    assert goal["labels"] == ["Goal"]
    assert goal["properties"] == {
        "name": "目标",
        "origin": "document",
        "review": "unreviewed",
        "statement": "力争超过60%",
        "value": 60,
        "year": 2027,
    }
    assert goal["inferred"] == ["statement", "year"]
    piece = PIECES[0]
    assert goal["evidence"][0] == {
        "document": piece.document, "passage": piece.passage, "start": 0, "end": 1, "context": [[0, 2]],
    }  # fmt: skip
    assert len(goal["evidence"]) == 8
    (sets,) = graph["edges"]
    assert (sets["source"], sets["type"], sets["target"]) == ("policy:规划", "SETS", "goal:1")
    assert len(sets["evidence"]) == 1


def test_keys_are_sorted_all_over(store: Store) -> None:
    content = written(store, "json")
    assert json.dumps(json.loads(content), sort_keys=True) == json.dumps(json.loads(content))


def text_of(content: bytes, format_: str) -> str:
    """All that an export says, unpacked."""
    if format_of(format_).suffix != ".zip":
        return content.decode()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("format_", ["json", "jsonl", "neo4j-admin"])
def test_no_path_and_no_time_leaves_the_machine_unless_asked_for(store: Store, format_: str) -> None:
    content = text_of(written(store, format_), format_)
    assert "/home" not in content and "file:plan.txt" in content
    assert "2026-01-01" not in content
    assert "2026-01-01T00:00:00+00:00" in text_of(written(store, format_, with_loaded_at=True), format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_words_of_documents_can_be_left_out(store: Store, format_: str) -> None:
    for words in ("云云云", "力争超过60%"):
        assert words in text_of(written(store, format_), format_)
        assert words not in text_of(written(store, format_, without_text=True), format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_store_gives_an_empty_export(tmp_path: Path, format_: str) -> None:
    with open_store(str(tmp_path / "empty.db")) as store:
        content = written(store, format_)
    if format_ == "json":
        assert json.loads(content) == {"nodes": [], "edges": []}
    elif format_ == "csv":
        assert tables_of(content) == {"nodes.csv": [], "edges.csv": []}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_scope_holds_its_nodes_and_edges_only(store: Store, format_: str) -> None:
    (sets,) = store.list_edges()
    scope = Scope(frozenset(["goal:1", "policy:规划", "goal:none"]), frozenset([sets.id]))
    content = written(store, format_, scope=scope)
    if format_ == "json":
        graph = json.loads(content)
        assert [found["id"] for found in graph["nodes"]] == ["goal:1", "policy:规划"]
        assert [found["id"] for found in graph["edges"]] == [sets.id]
    elif format_ == "csv":
        assert [row["id"] for row in tables_of(content)["nodes.csv"]] == ["goal:1", "policy:规划"]


def test_more_than_a_page_of_nodes_and_edges_is_exported(tmp_path: Path) -> None:
    goal = node("goal:1", "Goal", "目标")
    measures = [node(f"measure:{n:04}", "Measure", "任务") for n in range(1_200)]
    edges: list[EdgeClaim] = [edge_claim("ADVANCES", measure.id, "goal:1") for measure in measures]
    with open_store(str(tmp_path / "x.db")) as store:
        store.write(curated(goal, *measures, *edges))
        graph = json.loads(written(store, "json"))
    assert (len(graph["nodes"]), len(graph["edges"])) == (1_201, 1_200)


def test_tables_hold_lists_as_json_and_the_inferred_names(store: Store) -> None:
    found = tables_of(written(store, "csv"))
    rows = {row["id"]: row for row in found["nodes.csv"]}
    assert json.loads(rows["goal:1"]["inferred"]) == ["statement", "year"]
    assert len(json.loads(rows["goal:1"]["evidence"])) == 8
    assert rows["goal:1"]["value"] == "60"
    assert json.loads(rows[PIECES[0].document]["sources"]) == ["file:plan.txt"]
    assert [row["type"] for row in found["edges.csv"]] == ["SETS"]


def test_the_zip_bears_no_time(store: Store) -> None:
    with zipfile.ZipFile(BytesIO(written(store, "csv"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert written(store, "csv") == written(store, "csv")


@given(st.text())
def test_no_cell_begins_like_a_formula_and_every_cell_reads_back(text: str) -> None:
    cell = shielded(text)
    assert cell == "=" or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text


def test_comparators_stand_as_they_are() -> None:
    assert [shielded(word) for word in Comparator] == [*Comparator]


def test_names_like_formulas_are_harmless_in_tables(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "a\n=1", 'say "x", y']
    claims = [node(f"measure:{n}", "Measure", name) for n, name in enumerate(names)]
    claims.append(node("goal:1", "Goal", "目标", value=-5, aliases=["=1"]))
    with open_store(str(tmp_path / "x.db")) as store:
        store.write(curated(*claims))
        rows = tables_of(written(store, "csv"))["nodes.csv"]
    assert [row["name"].removeprefix("'") for row in rows[1:]] == names
    assert not any(row["name"].startswith(("=", "+", "-", "@", "\t")) for row in rows)
    assert (rows[0]["value"], json.loads(rows[0]["aliases"])) == ("-5", ["=1"])


def test_a_store_that_changes_meanwhile_makes_the_export_fail(store: Store) -> None:
    class Changing(BytesIO):
        def write(self, content: object) -> int:
            store.write(curated(node("goal:2", "Goal", "目标"), id_="batch:late"))
            return 0

    with pytest.raises(StoreBusy, match="changed while it was exported"):
        export(store, Changing(), format="json")


def test_memory_does_not_grow_with_what_is_made_for_the_importer(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        with open_store(str(tmp_path / f"{number}.db")) as store, tempfile.TemporaryFile() as out:
            for n in range(number):
                measures = [node(f"measure:{n}-{m}", "Measure", f"任务{m}" * 10) for m in range(250)]
                goal = node(f"goal:{n}", "Goal", "目标")
                edges = [edge_claim("ADVANCES", measure.id, goal.id) for measure in measures]
                store.write(curated(goal, *measures, *edges, id_=f"batch:{n}"))
            tracemalloc.start()
            export(store, cast(BinaryIO, out), format="neo4j-admin")
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return most

    peak(1)
    assert peak(12) < 1.5 * peak(3)
