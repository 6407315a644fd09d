"""The server of a store goes away while it is served: 503 until it is back, and no restart of ours."""

import time
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from graph.neo4j.access import Neo4jAccess
from tests import small_graph
from tests.neo4j.server import USER, running
from tests.neo4j.shared import Place

QUESTIONS = ("stats", "search?q=学院", "chains", "nodes/place:990100", "export?format=jsonl")
WAIT_S = 2.0
LONGEST_S = 15.0
RECOVERY_S = 60.0


def test_questions_are_answered_503_while_the_server_is_away_and_again_when_it_is_back(
    neo4j_place: Place, tmp_path: Path
) -> None:
    with running(tmp_path / "home") as server:
        place = Place(server.url, Neo4jAccess(USER, server.password))
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


def answered(client: TestClient, question: str) -> bytes:
    """The answer, asked for again while it is 503 as Retry-After says."""
    deadline = time.monotonic() + RECOVERY_S
    while (answer := client.get(f"/api/v1/{question}")).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert answer.status_code == 200, answer.text
    return answer.content
