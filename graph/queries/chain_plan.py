"""Which policies the rows of an answer for chains may belong to, and what of each of them the rows begin at.

Rows are read policy by policy in the order of the names, so that a page reads no more of the graph than it shows; this
tells which policies there are to be read, from edges and single values alone.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias, TypeGuard

from graph.facts import Value
from graph.normal import fold, folded_sort_key, sort_key
from graph.queries.at_once import ListsPolicies, Reads, reach
from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import around_actors
from graph.queries.kept import KeptAnswers
from graph.store import Direction, Leg, Store

FEW_POLICIES = 100
"""So many policies that are asked for are looked at first; of more, all policies are read and what fits is kept."""
FEW_MEASURES = 50
"""What begins at so many measures is read at once."""
FEW_GOALS = 3_000
"""Up to so many goals that fit are looked up by their values; more are met soon enough on the way."""

_NAMES_AT_ONCE = 500
_SHORT_RANGE = 100
_LEADS_TO_GOALS = (Leg("CONTAINS", Direction.OUT), Leg("ADVANCES", Direction.OUT), Leg("SETS", Direction.IN))
_names: KeptAnswers[Mapping[str, str]] = KeptAnswers(1)


@dataclass(frozen=True, slots=True)
class Share:
    """Policies of one name, whose rows are sorted into each other, and where the rows begin.

    None stands for all measures that the policies contain and all goals that they set.
    """

    policies: tuple[str, ...]
    measures: frozenset[str] | None = None
    goals: frozenset[str] | None = None


Plan: TypeAlias = Callable[[], Iterator[Share]]
"""Goes over the shares of an answer, by the names of their policies, which are looked up as they are needed."""


def plan(store: Store, wanted: Wanted, part: Reads | None = None) -> Plan | None:
    """The shares of an answer; None if it is small and is best read at once.

    `part` is what chains of the policies that are asked for are read from, where the caller has it.
    """
    if wanted.measures is not None or wanted.goals is not None:
        return None
    if wanted.actors is not None:
        measures = around_actors(store, wanted.actors)
        return None if len(measures) <= FEW_MEASURES else _begun(store, measures, set())
    if wanted.policies is not None and len(wanted.policies) <= FEW_POLICIES:
        return _of_policies(store, wanted.policies, part or store)
    goals = _candidates(store, wanted) if wanted.asks_for_goals else None
    if goals is not None:
        return _begun(store, set(), goals)
    return lambda: map(Share, _in_order(_all_names(store)))


def _of_policies(store: Store, policies: Collection[str], part: Reads) -> Plan | None:
    """The policies that have anything, and those whose goals their measures advance; None for a single one."""
    contained = part.steps(policies, ["CONTAINS", "SETS"], direction=Direction.OUT)
    found = {step.source for step in contained} | reach(part, policies, [_LEADS_TO_GOALS])
    return (lambda: map(Share, _in_order(_names_of(store, found)))) if len(found) > 1 else None


def _begun(store: Store, measures: set[str], goals: set[str]) -> Plan:
    """Shares that begin at the measures, in the policies that contain them or whose goals they advance, and goals."""
    advances = store.steps(measures, ["ADVANCES"], direction=Direction.OUT) if measures else []
    advancing: dict[str, list[str]] = defaultdict(list)
    for step in advances:
        advancing[step.target].append(step.source)
    begun: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    owners = store.steps({*measures, *goals, *advancing}, ["CONTAINS", "SETS"], direction=Direction.IN)
    for step in owners:
        of_measures, of_goals = begun[step.source]
        if step.type == "CONTAINS":
            of_measures.add(step.target)
        else:
            of_measures.update(advancing[step.target])
            of_goals.update({step.target} & goals)

    def share(policies: tuple[str, ...]) -> Share:
        return Share(
            policies,
            frozenset(measure for policy in policies for measure in begun[policy][0]),
            frozenset(goal for policy in policies for goal in begun[policy][1]),
        )

    return lambda: map(share, _in_order(_names_of(store, begun)))


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
        filters["year"] = _years(store, query.year_from, query.year_to)
    if not filters:
        return None
    found = store.values("Goal", next(iter(filters)), filters=filters, limit=FEW_GOALS + 1)
    return set(found) if len(found) <= FEW_GOALS else None


def _years(store: Store, first: int | None, last: int | None) -> list[str | int | float]:
    """The years that goals may have in a range; of a short one nothing need be looked up."""
    if first is not None and last is not None and last - first < _SHORT_RANGE:
        return [*range(first, last + 1)]
    return [one for one in store.distinct("Goal", "year") if _is_in(one, first, last)]


def _is_in(year: Value | None, first: int | None, last: int | None) -> TypeGuard[int]:
    return isinstance(year, int) and (first is None or year >= first) and (last is None or year <= last)


_Named: TypeAlias = tuple[str, str]
"""Sort key of a name, and id."""


def _in_order(policies: Iterable[_Named]) -> Iterator[tuple[str, ...]]:
    """The ids of policies that come in the order of their names, those of one name together."""
    for _, group in groupby(policies, key=itemgetter(0)):
        yield tuple(id_ for _, id_ in group)


def _names_of(store: Store, policies: Collection[str]) -> Iterable[_Named]:
    """The policies in the order of their names."""
    if len(policies) <= FEW_POLICIES:
        return sorted((sort_key(node.name), id_) for id_, node in store.nodes(policies).items())
    return (named for named in _all_names(store) if named[1] in policies)


def _all_names(store: Store) -> Iterable[_Named]:
    """All policies in the order of their names."""
    first = store.policies_by_name(limit=_NAMES_AT_ONCE) if isinstance(store, ListsPolicies) else None
    if isinstance(store, ListsPolicies) and first is not None:
        return _listed(store, first)
    return sorted((name, id_) for id_, name in _kept_names(store).items())


def _listed(store: ListsPolicies, first: Sequence[_Named]) -> Iterator[_Named]:
    page: Sequence[_Named] | None = first
    while page:
        yield from ((folded_sort_key(name), id_) for name, id_ in page)
        page = store.policies_by_name(after=page[-1], limit=_NAMES_AT_ONCE)


def _kept_names(store: Store) -> Mapping[str, str]:
    """Sort keys of the names of all policies."""

    def make() -> Mapping[str, str]:
        return {id_: sort_key(str(name)) for id_, name in store.values("Policy", "name").items()}

    return _names.get(store, "names of policies", make)
