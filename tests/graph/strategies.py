"""Hypothesis strategies for valid batches: small worlds in which documents, tables and reviewers state the same facts.

Batches differ in their sources, so that writing one never takes anything from another.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from ontology import registry

TEXTS = (
    ("云州市到2027年建成产业园12个。", "海棠职业技术学院牵头，星渊智能装备有限公司参与。"),
    ("江北省力争双师型教师占比超过60%，", "培育企业30家。", "其余从略"),
    ("A plan of Yunzhou.",),
)
"""The passages of each document of the world."""

NAMES = (
    "云州市",
    "雲州市",
    "海棠职业技术学院",
    "海棠职院",
    "星渊智能装备",
    "Yunzhou",
    "发展规划（2021—2025年）",
    "A",
    "州",
)
_PLACES = {"place:330300": ("City", "Region"), "place:x1": ("Region",)}
_ORGANIZATIONS = {"organization:o1": ("Institution", "Enterprise"), "organization:o2": ("Enterprise",)}
POOL: dict[str, tuple[str, ...]] = {
    **_PLACES,
    **_ORGANIZATIONS,
    "policy:p1": ("Policy",),
    "policy:p2": ("Policy",),
    "goal:g1": ("Goal",),
    "goal:g2": ("Goal",),
    "measure:m1": ("Measure",),
    "measure:m2": ("Measure",),
    "group:s1": ("ActorGroup",),
    "indicator:i1": ("Indicator",),
    "observation:v1": ("Observation",),
}
"""Ids of the world's things, and the classes that batches may give them."""

_VALUES: dict[str, SearchStrategy[Value]] = {
    "aliases": st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
    "issued_on": st.sampled_from(["2021", "2021-05", "2021-05-25", "2019-12-31"]),
    "loaded": st.booleans(),
    "status": st.sampled_from(["in_force", "draft"]),
    "indicator": st.sampled_from(["双师型教师占比", "培育企业数"]),
    "statement": st.sampled_from(["占比超过60%", "12个"]),
    "value": st.one_of(st.integers(-5, 500), st.floats(-1e6, 1e6), st.sampled_from(["18:1", "1:1"])),
    "unit": st.sampled_from(["%", "家"]),
    "year": st.integers(2020, 2035),
    "order": st.integers(0, 40),
    "platform": st.sampled_from(["星渊产业学院", "云州实训基地"]),
    "activity": st.sampled_from(["共建实训基地", "联合培养"]),
    "start": st.integers(0, 100),
}


@st.composite
def batches(draw: DrawFn, *, kinds: Sequence[BatchKind] = tuple(BatchKind)) -> Batch:
    """A valid batch of one of the kinds; equal ids mean equal content, not equal claims."""
    kind = draw(st.sampled_from(kinds))
    number = draw(st.integers(0, len(TEXTS) - 1))
    option = draw(st.sampled_from(["", "云州市"]))
    passages = passages_of(number) if kind is BatchKind.DOCUMENT else []
    labels = {id_: draw(st.sampled_from(POOL[id_])) for id_ in draw(st.sets(st.sampled_from(sorted(POOL)), max_size=7))}
    nodes = [_node(draw, id_, label, kind=kind, passages=passages) for id_, label in sorted(labels.items())]
    edges = _edges(draw, labels, kind, passages)
    return Batch(
        _header(draw, kind, number=number, option=option), (*_document(number, passages), *nodes), tuple(edges.values())
    )


def batch_lists(
    *, min_size: int = 0, max_size: int = 5, kinds: Sequence[BatchKind] = tuple(BatchKind)
) -> SearchStrategy[list[Batch]]:
    """Batches with different ids."""
    drawn = batches(kinds=kinds)
    return st.lists(drawn, min_size=min_size, max_size=max_size, unique_by=lambda batch: batch.header.id)


ODD = (
    "“引”'号'\"quotes\"",
    "back\\slash\\",
    "`tick``s`",
    "two\nlines\r\nthree\r",
    "a,b;c\td|e",
    "😀👩‍👩‍👧 emoji 𠮷野",
    "}) DETACH DELETE n //",
    " space ",
    "'",
    "\\",
    '"',
    "null",
    "0",
    "\u2028\u00a0\ufeff",
    "很长" * 10_000,
)
"""Texts that are easily broken on their way through a query, a file, or a server."""


@st.composite
def odd_batch_lists(draw: DrawFn, *, min_size: int = 0, max_size: int = 4) -> list[Batch]:
    """Batches with different ids, whose names, titles, rules and activities hold odd texts."""
    return [_odd(draw, batch) for batch in draw(batch_lists(min_size=min_size, max_size=max_size))]


