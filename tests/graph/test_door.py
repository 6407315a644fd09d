"""The door refuses whole batches, with every reason, and stores canonical values."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from graph import ids
from graph.door import admit, faults
from graph.errors import BadBatch
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from ontology.values import Origin, Role
from tests.graph.strategies import TEXTS, batches, passages_of

PASSAGE = passages_of(0)[0]
HEADER = BatchHeader("batch:1", BatchKind.DOCUMENT, title="规划", content="0" * 64, version="1", sources=("file:///a",))
DOCUMENT = NodeClaim({"name": "规划", "characters": 45}, (PASSAGE,), id=PASSAGE.document, label="Document")
TEXT = NodeClaim(
    {"name": "第1段", "document": PASSAGE.document, "start": 0, "end": PASSAGE.end, "text": TEXTS[0][0]},
    (PASSAGE,),
    id=PASSAGE.passage,
    label="Passage",
)
POLICY = NodeClaim({"name": "规划"}, (PASSAGE,), id="policy:1", label="Policy")
GOAL = NodeClaim({"name": "目标"}, (PASSAGE,), id="goal:1", label="Goal")
MEASURE = NodeClaim({"name": "任务"}, (PASSAGE,), id="measure:1", label="Measure")
SCHOOL = NodeClaim({"name": "海棠职业技术学院"}, (PASSAGE,), id="organization:1", label="Institution")
FIRM = NodeClaim({"name": "星渊"}, (PASSAGE,), id="organization:2", label="Enterprise")


def with_nodes(*nodes: NodeClaim) -> Batch:
    """A document's batch with these nodes beside the document and its passage."""
    return Batch(HEADER, (DOCUMENT, TEXT, *nodes))


def with_edges(*edges: EdgeClaim) -> Batch:
    """A document's batch with these edges between known nodes."""
    return replace(with_nodes(POLICY, GOAL, MEASURE, SCHOOL, FIRM), edges=edges)


def joined(type_: str, source: NodeClaim, target: NodeClaim, **properties: Value) -> EdgeClaim:
    """An edge between two nodes, with evidence."""
    return edge_claim(type_, source.id, target.id, properties, evidence=(PASSAGE,))


def only_fault(batch: Batch) -> str:
    """The one fault of a batch."""
    (fault,) = faults(batch)
    return fault


@given(batches())
def test_valid_batches_pass(batch: Batch) -> None:
    assert faults(batch) == []


@given(batches())
def test_what_was_admitted_is_admitted_unchanged(batch: Batch) -> None:
    once = admit(batch)
    assert admit(once) == once


def test_every_reason_is_given_and_the_first_shown() -> None:
    wrong = with_nodes(replace(GOAL, properties={"name": "目标", "year": "soon", "unknown": 1}, evidence=()))
    with pytest.raises(BadBatch, match=r"“规划”: refused, nothing was stored: goal:1: .* \(and 2 more\)") as raised:
        admit(wrong)
    assert len(raised.value.faults) == 3


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (replace(GOAL, label="Target"), "there is no class Target"),
        (replace(SCHOOL, label="Organization"), "abstract"),
        (replace(GOAL, id="measure:1"), "the id of a Goal starts with goal:"),
        (replace(GOAL, id="goal:"), "the id of a Goal starts with goal:"),
        (replace(GOAL, properties={}), "name: Field required"),
        (replace(GOAL, properties={"name": ""}), "name: String should have at least 1 character"),
        (replace(GOAL, properties={"name": "目标", "target": 3}), "target: Extra inputs"),
        (replace(GOAL, properties={"name": "目标", "year": 20}), "year: Input should be greater"),
        (replace(GOAL, properties={"name": "目标", "comparator": "more"}), "comparator: Input should be"),
        (replace(GOAL, properties={"name": "目标", "value": float("nan")}), "value"),
        (replace(GOAL, properties={"name": "\ud800"}), "name: .*unicode"),
        (replace(GOAL, properties={"name": "目标", "review": "confirmed"}), "review: only a review may state it"),
        (
            replace(GOAL, properties={"name": "目标", "tags": ["x"]}),
            "tags: only a review or a curated table may state them",
        ),
        (replace(GOAL, evidence=()), "has no evidence"),
        (replace(GOAL, inferred=("year",)), "year: not among the properties"),
        (replace(GOAL, rule="\udcff"), "the rule is no valid Unicode"),
        (replace(GOAL, id="goal:\udcff"), "the id is no valid Unicode"),
        (replace(GOAL, origin=Origin.REVIEW), "can't make a claim of origin review"),
        (replace(GOAL, evidence=(replace(PASSAGE, document="document:x"),)), "there is no document document:x"),
        (replace(GOAL, evidence=(replace(PASSAGE, passage="passage:x"),)), "there is no passage passage:x"),
        (replace(GOAL, evidence=(replace(PASSAGE, end=PASSAGE.end + 1),)), "lies outside its passage"),
        (replace(GOAL, evidence=(replace(PASSAGE, start=3, end=3),)), "must not be empty or turned round"),
        (replace(GOAL, evidence=(replace(PASSAGE, context=((5, 4),)),)), "must not be empty or turned round"),
        (replace(GOAL, evidence=(replace(PASSAGE, context=((40, 46),)),)), "behind the end of the document"),
    ],
)
def test_a_wrong_node_is_refused_with_its_reason(node: NodeClaim, reason: str) -> None:
    found = faults(with_nodes(node))
    assert found and all(re.search(reason, fault) for fault in found)


