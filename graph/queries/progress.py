"""Progress: goals held against the reported figures of the same indicator and subject, with every input shown.

How the share and the status are computed is told at `graph.queries.way_done.way_done`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.facts import Node
from graph.normal import sort_key
from graph.queries.alignment import Remark
from graph.queries.figures import Figure, Observations, Stated, load_goals, load_observations, named, subjects_of
from graph.queries.hops import Hop, read_cells
from graph.queries.kept import KeptAnswers
from graph.queries.pages import EXACT_UP_TO, Key, cut, question_of
from graph.queries.policy_sets import (
    find_each,
    policies_issued_by,
    policies_that_bind,
    with_printed,
)
from graph.queries.progress_rows import ProgressCounts, ProgressPage, ProgressQuery, ProgressRow
from graph.queries.tags import is_tagged
from graph.queries.units import number, unit_text
from graph.queries.way_done import Way, seen_of, target_of, way_done
from graph.store import Step, Store
from ontology.values import Basis

_AT_ONCE = 500
_PAGE = 200
EVERY_GOAL = ProgressQuery()
MOST_UNASKED = 20
"""Policies that are looked at where none are asked for."""


@dataclass(frozen=True, slots=True)
class _Row:
    goal: Figure
    seen: Figure | None
    about: Step | None
    way: Way
    figures: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """The rows in their order, and the nodes that they need; `goals` has the indicators."""

    rows: Sequence[_Row]
    goals: Stated
    nodes: Mapping[str, Node]
    is_cut: bool

    def key(self, row: _Row) -> Key:
        """Sort key of a row: name of the policy, place of the goal, ids."""
        name = sort_key(self.nodes[row.goal.policy].name)
        return name, row.goal.place, row.goal.edge.id, row.seen.edge.id if row.seen else ""


_kept: KeptAnswers[_Answer] = KeptAnswers(8)


def progress(
    store: Store, query: ProgressQuery = EVERY_GOAL, *, limit: int = 50, cursor: str | None = None
) -> ProgressPage:
    """A page of goals with their figures.

    A goal has one row; where several values are reported for the year, one for each, marked REPORTS_DISAGREE. Order:
    name of the policy, place of the goal in the document, ids. Without a filter on policies the first 20 by id that
    are loaded are looked at. Raises AmbiguousName or NotFound for a text that stands for several nodes or none,
    RefusedInput for a cursor of another question.
    """
    answer = _answered(store, query)
    page, following = cut(answer.rows, answer.key, question=_question(query), limit=limit, cursor=cursor)
    total = min(len(answer.rows), EXACT_UP_TO)
    return ProgressPage(
        tuple(_filled(store, answer, page)),
        following,
        total,
        total == len(answer.rows),
        counts=ProgressCounts(**Counter(str(row.way.status) for row in answer.rows)),
        truncated=answer.is_cut,
    )


def iter_progress(store: Store, query: ProgressQuery = EVERY_GOAL) -> Iterator[ProgressRow]:
    """All goals with their figures, in the order of `progress`; their evidence is read 500 rows at a time."""
    answer = _answered(store, query)
    for start in range(0, len(answer.rows), _AT_ONCE):
        yield from _filled(store, answer, answer.rows[start : start + _AT_ONCE])


def _answered(store: Store, query: ProgressQuery) -> _Answer:
    return _kept.get(store, _question(query), lambda: _made(store, query))


def _question(query: ProgressQuery) -> str:
    return question_of(query, "progress")


def _made(store: Store, query: ProgressQuery) -> _Answer:
    policies, is_cut = _policies(store, query)
    reports = {node.id for node in find_each(store, query.report, "Policy")}
    goals = load_goals(store, policies)
    wanted = [goal for goal in goals.figures if not query.indicator or _is_named(goals, goal, query.indicator)]
    subjects = subjects_of(store, wanted)
    everyone = {subject for some in subjects.values() for subject in some}
    seen = load_observations(store, everyone, {goal.indicator for goal in wanted if goal.indicator})
    rows = [
        row
        for goal in wanted
        for row in _rows(goal, subjects[goal.node.id], goals.indicators, seen, reports=reports, year=query.year)
        if _fits(row, goals.indicators, query)
    ]
    ids = {id_ for row in rows for id_ in (row.goal.policy, *_ends(row))}
    answer = _Answer(rows, goals, store.nodes(ids), is_cut=is_cut or goals.is_cut or seen.is_cut)
    rows.sort(key=answer.key)
    return answer


def _ends(row: _Row) -> Iterable[str]:
    """The report that states the figure, and whom it is about."""
    return (*((row.seen.policy,) if row.seen else ()), *((row.about.target,) if row.about else ()))


def _policies(store: Store, query: ProgressQuery) -> tuple[frozenset[str], bool]:
    """The policies whose goals are wanted, and whether there are more."""
    sets: list[tuple[frozenset[str], bool]] = []
    if query.policy:
        found = frozenset(node.id for node in find_each(store, query.policy, "Policy"))
        sets.append((with_printed(store, found), False))
    for texts, label, policies_of in (
        (query.region, "Region", policies_that_bind),
        (query.issuer, "Organization", policies_issued_by),
    ):
        if texts:
            each = [policies_of(store, node.id) for node in find_each(store, texts, label)]
            sets.append((frozenset().union(*(ids for ids, _ in each)), any(is_cut for _, is_cut in each)))
    if not sets:
        return _loaded(store)
    return frozenset.intersection(*(ids for ids, _ in sets)), any(is_cut for _, is_cut in sets)


def _loaded(store: Store) -> tuple[frozenset[str], bool]:
    """The first loaded policies by id, and whether there are more."""
    found: list[str] = []
    after = ""
    while len(found) <= MOST_UNASKED:
        page = store.list_nodes("Policy", after=after, limit=_PAGE)
        found += [node.id for node in page if node.properties.get("loaded")]
        if len(page) < _PAGE:
            break
        after = page[-1].id
    return frozenset(found[:MOST_UNASKED]), len(found) > MOST_UNASKED


def _fits(row: _Row, indicators: Mapping[str, Node], query: ProgressQuery) -> bool:
    if query.statuses and row.way.status not in query.statuses:
        return False
    nodes = (row.goal.node, indicators.get(row.goal.indicator or ""), row.seen.node if row.seen else None)
    return not query.tags or is_tagged(filter(None, nodes), query.tags)


def _is_named(goals: Stated, goal: Figure, parts: Sequence[str]) -> bool:
    return named(goals.indicators.get(goal.indicator or ""), parts)


def _rows(
    goal: Figure,
    subjects: Sequence[str],
    indicators: Mapping[str, Node],
    observations: Observations,
    *,
    reports: set[str],
    year: int | None,
) -> Iterator[_Row]:
    """One row, or one for each of several values that are reported for the year."""
    found = {
        (figure.edge.id, subject): figure
        for subject in subjects
        for figure in observations.by_subject.get((goal.indicator or "", subject), ())
        if not reports or figure.policy in reports
    }
    indicator = indicators.get(goal.indicator or "")
    counts_new = indicator is not None and indicator.properties.get("basis") == Basis.NEW
    different = _different(_of_year(found, year))
    if not different:
        yield _Row(
            goal, None, None, replace(way_done(goal, None), remarks=_missing(subjects, observations)), len(found)
        )
    for (_, subject), figure in different:
        way = way_done(goal, figure, counts_new=counts_new, is_disputed=len(different) > 1)
        yield _Row(goal, figure, observations.about[(figure.node.id, subject)], way, len(found))


def _missing(subjects: Sequence[str], observations: Observations) -> tuple[Remark, ...]:
    """Why there may be no figure of a goal."""
    if not subjects:
        return (Remark.NO_SUBJECT,)
    return (Remark.NOT_ALL_SEEN,) if observations.is_cut else ()


_Found = dict[tuple[str, str], Figure]


def _of_year(found: _Found, year: int | None) -> _Found:
    """Those of the year, else of the latest one; those without a year only where none has one."""
    years = [figure.year for figure in found.values() if figure.year is not None]
    wanted = year if year is not None else max(years, default=None)
    return {key: figure for key, figure in found.items() if figure.year == wanted}


def _different(found: _Found) -> list[tuple[tuple[str, str], Figure]]:
    """The first of each value, by the ids of the edges."""
    first: dict[object, tuple[tuple[str, str], Figure]] = {}
    for key in sorted(found):
        amount = found[key].amount
        value = (amount.low, amount.high, amount.base, amount.per) if amount else None
        first.setdefault(value, (key, found[key]))
    return list(first.values())


def _filled(store: Store, answer: _Answer, page: Sequence[_Row]) -> list[ProgressRow]:
    """The rows with their cells; the evidence of all of them is read at once."""
    wanted = [_hops(answer, row) for row in page]
    cells = read_cells(store, (hop for row in wanted for hop in row if hop))
    filled = []
    for row, of_row in zip(page, wanted, strict=True):
        policy, goal, indicator, subject, report, observation = (cells[hop.key] if hop else None for hop in of_row)
        if policy is None or goal is None:
            raise AssertionError("every row has a goal and its policy")
        target, seen = target_of(row.goal), seen_of(row.goal, row.seen) if row.seen else None
        baseline = row.goal.baseline
        filled.append(
            ProgressRow(
                policy=policy,
                goal=goal,
                indicator=indicator,
                subject=subject,
                report=report,
                observation=observation,
                status=row.way.status,
                aim=row.goal.aim,
                unit=unit_text(row.goal.amount) if row.goal.amount else "",
                target=None if target is None else number(target),
                target_year=row.goal.year,
                baseline=number(baseline.low) if baseline else None,
                baseline_year=row.goal.baseline_year,
                seen=None if seen is None else number(seen),
                seen_year=row.seen.year if row.seen else None,
                share=row.way.share,
                formula=row.way.formula,
                expected=row.way.expected,
                figures=row.figures,
                remarks=row.way.remarks,
            )
        )
    return filled


def _hops(answer: _Answer, row: _Row) -> tuple[Hop | None, ...]:
    """Policy, goal, indicator, subject, report and observation."""
    nodes, indicator = answer.nodes, answer.goals.indicators.get(row.goal.indicator or "")
    return (
        Hop(nodes[row.goal.policy]),
        row.goal.hop,
        Hop(indicator) if indicator else None,
        Hop(nodes[row.about.target], row.about) if row.about else None,
        Hop(nodes[row.seen.policy]) if row.seen else None,
        row.seen.hop if row.seen else None,
    )
