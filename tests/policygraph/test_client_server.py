"""What the client makes of servers that are busy, slow, away, or none of ours."""

from collections.abc import Iterator

import httpx2
import pytest

from graph.errors import NotFound, PolicygraphError, StillBeingMade, StoreAway, StoreBusy, StoreError, StoreUnusable
from policygraph.client.connection import TRIES
from policygraph.client.graph import Graph
from policygraph.client.opening import open_graph

STATS = {"version": 1, "url": "x.db", "nodes": {}, "edges": {}, "claims": 0, "batches": {}, "documents": 0}
HEALTHY = httpx2.Response(200, json={"status": "ok", "version": "1"})


def problem(status: int, title: str, detail: str, *, retry_after: str = "0") -> httpx2.Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": "/"}
    headers = {"content-type": "application/problem+json", "retry-after": retry_after}
    return httpx2.Response(status, json=body, headers=headers)


def busy() -> httpx2.Response:
    return problem(503, "Store is busy", "examples.db: another program holds it")


class Server:
    """Gives these answers, one after the other, to what is asked beside its health."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self._answers: Iterator[httpx2.Response | Exception] = iter(answers)
        self.asked: list[httpx2.URL] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """The next answer."""
        if request.url.path.endswith("/healthz"):
            return HEALTHY
        self.asked.append(request.url)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def graph(self, *, url: str = "http://policies.test:8000", wait_s: float = 60.0) -> Graph:
        """A client of it."""
        return open_graph(url, transport=httpx2.MockTransport(self), wait_s=wait_s)


def test_a_busy_server_is_asked_again() -> None:
    server = Server(busy(), busy(), httpx2.Response(200, json=STATS))
    with server.graph() as graph:
        assert graph.stats().result.url == "x.db"
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_given_up() -> None:
    server = Server(*(busy() for _ in range(TRIES + 1)))
    with server.graph() as graph, pytest.raises(StoreBusy, match="another program holds it"):
        graph.stats()
    assert len(server.asked) == TRIES


def test_an_answer_in_the_making_is_waited_for() -> None:
    pending = httpx2.Response(202, json={"status": "pending"}, headers={"retry-after": "0"})
    server = Server(*[pending] * 10, httpx2.Response(200, json=STATS))
    with server.graph() as graph:
        assert graph.stats().result.claims == 0


def test_an_answer_that_takes_longer_than_one_waits_is_told() -> None:
    pending = httpx2.Response(202, json={"status": "pending"}, headers={"retry-after": "5"})
    with Server(pending).graph(wait_s=1) as graph, pytest.raises(StillBeingMade, match="not ready after 1 s"):
        graph.stats()


@pytest.mark.parametrize("said", ["soon", "-1", "nan"])
def test_an_odd_retry_after_is_no_reason_to_stop(said: str) -> None:
    server = Server(problem(503, "Store is busy", "busy", retry_after=said), httpx2.Response(200, json=STATS))
    with server.graph() as graph:
        assert graph.stats().result.version == 1


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (httpx2.ConnectError("refused"), StoreAway, "can't be reached"),
        (httpx2.ReadTimeout("slow"), StoreAway, "no answer in 30 s"),
        (httpx2.Response(200, text="<html>"), StoreUnusable, "no policygraph server"),
        (httpx2.Response(200, json={"nodes": 3}), StoreUnusable, "one version"),
        (httpx2.Response(200, json=[]), StoreUnusable, "one version"),
        (httpx2.Response(404, text="not here"), StoreUnusable, "no policygraph server"),
        (httpx2.Response(502, text="<h1>Bad gateway"), StoreUnusable, "no policygraph server"),
        (problem(500, "Something went wrong", "the server failed"), PolicygraphError, "the server failed"),
        (problem(418, "Teapot", "no coffee"), PolicygraphError, "no coffee"),
        (problem(404, "Not Found", "there is nothing at /"), NotFound, "there is nothing"),
        (problem(504, "Gateway", "too long"), StoreError, "too long"),
    ],
)
def test_what_goes_wrong_is_an_error_of_ours(
    answer: httpx2.Response | Exception, kind: type[PolicygraphError], message: str
) -> None:
    with Server(answer).graph() as graph, pytest.raises(kind, match=message) as raised:
        graph.stats()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "https://127.0.0.1:1/"])
def test_where_no_server_is_there_is_no_graph(url: str) -> None:
    with pytest.raises(StoreAway, match="is `policygraph serve` running there"):
        open_graph(url, timeout_s=5)


@pytest.mark.parametrize("url", ["http://", "http://[::", "http://a:port/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises((StoreUnusable, StoreAway)):
        open_graph(url, timeout_s=5)


def test_an_address_is_taken_with_its_path_and_told_without_its_password() -> None:
    server = Server(httpx2.Response(200, json=STATS))
    with server.graph(url="https://reader:hush@policies.test/graphs/api/v1/") as graph:
        graph.stats()
        assert "hush" not in graph.url
    assert server.asked[0].path == "/graphs/api/v1/stats"


def test_a_name_with_a_slash_is_refused_before_it_leads_elsewhere() -> None:
    with Server().graph() as graph, pytest.raises(PolicygraphError, match="give the id"):
        graph.cascade("方案/2025")
