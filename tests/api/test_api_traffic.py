"""What stands around every answer: ids and the log of requests, tags, other origins, limits, health."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import Response
from fastapi.testclient import TestClient

from api.app import create_app
from api.csv_answers import csv_answer
from api.limits import LONGEST_URL
from api.logs import LogForm, log_to
from graph.errors import RefusedInput, StoreAway
from graph.open import open_store
from graph.store import Store
from tests import small_graph as small

NOWHERE = Path("nowhere")
QUESTIONS = ("stats", "ontology", "chains", "search?q=学院", "nodes/place:990100", "chains?as=csv", "export")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "small.db")) as opened:
        opened.write(small.plan())
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, static=NOWHERE)) as opened:
        yield opened


@pytest.fixture
def logged() -> Iterator[Callable[[LogForm], io.StringIO]]:
    """Has the log written to where the test reads it, and puts back what was there."""
    loggers = [logging.getLogger(name) for name in ("policygraph", "uvicorn.error")]
    before = [(one, one.handlers, one.level, one.propagate) for one in loggers]

    def start(form: LogForm) -> io.StringIO:
        stream = io.StringIO()
        log_to(stream, form)
        return stream

    yield start
    for one, handlers, level, propagates in before:
        one.handlers, one.propagate = handlers, propagates
        one.setLevel(level)


def test_every_request_has_an_id_in_header_and_problem(client: TestClient) -> None:
    answers = [client.get(path) for path in ("/api/v1/stats", "/", "/nowhere", "/api/v1/chains?regio=1")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(ids)) == 4 and all(ids)
    assert [answer.json()["request_id"] for answer in answers[2:]] == ids[2:]


@pytest.mark.parametrize(("given", "is_taken"), [("trace-1.a", True), ("a" * 65, False), ("a b", False), ("", False)])
def test_a_callers_own_id_is_taken_if_it_is_one(client: TestClient, given: str, is_taken: bool) -> None:
    answer = client.get("/nowhere", headers={"X-Request-ID": given})
    assert (answer.headers["x-request-id"] == given) is is_taken


def test_a_request_is_one_line_of_json(client: TestClient, logged: Callable[[LogForm], io.StringIO]) -> None:
    stream = logged(LogForm.JSON)
    client.get("/api/v1/chains", params={"region": "云州市", "limit": 1}, headers={"X-Request-ID": "one"})
    client.get("/no%0Awhere")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["request_id"], first["status"], first["path"]) == ("one", 200, "/api/v1/chains")
    assert first["query"] == {"region": "云州市", "limit": "1"}
    assert first["bytes"] > 100 and first["ms"] > 0 and first["time"].endswith("+00:00")
    assert second["status"] == 404


@pytest.mark.parametrize("form", [LogForm.JSON, LogForm.TEXT])
def test_no_secret_stands_in_the_log(
    client: TestClient, logged: Callable[[LogForm], io.StringIO], form: LogForm
) -> None:
    stream = logged(form)
    secret = {"Authorization": "Bearer hush", "X-API-Key": "hush", "Cookie": "hush"}
    client.get("/api/v1/chains", params={"api_key": "hush"}, headers=secret)
    client.get("/nowhere", params={"token": "hush"}, headers=secret)
    assert stream.getvalue() and "hush" not in stream.getvalue()


def test_no_caller_begins_a_line_of_the_log(client: TestClient, logged: Callable[[LogForm], io.StringIO]) -> None:
    stream = logged(LogForm.TEXT)
    client.get("/x%0A00:00:00%20info%20forged%1b[31m", params={"q": "a\nb"})
    client.get("/api/v1/search", params={"q": "学院\n00:00:00 info forged"})
    assert len(stream.getvalue().splitlines()) == 2
    assert "\x1b" not in stream.getvalue()


def test_a_log_that_is_off_is_silent(client: TestClient, logged: Callable[[LogForm], io.StringIO]) -> None:
    stream = logged(LogForm.OFF)
    client.get("/api/v1/stats")
    assert stream.getvalue() == ""


def test_a_defect_is_in_the_log_with_the_id_and_not_in_the_answer(
    store: Store, logged: Callable[[LogForm], io.StringIO]
) -> None:
    stream = logged(LogForm.JSON)
    app = create_app(store, static=NOWHERE)

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise ValueError("inner workings")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/broken", headers={"X-Request-ID": "two"})
    assert answer.status_code == 500 and answer.json()["request_id"] == "two"
    assert answer.headers["x-request-id"] == "two" and "content-security-policy" in answer.headers
    assert "inner workings" not in answer.text
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {line["request_id"] for line in lines} == {"two"}
    assert [line.get("status") for line in lines if line["logger"] == "policygraph.access"] == [500]
    assert any("inner workings" in line.get("traceback", "") for line in lines)


def test_what_fails_in_the_middle_of_an_answer_is_in_the_log_too(
    store: Store, logged: Callable[[LogForm], io.StringIO]
) -> None:
    stream = logged(LogForm.JSON)
    app = create_app(store, static=NOWHERE)

    def rows() -> Iterator[tuple[int]]:
        yield from ((number,) for number in range(1_000))
        raise StoreAway("gone in the middle")

    @app.get("/api/v1/breaking")
    def breaking() -> Response:
        return csv_answer("numbers", ("n",), rows())

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/breaking", headers={"X-Request-ID": "three"})
    assert answer.status_code == 200
    access, error = map(json.loads, stream.getvalue().splitlines())
    assert access["broken_off"] and access["bytes"] > 0
    assert error["request_id"] == "three" and "gone in the middle" in error["traceback"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_has_the_answer_is_told_so(client: TestClient, question: str) -> None:
    first = client.get(f"/api/v1/{question}")
    again = client.get(f"/api/v1/{question}", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"


def test_an_answer_holds_until_the_store_changes(client: TestClient, store: Store) -> None:
    tag = client.get("/api/v1/chains").headers["etag"]
    store.write(small.report())
    answer = client.get("/api/v1/chains", headers={"If-None-Match": tag})
    assert answer.status_code == 200 and answer.headers["etag"] != tag


def test_other_questions_and_other_programs_have_other_tags(client: TestClient, store: Store) -> None:
    tags = [client.get(f"/api/v1/{question}").headers["etag"] for question in QUESTIONS]
    with TestClient(create_app(store, version="2", static=NOWHERE)) as newer:
        tags.append(newer.get(f"/api/v1/{QUESTIONS[0]}").headers["etag"])
    assert len(set(tags)) == len(tags)


def test_what_is_refused_has_no_tag(client: TestClient) -> None:
    for question in ("chains?limit=0", "nodes/place:0", "chains?actor=云州"):
        answer = client.get(f"/api/v1/{question}")
        assert answer.status_code >= 400 and "etag" not in answer.headers
    tag = client.get("/api/v1/stats").headers["etag"]
    assert client.get("/api/v1/stats?x=1", headers={"If-None-Match": tag}).status_code == 400


def test_only_the_origins_that_are_named_may_read(store: Store) -> None:
    app = create_app(store, static=NOWHERE, origins=["https://a.example"])
    asking = {"Access-Control-Request-Method": "GET"}
    with TestClient(app) as client:
        for path in ("/api/v1/stats", "/nowhere"):
            named = client.get(path, headers={"Origin": "https://a.example"})
            assert named.headers["access-control-allow-origin"] == "https://a.example"
            other = client.get(path, headers={"Origin": "https://b.example"})
            assert "access-control-allow-origin" not in other.headers
        assert client.options("/api/v1/stats", headers={"Origin": "https://a.example", **asking}).status_code == 200
        assert client.options("/api/v1/stats", headers={"Origin": "https://b.example", **asking}).status_code == 400
        writing = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        assert client.options("/api/v1/stats", headers=writing).status_code == 400


@pytest.mark.parametrize("origin", ["a.example", "https://a.example/", "https://a.example/x", "null", "https://", ""])
def test_what_is_no_origin_is_refused(store: Store, origin: str) -> None:
    with pytest.raises(RefusedInput, match="no origin"):
        create_app(store, static=NOWHERE, origins=[origin])


def test_an_address_that_is_too_long_is_refused(client: TestClient) -> None:
    for url in (f"/api/v1/search?q={'a' * 60_000}", f"/{'a' * (LONGEST_URL + 1)}"):
        answer = client.get(url)
        assert answer.status_code == answer.json()["status"] == 414
        assert f"at most {LONGEST_URL:,}" in answer.json()["detail"] and len(answer.text) < 1_000


def test_a_question_that_takes_too_long_is_told_what_to_ask_for(store: Store) -> None:
    with TestClient(create_app(store, static=NOWHERE, time_limit_s=1e-9)) as client:
        answer = client.get("/api/v1/chains", params={"region": "place:990100"})
        body = answer.json()
        assert answer.status_code == 422
        assert body["title"] == "Question takes too long" and "before the answer was whole" in body["detail"]
        assert body["narrow_by"][:3] == ["policy", "issuer", "indicator"]
        assert "policy, issuer, indicator" in body["detail"]
        assert client.get("/healthz").status_code == 200


def test_an_answer_that_has_begun_is_sent_to_its_end(store: Store) -> None:
    store.write(small.report())
    with TestClient(create_app(store, static=NOWHERE, time_limit_s=3)) as client:
        whole = client.get("/api/v1/chains", params={"as": "csv"})
        assert whole.status_code == 200 and whole.text.count("\r\n") > 10


def test_a_server_lives_and_is_ready_while_its_store_answers(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "store_version": 1}


def test_a_server_without_its_store_lives_and_is_not_ready(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with open_store(str(folder / "small.db")) as store:
        store.write(small.plan())
    with open_store(str(folder / "small.db")) as store, TestClient(create_app(store, static=NOWHERE)) as client:
        folder.rename(tmp_path / "gone")
        for path in ("/readyz", "/api/v1/stats", "/api/v1/chains", "/api/v1/search?q=学院"):
            answer = client.get(path)
            assert answer.status_code == answer.json()["status"] == 503, path
            assert int(answer.headers["retry-after"]) > 0 and answer.json()["detail"]
        assert client.get("/healthz").status_code == 200
        (tmp_path / "gone").rename(folder)
        assert client.get("/readyz").status_code == 200


def test_a_store_that_was_taken_away_is_not_made_anew_and_empty(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    with open_store(str(path)) as store:
        store.write(small.plan())
    with open_store(str(path)) as store, TestClient(create_app(store, static=NOWHERE)) as client:
        path.unlink()
        assert client.get("/readyz").status_code == 503
        assert not path.exists()
