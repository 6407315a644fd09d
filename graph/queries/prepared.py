"""Answers that take long, made in the background once for each version of the store."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.errors import StillBeingMade, StoreBusy
from graph.store import Store

T = TypeVar("T")
MOST_WAITING = 8
"""So many answers may be in the making or wait for their turn, one being made at a time."""


class PreparedAnswers(Generic[T]):
    """The last few answers of each open store, ready or in the making."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._turn = Lock()
        self._answers: WeakKeyDictionary[Store, OrderedDict[tuple[int, str], Future[T]]] = WeakKeyDictionary()

    def get(self, store: Store, question: str, make: Callable[[], T], *, wait_s: float | None = None) -> T:
        """The answer to the question; without `wait_s` it is waited for.

        Raises StillBeingMade if it is not ready in `wait_s`, what making it raised, and StoreBusy where too many others
        are in the making.
        """
        key = store.version, question
        with self._lock:
            answers = self._answers.setdefault(store, OrderedDict())
            known = answers.get(key)
            answer = known or self._begin(store, answers, key)
            answers.move_to_end(key)
        if known is None:
            Thread(target=self._make, args=(store, key, make, answer), daemon=True).start()
        try:
            return answer.result(wait_s)
        except TimeoutError as error:
            raise StillBeingMade(
                "the answer is being made, once for each version of the graph; ask again in a few seconds"
            ) from error

    def _begin(
        self, store: Store, answers: "OrderedDict[tuple[int, str], Future[T]]", key: tuple[int, str]
    ) -> "Future[T]":
        if sum(not answer.done() for answer in answers.values()) >= MOST_WAITING:
            raise StoreBusy(f"{store.url}: {MOST_WAITING} large answers are in the making; try again when one is done")
        for old in [name for name, answer in answers.items() if answer.done()][: max(0, len(answers) + 1 - self._size)]:
            del answers[old]
        answers[key] = Future()
        return answers[key]

    def _make(self, store: Store, key: tuple[int, str], make: Callable[[], T], answer: "Future[T]") -> None:
        try:
            with self._turn:
                made = make()
            is_lasting = store.version == key[0]
        except BaseException as error:  # whatever it is, those who wait for the answer are the ones to get it
            self._forget(store, key)
            answer.set_exception(error)
            return
        if not is_lasting:  # half of it may be from before the store changed
            self._forget(store, key)
        answer.set_result(made)

    def _forget(self, store: Store, key: tuple[int, str]) -> None:
        """Have the answer made anew for who asks next."""
        with self._lock:
            self._answers.setdefault(store, OrderedDict()).pop(key, None)
