"""Goals and observations as figures: number in base units, year, baseline, indicator and who they are about."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

from graph.facts import Node
from graph.normal import fold
from graph.queries.hops import Hop
from graph.queries.policy_sets import is_of_institution
from graph.queries.units import Quantity, quantity
from graph.store import Direction, Step, Store
from ontology.values import Comparator

MOST_FIGURES = 5_000
"""Goals, and observations, that one answer looks at."""


class Aim(StrEnum):
    """Where a figure is meant to go: up to a floor, or down to a ceiling."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Figure:
    """A goal that a policy sets, or an observation that it reports; `edge` is the step there from the policy.

    `indicator` is the id of its Indicator, None where it has none. What is computed is computed when it is asked for,
    since an answer may hold thousands of figures and show fifty.
    """

    node: Node
    edge: Step
    indicator: str | None = None

    @property
    def policy(self) -> str:
        """Id of the policy that sets or reports it."""
        return self.edge.source

    @property
    def hop(self) -> Hop:
        """The node with the evidence of the edge from the policy."""
        return Hop(self.node, self.edge)

    @cached_property
    def amount(self) -> Quantity | None:
        """The value in its base unit; None where it is missing or no number."""
        return self._quantity("value", value_max=self.node.properties.get("value_max"))

    @cached_property
    def baseline(self) -> Quantity | None:
        """The value that the goal starts from, in its base unit; None where it is missing or no number."""
        return self._quantity("baseline_value")

    @cached_property
    def year(self) -> int | None:
        """The year by which it is to be reached, or for which it is reported."""
        return self._year("year")

    @cached_property
    def baseline_year(self) -> int | None:
        """The year of the baseline."""
        return self._year("baseline_year")

    @cached_property
    def comparator(self) -> Comparator:
        """How the value is meant; exactly, where nothing is said."""
        return Comparator(str(self.node.properties.get("comparator") or Comparator.EXACTLY))

    @cached_property
    def aim(self) -> Aim:
        """Whether more or less of it is wanted.

        The comparator says it, else the baseline on the one side or other of the target, else the words of the
        indicator (`graph/resources/falling_indicators.txt`); what none of them says is meant to rise, as plans give
        98% for an employment rate and mean at least that.
        """
        if self.comparator in (Comparator.AT_LEAST, Comparator.AT_MOST):
            return Aim.UP if self.comparator is Comparator.AT_LEAST else Aim.DOWN
        if self.amount and self.baseline and not _overlap(self.amount, self.baseline):
            return Aim.UP if self.amount.low > self.baseline.high else Aim.DOWN
        indicator = fold(str(self.node.properties.get("indicator", self.node.name)))
        return Aim.DOWN if any(word in indicator for word in _falling()) else Aim.UP

    @cached_property
    def place(self) -> str:
        """Sort key of the place in the document where it is first stated."""
        starts = [piece.start for piece in self.node.evidence]
        return f"{min(starts):010d}" if starts else "~"

    def _quantity(self, name: str, *, value_max: object = None) -> Quantity | None:
        properties = self.node.properties
        unit, words = str(properties.get("unit", "")), str(properties.get("indicator", ""))
        return quantity(properties.get(name), unit, value_max=value_max, indicator=words)

    def _year(self, name: str) -> int | None:
        year = self.node.properties.get(name)
        return year if isinstance(year, int) else None


@dataclass(frozen=True, slots=True)
class Stated:
    """Goals or observations of some policies, and the nodes of their indicators by id; `is_cut` if there are more."""

    figures: tuple[Figure, ...]
    indicators: Mapping[str, Node]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Observations:
    """Observations about some subjects by (indicator, subject), with the step to whom each is about."""

    by_subject: Mapping[tuple[str, str], tuple[Figure, ...]]
    about: Mapping[tuple[str, str], Step]
    is_cut: bool


def load_goals(store: Store, policies: Collection[str]) -> Stated:
    """The goals that the policies set, by the id of the edge; at most `MOST_FIGURES`."""
    return _stated(store, policies, "SETS")


def load_reported(store: Store, policies: Collection[str]) -> Stated:
    """The observations that the policies report, by the id of the edge; at most `MOST_FIGURES`."""
    return _stated(store, policies, "REPORTS")


