"""Rows of chains as far as a page needs them, so that the first page of a large graph does not read all of it.

Rows are sorted by closeness, then by the name of their policy. Policies are read in the order of their names, a few at
a time, and where there are many in two sweeps: the rows of the nearest kinds come in the first, for which less of each
policy is read. In a sweep what is found of its nearest kind is at once in its place, and rows of the next kind wait
until all policies are read. What is small (a measure, a goal, the few measures of an actor) is read whole.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from graph.queries.at_once import Reads, chains_at
from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import Frame, begun_at, frame_around, frame_of, frame_of_goals, load_frame
from graph.queries.chain_gaps import with_issuer_apart
from graph.queries.chain_links import Link, links
from graph.queries.chain_plan import Plan, Share, plan
from graph.queries.chain_rows import Actors, ChainCounts, ChainQuery, Closeness, Gap
from graph.queries.closeness import ORDER, rank
from graph.queries.pages import Key
from graph.store import Store

SMALL, ALL_ROWS = 1_000, 10_000
"""Of a graph of so few goals and measures together so many rows are read for the sake of the counts."""
COUNTED_ROWS, COUNTED_POLICIES, COUNTED_OF_NARROW = 1_000, 25, 50
"""Of a larger graph, so many rows are read where they belong to so few policies.

