"""Pages that go on after a write, and cursors that somebody made up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.facts import NodeClaim, edge_claim
from graph.open import open_store
from graph.queries.pages import Key, encode_cursor
from graph.queries.search import search
from graph.store import Store
from tests.graph.making import curated, node

NUMBERS = range(10, 30)


def plan(number: int) -> tuple[NodeClaim, ...]:
    named = node(f"policy:{number}", "Policy", f"计划{number}", kind="plan")
    return named, node(f"goal:{number}", "Goal", f"目标{number}")


def write(store: Store, numbers: list[int], version: str) -> None:
    claims = [claim for number in numbers for claim in plan(number)]
    sets = [edge_claim("SETS", f"policy:{number}", f"goal:{number}") for number in numbers]
    store.write(curated(*claims, *sets, version=version))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "pages.db")) as opened:
        write(opened, list(NUMBERS), "1")
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, static=Path("nowhere"))) as opened:
        yield opened


def id_of(item: dict[str, Any]) -> str:
    return str(item["id"] if "id" in item else item["policy"]["id"])


@pytest.mark.parametrize("question", ["search?q=计划", "search?q=计划&label=Policy&kind=plan", "chains"])
def test_no_row_comes_twice_and_none_is_lost_that_was_there_throughout(
    client: TestClient, store: Store, question: str
) -> None:
    seen: list[str] = []
    cursor, kept = "", set(NUMBERS)
    joint = "&" if "?" in question else "?"
    for page in range(len(NUMBERS) + 10):
        answer = client.get(f"/api/v1/{question}{joint}limit=3{cursor and '&cursor='}{cursor}").json()
        seen += map(id_of, answer["items"])
        if answer["next"] is None:
            break
        cursor = answer["next"]
        gone = {10 + page, 29 - page}  # one that was given already, one that is still to come
        kept -= gone
        write(store, [*sorted(kept), *range(100, 100 + page)], str(page + 2))
    else:
        pytest.fail("the list has no end")
    assert len(set(seen)) == len(seen)
    assert {f"policy:{number}" for number in kept} <= set(seen)


@pytest.mark.parametrize(
    "key",
    [
        ("0", "9" * 30, "policy:1", "5"),
        ("0", "1", "policy:1", "9" * 5_000),
        ("0", "-1", "policy:1", "5"),
        ("4", "1", "policy:1", "5"),
        ("0", "1", "policy:1"),
        ("0",),
        ("０", "1", "policy:1", "5"),
        ("x", "1", "policy:1", "5"),
    ],
)
def test_a_cursor_that_somebody_made_up_is_refused(
    client: TestClient, store: Store, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def seal(last: Key, question: str) -> str:
        questions.append(question)
        return encode_cursor(last, question)

    monkeypatch.setattr("graph.queries.search.encode_cursor", seal)
    search(store, "计划", limit=1)
    cursor = encode_cursor(key, questions[0])
    answer = client.get("/api/v1/search", params={"q": "计划", "cursor": cursor[:4_000]})
    assert answer.status_code == 400 and "cursor" in answer.json()["detail"]
