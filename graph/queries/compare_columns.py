"""The columns of a comparison, and which figures stand in which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput
from graph.facts import Node
from graph.queries.compare_rows import MOST_COLUMNS, CompareQuery
from graph.queries.figures import Figure, load_goals, load_observations, load_reported
from graph.queries.policy_sets import find_each, policies_issued_by, policies_that_bind, with_printed
from graph.store import Direction, Store


@dataclass(frozen=True, slots=True)
class Column:
    """A node that is compared, the policies that speak for it, and whom observations of it are about."""

    node: Node
    policies: frozenset[str]
    subjects: frozenset[str]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Targets and observations of all years by indicator and number of the column."""

    targets: Mapping[str, Mapping[int, Sequence[Figure]]]
    observations: Mapping[str, Mapping[int, Sequence[Figure]]]
    indicators: Mapping[str, Node]
    is_cut: bool


def find_columns(store: Store, query: CompareQuery) -> list[Column]:
    """The columns that are asked for; raises RefusedInput for none or too many, and as `find_node` does."""
    asked = len(query.policy) + len(query.region) + len(query.issuer)
    if not 1 <= asked <= MOST_COLUMNS:
        raise RefusedInput(f"{asked} columns: give 1 to {MOST_COLUMNS} policies, regions or issuers to compare")
    policies = [_of_policy(store, node) for node in find_each(store, query.policy, "Policy")]
    regions = [
        Column(node, ids, frozenset({node.id}), is_cut)
        for node in find_each(store, query.region, "Region")
        for ids, is_cut in [policies_that_bind(store, node.id)]
    ]
    issuers = [
        Column(node, ids, frozenset({node.id}), is_cut)
        for node in find_each(store, query.issuer, "Organization")
        for ids, is_cut in [policies_issued_by(store, node.id)]
    ]
    return [*policies, *regions, *issuers]


def load_figures(store: Store, columns: Sequence[Column]) -> Figures:
    """What the columns' policies aim at and report, and what others report of the same indicators and subjects.

    What others report stands in a policy's column only beside a target of the policy.
    """
    policies = {policy for column in columns for policy in column.policies}
    goals, reported = load_goals(store, policies), load_reported(store, policies)
    indicators = {**goals.indicators, **reported.indicators}
    subjects = {subject for column in columns for subject in column.subjects}
    seen = load_observations(store, subjects, indicators, known=reported.figures)
    targets, observations = _Table(), _Table()
    for number, column in enumerate(columns):
        targets.add(number, (goal for goal in goals.figures if goal.policy in column.policies))
        observations.add(number, (figure for figure in reported.figures if figure.policy in column.policies))
        for (indicator, subject), figures in seen.by_subject.items():
            if subject in column.subjects and (column.node.label != "Policy" or targets.has(indicator, number)):
                observations.add(number, figures)
    return Figures(
        targets=targets.by_indicator,
        observations=observations.by_indicator,
        indicators=indicators,
        is_cut=goals.is_cut or reported.is_cut or seen.is_cut or any(column.is_cut for column in columns),
    )


class _Table:
    """Figures by indicator and number of the column, each once, by the id of their edge."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[int, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))

    def add(self, number: int, figures: Iterable[Figure]) -> None:
        """Put figures into a column; those without an indicator stand in no row."""
        for figure in figures:
            if figure.indicator:
                self._cells[figure.indicator][number][figure.edge.id] = figure

    def has(self, indicator: str, number: int) -> bool:
        """Whether the column has a figure of the indicator."""
        return indicator in self._cells and number in self._cells[indicator]

    @property
    def by_indicator(self) -> dict[str, dict[int, list[Figure]]]:
        """All of them."""
        return {
            indicator: {number: [cell[id_] for id_ in sorted(cell)] for number, cell in cells.items()}
            for indicator, cells in self._cells.items()
        }


def _of_policy(store: Store, policy: Node) -> Column:
    """The policy, with what it prints, and whom it binds, else its issuers."""
    policies = with_printed(store, {policy.id})
    steps = store.steps(policies, ["APPLIES_TO", "ISSUED_BY"], direction=Direction.OUT)
    applies = {step.target for step in steps if step.type == "APPLIES_TO"}
    return Column(policy, policies, frozenset(applies or {step.target for step in steps if step.type == "ISSUED_BY"}))
