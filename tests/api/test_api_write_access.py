"""Who may write over HTTP: nobody, whoever asks from this machine, or whoever has the key."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi import Depends
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.security import WriteAccess, writable
from graph.open import open_store

KEY = "a-key-that-nobody-guesses"
Asked = Callable[..., Response]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[[WriteAccess | None], Asked]]:
    """Makes what posts to a route that writes, of an app with this access."""
    with ExitStack() as stack:
        store = stack.enter_context(open_store(str(tmp_path / "empty.db")))

        def serving(access: WriteAccess | None) -> Asked:
            app = create_app(store, static=Path("nowhere"), write_access=access)
            app.post("/api/v1/probe", dependencies=[Depends(writable)])(lambda: "written")
            client = stack.enter_context(TestClient(app, base_url="http://localhost:8000"))
            return lambda **headers: client.post(
                "/api/v1/probe",
                headers={name.replace("_", "-"): text.encode("latin-1") for name, text in headers.items()},
            )

        yield serving


def test_a_server_that_was_not_made_writable_says_how_to(ask: Callable[[WriteAccess | None], Asked]) -> None:
    answer = ask(None)()
    assert answer.status_code == 403
    assert "serve --writable" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1"},
        {"host": "[::1]:8000"},
        {"origin": "http://localhost:8000", "sec_fetch_site": "same-origin"},
        {"host": "LOCALHOST:8000", "origin": "http://localhost:8000"},
    ],
)
def test_without_a_key_this_machine_writes(ask: Callable[[WriteAccess | None], Asked], headers: dict[str, str]) -> None:
    assert ask(WriteAccess())(**headers).json() == "written"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rebound.example"},
        {"host": "localhost.rebound.example:8000"},
        {"host": "127.0.0.1.rebound.example"},
        {"host": "192.168.1.7:8000"},
        {"host": "user@localhost"},
        {"host": ""},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://localhost:3000"},
        {"origin": "https://localhost:8000"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"x_forwarded_for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
        {"authorization": f"Bearer {KEY}", "origin": "https://elsewhere.example"},
    ],
)
def test_without_a_key_nothing_from_elsewhere_writes(
    ask: Callable[[WriteAccess | None], Asked], headers: dict[str, str]
) -> None:
    answer = ask(WriteAccess())(**headers)
    assert answer.status_code == 403
    assert "POLICYGRAPH_API_KEY" in answer.json()["detail"]


@pytest.mark.parametrize("headers", [{"authorization": f"Bearer {KEY}"}, {"x_api_key": KEY}])
def test_the_key_writes_from_anywhere(ask: Callable[[WriteAccess | None], Asked], headers: dict[str, str]) -> None:
    assert ask(WriteAccess(KEY))(**headers, host="graph.example").json() == "written"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer another"},
        {"authorization": KEY},
        {"authorization": f"Basic {KEY}"},
        {"x_api_key": KEY + " x"},
        {"x_api_key": "schlüssel"},
        {"x_api_key": ""},
    ],
)
def test_no_key_or_another_is_401_and_is_not_repeated(
    ask: Callable[[WriteAccess | None], Asked], headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask(WriteAccess(KEY))(**headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert KEY not in answer.text + caplog.text + repr(WriteAccess(KEY))
