"""Writing one thing after the other, where the next is made while the server commits the last."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
Done = TypeVar("Done")

HEAD_START_S = 0.002
"""For the commit to be sent: a thread that computes leaves others no turn for 5 ms."""


def in_turn(
    items: Iterable[Item], *, make: Callable[[Item], Made], write: Callable[[Made, Callable[[], None]], Done]
) -> Iterator[tuple[Item, Done]]:
    """Per item, in order, what the write of what is made of it gives; when that is told, nothing is being written.

    `write` calls its second argument when there is only the commit left to wait for: then the next item is taken and
    made, in the caller's thread. An error of that comes behind what was written before; one of writing ends it all.
    """
    following = ((item, make(item)) for item in items)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="neo4j-write") as pool:
        now = next(following, None)
        while now is not None:
            item, made = now
            is_idle = Event()
            writing = pool.submit(write, made, is_idle.set)
            writing.add_done_callback(lambda _, wake=is_idle.set: wake())  # type: ignore[misc]  # what fails has no commit
            is_idle.wait()
            time.sleep(HEAD_START_S)
            try:
                now = next(following, None)
            finally:
                yield item, writing.result()
