"""Paths: all shortest ones, what they do not pass through, limits, and what is said where a search was cut."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import AmbiguousName, NotFound, RefusedInput, StaleCursor, UnknownParameter
from graph.facts import Properties, edge_claim
from graph.open import open_store
from graph.queries import path_search
from graph.queries.path_search import Passable
from graph.queries.paths import PathPage, PathQuery, paths
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node

ENDS = st.integers(0, 11)
EVEN = "双"
PREFIXES = {"Measure": "measure", "Institution": "organization", "ActorGroup": "group"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("paths") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


def names(page: PathPage) -> list[list[str]]:
    return [[cell.name for cell in path.nodes] for path in page.items]


def test_the_shortest_path_has_the_evidence_of_every_hop(store: Store) -> None:
    page = paths(store, small.COMPANY, small.BUREAU)
    assert names(page) == [[small.COMPANY, small.TEACHERS, small.BUREAU]]
    assert (page.hops, page.total, page.exact, page.next) == (2, 1, True, None)
    [[first], [second]] = page.items[0].hops
    assert (first.type, first.evidence[0].quote) == ("INVOLVES", f"{small.COMPANY}派出技师参加教学。")
    assert second.evidence[0].quote == f"{small.BUREAU}每年公布考核结果。"


def test_a_hop_has_all_edges_between_its_two_nodes(store: Store) -> None:
    [path] = paths(store, small.COLLEGE, small.TEACHERS).items
    assert sorted(str(edge.properties["role"]) for edge in path.hops[0]) == ["lead", "supporter"]
    assert len(paths(store, small.COLLEGE, small.COMPANY).items[0].hops[0]) == 2


def test_relations_are_used_or_avoided(store: Store) -> None:
    around = paths(store, small.COLLEGE, small.COMPANY, PathQuery(avoid=("PARTNERS_WITH",)))
    assert names(around) == [[small.COLLEGE, small.TEACHERS, small.COMPANY]]
    assert paths(store, small.COMPANY, small.BUREAU, PathQuery(use=("PARTNERS_WITH",))).items == ()


def test_provinces_groups_and_documents_are_passed_through_only_when_asked_for(store: Store) -> None:
    assert names(paths(store, "江北省", small.GOVERNMENT)) == [["江北省", "云州市", small.PLAN, small.GOVERNMENT]]
    one, other = (found.id for found in store.list_nodes("Passage", filters={"section": [small.TEACHERS]}))
    assert paths(store, one, other).hops is None
    found = paths(store, one, other, PathQuery(through=(Passable.DOCUMENT,)))
    assert found.hops == 2 and found.items[0].nodes[1].label == "Document"


def test_two_nodes_that_do_not_hang_together_have_no_path(store: Store) -> None:
    page = paths(store, "石榴研究院", small.COLLEGE)
    assert (page.hops, page.items, page.total, page.exact, page.is_cut) == (None, (), 0, True, False)


def test_a_path_longer_than_allowed_is_not_found(store: Store) -> None:
    assert paths(store, "江北省", small.GOVERNMENT, PathQuery(max_hops=2)).hops is None
    assert paths(store, "江北省", small.GOVERNMENT, PathQuery(max_hops=3)).hops == 3


@pytest.mark.parametrize(
    ("ends", "query", "error", "words"),
    [
        ((small.PLAN, small.PLAN), PathQuery(use=("SETS",)), AmbiguousName, "fits"),
        ((small.COLLEGE, small.COLLEGE), PathQuery(), RefusedInput, "two different nodes"),
        ((small.COLLEGE, "没有这所学校"), PathQuery(), NotFound, "没有这所学校"),
        ((small.COLLEGE, small.COMPANY), PathQuery(use=("LOVES",)), UnknownParameter, "no relation LOVES"),
        ((small.COLLEGE, small.COMPANY), PathQuery(use=("SETS",), avoid=("SETS",)), RefusedInput, "no relation is"),
        ((small.COLLEGE, small.COMPANY), PathQuery(max_hops=99), RefusedInput, "give 1 to 8"),
        ((small.COLLEGE, small.COMPANY), PathQuery(max_hops=0), RefusedInput, "give 1 to 8"),
    ],
)
def test_questions_without_an_answer_are_refused(
    store: Store, ends: tuple[str, str], query: PathQuery, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        paths(store, *ends, query)


def grid(size: int) -> list[tuple[int, int]]:
    """Two ends with `size` nodes between them, each joined to both."""
    return [(end, middle) for middle in range(2, size + 2) for end in (0, 1)]


def written(store: Store, pairs: list[tuple[int, int]], labels: list[str]) -> list[str]:
    """Institutions, actor groups and measures, with an edge for each pair that the ontology allows; ids by number."""
    ids = [f"{PREFIXES[label]}:{n:02}" for n, label in enumerate(labels)]
    edges = {}
    for one, other in pairs:
        type_, properties = _relation(labels[one], labels[other])
        if type_ and one != other:
            source, target = (one, other) if labels[one] == "Measure" else (other, one)
            claim = edge_claim(type_, ids[source], ids[target], properties)
            edges[claim.id] = claim
    claims = [
        node(id_, label, f"名{n}", tags=[EVEN, f"{n}"][n % 2 :])
        for n, (id_, label) in enumerate(zip(ids, labels, strict=True))
    ]
    store.write(curated(*claims, *edges.values()))
    return ids


def _relation(one: str, other: str) -> tuple[str, Properties]:
    if {one, other} == {"Measure"}:
        return "PART_OF", {}
    if "Measure" in (one, other):
        return "INVOLVES", {"role": "lead"}
    return ("PARTNERS_WITH", {}) if {one, other} == {"Institution"} else ("", {})


def test_pages_go_on_and_grow_stale(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "grid.db")) as store:
        one, other, *_ = written(store, grid(7), ["Institution"] * 9)
        whole = paths(store, one, other)
        first = paths(store, one, other, limit=3)
        rest = paths(store, one, other, limit=10, cursor=first.next)
        assert (*first.items, *rest.items) == whole.items and len(whole.items) == first.total == 7
        store.write(curated(node("goal:1", "Goal", "目标"), id_="batch:2"))
        with pytest.raises(StaleCursor):
            paths(store, one, other, cursor=first.next)


def test_paths_through_a_tagged_node_go_on_over_pages(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "grid.db")) as store:
        one, other, *_ = written(store, grid(7), ["Institution"] * 9)
        query = PathQuery(tags=(EVEN, "7"))
        first = paths(store, one, other, query, limit=3)
        rest = paths(store, one, other, query, limit=3, cursor=first.next)
        assert [path.nodes[1].name for path in (*first.items, *rest.items)] == ["名2", "名4", "名6", "名7", "名8"]
        assert first.total == 5 and rest.next is None
        assert paths(store, one, other, PathQuery(tags=("没有",))).hops is None


def test_a_hub_is_cut_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_search, "EDGES_EACH", 3)
    with open_store(str(tmp_path / "hub.db")) as store:
        one, other, *_ = written(store, grid(7), ["Institution"] * 9)
        page = paths(store, one, other)
        assert page.hops == 2 and not page.exact and [hub.id for hub in page.hubs] == [one]
        assert all(len(path.hops) == 2 for path in page.items)


def test_what_meets_at_a_hub_is_found_among_all_its_edges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_search, "EDGES_EACH", 2)
    with open_store(str(tmp_path / "star.db")) as store:
        _, *leaves = written(store, [(0, n) for n in range(1, 9)], ["Institution"] * 9)
        for one, other in combinations(leaves, 2):
            page = paths(store, one, other)
            assert (page.hops, page.total, page.exact, page.hubs) == (2, 1, True, ())


def test_a_search_that_looks_at_too_much_stops_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_search, "MOST_EDGES", 1)
    with open_store(str(tmp_path / "long.db")) as store:
        ids = written(store, [(n, n + 1) for n in range(8)], ["Institution"] * 9)
        page = paths(store, ids[0], ids[8], PathQuery(max_hops=8))
        assert page.hops is None and page.is_cut and not page.exact


@given(
    pairs=st.lists(st.tuples(ENDS, ENDS), max_size=30),
    labels=st.lists(st.sampled_from(sorted(PREFIXES)), min_size=12, max_size=12),
)
def test_paths_are_those_that_networkx_finds(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]], labels: list[str]
) -> None:
    with open_store(str(tmp_path_factory.mktemp("random") / "g.db")) as store:
        ids = written(store, pairs, labels)
        graph = nx.Graph((edge.source, edge.target) for edge in store.list_edges())
        inside = {id_ for id_, label in zip(ids, labels, strict=True) if label != "ActorGroup"}
        for ends in ((ids[0], ids[1]), (ids[2], ids[11])):
            page = paths(store, ends[0], ends[1], limit=1000)
            found = [tuple(cell.id for cell in path.nodes) for path in page.items]
            assert found == _expected(graph, inside, ends) and page.total == len(found)
            through = paths(store, ends[0], ends[1], PathQuery(tags=(EVEN,)), limit=1000)
            even = [way for way in found if {*way[1:-1]} & {*ids[::2]}]
            assert [tuple(cell.id for cell in path.nodes) for path in through.items] == even
            assert (through.total, through.hops) == (len(even), page.hops if even else None)
            for path in page.items:
                for (before, after), edges in zip(pairwise(path.nodes), path.hops, strict=True):
                    assert edges and all({edge.source, edge.target} == {before.id, after.id} for edge in edges)


def _expected(graph: nx.Graph, inside: set[str], ends: tuple[str, str]) -> list[tuple[str, ...]]:
    allowed = graph.subgraph(inside | set(ends))
    if not all(end in allowed for end in ends) or not nx.has_path(allowed, *ends):
        return []
    found = sorted(map(tuple, nx.all_shortest_paths(allowed, *ends)))
    return found if len(found[0]) <= 7 else []
