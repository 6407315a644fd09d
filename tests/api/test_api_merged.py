"""Ids of merged nodes lead to the nodes that stand for them, and no other id is looked for twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.facts import edge_claim
from graph.open import open_store
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.recording import record, split
from graph.store import Store
from tests.graph.making import curated, node

OLD, NEW, OTHER = "organization:old", "organization:new", "organization:other"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "merged.db")) as opened:
        nodes = [node(id_, "Institution", id_.title(), kind="school") for id_ in (OLD, NEW, OTHER)]
        works = [edge_claim("PARTNERS_WITH", OTHER, one, {"activity": "实训"}) for one in (OLD, NEW)]
        opened.write(curated(*nodes, *works))
        record(opened, decide(opened, Verdict.MERGE, OLD, by="王", into=NEW))
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, static=Path("nowhere")), follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (f"nodes/{OLD}", f"nodes/{NEW}"),
        (f"nodes/{OLD}?fields=name,id", f"nodes/{NEW}?fields=name%2Cid"),
        (f"nodes/{OLD}/neighbours?limit=1&types=PARTNERS_WITH", f"nodes/{NEW}/neighbours?limit=1&types=PARTNERS_WITH"),
        (f"evidence/{OLD}", f"evidence/{NEW}"),
        (f"paths?from={OTHER}&to={OLD}", f"paths?from={OTHER}&to={NEW}"),
        (
            f"chains?actor={OLD}&actor={OTHER}",
            f"chains?actor={NEW}&actor={OTHER}",
        ),
    ],
)
def test_a_merged_id_leads_to_the_node_that_stands_for_it(client: TestClient, asked: str, place: str) -> None:
    answer = client.get(f"/api/v1/{asked}")
    assert answer.status_code == 308 and answer.headers["location"] == f"/api/v1/{place}"
    assert answer.headers["cache-control"] == "no-cache" and answer.headers["x-request-id"]
    assert client.head(f"/api/v1/{asked}").status_code == 308
    assert client.get(answer.headers["location"]).status_code == 200


def test_a_merge_that_was_taken_back_leads_nowhere(client: TestClient, store: Store) -> None:
    split(store, OLD)
    assert client.get(f"/api/v1/nodes/{OLD}").status_code == 200


def test_what_was_never_there_is_not_found(client: TestClient) -> None:
    assert client.get("/api/v1/nodes/organization:none").status_code == 404
    assert client.get("/api/v1/chains?actor=organization:none").status_code == 404
    assert client.get("/nodes").status_code == 404


def test_a_merge_counts_at_once_and_before_what_the_caller_has(client: TestClient, store: Store) -> None:
    tag = client.get(f"/api/v1/nodes/{OTHER}").headers["etag"]
    record(store, decide(store, Verdict.MERGE, OTHER, by="王", into=NEW))
    assert client.get(f"/api/v1/nodes/{OTHER}", headers={"If-None-Match": tag}).status_code == 308
