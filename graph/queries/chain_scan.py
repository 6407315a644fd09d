"""Rows of chains as far as a page needs them, so that the first page of a large graph does not read all of it.

Rows are sorted by closeness, then by the name of their policy. Policies are read in the order of their names, a few at
a time: what is found of the nearest kind is at once in its place, and rows of the next kind wait until all policies
are read. A question that fixes a column, or a few policies, is read whole.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from threading import Lock

from graph.facts import Node
from graph.normal import sort_key
from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import Frame, load_frame
from graph.queries.chain_links import Link, key_in, links
from graph.queries.chain_rows import ChainCounts, ChainQuery, Gap
from graph.queries.closeness import ORDER, rank
from graph.queries.kept import KeptAnswers
from graph.queries.listing import iter_nodes
from graph.queries.pages import Key
from graph.store import Store

FEW_POLICIES = 100
"""A question for so many policies is read whole."""
COUNTED_ROWS = 1_000
"""Rows are read on to here for the sake of the counts, so that those of small graphs are exact."""
_MOST_AT_ONCE = 128

Group = tuple[str, ...]
_groups: KeptAnswers[tuple[Group, ...]] = KeptAnswers(1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place in the order, and the part of the graph that it was read from."""

    key: Key
    link: Link
    frame: Frame


class Scan:
    """The rows that answer a question, in order, read as they are asked for. Threads take turns."""

    def __init__(self, store: Store, wanted: Wanted) -> None:
        self._store = store
        self._wanted = wanted
        self._left: deque[Group] | None = deque(_policies_by_name(store)) if _is_wide(wanted) else None
        self._rows: dict[int, list[Placed]] = {place: [] for place in _ranks(wanted.query)}
        self._seen: tuple[set[str], ...] = (set(), set(), set(), set())
        self._next = 1
        self._is_done = False
        self._lock = Lock()

    def page(self, after: Key | None, limit: int) -> list[Placed]:
        """At most `limit` rows behind this place in the order."""
        with self._lock:
            while len(found := self._ready(after, limit)) < limit and not self._is_done:
                self._read_on()
            while self._count() < COUNTED_ROWS and not self._is_done:
                self._read_on()
            return found

    def whole(self) -> list[Placed]:
        """All rows."""
        with self._lock:
            while not self._is_done:
                self._read_on()
            return [row for rows in self._rows.values() for row in rows]

    @property
    def counts(self) -> ChainCounts:
        """Rows and different nodes of what was read so far."""
        with self._lock:
            policies, goals, measures, actors = (len(seen) for seen in self._seen)
            return ChainCounts(
                rows=self._count(),
                policies=policies,
                goals=goals,
                measures=measures,
                actors=actors,
                exact=self._is_done,
            )

    @property
    def is_done(self) -> bool:
        """Whether all rows were read."""
        return self._is_done

    def _ready(self, after: Key | None, limit: int) -> list[Placed]:
        """Rows behind the place that are known to be the next."""
        found: list[Placed] = []
        for place, rows in self._rows.items():
            if after and place < int(after[0]):
                continue
            start = bisect_right(rows, after, key=lambda row: row.key) if after else 0
            found += rows[start : start + limit - len(found)]
            if len(found) == limit or not self._is_done:
                break
        return found

    def _count(self) -> int:
        return sum(map(len, self._rows.values()))

    def _read_on(self) -> None:
        """Read the next policies."""
        if self._left is None:
            self._add(load_frame(self._store, self._wanted), None)
            self._is_done = True
            return
        groups: list[Group] = []
        while len(groups) < len(self._left) and sum(map(len, groups)) < self._next:
            groups.append(self._left[len(groups)])
        policies = {policy for group in groups for policy in group}
        if policies:
            self._add(load_frame(self._store, replace(self._wanted, policies=frozenset(policies))), policies)
        for _ in groups:  # only now: reading them may have failed, and then they are read by the next who asks
            self._left.popleft()
        self._next = min(self._next * 2, _MOST_AT_ONCE)
        self._is_done = not self._left

    def _add(self, frame: Frame, policies: set[str] | None) -> None:
        """Rows of a part of the graph, those of other policies left out: they come with their own."""
        key = key_in(frame)
        for link in links(frame, self._wanted):
            if policies is None or link.policy in policies:
                self._rows[rank(link.closeness)].append(Placed(key(link), link, frame))
                for seen, id_ in zip(self._seen, (link.policy, link.goal, link.measure, link.actor), strict=True):
                    if id_:
                        seen.add(id_)


def _ranks(query: ChainQuery) -> Sequence[int]:
    """What kinds of rows may answer the question, the nearest first; the others need not be waited for."""
    if query.gaps and Gap.ACTOR not in query.gaps:
        return (rank(None),)
    return sorted(map(rank, query.closeness or ORDER))


def _is_wide(wanted: Wanted) -> bool:
    """Whether a question may be answered by a large part of the graph."""
    is_fixed = any(column is not None for column in (wanted.measures, wanted.goals, wanted.actors))
    return not is_fixed and (wanted.policies is None or len(wanted.policies) > FEW_POLICIES)


def _policies_by_name(store: Store) -> Sequence[Group]:
    """All policies in the order of their names, those of one name together: their rows are sorted into each other."""

    def name(node: Node) -> str:
        return sort_key(node.name)

    def make() -> tuple[Group, ...]:
        ordered = sorted(iter_nodes(store, "Policy"), key=name)
        return tuple(tuple(node.id for node in group) for _, group in groupby(ordered, key=name))

    return _groups.get(store, "policies by name", make)
