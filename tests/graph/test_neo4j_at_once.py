"""What the engine answers in one statement is what the queries find step by step, on graphs full of ways."""

import logging
import os
from collections.abc import Callable
from itertools import combinations, count, pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from graph.errors import NotFound, RefusedInput
from graph.facts import Batch, EdgeClaim, edge_claim
from graph.open import open_store
from graph.queries import path_search
from graph.queries.at_once import FindsWays, ReadsChains, ReadsWithVersion, nodes_and_version
from graph.queries.chain_rows import Actors, Chain, ChainQuery
from graph.queries.chains import chains, iter_chains
from graph.queries.path_search import Passable
from graph.queries.paths import PathPage, PathQuery, paths
from graph.review.shown import ShownStore
from graph.review.shown_at_once import Hidden
from graph.store import Direction, Store, Ways
from ontology import registry
from tests.graph.hiding import draw_hidden
from tests.graph.making import NewStore, curated, filled, node

IS_SOAK = os.environ.get("POLICYGRAPH_SOAK") == "1"
FEW = settings(
    max_examples=200 if IS_SOAK else 6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
NODES = (
    *(node(f"policy:{n}", "Policy", f"规划{n}") for n in range(3)),
    *(node(f"measure:{n}", "Measure", f"任务{n}", order=n) for n in range(6)),
    *(node(f"goal:{n}", "Goal", f"目标{n}", year=2025 + n) for n in range(4)),
    *(node(f"organization:{n}", "Institution", f"学院{n}") for n in range(3)),
    node("organization:9", "Enterprise", "星渊"),
    node("place:1", "Region", "江北省", level="province"),
    node("place:2", "City", "云州市", level="prefecture"),
    node("place:3", "City", "直辖市", level="province"),
    node("group:1", "ActorGroup", "企业"),
    node("indicator:1", "Indicator", "占比"),
)
TYPES = ("SETS", "CONTAINS", "ADVANCES", "INVOLVES", "PART_OF", "ISSUED_BY", "PARTNERS_WITH", "LOCATED_IN")
OTHERS = ("MEASURED_BY", "APPLIES_TO", "BASED_ON")
POSSIBLE = [
    (type_, one.id, other.id)
    for type_, one, other in product((*TYPES, *OTHERS), NODES, NODES)
    if one.id != other.id and registry.may_join(type_, one.label, other.label)
]
CHAINS = (
    ChainQuery(policy=("policy:0",)),
    ChainQuery(policy=("policy:1", "policy:2"), actors=Actors.ALL),
    ChainQuery(policy=("policy:0",), year_from=2026),
    ChainQuery(goal=("goal:0", "goal:1")),
    ChainQuery(measure=("measure:0",), parts=True),
    ChainQuery(actor=("organization:0",)),
    ChainQuery(),
)


@pytest.fixture(scope="module")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty stores in files."""
    folder, numbers = tmp_path_factory.mktemp("files"), count()
    return lambda: open_store(str(folder / f"{next(numbers)}.db"))


@st.composite
def dense(draw: DrawFn) -> Batch:
    """A table with many relations between few nodes, also in circles and side by side."""
    made: dict[str, EdgeClaim] = {}
    for type_, source, target in draw(st.lists(st.sampled_from(POSSIBLE), min_size=20, max_size=70)):
        told = {"role": draw(st.sampled_from(["lead", "partner", "beneficiary"]))} if type_ == "INVOLVES" else {}
        claim = edge_claim(type_, source, target, told)
        made[claim.id] = claim
    return curated(*NODES, *made.values())


@pytest.mark.soak
@FEW
@given(
    data=st.data(),
    batch=dense(),
    queries=st.lists(
        st.builds(
            PathQuery,
            use=st.sampled_from([(), TYPES]),
            avoid=st.sampled_from([(), ("INVOLVES",)]),
            through=st.sets(st.sampled_from(Passable)).map(lambda some: tuple(sorted(some))),
            max_hops=st.integers(1, 8),
        ),
        min_size=2,
        max_size=2,
    ),
)
def test_the_engine_answers_what_the_queries_find_step_by_step(
    new_neo4j_store: NewStore, new_file: NewStore, data: st.DataObject, batch: Batch, queries: list[PathQuery]
) -> None:
    with filled(new_neo4j_store, [batch]) as one, filled(new_file, [batch]) as other:
        assert isinstance(one, FindsWays) and isinstance(one, ReadsChains) and isinstance(one, ReadsWithVersion)
        assert not isinstance(other, (FindsWays, ReadsChains))
        hidden = draw_hidden(data, other)
        ends = [claim.id for claim in NODES]
        for fast, slow in ((one, other), (ShownStore(one, hidden), ShownStore(other, hidden))):
            assert nodes_and_version(fast, [*ends, "goal:none"]) == (slow.nodes(ends), fast.version)
            for query in CHAINS:
                assert rows_of(fast, query) == rows_of(slow, query), query
            for number, (source, target) in enumerate(combinations(ends, 2)):
                if number % 7 == 0:
                    for way in queries:
                        found = page_of(fast, source, target, way)
                        assert found == page_of(slow, source, target, way), (source, target, way)
        for direction, most in product(Direction, (None, 1, 2)):
            found_edges = one.expand(ends, direction=direction, limit_each=most)
            assert found_edges == other.expand(ends, direction=direction, limit_each=most)


def page_of(store: Store, source: str, target: str, query: PathQuery) -> PathPage | str:
    """The paths, or why there are none: an end may be hidden."""
    try:
        return paths(store, source, target, query, limit=500)
    except NotFound as error:
        return str(error)


def rows_of(store: Store, query: ChainQuery) -> list[Chain] | str:
    """All chains, or why there are none: the one that is asked for may be hidden."""
    try:
        return list(iter_chains(store, query))
    except NotFound as error:
        return str(error)


def test_more_ways_than_can_be_listed_are_found_step_by_step(new_neo4j_store: NewStore, new_file: NewStore) -> None:
    between = [node(f"organization:{layer}-{n}", "Institution", "学院") for layer in range(4) for n in range(8)]
    ends = [node("organization:a", "Institution", "甲"), node("organization:z", "Institution", "乙")]
    layers = [ends[:1], *(between[n : n + 8] for n in range(0, 32, 8)), ends[1:]]
    links: list[EdgeClaim] = [
        edge_claim("PARTNERS_WITH", one.id, other.id)
        for near, far in pairwise(layers)
        for one, other in product(near, far)
    ]
    batch = curated(*ends, *between, *links)
    with filled(new_neo4j_store, [batch]) as one, filled(new_file, [batch]) as other:
        assert isinstance(one, FindsWays)
        asked = {"types": ["PARTNERS_WITH"], "barred": [], "max_hops": 6}
        at_once = one.shortest_ways(("organization:a", "organization:z"), **asked)  # type: ignore[arg-type]
        assert at_once == Ways(one.version, None, ())
        found = paths(one, "organization:a", "organization:z", limit=20)
        assert found == paths(other, "organization:a", "organization:z", limit=20)
        assert (found.hops, found.total) == (5, 8**4)


def test_a_hub_hides_no_way_from_the_engine(new_neo4j_store: NewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_search, "EDGES_EACH", 2)
    hub = node("organization:h", "Institution", "中心")
    leaves = [node(f"organization:{n}", "Institution", "学院") for n in range(9)]
    batch = curated(hub, *leaves, *(edge_claim("PARTNERS_WITH", hub.id, leaf.id) for leaf in leaves))
    with filled(new_neo4j_store, [batch]) as store:
        for one, other in combinations(leaves, 2):
            found = paths(store, one.id, other.id)
            assert (found.hops, found.total, found.exact, found.hubs) == (2, 1, True, ())


@pytest.mark.parametrize("is_judged", [False, True])
def test_first_pages_take_few_statements(
    new_neo4j_store: NewStore, caplog: pytest.LogCaptureFixture, is_judged: bool
) -> None:
    caplog.set_level(logging.DEBUG, logger="neo4j")

    def statements(question: Callable[[], object]) -> int:
        caplog.clear()
        assert question()
        return caplog.text.count(" C: RUN ")

    nodes = [
        node("policy:1", "Policy", "规划"),
        node("goal:1", "Goal", "目标"),
        node("measure:1", "Measure", "任务"),
        node("organization:1", "Institution", "学院"),
    ]
    links = [
        edge_claim("SETS", "policy:1", "goal:1"),
        edge_claim("CONTAINS", "policy:1", "measure:1"),
        edge_claim("ADVANCES", "measure:1", "goal:1"),
        edge_claim("INVOLVES", "measure:1", "organization:1", {"role": "lead"}),
    ]
    with filled(new_neo4j_store, [curated(*nodes, *links)]) as opened:
        store = ShownStore(opened, Hidden({}, {})) if is_judged else opened
        assert statements(lambda: paths(store, "policy:1", "goal:1").items) == 1
        assert statements(lambda: paths(store, "规划", "goal:1").items) == 3
        # Quotes, of which there are none here, take one more.
        assert statements(lambda: chains(store, ChainQuery(policy=("policy:1",))).items) == 2


def test_a_first_page_of_paths_knows_what_was_written_since_it_was_last_asked_for(new_neo4j_store: NewStore) -> None:
    schools = [node(f"organization:{n}", "Institution", f"学院{n}") for n in range(4)]
    first, *between, last = (school.id for school in schools)
    links = [edge_claim("PARTNERS_WITH", one, other) for one, other in pairwise([first, *between, last])]
    shortcut = edge_claim("PARTNERS_WITH", first, last)
    with filled(new_neo4j_store, [curated(*schools)]) as store:
        assert paths(store, first, last).hops is None
        store.write(curated(*schools, *links, id_="batch:2"))
        for _ in range(2):
            assert paths(store, first, last).hops == 3
        store.write(curated(*schools, shortcut, id_="batch:3"))
        assert paths(store, first, last).hops == 1
        assert paths(store, first, "学院3") == paths(store, first, last)
        with pytest.raises(RefusedInput, match="give two different nodes"):
            paths(store, first, first)
