"""Which policies the rows of an answer for chains may belong to, and what of each of them the rows begin at.

Rows are read policy by policy in the order of the names, so that a page reads no more of the graph than it shows; this
tells which policies there are to be read, from edges and single values alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeGuard

from graph.facts import Value
from graph.normal import fold, sort_key
from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import around_actors
from graph.queries.kept import KeptAnswers
from graph.store import Direction, Store

FEW_POLICIES = 100
"""So many policies that are asked for are looked at first; of more, all policies are read and what fits is kept."""
FEW_MEASURES = 50
"""What begins at so many measures is read at once."""
FEW_GOALS = 3_000
"""Up to so many goals that fit are looked up by their values; more are met soon enough on the way."""

_names: KeptAnswers[Mapping[str, str]] = KeptAnswers(1)


@dataclass(frozen=True, slots=True)
class Share:
    """Policies of one name, whose rows are sorted into each other, and where the rows begin.

    None stands for all measures that the policies contain and all goals that they set.
    """

    policies: tuple[str, ...]
    measures: frozenset[str] | None = None
    goals: frozenset[str] | None = None


def plan(store: Store, wanted: Wanted) -> Sequence[Share] | None:
    """The shares of an answer, by the names of their policies; None if it is small and is best read at once."""
    if wanted.measures is not None or wanted.goals is not None:
        return None
    if wanted.actors is not None:
        measures = around_actors(store, wanted.actors)
        return None if len(measures) <= FEW_MEASURES else _shares(store, _by_policy(store, measures, set()))
    if wanted.policies is not None and len(wanted.policies) <= FEW_POLICIES:
        return _of_policies(store, wanted.policies)
    goals = _candidates(store, wanted) if wanted.asks_for_goals else None
    if goals is not None:
        return _shares(store, _by_policy(store, set(), goals))
    return [Share(group) for group in _in_order(_all_names(store))]


_Begun = Mapping[str, tuple[set[str], set[str]]]
"""Measures and goals by policy."""


def _of_policies(store: Store, policies: Collection[str]) -> Sequence[Share] | None:
    """The policies, and those whose goals their measures advance."""
    contained = store.steps(policies, ["CONTAINS", "SETS"], direction=Direction.OUT)
    measures = {step.target for step in contained if step.type == "CONTAINS"}
    begun = _by_policy(store, measures, {step.target for step in contained if step.type == "SETS"})
    return _shares(store, begun) if len(begun) > 1 else None


def _by_policy(store: Store, measures: set[str], goals: set[str]) -> _Begun:
    """Where rows begin in each policy: at the measures that it contains or that advance its goals, and at its goals."""
    advances = store.steps(measures, ["ADVANCES"], direction=Direction.OUT) if measures else []
    advancing: dict[str, list[str]] = defaultdict(list)
    for step in advances:
        advancing[step.target].append(step.source)
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    owners = store.steps({*measures, *goals, *advancing}, ["CONTAINS", "SETS"], direction=Direction.IN)
    for step in owners:
        of_measures, of_goals = found[step.source]
        if step.type == "CONTAINS":
            of_measures.add(step.target)
        else:
            of_measures.update(advancing[step.target])
            of_goals.update({step.target} & goals)
    return found


def _candidates(store: Store, wanted: Wanted) -> set[str] | None:
    """Goals of the indicators and years that are asked for; None if there are many, or nothing tells them apart."""
    query = wanted.query
    filters: dict[str, list[str | int | float]] = {}
    if query.indicator:
        parts = [fold(part) for part in query.indicator]
        known = store.distinct("Goal", "indicator")
        if None not in known:  # else it is looked for in names too
            filters["indicator"] = [str(one) for one in known if any(part in fold(str(one)) for part in parts)]
    if query.year_from is not None or query.year_to is not None:
        filters["year"] = [one for one in store.distinct("Goal", "year") if _is_in(one, query.year_from, query.year_to)]
    if not filters:
        return None
    found = store.values("Goal", next(iter(filters)), filters=filters, limit=FEW_GOALS + 1)
    return set(found) if len(found) <= FEW_GOALS else None


def _is_in(year: Value | None, first: int | None, last: int | None) -> TypeGuard[int]:
    return isinstance(year, int) and (first is None or year >= first) and (last is None or year <= last)


def _shares(store: Store, begun: _Begun) -> Sequence[Share]:
    return [
        Share(
            group,
            frozenset(measure for policy in group for measure in begun[policy][0]),
            frozenset(goal for policy in group for goal in begun[policy][1]),
        )
        for group in _in_order(_names_of(store, begun))
    ]


def _in_order(names: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    """The ids by their names, those of one name together."""
    for _, group in groupby(sorted(names, key=lambda id_: names[id_]), key=lambda id_: names[id_]):
        yield tuple(group)


def _names_of(store: Store, policies: Collection[str]) -> Mapping[str, str]:
    if len(policies) <= FEW_POLICIES:
        return {id_: sort_key(node.name) for id_, node in store.nodes(policies).items()}
    known = _all_names(store)
    return {policy: known[policy] for policy in policies if policy in known}


def _all_names(store: Store) -> Mapping[str, str]:
    """Sort keys of the names of all policies."""

    def make() -> Mapping[str, str]:
        return {id_: sort_key(str(name)) for id_, name in store.values("Policy", "name").items()}

    return _names.get(store, "names of policies", make)
