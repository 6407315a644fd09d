"""What a file answers at once is what queries find step by step."""

from collections.abc import Callable, Sequence
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnknownParameter
from graph.facts import Batch
from graph.normal import folded_sort_key, sort_key
from graph.open import open_store
from graph.queries.at_once import (
    FindsBetween,
    ListsPolicies,
    Part,
    ReachesNodes,
    properties_at,
    reach,
    steps_between,
)
from graph.queries.chain_rows import ChainQuery, Gap
from graph.queries.chains import iter_chains
from graph.review.shown import ShownStore
from graph.review.shown_at_once import Hidden
from graph.store import Direction, Leg, Store
from ontology import registry
from tests.graph.hiding import draw_hidden
from tests.graph.making import curated, node
from tests.graph.strategies import batches

AT_ONCE = ("policies_by_name", "properties_at", "reach", "steps_between")
LEGS = [
    Leg(type_, direction, roles)
    for type_ in registry.relation_types()
    for direction in (Direction.OUT, Direction.IN)
    for roles in ([(), ("lead",), ("lead", "partner", "supporter")] if type_ == "INVOLVES" else [()])
]


class StepByStep:
    """A store that answers nothing at once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        if name in AT_ONCE:
            raise AttributeError(name)
        return getattr(self._store, name)


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    folder, numbers = tmp_path_factory.mktemp("at_once"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), written=st.lists(batches(), min_size=1, max_size=3))
def test_a_file_goes_several_hops_as_one_after_the_other(
    new_file: Callable[[], Store], data: st.DataObject, written: Sequence[Batch]
) -> None:
    with new_file() as store:
        for batch in written:
            store.write(batch)
        slow = StepByStep(store)
        assert isinstance(store, ReachesNodes) and not isinstance(slow, ReachesNodes)
        known = [*(found.id for found in store.list_nodes()), "goal:none"]
        legs = st.sampled_from(LEGS)
        for _ in range(20):
            ids = data.draw(st.sets(st.sampled_from(known)))
            ways = data.draw(st.lists(st.lists(legs, min_size=1, max_size=3), min_size=1, max_size=2))
            lacking = data.draw(st.none() | legs)
            assert reach(store, ids, ways, lacking=lacking) == reach(slow, ids, ways, lacking=lacking)  # type: ignore[arg-type]
            leg, others = data.draw(legs), data.draw(st.sets(st.sampled_from(known)))
            between = (others, [leg.type])
            fast = steps_between(store, ids, *between, direction=leg.direction)
            assert fast == steps_between(slow, ids, *between, direction=leg.direction)  # type: ignore[arg-type]
            assert properties_at(store, ids, [*ways, ()]) == properties_at(slow, ids, [*ways, ()])  # type: ignore[arg-type]
        for query in (ChainQuery(), ChainQuery(gaps=(Gap.ACTOR,)), ChainQuery(gaps=(Gap.GOAL, Gap.MEASURE))):
            assert list(iter_chains(store, query)) == list(iter_chains(slow, query))  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(data=st.data(), written=st.lists(batches(), min_size=1, max_size=3))
def test_what_was_read_at_once_answers_as_the_store_does(
    new_file: Callable[[], Store], data: st.DataObject, written: Sequence[Batch]
) -> None:
    with new_file() as store:
        for batch in written:
            store.write(batch)
        nodes = store.list_nodes()
        part = Part(store, nodes, reversed(store.list_edges()))
        known = st.sets(st.sampled_from([*(found.id for found in nodes), "goal:none"]))
        for _ in range(20):
            ids, limit = data.draw(known), data.draw(st.none() | st.integers(0, 3))
            types = data.draw(st.none() | st.lists(st.sampled_from(registry.relation_types())))
            for direction in Direction:
                asked = {"direction": direction, "limit_each": limit}
                assert part.expand(ids, types, **asked) == store.expand(ids, types, **asked)  # type: ignore[arg-type]
                assert part.steps(ids, types, **asked) == store.steps(ids, types, **asked)  # type: ignore[arg-type]
            ways = data.draw(st.lists(st.lists(st.sampled_from(LEGS), min_size=1, max_size=3), min_size=1))
            assert reach(part, ids, ways, lacking=LEGS[0]) == reach(store, ids, ways, lacking=LEGS[0])
            assert part.nodes(ids) == store.nodes(ids)


def test_ways_and_roles_are_names_and_nothing_else(new_file: Callable[[], Store]) -> None:
    with new_file() as store:
        assert isinstance(store, ReachesNodes) and isinstance(store, FindsBetween)
        with pytest.raises(UnknownParameter, match="no relation SETS' OR 1"):
            store.reach(["policy:1"], [[Leg("SETS' OR 1", Direction.OUT)]])
        with pytest.raises(UnknownParameter, match="no relation --"):
            store.steps_between(["policy:1"], [], ["--"])
        assert store.reach(["policy:1"], [[Leg("INVOLVES", Direction.OUT, ("' OR 1=1 --",))]]) == set()


@settings(max_examples=40, deadline=None)
@given(data=st.data(), written=st.lists(batches(), min_size=1, max_size=3))
def test_what_is_shown_of_a_file_is_answered_at_once_as_step_by_step(
    new_file: Callable[[], Store], data: st.DataObject, written: Sequence[Batch]
) -> None:
    with new_file() as store:
        for batch in written:
            store.write(batch)
        hidden = draw_hidden(data, store)
        fast, slow = ShownStore(store, hidden), ShownStore(StepByStep(store), hidden)  # type: ignore[arg-type]
        known = st.sets(st.sampled_from([*(found.id for found in store.list_nodes()), "goal:none"]))
        for _ in range(20):
            ids, others, leg = data.draw(known), data.draw(known), data.draw(st.sampled_from(LEGS))
            ways = data.draw(st.lists(st.lists(st.sampled_from(LEGS), min_size=1, max_size=2), min_size=1, max_size=2))
            for lacking in (None, leg):
                assert reach(fast, ids, ways, lacking=lacking) == reach(slow, ids, ways, lacking=lacking)
            assert properties_at(fast, ids, [*ways, ()]) == properties_at(slow, ids, [*ways, ()])
            between = (ids, others, [leg.type])
            found = steps_between(fast, *between, direction=leg.direction)
            assert found == steps_between(slow, *between, direction=leg.direction)
        assert slow.policies_by_name(limit=1) is None
        for query in (ChainQuery(), ChainQuery(gaps=(Gap.ACTOR,)), ChainQuery(gaps=(Gap.GOAL, Gap.MEASURE))):
            assert list(iter_chains(fast, query)) == list(iter_chains(slow, query))


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_policies_come_in_the_order_of_their_names(new_file: Callable[[], Store], limit: int) -> None:
    names = [
        "乙规划",
        "甲规划",
        "甲规划 二",
        "甲  规划",
        "甲　规划",
        " 甲规划",
        "ＡＢ",
        "ab",
        "甲規劃",
        "甲" * 70 + "丙",
        "甲" * 70 + "乙",
    ]
    claims = [node(f"policy:{n}", "Policy", name, aliases=["零"] if n % 2 else []) for n, name in enumerate(names)]
    with new_file() as store:
        store.write(curated(*claims, node("goal:1", "Goal", "甲")))
        assert isinstance(store, ListsPolicies) and isinstance(store, ReachesNodes)
        found: list[tuple[str, str]] = []
        while page := store.policies_by_name(after=found[-1] if found else ("", ""), limit=limit):
            found += page
        known = store.properties_at([id_ for _, id_ in found], [()]) or {}
        stored = {id_: sort_key(str(said["name"])) for id_, said in known.items()}
        keys = [folded_sort_key(name) for name, _ in found]
        assert keys == sorted(keys) == [stored[id_] for _, id_ in found] and len(stored) == len(names)
        hidden = Hidden({id_: "Policy" for _, id_ in found[::2]}, {})
        left = ShownStore(store, hidden)
        first = left.policies_by_name(limit=limit) or []
        rest = left.policies_by_name(after=first[-1], limit=50) or []
        assert len(first) == min(limit, len(found) // 2) and [*first, *rest] == found[1::2]
