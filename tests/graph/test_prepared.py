"""Answers made in the background: once, for one version of the store, and with their errors."""

from pathlib import Path
from threading import Event

import pytest

from graph.errors import NotFound, StillBeingMade, StoreBusy
from graph.open import open_store
from graph.queries import prepared
from graph.queries.prepared import PreparedAnswers
from tests.graph.making import curated, node


def test_an_answer_is_made_once_and_kept_for_a_version_of_the_store(tmp_path: Path) -> None:
    made: list[int] = []
    answers: PreparedAnswers[int] = PreparedAnswers(4)
    with open_store(str(tmp_path / "s.db")) as store:

        def make() -> int:
            made.append(len(made))
            return len(made)

        assert [answers.get(store, "one", make) for _ in range(3)] == [1, 1, 1]
        store.write(curated(node("goal:1", "Goal", "目标")))
        assert answers.get(store, "one", make) == 2


def test_an_answer_that_is_not_ready_is_waited_for_only_so_long(tmp_path: Path) -> None:
    go_on = Event()
    answers: PreparedAnswers[bool] = PreparedAnswers(4)
    with open_store(str(tmp_path / "s.db")) as store:
        with pytest.raises(StillBeingMade, match="ask again"):
            answers.get(store, "one", lambda: go_on.wait(30), wait_s=0)
        go_on.set()
        assert answers.get(store, "one", lambda: False)


def test_an_answer_that_fails_says_why_and_is_made_anew(tmp_path: Path) -> None:
    answers: PreparedAnswers[int] = PreparedAnswers(4)

    def fail() -> int:
        raise NotFound("nobody")

    with open_store(str(tmp_path / "s.db")) as store:
        with pytest.raises(NotFound, match="nobody"):
            answers.get(store, "one", fail)
        assert answers.get(store, "one", lambda: 1) == 1


def test_too_many_answers_at_once_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST_WAITING", 2)
    go_on = Event()
    answers: PreparedAnswers[bool] = PreparedAnswers(1)
    with open_store(str(tmp_path / "s.db")) as store:
        for question in ("one", "two"):
            with pytest.raises(StillBeingMade):
                answers.get(store, question, lambda: go_on.wait(30), wait_s=0)
        with pytest.raises(StoreBusy, match="in the making"):
            answers.get(store, "three", lambda: True)
        go_on.set()
        assert answers.get(store, "one", lambda: False)


def test_an_answer_that_the_store_changed_under_is_not_kept(tmp_path: Path) -> None:
    answers: PreparedAnswers[int] = PreparedAnswers(4)
    with open_store(str(tmp_path / "s.db")) as store:

        def make() -> int:
            store.write(curated(node("goal:1", "Goal", "目标")))
            return 1

        assert answers.get(store, "one", make) == 1
        assert answers.get(store, "one", lambda: 2) == 2
