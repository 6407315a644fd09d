"""Asynchronous code of a test in a thread of its own: the browser of other tests keeps a loop in the main one."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

T = TypeVar("T")


def run_alone(asked: Callable[[], Awaitable[T]]) -> T:
    """What comes of it, or its error."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(anyio.run, asked).result()