def load_observations(
    store: Store, subjects: Collection[str], indicators: Collection[str], *, known: Iterable[Figure] = ()
) -> Observations:
    """The observations of these indicators about these subjects; at most `MOST_FIGURES` a subject are looked at.

    Of `known` figures the nodes are not read again.
    """
    seen = store.steps(subjects, ["ABOUT"], direction=Direction.IN, limit_each=MOST_FIGURES) if indicators else []
    measured = store.steps({step.source for step in seen}, ["MEASURED_BY"], direction=Direction.OUT)
    wanted = set(indicators)
    fitting = {step.source for step in measured if step.target in wanted}
    about = [step for step in seen if step.source in fitting]
    nodes = {figure.node.id: figure.node for figure in known if figure.node.id in fitting}
    nodes |= store.nodes(fitting - nodes.keys())
    figures = _figures(store.steps(fitting, ["REPORTS"], direction=Direction.IN), nodes, measured)
    subjects_of = _grouped(about)
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        for step in subjects_of[figure.node.id]:
            found[(figure.indicator or "", step.target)].append(figure)
    per_subject = Counter(step.target for step in seen)
    return Observations(
        by_subject={key: tuple(figures) for key, figures in found.items()},
        about={(step.source, step.target): step for step in about},
        is_cut=any(count >= MOST_FIGURES for count in per_subject.values()),
    )


def subjects_of(store: Store, figures: Iterable[Figure]) -> dict[str, tuple[str, ...]]:
    """Whom each goal binds, by the goal's id: what it says itself, else what its policy says, else the issuers.

    A policy of an institution binds that institution: the place that it applies to is where that is.
    """
    known = list(figures)
    policies = {figure.policy for figure in known}
    ids = {figure.node.id for figure in known} | policies
    steps = store.steps(ids, ["APPLIES_TO", "ISSUED_BY"], direction=Direction.OUT)
    applies = _grouped(step for step in steps if step.type == "APPLIES_TO")
    issued = _grouped(step for step in steps if step.type == "ISSUED_BY")
    places = _where_institutions_are(store, policies, applies)

    def bound(figure: Figure) -> list[Step]:
        own = [step for step in applies[figure.policy] if (step.source, step.target) not in places]
        return applies[figure.node.id] or own or issued[figure.policy] or applies[figure.policy]

    return {figure.node.id: tuple(step.target for step in bound(figure)) for figure in known}


def _where_institutions_are(
    store: Store, policies: Collection[str], applies: Mapping[str, Iterable[Step]]
) -> set[tuple[str, str]]:
    """The policies of institutions, each with the places that it applies to."""
    of_institutions = [id_ for id_, node in store.nodes(policies).items() if is_of_institution(node)]
    ends = {(edge.source, edge.target) for id_ in of_institutions for edge in applies[id_]}
    nodes = store.nodes({target for _, target in ends})
    return {end for end in ends if end[1] in nodes and "Region" in nodes[end[1]].labels}


def named(indicator: Node | None, parts: Iterable[str]) -> bool:
    """Whether the name of the indicator holds one of the parts."""
    return indicator is not None and any(fold(part) in fold(indicator.name) for part in parts)


def _stated(store: Store, policies: Collection[str], relation: str) -> Stated:
    edges = store.steps(policies, [relation], direction=Direction.OUT)
    targets = {edge.target for edge in edges[:MOST_FIGURES]}
    measured = store.steps(targets, ["MEASURED_BY"], direction=Direction.OUT)
    figures = _figures(edges[:MOST_FIGURES], store.nodes(targets), measured)
    indicators = store.nodes({figure.indicator for figure in figures if figure.indicator})
    return Stated(figures, indicators, is_cut=len(edges) > MOST_FIGURES)


def _figures(edges: Iterable[Step], nodes: Mapping[str, Node], measured: Iterable[Step]) -> tuple[Figure, ...]:
    """The figures that these steps from policies lead to, as far as their nodes are there."""
    indicators: dict[str, str] = {}
    for step in measured:
        indicators.setdefault(step.source, step.target)
    return tuple(
        Figure(nodes[edge.target], edge, indicators.get(edge.target)) for edge in edges if edge.target in nodes
    )


def _grouped(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """Steps by their source."""
    groups: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        groups[step.source].append(step)
    return groups


def _overlap(one: Quantity, other: Quantity) -> bool:
    return one.low <= other.high and other.low <= one.high


@cache
def _falling() -> tuple[str, ...]:
    text = files("graph").joinpath("resources", "falling_indicators.txt").read_text(encoding="utf-8")
    return tuple(fold(line) for line in text.splitlines() if line and not line.startswith("#"))
