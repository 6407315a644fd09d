"""Rows of chains as ids: made, filtered and sorted before anything is fetched that only a page needs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from graph.facts import Edge, Node
from graph.normal import sort_key
from graph.queries.chain_filters import Wanted
from graph.queries.chain_frame import Frame
from graph.queries.chain_rows import ACTING, Actors, Closeness, Gap
from graph.queries.closeness import ORDER, closeness, rank
from graph.queries.pages import Key
from graph.queries.tags import is_tagged
from ontology.values import Role

_ROLES = tuple(Role)
_ROLE_OF = {role.value: role for role in Role}
RANKS = tuple(str(rank(place)) for place in ORDER)
"""What the key of a row may start with."""
KEY_PARTS = 9
_RANK_OF = {place: str(rank(place)) for place in ORDER}
_LAST = "~"  # behind every digit and letter: cells that are empty come last


class Link(NamedTuple):
    """A row of ids; `actor_edges` are those that lead to the actor, that of the strongest role first.

    A tuple, which is made in a third of the time: there may be tens of thousands.
    """

    policy: str
    goal: str | None
    measure: str | None
    goal_edge: Edge | None
    measure_edge: Edge | None
    actor: str | None = None
    actor_edges: tuple[Edge, ...] = ()
    closeness: Closeness | None = None
    role: Role | None = None
    implied: bool = False
    gaps: tuple[Gap, ...] = ()
    via: str | None = None
    under: str | None = None


Involved: TypeAlias = dict[str, tuple[Edge, ...]]
"""Edges that lead to each actor, that of the strongest role first."""


@dataclass(frozen=True, slots=True)
class _Around:
    """Who is involved in a measure, and who only above or below it."""

    own: Involved
    above: Involved
    below: Involved


def links(frame: Frame, wanted: Wanted, places: Collection[Closeness | None] = ORDER) -> list[tuple[Key, Link]]:
    """All rows that answer the question and stand in one of these places, behind their sort keys, in order."""
    fits = _fitting(frame, wanted)
    found = (link for link in _all_links(frame, wanted) if link.closeness in places and fits(link))
    if wanted.query.parts and wanted.wholes:
        found = (_marked(link, frame, wanted) for link in found)
    key = _key_in(frame)
    return sorted(((key(link), link) for link in found), key=itemgetter(0))


def _marked(link: Link, frame: Frame, wanted: Wanted) -> Link:
    """The row with the measure that was asked for, where the row's is only a part of it."""
    if link.measure is None or link.measure in wanted.wholes:
        return link
    return link._replace(under=next((one for one in frame.above[link.measure] if one in wanted.wholes), None))


def _key_in(frame: Frame) -> Callable[[Link], Key]:
    """Sort key of a row: closeness, policy name, measure order, goal order in the text, actor name, then ids."""
    names = {id_: sort_key(node.name) for id_, node in frame.nodes.items() if node.label not in ("Goal", "Measure")}
    orders = {measure: _measure_order(frame.nodes[measure]) for measure in frame.measures}
    starts = {goal: _goal_order(frame, goal) for goal in frame.goals}

    def key(link: Link) -> Key:
        return (
            _RANK_OF[link.closeness],
            names[link.policy],
            orders[link.measure] if link.measure else _LAST,
            starts[link.goal] if link.goal else _LAST,
            names[link.actor] if link.actor else _LAST,
            link.policy,
            link.measure or "",
            link.goal or "",
            link.actor or "",
        )

    return key


def _all_links(frame: Frame, wanted: Wanted) -> Iterator[Link]:
    advanced: set[str] = set()
    for measure in frame.measures:
        edges = [edge for edge in frame.advances.get(measure, ()) if edge.target in frame.goals]
        advanced.update(edge.target for edge in edges)
        if wanted.query.gaps == (Gap.ACTOR,) and _is_acted_at(frame, measure):
            continue
        around = _around(frame, wanted, measure)
        for row in _measure_rows(frame, wanted, measure, edges):
            yield from _with_actors(frame, row, around)
    for goal in sorted(frame.goals - advanced):
        yield from _goal_rows(frame, goal)


def _goal_rows(frame: Frame, goal: str) -> Iterator[Link]:
    """Rows of a goal that no measure advances."""
    for edge in frame.sets.get(goal, ()):
        yield Link(edge.source, goal, None, edge, None, gaps=(Gap.MEASURE,))


def _measure_rows(frame: Frame, wanted: Wanted, measure: str, edges: Sequence[Edge]) -> Iterator[Link]:
    """Rows of a measure without their actors: one for each goal that it advances, or one without a goal."""
    contains = frame.contains.get(measure)
    if not edges and contains and not wanted.asks_for_goals:
        yield Link(contains.source, None, measure, None, contains, gaps=(Gap.GOAL,))
    for edge in edges:
        if wanted.fits_goal(frame.nodes[edge.target]):
            for sets in frame.sets.get(edge.target, ()):
                yield Link(sets.source, edge.target, measure, sets, edge)


