"""Facts as a row of writes left them: they need not be read again for as long as nobody else has written."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Generic, TypeAlias

from graph.facts import Edge, Node
from graph.growth import FactT, Standing

Known: TypeAlias = Mapping[str, tuple[FactT, Standing]]
"""Nodes, or edges, with the standing of their claims, by their ids."""

_MOST = 5_000
"""So many nodes, and edges, are remembered; those that were written longest ago are forgotten first."""


class Remembered(Generic[FactT]):
    """Nodes, or edges, from write to write."""

    def __init__(self) -> None:
        self._committed: dict[str, tuple[FactT, Standing]] = {}
        self._written: dict[str, tuple[FactT, Standing] | None] = {}

    def of(self, ids: Iterable[str]) -> Known[FactT]:
        """Those of these ids, as they were before the transaction."""
        return {id_: self._committed[id_] for id_ in ids if id_ in self._committed}

    def __contains__(self, id_: str) -> bool:
        """Whether the fact was there, as far as is remembered; asked by any thread, it may be out of date."""
        return id_ in self._committed or id_ in self._written

    def note(self, facts: Mapping[str, tuple[FactT, Standing] | None]) -> None:
        """Remember what the transaction writes, if it is committed; None of a fact is to be read again."""
        self._written |= facts

    def begin(self, *, is_as_left: bool) -> None:
        """Forget what was not committed, and all if others have written since."""
        self._written = {}
        if not is_as_left:
            self._committed = {}

    def commit(self) -> None:
        """What was noted is what is there now."""
        for id_, fact in self._written.items():
            self._committed.pop(id_, None)  # so that it comes behind those written before
            if fact:
                self._committed[id_] = fact
        for id_ in [*islice(self._committed, max(len(self._committed) - _MOST, 0))]:
            del self._committed[id_]


class LastWritten:
    """What one writer remembers from write to write; the version of the store tells whether it still holds."""

    def __init__(self) -> None:
        self.nodes = Remembered[Node]()
        self.edges = Remembered[Edge]()
        self._version: int | None = None

    def begin(self, version: int) -> None:
        """A transaction has its turn, with the store at this version; one that failed may be followed by another."""
        for facts in (self.nodes, self.edges):
            facts.begin(is_as_left=version == self._version)
        self._version = version

    def commit(self) -> None:
        """The transaction was committed, and has raised the version by one."""
        if self._version is not None:
            self._version += 1
        self.nodes.commit()
        self.edges.commit()

    def forget(self) -> None:
        """What is there now is not known."""
        self._version = None
