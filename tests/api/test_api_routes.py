"""The routes: what they answer, as JSON and as CSV."""

import csv
import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.open import open_store
from graph.queries import networks
from graph.queries.find import find_node
from graph.store import Store
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("api") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, version="1.2.3")) as opened:
        yield opened


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_server_says_that_it_lives(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "version": "1.2.3"}


@pytest.mark.parametrize("path", ["/healthz", "/docs", "/openapi.json", "/api/v1/chains", "/api/v1/export", "/nowhere"])
def test_head_answers_like_get_without_a_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])
    assert head.content == b"" and get.content


def test_every_route_has_a_summary_of_its_own(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    summaries = [operation["summary"] for way in paths.values() for operation in way.values()]
    assert len(set(summaries)) == len(summaries) and not any(text.startswith("Read ") for text in summaries)


def test_stats_count_the_store(client: TestClient) -> None:
    body = client.get("/api/v1/stats").json()
    assert body["documents"] == 2 and body["nodes"]["Measure"] == 5 and body["version"] == 2


def test_policies_are_counted_by_level(client: TestClient) -> None:
    body = client.get("/api/v1/counts", params={"by": "level"}).json()
    assert body["items"] == [{"value": "municipal", "count": 1, "loaded": 1, "id": None}]
    assert table(client.get("/api/v1/counts", params={"by": "class", "as": "csv"}).text)[0]["value"] == "Passage"


def test_chains_are_a_page_with_counts(client: TestClient) -> None:
    body = client.get("/api/v1/chains", params={"limit": 2}).json()
    assert set(body) == {"items", "next", "total", "exact", "counts"}
    assert body["counts"] == {"rows": 13, "policies": 1, "goals": 4, "measures": 5, "actors": 6, "exact": True}
    first = body["items"][0]
    assert (first["closeness"], first["gap"], first["role"], first["implied"]) == ("sentence", None, "lead", False)
    assert first["actor"]["evidence"][0]["quote"].startswith(small.COLLEGE)
    assert {part["mark"] for part in first["goal"]["evidence"][0]["segments"]} == {True, False}
    rest = client.get("/api/v1/chains", params={"cursor": body["next"], "limit": 500}).json()
    assert len(rest["items"]) == 11 and rest["next"] is None


def test_chains_take_filters_that_are_given_several_times(client: TestClient) -> None:
    asked = f"closeness=passage&closeness=measure&policy={small.PLAN}&actors=all&year_from=2020"
    body = client.get(f"/api/v1/chains?{asked}").json()
    assert [item["closeness"] for item in body["items"]] == ["passage", "passage", "measure"]


def test_chains_as_csv_are_the_whole_table(client: TestClient) -> None:
    answer = client.get("/api/v1/chains", params={"as": "csv"})
    rows = table(answer.text)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="chains.csv"'
    assert len(rows) == 13 and rows[0]["actor"] == small.COLLEGE and rows[-1]["gap"] == "measure"
    assert len(table(client.get("/api/v1/chains", params={"as": "csv", "limit": 2}).text)) == 2


def test_chains_are_counted_by_policy_place_and_actor(client: TestClient) -> None:
    body = client.get("/api/v1/chains/groups", params={"by": "actor", "limit": 1}).json()
    assert body["items"][0]["node"]["name"] == small.COUNTIES and body["items"][0]["counts"]["rows"] == 3
    rest = client.get("/api/v1/chains/groups", params={"by": "actor", "cursor": body["next"]}).json()
    assert 1 + len(rest["items"]) == body["total"] and rest["items"][-1]["node"] is None
    rows = table(client.get("/api/v1/chains/groups", params={"by": "region", "as": "csv"}).text)
    assert [(row["name"], row["rows"]) for row in rows] == [("云州市", "13")]
    assert client.get("/api/v1/chains/groups").status_code == 400


def test_search_finds_names_and_text(client: TestClient) -> None:
    body = client.get("/api/v1/search", params={"q": "双师型教师占比", "label": "Goal"}).json()
    assert [item["name"] for item in body["items"]] == [small.TEACHER_GOAL] and body["total"] == 1
    assert body["items"][0]["segments"][0] == {"text": "双师型教师占比", "mark": True}
    assert len(table(client.get("/api/v1/search", params={"q": "学院", "as": "csv"}).text)) > 5


def test_search_is_filtered_and_counted_by_facet(client: TestClient) -> None:
    asked = {"q": "云州", "facets": "true", "level": "municipal"}
    body = client.get("/api/v1/search", params=asked).json()
    assert {"facet": "level", "value": "municipal", "count": body["total"], "id": None} in body["facets"]
    assert client.get("/api/v1/search", params={"q": "云州", "region": "无此地"}).status_code == 404


def test_a_node_comes_with_evidence_and_disagreements(client: TestClient) -> None:
    body = client.get("/api/v1/nodes/place:990100").json()
    assert body["labels"] == ["Region", "City"] and body["evidence"] and body["claims"] == 2
    assert [one["property"] for one in body["disagreements"]] == ["level"]


def test_neighbours_follow_types_and_direction(client: TestClient, store: Store) -> None:
    policy = find_node(store, small.PLAN, labels=("Policy",)).id
    body = client.get(f"/api/v1/nodes/{policy}/neighbours", params={"types": "SETS", "direction": "out"}).json()
    assert body["total"] == 4 and {item["node"]["label"] for item in body["items"]} == {"Goal"}
    assert body["totals"] == [{"type": "SETS", "direction": "out", "count": 4}]
    short = client.get(f"/api/v1/nodes/{policy}/neighbours", params={"limit": 1}).json()
    assert len(short["items"]) == 1 and sum(one["count"] for one in short["totals"]) == short["total"] == 11
    rows = table(client.get(f"/api/v1/nodes/{policy}/neighbours", params={"as": "csv"}).text)
    assert len(rows) == 11 and rows[0]["quote"] == small.GOVERNMENT


def test_evidence_of_an_edge_comes_in_pages(client: TestClient, store: Store) -> None:
    edge = max(store.list_edges("PARTNERS_WITH"), key=lambda one: one.evidence_total).id
    body = client.get(f"/api/v1/evidence/{edge}", params={"limit": 2}).json()
    assert len(body["items"]) == 2 and body["total"] == 3 and body["next"]
    assert len(table(client.get(f"/api/v1/evidence/{edge}", params={"as": "csv"}).text)) == 3


def test_a_network_has_nodes_ties_and_brokers(client: TestClient) -> None:
    body = client.get("/api/v1/networks/partnership", params={"limit": 3}).json()
    assert len(body["nodes"]) == 3 and body["total_nodes"] == 7 and body["truncated"] is True
    assert body["edges"][0]["weight"] == 3 and body["brokers"][0]["name"] == small.COLLEGE
    assert client.get("/api/v1/networks/issuers").json()["nodes"] == []
    assert client.get("/api/v1/networks/citations", params={"kind": "law", "by": "pagerank"}).status_code == 200


def test_a_network_as_a_table_has_its_ties_or_its_members(client: TestClient) -> None:
    ties = table(client.get("/api/v1/networks/partnership", params={"as": "csv"}).text)
    assert {ties[0]["a"], ties[0]["b"]} == {small.COLLEGE, small.COMPANY} and small.COLLEGE in ties[0]["quote"]
    asked = {"as": "csv", "table": "members", "by": "betweenness"}
    members = table(client.get("/api/v1/networks/partnership", params=asked).text)
    assert members[0]["name"] == small.COLLEGE and float(members[0]["betweenness"]) > 0


def test_an_answer_that_is_being_made_is_asked_for_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routers.networks.WAIT_S", 0.01)
    asked = {"activity": "互派"}
    with networks._prepared._turn:
        answer = client.get("/api/v1/networks/partnership", params=asked)
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "5") and answer.json()["status"] == "pending"
    monkeypatch.setattr("api.routers.networks.WAIT_S", 30.0)
    assert len(client.get("/api/v1/networks/partnership", params=asked).json()["edges"]) == 1


def test_the_ontology_comes_with_captions_and_colours(client: TestClient) -> None:
    body = client.get("/api/v1/ontology").json()
    assert body["styles"]["classes"]["Goal"]["color"].startswith("#") and "$defs" in body["json_schema"]


def test_what_a_spreadsheet_would_take_for_a_formula_is_shielded(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = small.Document("=1+1", (((), "=1+1有限公司\n"),), "d" * 64)
    made.node("Enterprise", "=1+1有限公司", "=1+1有限公司")
    with open_store(str(tmp_path_factory.mktemp("formula") / "small.db")) as store:
        store.write(made.batch())
        with TestClient(create_app(store)) as client:
            rows = table(client.get("/api/v1/search", params={"q": "有限公司", "as": "csv"}).text)
    assert rows[0]["name"] == "'=1+1有限公司"
