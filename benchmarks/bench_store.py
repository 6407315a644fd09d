"""Loading and asking the embedded store: a synthetic graph, in one batch and in many.

usage: python benchmarks/bench_store.py [NODES [EDGES]]
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from graph.open import open_store
from graph.store import Store

NAMES = "云海江山星渊棠溪河湖松竹梅兰智能装备职业技术学院产业教育城市规划建设人才培养质量提升工程企业合作中心"
PASSAGE = 200
POLICY_GOALS = 20


def main() -> None:
    nodes, edges = (int(text) for text in (*sys.argv[1:], "40000", "160000")[:2])
    for batches in (1, 100):
        with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder, "bench.db"))) as store:
            made = [_batch(n, nodes // batches, edges // batches) for n in range(batches)]
            started = time.perf_counter()
            for batch in made:
                store.write(batch)
            took = time.perf_counter() - started
            size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
            counts = store.counts()
            print(f"{batches} batches: {took:.1f} s, {size:.0f} MB, {counts.claims:,} claims")
            print(f"   {sum(counts.nodes.values()):,} nodes, {sum(counts.edges.values()):,} edges")
            _ask(store, [claim.id for claim in made[0].nodes])
            started = time.perf_counter()
            store.retract(made[0].header.id)
            print(f"   retract one: {time.perf_counter() - started:.2f} s")


def _ask(store: Store, known: list[str]) -> None:
    chosen = random.Random(2)
    some = chosen.sample(known, min(200, len(known)))
    _report("node", [_timed(lambda id_=id_: store.nodes([id_])) for id_ in some])
    _report("expand 20 nodes", [_timed(lambda: store.expand(chosen.sample(known, 20))) for _ in some])
    _report(
        "expand 20 nodes, 5 each", [_timed(lambda: store.expand(chosen.sample(known, 20), limit_each=5)) for _ in some]
    )
    for text in ("企业", "云海", "人", "职业技术学院", "智能 云"):
        _report(f"search {text}", [_timed(lambda text=text: store.search(text)) for _ in range(5)])
    _report("list 1000 goals", [_timed(lambda: store.list_nodes("Goal")) for _ in range(5)])
    _report("goals of 2027 in %", [_timed(lambda: store.list_nodes("Goal", filters={"year": [2027], "unit": ["%"]}))])


def _timed(question: object) -> float:
    started = time.perf_counter()
    assert callable(question)
    question()
    return (time.perf_counter() - started) * 1000


def _report(what: str, times: Iterable[float]) -> None:
    ordered = sorted(times)
    print(f"   {what}: {ordered[len(ordered) // 2]:.2f} ms, worst {ordered[-1]:.2f} ms")


def _batch(number: int, nodes: int, edges: int) -> Batch:
    """A document whose policy sets goals, contains measures, and involves organizations that other batches share."""
    chosen = random.Random(number)
    sha256 = f"{number:064x}"
    document = ids.document_id(sha256)
    passages = max(nodes // 10, 1)
    cited = [
        Evidence(document, n * PASSAGE, n * PASSAGE + 40, ids.passage_id(sha256, n * PASSAGE)) for n in range(passages)
    ]
    claims = [_document(sha256, passages, cited[0])]
    claims += [_passage(sha256, n, piece, _text(chosen, PASSAGE)) for n, piece in enumerate(cited)]
    kinds: dict[str, list[str]] = {"Policy": [], "Goal": [], "Measure": [], "Institution": []}
    for n in range(nodes - len(claims)):
        label = ("Goal", "Measure", "Institution", "Measure")[n % 4] if n % POLICY_GOALS else "Policy"
        claim = _thing(label, number, n, chosen.choice(cited))
        kinds[label].append(claim.id)
        claims.append(claim)
    known = {claim.id: claim for claim in claims}
    return Batch(_header(number, sha256), tuple(known.values()), tuple(_edges(chosen, kinds, cited, edges)))


def _header(number: int, sha256: str) -> BatchHeader:
    return BatchHeader(
        id=ids.batch_id("document", sha256),
        kind=BatchKind.DOCUMENT,
        title=f"文件{number}",
        content=sha256,
        version="1",
        sources=(f"file:///bench/{number}.txt",),
    )


def _document(sha256: str, passages: int, piece: Evidence) -> NodeClaim:
    properties: dict[str, Value] = {"name": sha256, "sha256": sha256, "characters": passages * PASSAGE}
    return NodeClaim(id=ids.document_id(sha256), label="Document", properties=properties, evidence=(piece,))


def _passage(sha256: str, n: int, piece: Evidence, text: str) -> NodeClaim:
    start = n * PASSAGE
    properties: dict[str, Value] = {
        "name": f"第{n}段",
        "document": ids.document_id(sha256),
        "order": n,
        "start": start,
        "end": start + PASSAGE,
        "text": text,
    }
    return NodeClaim(id=piece.passage, label="Passage", properties=properties, evidence=(piece,))


def _thing(label: str, number: int, n: int, piece: Evidence) -> NodeClaim:
    chosen = random.Random(n if label == "Institution" else f"{number}/{n}")
    name = _text(chosen, 14) + (str(n) if label == "Institution" else f"{number}/{n}")
    prefix = {"Institution": "organization"}.get(label, label.lower())
    properties: dict[str, Value] = {"name": name}
    if label == "Goal":
        properties |= {"indicator": name, "value": n, "unit": "%", "year": 2020 + n % 10, "comparator": ">="}
    return NodeClaim(id=f"{prefix}:{ids.digest(name)}", label=label, properties=properties, evidence=(piece,))


def _edges(chosen: random.Random, kinds: dict[str, list[str]], cited: list[Evidence], wanted: int) -> list[EdgeClaim]:
    relations = (
        ("SETS", "Policy", "Goal"),
        ("CONTAINS", "Policy", "Measure"),
        ("ADVANCES", "Measure", "Goal"),
        ("INVOLVES", "Measure", "Institution"),
    )
    made: dict[str, EdgeClaim] = {}
    while len(made) < wanted:
        type_, source, target = chosen.choice(relations)
        ends = chosen.choice(kinds[source]), kinds[target][int(len(kinds[target]) * chosen.random() ** 3)]
        properties: dict[str, Value] = {"role": "lead"} if type_ == "INVOLVES" else {}
        claim = edge_claim(type_, *ends, properties, evidence=(chosen.choice(cited),))
        made[claim.id] = claim
    return list(made.values())


def _text(chosen: random.Random, length: int) -> str:
    return "".join(chosen.choices(NAMES, k=length))


if __name__ == "__main__":
    main()
