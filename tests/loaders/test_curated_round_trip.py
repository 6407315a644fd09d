"""The law of curated tables: what an export writes of them loads as the same graph, whichever way it goes."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from graph.formats.registry import export
from graph.open import open_store
from graph.store import Store
from loaders.load import load_paths
from loaders.report import LoadReport

Row = Mapping[str, str]
Rows = tuple[Sequence[Row], Sequence[Row]]

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_PLAIN = _TEXT.map(str.strip).filter(lambda text: bool(text) and ":" not in text)
_NUMBERS = st.one_of(st.integers(-(2**53), 2**53).map(str), st.floats(-1e12, 1e12).map(repr), st.just("18:1"))
_CLASSES = ("Policy", "Institution", "Enterprise", "ActorGroup", "Region", "City", "Indicator")
_JOINS = (
    ("BASED_ON", "Policy", "Policy"),
    ("ISSUED_BY", "Policy", "Institution"),
    ("PARTNERS_WITH", "Enterprise", "Institution"),
    ("LOCATED_IN", "Enterprise", "City"),
    ("APPLIES_TO", "Policy", "ActorGroup"),
)


@st.composite
def tables(draw: DrawFn) -> Rows:
    """Rows of nodes of different names, and rows of edges between some of them by class and name."""
    names = draw(st.lists(_PLAIN, min_size=1, max_size=6, unique_by=str.casefold))
    labels = {name: draw(st.sampled_from(_CLASSES)) for name in names}
    nodes = [
        {"class": label, "name": name, "aliases": json.dumps(draw(st.lists(_PLAIN, max_size=2)))}
        for name, label in labels.items()
    ]
    policies = [name for name, label in labels.items() if label == "Policy"]
    if policies:
        indicators = draw(st.lists(_PLAIN, max_size=2, unique=True))
        nodes += [
            {"class": "Goal", "policy": draw(st.sampled_from(policies)), "indicator": text, "value": draw(_NUMBERS)}
            for text in indicators
        ]
    edges = [
        {"type": type_, "source": a, "target": b, **_said(draw, type_)}
        for type_, source, target in _JOINS
        for a, b in draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=2, unique=True))
        if a != b and (labels[a], labels[b]) == (source, target)
    ]
    return nodes, edges


def _said(draw: DrawFn, type_: str) -> Row:
    return {"activity": draw(_TEXT)} if type_ == "PARTNERS_WITH" else {}


def written(rows: Sequence[Row], path: Path, kind: str) -> Path:
    """The rows as a file of this kind."""
    if kind == "json":
        path.write_text(json.dumps(rows), "utf-8")
        return path
    columns = dict.fromkeys(column for row in rows for column in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, [*columns])
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8", newline="")
    return path


def exported(store: Store, format_: str) -> bytes:
    out = io.BytesIO()
    export(store, out, format=format_)
    return out.getvalue()


def unpacked(store: Store, folder: Path) -> list[Path]:
    """The files of the csv export."""
    with zipfile.ZipFile(io.BytesIO(exported(store, "csv"))) as archive:
        archive.extractall(folder)
    return [folder / "nodes.csv", folder / "edges.csv"]


def reloaded(paths: Sequence[Path], store: Path) -> tuple[LoadReport, bytes]:
    """What became of the files in an empty store, and the graph that they make."""
    with open_store(str(store)) as opened:
        return load_paths(opened, paths), exported(opened, "json")


@given(tables(), st.sampled_from(["csv", "json"]))
def test_table_to_export_to_table_gives_the_same_graph(rows: Rows, kind: str) -> None:
    with tempfile.TemporaryDirectory() as name, open_store(f"{name}/first.db") as first:
        folder = Path(name)
        paths = [written(some, folder / f"{part}.{kind}", kind) for part, some in zip(("n", "e"), rows, strict=True)]
        report = load_paths(first, paths if rows[1] else paths[:1])
        if report.refused:  # rows that mean the same thing by another writing
            assert all("the same" in one.reason or "names nodes of" in one.reason for one in report.refused)
            return
        graph = exported(first, "json")
        (as_json := folder / "graph.json").write_bytes(graph)
        again, of_csv = reloaded(unpacked(first, folder), folder / "second.db")
        assert [one.reason for one in again.refused if "no row under the head" not in one.reason] == []
        assert of_csv == graph
        assert reloaded([as_json], folder / "third.db")[1] == graph


@pytest.mark.parametrize("without", ["", "nodes.csv"])
def test_the_export_of_documents_loads_as_tables(examples: Path, tmp_path: Path, without: str) -> None:
    with open_store(str(tmp_path / "first.db")) as first:
        load_paths(first, [examples / "yunzhou-plan.txt"])
        graph = exported(first, "json")
        paths = [path for path in unpacked(first, tmp_path) if path.name != without]
        if without:
            assert not load_paths(first, paths).refused
            again = exported(first, "json")
        else:
            report, again = reloaded(paths, tmp_path / "second.db")
            assert not report.refused
    for content in (graph, again):
        assert b'"origin"' in content
    assert facts(again) == facts(graph)


def facts(graph: bytes) -> object:
    """A graph without the origin of its facts, which is another where a table states them."""
    content = json.loads(graph)
    for fact in (*content["nodes"], *content["edges"]):
        del fact["properties"]["origin"]
    return content
