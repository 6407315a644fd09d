"""Servers that refuse, are away, or are killed: one clear line each, and what was stored stays whole."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import GraphDatabase, Transaction

from graph.errors import PolicygraphError, StoreAway, StoreBusy, StoreReadOnly, StoreTooSmall, StoreUnusable
from graph.neo4j import connections
from graph.neo4j.access import Neo4jAccess
from graph.neo4j.batches import turn_for_id
from graph.neo4j.connections import Connections, Turn
from graph.neo4j.store import Neo4jStore
from graph.open import open_store
from graph.store import Written
from tests.graph.kill_writer import batch as measures
from tests.graph.making import curated, dump, node
from tests.neo4j.server import START_S, USER, Server
from tests.neo4j.shared import Place

GOAL = node("goal:1", "Goal", "目标")


def said(error: pytest.ExceptionInfo[PolicygraphError]) -> str:
    """The line of an error; it tells no password."""
    line = str(error.value)
    assert "\n" not in line
    assert "secret" not in line
    return line


@pytest.fixture
def own_place(own_server: Server) -> Place:
    """The server with its usual settings, and nothing in it."""
    own_server.restart({})
    place = Place(own_server.url, Neo4jAccess(USER, own_server.password))
    place.run("MATCH (n) DETACH DELETE n")
    return place


@contextmanager
def hand(place: Place) -> Iterator[Transaction]:
    """A transaction of somebody else, which is rolled back."""
    auth = (place.access.user, place.access.password)
    with GraphDatabase.driver(place.url, auth=auth) as driver, driver.session() as session:
        transaction = session.begin_transaction()
        try:
            yield transaction
        finally:
            transaction.close()


def take(transaction: Transaction, *nodes: str) -> None:
    """Have a transaction lock nodes of ours."""
    statement = "UNWIND $nodes AS id MATCH (n:PolicyGraph {id: id}) SET n.theirs = 1"
    transaction.run(statement, nodes=nodes).consume()


def await_blocked(place: Place) -> None:
    """Return when one transaction waits for another."""
    while not place.run("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"):
        time.sleep(0.05)


def test_a_wrong_password_is_refused_without_being_told(neo4j_place: Place) -> None:
    for access in (replace(neo4j_place.access, password="secret"), replace(neo4j_place.access, user="nobody")):
        with pytest.raises(StoreUnusable) as raised:
            open_store(neo4j_place.url, access=access)
        assert "the server refuses user or password" in said(raised)


def test_a_password_in_an_address_is_refused_without_being_told() -> None:
    with pytest.raises(StoreUnusable, match="an address holds no user and no password") as raised:
        open_store("neo4j://neo4j:secret@localhost:7687")
    said(raised)


def test_an_access_does_not_show_its_password() -> None:
    assert "secret" not in repr(Neo4jAccess(password="secret"))


def test_an_unknown_host_is_not_waited_for() -> None:
    started = time.monotonic()
    with pytest.raises(StoreAway, match="there is no host of that name"):
        open_store("neo4j://no-such-host.invalid:7687")
    assert time.monotonic() - started < 9


def test_an_unknown_database_is_named(neo4j_place: Place) -> None:
    with pytest.raises(StoreUnusable, match="there is no database plans; set POLICYGRAPH_NEO4J_DATABASE"):
        open_store(neo4j_place.url, access=replace(neo4j_place.access, database="plans"))


def test_the_servers_own_database_is_no_place_for_a_graph() -> None:
    with pytest.raises(StoreUnusable, match="database system is the server's own; set POLICYGRAPH_NEO4J_DATABASE"):
        Neo4jAccess(database="system")


def test_a_first_password_has_to_be_changed(own_place: Place) -> None:
    own_place.run("CREATE OR REPLACE USER novice SET PASSWORD 'secret-at-first' CHANGE REQUIRED")
    with pytest.raises(StoreUnusable, match="the first password has to be changed before") as raised:
        open_store(own_place.url, access=Neo4jAccess("novice", "secret-at-first"))
    said(raised)


@pytest.mark.parametrize("url", ["neo4j://", "neo4j://localhost:99999", "neo4j://[::1", "bolt://localhost:7687/plans"])
def test_a_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(StoreUnusable):
        open_store(url)


@pytest.mark.parametrize("label", ["", "a b", "x`) DETACH DELETE n //", "标签", "9a", "a" * 61])
def test_a_label_that_is_no_plain_word_is_refused(label: str) -> None:
    with pytest.raises(StoreUnusable, match="a label is up to 60 letters and digits"):
        Neo4jAccess(label=label)


def test_a_server_that_does_not_encrypt_is_told_from_one_that_is_away(neo4j_place: Place) -> None:
    with pytest.raises(StoreUnusable, match="no encrypted connection"):
        open_store(neo4j_place.url.replace("neo4j://", "bolt+s://"), access=neo4j_place.access, timeout_s=0.5)


def test_a_server_that_does_not_answer_is_waited_for_no_longer_than_is_allowed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        started = time.monotonic()
        with pytest.raises(StoreAway, match="the server does not answer; start it"):
            open_store(f"neo4j://127.0.0.1:{taken.getsockname()[1]}", timeout_s=1)
        assert time.monotonic() - started < 9


def test_there_is_no_store_where_nothing_was_loaded(neo4j_place: Place) -> None:
    access = replace(neo4j_place.access, label="PolicyGraphNever")
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreUnusable, match="there is no store; load something into it first"):
            open_store(neo4j_place.url, access=access, **options)
    assert neo4j_place.run("MATCH (n:PolicyGraphNever) RETURN n") == []


@pytest.mark.parametrize(
    ("schema", "line"),
    [
        (0, "made by an older policygraph .* export it with that one .* under another POLICYGRAPH_NEO4J_LABEL"),
        (99, "made by a newer policygraph .schema 99, this one"),
        ("?", "has no version, so it is damaged or somebody else's"),
        (None, "has no version, so it is damaged or somebody else's"),
    ],
)
def test_a_store_of_another_version_is_named(own_place: Place, schema: object, line: str) -> None:
    own_place.open().close()
    own_place.run("MATCH (m:PolicyGraphStore) SET m.schema = $schema", schema=schema)
    with pytest.raises(StoreUnusable, match=line):
        own_place.open()


def test_an_index_that_somebody_dropped_is_made_again(own_place: Place) -> None:
    with own_place.open() as store:
        store.write(curated(GOAL))
    own_place.run("DROP INDEX PolicyGraph_search")
    with own_place.open() as store:
        assert [hit.node.id for hit in store.search("目标")] == ["goal:1"]


def test_a_store_opened_for_reading_refuses_to_write(own_place: Place) -> None:
    own_place.open().close()
    with own_place.open(read_only=True) as store:
        assert store.nodes(["goal:1"]) == {}
        for change in (lambda: store.write(curated(GOAL)), lambda: store.retract("batch:1")):
            with pytest.raises(StoreReadOnly, match="opened for reading only"):
                change()


def test_a_closed_store_says_so(own_place: Place) -> None:
    store = own_place.open()
    store.close()
    for use in (store.list_nodes, store.batches, lambda: store.write(curated(GOAL))):
        with pytest.raises(StoreUnusable, match="closed already"):
            use()


def test_a_store_that_somebody_deletes_while_it_is_open_is_not_written_to(own_place: Place) -> None:
    with own_place.open() as store:
        store.write(curated(node("goal:1", "Goal", "目标")))
        own_place.run(f"MATCH (n:{own_place.access.label}) DETACH DELETE n")
        with pytest.raises(StoreUnusable, match="the store is there no more; open it again"):
            store.write(curated(node("goal:1", "Goal", "目标")))
    with own_place.open() as store:
        assert store.write(curated(node("goal:1", "Goal", "目标"))) is Written.ADDED


def test_a_store_that_another_program_writes_to_is_busy_after_a_while(own_place: Place) -> None:
    with own_place.open(timeout_s=1) as store:
        store.write(curated(GOAL))
        with hand(own_place) as other:
            other.run("MATCH (m:PolicyGraphStore) SET m.theirs = 1").consume()
            with pytest.raises(StoreBusy, match=r"another program is writing to it .*; try again"):
                store.write(curated(GOAL, version="2"))
            assert store.nodes(["goal:1"])
        store.write(curated(GOAL, version="2"))


def test_who_has_its_turn_may_take_longer_than_others_wait_for_one(own_place: Place) -> None:
    own_place.open().close()
    opened = Connections.open(own_place.url, access=own_place.access, read_only=False, timeout_s=1)

    def hold(turn: Turn) -> int:
        time.sleep(3)
        return turn.version

    try:
        assert opened.write(turn_for_id("batch:1"), hold) == 0
    finally:
        opened.close()


def test_rows_of_documents_stand_in_no_log_of_the_driver(own_place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="neo4j")
    with own_place.open() as store:
        store.write(curated(node("goal:1", "Goal", "不外传的目标")))
        written = caplog.text
        assert store.nodes(["goal:1"])["goal:1"].name == "不外传的目标"
    assert "<1 rows>" in written
    assert "不外传的目标" not in written


def test_a_deadlock_with_another_program_is_tried_again(own_place: Place, caplog: pytest.LogCaptureFixture) -> None:
    ours = [node(f"goal:{n}", "Goal", "目标") for n in range(2)]
    theirs = [f"goal:{n}" for n in range(1, 200)]  # the server sends back who holds the fewer locks
    with own_place.open() as store:
        store.write(curated(*ours))
        store.write(curated(*(node(id_, "Goal", "目标") for id_ in theirs), id_="batch:2"))
        with ThreadPoolExecutor() as pool, hand(own_place) as other:
            take(other, *theirs)
            written = pool.submit(store.write, curated(*ours, version="2"))
            await_blocked(own_place)
            take(other, "goal:0")
            other.close()
            assert written.result() is Written.REPLACED
        assert store.batches()[0].version == "2"
    assert [record for record in caplog.records if "DeadlockDetected" in record.getMessage()]


def test_a_batch_beyond_the_memory_of_the_server_is_refused_whole(own_server: Server, own_place: Place) -> None:
    with own_place.open() as store:
        store.write(curated(GOAL))
    own_server.restart({"db.memory.transaction.max": "4m"})
    many = [node(f"measure:{n}", "Measure", "任务" * 50) for n in range(8_000)]
    with own_place.open() as store:
        before = dump(store)
        with pytest.raises(StoreTooSmall, match="needs more memory than the server gives one transaction"):
            store.write(curated(*many, id_="batch:2"))
        assert (dump(store), store.version) == (before, 1)


def test_what_takes_longer_than_the_server_allows_is_told(own_server: Server, own_place: Place) -> None:
    many = [node(f"measure:{n}", "Measure", "任务" * 50) for n in range(20_000)]
    with own_place.open() as store:
        own_server.restart({"db.transaction.timeout": "3s"})
        with pytest.raises(StoreBusy, match=r"or db\.transaction\.timeout is too short for a batch"):
            store.write(curated(*many))
        assert store.version == 0


@pytest.fixture
def theirs(own_place: Place) -> Iterator[Callable[[str], None]]:
    """Makes a constraint or an index of somebody else's on names of policies, which is gone in the end."""
    made = []

    def make(kind: str) -> None:
        rule = "REQUIRE p.name IS UNIQUE" if kind == "CONSTRAINT" else "ON (p.name)"
        own_place.run(f"CREATE {kind} theirs FOR (p:Policy) {rule}")
        made.append(kind)

    yield make
    for kind in made:
        own_place.run(f"DROP {kind} theirs")


