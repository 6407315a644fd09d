"""The garbage collector in a process that answers questions."""

import gc

_NEW_OBJECTS = 50_000
_YOUNG_ROUNDS, _MIDDLE_ROUNDS = 20, 20


def collect_seldom() -> None:
    """Have what was loaded at the start never be looked at again, and what answers leave behind seldom.

    An answer makes tens of thousands of small objects and hardly a cycle; as Python comes, its collector walks over
    them and the whole heap many times for each, which takes longer than the answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG_ROUNDS, _MIDDLE_ROUNDS)
