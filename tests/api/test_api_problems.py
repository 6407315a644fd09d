"""Bad input over HTTP: every answer says what is wrong and what is allowed, as application/problem+json."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from graph.open import open_store
from tests import small_graph as small
from tests.serving import served

ROUTES = (
    "chains",
    "search",
    "stats",
    "ontology",
    "networks/partnership",
    "nodes/place:990100",
    "evidence/place:990100",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(str(tmp_path_factory.mktemp("problems") / "small.db")) as store:
        store.write(small.plan())
        with TestClient(create_app(store, static=Path("nowhere"))) as opened:
            yield opened


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/v1/chains?regio=1", 400, "did you mean region?"),
        ("/api/v1/stats?limit=1", 400, "there are review"),
        ("/api/v1/ontology?limit=1", 400, "there are none"),
        ("/api/v1/chains?limit=501", 400, "limit: Input should be less than or equal to 500"),
        ("/api/v1/chains?limit=-1", 400, "limit"),
        ("/api/v1/chains?role=boss", 400, "'lead', 'partner', 'supporter', 'beneficiary' or 'object'"),
        ("/api/v1/chains?closeness=", 400, "closeness"),
        ("/api/v1/chains?year_from=20", 400, "year_from"),
        ("/api/v1/chains?year_from=2030&year_to=2020", 400, "swap them"),
        ("/api/v1/chains?cursor=tampered", 400, "cursor"),
        ("/api/v1/chains?policy=place:990100", 400, "is of class City; give one of class Policy"),
        ("/api/v1/chains?policy=policy:none", 404, "no Policy"),
        ("/api/v1/chains?actor=海棠职业学院&as=csv", 404, small.COLLEGE),
        ("/api/v1/chains?indicator=" + "长" * 301, 400, "indicator"),
        ("/api/v1/search", 400, "q: Field required"),
        ("/api/v1/search?q=", 400, "nothing to search for"),
        ("/api/v1/search?q=学院&label=Firm", 400, "no class Firm"),
        (
            "/api/v1/search?q=学院&kind=schol",
            400,
            "kind.0: no kind schol (did you mean school?); the kinds are law, plan",
        ),
        ("/api/v1/search?q=学院&level=1", 400, "level.0: no level 1; the levels are national"),
        ("/api/v1/search?q=学院&year=abc", 400, "year.0: Input should be a valid integer"),
        ("/api/v1/search?q=学院&limit=99999999999999999999", 400, "limit"),
        ("/api/v1/chains?role=leed", 400, "did you mean lead?"),
        ("/api/v1/chains?chosen=1&chosen=2", 400, "has no parameter “chosen”"),
        ("/api/v1/paths?from=place:990100&to=place:990100", 400, "give two different nodes"),
        ("/api/v1/subgraph?seed=place:990100&depth=99", 400, "depth: Input should be less than or equal to 6"),
        ("/api/v1/subgraph?seed=place:990100&format=xls", 400, "no format xls; the formats are"),
        ("/api/v1/cascade/place:990100", 400, "is of class City; give one of class Policy"),
        ("/api/v1/chains?region=%00", 404, "no Region"),
        ("/api/v1/search?q=学院&as=xml", 400, "'json' or 'csv'"),
        ("/api/v1/nodes/place:0", 404, "no node"),
        ("/api/v1/nodes/place:0/neighbours", 404, "no node"),
        ("/api/v1/nodes/place:990100/neighbours?types=LOVES", 400, "no relation LOVES"),
        ("/api/v1/evidence/edge:0", 404, "no node or edge"),
        ("/api/v1/networks/partnership?min_weight=0", 400, "min_weight"),
        ("/api/v1/networks/friendship", 400, "'partnership', 'issuers' or 'citations'"),
        ("/docs/secrets", 404, "nothing at"),
        ("/nowhere", 404, "nothing at /nowhere"),
    ],
)
def test_bad_input_is_a_problem(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in body["detail"]
    assert body["instance"] == path.partition("?")[0] and body["title"] and body["type"]


@pytest.mark.parametrize(
    ("id_", "status", "words"),
    [
        ("%00", 404, "no node"),
        ("%ED%A0%80", 404, "no node"),
        ("%FF%FE", 404, "no node"),
        ("a" * 301, 400, "at most 300 characters"),
        ("a" * 30_000, 400, "at most 300 characters"),
    ],
)
def test_odd_ids_are_refused_briefly(client: TestClient, id_: str, status: int, words: str) -> None:
    for path in (f"nodes/{id_}", f"nodes/{id_}/neighbours", f"evidence/{id_}"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == status and words in answer.json()["detail"] and len(answer.text) < 1_000


def test_a_name_that_fits_several_comes_with_the_candidates(client: TestClient) -> None:
    answer = client.get("/api/v1/chains", params={"actor": "云州"})
    assert answer.status_code == 409
    body = answer.json()
    assert body["exact"] is True
    assert {"id": "place:990100", "label": "City", "name": "云州市", "alias": "", "policy": ""} in body["candidates"]


def test_other_methods_are_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/chains")
    assert answer.status_code == 405 and answer.headers["content-type"] == "application/problem+json"


NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\0", "' OR 1=1 --", "MATCH (n) RETURN n", ".*(", '"', "%", "*", "NEAR(", "\u202e", "😀" * 30]),
)


@given(path=st.sampled_from(ROUTES), name=NASTY, value=NASTY)
def test_no_parameter_breaks_the_server(client: TestClient, path: str, name: str, value: str) -> None:
    for parameter in (name, "q", "actor", "cursor", "ego", "indicator"):
        query = urlencode({parameter: value}, errors="replace")
        assert client.get(f"/api/v1/{path}?{query}").status_code < 500


@given(value=NASTY)
def test_no_id_breaks_the_server(client: TestClient, value: str) -> None:
    part = quote(value.encode("utf-8", "replace"), safe="")
    for path in (f"nodes/{part}", f"nodes/{part}/neighbours", f"evidence/{part}"):
        assert client.get(f"/api/v1/{path}").status_code < 500


@pytest.mark.parametrize(
    "line", ["GET /api/v1/search?q=云州 HTTP/1.1", "GET /api/v1/search?q=a b HTTP/1.1", "\x00\x01"]
)
def test_what_is_no_http_is_a_problem_too(tmp_path: Path, line: str) -> None:
    with open_store(str(tmp_path / "empty.db")) as store, served(create_app(store, static=Path("nowhere"))) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(f"{line}\r\nHost: localhost\r\n\r\n".encode())
            head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"application/problem+json" in head
    told = json.loads(body)
    assert told["status"] == 400 and "--data-urlencode" in told["detail"] and told["request_id"].encode() in head
