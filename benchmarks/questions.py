"""Every question of the project, many times with other words, as a call in Python and as a route over HTTP."""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from graph.formats.registry import export
from graph.queries.cascade import cascade
from graph.queries.cascade_rows import CascadeQuery
from graph.queries.chain_rows import ChainQuery, Gap
from graph.queries.chains import chains
from graph.queries.compare import compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.counts import CountBy, counts
from graph.queries.evidence import evidence_of
from graph.queries.network_rows import Figure, NetworkKind, NetworkQuery
from graph.queries.networks import network
from graph.queries.node import neighbours, node_detail
from graph.queries.paths import paths
from graph.queries.progress import progress
from graph.queries.progress_rows import ProgressQuery
from graph.queries.search import search
from graph.queries.stats import stats
from graph.queries.subgraph import subgraph
from graph.store import Store

LABELS = ("Policy", "Goal", "Measure", "Enterprise", "Institution", "City", "Observation", "Indicator", "Passage")
COMMON = ("产教融合", "职业技术学院", "技能", "企业投入", "教", "高技能人才", "有限公司", "实训基地")
TWO_WORDS = ("物流 有限公司", "双师型教师 占比", "教 学院", "国际交流 专业群", "新材料 集团", "海 职业")
BEGINNINGS = ("云海*", "江星*", "支持产*", "双师*", "松竹*", "泽川*")


@dataclass(frozen=True)
class Ask:
    """A question as it is asked once; `path` is empty where there is no route for it."""

    call: Callable[[Store], object]
    path: str = ""


@dataclass(frozen=True)
class Question:
    """A question by name, with many ways to ask it; `is_prepared` if its answer is made in the background."""

    name: str
    asks: Sequence[Ask]
    is_prepared: bool = False


def questions(store: Store, each: int) -> Iterator[Question]:
    """All questions, each asked so many times at most; always the same ones of the same graph."""
    chosen = random.Random(3)
    known = {label: [node.id for node in store.list_nodes(label, limit=1000)] for label in LABELS}
    policies = store.list_nodes("Policy", filters={"kind": ["plan"]}, limit=1000)

    def some(label: str) -> list[str]:
        return chosen.sample(known[label], min(each, len(known[label])))

    plans = [node.id for node in chosen.sample(policies, min(each, len(policies)))]
    names = [store.nodes([id_])[id_].name for id_ in some("Enterprise")]
    yield from _chains(plans, some, names)
    yield from _tables(plans, some, chosen)
    yield Question(
        "networks: the whole, prepared", [_network(by) for by in (Figure.WEIGHT, Figure.BETWEENNESS)], is_prepared=True
    )
    yield Question("networks: an ego, prepared", [_ego(id_) for id_ in some("Institution")], is_prepared=True)
    yield from _searches(names)
    yield from _nodes(some, plans)


def _chains(plans: Sequence[str], some: Callable[[str], list[str]], names: Sequence[str]) -> Iterator[Question]:
    yield Question("chains: no filter", [_chain()])
    yield Question("chains: a policy", [_chain(policy=id_) for id_ in plans])
    yield Question("chains: from a year on", [_chain(year_from=year) for year in range(2021, 2036)])
    yield Question("chains: a year", [_chain(year_from=year, year_to=year) for year in range(2021, 2036)])
    yield Question("chains: an actor by name", [_chain(actor=name) for name in names])
    yield Question("chains: a goal", [_chain(goal=id_) for id_ in some("Goal")])
    yield Question(
        "chains: an indicator", [_chain(indicator=words) for words in ("占比", "双师型教师", "软件乡村振兴")]
    )
    yield Question("chains: a city", [_chain(region=id_) for id_ in some("City")])
    yield Question("chains: gaps", [_chain(gaps=gap) for gap in Gap])


def _chain(**given: Any) -> Ask:
    fields: dict[str, Any] = {name: value if name.startswith("year") else (value,) for name, value in given.items()}
    return Ask(partial(_chains_of, ChainQuery(**fields)), _route("chains", **given))


def _chains_of(query: ChainQuery, store: Store) -> object:
    return chains(store, query)


def _tables(plans: Sequence[str], some: Callable[[str], list[str]], chosen: random.Random) -> Iterator[Question]:
    ends = zip([*some("Enterprise"), *some("Goal")], [*some("Institution"), *some("Enterprise")], strict=False)
    yield Question("paths", [_path(one, other) for one, other in ends])
    yield Question("cascade", [_cascade(id_) for id_ in plans])
    yield Question("compare: two policies", [_compare("policy", chosen.sample(plans, 2)) for _ in plans])
    cities = some("City")
    yield Question("compare: two cities", [_compare("region", chosen.sample(cities, 2)) for _ in cities])
    yield Question("progress: a policy", [_progress(policy=id_) for id_ in plans])
    yield Question("progress: no filter", [_progress()])


