"""Chains: their order, gaps, filters, pages and table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousName, NotFound, RefusedInput
from graph.facts import edge_claim
from graph.open import open_store
from graph.queries import chain_scan
from graph.queries import chains as chains_module
from graph.queries.chain_rows import Actors, Chain, ChainQuery, Closeness, Gap
from graph.queries.chain_table import chain_table
from graph.queries.chains import chains, iter_chains
from graph.store import Store
from ontology.values import Comparator, PolicyKind, PolicyLevel, Role
from tests import small_graph as small
from tests.graph.making import curated, node

Row = tuple[str | None, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("chains") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


def row(chain: Chain) -> Row:
    cells = (chain.goal, chain.measure, chain.actor)
    goal, measure, actor = (cell.name if cell else None for cell in cells)
    return (str(chain.closeness) if chain.closeness else None), goal, measure, actor


def ask(store: Store, query: ChainQuery) -> list[Row]:
    return [row(chain) for chain in iter_chains(store, query)]


def test_rows_are_sorted_by_how_close_actor_and_goal_stand(store: Store) -> None:
    assert ask(store, ChainQuery()) == [
        ("sentence", small.TEACHER_GOAL, small.TEACHERS, small.COLLEGE),
        ("passage", small.COMPANY_GOAL, small.UMBRELLA, small.COUNTIES),
        ("passage", small.TEACHER_GOAL, small.TEACHERS, small.COMPANY),
        ("measure", small.TEACHER_GOAL, small.TEACHERS, small.BUREAU),
        ("above", small.TEACHER_GOAL, small.TEACHERS, small.COUNTIES),
        ("above", small.SCALE_GOAL, small.SCALE, small.COUNTIES),
        ("below", small.COMPANY_GOAL, small.UMBRELLA, small.BUREAU),
        ("below", small.COMPANY_GOAL, small.UMBRELLA, small.COMPANY),
        ("below", small.COMPANY_GOAL, small.UMBRELLA, small.COLLEGE),
        (None, small.SCALE_GOAL, small.SCALE, small.GOVERNMENT),
        (None, None, small.PUBLICITY, small.DAILY),
        (None, None, small.SAFEGUARDS, small.GOVERNMENT),
        (None, small.SCHOOL_GOAL, None, None),
    ]


def test_every_hop_of_every_row_is_an_edge_of_the_graph(store: Store) -> None:
    for chain in iter_chains(store, ChainQuery(actors=Actors.ALL)):
        at = chain.via or chain.measure
        hops = [
            (chain.goal, "SETS", chain.policy.id),
            (chain.measure, *(("ADVANCES", chain.goal.id) if chain.goal else ("CONTAINS", chain.policy.id))),
            (chain.actor, *(("ISSUED_BY", chain.policy.id) if chain.implied else ("INVOLVES", at.id if at else ""))),
        ]
        for cell, type_, other in hops:
            if cell:
                edge = store.edges([cell.edge or ""])[cell.edge or ""]
                assert edge.type == type_
                assert {edge.source, edge.target} == {cell.id, other}


def test_cells_carry_the_evidence_of_the_hop_that_leads_to_them(store: Store) -> None:
    first = chains(store, limit=1).items[0]
    assert first.actor is not None and first.goal is not None and first.measure is not None
    assert first.actor.evidence[0].quote.startswith(small.COLLEGE)
    assert first.actor.evidence[0].section == (small.UMBRELLA, small.TEACHERS)
    assert first.goal.evidence[0].quote == first.measure.evidence[0].quote == small.TEACHER_GOAL
    assert first.policy.evidence[0].document_title == small.PLAN


def test_an_actor_with_two_roles_is_one_row_with_the_stronger(store: Store) -> None:
    rows = [chain for chain in iter_chains(store) if chain.actor and chain.actor.name == small.COLLEGE]
    assert [(chain.closeness, chain.role) for chain in rows] == [
        (Closeness.SENTENCE, Role.LEAD),
        (Closeness.BELOW, Role.LEAD),
    ]


def test_an_actor_above_or_below_says_by_way_of_which_measure(store: Store) -> None:
    ways = {(str(chain.closeness), chain.via.name) for chain in iter_chains(store) if chain.via}
    assert ways == {("above", small.UMBRELLA), ("below", small.TEACHERS)}


def test_a_measure_where_nobody_acts_shows_the_issuer_as_implied(store: Store) -> None:
    [chain] = iter_chains(store, ChainQuery(measure=(small.SCALE,), actor=(small.GOVERNMENT,)))
    assert chain.implied and chain.gap is Gap.ACTOR and chain.role is None and chain.closeness is None
    assert chain.actor is not None and chain.actor.evidence[0].quote == small.GOVERNMENT


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (Gap.GOAL, {(small.PUBLICITY, small.DAILY), (small.SAFEGUARDS, small.GOVERNMENT)}),
        (Gap.MEASURE, {(None, None)}),
        (Gap.ACTOR, {(small.SCALE, small.GOVERNMENT), (small.SAFEGUARDS, small.GOVERNMENT)}),
    ],
)
def test_gaps_can_be_asked_for_alone(store: Store, gap: Gap, expected: set[tuple[str | None, str | None]]) -> None:
    assert {(measure, actor) for _, _, measure, actor in ask(store, ChainQuery(gaps=(gap,)))} == expected


def test_beneficiaries_come_only_when_asked_for(store: Store) -> None:
    everyone = ask(store, ChainQuery(actors=Actors.ALL))
    assert ("sentence", small.SCALE_GOAL, small.SCALE, "学生") in everyone
    assert set(everyone) - set(ask(store, ChainQuery())) == {
        ("sentence", small.SCALE_GOAL, small.SCALE, "学生"),
        ("below", small.COMPANY_GOAL, small.UMBRELLA, "学生"),
    }
    assert ask(store, ChainQuery(role=(Role.BENEFICIARY,), measure=(small.SCALE,))) == [
        ("sentence", small.SCALE_GOAL, small.SCALE, "学生")
    ]


QUERIES: dict[str, tuple[ChainQuery, set[str | None]]] = {
    "actor": (ChainQuery(actor=(small.COLLEGE,)), {small.COLLEGE}),
    "issuer as actor": (ChainQuery(actor=(small.GOVERNMENT,)), {small.GOVERNMENT}),
    "measure": (ChainQuery(measure=(small.SCALE,)), {small.COUNTIES, small.GOVERNMENT}),
    "indicator": (ChainQuery(indicator=("双师型",)), {small.COLLEGE, small.COMPANY, small.BUREAU, small.COUNTIES}),
    "years": (ChainQuery(year_from=2026, year_to=2030, closeness=(Closeness.PASSAGE,)), {small.COUNTIES}),
    "unit": (ChainQuery(unit=("万人",)), {small.COUNTIES, small.GOVERNMENT}),
    "comparator": (ChainQuery(comparator=(Comparator.AT_LEAST,), role=(Role.PARTNER,)), {small.COMPANY}),
    "closeness": (ChainQuery(closeness=(Closeness.MEASURE,)), {small.BUREAU}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_filter_leaves_the_rows_that_fit(store: Store, name: str) -> None:
    query, actors = QUERIES[name]
    rows = ask(store, query)
    assert {actor for *_, actor in rows} == actors
    whole = ask(store, ChainQuery())
    assert rows == [one for one in whole if one in rows]


@pytest.mark.parametrize(
    "query",
    [
        ChainQuery(policy=(small.PLAN,)),
        ChainQuery(region=("江北省",)),
        ChainQuery(region=("place:990100",)),
        ChainQuery(issuer=(small.GOVERNMENT,)),
        ChainQuery(policy_kind=(PolicyKind.PLAN,), policy_level=(PolicyLevel.MUNICIPAL,)),
    ],
)
def test_filters_on_policies_keep_their_policies_whole(store: Store, query: ChainQuery) -> None:
    assert ask(store, query) == ask(store, ChainQuery())


def test_filters_on_policies_leave_out_the_others(store: Store) -> None:
    assert ask(store, ChainQuery(policy_kind=(PolicyKind.LAW,))) == []


def test_a_text_that_fits_several_is_answered_with_the_candidates(store: Store) -> None:
    with pytest.raises(AmbiguousName) as caught:
        chains(store, ChainQuery(actor=("云州",)))
    assert {one.name for one in caught.value.candidates} == {"云州市", small.GOVERNMENT, small.BUREAU, small.DAILY}


def test_a_text_that_fits_none_is_refused_with_the_nearest_names(store: Store) -> None:
    with pytest.raises(NotFound, match=small.COLLEGE):
        chains(store, ChainQuery(actor=("海棠职业学院",)))


def test_an_id_of_another_column_is_refused(store: Store) -> None:
    with pytest.raises(RefusedInput, match="give one of class Policy"):
        chains(store, ChainQuery(policy=("place:990100",)))


def test_years_the_wrong_way_round_are_refused(store: Store) -> None:
    with pytest.raises(RefusedInput, match="swap them"):
        chains(store, ChainQuery(year_from=2030, year_to=2025))


@given(limit=st.integers(1, 20), actors=st.sampled_from(Actors))
def test_pages_joined_are_the_whole_list(store: Store, limit: int, actors: Actors) -> None:
    query = ChainQuery(actors=actors)
    found: list[Chain] = []
    cursor: str | None = None
    while cursor is not None or not found:
        page = chains(store, query, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.next
        if cursor is None:
            break
    assert found == list(iter_chains(store, query))
    assert page.total == page.counts.rows == len(found) and page.exact


def test_a_page_goes_on_where_it_was_after_a_write(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "small.db")) as store:
        store.write(small.plan())
        first = chains(store, limit=6)
        store.write(small.report())
        second = chains(store, limit=100, cursor=first.next)
        assert [*first.items, *second.items] == list(iter_chains(store))


def test_an_answer_is_that_of_the_store_as_it_is_now(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "small.db")) as store:
        assert chains(store).items == ()
        store.write(small.plan())
        assert chains(store).total == 13
        store.retract(small.plan().header.id)
        assert chains(store).items == ()


def test_a_cursor_of_another_question_is_refused(store: Store) -> None:
    cursor = chains(store, limit=2).next
    with pytest.raises(RefusedInput, match="another question"):
        chains(store, ChainQuery(actors=Actors.ALL), cursor=cursor)
    with pytest.raises(RefusedInput, match="cursor"):
        chains(store, cursor="☂")
    with pytest.raises(RefusedInput, match="cursor"):
        chains(store, cursor=f"{cursor}AAAA")


def test_counts_are_those_of_the_whole_answer(store: Store) -> None:
    counts = chains(store, limit=1).counts
    assert (counts.rows, counts.policies, counts.goals, counts.measures, counts.actors) == (13, 1, 4, 5, 6)


def test_an_empty_store_has_no_chains(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "empty.db")) as store:
        assert chains(store).items == () and chains(store).next is None


def test_without_text_places_stay_and_quotes_are_empty(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "bare.db")) as store:
        store.write(small.plan(has_text=False))
        head, rows = chain_table(iter_chains(store))
        first = dict(zip(head, next(rows), strict=True))
        piece = chains(store, limit=1).items[0].policy.evidence[0]
    assert first["closeness"] == "sentence" and first["actor_quote"] is None
    assert "characters" in str(first["actor_document"])
    assert not piece.has_text and piece.segments == () and piece.end > piece.start


def test_the_table_has_quote_section_and_document_beside_every_cell(store: Store) -> None:
    head, rows = chain_table(iter_chains(store))
    table = [dict(zip(head, values, strict=True)) for values in rows]
    first, last = table[0], table[-1]
    assert first["goal_quote"] == small.TEACHER_GOAL
    assert first["actor_section"] == f"{small.UMBRELLA} > {small.TEACHERS}"
    assert {first[f"{name}_document"] for name in ("policy", "goal", "measure", "actor")} == {small.PLAN}
    assert (first["value"], first["unit"], first["year"], first["role"]) == (60, "%", 2025, "lead")
    assert last["gap"] == "measure" and last["measure"] is last["actor"] is last["actor_quote"] is None


def test_a_table_begins_before_all_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_scan, "SMALL", -1)
    monkeypatch.setattr(chain_scan, "COUNTED_ROWS", 0)
    monkeypatch.setattr(chains_module, "_AT_ONCE", 2)
    with open_store(str(tmp_path / "plans.db")) as store:
        for number in range(9):
            claims = [node(f"policy:{number}", "Policy", f"规划{number}"), node(f"goal:{number}", "Goal", "目标")]
            store.write(curated(*claims, edge_claim("SETS", claims[0].id, claims[1].id), id_=f"batch:{number}"))
        query = ChainQuery(gaps=(Gap.MEASURE,))
        rows = iter_chains(store, query)
        first = next(rows)
        assert not chains(store, query, limit=1).counts.exact
        names = [first.policy.name, *(row.policy.name for row in rows)]
    assert names == [f"规划{number}" for number in range(9)]
