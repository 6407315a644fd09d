"""The server of a store goes away: 503 until it is back, no restart of ours, and a copy that can be finished."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.comparing import compare
from graph.copying import Copied, copy
from graph.errors import StoreAway
from graph.neo4j.access import Neo4jAccess
from graph.open import open_store
from tests import small_graph
from tests.graph.making import document, dump, filled, school_graph
from tests.neo4j.server import USER, Server
from tests.neo4j.shared import Place

QUESTIONS = ("stats", "search?q=学院", "chains", "nodes/place:990100", "export?format=jsonl")
WAIT_S = 2.0
LONGEST_S = 15.0
RECOVERY_S = 60.0


@pytest.fixture
def own(own_server: Server) -> tuple[Server, Place]:
    """A server that may be killed and started again, and nothing in it."""
    own_server.restart({})
    place = Place(own_server.url, Neo4jAccess(USER, own_server.password))
    place.run("MATCH (n) DETACH DELETE n")
    return own_server, place


def test_questions_are_answered_503_while_the_server_is_away_and_again_when_it_is_back(
    own: tuple[Server, Place],
) -> None:
    server, place = own
    with place.open(timeout_s=WAIT_S) as store:
        store.write(small_graph.plan())
        with TestClient(create_app(store, static=Path("nowhere"))) as client:
            before = {question: answered(client, question) for question in QUESTIONS}
            server.kill()
            for question in QUESTIONS:
                began = time.monotonic()
                answer = client.get(f"/api/v1/{question}")
                assert time.monotonic() - began < LONGEST_S
                assert answer.status_code == 503
                assert answer.headers["content-type"] == "application/problem+json"
                assert int(answer.headers["retry-after"]) > 0
                assert "the server does not answer" in answer.json()["detail"]
                assert server.password not in answer.text
            assert client.get("/healthz").status_code == 200
            server.launch()
            server.wait()
            assert {question: answered(client, question) for question in QUESTIONS} == before


def test_a_copy_to_a_server_that_is_killed_is_finished_when_it_is_back(
    own: tuple[Server, Place], tmp_path: Path
) -> None:
    server, place = own
    copied = replace(place, access=replace(place.access, label="Copied"))
    batches = [small_graph.plan(), small_graph.report(), school_graph(), document(1)]
    with filled(lambda: open_store(str(tmp_path / "source.db")), batches) as store:

        def kill(done: int, total: int) -> None:
            if done == 2:
                server.kill()

        with copied.open(timeout_s=WAIT_S) as target, pytest.raises(StoreAway, match="does not answer"):
            copy(store, target, on_batch=kill)
        server.launch()
        server.wait()
        with copied.open() as target:
            assert copy(store, target) == Copied(written=2, present=2)
            found = compare(store, target)
            assert (found.is_whole, found.differences) == (True, ())
            assert dump(target, "jsonl") == dump(store, "jsonl")


def answered(client: TestClient, question: str) -> bytes:
    """The answer, asked for again while it is 503 as Retry-After says."""
    deadline = time.monotonic() + RECOVERY_S
    while (answer := client.get(f"/api/v1/{question}")).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert answer.status_code == 200, answer.text
    return answer.content
