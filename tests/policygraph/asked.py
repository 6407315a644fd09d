"""What is asked of a graph in Python, by every one of its methods."""

from collections.abc import Callable
from typing import Any

from policygraph.client.answers import Answer
from policygraph.client.graph import Graph

CITY, COLLEGE, COLLEGE_PLAN = "云州市", "海棠职业技术学院", "海棠职业技术学院“十四五”发展规划"


def first_goal(graph: Graph) -> str:
    return next(chain.goal.id for chain in graph.chains(region=CITY) if chain.goal)


ASKED: dict[str, Callable[[Graph], Answer[Any, Any]]] = {
    "search": lambda g: g.search("教师", limit=7),
    "search with facets": lambda g: g.search("产教融合", label=["Goal", "Measure"], year=2025, facets=True),
    "chains": lambda g: g.chains(limit=11),
    "chains of a city": lambda g: g.chains(region=CITY, indicator="双师型", closeness=["sentence", "passage"]),
    "gaps": lambda g: g.chains(gaps="measure", year_from=2025, limit=500),
    "chain_groups": lambda g: g.chain_groups("actor", region=CITY, limit=3),
    "chain_groups by place": lambda g: g.chain_groups("region"),
    "paths": lambda g: g.paths(COLLEGE, "云州市教育局", avoid="PART_OF", limit=1),
    "cascade": lambda g: g.cascade(COLLEGE_PLAN, limit=5),
    "compare": lambda g: g.compare(region=[CITY, "清河市"], limit=3),
    "progress": lambda g: g.progress(policy=COLLEGE_PLAN, limit=4),
    "network": lambda g: g.network(region=CITY),
    "network by betweenness": lambda g: g.network("partnership", by="betweenness", limit=10),
    "network of issuers": lambda g: g.network("issuers"),
    "network of citations": lambda g: g.network("citations"),
    "subgraph": lambda g: g.subgraph(COLLEGE, depth=1, types=["PARTNERS_WITH", "INVOLVES"], limit=30),
    "node": lambda g: g.node(first_goal(g)),
    "evidence": lambda g: g.evidence(first_goal(g), limit=1),
    "counts": lambda g: g.counts("level"),
    "counts in pages": lambda g: g.counts("issuer", limit=1),
    "stats": lambda g: g.stats(),
}
