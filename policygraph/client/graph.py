"""A graph that can be asked: a store, or a server over HTTP, with the same methods and the same answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from api.forms.networks import NetworkParameters, Table
from api.forms.paths import path_table
from api.parameters import MOST_ROWS, ListParameters, SubgraphParameters
from graph.queries.cascade_rows import Alignment, Cascade
from graph.queries.cascade_table import cascade_table
from graph.queries.cells import Piece
from graph.queries.chain_groups import ChainGroup
from graph.queries.chain_rows import Chain, ChainPage
from graph.queries.chain_table import chain_table
from graph.queries.citations import CitedPiece
from graph.queries.compare_rows import ComparePage, Comparison
from graph.queries.compare_table import compare_table
from graph.queries.counts import Count
from graph.queries.network_rows import NetworkKind
from graph.queries.node import NodeDetail
from graph.queries.pages import Page
from graph.queries.paths import Path, PathPage
from graph.queries.progress_rows import ProgressPage, ProgressRow
from graph.queries.progress_table import progress_table
from graph.queries.search import Found, FoundPage
from graph.queries.stats import Stats
from policygraph.client import questions, tables
from policygraph.client.answers import Answer, NetworkAnswer, PagedAnswer, Tabled
from policygraph.client.given import id_or_name, one_of, parameters_of
from policygraph.client.parts import Part, PartEdge
from policygraph.client.questions import DEFAULT_ROWS, NoParameters, Question

if TYPE_CHECKING:
    from policygraph.client.filters import (
        CascadeFilters,
        ChainFilters,
        CompareFilters,
        NetworkFilters,
        PathFilters,
        ProgressFilters,
        SearchFilters,
        SubgraphFilters,
        Texts,
    )
    from policygraph.client.sources import Source

ParametersT = TypeVar("ParametersT", bound=ListParameters)
PageT = TypeVar("PageT", bound=Page[Any])


class Graph:
    """A graph to ask. `limit` is the number of rows of the first page, 500 at most; iterating goes over all pages.

    Filters are those of the HTTP route and of the command of the same name, one value or several. Every method raises
    errors of `graph.errors` alone: AmbiguousName and NotFound for texts that fit several nodes or none, RefusedInput
    for values that are not taken, StoreAway or StoreBusy where there is no answer.
    """

    def __init__(self, source: "Source") -> None:
        self._source = source

    @property
    def url(self) -> str:
        """Where the graph is, without secrets."""
        return self._source.url

    def search(
        self, text: str, *, limit: int = 20, **filters: "Unpack[SearchFilters]"
    ) -> PagedAnswer[FoundPage, Found]:
        """What has all words of the text: exact names first, passages last."""
        given = {"q": text, "limit": limit, **filters}
        return self._paged(questions.SEARCH, tables.search_table, given)

    def chains(self, *, limit: int = DEFAULT_ROWS, **filters: "Unpack[ChainFilters]") -> PagedAnswer[ChainPage, Chain]:
        """Rows of policy, goal, measure and actor, those whose actor stands nearest to the goal first."""
        return self._paged(questions.CHAINS, lambda page: chain_table(page.items), {"limit": limit, **filters})

    def chain_groups(
        self, by: str, *, limit: int = DEFAULT_ROWS, **filters: "Unpack[ChainFilters]"
    ) -> PagedAnswer[Page[ChainGroup], ChainGroup]:
        """How many chains, goals, measures and actors there are by `policy`, `region` or `actor`, most chains first."""
        return self._paged(questions.GROUPS, tables.groups_table, {"by": by, "limit": limit, **filters})

    def paths(
        self, source: str, target: str, *, limit: int = 20, **filters: "Unpack[PathFilters]"
    ) -> PagedAnswer[PathPage, Path]:
        """The shortest paths between two nodes (ids or texts), with the evidence of every hop."""
        given = {"from": source, "to": target, "limit": limit, **filters}
        return self._paged(questions.PATHS, path_table, given)

    def cascade(
        self, policy: str, *, limit: int = DEFAULT_ROWS, **filters: "Unpack[CascadeFilters]"
    ) -> PagedAnswer[Cascade, Alignment]:
        """How the goals of a policy (id or title) align with those above and below; `result.steps` are the policies."""
        given = {"limit": limit, **filters}
        about = id_or_name("cascade", policy)
        return self._paged(questions.CASCADE, lambda page: cascade_table(page.items), given, about=about)

    def compare(
        self, *, limit: int = DEFAULT_ROWS, **filters: "Unpack[CompareFilters]"
    ) -> PagedAnswer[ComparePage, Comparison]:
        """Indicators in rows, policies, regions and issuers in columns (`result.columns`), in one unit."""
        return self._paged(questions.COMPARE, _compare_table, {"limit": limit, **filters})

    def progress(
        self, *, limit: int = DEFAULT_ROWS, **filters: "Unpack[ProgressFilters]"
    ) -> PagedAnswer[ProgressPage, ProgressRow]:
        """Goals held against reported figures of the same indicator and subject."""
        return self._paged(questions.PROGRESS, lambda page: progress_table(page.items), {"limit": limit, **filters})

    def evidence(self, fact: str, *, limit: int = DEFAULT_ROWS) -> PagedAnswer[Page[CitedPiece], CitedPiece]:
        """All evidence of the node or edge with this id, each piece with a citation."""
        return self._paged(
            questions.EVIDENCE, tables.evidence_table, {"limit": limit}, about=id_or_name("evidence", fact)
        )

    def counts(self, by: str, *, limit: int = MOST_ROWS, tag: "Texts" = ()) -> PagedAnswer[Page[Count], Count]:
        """How many nodes there are by `class`, or policies by `level`, `year` or `issuer`; with `tag` only those."""
        return self._paged(questions.COUNTS, tables.counts_table, {"by": by, "limit": limit, "tag": tag})

    def network(self, of: str = NetworkKind.PARTNERSHIP, **filters: "Unpack[NetworkFilters]") -> NetworkAnswer:
        """Who works with whom, of `issuers` who issues policies together, of `citations` which policy names which.

        The figures of a large graph are waited for.
        """
        kind = one_of(NetworkKind, of, "network")
        asked = parameters_of(NetworkParameters, "network", filters)

        def table_of(table: Table) -> Tabled:
            return self._source.network_table(found, asked, table)

        found = self._source.ask(questions.NETWORK, asked, kind)
        return NetworkAnswer(found, found.edges, lambda _: table_of(Table.TIES), lambda: table_of(Table.MEMBERS))

    def subgraph(self, seeds: "Texts" = (), **filters: "Unpack[SubgraphFilters]") -> Answer[Part, PartEdge]:
        """The nodes around some (ids or texts, or with a tag), and the edges between them, which are the rows."""
        asked = parameters_of(SubgraphParameters, "subgraph", {"seed": seeds, **filters})
        part = self._source.part(asked)
        return Answer(part, part.edges, tables.part_table)

    def node(self, id_: str) -> Answer[NodeDetail, Piece]:
        """The node with this id, and what other sources say otherwise; the rows are its first pieces of evidence."""
        node = self._source.ask(questions.NODE, NoParameters(), id_or_name("node", id_))
        return Answer(node, node.evidence, tables.node_table)

    def stats(self) -> Answer[Stats, tables.StatRow]:
        """How many nodes, edges, claims and documents there are."""
        counted = self._source.ask(questions.STATS, NoParameters())
        return Answer(counted, tuple(tables.stat_rows(counted)), tables.stats_table)

    def close(self) -> None:
        """Let go of the store or the connection; closing twice does nothing."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _paged(
        self,
        question: Question[ParametersT, PageT],
        table: Callable[[PageT], Tabled],
        given: dict[str, Any],
        *,
        about: str = "",
    ) -> PagedAnswer[PageT, Any]:
        asked = parameters_of(question.parameters, question.name, given)
        page = self._source.ask(question, asked, about)

        def following(cursor: str) -> PageT:
            further = asked.model_copy(update={"cursor": cursor, "limit": MOST_ROWS})
            return self._source.ask(question, further, about)

        return PagedAnswer(page, page.items, table, following)


def _compare_table(page: ComparePage) -> Tabled:
    return compare_table((page.columns, row) for row in page.items)
