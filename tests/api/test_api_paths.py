"""Paths over HTTP."""

import csv
import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.open import open_store
from tests import small_graph as small

ENDS = {"from": small.COMPANY, "to": small.BUREAU}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(str(tmp_path_factory.mktemp("paths") / "small.db")) as store:
        store.write(small.plan())
        with TestClient(create_app(store)) as opened:
            yield opened


def test_paths_come_with_the_evidence_of_every_hop(client: TestClient) -> None:
    body = client.get("/api/v1/paths", params=ENDS).json()
    assert (body["hops"], body["total"], body["exact"], body["is_cut"], body["hubs"]) == (2, 1, True, False, [])
    [path] = body["items"]
    assert [node["name"] for node in path["nodes"]] == [small.COMPANY, small.TEACHERS, small.BUREAU]
    assert [edge["evidence"][0]["section"] for [edge] in path["hops"]] == [[small.UMBRELLA, small.TEACHERS]] * 2


def test_paths_as_a_table_have_a_row_for_every_edge(client: TestClient) -> None:
    text = client.get("/api/v1/paths", params={**ENDS, "as": "csv"}).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["path"], row["hop"], row["relation"]) for row in rows] == [
        ("1", "1", "INVOLVES"),
        ("1", "2", "INVOLVES"),
    ]
    assert rows[1]["quote"] == f"{small.BUREAU}每年公布考核结果。"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("to=云州市", 400, "from: Field required"),
        (f"from={small.COLLEGE}&to={small.COLLEGE}", 400, "two different nodes"),
        (f"from={small.COLLEGE}&to=云州市&max_hops=99", 400, "max_hops"),
        (f"from={small.COLLEGE}&to=云州市&use=LOVES", 400, "no relation LOVES"),
        (f"from={small.COLLEGE}&to=云州市&through=wall", 400, "'Document', 'Passage'"),
        (f"from={small.COLLEGE}&to=无此地", 404, "无此地"),
        (f"from={small.COLLEGE}&to=云州", 409, "fits"),
        (f"from={small.COLLEGE}&to=云州市&cursor=x", 400, "cursor"),
        (f"from={small.COLLEGE}&to=云州市&fro=1", 400, "did you mean from?"),
    ],
)
def test_questions_for_paths_that_make_no_sense_are_problems(
    client: TestClient, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/api/v1/paths?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
