"""Chains: rows of policy, goal, measure and actor, with the evidence of every hop.

A heading with five goals and five actors is not twenty-five facts, so each row says how close its actor stands to its
goal in the text, and rows are sorted by that. What is missing stays visible as a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput
from graph.facts import Evidence, Fact, Node
from graph.queries.at_once import nodes_and_version
from graph.queries.cells import Cell, Piece, cell
from graph.queries.chain_filters import look_up
from graph.queries.chain_frame import Frame
from graph.queries.chain_links import KEY_PARTS, RANKS, Link
from graph.queries.chain_rows import Chain, ChainPage, ChainQuery
from graph.queries.chain_scan import Placed, Scan
from graph.queries.closeness import nearest_first
from graph.queries.evidence import read_pieces
from graph.queries.kept import KeptAnswers
from graph.queries.pages import EXACT_UP_TO, NOT_OURS, check_limit, decode_cursor, encode_cursor, question_of
from graph.store import EVIDENCE_SHOWN, Store

EVERYTHING = ChainQuery()
_AT_ONCE = 500
_kept: KeptAnswers[Scan] = KeptAnswers(8)


def chains(store: Store, query: ChainQuery = EVERYTHING, *, limit: int = 50, cursor: str | None = None) -> ChainPage:
    """A page of the chains that answer the question.

    Order: closeness (sentence, passage, measure, above, below, none), policy name, order of the measure, order of the
    goal in the text, actor name, ids. A cursor goes on behind the place of the last row, whatever was written since: no
    row comes twice and none is lost that was there throughout, unless the write moves the row itself to another place
    (another closeness, another name). Where `exact` is false, total and counts are those of what was read so far.

    Raises AmbiguousName or NotFound for a text that stands for several nodes or for none, RefusedInput for a cursor of
    another question.
    """
    check_limit(limit)
    question = _question(query)
    after = None if cursor is None else decode_cursor(cursor, question)
    if after is not None and (len(after) != KEY_PARTS or after[0] not in RANKS):
        raise RefusedInput(NOT_OURS)
    scan = _scan(store, query)
    rows = scan.page(after, limit + 1)
    counts = scan.counts
    total = min(counts.rows, EXACT_UP_TO)
    return ChainPage(
        items=tuple(_filled(store, rows[:limit])),
        next=encode_cursor(rows[limit - 1].key, question) if len(rows) > limit else None,
        total=total,
        exact=scan.is_done and total == counts.rows,
        counts=counts,
    )


def iter_chains(store: Store, query: ChainQuery = EVERYTHING) -> Iterator[Chain]:
    """All chains that answer the question, in the order of `chains`, as soon as their places are known.

    The nearest come while the others are still to be read, so that a table of a large graph begins at once.
    """
    scan = _scan(store, query)
    rows = scan.page(None, _AT_ONCE)
    while rows:
        yield from _filled(store, rows)
        rows = scan.page(rows[-1].key, _AT_ONCE)


def chain_rows(store: Store, query: ChainQuery) -> Sequence[Placed]:
    """All rows that answer the question, without the evidence of their cells."""
    return _scan(store, query).whole()


def _scan(store: Store, query: ChainQuery) -> Scan:
    known, version = nodes_and_version(store, query.named)
    return _kept.get(store, _question(query), lambda: Scan(store, look_up(store, query, known=known)), version=version)


def _question(query: ChainQuery) -> str:
    return question_of(query, "chains")


@dataclass(frozen=True, slots=True)
class _Hop:
    """A cell to be: its node, and the evidence of the edge that leads there."""

    node: Node
    evidence: tuple[Evidence, ...]
    total: int
    edge: str | None

    @classmethod
    def over(cls, node: Node, fact: Fact | None) -> "_Hop":
        """The node by the evidence of an edge, or by its own where no edge leads to it."""
        source = fact or node
        return cls(node, source.evidence[:EVIDENCE_SHOWN], source.evidence_total, fact.id if fact else None)

    def cell(self, pieces: dict[Evidence, Piece]) -> Cell:
        """The cell, with its evidence as it can be read."""
        shown = tuple(pieces[item] for item in self.evidence)
        return cell(self.node, evidence=shown, evidence_total=self.total, edge=self.edge)


def _filled(store: Store, rows: Sequence[Placed]) -> list[Chain]:
    """The rows as chains; the evidence of all of them is read at once."""
    hops = [_hops(row.frame, row.link) for row in rows]
    pieces = read_pieces(store, (item for row in hops for hop in row if hop for item in hop.evidence))
    return [
        _chain(row.link, [hop.cell(pieces) if hop else None for hop in cells])
        for row, cells in zip(rows, hops, strict=True)
    ]


def _chain(row: Link, cells: Sequence[Cell | None]) -> Chain:
    policy, goal, measure, actor, via, under = cells
    if policy is None:
        raise AssertionError("every row has a policy")
    return Chain(
        policy=policy,
        goal=goal,
        measure=measure,
        actor=actor,
        closeness=row.closeness,
        role=row.role,
        implied=row.implied,
        gaps=row.gaps,
        via=via,
        under=under,
    )


def _hops(frame: Frame, row: Link) -> tuple[_Hop | None, ...]:
    """Policy, goal, measure, actor, the measure by way of which the actor is there, and the one that was asked for."""
    nodes = frame.nodes
    return (
        _Hop.over(nodes[row.policy], None),
        _Hop.over(nodes[row.goal], row.goal_edge) if row.goal else None,
        _Hop.over(nodes[row.measure], row.measure_edge) if row.measure else None,
        _actor_hop(frame, row) if row.actor else None,
        _Hop.over(nodes[row.via], None) if row.via else None,
        _Hop.over(nodes[row.under], None) if row.under else None,
    )


def _actor_hop(frame: Frame, row: Link) -> _Hop:
    """The actor by the evidence of all edges that lead to it, that nearest to the goal first."""
    node = frame.nodes[str(row.actor)]
    known = [frame.evidence.get(edge.id, edge.evidence) for edge in row.actor_edges]
    evidence = list(dict.fromkeys(piece for pieces in known for piece in pieces))
    goal = [*frame.evidence.get(row.goal or "", ())]
    if row.measure_edge:
        goal += frame.evidence.get(row.measure_edge.id, ())
    total = len(evidence) if not row.implied else row.actor_edges[0].evidence_total
    shown = tuple(nearest_first(evidence, goal)[:EVIDENCE_SHOWN]) if row.goal else tuple(evidence[:EVIDENCE_SHOWN])
    return _Hop(node, shown, total, row.actor_edges[0].id)
