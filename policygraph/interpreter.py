"""How Python itself runs in a process that answers questions, and while much is loaded."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 20)
"""New objects until the youngest are looked at, and how often those until the next older ones are, twice."""
_TURN_S = 0.0005


def collect_seldom() -> None:
    """Have what was loaded at the start never be looked at again, and what answers leave behind seldom.

    An answer makes tens of thousands of small objects and hardly a cycle; as Python comes, its collector walks over
    them and the whole heap many times for each, which takes longer than the answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@contextmanager
def loading() -> Iterator[None]:
    """Have the collector look seldom at what a load makes, and a thread that sends to a server soon have its turn.

    A document is tens of thousands of objects and hardly a cycle. While one thread makes the rows of the next document,
    as Python comes the one that sends is let in 5 ms after each answer of the server.
    """
    threshold, turn_s = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(*_SELDOM)
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        sys.setswitchinterval(turn_s)