Of a narrow question, that leaves little of each policy to be read, there may be more of them.
"""
_FIRST_AT_ONCE, _MOST_AT_ONCE = 1, 128
_RARE_AT_ONCE = 48
"""Rows that are rare are looked for in so many policies at a time: of each there is next to nothing to be read."""
_Place = Closeness | None
_NEAR: tuple[_Place, ...] = (Closeness.SENTENCE, Closeness.PASSAGE, Closeness.MEASURE)
_APART: tuple[_Place, ...] = (Closeness.ABOVE, Closeness.BELOW)


class Placed(NamedTuple):
    """A row with its place in the order, and the part of the graph that it was read from."""

    key: Key
    link: Link
    frame: Frame


@dataclass(slots=True)
class _Sweep:
    """One way over the policies, for the rows that stand in these places; `ahead` are shares that were looked up."""

    places: Sequence[_Place]
    shares: Iterator[Share]
    at_once: int
    most_at_once: int
    ahead: deque[Share] = field(default_factory=deque)

    def next_shares(self) -> list[Share]:
        """The shares that are to be read next, none at the end; they come again until they are `done`."""
        shares: list[Share] = []
        policies = 0
        while policies < self.at_once and self._has_more_than(len(shares)):
            shares.append(self.ahead[len(shares)])
            policies += len(shares[-1].policies)
        return shares

    def done(self, shares: Sequence[Share]) -> None:
        """Take these off; the next time there are more."""
        for _ in shares:
            self.ahead.popleft()
        self.at_once = min(self.at_once * 3 // 2 + 1, self.most_at_once)

    @property
    def is_over(self) -> bool:
        """Whether all shares were read."""
        return not self._has_more_than(0)

    def _has_more_than(self, count: int) -> bool:
        if len(self.ahead) == count:
            self.ahead.extend(islice(self.shares, 1))
        return len(self.ahead) > count


class Scan:
    """The rows that answer a question, in order, read as they are asked for. Threads take turns."""

    def __init__(self, store: Store, wanted: Wanted) -> None:
        self._store = store
        self._wanted = wanted
        self._part = _part_of_one(store, wanted)
        self._plan = plan(store, wanted, self._part)
        places = _places(wanted.query)
        self._rows: dict[_Place, list[Placed]] = {place: [] for place in places}
        self._complete: set[_Place] = set()
        self._seen: tuple[set[str], ...] = (set(), set(), set(), set())
        self._counted = _counted_rows(store, self._plan, wanted)
        self._sweeps = deque(self._swept(places))
        self._lock = Lock()

    def page(self, after: Key | None, limit: int) -> list[Placed]:
        """At most `limit` rows behind this place in the order."""
        with self._lock:
            while len(found := self._ready(after, limit)) < limit and self._sweeps:
                self._read_on()
            while self._count() < self._counted and self._sweeps:
                self._read_on()
            return found

    def whole(self) -> list[Placed]:
        """All rows."""
        with self._lock:
            if not self._complete and not self._count():
                self._sweeps = deque([self._sweep(tuple(self._rows))])  # what is read in two is read twice
            while self._sweeps:
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
                exact=self.is_done,
            )

    @property
    def is_done(self) -> bool:
        """Whether all rows were read."""
        return not self._sweeps

    def _ready(self, after: Key | None, limit: int) -> list[Placed]:
        """Rows behind the place that are known to be the next."""
        found: list[Placed] = []
        for place, rows in self._rows.items():
            if after and rank(place) < int(after[0]):
                continue
            start = bisect_right(rows, after, key=lambda row: row.key) if after else 0
            found += rows[start : start + limit - len(found)]
            if len(found) == limit or place not in self._complete:
                break
        return found

    def _count(self) -> int:
        return sum(map(len, self._rows.values()))

    def _swept(self, places: Sequence[_Place]) -> Iterator[_Sweep]:
        """The sweeps that are needed for rows of these places."""
        first = places if self._counted else _APART if _is_of_issuers(self._wanted.query) else _NEAR
        for some in ([place for place in places if place in first], [place for place in places if place not in first]):
            if some:
                yield self._sweep(some)

    def _sweep(self, places: Sequence[_Place]) -> _Sweep:
        shares = self._plan() if self._plan else iter(())
        at_once = (_RARE_AT_ONCE, _RARE_AT_ONCE) if self._is_rare(places) else (_FIRST_AT_ONCE, _MOST_AT_ONCE)
        return _Sweep(places, shares, *at_once)

    def _is_rare(self, places: Sequence[_Place]) -> bool:
        """Whether the rows are those of an issuer above or below a measure at which nobody acts."""
        return _is_of_issuers(self._wanted.query) and set(places) <= set(_APART)

    def _read_on(self) -> None:
        """Read the next policies."""
        sweep = self._sweeps[0]
        if self._plan is None:
            self._add(load_frame(self._store, self._wanted, self._part), sweep.places, None)
        elif shares := sweep.next_shares():
            policies = {policy for share in shares for policy in share.policies}
            self._add(self._frame(shares, policies, sweep.places), sweep.places, policies)
            sweep.done(shares)  # only now: reading them may have failed, and then they are read by the next who asks
        if sweep.is_over:
            self._complete.update(sweep.places)
            self._sweeps.popleft()

    def _frame(self, shares: Sequence[Share], policies: Collection[str], places: Sequence[_Place]) -> Frame:
        if self._is_rare(places):
            return frame_around(self._store, with_issuer_apart(self._store, policies), ())
        measures = {measure for share in shares for measure in share.measures or ()}
        goals = {goal for share in shares for goal in share.goals or ()}
        is_near = set(places) <= set(_NEAR)
        if any(share.measures is None for share in shares):
            part = self._part if self._wanted.policies == policies else None
            return frame_of(self._store, self._wanted, policies, part, is_near=is_near)
        if self._wanted.asks_for_goals:
            found = begun_at(self._store, self._wanted, measures, goals)
            return frame_of_goals(self._store, found, is_near=is_near)
        return frame_around(self._store, measures, goals, is_near=is_near)

    def _add(self, frame: Frame, places: Sequence[_Place], policies: Collection[str] | None) -> None:
        """Rows of a part of the graph, those of other policies left out: they come with their own."""
        found = [
            Placed(key, link, frame)
            for key, link in links(frame, self._wanted, places)
            if policies is None or link.policy in policies
        ]
        for row in found:
            self._rows[row.link.closeness].append(row)
        for seen, cell in zip(self._seen, ("policy", "goal", "measure", "actor"), strict=True):
            seen.update(filter(None, map(attrgetter(f"link.{cell}"), found)))


def _part_of_one(store: Store, wanted: Wanted) -> Reads | None:
    """What chains of a single policy are read from, all of which are wanted; None for another question."""
    asked = wanted.query
    is_narrow = wanted.asks_for_goals or asked.gaps or wanted.measures is not None or wanted.actors is not None
    if is_narrow or wanted.policies is None or len(wanted.policies) != 1:
        return None
    return chains_at(store, policies=wanted.policies)


def _counted_rows(store: Store, plan: Plan | None, wanted: Wanted) -> int:
    """How many rows are read for the sake of the counts: where there is little to be read, all but in odd cases."""
    if plan is None or _is_small(store):
        return ALL_ROWS
    most = COUNTED_OF_NARROW if wanted.query.gaps or wanted.asks_for_goals else COUNTED_POLICIES
    return COUNTED_ROWS if sum(len(share.policies) for share in islice(plan(), most + 1)) <= most else 0


def _is_small(store: Store) -> bool:
    goals = len(store.values("Goal", "year", limit=SMALL + 1))
    return goals <= SMALL and goals + len(store.values("Measure", "order", limit=SMALL + 1 - goals)) <= SMALL


def _is_of_issuers(query: ChainQuery) -> bool:
    """Whether rows with a goal and an actor are those of issuers at measures at which nobody acts."""
    return Gap.ACTOR in query.gaps and query.actors is Actors.ACTING and not query.role


def _places(query: ChainQuery) -> Sequence[_Place]:
    """Where rows may stand that answer the question, the nearest first; the others need not be waited for."""
    places = ORDER
    if _is_of_issuers(query):  # where nobody acts, nobody stands nearer
        places = (*_APART, None)
    elif query.gaps and Gap.ACTOR not in query.gaps:
        places = (None,)
    return [place for place in places if not query.closeness or place in query.closeness]
