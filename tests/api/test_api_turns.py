"""How many questions are answered at once, and what becomes of those that wait."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.turns import Turns
from graph.open import open_store
from tests import small_graph as small
from tests.own_loop import run_alone

QUESTION = "/api/v1/search"


class Slow:
    """An app that takes its time before an answer begins, and before it ends; it knows how many it answers."""

    def __init__(self, before_s: float, within_s: float = 0.0) -> None:
        self.pauses = before_s, within_s
        self.at_work = 0
        self.most = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200."""
        before_s, within_s = self.pauses
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        await asyncio.sleep(before_s)
        self.at_work -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(within_s)
        await send({"type": "http.response.body", "body": b""})


def asked(app: Callable[[Scope, Receive, Send], Awaitable[None]], paths: list[str]) -> list[int]:
    """The statuses of the answers to questions that are asked at once."""

    async def ask(path: str) -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "state": {}}
        await app(scope, receive, send)
        return statuses[0]

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(ask(path) for path in paths))

    return run_alone(all_of_them)


def test_no_more_questions_are_answered_at_once_than_have_a_turn() -> None:
    slow = Slow(0.01)
    assert asked(Turns(slow, at_once=2), [QUESTION] * 9) == [200] * 9
    assert slow.most == 2


@pytest.mark.parametrize("path", ["/healthz", "/", "/api/v1/networks/partnership", "/api/v1/export"])
def test_what_is_no_bounded_question_waits_for_no_turn(path: str) -> None:
    slow = Slow(0.01)
    assert asked(Turns(slow, at_once=1), [path] * 3) == [200] * 3
    assert slow.most == 3


def test_a_turn_ends_when_the_answer_begins() -> None:
    app = Turns(Slow(0.0, within_s=0.3), at_once=1, longest_wait_s=0.2)
    assert asked(app, [QUESTION] * 3) == [200] * 3


def test_who_waits_too_long_for_a_turn_is_told_to_ask_again() -> None:
    app = Turns(Slow(0.3), at_once=1, longest_wait_s=0.05)
    assert sorted(asked(app, [QUESTION] * 3)) == [200, 503, 503]
    assert asked(app, [QUESTION]) == [200], "a turn that nobody took is free again"


def test_a_turn_ends_with_a_question_that_fails() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError(scope["path"])

    app = Turns(failing, at_once=1, longest_wait_s=0.05)
    for _ in range(2):
        with pytest.raises(ValueError, match="search"):
            asked(app, [QUESTION])


def test_many_at_once_all_get_the_answer_of_one_alone(tmp_path: Path) -> None:
    with (
        open_store(str(tmp_path / "small.db")) as store,
        TestClient(create_app(store, static=Path("nowhere"))) as client,
        ThreadPoolExecutor(12) as threads,
    ):
        store.write(small.plan())
        alone = client.get(QUESTION, params={"q": "云州"})
        answers = list(threads.map(lambda _: client.get(QUESTION, params={"q": "云州"}), range(24)))
    assert alone.status_code == 200
    assert {answer.text for answer in answers} == {alone.text}
