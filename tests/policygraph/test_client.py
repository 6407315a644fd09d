"""A graph that is asked in Python answers the same from a store and from a server."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import pandas
import pytest

from api.app import create_app
from api.forms.cascade import CascadeParameters
from api.forms.compare import CompareParameters
from api.forms.networks import NetworkParameters
from api.forms.paths import PathParameters
from api.forms.progress import ProgressParameters
from api.parameters import ChainParameters, ListParameters, SearchParameters, SubgraphParameters
from graph.copying import copy
from graph.errors import AmbiguousName, NotFound, PolicygraphError, RefusedInput, StoreUnusable, UnknownParameter
from graph.open import open_store
from graph.queries.find import find_node
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.recording import record
from policygraph import open_graph
from policygraph.client import filters
from policygraph.client.graph import Graph
from tests.policygraph.asked import ASKED, CITY, COLLEGE
from tests.serving import served


class Graphs(NamedTuple):
    """One graph by two ways."""

    store: Graph
    server: Graph


@pytest.fixture(scope="module")
def graphs(loaded: Path) -> Iterator[Graphs]:
    with (
        open_store(str(loaded), create=False, read_only=True) as store,
        served(create_app(store, version="1.2.3")) as url,
        open_graph(str(loaded)) as in_store,
        open_graph(url) as over_http,
    ):
        yield Graphs(in_store, over_http)


@pytest.mark.parametrize("name", ASKED)
def test_a_store_and_a_server_answer_the_same(graphs: Graphs, name: str) -> None:
    here, there = ASKED[name](graphs.store), ASKED[name](graphs.server)
    assert here.items or name == "network of issuers"
    assert here.result == there.result
    assert type(here.result) is type(there.result)
    assert (here.items, list(here)) == (there.items, list(there))
    pandas.testing.assert_frame_equal(here.to_frame(), there.to_frame())
    assert len(here.to_frame()) > 0 or name == "network of issuers"


def test_every_method_is_asked(graphs: Graphs) -> None:
    methods = {name for name in vars(Graph) if not name.startswith("_")} - {"url", "close"}
    asked = {name.split()[0] for name in ASKED}
    assert methods <= asked


def test_rows_go_on_over_all_pages(graphs: Graphs) -> None:
    for graph in graphs:
        short, long = graph.chains(region=CITY, limit=2), graph.chains(region=CITY, limit=500)
        assert len(short.items) == 2 < len(long.items)
        assert list(short) == list(long.items)
        assert [row.goal for page in short.pages() for row in page.items] == [row.goal for row in long]
        assert len(short.to_frame()) == len(long.items)


def test_an_answer_shows_how_much_it_has(graphs: Graphs) -> None:
    assert re.fullmatch(r"<PagedAnswer: 2 of \d+ rows>", repr(graphs.store.chains(region=CITY, limit=2)))
    assert re.fullmatch(r"<NetworkAnswer: \d+ rows>", repr(graphs.store.network()))


def test_members_of_a_network_are_a_table_too(graphs: Graphs) -> None:
    here, there = (graph.network(region=CITY).to_frame("members") for graph in graphs)
    pandas.testing.assert_frame_equal(here, there)
    assert here["degree"].sum() > 0 and {"name", "pagerank"} <= set(here.columns)


def test_ties_have_their_quote(graphs: Graphs) -> None:
    for graph in graphs:
        assert graph.network(region=CITY).to_frame()["quote"].notna().all()


def test_whole_numbers_stay_whole_where_some_are_missing(graphs: Graphs) -> None:
    table = graphs.store.chains(region=CITY).to_frame()
    assert str(table["year"].dtype) == "Int64"
    assert table["year"].isna().any()


def test_a_network_is_drawn_from_either(graphs: Graphs) -> None:
    here, there = (graph.network(region=CITY).to_html() for graph in graphs)
    assert here == there and COLLEGE in here


REFUSED: dict[str, tuple[Callable[[Graph], object], type[PolicygraphError]]] = {
    "no such name": (lambda g: g.chains(region="无此地"), NotFound),
    "a name of several": (lambda g: g.paths("职业", CITY), AmbiguousName),
    "no such id": (lambda g: g.node("goal:none"), NotFound),
    "no such fact": (lambda g: g.evidence("edge:none"), NotFound),
    "an id of another class": (lambda g: g.cascade("place:none"), NotFound),
    "nothing to search": (lambda g: g.search("。"), RefusedInput),
    "no such class": (lambda g: g.search("教师", label="Person"), UnknownParameter),
    "one node twice": (lambda g: g.paths(COLLEGE, COLLEGE), RefusedInput),
    "nothing to compare": (lambda g: g.compare(), RefusedInput),
    "no relation": (lambda g: g.paths(COLLEGE, CITY, use="KNOWS"), UnknownParameter),
    "a filter of another network": (lambda g: g.network("citations", activity="实训"), RefusedInput),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_store_and_a_server_refuse_the_same(graphs: Graphs, name: str) -> None:
    ask, kind = REFUSED[name]
    said = []
    for graph in graphs:
        with pytest.raises(kind) as refused:
            ask(graph)
        said.append((type(refused.value), str(refused.value), getattr(refused.value, "candidates", None)))
    assert said[0] == said[1]
    assert "\n" not in said[0][1]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda g: g.chains(regio=CITY), "chains takes no “regio”; did you mean region?"),
        (lambda g: g.chains(fields="goal"), "chains takes no “fields”"),
        (lambda g: g.chains(role="chief"), "chains: role.0: Input should be 'lead'"),
        (lambda g: g.chains(limit=0), "chains: limit: Input should be greater than or equal to 1"),
        (lambda g: g.chains(limit=501), "chains: limit: Input should be less than or equal to 500"),
        (lambda g: g.chains(region="云" * 301), "chains: region.0: String should have at most 300 characters"),
        (lambda g: g.chains(region="\udcff"), "chains: region.0: "),
        (lambda g: g.subgraph([]), "no seed: "),
        (lambda g: g.subgraph(COLLEGE, depth=99), "subgraph: depth: "),
        (lambda g: g.network("friends"), "network: “friends” is none of partnership, issuers, citations"),
        (lambda g: g.network().to_frame("edges"), "of: “edges” is none of ties, members"),
        (lambda g: g.counts("colour"), "counts: by: "),
        (lambda g: g.chains(region={"name": CITY}), "chains: region.0: Input should be a valid string"),
        (lambda g: g.node("x" * 2_000_000), "node: String should have at most 300 characters"),
        (lambda g: g.node("\udcff"), "node: Input should be a valid string"),
        (lambda g: g.node(None), "node: Input should be a valid string"),
        (lambda g: g.evidence(""), "evidence: String should have at least 1 character"),
        (lambda g: g.cascade("规" * 301), "cascade: String should have at most 300 characters"),
    ],
)
def test_what_is_not_taken_is_refused_in_one_line(graphs: Graphs, ask: Callable[[Any], object], message: str) -> None:
    for graph in graphs:
        with pytest.raises(RefusedInput) as refused:
            ask(graph)
        assert str(refused.value).startswith(message)
        assert "\n" not in str(refused.value)


def test_a_missing_store_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable):
        open_graph(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()


def test_without_an_address_the_store_of_the_settings_is_opened(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_STORE", str(loaded))
    with open_graph() as graph:
        assert graph.url == str(loaded)
        assert graph.stats().result.documents == 5


def test_without_pandas_a_table_says_what_to_install(graphs: Graphs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(RefusedInput, match=r"pip install 'policygraph\[pandas\]'"):
        graphs.store.stats().to_frame()


@pytest.mark.parametrize(
    ("typed", "model"),
    [
        (filters.SearchFilters, SearchParameters),
        (filters.ChainFilters, ChainParameters),
        (filters.PathFilters, PathParameters),
        (filters.CascadeFilters, CascadeParameters),
        (filters.CompareFilters, CompareParameters),
        (filters.ProgressFilters, ProgressParameters),
        (filters.NetworkFilters, NetworkParameters),
        (filters.SubgraphFilters, SubgraphParameters),
    ],
)
def test_filters_are_the_parameters_of_the_routes(typed: type, model: type[ListParameters]) -> None:
    of_every_answer = {"as_", "cursor", "format", "without_text", "table", "fields"}
    of_methods = {"q", "from_", "to", "seed"} | (
        {"limit"} & set(ListParameters.model_fields) - set(get_type_hints(typed))
    )
    assert set(get_type_hints(typed)) == set(model.model_fields) - of_every_answer - of_methods


def test_the_id_of_a_merged_node_stands_for_the_other(loaded: Path, tmp_path: Path) -> None:
    merged = tmp_path / "merged.db"
    with open_store(str(merged)) as store:
        with open_store(str(loaded), create=False) as source:
            copy(source, store)
        old, new = (find_node(store, name).id for name in ("星渊智能装备有限公司", "澜江新材料股份有限公司"))
        record(store, decide(store, Verdict.MERGE, old, by="王", into=new))
    with (
        open_store(str(merged), create=False) as store,
        served(create_app(store)) as url,
        open_graph(str(merged)) as here,
        open_graph(url) as there,
    ):
        for graph in (here, there):
            assert graph.node(old).result == graph.node(new).result
            assert list(graph.chains(actor=old)) == list(graph.chains(actor=new)) != []
            assert graph.subgraph([old]).result == graph.subgraph(new).result
            assert graph.network(ego=old).result == graph.network(ego=new).result
