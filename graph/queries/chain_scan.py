"""Rows of chains as far as a page needs them, so that the first page of a large graph does not read all of it.

Rows are sorted by closeness, then by the name of their policy. Policies are read in the order of their names, a few at
a time: what is found of the nearest kind is at once in its place, and rows of the next kind wait until all policies
are read. What is small (a measure, a goal, the few measures of an actor) is read whole.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock

from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import Frame, fitting, frame_around, frame_of, load_frame
from graph.queries.chain_links import Link, key_in, links
from graph.queries.chain_plan import Share, plan
from graph.queries.chain_rows import Actors, ChainCounts, ChainQuery, Closeness, Gap
from graph.queries.closeness import ORDER, rank
from graph.queries.pages import Key
from graph.store import Store

COUNTED_ROWS, COUNTED_POLICIES = 1_000, 25
"""Rows are read on to here for the sake of the counts, so that those of small graphs are exact."""
_MOST_AT_ONCE = 128
_APART = (Closeness.ABOVE, Closeness.BELOW, None)


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
        shares = plan(store, wanted)
        self._left: deque[Share] | None = None if shares is None else deque(shares)
        self._policies_read = 0
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
            while self._is_worth_counting() and not self._is_done:
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
        shares: list[Share] = []
        while len(shares) < len(self._left) and sum(len(share.policies) for share in shares) < self._next:
            shares.append(self._left[len(shares)])
        policies = {policy for share in shares for policy in share.policies}
        if policies:
            self._add(self._frame(shares, policies), policies)
        for _ in shares:  # only now: reading them may have failed, and then they are read by the next who asks
            self._left.popleft()
        self._policies_read += len(policies)
        self._next = min(self._next * 3 // 2 + 1, _MOST_AT_ONCE)
        self._is_done = not self._left

    def _is_worth_counting(self) -> bool:
        return self._count() < COUNTED_ROWS and self._policies_read < COUNTED_POLICIES

    def _frame(self, shares: Sequence[Share], policies: Collection[str]) -> Frame:
        measures = {measure for share in shares for measure in share.measures or ()}
        goals = {goal for share in shares for goal in share.goals or ()}
        if any(share.measures is None for share in shares):
            return frame_of(self._store, self._wanted, policies)
        if self._wanted.asks_for_goals:
            measures, goals = set(), fitting(self._store, self._wanted, measures, goals)
        return frame_around(self._store, measures, goals)

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
    is_acting = query.actors is Actors.ACTING and not query.role
    if query.gaps == (Gap.ACTOR,) and is_acting:  # nobody acts at the measure, so nobody stands nearer
        return sorted(map(rank, _APART if not query.closeness else {*_APART} & {*query.closeness}))
    return sorted(map(rank, query.closeness or ORDER))
