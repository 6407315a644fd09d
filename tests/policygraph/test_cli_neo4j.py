"""Commands on a Neo4j server: `doctor`, `copy`, and use of a database that may only be read."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.security import WriteAccess
from graph.facts import BatchKind
from graph.neo4j.access import Neo4jAccess
from graph.open import open_store
from tests import small_graph
from tests.graph.making import dump
from tests.neo4j.server import USER, Server
from tests.neo4j.shared import Place
from tests.policygraph.running import Ran, Run

ON = {"server.databases.default_to_read_only": "true"}
NAMED = {"server.databases.read_only": "neo4j"}


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Place], None]:
    """Sets the environment as somebody does who works with a server."""

    def set_up(place: Place) -> None:
        monkeypatch.setenv("POLICYGRAPH_STORE", place.url)
        monkeypatch.setenv("POLICYGRAPH_NEO4J_USER", place.access.user)
        monkeypatch.setenv("POLICYGRAPH_NEO4J_PASSWORD", place.access.password)
        monkeypatch.setenv("POLICYGRAPH_NEO4J_DATABASE", place.access.database)
        monkeypatch.setenv("POLICYGRAPH_NEO4J_LABEL", place.access.label)

    return set_up


def batches(place: Place) -> list[object]:
    """The ids of the batches, as somebody else reads them."""
    return [found["id"] for found in place.run("MATCH (b:PolicyGraphBatch) RETURN b.id AS id")]


def checks(ran: Ran) -> dict[str, tuple[str, str]]:
    """State and words of each of the checks."""
    return {check["check"]: (check["state"], f"{check['says']}; {check['remedy']}") for check in json.loads(ran.out)}


@pytest.fixture
def own_place(own_server: Server) -> tuple[Server, Place]:
    """A server that may be restarted, with the plan and the report alone in it."""
    own_server.restart({})
    place = Place(own_server.url, Neo4jAccess(USER, own_server.password))
    place.run("MATCH (n) DETACH DELETE n")
    with place.open() as store:
        store.write(small_graph.plan())
        store.write(small_graph.report())
    return own_server, place


def test_doctor_looks_at_server_clock_writing_schema_and_store(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None]
) -> None:
    _, place = own_place
    use(place)
    before = place.run("MATCH (n) RETURN count(*) AS nodes")
    ran = run("doctor", "--json")
    found = checks(ran)
    assert ran.status == 0
    assert found["server"] == ("ok", "Neo4j 5.26.30, community; ")
    assert found["clock"][0] == "ok" and "this machine's" in found["clock"][1]
    assert found["writing"] == ("ok", "a node was written, read back and rolled back; ")
    assert found["schema"] == ("ok", "version 1; ")
    assert found[f"store {place.url}"][0] == "ok" and "2 batches" in found[f"store {place.url}"][1]
    assert place.run("MATCH (n) RETURN count(*) AS nodes") == before
    assert place.access.password not in ran.out + ran.err


def test_doctor_says_what_to_do_where_there_is_no_server_password_database_or_store(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, place = own_place
    use(place)
    monkeypatch.setenv("POLICYGRAPH_NEO4J_LABEL", "Other")
    assert checks(ran := run("doctor", "--json"))["schema"] == (
        "missing",
        "there is no store in the database yet; `policygraph load` makes it",
    )
    assert ran.status == 0
    place.run("MERGE (m:PolicyGraphStore:PolicyGraph {id: 'store'}) SET m.schema = 99")
    use(place)
    ran = run("doctor", "--json")
    assert (ran.status, checks(ran)["schema"][0]) == (1, "broken")
    assert "made by a newer policygraph (schema 99" in checks(ran)["schema"][1]
    for variable, value, words in (
        ("POLICYGRAPH_NEO4J_DATABASE", "nowhere", "there is no database nowhere"),
        ("POLICYGRAPH_NEO4J_PASSWORD", "wrong-secret", "refuses user or password"),
        ("POLICYGRAPH_STORE", "neo4j://127.0.0.1:1", "does not answer"),
    ):
        use(place)
        monkeypatch.setenv(variable, value)
        ran = run("doctor", "--json")
        assert ran.status == 1
        assert "wrong-secret" not in ran.out + ran.err
        state, says = checks(ran)["server"]
        assert state == "broken" and words in says


@pytest.mark.parametrize("settings", [ON, NAMED])
def test_a_database_that_may_only_be_read_answers_and_is_not_written(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None], examples: Path, settings: dict[str, str]
) -> None:
    server, place = own_place
    use(place)
    with place.open() as store:
        before = dump(store, "jsonl")
    server.restart(settings)
    for command, expected in (
        (["stats"], "Measure"),
        (["search", "学院"], small_graph.COLLEGE),
        (["chains"], small_graph.COLLEGE),
        (["network"], small_graph.COMPANY),
        (["export", "-o", "-"], small_graph.COMPANY),
    ):
        ran = run(*command)
        assert ran.status == 0 and expected in ran.out, command
    for command in (["load", str(examples)], ["unload", small_graph.PLAN]):
        ran = run(*command)
        assert ran.is_refused_in_one_line, command
        assert "may not be written" in ran.err
    ran = run("doctor", "--json")
    assert (ran.status, checks(ran)["writing"][0]) == (0, "notice")
    with place.open() as store:
        (college,) = (found.id for found in store.list_nodes("Institution", filters={"name": [small_graph.COLLEGE]}))
        app = create_app(store, static=Path("nowhere"), write_access=WriteAccess())
        with TestClient(app, base_url="http://localhost:8000") as client:
            for question in ("stats", "search?q=学院", "chains", "networks/partnership", "export?format=jsonl"):
                assert client.get(f"/api/v1/{question}").status_code in (200, 202), question
            for answer in (
                client.post("/api/v1/review", json={"verdict": "confirm", "fact": college, "by": "王"}),
                client.put(f"/api/v1/nodes/{college}/tags", json={"tags": ["新"], "by": "王"}),
                client.delete(f"/api/v1/documents/{next(b.id for b in store.batches(BatchKind.DOCUMENT))}"),
            ):
                assert answer.status_code == 403 and "may not be written" in answer.json()["detail"]
        assert dump(store, "jsonl") == before


def test_a_document_beyond_the_memory_of_the_server_is_refused_and_the_others_are_loaded(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None], tmp_path: Path
) -> None:
    server, place = own_place
    use(place)
    (tmp_path / "short.txt").write_text("云州市教育局关于印发《云州市职业教育规划》的通知\n", "utf-8")
    long = "\n".join(f"到{year}年，双师型教师占比达到{year % 90 + 10}%。" for year in range(2000, 9000))
    (tmp_path / "long.txt").write_text(f"云州市教育规划\n{long}\n", "utf-8")
    server.restart({"db.memory.transaction.max": "6m"})
    ran = run("load", tmp_path)
    assert ran.status == 1
    assert "short.txt" in ran.out and "long.txt" not in ran.out
    (line,) = [line for line in ran.err.splitlines() if line.startswith("refused: ")]
    assert "long.txt: " in line and "needs more memory than the server gives one transaction" in line


def test_a_load_whose_server_goes_away_says_what_is_loaded(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None], examples: Path
) -> None:
    server, place = own_place
    use(place)
    before = len(batches(place))
    is_over = threading.Event()

    def kill() -> None:
        while len(batches(place)) < before + 2 and not is_over.wait(0.05):  # the first of two has been heard of
            pass
        server.kill()

    with ThreadPoolExecutor() as pool:
        killed = pool.submit(kill)
        ran = run("load", examples, "--workers", 1)
        is_over.set()
        killed.result()
    assert ran.status == 1
    *_, stopped, line = ran.err.splitlines()
    assert stopped == "stopped: only these files are loaded; load again to finish"
    assert "the server does not answer" in line
    server.restart({})
    assert len(batches(place)) - before >= ran.out.count(" added ") > 0
    assert run("load", examples).status == 0
    assert len(batches(place)) - before == len([*examples.glob("*-*.*")])


def test_a_copy_goes_to_the_server_and_back(
    run: Run, own_place: tuple[Server, Place], use: Callable[[Place], None], loaded: Path, tmp_path: Path
) -> None:
    _, place = own_place
    there = replace(place, access=replace(place.access, label="Copied"))
    use(there)
    back = tmp_path / "back.db"
    for source, target in ((loaded, there.url), (there.url, back)):
        ran = run("copy", source, target)
        assert ran.status == 0, ran.err
        assert "are the same in both" in ran.err
    with open_store(str(loaded)) as store, there.open() as copy, open_store(str(back)) as again:
        assert dump(store, "jsonl") == dump(copy, "jsonl") == dump(again, "jsonl")
        assert dump(store) == dump(copy) == dump(again)
    assert "0 batches (5 were there)" in run("copy", back, there.url).err