def test_a_constraint_of_others_that_the_graph_breaks_is_named(own_place: Place, theirs: Callable[[str], None]) -> None:
    theirs("CONSTRAINT")
    with own_place.open() as store:
        own_place.run("CREATE (:Policy {name: '规划'})")
        with pytest.raises(StoreUnusable, match=r"a constraint of somebody else's .*`Policy`.* drop that constraint"):
            store.write(curated(node("policy:1", "Policy", "规划")))
        assert store.version == 0
        assert store.write(curated(node("policy:1", "Policy", "规划二"))) is Written.ADDED


def test_an_index_of_others_that_a_long_name_does_not_fit_is_named(
    own_place: Place, theirs: Callable[[str], None]
) -> None:
    theirs("INDEX")
    with own_place.open() as store:
        with pytest.raises(StoreUnusable, match="too long for index theirs of the database, nothing was changed"):
            store.write(curated(node("policy:1", "Policy", "长" * 20_000)))
        assert store.version == 0


def test_a_database_that_may_only_be_read_is_read(own_server: Server, own_place: Place) -> None:
    with own_place.open() as store:
        store.write(curated(GOAL))
    own_server.restart({"server.databases.default_to_read_only": "true"})
    with own_place.open() as store:
        assert store.search("目标")[0].node.id == "goal:1"
        assert store.counts().claims == 1
        with pytest.raises(StoreReadOnly, match="may not be written"):
            store.write(curated(GOAL, version="2"))
        with pytest.raises(StoreReadOnly, match="may not be written"):
            store.retract("batch:1")


