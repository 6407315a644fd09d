"""The routes that hold goals against others and against reports."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.open import open_store
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, NATION, OTHER_CITY, PROVINCE, policy_id

OF_CITY = f"/api/v1/cascade/{policy_id(CITY)}"
QUESTIONS: list[tuple[str, dict[str, Any], int]] = [
    (OF_CITY, {}, 10),
    ("/api/v1/compare", {"policy": [CITY, OTHER_CITY]}, 4),
    ("/api/v1/progress", {"policy": CITY}, 7),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(str(tmp_path_factory.mktemp("aligning") / "plans.db")) as store:
        for batch in plans.all_batches():
            store.write(batch)
        with TestClient(create_app(store)) as opened:
            yield opened


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_cascade_has_policies_and_rows(client: TestClient) -> None:
    body = client.get(OF_CITY, params={"finding": "aligned"}).json()
    assert body["policy"]["name"] == CITY and body["level"] == "municipal" and body["truncated"] is False
    assert (body["steps"][0]["place"], body["steps"][0]["policy"]["name"]) == ("above", PROVINCE)
    assert body["counts"]["aligned"] == body["total"] == 7
    first = body["items"][0]
    assert first["goal"]["evidence"][0]["quote"] == first["goal"]["name"]
    assert (first["value"], first["year"], first["share"], first["remarks"]) == ("tighter", "same", None, [])


def test_a_policy_may_be_given_by_its_title(client: TestClient) -> None:
    by_title, by_id = client.get(f"/api/v1/cascade/{NATION}"), client.get(f"/api/v1/cascade/{policy_id(NATION)}")
    assert by_title.json()["steps"] == by_id.json()["steps"]
    assert client.get("/api/v1/cascade/职业教育行动方案").status_code == 409


def test_a_comparison_has_a_cell_for_each_column(client: TestClient) -> None:
    body = client.get("/api/v1/compare", params={"policy": [CITY, OTHER_CITY], "min_columns": 1}).json()
    assert [column["name"] for column in body["columns"]] == [CITY, OTHER_CITY]
    assert all(len(row["cells"]) == 2 for row in body["items"])
    ratio = next(row for row in body["items"] if row["indicator"]["name"] == plans.RATIO)
    assert ratio["is_comparable"] is False and ratio["remarks"] == ["units_differ"]


def test_progress_shows_its_inputs(client: TestClient) -> None:
    body = client.get("/api/v1/progress", params={"policy": CITY, "status": "on_the_way"}).json()
    row = next(row for row in body["items"] if row["indicator"]["name"] == plans.TEACHERS)
    assert (row["target"], row["baseline"], row["seen"], row["expected"]) == (75, 60, 66, 66)
    assert (row["share"], row["formula"]) == (0.4, "(66 − 60) ÷ (75 − 60)")
    assert row["observation"]["evidence"][0]["document_title"] == plans.REPORT


@pytest.mark.parametrize(("path", "asked", "total"), QUESTIONS)
def test_pages_follow_each_other_to_the_end(client: TestClient, path: str, asked: dict[str, Any], total: int) -> None:
    whole = client.get(path, params=asked).json()["items"]
    found: list[object] = []
    cursor: str | None = None
    while len(found) < total:
        page = client.get(path, params={**asked, "limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        cursor = page["next"]
    assert found == whole and cursor is None and len(whole) == total


@pytest.mark.parametrize(("path", "asked", "total"), QUESTIONS)
def test_a_table_is_whole_unless_a_page_is_asked_for(
    client: TestClient, path: str, asked: dict[str, Any], total: int
) -> None:
    rows = table(client.get(path, params={**asked, "as": "csv"}).text)
    assert len(rows) >= total
    assert len(table(client.get(path, params={**asked, "as": "csv", "limit": 1}).text)) < len(rows)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/v1/cascade/policy:none", 404, "no Policy"),
        ("/api/v1/cascade/place:990100", 400, "is of class City; give one of class Policy"),
        (f"{OF_CITY}?depth=99", 400, "depth"),
        (f"{OF_CITY}?policies=0", 400, "policies"),
        (f"{OF_CITY}?finding=lost", 400, "'aligned'"),
        (f"{OF_CITY}?findings=new", 400, "did you mean finding?"),
        (f"{OF_CITY}?cursor=tampered", 400, "cursor"),
        ("/api/v1/compare", 400, "give 1 to 20 policies, regions or issuers"),
        (f"/api/v1/compare?policy={CITY}&min_columns=0", 400, "min_columns"),
        ("/api/v1/compare?region=火星", 404, "no Region"),
        (f"/api/v1/compare?policy={CITY}&year=20", 400, "year"),
        ("/api/v1/progress?status=done", 400, "'reached'"),
        ("/api/v1/progress?polcy=x", 400, "did you mean policy?"),
        ("/api/v1/progress?limit=-1", 400, "limit"),
        ("/api/v1/progress?policy=行动方案", 409, "fits 2 nodes"),
        ("/api/v1/progress?policy=%00", 404, "no Policy"),
    ],
)
def test_bad_input_is_a_problem(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
