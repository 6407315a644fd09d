"""What lacks a goal, a measure or an actor, found before anything else of it is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from graph.queries.at_once import reach, steps_between
from graph.queries.chain_family import family
from graph.queries.chain_rows import ACTING, Gap
from graph.store import Direction, Leg, Step, Store

_CONTAINED = (Leg("CONTAINS", Direction.OUT),)
_SET = (Leg("SETS", Direction.OUT),)
_ADVANCED_BY = Leg("ADVANCES", Direction.IN)
_ADVANCING = (*_SET, _ADVANCED_BY)
_ACTOR = Leg("INVOLVES", Direction.OUT, ACTING)


def around_gaps(store: Store, gaps: Collection[Gap], policies: Collection[str]) -> tuple[set[str], set[str]]:
    """The measures and goals that the rows of these policies with these gaps begin at."""
    measures: set[str] = set()
    if Gap.ACTOR in gaps:
        measures |= reach(store, policies, [_CONTAINED, _ADVANCING], lacking=_ACTOR)
    if Gap.GOAL in gaps:
        measures |= reach(store, policies, [_CONTAINED], lacking=Leg("ADVANCES", Direction.OUT))
    goals = reach(store, policies, [_SET], lacking=_ADVANCED_BY) if Gap.MEASURE in gaps else set()
    return measures, goals


def with_issuer_apart(store: Store, policies: Collection[str]) -> set[str]:
    """Measures that advance a goal of these policies, at which nobody acts, with an issuer above or below them.

    The issuer is one of the policy that contains the measure; where none does, it is seen when the goals are read.
    """
    measures = reach(store, policies, [_ADVANCING], lacking=_ACTOR)
    owners = _others_by(store.steps(measures, ["CONTAINS"], direction=Direction.IN), by_target=True)
    containing = {policy for those in owners.values() for policy in those}
    issuers = _others_by(store.steps(containing, ["ISSUED_BY"], direction=Direction.OUT), by_target=False)
    kin = family(store, owners)
    issuing = {issuer for those in issuers.values() for issuer in those}
    found = steps_between(store, kin.all, issuing, ["INVOLVES"], direction=Direction.OUT)
    involved = _others_by(found, by_target=False)

    def is_near_issuer(measure: str) -> bool:
        own = {issuer for policy in owners[measure] for issuer in issuers.get(policy, ())}
        return any(own & involved.get(other, set()) for other in (*kin.above[measure], *kin.below[measure]))

    return {measure for measure in measures if measure not in owners or is_near_issuer(measure)}


def _others_by(steps: Iterable[Step], *, by_target: bool) -> Mapping[str, set[str]]:
    """The other ends of steps by one end."""
    found: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        one, other = (step.target, step.source) if by_target else (step.source, step.target)
        found[one].add(other)
    return dict(found)
