"""Paths: how two nodes hang together, hop by hop, each with its evidence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from graph.asked import check_types
from graph.errors import RefusedInput
from graph.facts import Node
from graph.queries.at_once import nodes_and_version
from graph.queries.cells import Cell, cell
from graph.queries.evidence import read_with_pieces, shown
from graph.queries.find import find_nodes
from graph.queries.kept import KeptAnswers
from graph.queries.node import EdgeCell, edge_cell
from graph.queries.pages import EXACT_UP_TO, Page, check_limit, encode_computed, question_of, start_of
from graph.queries.path_search import Bounds, Passable, Web, count_ways, iter_ways, shortest_web, ways_at_once
from graph.queries.tags import is_tagged
from graph.store import Store, Ways
from ontology import registry

LONGEST_PATH = 8
_HUBS_SHOWN = 20
_kept: KeptAnswers[Web] = KeptAnswers(32)


@dataclass(frozen=True, slots=True)
class PathQuery:
    """How paths may run: over relations of `use` (all if none is named) and not of `avoid`, at most `max_hops` long.

    `through` names what is passed through although it is not by itself; an end of a path may be anything. With `tags`
    only those of the shortest paths are left that pass through a node with one of them.
    """

    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    through: tuple[Passable, ...] = ()
    max_hops: int = 6
    tags: tuple[str, ...] = ()


ANY_PATH = PathQuery()


@dataclass(frozen=True, slots=True)
class Path:
    """The nodes from one end to the other; `hops` has for each two neighbours all edges between them, by id.

    Nodes carry no evidence of their own here, edges do. An edge may be read against its direction.
    """

    nodes: tuple[Cell, ...]
    hops: tuple[tuple[EdgeCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage(Page[Path]):
    """A page of paths, all of them `hops` long; None if none was found.

    `hubs` are nodes (20 at most) of which only the first 1,000 edges were followed. Where there are any, or where
    `is_cut` (30,000 edges were looked at), there may be a shorter path, or more of this length.
    """

    source: Cell
    target: Cell
    hops: int | None
    hubs: tuple[Cell, ...]
    is_cut: bool


def paths(
    store: Store, source: str, target: str, query: PathQuery = ANY_PATH, *, limit: int = 20, cursor: str | None = None
) -> PathPage:
    """A page of the shortest paths between two nodes (ids or texts), edges read either way, by the ids of their nodes.

    Raises AmbiguousName or NotFound for an end, UnknownParameter for a relation, RefusedInput if both ends are one
    node or a limit makes no sense, StaleCursor for a cursor from before the store changed.
    """
    bounds = Bounds(_types(query, limit), query.through, query.max_hops)
    nodes, version, found = _looked_up(store, (source, target), query, bounds, is_first=cursor is None)
    ends = nodes[0].id, nodes[1].id
    if ends[0] == ends[1]:
        raise RefusedInput(f"both ends are {nodes[0].name} ({ends[0]}); give two different nodes")
    question = question_of(query, "paths", *ends)
    start = start_of(cursor, question, version)

    def make() -> Web:
        web = shortest_web(store, ends, bounds, found=found)
        return _through_tagged(store, web, ends, query.tags) if query.tags else web

    web = _kept.get(store, question, make, version=version)
    total = count_ways(web, ends)
    ways = list(islice(iter_ways(web, ends), start, start + limit))
    hubs = store.nodes(web.hubs[:_HUBS_SHOWN])
    return PathPage(
        items=tuple(_paths(store, web, ways)),
        next=encode_computed(start + limit, question, version) if start + limit < total else None,
        total=min(total, EXACT_UP_TO),
        exact=total <= EXACT_UP_TO and not (web.hubs or web.is_cut),
        source=_bare(nodes[0]),
        target=_bare(nodes[1]),
        hops=web.hops if total else None,
        hubs=tuple(map(_bare, hubs.values())),
        is_cut=web.is_cut,
    )


def _looked_up(
    store: Store, given: tuple[str, str], query: PathQuery, bounds: Bounds, *, is_first: bool
) -> tuple[list[Node], int, Ways | None]:
    """The nodes at both ends, the version of the store, and what its engine finds between two ids.

    An engine is asked for all of it at once for a first page that is not kept, of whatever version.
    """
    are_ids = given[0] != given[1] and all(":" in end for end in given)
    is_new = is_first and are_ids and not _kept.has(store, question_of(query, "paths", *given))
    found = ways_at_once(store, given, bounds) if is_new else None
    if found and found.steps:
        return find_nodes(store, given, known={node.id: node for node in found.nodes}), found.version, found
    known, version = nodes_and_version(store, given)
    nodes = find_nodes(store, given, known=known)
    is_same = found and ((nodes[0].id, nodes[1].id), version) == (given, found.version)
    return nodes, version, found if is_same else None


def _through_tagged(store: Store, web: Web, ends: tuple[str, str], tags: Collection[str]) -> Web:
    """The web, of which only ways through a node with one of the tags are wanted."""
    between = store.nodes(web.following.keys() - {*ends})
    return replace(web, wanted=frozenset(node.id for node in between.values() if is_tagged((node,), tags)))


def _types(query: PathQuery, limit: int) -> list[str]:
    """The relations that may be followed."""
    check_limit(limit)
    if not 1 <= query.max_hops <= LONGEST_PATH:
        raise RefusedInput(f"max_hops {query.max_hops}: give 1 to {LONGEST_PATH}")
    check_types((*query.use, *query.avoid))
    types = [type_ for type_ in query.use or registry.relation_types() if type_ not in query.avoid]
    if not types:
        raise RefusedInput("no relation is left to follow: name one to use that is not avoided")
    return types


def _paths(store: Store, web: Web, ways: Sequence[Sequence[str]]) -> list[Path]:
    """The ways as paths; nodes and evidence of all of them are read at once."""
    edges = {edge.id: edge for way in ways for step in pairwise(way) for edge in web.following[step[0]][step[1]]}
    nodes, pieces = read_with_pieces(store, {node for way in ways for node in way}, shown(edges.values()), web.read)
    made = {id_: edge_cell(edge, pieces) for id_, edge in edges.items()}
    return [
        Path(
            nodes=tuple(_bare(nodes[node]) for node in way),
            hops=tuple(
                tuple(made[edge.id] for edge in web.following[before][after]) for before, after in pairwise(way)
            ),
        )
        for way in ways
        if all(node in nodes for node in way)
    ]


def _bare(node: Node) -> Cell:
    return cell(node, evidence=(), evidence_total=node.evidence_total)
