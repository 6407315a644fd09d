"""Answers made lately, so that the next page of a long list does not make the list again."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.store import Store

T = TypeVar("T")


class KeptAnswers(Generic[T]):
    """The last few answers of each open store; an answer counts for the version of the store that it was made from."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._answers: WeakKeyDictionary[Store, OrderedDict[tuple[int, str], T]] = WeakKeyDictionary()

    def has(self, store: Store, question: str) -> bool:
        """Whether there is an answer to the question, which may be of a version that has gone."""
        with self._lock:
            return any(question == kept for _, kept in self._answers.get(store, ()))

    def get(self, store: Store, question: str, make: Callable[[], T], *, version: int | None = None) -> T:
        """The kept answer to the question, or a new one; `version` is the store's, where the caller has just read it.

        One that the store changed under, which may be half of the old version and half of the new, is not found again:
        its version has gone.
        """
        key = store.version if version is None else version, question
        with self._lock:
            answers = self._answers.setdefault(store, OrderedDict())
            if key in answers:
                answers.move_to_end(key)
                return answers[key]
        made = make()
        with self._lock:
            answers[key] = made
            while len(answers) > self._size:
                answers.popitem(last=False)
        return made
