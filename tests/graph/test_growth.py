"""One more claim of a fact that many state is folded as if all had been folded together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from graph import ids
from graph.facts import (
    REFERENCE,
    Attributed,
    BatchHeader,
    BatchKind,
    ClaimT,
    EdgeClaim,
    Evidence,
    NodeClaim,
    Properties,
    Value,
    edge_claim,
)
from graph.fold import fold_edge, fold_node
from graph.growth import FactT, Standing, first_standing, grow_edge, grow_node, standing_of
from graph.store import EVIDENCE_SHOWN
from ontology.values import Origin

NAMES = ("云州市", "雲州市", "云州", "海棠职业技术学院")
KINDS = (BatchKind.DOCUMENT, BatchKind.DOCUMENT, BatchKind.DOCUMENT, BatchKind.CURATED, BatchKind.REGISTER)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "name": st.sampled_from(NAMES),
    "aliases": st.lists(st.sampled_from(NAMES), max_size=2),
    "tags": st.lists(st.sampled_from(("甲", "乙")), max_size=2),
    "kind": st.sampled_from(("government", "college")),
    "industry": st.sampled_from(("制造业", "软件")),
    "level": st.sampled_from(("municipal", "county")),
}


def header(number: int, kind: BatchKind, issued_on: str | None) -> BatchHeader:
    """A batch whose content no other has."""
    return BatchHeader(ids.batch_id(kind, str(number)), kind, "文件", f"{number:064x}", "1", issued_on=issued_on)


@st.composite
def node_claims(draw: DrawFn, *, kinds: Sequence[BatchKind] = KINDS) -> list[Attributed[NodeClaim]]:
    """Claims of one node, each of a batch of its own."""
    found = []
    for number in range(draw(st.integers(2, 12))):
        stated = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=4))
        properties = {name: draw(VALUES[name]) for name in sorted(stated)}
        about = header(number, draw(st.sampled_from(kinds)), draw(st.sampled_from([None, "2020", "2021-03"])))
        claim = NodeClaim(
            properties,
            evidence=draw(evidence_of(about)),
            rule=draw(st.sampled_from(("", "", REFERENCE))),
            inferred=tuple(sorted(draw(st.sets(st.sampled_from(sorted(stated)))) if stated else ())),
            is_own=draw(st.booleans()),
            origin=draw(st.sampled_from((None, None, Origin.REGISTER, Origin.CURATED))),
            id="organization:1",
            label=draw(st.sampled_from(("Institution", "Institution", "Institution", "Enterprise"))),
        )
        found.append(Attributed(claim, about))
    return found


@st.composite
def evidence_of(draw: DrawFn, about: BatchHeader) -> tuple[Evidence, ...]:
    """Up to four pieces of the batch's own document, some of them twice."""
    document = ids.document_id(about.content)
    starts = draw(st.lists(st.integers(0, 3), max_size=4)) if about.kind is BatchKind.DOCUMENT else []
    return tuple(Evidence(document, start, start + 1, ids.passage_id(about.content, 0)) for start in starts)


def edge_of(a: Attributed[NodeClaim]) -> Attributed[EdgeClaim]:
    """The claim as one of an edge."""
    properties: Properties = {
        "activity": "共建",
        **({"tags": a.claim.properties["tags"]} if "tags" in a.claim.properties else {}),
    }
    made = edge_claim(
        "PARTNERS_WITH",
        "organization:1",
        "organization:2",
        {**properties, "kind": str(a.claim.properties.get("kind", "research"))},
        evidence=a.claim.evidence,
        rule=a.claim.rule,
        inferred=tuple({"kind"} & {*a.claim.inferred}),
        is_own=a.claim.is_own,
        origin=a.claim.origin,
    )
    return Attributed(made, a.header)


def each_apart(claims: list[Attributed[ClaimT]]) -> Iterator[tuple[list[Attributed[ClaimT]], Attributed[ClaimT]]]:
    """All claims but one, and that one: of each."""
    for added in claims:
        yield [other for other in claims if other is not added], added


def is_grown_right(grown: tuple[FactT, Standing] | None, whole: FactT, claims: Sequence[Attributed[ClaimT]]) -> bool:
    """Whether it was left to the claims, or is what all of them make together, remembered as well."""
    shown = replace(whole, evidence=whole.evidence[:EVIDENCE_SHOWN])
    return grown is None or grown == (shown, standing_of(claims))


@given(node_claims())
def test_a_node_with_one_more_claim_is_the_fold_of_all_of_them(claims: list[Attributed[NodeClaim]]) -> None:
    whole = fold_node(claims)
    for before, added in each_apart(claims):
        standing, node = standing_of(before) or first_standing(before[0]), fold_node(before)
        assert standing is not None
        shown = replace(node, evidence=node.evidence[:EVIDENCE_SHOWN])
        assert is_grown_right(grow_node(shown, standing, added), whole, claims)


@given(node_claims())
def test_an_edge_with_one_more_claim_is_the_fold_of_all_of_them(claims: list[Attributed[NodeClaim]]) -> None:
    several = [edge_of(claim) for claim in claims]
    whole = fold_edge(several)
    for before, added in each_apart(several):
        standing, edge = standing_of(before), fold_edge(before)
        assert (standing is not None) == (len(before) > 1)
        shown = replace(edge, evidence=edge.evidence[:EVIDENCE_SHOWN])
        assert standing is None or is_grown_right(grow_edge(shown, standing, added), whole, several)


def test_a_document_that_says_what_others_say_needs_none_of_their_claims() -> None:
    claims = [
        Attributed(
            NodeClaim({"name": "云州市教育局"}, evidence=(piece,), id="organization:1", label="Institution"),
            header(number, BatchKind.DOCUMENT, "2021"),
        )
        for number in range(40)
        for piece in [Evidence(ids.document_id(f"{number:064x}"), 0, 6, ids.passage_id(f"{number:064x}", 0))]
    ]
    grown, standing = fold_node(claims[:2]), standing_of(claims[:2])
    grown = replace(grown, evidence=grown.evidence[:EVIDENCE_SHOWN])
    for added in claims[2:]:
        assert standing is not None
        made = grow_node(grown, standing, added)
        assert made is not None
        grown, standing = made
    assert (grown.claims, grown.evidence_total) == (40, 40)
    assert grown.evidence == fold_node(claims).evidence[:EVIDENCE_SHOWN]


@given(node_claims(kinds=(BatchKind.DOCUMENT, BatchKind.REVIEW)))
def test_where_somebody_has_decided_all_claims_are_read(claims: list[Attributed[NodeClaim]]) -> None:
    if any(a.header.kind is BatchKind.REVIEW for a in claims):
        assert standing_of(claims) is None


def test_of_one_claim_that_is_remembered_which_others_will_make_as_well() -> None:
    stated = {
        label: Attributed(NodeClaim({"name": "云州市"}, id=id_, label=label), header(1, BatchKind.DOCUMENT, None))
        for label, id_ in (("Institution", "organization:1"), ("Policy", "policy:1"), ("Goal", "goal:1"))
    }
    assert {label for label, a in stated.items() if first_standing(a) is not None} == {"Institution", "Policy"}
    assert all(standing_of([a]) is None for a in stated.values())