def _with_actors(frame: Frame, row: Link, around: _Around) -> Iterator[Link]:
    """The row once for each actor; the issuers stand in where nobody acts at the measure itself."""
    measure = str(row.measure)
    named = list(_named(frame, row, around))
    if _is_acted_at(frame, measure):
        yield from named
        return
    contains = frame.contains.get(measure)
    issuers = {edge.target: edge for edge in frame.issuers.get(contains.source if contains else row.policy, ())}
    gaps = (*row.gaps, Gap.ACTOR)
    present = {link.actor for link in named}
    yield from (link._replace(gaps=gaps) if link.actor in issuers else link for link in named)
    for actor, edge in issuers.items():
        if actor not in present:
            yield row._replace(actor=actor, actor_edges=(edge,), implied=True, gaps=gaps)
    if not issuers:
        yield row._replace(gaps=gaps)


def _is_acted_at(frame: Frame, measure: str) -> bool:
    return any(_role(edge) in ACTING for edge in frame.involves.get(measure, ()))


def _around(frame: Frame, wanted: Wanted, measure: str) -> _Around:
    own = _involved(frame, wanted, [measure])
    above = _apart(_involved(frame, wanted, frame.above.get(measure, ())), own)
    below = _apart(_involved(frame, wanted, frame.below.get(measure, ())), {**own, **above})
    return _Around(own, above, below)


def _named(frame: Frame, row: Link, around: _Around) -> Iterator[Link]:
    """The row once for each actor that the measure or one above or below it names, the nearest place only."""
    if row.goal is None or row.measure_edge is None:
        for actor, edges in around.own.items():
            yield _joined(row, actor, edges, None)
        return
    stated = (*frame.evidence.get(row.goal, ()), *frame.evidence.get(row.measure_edge.id, ()))
    for actor, edges in around.own.items():
        named = [piece for edge in edges for piece in frame.evidence.get(edge.id, ())]
        yield _joined(row, actor, edges, closeness(stated, named))
    for place, others in ((Closeness.ABOVE, around.above), (Closeness.BELOW, around.below)):
        for actor, edges in others.items():
            yield _joined(row, actor, edges, place)


def _involved(frame: Frame, wanted: Wanted, measures: Iterable[str]) -> Involved:
    """Actors of the measures in a role that counts, with their edges, those of the strongest role first.

    Where actors are asked for, the others are left out at once: nobody's place hangs on who else is there.
    """
    counted = wanted.query.role or (_ROLES if wanted.query.actors is Actors.ALL else ACTING)
    found: dict[str, list[Edge]] = {}
    for measure in measures:
        for edge in frame.involves.get(measure, ()):
            if _role(edge) in counted and (wanted.actors is None or edge.target in wanted.actors):
                found.setdefault(edge.target, []).append(edge)
    return {actor: tuple(sorted(edges, key=lambda edge: _ROLES.index(_role(edge)))) for actor, edges in found.items()}


def _apart(involved: Involved, nearer: Involved) -> Involved:
    return {actor: edges for actor, edges in involved.items() if actor not in nearer}


def _joined(row: Link, actor: str, edges: tuple[Edge, ...], place: Closeness | None) -> Link:
    """The row with an actor."""
    via = edges[0].source if place in (Closeness.ABOVE, Closeness.BELOW) else None
    begun = row.policy, row.goal, row.measure, row.goal_edge, row.measure_edge
    return Link(*begun, actor, edges, place, _role(edges[0]), gaps=row.gaps, via=via)


def _fitting(frame: Frame, wanted: Wanted) -> Callable[[Link], bool]:
    """What tells whether a row answers the question; only what is asked for is looked at."""
    query, nodes = wanted.query, frame.nodes
    measures, actors, goals = wanted.measures, wanted.actors, wanted.asks_for_goals
    asked: list[tuple[object, Callable[[Link], bool]]] = [
        (wanted.policies is not None, lambda link: _fits_policy(link, frame, wanted.policies or ())),
        (measures is not None, lambda link: link.measure in (measures or ())),
        (actors is not None, lambda link: link.actor in (actors or ())),
        (goals, lambda link: link.goal is not None and wanted.fits_goal(nodes[link.goal])),
        (query.role, lambda link: link.role in query.role),
        (query.closeness, lambda link: link.closeness in query.closeness),
        (query.gaps, lambda link: any(gap in query.gaps for gap in link.gaps)),
        (query.tags, lambda link: is_tagged(_nodes(link, frame), query.tags)),
    ]
    tests = [fits for is_asked, fits in asked if is_asked]
    return lambda link: all(fits(link) for fits in tests)


def _fits_policy(link: Link, frame: Frame, policies: Collection[str]) -> bool:
    """Whether the goal's policy or the measure's is asked for."""
    if link.policy in policies:
        return True
    contains = frame.contains.get(link.measure) if link.measure else None
    return contains is not None and contains.source in policies


def _nodes(link: Link, frame: Frame) -> Iterator[Node]:
    return (frame.nodes[id_] for id_ in (link.policy, link.goal, link.measure, link.actor) if id_)


def _role(edge: Edge) -> Role:
    return _ROLE_OF[str(edge.properties["role"])]


def _measure_order(node: Node) -> str:
    order = node.properties.get("order")
    return f"{order:08d}" if isinstance(order, int) else _LAST


def _goal_order(frame: Frame, goal: str) -> str:
    starts = [piece.start for piece in frame.evidence.get(goal, ())]
    return f"{min(starts):010d}" if starts else _LAST
