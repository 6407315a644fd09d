"""Small batches for tests of stores, written by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from graph.formats.registry import export
from graph.store import Store
from tests.graph.strategies import passages_of

NewStore = Callable[[], Store]
HEADER = BatchHeader("batch:1", BatchKind.CURATED, title="表", content="c1", version="1")


def curated(*claims: NodeClaim | EdgeClaim, id_: str = "batch:1", **header: object) -> Batch:
    """A batch that needs no evidence."""
    stated = replace(HEADER, id=id_, content=id_, sources=(f"file:///{id_}",), **header)  # type: ignore[arg-type]
    nodes = tuple(claim for claim in claims if isinstance(claim, NodeClaim))
    return Batch(stated, nodes, tuple(claim for claim in claims if isinstance(claim, EdgeClaim)))


def document(number: int = 0, *, id_: str = "", name: str = "规划", text: bool = True, **header: object) -> Batch:
    """The batch of a document of the world of strategies: itself, its passages, one policy."""
    passages = passages_of(number)
    whole: dict[str, Value] = {"name": name, "characters": passages[-1].end}
    nodes = [
        NodeClaim(whole, (passages[0],), id=passages[0].document, label="Document"),
        NodeClaim({"name": name}, (passages[0],), id=f"policy:{name}", label="Policy", is_own=True),
    ]
    for n, piece in enumerate(passages):
        stated: dict[str, Value] = {"name": f"第{n + 1}段", "document": piece.document}
        stated |= {"start": piece.start, "end": piece.end}
        if text:
            stated["text"] = "云" * (piece.end - piece.start)
        nodes.append(NodeClaim(stated, (piece,), id=piece.passage, label="Passage"))
    made = BatchHeader(
        id_ or f"batch:d{number}", BatchKind.DOCUMENT, title=name, content=f"{number:064x}", version="1", has_text=text
    )
    return Batch(replace(made, **header), tuple(nodes))  # type: ignore[arg-type]


def node(id_: str, label: str, name: str, **properties: Value) -> NodeClaim:
    """A claim of a node."""
    return NodeClaim({"name": name, **properties}, id=id_, label=label)


def dump(store: Store, format_: str = "json") -> bytes:
    """The store's export."""
    out = BytesIO()
    export(store, out, format=format_)
    return out.getvalue()


def full_dump(store: Store) -> bytes:
    """The store's dump with the times of loading."""
    out = BytesIO()
    export(store, out, format="jsonl", with_loaded_at=True)
    return out.getvalue()


def filled(new_store: NewStore, batches: Sequence[Batch]) -> Store:
    """A new store with these batches, written in their order."""
    store = new_store()
    for batch in batches:
        store.write(batch)
    return store


def school_graph() -> Batch:
    """A measure with a lead and many partners, and some nodes to list."""
    schools = [node(f"organization:{n:03}", "Institution", f"学院{n}", kind="school") for n in range(40)]
    measure = node("measure:1", "Measure", "产教融合", order=1)
    edges = [edge_claim("INVOLVES", "measure:1", school.id, {"role": "partner"}) for school in schools]
    edges.append(edge_claim("INVOLVES", "measure:1", "organization:000", {"role": "lead"}))
    edges.append(edge_claim("PARTNERS_WITH", "organization:000", "organization:001", {"activity": "共建"}))
    edges.append(edge_claim("ADVANCES", "measure:1", "goal:1"))
    return curated(
        measure,
        *schools,
        node("organization:x", "Enterprise", "星渊"),
        node("goal:1", "Goal", "目标", year=2027),
        *edges,
    )


def stating(number: int) -> Batch:
    """A document of its year that names one place and one school in it, the school by a name of its own."""
    sha256 = f"{number + 100:064x}"
    text = "海棠职业技术学院在云州市。"
    piece = Evidence(ids.document_id(sha256), 0, len(text), ids.passage_id(sha256, 0))
    whole: dict[str, Value] = {"name": "规划", "characters": len(text)}
    passage: dict[str, Value] = {
        "name": "第1段",
        "document": piece.document,
        "start": 0,
        "end": len(text),
        "text": text,
    }
    claims = [
        NodeClaim(whole, (piece,), id=piece.document, label="Document"),
        NodeClaim(passage, (piece,), id=piece.passage, label="Passage"),
        NodeClaim({"name": "云州市"}, (piece,), id="place:330300", label="City"),
        NodeClaim({"name": f"海棠职院{number}"}, (piece,), id="organization:o1", label="Institution"),
    ]
    header = BatchHeader(
        f"batch:{number}", BatchKind.DOCUMENT, "规划", content=sha256, version="1", issued_on=f"{2000 + number}"
    )
    return Batch(
        header, tuple(claims), (edge_claim("LOCATED_IN", "organization:o1", "place:330300", evidence=(piece,)),)
    )
