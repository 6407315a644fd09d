"""The cascade of a policy: what stands above and below it, and how the goals of these policies align.

Goals align by their indicator, on two axes: value (same, tighter, looser, not comparable; only shares, rates and ratios
can be tighter or looser, of amounts the share of the higher level's is told) and year (same, earlier, later).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput
from graph.queries.cascade_links import Row, axes_of, key_in, rows
from graph.queries.cascade_policies import Lineage, Link, level_of, load_lineage
from graph.queries.cascade_rows import (
    DEEPEST,
    MOST_POLICIES,
    Alignment,
    Cascade,
    CascadeCounts,
    CascadeQuery,
    Place,
    Step,
)
from graph.queries.figures import Figure, Stated, load_goals
from graph.queries.find import find_node
from graph.queries.hops import Hop, read_cells
from graph.queries.kept import KeptAnswers
from graph.queries.pages import EXACT_UP_TO, cut, question_of
from graph.store import Store

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Answer:
    lineage: Lineage
    goals: Stated
    rows: Sequence[Row]


_kept: KeptAnswers[_Answer] = KeptAnswers(8)


def cascade(store: Store, query: CascadeQuery, *, limit: int = 50, cursor: str | None = None) -> Cascade:
    """A page of the rows of a policy's cascade, with the policies of the whole.

    Order of rows: finding (aligned, not taken up, new, without parent), name of the indicator, names of the policies,
    places in the documents, ids; of policies: place (with, above, below, cited), distance, id. Raises AmbiguousName or
    NotFound for a text that stands for several policies or none, RefusedInput for another class, for a depth or number
    of policies that is out of range, and for a cursor of another question.
    """
    answer = _answered(store, query)
    lineage = answer.lineage

    key = key_in(lineage, answer.goals.indicators)
    page, following = cut(answer.rows, key, question=_question(query), limit=limit, cursor=cursor)
    total = min(len(answer.rows), EXACT_UP_TO)
    hops = [Hop(lineage.start), *(_step_hop(lineage, link) for link in lineage.links)]
    cells = read_cells(store, hops)
    return Cascade(
        items=tuple(_filled(store, answer, page)),
        next=following,
        total=total,
        exact=total == len(answer.rows),
        policy=cells[hops[0].key],
        level=level_of(lineage.start),
        steps=tuple(
            Step(
                place=link.place,
                policy=cells[hop.key],
                level=level_of(hop.node),
                distance=link.distance,
                relation=link.edge.type,
                by=link.by,
                is_loaded=bool(hop.node.properties.get("loaded")),
            )
            for link, hop in zip(lineage.links, hops[1:], strict=True)
        ),
        counts=_counts(answer),
        truncated=lineage.is_cut or answer.goals.is_cut,
    )


def iter_cascade(store: Store, query: CascadeQuery) -> Iterator[Alignment]:
    """All rows of a policy's cascade, in the order of `cascade`; their evidence is read 500 rows at a time."""
    answer = _answered(store, query)
    for start in range(0, len(answer.rows), _AT_ONCE):
        yield from _filled(store, answer, answer.rows[start : start + _AT_ONCE])


def _answered(store: Store, query: CascadeQuery) -> _Answer:
    if not 1 <= query.depth <= DEEPEST:
        raise RefusedInput(f"depth {query.depth}: give 1 to {DEEPEST}")
    if not 1 <= query.policies <= MOST_POLICIES:
        raise RefusedInput(f"policies {query.policies}: give 1 to {MOST_POLICIES}")

    def make() -> _Answer:
        start = find_node(store, query.policy, labels=("Policy",))
        lineage = load_lineage(store, start, depth=query.depth, limit=query.policies)
        around = {link.policy for link in lineage.links if link.place is not Place.CITED}
        goals = load_goals(store, lineage.own | around)
        return _Answer(lineage, goals, rows(lineage, goals, query))

    return _kept.get(store, _question(query), make)


def _question(query: CascadeQuery) -> str:
    return question_of(query, "cascade")


def _counts(answer: _Answer) -> CascadeCounts:
    findings = Counter(str(row.finding) for row in answer.rows)
    places = Counter(str(link.place) for link in answer.lineage.links if link.place is not Place.WITH)
    return CascadeCounts(**findings, **places)


def _step_hop(lineage: Lineage, link: Link) -> Hop:
    return Hop(lineage.nodes[link.policy], link.edge)


def _filled(store: Store, answer: _Answer, page: Sequence[Row]) -> list[Alignment]:
    """The rows with their cells; the evidence of all of them is read at once."""
    policies, indicators = answer.lineage.nodes, answer.goals.indicators

    def setter(figure: Figure | None) -> Hop | None:
        return Hop(policies[figure.policy]) if figure else None

    def hops(row: Row) -> tuple[Hop | None, ...]:
        indicator = indicators.get(row.indicator or "")
        return (
            Hop(indicator) if indicator else None,
            setter(row.goal),
            row.goal.hop if row.goal else None,
            setter(row.above),
            row.above.hop if row.above else None,
        )

    wanted = [hops(row) for row in page]
    cells = read_cells(store, (hop for row in wanted for hop in row if hop))
    filled = []
    for row, of_row in zip(page, wanted, strict=True):
        indicator, policy, goal, policy_above, goal_above = (cells[hop.key] if hop else None for hop in of_row)
        axes = axes_of(row, answer.lineage)
        filled.append(
            Alignment(
                finding=row.finding,
                indicator=indicator,
                policy=policy,
                goal=goal,
                policy_above=policy_above,
                goal_above=goal_above,
                value=axes.value,
                year=axes.year,
                share=axes.share,
                remarks=axes.remarks,
            )
        )
    return filled