def _odd(draw: DrawFn, batch: Batch) -> Batch:
    any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
    text = st.one_of(st.sampled_from(ODD), any_text)
    nodes = tuple(
        replace(claim, properties={**claim.properties, "name": draw(text)}, rule=draw(text)) for claim in batch.nodes
    )
    edges = (
        edge_claim(
            claim.type,
            claim.source,
            claim.target,
            {**claim.properties, **({"activity": draw(text)} if claim.type == "PARTNERS_WITH" else {})},
            evidence=claim.evidence,
        )
        for claim in batch.edges
    )
    header = replace(batch.header, title=draw(text), loaded_at=draw(st.sampled_from(["", "2026-01-02T03:04:05+00:00"])))
    return Batch(header, nodes, tuple({claim.id: claim for claim in edges}.values()))


def passages_of(number: int) -> list[Evidence]:
    """The passages of a document of the world, each as evidence of itself."""
    sha256 = f"{number:064x}"
    found: list[Evidence] = []
    start = 0
    for text in TEXTS[number]:
        end = start + len(text)
        found.append(Evidence(ids.document_id(sha256), start, end, ids.passage_id(sha256, start)))
        start = end
    return found


def _header(draw: DrawFn, kind: BatchKind, *, number: int, option: str) -> BatchHeader:
    return BatchHeader(
        id=ids.batch_id(kind, str(number), option),
        kind=kind,
        title=f"文件{number}",
        content=f"{number:064x}",
        version=draw(st.sampled_from(["1", "2"])),
        sources=(f"file:///{kind}/{option}/{number}.txt",),
        options={"region": option} if option else {},
        issued_on=draw(st.sampled_from([None, "2020", "2021-03"])),
    )


def _document(number: int, passages: Sequence[Evidence]) -> list[NodeClaim]:
    if not passages:
        return []
    document = NodeClaim(
        id=passages[0].document,
        label="Document",
        properties={"name": f"文件{number}", "sha256": f"{number:064x}", "characters": passages[-1].end},
        evidence=(passages[0],),
    )
    return [
        document,
        *(_passage(n, text, piece) for n, (text, piece) in enumerate(zip(TEXTS[number], passages, strict=True))),
    ]


def _passage(order: int, text: str, piece: Evidence) -> NodeClaim:
    return NodeClaim(
        id=piece.passage,
        label="Passage",
        properties={
            "name": f"第{order + 1}段",
            "document": piece.document,
            "order": order,
            "start": piece.start,
            "end": piece.end,
            "text": text,
        },
        evidence=(piece,),
    )


def _node(draw: DrawFn, id_: str, label: str, *, kind: BatchKind, passages: Sequence[Evidence]) -> NodeClaim:
    properties = {"name": draw(st.sampled_from(NAMES)), **_properties(draw, set(registry.class_of(label).model_fields))}
    if kind is BatchKind.REVIEW:
        properties |= draw(st.fixed_dictionaries({}, optional={"review": st.sampled_from(["confirmed", "rejected"])}))
        properties |= draw(st.fixed_dictionaries({}, optional={"tags": st.just(["要点"])}))
    return NodeClaim(
        id=id_,
        label=label,
        properties=properties,
        evidence=_evidence(draw, passages),
        rule=draw(st.sampled_from(["", "heading"])),
        inferred=tuple(sorted(draw(st.sets(st.sampled_from(sorted(properties)), max_size=1)))),
        is_own=draw(st.booleans()),
    )


def _edges(draw: DrawFn, labels: dict[str, str], kind: BatchKind, passages: Sequence[Evidence]) -> dict[str, EdgeClaim]:
    possible = [
        (type_, source, target)
        for type_, source, target in product(registry.relation_types(), sorted(labels), sorted(labels))
        if source != target and registry.may_join(type_, labels[source], labels[target])
    ]
    made: dict[str, EdgeClaim] = {}
    for type_, source, target in draw(st.lists(st.sampled_from(possible), max_size=6)) if possible else []:
        properties = _properties(draw, set(registry.relation_of(type_).properties.model_fields))
        if type_ == "INVOLVES":
            properties["role"] = draw(st.sampled_from(["lead", "partner"]))
        claim = edge_claim(type_, source, target, properties, evidence=_evidence(draw, passages))
        made[claim.id] = claim
    return made


def _properties(draw: DrawFn, allowed: set[str]) -> dict[str, Value]:
    names = sorted(allowed & set(_VALUES))
    return {name: draw(_VALUES[name]) for name in (draw(st.sets(st.sampled_from(names), max_size=4)) if names else ())}


def _evidence(draw: DrawFn, passages: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """At least one piece where there are passages, since only what a document states needs evidence."""
    if not passages:
        return ()
    pieces = []
    for passage in draw(st.lists(st.sampled_from(passages), min_size=1, max_size=3)):
        start = draw(st.integers(passage.start, passage.end - 1))
        end = draw(st.integers(start + 1, passage.end))
        context = ((passage.start, passage.end),) if draw(st.booleans()) else ()
        pieces.append(Evidence(passage.document, start, end, passage.passage, context))
    return tuple(pieces)
