"""Laws of the fold."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.facts import (
    Attributed,
    Batch,
    BatchHeader,
    BatchKind,
    Edge,
    EdgeClaim,
    Evidence,
    Node,
    NodeClaim,
    Properties,
    Value,
)
from graph.fold import MERGED, disagreements, fold_edge, fold_node
from ontology import registry
from ontology.values import Origin
from tests.graph.strategies import batch_lists

CURATED, DOCUMENT, REGISTER, REVIEW = BatchKind.CURATED, BatchKind.DOCUMENT, BatchKind.REGISTER, BatchKind.REVIEW
BOOKKEEPING = ("loaded", "title_from", "status")


def folded(batches: Sequence[Batch]) -> dict[str, Node | Edge]:
    """Every fact that the batches make together, by id."""
    nodes: dict[str, list[Attributed[NodeClaim]]] = {}
    edges: dict[str, list[Attributed[EdgeClaim]]] = {}
    for batch in batches:
        for node in batch.nodes:
            nodes.setdefault(node.id, []).append(Attributed(node, batch.header))
        for edge in batch.edges:
            edges.setdefault(edge.id, []).append(Attributed(edge, batch.header))
    return {
        **{id_: fold_node(claims) for id_, claims in nodes.items()},
        **{id_: fold_edge(claims) for id_, claims in edges.items()},
    }


def stated(kind: BatchKind, *, id_: str = "b1", issued_on: str | None = None, content: str = "c") -> BatchHeader:
    """A header; what is not given does not matter."""
    return BatchHeader(id_, kind, title=id_, content=content, version="1", issued_on=issued_on)


def goal(**properties: Value) -> NodeClaim:
    """A claim of a goal."""
    return NodeClaim({"name": "目标", **properties}, id="goal:1", label="Goal")


def institution(name: str, **properties: Value) -> NodeClaim:
    """A claim of an institution."""
    return NodeClaim({"name": name, **properties}, id="organization:1", label="Institution")


@given(batch_lists(max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_claims_is_irrelevant(batches: list[Batch], chance: object) -> None:
    shuffled = list(batches)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert folded(shuffled) == folded(batches)


@given(batch_lists(max_size=6))
def test_what_is_folded_is_what_the_ontology_allows(batches: list[Batch]) -> None:
    for fact in folded(batches).values():
        properties = {name: value for name, value in fact.properties.items() if name != "origin"}
        if isinstance(fact, Node):
            assert registry.node_faults(fact.label, properties) == []
        else:
            assert registry.edge_faults(fact.type, properties) == []


@given(batch_lists(max_size=6))
def test_every_value_of_every_claim_is_there_or_readable_as_lost(batches: list[Batch]) -> None:
    facts = folded(batches)
    for batch in batches:
        for claim in batch.nodes:
            claims = [Attributed(c, b.header) for b in batches for c in b.nodes if c.id == claim.id]
            lost = [(d.property, d.value) for d in disagreements(claims)]
            node = facts[claim.id]
            names = [node.properties["name"], *list_of(node.properties.get("aliases"))]
            assert claim.properties["name"] in names
            for name, value in claim.properties.items():
                if name not in (*MERGED, "name", *BOOKKEEPING) and name in registry.class_of(node.label).model_fields:  # type: ignore[union-attr]
                    assert node.properties[name] == value or (name, value) in lost


def list_of(value: Value | None) -> list[str]:
    """The list, or none."""
    return value if isinstance(value, list) else []


def test_review_counts_before_table_own_document_other_document_and_register() -> None:
    order = [
        Attributed(goal(year=2021), stated(REVIEW)),
        Attributed(goal(year=2022), stated(CURATED)),
        Attributed(replace(goal(year=2023), is_own=True), stated(DOCUMENT, issued_on="2001")),
        Attributed(goal(year=2024), stated(DOCUMENT, issued_on="2025-03")),
        Attributed(goal(year=2025), stated(DOCUMENT, issued_on="2025")),
        Attributed(goal(year=2026), stated(DOCUMENT, issued_on="2024-12-31", content="a")),
        Attributed(goal(year=2027), stated(DOCUMENT, issued_on="2024-12-31", content="b")),
        Attributed(goal(year=2028), stated(DOCUMENT)),
        Attributed(replace(goal(year=2029), origin=Origin.REGISTER), stated(DOCUMENT, issued_on="2030")),
    ]
    for position in range(len(order)):
        assert fold_node(order[position:][::-1]).properties["year"] == 2021 + position


def test_a_value_that_lost_says_by_whom_and_where_it_was_stated() -> None:
    piece = Evidence("document:1", 1, 5, "passage:1")
    newer = Attributed(goal(value=60), stated(DOCUMENT, id_="new", issued_on="2025"))
    older = Attributed(replace(goal(value=50), evidence=(piece,)), stated(DOCUMENT, id_="old", issued_on="2021"))
    (lost,) = disagreements([older, newer])
    assert (lost.property, lost.value, lost.batch.id, lost.evidence) == ("value", 50, "old", (piece,))


def test_names_that_lost_are_aliases_and_a_name_is_never_its_own_alias() -> None:
    full = Attributed(institution("海棠职业技术学院", aliases=["海棠职业技术学院"]), stated(CURATED))
    short = Attributed(institution("海棠职院", aliases=["海棠"]), stated(DOCUMENT))
    assert fold_node([short, full]).properties["aliases"] == ["海棠", "海棠职院"]
    assert "aliases" not in fold_node([full]).properties


def test_a_class_that_lost_takes_its_properties_along_and_is_readable() -> None:
    enterprise = Attributed(replace(institution("星渊"), label="Enterprise"), stated(CURATED))
    school = Attributed(institution("星渊", kind="school"), stated(DOCUMENT))
    node = fold_node([school, enterprise])
    assert node.label == "Enterprise"
    assert "kind" not in node.properties
    assert ("label", "Institution") in [(d.property, d.value) for d in disagreements([school, enterprise])]


def test_a_citation_disagrees_with_the_policy_in_facts_alone() -> None:
    own: Properties = {"name": "方案", "title_from": "text", "loaded": True, "status": "in_force", "kind": "scheme"}
    cited: Properties = {"name": "方案", "title_from": "file", "loaded": False, "status": "mandated", "kind": "plan"}
    claims = [
        Attributed(NodeClaim(own, is_own=True, id="policy:1", label="Policy"), stated(DOCUMENT, id_="b1")),
        Attributed(NodeClaim(cited, id="policy:1", label="Policy"), stated(DOCUMENT, id_="b2")),
    ]
    assert [(d.property, d.value) for d in disagreements(claims)] == [("kind", "plan")]


def test_a_review_tells_nothing_of_the_class_or_the_origin() -> None:
    reviewed = Attributed(replace(institution("星渊", review="confirmed"), label="Enterprise"), stated(REVIEW))
    node = fold_node([reviewed, Attributed(institution("星渊"), stated(DOCUMENT))])
    assert (node.label, node.properties["origin"], node.properties["review"]) == (
        "Institution",
        "document",
        "confirmed",
    )


def test_a_value_that_somebody_read_is_not_inferred() -> None:
    concluded = Attributed(replace(goal(year=2025), inferred=("year",)), stated(DOCUMENT, issued_on="2025"))
    read = Attributed(goal(year=2025), stated(DOCUMENT, issued_on="2021"))
    other = Attributed(goal(year=2030), stated(DOCUMENT, issued_on="2021"))
    assert fold_node([concluded, other]).inferred == ("year",)
    assert fold_node([concluded, read]).inferred == ()


def test_evidence_is_united_each_piece_once() -> None:
    pieces = [Evidence("document:1", n, n + 1, "passage:1") for n in range(3)]
    first = Attributed(replace(goal(), evidence=(pieces[2], pieces[0])), stated(CURATED))
    second = Attributed(replace(goal(), evidence=(pieces[0], pieces[1])), stated(DOCUMENT))
    node = fold_node([second, first])
    assert node.evidence == (pieces[2], pieces[0], pieces[1])
    assert (node.evidence_total, node.claims) == (3, 2)


def test_a_document_shows_the_sources_and_the_last_load_of_its_batches() -> None:
    claim = NodeClaim({"name": "规划"}, id="document:1", label="Document")
    loads = [
        replace(stated(DOCUMENT, id_="b1"), sources=("file:///b.txt",), loaded_at="2026-01-01T00:00:00+00:00"),
        replace(stated(DOCUMENT, id_="b2"), sources=("file:///a.txt",), loaded_at="2026-02-01T00:00:00+00:00"),
        replace(stated(REVIEW, id_="b3"), loaded_at="2027-02-01T00:00:00+00:00"),
    ]
    node = fold_node([Attributed(claim, header) for header in loads])
    assert node.properties["sources"] == ["file:///a.txt", "file:///b.txt"]
    assert node.properties["loaded_at"] == "2026-02-01T00:00:00+00:00"
