"""What a browser gets: the explorer, the reference page, headers, compression."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.open import open_store
from graph.store import Store
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("pages") / "small.db")) as opened:
        opened.write(small.plan())
        yield opened


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    folder.joinpath("index.html").write_text("<title>explorer</title>", "utf-8")
    folder.joinpath("main.js").write_text("start();", "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(store: Store, built: Path) -> Iterator[TestClient]:
    with TestClient(create_app(store, static=built)) as opened:
        yield opened


def test_the_built_explorer_stands_at_the_root(client: TestClient) -> None:
    assert "explorer" in client.get("/").text
    assert client.get("/main.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/../pyproject.toml").status_code == 404


def test_where_it_is_not_built_the_page_says_how_to_build_it(store: Store, tmp_path: Path) -> None:
    with TestClient(create_app(store, static=tmp_path)) as client:
        answer = client.get("/")
    assert answer.status_code == 200 and "make run" in answer.text


def test_the_reference_needs_no_network(client: TestClient) -> None:
    html = client.get("/docs").text
    assert "://" not in html
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert f"docs/{name}" in html
        assert client.get(f"/docs/{name}").status_code == 200


def test_the_reference_describes_errors_as_problems(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert "/api/v1/chains" in paths
    for path, operations in paths.items():
        for operation in operations.values():
            answers = operation["responses"]
            assert "HTTPValidationError" not in str(answers)
            if path.startswith("/api/v1"):
                assert "application/problem+json" in answers["400"]["content"]


@pytest.mark.parametrize("path", ["/", "/docs", "/api/v1/stats", "/nowhere", "/main.js"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self'" and policy["default-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"


def test_no_other_origin_may_read(client: TestClient) -> None:
    answer = client.get("/api/v1/stats", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_long_answers_are_compressed(client: TestClient) -> None:
    assert client.get("/api/v1/chains").headers["content-encoding"] == "gzip"
    assert client.get("/api/v1/chains", params={"as": "csv"}).headers["content-encoding"] == "gzip"