def test_a_server_that_is_starting_is_waited_for(
    own_server: Server, own_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_START_S", START_S)  # on a busy machine it takes longer than people should wait
    own_server.kill()
    own_server.launch()
    with own_place.open(timeout_s=START_S) as store:
        assert store.write(curated(GOAL)) is Written.ADDED


def test_a_server_that_is_killed_while_it_writes_has_whole_batches_and_is_found_again(
    own_server: Server, own_place: Place, tmp_path: Path
) -> None:
    with own_place.open(timeout_s=60) as store:
        committed: list[int] = []
        failures: list[Exception] = []

        def load() -> None:
            try:
                for version in range(1, 13):
                    store.write(measures(version % 4, version))
                    committed.append(version)
            except PolicygraphError as error:
                failures.append(error)

        loader = threading.Thread(target=load)
        loader.start()
        while len(committed) < 3 and loader.is_alive():
            time.sleep(0.01)
        own_server.kill()
        with (
            pytest.raises(StoreAway, match="does not answer"),
            Neo4jStore.open(own_place.url, access=own_place.access, timeout_s=0.2),
        ):
            pass
        own_server.start()
        loader.join()
        assert failures == []
        assert committed == list(range(1, 13))
        whole = [measures(version % 4, version) for version in range(9, 13)]
        with open_store(str(tmp_path / "fresh.db")) as fresh:
            for batch in whole:
                fresh.write(batch)
            assert dump(store, "jsonl") == dump(fresh, "jsonl")
            assert dump(store) == dump(fresh)
