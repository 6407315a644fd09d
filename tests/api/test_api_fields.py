"""Slimmed answers, tables of every list, and answers that are just what the reference says."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.ids import document_id
from graph.open import open_store
from tests import aligned_graph as plans
from tests import small_graph as small
from tests.aligned_graph import CITY

DOCUMENT = document_id("b" * 64)
LISTS = (
    "chains",
    "chains/groups?by=region",
    "counts?by=class",
    "nodes?label=Region",
    "documents",
    f"documents/{DOCUMENT}",
    "search?q=学院&facets=true",
    "nodes/place:990100/neighbours",
    "evidence/place:990100",
    f"paths?from={small.COLLEGE}&to={small.COMPANY}",
    f"compare?policy={CITY}&policy={plans.OTHER_CITY}",
    "progress",
    f"cascade/{CITY}",
)
OTHERS = ("stats", "ontology", "nodes/place:990100", "networks/partnership", "networks/issuers", "networks/citations")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(str(tmp_path_factory.mktemp("fields") / "small.db")) as store:
        for batch in (*plans.all_batches(), small.plan()):
            store.write(batch)
        store.write(small.report())
        with TestClient(create_app(store, static=Path("nowhere"))) as opened:
            yield opened


def get(client: TestClient, question: str) -> Any:
    answer = client.get(f"/api/v1/{question}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def closed(schema: Any) -> Any:
    """The schema, in which nothing may stand that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    return {"additionalProperties": False, **inner} if "properties" in schema and "type" in schema else inner


@pytest.mark.parametrize("question", [*LISTS, *OTHERS])
def test_answers_have_the_members_of_the_reference_and_no_others(client: TestClient, question: str) -> None:
    reference = client.get("/openapi.json").json()
    path = (
        question.partition("?")[0].replace("place:990100", "{id}").replace(CITY, "{policy}").replace(DOCUMENT, "{id}")
    )
    path = "networks/{kind}" if path.startswith("networks/") else path
    described = reference["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["application/json"]
    body = get(client, question)
    assert body.get("items", True), "an empty list shows nothing"
    whole = {**closed(described["schema"]), "components": closed(reference["components"])}
    jsonschema.validate(body, whole, format_checker=jsonschema.FormatChecker())
    every_member(body, described["schema"], reference)


def every_member(body: Any, schema: Any, reference: Any) -> None:
    """All members of the reference are there, even those that have a default."""
    while "$ref" in schema:
        schema = reference["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if isinstance(body, list):
        for one in body:
            every_member(one, schema["items"], reference)
    elif isinstance(body, dict) and "properties" in schema:
        assert set(body) == set(schema["properties"])
        for name, inner in schema["properties"].items():
            every_member(body[name], inner, reference)


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("search?q=学院&limit=1", {"id": "", "name": ""}),
        ("search?q=海棠职业技术学院&limit=1", {"name": "", "properties": {"kind": ""}}),
        ("chains?limit=1", {"policy": {"name": ""}, "closeness": ""}),
        ("chains?limit=1", {"goal": {"evidence": [{"quote": ""}]}}),
        (f"paths?from={small.COLLEGE}&to={small.COMPANY}", {"hops": [[{"type": ""}]]}),
    ],
)
def test_only_the_members_that_are_wanted_come(client: TestClient, question: str, item: dict[str, Any]) -> None:
    whole = get(client, question)
    slim = get(client, f"{question}&fields={','.join(paths(item))}")
    assert set(slim) == set(whole) and slim["total"] == whole["total"]
    for one, other in zip(slim["items"], whole["items"], strict=True):
        assert members(one) == members(item)
        assert is_part(one, other)


def paths(tree: Any) -> list[str]:
    if isinstance(tree, list):
        return paths(tree[0])
    if isinstance(tree, dict):
        return [f"{name}.{below}".rstrip(".") for name, inner in tree.items() for below in paths(inner)]
    return [""]


def members(tree: Any) -> Any:
    if isinstance(tree, list):
        return [members(tree[0])]
    return {name: members(inner) for name, inner in tree.items()} if isinstance(tree, dict) else None


def is_part(slim: Any, whole: Any) -> bool:
    if isinstance(slim, dict):
        return all(is_part(inner, whole[name]) for name, inner in slim.items())
    if isinstance(slim, list):
        return len(slim) == len(whole) and all(map(is_part, slim, whole))
    return bool(slim == whole)


def test_a_node_can_be_slimmed(client: TestClient) -> None:
    slim = get(client, "nodes/place:990100?fields=name,%20evidence.quote,,evidence.page")
    assert set(slim) == {"name", "evidence"}
    assert {frozenset(piece) for piece in slim["evidence"]} == {frozenset({"quote", "page"})}


def test_a_network_can_be_slimmed(client: TestClient) -> None:
    slim = get(client, "networks/partnership?fields=nodes.name,total_nodes,edges.weight")
    assert set(slim) == {"nodes", "total_nodes", "edges"}
    assert {frozenset(one) for one in slim["nodes"]} == {frozenset({"name"})}
    assert [*table(client, "networks/partnership?fields=a,weight")[0][0]] == ["a", "weight"]


def test_all_of_a_member_counts_before_a_part_of_it(client: TestClient) -> None:
    whole = get(client, "nodes/place:990100?fields=properties")
    assert get(client, "nodes/place:990100?fields=properties.name,properties") == whole


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chains?fields=polcy", "there is no member “polcy”; did you mean policy?"),
        ("chains?fields=policy.nam", "there is no member “nam”; did you mean name?"),
        ("chains?fields=policy.name.x", "“name.x” leads into a value; end it at name"),
        ("chains?fields=.", "there is no member “.”"),
        ("counts?by=class&fields=value.x", "leads into a value"),
        ("nodes/place:990100?fields=items", "there is no member “items”"),
        ("chains?as=csv&fields=polic", "the table has no column “polic”; did you mean policy?"),
        ("stats?fields=nodes", "has no parameter “fields”"),
    ],
)
def test_members_that_there_are_not_are_refused(client: TestClient, question: str, words: str) -> None:
    answer = client.get(f"/api/v1/{question}")
    assert answer.status_code == 400 and words in answer.json()["detail"]


def table(client: TestClient, question: str) -> tuple[list[dict[str, str]], str]:
    answer = client.get(f"/api/v1/{question}{'&' if '?' in question else '?'}as=csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    return rows, answer.headers["policygraph-truncated"]


@pytest.mark.parametrize("question", LISTS)
def test_every_list_is_a_table_too(client: TestClient, question: str) -> None:
    rows, is_cut = table(client, question)
    assert rows and is_cut == "false"


def test_a_table_has_the_columns_that_are_wanted(client: TestClient) -> None:
    rows, _ = table(client, "counts?by=class&fields=count,value")
    assert list(rows[0]) == ["count", "value"]


def test_a_table_says_that_a_limit_left_something_out(client: TestClient) -> None:
    assert table(client, "networks/partnership?limit=2")[1] == "true"
    assert table(client, "networks/partnership")[1] == "false"