def _path(one: str, other: str) -> Ask:
    return Ask(lambda store: paths(store, one, other), _route("paths", **{"from": one, "to": other}))


def _cascade(id_: str) -> Ask:
    return Ask(lambda store: cascade(store, CascadeQuery(id_)), _route(f"cascade/{quote(id_)}"))


def _compare(column: str, ids: Sequence[str]) -> Ask:
    query = CompareQuery(**{column: tuple(ids)})  # type: ignore[arg-type]  # a column of ids
    return Ask(lambda store: compare(store, query), _route("compare", **{column: ids}))


def _progress(**given: str) -> Ask:
    query = ProgressQuery(**{name: (value,) for name, value in given.items()})  # type: ignore[arg-type]  # ids alone
    return Ask(lambda store: progress(store, query), _route("progress", **given))


def _network(by: Figure) -> Ask:
    def call(store: Store) -> object:
        return network(store, NetworkKind.PARTNERSHIP, by=by, limit=200)

    return Ask(call, _route("networks/partnership", by=by, limit=200))


def _ego(id_: str) -> Ask:
    query = NetworkQuery(ego=id_)
    return Ask(
        lambda store: network(store, NetworkKind.PARTNERSHIP, query, limit=200),
        _route("networks/partnership", ego=id_, limit=200),
    )


def _searches(names: Sequence[str]) -> Iterator[Question]:
    kinds = {"a rare word": names, "common words": COMMON, "two words": TWO_WORDS, "beginnings": BEGINNINGS}
    for name, words in kinds.items():
        yield Question(f"search: {name}", [_search(word) for word in words])
    yield Question("search: with facets", [_search(word, facets=True) for word in (*names[:8], *COMMON, *TWO_WORDS)])
    yield Question("search: of a class", [_search(word, label="Measure") for word in (*COMMON, *TWO_WORDS)])


def _search(text: str, *, facets: bool = False, label: str = "") -> Ask:
    labels = (label,) if label else ()
    route = _route("search", q=text, **({"facets": "true"} if facets else {}), **({"label": label} if label else {}))
    return Ask(lambda store: search(store, text, labels=labels, has_facets=facets), route)


def _nodes(some: Callable[[str], list[str]], plans: Sequence[str]) -> Iterator[Question]:
    filters: list[tuple[str, dict[str, list[Any]]]] = [
        ("Goal", {"year": [2030], "unit": ["%"]}),
        ("Policy", {"kind": ["plan"], "level": ["municipal"]}),
        ("Institution", {"kind": ["school"]}),
        ("Passage", {"order": [7]}),
        ("Observation", {"indicator": ["产教融合占比"]}),
    ]
    yield Question("nodes of a class with filters", [_listed(label, wanted) for label, wanted in filters])
    every = [id_ for label in LABELS for id_ in islice(some(label), 12)]
    for name, function, route in (
        ("a node", node_detail, "nodes/{}"),
        ("neighbours of a node", neighbours, "nodes/{}/neighbours"),
        ("evidence of a fact", evidence_of, "evidence/{}"),
    ):
        yield Question(name, [_about(function, route, id_) for id_ in every])
    for by in CountBy:
        yield Question(f"counts by {by}", [_counts(by)])
    yield Question("stats", [Ask(stats, _route("stats"))])
    seeds = [*plans[:10], *some("Goal")[:10], *some("Enterprise")[:10]]
    yield Question("subgraph: one step, 200 nodes, as a file", [_subgraph(id_) for id_ in seeds])


def _listed(label: str, filters: dict[str, list[Any]]) -> Ask:
    return Ask(lambda store: store.list_nodes(label, filters=filters, limit=50))


def _about(function: Callable[[Store, str], object], route: str, id_: str) -> Ask:
    return Ask(lambda store: function(store, id_), _route(route.format(quote(id_))))


def _counts(by: CountBy) -> Ask:
    return Ask(lambda store: counts(store, by), _route("counts", by=by))


def _subgraph(id_: str) -> Ask:
    def call(store: Store) -> None:
        scope, _ = subgraph(store, [id_], limit=200)
        export(store, io.BytesIO(), format="json", scope=scope)

    return Ask(call, _route("subgraph", seed=id_, limit=200))


def _route(path: str, **given: object) -> str:
    return f"/api/v1/{path}" + (f"?{urlencode(given, doseq=True)}" if given else "")