@pytest.mark.parametrize(
    ("edge", "reason"),
    [
        (replace(joined("SETS", POLICY, GOAL), type="HAS"), "there is no relation HAS"),
        (joined("SETS", GOAL, POLICY), "may not lead from Goal to Policy"),
        (joined("CITES", POLICY, POLICY), "joins a node to itself"),
        (joined("SETS", POLICY, replace(GOAL, id="goal:2")), "there is no node goal:2 in the batch"),
        (replace(joined("SETS", POLICY, GOAL), id="edge:1"), "the id is edge:.* by its ends, not edge:1"),
        (
            replace(joined("INVOLVES", MEASURE, FIRM, role="lead"), discriminator="partner"),
            "the discriminator is 'lead'",
        ),
        (joined("INVOLVES", MEASURE, FIRM), "role: Field required"),
        (joined("SETS", POLICY, GOAL, role="lead"), "role: Extra inputs"),
        (replace(joined("SETS", POLICY, GOAL), evidence=()), "has no evidence"),
    ],
)
def test_a_wrong_edge_is_refused_with_its_reason(edge: EdgeClaim, reason: str) -> None:
    found = faults(with_edges(edge))
    assert found and all(re.search(reason, fault) for fault in found)


def test_a_symmetric_edge_the_wrong_way_round_is_refused() -> None:
    right = joined("PARTNERS_WITH", FIRM, SCHOOL, activity="共建")
    assert (right.source, right.target) == (SCHOOL.id, FIRM.id)
    id_ = ids.edge_id(FIRM.id, "PARTNERS_WITH", SCHOOL.id, right.discriminator)
    assert "smaller id first" in only_fault(with_edges(replace(right, source=FIRM.id, target=SCHOOL.id, id=id_)))


def test_two_claims_of_one_fact_are_refused() -> None:
    assert only_fault(with_nodes(GOAL, GOAL)) == "goal:1: claimed 2 times in one batch"
    edge = joined("SETS", POLICY, GOAL)
    assert only_fault(with_edges(edge, edge)) == f"{edge.id}: claimed 2 times in one batch"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (replace(HEADER, id=""), "the batch has no id"),
        (replace(HEADER, id="1"), "the id of a batch starts with batch:"),
        (replace(HEADER, version=""), "the batch has no version"),
        (replace(HEADER, sources=("file:///b", "file:///a")), "not sorted"),
        (replace(HEADER, issued_on="last year"), "issued_on"),
        (replace(HEADER, title="\udcff.txt"), "no valid Unicode"),
    ],
)
def test_a_wrong_header_is_refused_with_its_reason(header: BatchHeader, reason: str) -> None:
    assert reason in only_fault(Batch(header))


def test_passages_must_say_where_they_are_to_be_evidence() -> None:
    nowhere = replace(TEXT, properties={"name": "第1段", "document": PASSAGE.document}, evidence=())
    batch = Batch(HEADER, (replace(DOCUMENT, evidence=()), nowhere, GOAL))
    assert any("does not say where it starts and ends" in fault for fault in faults(batch))


@pytest.mark.parametrize("kind", [BatchKind.CURATED, BatchKind.REGISTER, BatchKind.REVIEW])
def test_only_documents_need_evidence(kind: BatchKind) -> None:
    assert faults(Batch(replace(HEADER, kind=kind), (replace(GOAL, evidence=()),))) == []


def test_a_document_may_add_what_a_register_says_without_evidence() -> None:
    assert faults(with_nodes(replace(SCHOOL, evidence=(), origin=Origin.REGISTER))) == []


def test_a_review_may_point_at_what_is_in_the_store_only() -> None:
    review = replace(HEADER, kind=BatchKind.REVIEW)
    reviewed = replace(GOAL, properties={"name": "目标", "review": "rejected", "tags": ["要点"]})
    assert faults(Batch(review, (reviewed,))) == []


def test_numbers_and_enumerations_are_stored_in_one_form() -> None:
    written = replace(GOAL, properties={"value": 60.0, "name": "目标", "comparator": ">="})
    edge = replace(joined("INVOLVES", MEASURE, FIRM, role="lead"), properties={"role": Role.LEAD})
    admitted = admit(replace(with_nodes(written, MEASURE, FIRM), edges=(edge,)))
    (goal,) = (claim for claim in admitted.nodes if claim.id == "goal:1")
    assert dict(goal.properties) == {"comparator": ">=", "name": "目标", "value": 60}
    assert isinstance(goal.properties["value"], int)
    assert type(admitted.edges[0].properties["role"]) is str


def test_evidence_of_another_documents_passage_is_refused() -> None:
    other = passages_of(1)[0]
    assert isinstance(other, Evidence)
    second = replace(DOCUMENT, id=other.document)
    mixed = replace(GOAL, evidence=(replace(PASSAGE, document=other.document),))
    assert f"{PASSAGE.passage} is no passage of {other.document}" in only_fault(with_nodes(second, mixed))
