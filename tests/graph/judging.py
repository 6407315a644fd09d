"""Facts to judge, and decisions about them, for tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.facts import Batch, NodeClaim, edge_claim
from graph.review.deciding import decide
from graph.review.decisions import Recorded, Verdict
from graph.review.recording import record
from graph.store import Store
from tests.graph.making import curated, document, node
from tests.graph.strategies import passages_of

START = datetime(2026, 1, 1, tzinfo=UTC)


def said(store: Store, verdict: Verdict, fact: str, *, hour: int = 0, by: str = "王", **more: Any) -> Recorded:
    """A decision that was made in the hour."""
    return record(store, decide(store, verdict, fact, by=by, at=START + timedelta(hours=hour), **more))


def plan(*goals: str, version: str = "1", number: int = 0) -> Batch:
    """A document whose policy sets goals; the first stands on the first two characters, the next one further on."""
    made = document(number, name=f"规划{number}")
    passage = passages_of(number)[0]
    policy = made.nodes[1].id
    places = [replace(passage, start=n, end=n + 2) for n in range(len(goals))]
    claims = [
        NodeClaim({"name": goal, "value": 60}, (place,), id=f"goal:{goal}", label="Goal", rule="r", inferred=("value",))
        for goal, place in zip(goals, places, strict=True)
    ]
    edges = [edge_claim("SETS", policy, c.id, evidence=c.evidence, rule="sets") for c in claims]
    text = {"text": "今年全市学校要完成建设任务共六十个项目"[: passage.end]}
    nodes = [replace(c, properties={**c.properties, **text}) if c.id == passage.passage else c for c in made.nodes]
    return Batch(replace(made.header, version=version), (*nodes, *claims), tuple(edges))


def world(*names: str) -> Batch:
    """Schools that each work with the same company."""
    schools = [node(f"organization:{name}", "Institution", name) for name in names]
    ties = [edge_claim("PARTNERS_WITH", s.id, "organization:x", {"activity": f"与{s.id}"}) for s in schools]
    return curated(*schools, node("organization:x", "Enterprise", "星渊"), *ties)
