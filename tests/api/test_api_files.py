"""The graph as files over HTTP."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.formats.registry import FORMATS, export
from graph.open import open_store
from graph.store import Store
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("files") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store)) as opened:
        yield opened


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_has_the_bytes_that_the_format_writes(client: TestClient, store: Store, name: str) -> None:
    answer = client.get("/api/v1/export", params={"format": name})
    written = io.BytesIO()
    export(store, written, format=name)
    assert answer.content == written.getvalue()
    assert answer.headers["content-disposition"] == f'attachment; filename="policygraph{FORMATS[name].suffix}"'


def test_an_export_without_text_has_none(client: TestClient) -> None:
    answer = client.get("/api/v1/export", params={"format": "json", "without_text": True})
    assert f"{small.BUREAU}每年公布考核结果" not in answer.text and small.BUREAU in answer.text


def test_a_subgraph_has_what_is_around_its_seed(client: TestClient) -> None:
    answer = client.get("/api/v1/subgraph", params={"seed": small.COLLEGE, "types": "PARTNERS_WITH"})
    graph = json.loads(answer.content)
    names = {node["properties"]["name"] for node in graph["nodes"]}
    assert names == {small.COLLEGE, small.COMPANY, "青屿物流有限公司", "丁香技师学院"}
    assert {edge["type"] for edge in graph["edges"]} == {"PARTNERS_WITH"}
    assert answer.headers["policygraph-truncated"] == "false"


def test_a_subgraph_that_was_cut_says_so(client: TestClient) -> None:
    answer = client.get("/api/v1/subgraph", params={"seed": small.COLLEGE, "depth": 2, "limit": 3, "format": "csv"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == {"nodes.csv", "edges.csv"}
    assert answer.headers["policygraph-truncated"] == "true"


def test_a_page_to_keep_is_a_file_too(client: TestClient) -> None:
    for path in (f"subgraph?seed={small.COLLEGE}&format=html", "export?format=html"):
        answer = client.get(f"/api/v1/{path}")
        assert small.COMPANY in answer.text
        assert answer.headers["content-disposition"].endswith('.html"')


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("subgraph", 400, "give at least one id, name or tag"),
        ("subgraph?seed=nobody", 404, "nobody"),
        (f"subgraph?seed={small.COLLEGE}&depth=99", 400, "depth"),
        (f"subgraph?seed={small.COLLEGE}&limit=0", 400, "limit"),
        (f"subgraph?seed={small.COLLEGE}&types=LOVES", 400, "no relation LOVES"),
        (f"subgraph?seed={small.COLLEGE}&format=xls", 400, "the formats are csv, json, jsonl, neo4j-admin, html"),
        ("export?format=html&without_text=true", 400, "without_text"),
    ],
)
def test_files_that_can_not_be_made_are_refused(client: TestClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"/api/v1/{query}")
    assert answer.status_code == status and words in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
