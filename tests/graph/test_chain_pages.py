"""Pages of chains: read policy by policy, and gone on with after a write."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.facts import Batch, EdgeClaim, NodeClaim, edge_claim
from graph.open import open_store
from graph.queries import chain_scan
from graph.queries.chain_groups import GroupBy, chain_groups
from graph.queries.chain_rows import Chain, ChainCounts, ChainQuery, Closeness, Gap
from graph.queries.chains import chains, iter_chains
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node

Row = tuple[str | None, ...]
TITLES = ("发展规划", "行动方案", "实施意见")
QUERIES = (
    ChainQuery(),
    ChainQuery(gaps=(Gap.MEASURE,)),
    ChainQuery(gaps=(Gap.ACTOR,)),
    ChainQuery(year_from=2025),
    ChainQuery(indicator=("甲",)),
)


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page reads further than it must."""
    for most in ("SMALL", "COUNTED_POLICIES", "COUNTED_OF_NARROW"):
        monkeypatch.setattr(chain_scan, most, 0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("chains") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


@st.composite
def plans(draw: st.DrawFn) -> Batch:
    """A plan that is one of a few, and may share title, goals and actors with the others."""
    number = draw(st.integers(0, 4))
    policy = f"policy:{number}"
    claims: list[NodeClaim | EdgeClaim] = [node(policy, "Policy", draw(st.sampled_from(TITLES)))]
    goals = [f"goal:{n}" for n in draw(st.sets(st.integers(0, 3), max_size=3))]
    measures = [f"measure:{number}-{n}" for n in range(draw(st.integers(0, 3)))]
    actors = [f"organization:{n}" for n in range(3)]
    claims += [node(goal, "Goal", goal, indicator="甲" if goal[-1] in "02" else "乙", year=2025) for goal in goals]
    claims += [node(measure, "Measure", measure, order=n) for n, measure in enumerate(measures)]
    claims += [node(actor, "Institution", actor) for actor in actors]
    claims += [edge_claim("SETS", policy, goal) for goal in goals]
    claims += [edge_claim("CONTAINS", policy, measure) for measure in measures]
    claims += [edge_claim("PART_OF", measure, measures[0]) for measure in measures[1:] if draw(st.booleans())]
    if draw(st.booleans()):
        claims.append(edge_claim("ISSUED_BY", policy, actors[0]))
    for measure in measures:
        claims += [edge_claim("ADVANCES", measure, goal) for goal in goals if draw(st.booleans())]
        named = draw(st.sets(st.sampled_from(actors), max_size=2))
        claims += [edge_claim("INVOLVES", measure, actor, {"role": "lead"}) for actor in sorted(named)]
    return curated(*claims, id_=f"batch:{number}", version=draw(st.sampled_from("12")))


def place(chain: Chain) -> Row:
    """What tells a row from others, and its place in the order, as far as a write can move it."""
    cells = (chain.goal, chain.measure, chain.actor)
    return chain.closeness, chain.policy.name, chain.policy.id, *(cell.id if cell else None for cell in cells)


def read(store: Store, query: ChainQuery, limit: int, cursor: str | None = None) -> tuple[list[Row], str | None]:
    page = chains(store, query, limit=limit, cursor=cursor)
    return [place(chain) for chain in page.items], page.next


def read_on(store: Store, query: ChainQuery, limit: int, cursor: str | None) -> list[Row]:
    found: list[Row] = []
    while cursor is not None:
        rows, cursor = read(store, query, limit, cursor)
        found += rows
    return found


@pytest.mark.usefixtures("one_by_one")
@settings(max_examples=60)
@given(batches=st.lists(plans(), max_size=5), limit=st.integers(1, 4), query=st.sampled_from(QUERIES))
def test_pages_read_policy_by_policy_are_the_answer_read_whole(
    tmp_path_factory: pytest.TempPathFactory, batches: Sequence[Batch], limit: int, query: ChainQuery
) -> None:
    with open_store(str(tmp_path_factory.mktemp("pages") / "g.db")) as store:
        for batch in batches:
            store.write(batch)
        first, cursor = read(store, query, limit)
        paged = first + read_on(store, query, limit, cursor)
        named = tuple(policy.id for policy in store.list_nodes("Policy"))
        whole = [place(chain) for chain in iter_chains(store, replace(query, policy=named))] if named else []
        assert paged == whole == [place(chain) for chain in iter_chains(store, query)]


@pytest.mark.usefixtures("one_by_one")
@settings(max_examples=60)
@given(
    batches=st.lists(plans(), min_size=1, max_size=5),
    written=plans(),
    is_retracted=st.booleans(),
    limit=st.integers(1, 4),
)
def test_a_write_between_two_pages_loses_no_row_and_repeats_none(
    tmp_path_factory: pytest.TempPathFactory, batches: Sequence[Batch], written: Batch, is_retracted: bool, limit: int
) -> None:
    query = ChainQuery()
    with open_store(str(tmp_path_factory.mktemp("written") / "g.db")) as store:
        for batch in batches:
            store.write(batch)
        before = {place(chain) for chain in iter_chains(store, query)}
        seen, cursor = read(store, query, limit)
        if is_retracted:
            store.retract(batches[0].header.id)
        else:
            store.write(written)
        after = {place(chain) for chain in iter_chains(store, query)}
        seen += read_on(store, query, limit, cursor)
        assert max(Counter(seen).values(), default=1) == 1
        if cursor is not None or len(before) <= limit:
            assert before & after <= set(seen)
        assert set(seen) <= before | after


@pytest.mark.usefixtures("one_by_one")
def test_the_first_page_of_an_open_question_does_not_read_all_policies(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "many.db")) as store:
        for number in range(6):
            policy, measure = (
                node(f"policy:{number}", "Policy", f"规划{number}"),
                node(f"measure:{number}", "Measure", "任务"),
            )
            contains = edge_claim("CONTAINS", policy.id, measure.id)
            store.write(curated(policy, measure, contains, id_=f"batch:{number}"))
        store.write(small.plan())
        for query in (ChainQuery(closeness=(Closeness.PASSAGE,)), ChainQuery(gaps=(Gap.GOAL,))):
            first = chains(store, query, limit=1)
            assert first.items[0].policy.name == small.PLAN and first.next and not first.exact
            assert not first.counts.exact
        whole = chains(store, limit=50)
        assert whole.exact and whole.counts.rows == len(whole.items) == 19


