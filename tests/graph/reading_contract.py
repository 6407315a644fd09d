"""What a store answers, in every store: lists, sets of facts, one hop, claims, evidence, counts."""

from collections import Counter
from dataclasses import replace

import pytest

from graph.errors import UnknownParameter
from graph.facts import Edge, Evidence, Node, NodeClaim, edge_claim
from graph.store import EVIDENCE_SHOWN, Direction
from tests.graph.making import NewStore, curated, document, filled, node, school_graph
from tests.graph.strategies import passages_of


def test_nodes_are_listed_by_class_with_its_subclasses_in_pages(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store:
        everything = store.list_nodes("Organization")
        assert [found.id for found in everything] == sorted(found.id for found in everything)
        assert {found.label for found in everything} == {"Institution", "Enterprise"}
        assert len(store.list_nodes("Enterprise")) == 1
        paged: list[Node] = []
        while page := store.list_nodes("Organization", after=paged[-1].id if paged else "", limit=7):
            paged += page
        assert paged == everything
        assert store.list_nodes(limit=0) == []


def test_filters_find_values_and_members_of_lists(new_store: NewStore) -> None:
    goals = [
        node("goal:1", "Goal", "甲", value=60, unit="%", year=2025),
        node("goal:2", "Goal", "乙", value=60.5, unit="人", year=2025, aliases=["丙", "丁"]),
        node("goal:3", "Goal", "丙", value="60", year=2027),
        node("policy:1", "Policy", "规划", loaded=True),
        node("policy:2", "Policy", "方案", loaded=False),
    ]
    with filled(new_store, [curated(*goals)]) as store:

        def found(**filters: list[str | int | float]) -> list[str]:
            return [hit.id for hit in store.list_nodes(filters=filters)]

        assert found(value=[60]) == found(value=[60.0]) == ["goal:1"]
        assert found(value=["60"]) == ["goal:3"]
        assert found(value=[60, 60.5], year=[2025]) == ["goal:1", "goal:2"]
        assert found(unit=["%"], year=[2027]) == []
        assert found(aliases=["丁"]) == ["goal:2"]
        assert found(loaded=[True]) == ["policy:1"]
        assert found(origin=["curated"], name=["丙' OR 1=1 --"]) == []
        assert found(year=[]) == []


def test_unknown_names_are_named_with_the_nearest_known_one(new_store: NewStore) -> None:
    with new_store() as store:
        with pytest.raises(UnknownParameter, match="no class Gaol; did you mean Goal"):
            store.list_nodes("Gaol")
        with pytest.raises(UnknownParameter, match="no property yaer"):
            store.list_nodes("Goal", filters={"yaer": [2025]})
        with pytest.raises(UnknownParameter, match="no property doc_number"):
            store.list_nodes("Goal", filters={"doc_number": ["1"]})
        with pytest.raises(UnknownParameter, match="no relation ADVANCE; did you mean ADVANCES"):
            store.list_edges("ADVANCE")
        with pytest.raises(UnknownParameter, match="no relation"):
            store.expand(["goal:1"], ["X"])
        with pytest.raises(UnknownParameter, match="no class"):
            store.search("云", ["X"])


def test_edges_are_listed_by_type_in_pages(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store:
        everything = store.list_edges("INVOLVES")
        assert len(everything) == 41
        paged: list[Edge] = []
        while page := store.list_edges("INVOLVES", after=paged[-1].id if paged else "", limit=9):
            paged += page
        assert paged == everything
        assert len(store.list_edges()) == 43


def test_facts_are_fetched_by_id_and_unknown_ids_left_out(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store:
        assert list(store.nodes(["goal:1", "goal:1", "goal:none"])) == ["goal:1"]
        (advances,) = store.list_edges("ADVANCES")
        assert store.edges([advances.id, "edge:none", "goal:1"]) == {advances.id: advances}
        assert not store.nodes([]) and not store.edges([])


def test_a_set_expands_by_type_and_direction_each_edge_once(new_store: NewStore) -> None:
    with filled(new_store, [school_graph()]) as store:
        every = [edge.id for edge in store.list_edges()]
        assert [edge.id for edge in store.expand(["measure:1", "organization:000", "organization:001"])] == every
        assert len(store.expand(["measure:1"], direction=Direction.OUT)) == 42
        assert store.expand(["measure:1"], direction=Direction.IN) == []
        assert [edge.type for edge in store.expand(["goal:1"], direction=Direction.IN)] == ["ADVANCES"]
        found = store.expand(["organization:000"], ["INVOLVES", "ADVANCES"])
        assert sorted(str(edge.properties["role"]) for edge in found) == ["lead", "partner"]
        assert store.expand(["measure:1"], []) == []
        assert store.expand([]) == store.expand(["measure:none"]) == []


@pytest.mark.parametrize("limit", [0, 1, 2, 5, 100])
@pytest.mark.parametrize("types", [None, ["INVOLVES"], ["ADVANCES", "INVOLVES"]])
@pytest.mark.parametrize("direction", list(Direction))
def test_a_limited_expansion_keeps_the_first_edges_of_each_node(
    new_store: NewStore, limit: int, types: list[str] | None, direction: Direction
) -> None:
    chosen = ["measure:1", "organization:000", "organization:001"]
    with filled(new_store, [school_graph()]) as store:
        kept: set[str] = set()
        for id_ in chosen:
            kept |= {edge.id for edge in store.expand([id_], types, direction=direction)[:limit]}
        found = store.expand(chosen, types, direction=direction, limit_each=limit)
        assert [edge.id for edge in found] == sorted(kept)


@pytest.mark.parametrize("limit", [None, 0, 2, 100])
@pytest.mark.parametrize("types", [None, [], ["INVOLVES"], ["ADVANCES", "PARTNERS_WITH"]])
@pytest.mark.parametrize("direction", list(Direction))
def test_steps_are_the_ends_of_the_edges_of_an_expansion(
    new_store: NewStore, limit: int | None, types: list[str] | None, direction: Direction
) -> None:
    chosen = ["measure:1", "organization:000", "organization:001", "goal:none"]
    with filled(new_store, [school_graph()]) as store:
        edges = store.expand(chosen, types, direction=direction, limit_each=limit)
        labels = {id_: node.label for id_, node in store.nodes({e for edge in edges for e in ends(edge)}).items()}
        assert store.steps(chosen, types, direction=direction, limit_each=limit) == [
            (edge.id, edge.type, *ends(edge), *(labels[end] for end in ends(edge))) for edge in edges
        ]


def ends(edge: Edge) -> tuple[str, str]:
    """Ids of both ends."""
    return edge.source, edge.target


def test_values_of_one_property_come_by_the_ids_of_the_nodes(new_store: NewStore) -> None:
    goals = [
        node("goal:1", "Goal", "甲", value=60, unit="%", year=2025, indicator="占比"),
        node("goal:2", "Goal", "乙", value=10**30, year=2025, aliases=["丙", "丁"], indicator="占比"),
        node("goal:3", "Goal", "丙", value="18:1", year=2027, aliases=["丁"]),
        node("policy:1", "Policy", "规划", loaded=True, level="national", kind="plan"),
    ]
    with filled(new_store, [curated(*goals)]) as store:
        assert store.values("Goal", "name") == {"goal:1": "甲", "goal:2": "乙", "goal:3": "丙"}
        assert store.values("Goal", "value", filters={"year": [2025]}) == {"goal:1": 60, "goal:2": 10**30}
        assert store.values("Goal", "unit", filters={"aliases": ["丁"]}) == {"goal:2": None, "goal:3": None}
        assert len(store.values("Goal", "year", limit=2)) == 2 and list(store.values("Goal", "year"))[2] == "goal:3"
        assert store.values("Goal", "aliases", limit=0) == {}
        assert store.values("Policy", "loaded", filters={"level": ["national"], "kind": ["law"]}) == {}
        assert store.values("Policy", "loaded", filters={"level": ["national"]}) == {"policy:1": True}
        assert set(store.distinct("Goal", "indicator")) == {"占比", None}
        assert set(store.distinct("Goal", "aliases")) == {"丁", "丙", None}
        assert sorted(map(str, store.distinct("Goal", "year"))) == ["2025", "2027"]
        assert store.distinct("Measure", "number") == store.distinct("Measure", "kind") == []
        with pytest.raises(UnknownParameter, match="no property yaer"):
            store.values("Goal", "yaer")
        with pytest.raises(UnknownParameter, match="no class Gaol"):
            store.distinct("Gaol", "year")


def test_counts_are_those_of_a_recount_after_every_change(new_store: NewStore) -> None:
    changed = curated(node("goal:1", "Goal", "目标"), id_="batch:2")
    with filled(new_store, [school_graph(), document(), changed]) as store:
        for step in (lambda: None, lambda: store.retract("batch:2"), lambda: store.write(curated())):
            step()
            counts = store.counts()
            nodes, edges = store.list_nodes(limit=999), store.list_edges(limit=999)
            assert counts.nodes == Counter(found.label for found in nodes)
            assert counts.edges == Counter(edge.type for edge in edges)
            assert counts.batches == Counter(header.kind.value for header in store.batches())
            assert counts.claims == sum(len(list(store.iter_batch(header.id))) for header in store.batches())


def test_sets_of_any_size_are_expanded_and_fetched(new_store: NewStore) -> None:
    many = [node(f"measure:{n:05}", "Measure", "任务", order=n) for n in range(3_000)]
    goal = node("goal:1", "Goal", "目标")
    edges = [edge_claim("ADVANCES", claim.id, "goal:1") for claim in many]
    with filled(new_store, [curated(goal, *many, *edges)]) as store:
        ids = [claim.id for claim in many]
        assert len(store.expand(ids)) == len(store.expand(ids, limit_each=1)) == len(store.nodes(ids)) == 3_000
        assert len(store.expand(["goal:1"], limit_each=10)) == 10


def test_answers_show_the_first_evidence_and_all_of_it_on_demand(new_store: NewStore) -> None:
    batch = document()
    piece = passages_of(0)[0]
    many = tuple(Evidence(piece.document, n, n + 1, piece.passage) for n in range(12))
    goal = NodeClaim({"name": "目标"}, many, id="goal:1", label="Goal")
    sets = edge_claim("SETS", "policy:规划", "goal:1", evidence=many[3:])
    with filled(new_store, [replace(batch, nodes=(*batch.nodes, goal), edges=(sets,))]) as store:
        found = store.nodes(["goal:1"])["goal:1"]
        assert (found.evidence, found.evidence_total) == (many[:EVIDENCE_SHOWN], 12)
        assert store.all_evidence(["goal:1", sets.id, "goal:none"]) == {"goal:1": many, sets.id: many[3:]}


def test_claims_are_paged_by_batch(new_store: NewStore) -> None:
    batches = [curated(node("goal:1", "Goal", f"目标{n}"), id_=f"batch:{n}") for n in range(5)]
    with filled(new_store, batches) as store:
        first = store.node_claims("goal:1", limit=2)
        second = store.node_claims("goal:1", after=first[-1].header.id, limit=9)
        assert [claim.header.id for claim in (*first, *second)] == [f"batch:{n}" for n in range(5)]
        assert store.nodes(["goal:1"])["goal:1"].claims == 5
        assert not store.node_claims("goal:none") and not store.edge_claims("edge:none")
        assert list(store.iter_batch("batch:none")) == []


def test_counts_are_by_class_type_and_kind(new_store: NewStore) -> None:
    with filled(new_store, [school_graph(), document()]) as store:
        counts = store.counts()
        assert counts.nodes == {
            "Document": 1, "Enterprise": 1, "Goal": 1, "Institution": 40, "Measure": 1, "Passage": 2, "Policy": 1,
        }  # fmt: skip
        assert counts.edges == {"ADVANCES": 1, "INVOLVES": 41, "PARTNERS_WITH": 1}
        assert (counts.batches, counts.claims) == ({"curated": 1, "document": 1}, 90)
