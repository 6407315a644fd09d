"""Every question once: how a store is asked it, at which route a server is, and how the server's answer is read.

The parameters of a question are those of its route, so that both are asked the same; what is read of a server is the
result type that the query has on a store.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar, cast

from pydantic import BaseModel, TypeAdapter

from api.forms.cascade import CascadeParameters
from api.forms.chain_groups import ChainGroupParameters
from api.forms.compare import CompareParameters
from api.forms.counts import CountParameters
from api.forms.networks import NetworkParameters
from api.forms.paths import PathParameters
from api.forms.progress import ProgressParameters
from api.parameters import ChainParameters, ListParameters, SearchParameters
from graph.queries.cascade import cascade
from graph.queries.cascade_rows import Alignment, Cascade
from graph.queries.chain_groups import ChainGroup, chain_groups
from graph.queries.chain_rows import Chain, ChainPage
from graph.queries.chains import chains
from graph.queries.citations import CitedPiece
from graph.queries.compare import compare
from graph.queries.compare_rows import ComparePage, Comparison
from graph.queries.counts import Count, counts
from graph.queries.evidence import evidence_of
from graph.queries.network_rows import Network, NetworkKind
from graph.queries.networks import network
from graph.queries.node import NodeDetail, node_detail
from graph.queries.pages import Page
from graph.queries.paths import Path, PathPage, paths
from graph.queries.progress import progress
from graph.queries.progress_rows import ProgressPage, ProgressRow
from graph.queries.search import Found, FoundPage, search
from graph.queries.stats import Stats, stats
from graph.store import Store

Json: TypeAlias = dict[str, Any]
P = TypeVar("P", bound=BaseModel)
R = TypeVar("R")
PageT = TypeVar("PageT", bound=Page[Any])
DEFAULT_ROWS = 50


class NoParameters(BaseModel):
    """What a question takes that can't be narrowed."""


@dataclass(frozen=True, slots=True)
class Question(Generic[P, R]):
    """A question: `ask` takes a store, the parameters, and what stands in the route for {about}."""

    name: str
    route: str
    parameters: type[P]
    ask: Callable[[Store, P, str], R]
    read: Callable[[Json], R]


def _page(page: type[PageT], row: object) -> Callable[[Json], PageT]:
    """What makes a page of its JSON; rows are read apart, since pydantic does not see through `Page[row]` to them."""
    whole: TypeAdapter[PageT] = TypeAdapter(page)
    rows: TypeAdapter[tuple[Any, ...]] = TypeAdapter(tuple[row, ...])  # type: ignore[valid-type]

    def read(body: Json) -> PageT:
        return replace(whole.validate_python({**body, "items": ()}), items=rows.validate_python(body["items"]))

    return read


def _value(type_: type[R]) -> Callable[[Json], R]:
    return TypeAdapter(type_).validate_python


def _rows(parameters: ListParameters) -> int:
    return parameters.limit or DEFAULT_ROWS


def _search(store: Store, asked: SearchParameters, _: str) -> FoundPage:
    return search(
        store,
        asked.q,
        labels=asked.label,
        filters=asked.filters(),
        limit=_rows(asked),
        cursor=asked.cursor,
        has_facets=asked.facets,
    )


def _paths(store: Store, asked: PathParameters, _: str) -> PathPage:
    return paths(store, asked.from_, asked.to, asked.query(), limit=_rows(asked), cursor=asked.cursor)


def _network(store: Store, asked: NetworkParameters, kind: str) -> Network:
    return network(store, NetworkKind(kind), asked.query(), by=asked.by, limit=asked.limit)


SEARCH = Question("search", "/search", SearchParameters, _search, _page(FoundPage, Found))
CHAINS = Question(
    "chains",
    "/chains",
    ChainParameters,
    lambda store, asked, _: chains(store, asked.query(), limit=_rows(asked), cursor=asked.cursor),
    _page(ChainPage, Chain),
)
GROUPS = Question(
    "chain_groups",
    "/chains/groups",
    ChainGroupParameters,
    lambda store, asked, _: chain_groups(store, asked.by, asked.query(), limit=_rows(asked), cursor=asked.cursor),
    _page(cast(type[Page[ChainGroup]], Page), ChainGroup),
)
PATHS = Question("paths", "/paths", PathParameters, _paths, _page(PathPage, Path))
CASCADE = Question(
    "cascade",
    "/cascade/{about}",
    CascadeParameters,
    lambda store, asked, policy: cascade(store, asked.query(policy), limit=_rows(asked), cursor=asked.cursor),
    _page(Cascade, Alignment),
)
COMPARE = Question(
    "compare",
    "/compare",
    CompareParameters,
    lambda store, asked, _: compare(store, asked.query(), limit=_rows(asked), cursor=asked.cursor),
    _page(ComparePage, Comparison),
)
PROGRESS = Question(
    "progress",
    "/progress",
    ProgressParameters,
    lambda store, asked, _: progress(store, asked.query(), limit=_rows(asked), cursor=asked.cursor),
    _page(ProgressPage, ProgressRow),
)
NETWORK = Question("network", "/networks/{about}", NetworkParameters, _network, _value(Network))
EVIDENCE = Question(
    "evidence",
    "/evidence/{about}",
    ListParameters,
    lambda store, asked, fact: evidence_of(store, fact, limit=_rows(asked), cursor=asked.cursor),
    _page(cast(type[Page[CitedPiece]], Page), CitedPiece),
)
COUNTS = Question(
    "counts",
    "/counts",
    CountParameters,
    lambda store, asked, _: counts(store, asked.by, tags=asked.tag, limit=_rows(asked), cursor=asked.cursor),
    _page(cast(type[Page[Count]], Page), Count),
)
NODE = Question(
    "node", "/nodes/{about}", NoParameters, lambda store, _, id_: node_detail(store, id_), _value(NodeDetail)
)
STATS = Question("stats", "/stats", NoParameters, lambda store, *_: stats(store), _value(Stats))
