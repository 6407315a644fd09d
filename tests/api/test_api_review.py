"""Reviewing and tagging over HTTP, and what answers show of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.assistants.tools import Tools
from api.security import WriteAccess
from graph.facts import BatchKind
from graph.open import open_store
from graph.store import Store
from policygraph import open_graph
from tests.graph.judging import plan, world

URL = "/api/v1/review"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A policy with three goals, and schools that work with a company."""
    with open_store(str(tmp_path / "plan.db")) as opened:
        opened.write(plan("a", "b", "c"))
        opened.write(world("a", "b"))
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """A client of a writable server on this machine."""
    app = create_app(store, static=Path("nowhere"), write_access=WriteAccess())
    with TestClient(app, base_url="http://localhost:8000") as opened:
        yield opened


def test_a_decision_is_made_listed_and_taken_back(client: TestClient) -> None:
    given = {"verdict": "correct", "fact": "goal:a", "by": "王", "changes": {"value": "70"}, "note": "看原文"}
    answer = client.post(URL, json=given)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["attached"], made["changes"], made["fact"]["kind"]) == ("goal:a", {"value": 70}, "Goal")
    assert client.get("/api/v1/nodes/goal:a").json()["properties"]["value"] == 70
    assert client.get(f"{URL}/decisions", params={"fact": "goal:a"}).json()["items"] == [made]
    assert client.get(f"{URL}/decisions", params={"verdict": "reject"}).json()["total"] == 0
    assert client.delete(f"{URL}/{made['id']}").json()["id"] == made["id"]
    assert client.get("/api/v1/nodes/goal:a").json()["properties"]["value"] == 60
    assert client.delete(f"{URL}/{made['id']}").status_code == 404


def test_what_is_open_comes_most_doubtful_first_as_json_and_as_the_table_to_fill_in(client: TestClient) -> None:
    body = client.get(URL, params={"kind": "Goal", "limit": 2, "fields": "id,doubt"}).json()
    assert body["items"] == [{"id": "goal:a", "doubt": 0.388}, {"id": "goal:b", "doubt": 0.388}]
    assert body["total"] == 3
    rest = client.get(URL, params={"kind": "Goal", "cursor": body["next"]}).json()
    assert [one["id"] for one in rest["items"]] == ["goal:c"]
    table = client.get(URL, params={"as": "csv"}).text
    assert table.startswith("\ufeffverdict,changes,into,tags,note,kind,name,quote")
    assert client.get(f"{URL}/decisions", params={"as": "csv"}).text.startswith("\ufeffat,by,verdict")


def test_a_rejected_fact_is_in_no_answer_unless_asked_for(client: TestClient) -> None:
    before = client.get("/api/v1/stats").json()["nodes"]["Goal"]
    tag = client.get("/api/v1/nodes/goal:a").headers["etag"]
    client.post(URL, json={"verdict": "reject", "fact": "goal:a", "by": "王"})
    assert client.get("/api/v1/nodes/goal:a", headers={"If-None-Match": tag}).status_code == 404
    assert client.get("/api/v1/nodes/goal:a", params={"review": "all"}).json()["properties"]["review"] == "rejected"
    assert client.get("/api/v1/stats").json()["nodes"]["Goal"] == before - 1
    assert [row["goal"]["id"] for row in client.get("/api/v1/chains").json()["items"]] == ["goal:b", "goal:c"]
    assert len(client.get("/api/v1/chains", params={"review": "all"}).json()["items"]) == 3
    assert "goal:a" not in client.get("/api/v1/subgraph", params={"seed": "policy:规划0"}).text
    assert '"review":"rejected"' in client.get("/api/v1/export").text
    assert client.get("/api/v1/chains", params={"review": "some"}).status_code == 400


