"""First pages of the questions on a synthetic graph: median and 95th percentile in milliseconds.

usage: python benchmarks/bench_questions.py FILE [NODES]

FILE is a store; where there is none it is made with about NODES nodes (10,000 unless said).
"""

import random
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from graph.open import open_store
from graph.queries.chain_rows import ChainQuery, Closeness
from graph.queries.chains import chains
from graph.queries.counts import CountBy, counts
from graph.queries.paths import paths
from graph.queries.search import search
from graph.store import Store

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.synthetic import batches  # found only after the line above

WORDS = ("双师型", "产教融合", "职业技术学院", "企业投入", "云海", "教育局", "新材料", "物流 有限公司", "第3段")
EACH = 40
_COLUMNS: dict[str, Callable[[str], ChainQuery]] = {
    "Policy": lambda id_: ChainQuery(policy=(id_,)),
    "Goal": lambda id_: ChainQuery(goal=(id_,)),
    "Enterprise": lambda id_: ChainQuery(actor=(id_,)),
}


def main() -> None:
    """Make the store where there is none, and print the figures."""
    file, nodes = (*sys.argv[1:], "10000")[:2]
    is_new = not Path(file).exists()
    with open_store(file) as store:
        for batch in batches(int(nodes)) if is_new else ():
            store.write(batch)
        counted = store.counts()
        print(f"{sum(counted.nodes.values()):,} nodes, {sum(counted.edges.values()):,} edges")
        for name, questions in _questions(store):
            _report(name, questions)


def _questions(store: Store) -> Iterable[tuple[str, list[Callable[[], object]]]]:
    chosen = random.Random(3)
    ids = {label: [node.id for node in store.list_nodes(label)] for label in ("Goal", "Measure", "Enterprise")}
    ids["Policy"] = [node.id for node in store.list_nodes("Policy", filters={"loaded": [True]})]
    every = [id_ for known in ids.values() for id_ in known]
    yield "chains, open, the first time", [partial(chains, store)]
    yield "chains, by year", [partial(chains, store, ChainQuery(year_from=year)) for year in range(2022, 2034)]
    yield "chains, by closeness", [partial(chains, store, ChainQuery(closeness=(one,))) for one in Closeness]
    for label, query in _COLUMNS.items():
        some = chosen.sample(ids[label], min(EACH, len(ids[label])))
        yield f"chains of a {label}", [partial(chains, store, query(id_)) for id_ in some]
    yield "paths", [partial(paths, store, one, other) for one, other in (chosen.sample(every, 2) for _ in range(EACH))]
    yield "search", [partial(search, store, word) for word in WORDS]
    yield "search with facets", [partial(search, store, word, has_facets=True) for word in WORDS]
    for by in CountBy:
        yield f"counts by {by}", [partial(counts, store, by)]


def _report(name: str, questions: Iterable[Callable[[], object]]) -> None:
    times = []
    for ask in questions:
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(f"   {name}: {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms, n {len(times)}")


if __name__ == "__main__":
    main()