def test_a_small_graph_is_counted_to_the_end_however_many_policies_it_cites(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "citing.db")) as store:
        store.write(small.plan())
        for n in range(60):
            store.write(curated(node(f"policy:cited{n}", "Policy", f"被引用的规划{n}"), id_=f"batch:cited{n}"))
        found = chains(store, limit=1)
        assert found.exact and found.total == found.counts.rows == len(list(iter_chains(store)))


def test_a_measure_stands_for_its_parts_when_asked_to(store: Store) -> None:
    alone = list(iter_chains(store, ChainQuery(measure=(small.UMBRELLA,))))
    assert {chain.measure.name for chain in alone if chain.measure} == {small.UMBRELLA}
    rows = list(iter_chains(store, ChainQuery(measure=(small.UMBRELLA,), parts=True)))
    marked = {(chain.measure.name, chain.under.name if chain.under else None) for chain in rows if chain.measure}
    assert marked == {(small.UMBRELLA, None), (small.TEACHERS, small.UMBRELLA), (small.SCALE, small.UMBRELLA)}


def test_rows_are_counted_by_policy_place_and_actor(store: Store) -> None:
    [policy] = chain_groups(store, GroupBy.POLICY).items
    [region] = chain_groups(store, GroupBy.REGION).items
    assert policy.node and region.node and (policy.node.name, region.node.name) == (small.PLAN, "云州市")
    assert policy.counts == region.counts == ChainCounts(rows=13, policies=1, goals=4, measures=5, actors=6)
    groups = chain_groups(store, GroupBy.ACTOR).items
    named = [(group.node.name if group.node else None, group.counts.rows) for group in groups]
    assert named[0] == (small.COUNTIES, 3) and named[-1] == (None, 1)
    assert sum(rows for _, rows in named) == 13


def test_groups_come_in_pages(store: Store) -> None:
    whole = chain_groups(store, GroupBy.ACTOR)
    first = chain_groups(store, GroupBy.ACTOR, limit=2)
    rest = chain_groups(store, GroupBy.ACTOR, limit=50, cursor=first.next)
    assert (*first.items, *rest.items) == whole.items and first.total == len(whole.items) and rest.next is None
