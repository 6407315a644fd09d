"""The part of the graph that the answer to a question for chains lies in, fetched set by set."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.facts import Edge, Evidence, Node
from graph.queries.at_once import Reads, chains_at, properties_at
from graph.queries.chain_family import alone, family
from graph.queries.chain_filters import Wanted
from graph.queries.chain_gaps import around_gaps
from graph.store import Direction, Leg, Store

_SET, _ADVANCED = (Leg("SETS", Direction.OUT),), (Leg("ADVANCES", Direction.OUT),)


@dataclass(frozen=True, slots=True)
class Frame:
    """Nodes and edges that rows are made of.

    `measures` are those that rows may have, `goals` all goals that rows may have; `contains` and `sets` give the edge
    from the policy by measure and goal; `advances` and `involves` are by measure, `issuers` by policy; `above` and
    `below` hold the measures on the way up and down from a measure, the nearest first. `evidence` has all evidence of
    goals and of the edges of `advances` and `involves`.
    """

    nodes: Mapping[str, Node]
    measures: tuple[str, ...]
    goals: frozenset[str]
    contains: Mapping[str, Edge]
    sets: Mapping[str, Sequence[Edge]]
    advances: Mapping[str, Sequence[Edge]]
    involves: Mapping[str, Sequence[Edge]]
    issuers: Mapping[str, Sequence[Edge]]
    above: Mapping[str, Sequence[str]]
    below: Mapping[str, Sequence[str]]
    evidence: Mapping[str, Sequence[Evidence]]


def load_frame(store: Store, wanted: Wanted, part: Reads | None = None) -> Frame:
    """What the answer lies in, found from the narrowest column that is fixed: measure, goal, actor, then policy.

    `part` is what chains of just these policies are to be read from, where the caller has it.
    """
    if wanted.measures is not None:
        return frame_around(store, wanted.measures, ())
    if wanted.goals is not None:
        return frame_of_goals(store, wanted.goals)
    if wanted.actors is not None:
        return frame_around(store, around_actors(store, wanted.actors), ())
    policies = wanted.policies
    if policies is None:
        policies = frozenset(store.values("Policy", "name"))
    return frame_of(store, wanted, policies, part)


def frame_of(
    store: Store, wanted: Wanted, policies: Collection[str], part: Reads | None = None, *, is_near: bool = False
) -> Frame:
    """What rows of these policies lie in; `is_near` leaves out the measures above and below.

    `part` is what chains of these policies, or of more, are to be read from, where the caller has it.
    """
    if wanted.asks_for_goals:
        return frame_of_goals(store, _fitting(store, wanted, policies, [_SET]), is_near=is_near)
    if wanted.query.gaps:
        return frame_around(store, *around_gaps(store, wanted.query.gaps, policies), is_near=is_near)
    part = part or chains_at(store, policies=policies)
    contained = part.steps(policies, ["CONTAINS", "SETS"], direction=Direction.OUT)
    measures = {step.target for step in contained if step.type == "CONTAINS"}
    return _frame(part, measures, {step.target for step in contained if step.type == "SETS"}, is_near=is_near)


def frame_around(store: Store, measures: Collection[str], goals: Collection[str], *, is_near: bool = False) -> Frame:
    """What rows that begin at these measures and goals lie in; `is_near` leaves out the measures above and below."""
    return _frame(chains_at(store, measures=measures, goals=goals), set(measures), set(goals), is_near=is_near)


def frame_of_goals(store: Store, goals: Collection[str], *, is_near: bool = False) -> Frame:
    """What rows of these goals and no others lie in; `is_near` leaves out the measures above and below."""
    part = chains_at(store, goals=goals)
    advances = part.expand(goals, ["ADVANCES"], direction=Direction.IN)
    return _made(part, {edge.source for edge in advances}, set(goals), advances, is_near=is_near)


def _frame(store: Reads, measures: set[str], goals: set[str], *, is_near: bool) -> Frame:
    """What lies around these measures and goals, and the goals that the measures advance."""
    advancing = store.steps(goals, ["ADVANCES"], direction=Direction.IN) if goals else []
    measures |= {step.source for step in advancing}
    advances = store.expand(measures, ["ADVANCES"], direction=Direction.OUT)
    return _made(store, measures, goals | {edge.target for edge in advances}, advances, is_near=is_near)


def _made(
    store: Reads, measures: Collection[str], goals: Collection[str], advances: Sequence[Edge], *, is_near: bool
) -> Frame:
    kin = alone(measures) if is_near else family(store, measures)
    involves = store.expand(kin.all, ["INVOLVES"], direction=Direction.OUT)
    owners = store.expand({*goals, *measures}, ["SETS", "CONTAINS"], direction=Direction.IN)
    issued = store.expand({edge.source for edge in owners}, ["ISSUED_BY"], direction=Direction.OUT)
    ends = {end for edge in (*involves, *owners, *issued) for end in (edge.source, edge.target)}
    nodes = store.nodes({*measures, *kin.all, *goals, *ends})
    known_goals = nodes.keys() & set(goals)
    return Frame(
        nodes=nodes,
        measures=tuple(sorted(nodes.keys() & measures)),
        goals=frozenset(known_goals),
        contains={edge.target: edge for edge in owners if edge.type == "CONTAINS"},
        sets=_grouped((edge for edge in owners if edge.type == "SETS"), by_target=True),
        advances=_grouped(advances, by_target=False),
        involves=_grouped(involves, by_target=False),
        issuers=_grouped(issued, by_target=False),
        above=kin.above,
        below=kin.below,
        evidence=_all_evidence(store, [*(nodes[goal] for goal in known_goals), *advances, *involves]),
    )


def begun_at(store: Store, wanted: Wanted, measures: Collection[str], goals: Collection[str]) -> set[str]:
    """Of the goals, and those that the measures advance, the ones with a figure as it is asked for."""
    return _fitting(store, wanted, measures, [_ADVANCED]) | _fitting(store, wanted, goals, [()])


def _fitting(store: Store, wanted: Wanted, ids: Collection[str], ways: Sequence[Sequence[Leg]]) -> set[str]:
    found = properties_at(store, ids, ways) if ids else {}
    return {goal for goal, properties in found.items() if wanted.fits_figure(properties)}


def around_actors(store: Store, actors: Collection[str]) -> set[str]:
    """Measures that involve an actor, those above and below them, and all of the policies that it issued."""
    steps = store.steps(actors, ["INVOLVES", "ISSUED_BY"], direction=Direction.IN)
    involving = {step.source for step in steps if step.type == "INVOLVES"}
    issued = {step.source for step in steps if step.type == "ISSUED_BY"}
    contained = {step.target for step in store.steps(issued, ["CONTAINS"], direction=Direction.OUT)}
    return {*family(store, involving).all, *contained}


def _grouped(edges: Iterable[Edge], *, by_target: bool) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.target if by_target else edge.source].append(edge)
    return dict(groups)


def _all_evidence(store: Reads, facts: Iterable[Node | Edge]) -> dict[str, Sequence[Evidence]]:
    """All evidence of the facts; asked for only where an answer carries less than all."""
    known = list(facts)
    found: dict[str, Sequence[Evidence]] = {fact.id: fact.evidence for fact in known}
    cut = [fact.id for fact in known if fact.evidence_total > len(fact.evidence)]
    if cut:
        found.update(store.all_evidence(cut))
    return found
