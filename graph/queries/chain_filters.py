"""What a question for chains asks for, as ids: texts are looked up, regions and issuers become policies."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput
from graph.facts import Node, Properties
from graph.normal import fold
from graph.queries.chain_rows import ChainQuery
from graph.queries.find import find_nodes
from graph.queries.parts import with_parts
from graph.store import Direction, Store

ACTOR_CLASSES = ("Organization", "Region", "ActorGroup")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its texts looked up; None stands for a column that is left open.

    `measures` are those that rows may have, `wholes` those of them that were asked for by name.
    """

    query: ChainQuery
    policies: frozenset[str] | None
    goals: frozenset[str] | None
    measures: frozenset[str] | None
    wholes: frozenset[str]
    actors: frozenset[str] | None

    @property
    def asks_for_goals(self) -> bool:
        """Whether a row must have a goal, and a fitting one."""
        query = self.query
        years = query.year_from is not None or query.year_to is not None
        return self.goals is not None or years or bool(query.indicator or query.unit or query.comparator)

    def fits_goal(self, goal: Node) -> bool:
        """Whether the goal is one that is asked for."""
        return (self.goals is None or goal.id in self.goals) and self.fits_figure(goal.properties)

    def fits_figure(self, goal: Properties) -> bool:
        """Whether a goal with these properties has the indicator, the year, the unit and so on that are asked for."""
        return self._fits_indicator(goal) and self._fits_year(goal) and self._fits_value(goal)

    def _fits_indicator(self, goal: Properties) -> bool:
        indicator = fold(str(goal.get("indicator", goal["name"]))) if self.query.indicator else ""
        return not self.query.indicator or any(fold(part) in indicator for part in self.query.indicator)

    def _fits_year(self, goal: Properties) -> bool:
        query = self.query
        if query.year_from is None and query.year_to is None:
            return True
        year = goal.get("year")
        if not isinstance(year, int):
            return False
        return (query.year_from is None or year >= query.year_from) and (query.year_to is None or year <= query.year_to)

    def _fits_value(self, goal: Properties) -> bool:
        query = self.query
        has_unit = not query.unit or goal.get("unit") in query.unit
        return has_unit and (not query.comparator or goal.get("comparator") in query.comparator)


def look_up(store: Store, query: ChainQuery, *, known: Mapping[str, Node] | None = None) -> Wanted:
    """The question with ids for its texts; `known` are the nodes of ids among them, where the caller has read them.

    Raises AmbiguousName, NotFound or RefusedInput for a text or id that does not stand for one node of its column,
    RefusedInput for a range of years that is the wrong way round.
    """
    if query.year_from is not None and query.year_to is not None and query.year_from > query.year_to:
        raise RefusedInput(f"year_from {query.year_from} is later than year_to {query.year_to}; swap them")
    known = store.nodes(query.named) if known is None else known

    def ids(texts: Sequence[str], *labels: str) -> frozenset[str] | None:
        return frozenset(node.id for node in find_nodes(store, texts, labels=labels, known=known)) if texts else None

    wholes = ids(query.measure, "Measure")
    return Wanted(
        query=query,
        policies=_policies(store, query, ids),
        goals=ids(query.goal, "Goal"),
        measures=with_parts(store, wholes) if wholes is not None and query.parts else wholes,
        wholes=wholes or frozenset(),
        actors=ids(query.actor, *ACTOR_CLASSES),
    )


def _policies(store: Store, query: ChainQuery, ids: Callable[..., frozenset[str] | None]) -> frozenset[str] | None:
    """The policies that all filters on policies leave; None if there is no such filter."""
    sets = [
        ids(query.policy, "Policy"),
        _in_region(store, ids(query.region, "Region")),
        _issued_by(store, ids(query.issuer, "Organization")),
        _of_kind(store, query),
    ]
    given = [one for one in sets if one is not None]
    return frozenset.intersection(*given) if given else None


def _in_region(store: Store, regions: frozenset[str] | None) -> frozenset[str] | None:
    return None if regions is None else policies_in(store, regions)


def policies_in(store: Store, regions: Collection[str]) -> frozenset[str]:
    """Policies that apply to one of the regions or a place below it, or whose issuer has its seat there; by ids."""
    places = with_parts(store, regions)
    steps = store.steps(places, ["APPLIES_TO", "LOCATED_IN"], direction=Direction.IN)
    applying = frozenset(step.source for step in steps if step.source_label == "Policy")
    seated = frozenset(step.source for step in steps if step.type == "LOCATED_IN")
    return applying | (_issued_by(store, seated) or frozenset())


def _issued_by(store: Store, issuers: frozenset[str] | None) -> frozenset[str] | None:
    if issuers is None:
        return None
    return frozenset(step.source for step in store.steps(issuers, ["ISSUED_BY"], direction=Direction.IN))


def _of_kind(store: Store, query: ChainQuery) -> frozenset[str] | None:
    filters = {"kind": [str(kind) for kind in query.policy_kind], "level": [str(level) for level in query.policy_level]}
    filters = {name: values for name, values in filters.items() if values}
    return frozenset(store.values("Policy", "name", filters=filters)) if filters else None
