"""The part of the graph around some nodes."""

from collections.abc import Sequence

from graph.asked import check_types
from graph.errors import RefusedInput
from graph.formats.scope import Scope
from graph.queries.at_once import steps_between
from graph.queries.find import find_node
from graph.queries.listing import iter_edges, iter_nodes
from graph.store import Direction, Store

DEEPEST = 6
MOST_NODES = 20_000


def subgraph(
    store: Store,
    seeds: Sequence[str],
    *,
    tags: Sequence[str] = (),
    depth: int = 1,
    types: Sequence[str] = (),
    limit: int = 2000,
) -> tuple[Scope, bool]:
    """The nodes within `depth` steps of the seeds with the edges between them, and whether it was cut.

    Seeds are nodes by their ids or texts, and all that have one of the tags.

    Steps follow edges of the given types, or of all, either way. The nearest nodes count first, of equally near ones
    those with the smaller id, until there are `limit` of them. Raises AmbiguousName, NotFound, UnknownParameter, and
    RefusedInput for a depth outside 0 to 6 or a limit outside 1 to 20,000.
    """
    _check([*seeds, *tags], depth, limit)
    check_types(types)
    front = {find_node(store, seed).id for seed in seeds}
    front |= {node.id for node in iter_nodes(store, filters={"tags": tags})} if tags else set()
    is_cut = len(front) > limit
    inside = set(sorted(front)[:limit])
    for _ in range(depth):
        steps = store.steps(front & inside, types or None, direction=Direction.BOTH)
        front = {end for step in steps for end in (step.source, step.target)} - inside
        room = limit - len(inside)
        is_cut = is_cut or len(front) > room
        front = set(sorted(front)[:room])
        if not front:
            break
        inside |= front
    between = steps_between(store, inside, inside, types or None, direction=Direction.OUT)
    return Scope(nodes=frozenset(inside), edges=frozenset(step.id for step in between)), is_cut


def _check(seeds: Sequence[str], depth: int, limit: int) -> None:
    if not seeds:
        raise RefusedInput("no seed: give at least one id, name or tag to start from")
    if not 0 <= depth <= DEEPEST:
        raise RefusedInput(f"depth {depth}: give 0 to {DEEPEST}")
    if not 1 <= limit <= MOST_NODES:
        raise RefusedInput(f"limit {limit}: give 1 to {MOST_NODES}")


def whole(store: Store) -> Scope:
    """Everything that the store holds."""
    return Scope(
        nodes=frozenset(node.id for node in iter_nodes(store)), edges=frozenset(edge.id for edge in iter_edges(store))
    )
