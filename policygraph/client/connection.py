"""GET requests to a server, asked again where it says that it is busy or not ready yet."""

import time
from collections.abc import Mapping
from typing import Any

import httpx2

from graph.errors import PolicygraphError, StillBeingMade, StoreAway, StoreUnusable
from policygraph.client.problems import error_of

PREFIX = "/api/v1"
TRIES = 4
"""So often a server that is busy or away is asked."""
_LONGEST_PAUSE_S = 30.0
_PAUSE_S = 1.0
_BUSY = 503
_NOT_READY = 202


class Connection:
    """A server of policygraph by its address, with or without /api/v1 at its end."""

    def __init__(self, url: str, *, timeout_s: float, wait_s: float, transport: httpx2.BaseTransport | None) -> None:
        try:
            parsed = httpx2.URL(url.rstrip("/").removesuffix(PREFIX))
            self._client = httpx2.Client(base_url=parsed, timeout=timeout_s, follow_redirects=True, transport=transport)
        except (httpx2.InvalidURL, TypeError) as error:
            raise StoreUnusable(
                f"{url[:200]!r} is no address of a server; give one like http://127.0.0.1:8000"
            ) from error
        self.url = str(parsed.copy_with(username=None, password=None))
        self._timeout_s, self._wait_s = timeout_s, wait_s

    def check(self) -> None:
        """Raise StoreAway if no server answers there, StoreUnusable if it is none of ours."""
        health = self._json(self._asked("/healthz", {}))
        if not isinstance(health, dict) or "version" not in health:
            raise self._not_ours()

    def get(self, route: str, parameters: Mapping[str, Any]) -> httpx2.Response:
        """The answer of a route, waited for while it is being made; raises the error that the server tells of."""
        return self._asked(PREFIX + route, parameters)

    def get_json(self, route: str, parameters: Mapping[str, Any]) -> Any:
        """The answer of a route as JSON."""
        return self._json(self.get(route, parameters))

    def close(self) -> None:
        """Close it."""
        self._client.close()

    def _asked(self, path: str, parameters: Mapping[str, Any]) -> httpx2.Response:
        until = time.monotonic() + self._wait_s
        busy = 0
        while True:
            answer = self._answer(path, parameters)
            if answer.status_code == _BUSY:
                busy += 1
            if not _is_worth_asking_again(answer, busy) or time.monotonic() + _pause_s(answer) > until:
                return self._checked(answer)
            time.sleep(_pause_s(answer))

    def _answer(self, path: str, parameters: Mapping[str, Any]) -> httpx2.Response:
        try:
            return self._client.get(path, params=dict(parameters))
        except httpx2.TimeoutException as error:
            raise StoreAway(
                f"{self.url}: no answer in {self._timeout_s:g} s; ask for less, or wait longer with timeout_s"
            ) from error
        except (httpx2.HTTPError, OSError) as error:
            raise StoreAway(
                f"{self.url}: the server can't be reached ({error}); is `policygraph serve` running there?"
            ) from error

    def _checked(self, answer: httpx2.Response) -> httpx2.Response:
        if answer.status_code == httpx2.codes.OK:
            return answer
        if answer.status_code == _NOT_READY:
            raise StillBeingMade(f"{self.url}: the answer is not ready after {self._wait_s:g} s; ask again later")
        raise self._error(answer)

    def _error(self, answer: httpx2.Response) -> PolicygraphError:
        if answer.headers.get("content-type", "").partition(";")[0] != "application/problem+json":
            return self._not_ours()
        return error_of(self._json(answer), self.url)

    def _json(self, answer: httpx2.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            raise self._not_ours() from error

    def _not_ours(self) -> StoreUnusable:
        return StoreUnusable(f"{self.url}: what answers there is no policygraph server; check the address")


def _is_worth_asking_again(answer: httpx2.Response, busy: int) -> bool:
    return answer.status_code == _NOT_READY or (answer.status_code == _BUSY and busy < TRIES)


def _pause_s(answer: httpx2.Response) -> float:
    """How long the server says to wait, within reason; the date that it may say instead is not read."""
    said = answer.headers.get("retry-after", "")
    return min(float(said), _LONGEST_PAUSE_S) if said.isdecimal() else _PAUSE_S