def test_a_merged_id_leads_to_the_survivor_and_back_when_it_is_split(client: TestClient) -> None:
    given = {"verdict": "merge", "fact": "organization:b", "into": "organization:a", "by": "王"}
    made = client.post(URL, json=given).json()
    assert (made["attached"], made["survivor"]) == ("organization:b", "organization:a")
    moved = client.get("/api/v1/nodes/organization:b", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/api/v1/nodes/organization:a")
    assert client.get("/api/v1/nodes/organization:a/neighbours").json()["total"] == 2
    client.delete(f"{URL}/{made['id']}")
    assert client.get("/api/v1/nodes/organization:b", follow_redirects=False).status_code == 200


def test_a_decision_whose_document_went_is_listed_as_detached(client: TestClient, store: Store) -> None:
    client.post(URL, json={"verdict": "confirm", "fact": "goal:a", "by": "王"})
    assert client.get(f"{URL}/detached").json()["items"] == []
    store.retract("batch:d0")
    (lost,) = client.get(f"{URL}/detached").json()["items"]
    assert (lost["attached"], lost["why"]) == (None, "its fact is not there")


def test_tags_are_said_listed_and_taken_off(client: TestClient) -> None:
    url = "/api/v1/nodes/goal:a/tags"
    assert client.put(url, json={"tags": ["重点", "待核"], "by": "王"}).json() == {
        "id": "goal:a",
        "tags": ["待核", "重点"],
    }
    assert client.put(url, json={"tags": ["重点", "新"], "by": "李"}).json()["tags"] == ["新", "重点"]
    assert client.get("/api/v1/chains", params={"tag": "新"}).json()["items"][0]["goal"]["id"] == "goal:a"
    hits = client.get("/api/v1/search", params={"q": "规划", "facets": True}).json()
    assert "tag" not in {one["facet"] for one in hits["facets"]}
    assert client.get("/api/v1/search", params={"q": "a", "tag": "新"}).json()["items"][0]["id"] == "goal:a"
    listed = client.get("/api/v1/tags", params={"tag": "新"}).json()["items"]
    assert listed == [{"tag": "新", "id": "goal:a", "label": "Goal", "name": "a"}]
    assert client.delete(url, params={"by": "王", "tag": "新"}).json()["tags"] == ["重点"]
    assert client.delete(url, params={"by": "王"}).json()["tags"] == []
    assert client.get(url).json()["tags"] == []
    assert client.get("/api/v1/tags", params={"as": "csv"}).text == "\ufefftag,class,name,id\r\n"
    assert client.get("/api/v1/nodes/goal:none/tags").status_code == 404


def test_tags_narrow_networks_and_paths(client: TestClient) -> None:
    network = "/api/v1/networks/partnership?tag=样本"
    path = "/api/v1/paths?from=organization:a&to=organization:b&tag=样本"
    assert client.get(network).json()["total_edges"] == client.get(path).json()["total"] == 0
    client.put("/api/v1/nodes/organization:b/tags", json={"tags": ["样本"], "by": "王"})
    assert [tie["source"] for tie in client.get(network).json()["edges"]] == ["organization:b"]
    assert client.get(path).json()["total"] == 0  # an end says nothing of what lies between
    client.put("/api/v1/nodes/organization:x/tags", json={"tags": ["样本"], "by": "王"})
    assert client.get(network).json()["total_edges"] == 2
    assert client.get(path).json()["items"][0]["nodes"][1]["name"] == "星渊"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"verdict": "perhaps", "fact": "goal:a", "by": "王"}, 400),
        ({"verdict": "confirm", "fact": "goal:none", "by": "王"}, 404),
        ({"verdict": "confirm", "fact": "goal:a", "by": ""}, 400),
        ({"verdict": "confirm", "fact": "goal:a", "by": "王", "colour": "red"}, 400),
        ({"verdict": "correct", "fact": "goal:a", "by": "王", "changes": {"year": "soon"}}, 400),
        ({"verdict": "correct", "fact": "goal:a", "by": "王", "changes": {"colour": "red"}}, 400),
        ({"verdict": "merge", "fact": "goal:a", "into": "organization:a", "by": "王"}, 400),
        ({"verdict": "merge", "fact": "goal:a", "into": "goal:a", "by": "王"}, 400),
        ({"verdict": "tag", "fact": "goal:a", "by": "王", "tags": ["\ud800"]}, 400),
    ],
)
def test_what_can_not_be_decided_is_a_problem_and_changes_nothing(
    client: TestClient, store: Store, given: dict[str, object], status: int
) -> None:
    version = store.version
    answer = client.post(URL, content=json.dumps(given), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert store.version == version


def test_a_server_that_is_read_only_shows_decisions_and_takes_none(store: Store) -> None:
    with TestClient(create_app(store, static=Path("nowhere")), base_url="http://localhost:8000") as client:
        assert client.post(URL, json={"verdict": "confirm", "fact": "goal:a", "by": "王"}).status_code == 403
        assert client.put("/api/v1/nodes/goal:a/tags", json={"tags": [], "by": "王"}).status_code == 403
        assert client.delete("/api/v1/nodes/goal:a/tags", params={"by": "王"}).status_code == 403
        assert client.delete(f"{URL}/batch:1").status_code == 403
        assert client.get(f"{URL}/decisions").status_code == 200


def test_assistants_and_programs_see_what_the_server_shows(client: TestClient, store: Store, tmp_path: Path) -> None:
    tools = Tools(store)
    with open_graph(str(tmp_path / "plan.db")) as graph:

        def goals() -> tuple[list[str], list[str]]:
            rows = (row.goal for row in tools.chains().rows)
            chains = (chain.goal for chain in graph.chains())
            return [goal.name for goal in rows if goal], [goal.name for goal in chains if goal]

        assert goals() == (["a", "b", "c"], ["a", "b", "c"])
        client.post(URL, json={"verdict": "reject", "fact": "goal:a", "by": "王"})
        assert goals() == (["b", "c"], ["b", "c"])


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{bad", "the body is no JSON: Expecting property name enclosed in double quotes, at character 1"),
        (b"[" * 100_000, "the body can't be read as JSON"),
        (b"\xff\xfe", "the body"),
    ],
)
def test_a_body_that_is_no_json_is_told(client: TestClient, body: bytes, says: str) -> None:
    answer = client.post(URL, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and answer.json()["detail"].startswith(says)


def test_a_correction_takes_a_value_away(client: TestClient) -> None:
    made = client.post(
        URL, json={"verdict": "correct", "fact": "goal:a", "by": "王", "changes": {"value": None}}
    ).json()
    node = client.get("/api/v1/nodes/goal:a").json()
    assert made["changes"] == {"value": ""} and "value" not in node["properties"]
    assert [(one["property"], one["value"]) for one in node["disagreements"]] == [("value", 60)]


def test_a_store_that_may_not_be_written_refuses_every_write(store: Store, client: TestClient, tmp_path: Path) -> None:
    made = client.post(URL, json={"verdict": "confirm", "fact": "goal:a", "by": "王"}).json()["id"]
    tags = "/api/v1/nodes/goal:a/tags"
    client.put(tags, json={"tags": ["重点"], "by": "王"})
    [document, *_] = [header.id for header in store.batches() if header.kind is BatchKind.DOCUMENT]
    with open_store(str(tmp_path / "plan.db"), create=False, read_only=True) as closed:
        app = create_app(closed, static=Path("nowhere"), write_access=WriteAccess())
        with TestClient(app, base_url="http://localhost:8000") as asked:
            answers = [
                asked.post(URL, json={"verdict": "reject", "fact": "goal:b", "by": "王"}),
                asked.delete(f"{URL}/{made}"),
                asked.put(tags, json={"tags": ["新"], "by": "王"}),
                asked.delete(tags, params={"by": "王"}),
                asked.delete(f"/api/v1/documents/{document}"),
            ]
            for answer in answers:
                assert answer.status_code == 403 and answer.json()["title"] == "Store is read-only"
                assert "opened for reading only" in answer.json()["detail"]
            job = asked.post("/api/v1/documents", files={"files": ("新.txt", "云州市教育局通知\n".encode())}).json()
            while job["state"] in ("waiting", "running"):
                job = asked.get(f"/api/v1/jobs/{job['id']}").json()
            assert job["state"] == "failed" and "opened for reading only" in job["errors"][0]
    assert client.get(tags).json()["tags"] == ["重点"]
