"""Chains counted by policy, place or actor."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.normal import sort_key
from graph.queries.cells import Cell, cell
from graph.queries.chain_links import Link
from graph.queries.chain_rows import ChainCounts, ChainQuery
from graph.queries.chains import EVERYTHING, chain_rows
from graph.queries.pages import EXACT_UP_TO, Page, check_limit, encode_computed, question_of, start_of
from graph.queries.prepared import PreparedAnswers
from graph.store import Direction, Store
from ontology import registry


class GroupBy(StrEnum):
    """What chains are counted by; a policy's places are those that it applies to."""

    POLICY = "policy"
    REGION = "region"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class ChainGroup:
    """The rows of one policy, place or actor, and how many different nodes stand in them; None holds those without."""

    node: Cell | None
    counts: ChainCounts


_Counted = tuple[str | None, ChainCounts]
_prepared: PreparedAnswers[tuple[_Counted, ...]] = PreparedAnswers(16)


def chain_groups(
    store: Store,
    by: GroupBy,
    query: ChainQuery = EVERYTHING,
    *,
    limit: int = 50,
    cursor: str | None = None,
    wait_s: float | None = None,
) -> Page[ChainGroup]:
    """A page of the groups that the rows of an answer fall into, the largest first, then by name and id.

    A row counts for each place that its policy applies to. All rows are read, in the background and once for each
    version of the store; without `wait_s` they are waited for. Raises what `chains` raises, StillBeingMade if they are
    not ready in `wait_s`, and StaleCursor for a cursor from before the store changed.
    """
    check_limit(limit)
    question = question_of(query, "chain groups", by)
    start = start_of(cursor, question, store.version)
    groups = _prepared.get(store, question, lambda: _counted(store, by, query), wait_s=wait_s)
    page = groups[start : start + limit]
    nodes = store.nodes([id_ for id_, _ in page if id_])
    return Page(
        items=tuple(
            ChainGroup(cell(nodes[id_], evidence=(), evidence_total=nodes[id_].evidence_total) if id_ else None, counts)
            for id_, counts in page
            if id_ is None or id_ in nodes
        ),
        next=encode_computed(start + limit, question, store.version) if start + limit < len(groups) else None,
        total=min(len(groups), EXACT_UP_TO),
        exact=len(groups) <= EXACT_UP_TO,
    )


def _counted(store: Store, by: GroupBy, query: ChainQuery) -> tuple[_Counted, ...]:
    links = [row.link for row in chain_rows(store, query)]
    groups: dict[str | None, list[Link]] = defaultdict(list)
    places = _places(store, {link.policy for link in links}) if by is GroupBy.REGION else {}
    for link in links:
        for id_ in _groups_of(link, by, places):
            groups[id_].append(link)
    names = {id_: sort_key(node.name) for id_, node in store.nodes([id_ for id_ in groups if id_]).items()}
    counted = [(id_, _counts(rows)) for id_, rows in groups.items()]
    return tuple(sorted(counted, key=lambda one: (-one[1].rows, one[0] is None, names.get(one[0] or "", ""), one[0])))


def _groups_of(link: Link, by: GroupBy, places: Mapping[str, Sequence[str]]) -> Sequence[str | None]:
    if by is GroupBy.REGION:
        return places.get(link.policy, (None,))
    return (link.policy if by is GroupBy.POLICY else link.actor,)


def _places(store: Store, policies: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The places that each policy applies to."""
    found: dict[str, list[str]] = defaultdict(list)
    for step in store.steps(set(policies), ["APPLIES_TO"], direction=Direction.OUT):
        if "Region" in registry.line_of(step.target_label):
            found[step.source].append(step.target)
    return dict(found)


def _counts(rows: Sequence[Link]) -> ChainCounts:
    return ChainCounts(
        rows=len(rows),
        policies=len({row.policy for row in rows}),
        goals=len({row.goal for row in rows if row.goal}),
        measures=len({row.measure for row in rows if row.measure}),
        actors=len({row.actor for row in rows if row.actor}),
    )
