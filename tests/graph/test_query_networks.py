"""Networks: ties, weights, filters, figures and limits."""

from collections.abc import Iterator

import pytest

from graph.errors import NotFound, RefusedInput, StillBeingMade
from graph.facts import Batch
from graph.open import open_store
from graph.queries import networks
from graph.queries.find import find_node
from graph.queries.network_rows import Figure, Network, NetworkKind, NetworkQuery
from graph.queries.networks import EVERY_TIE, network
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node

JOINT, OLD, NEW = "教育局和财政局通知", "云州市职业教育条例", "云州市职业教育实施办法"
EDUCATION, FINANCE, LABOUR = "云州市教育局", "云州市财政局", "云州市人社局"


def policies() -> Batch:
    """Four policies: two issued by several bodies, and three that name others."""
    text = f"{EDUCATION}、{FINANCE}、{LABOUR}发布{JOINT}、{OLD}、{NEW}、{small.PLAN}。依据它。还依据它。"
    made = small.Document("汇编", (((), text),), "e" * 64)
    bureaus = {name: made.node("Institution", name, name, kind="government") for name in (EDUCATION, FINANCE, LABOUR)}
    dated = {JOINT: ("notice", "2020-03"), OLD: ("law", "2018"), NEW: ("measures", "2022-05-01")}
    issued = {
        title: made.node("Policy", title, title, kind=kind, issued_on=date) for title, (kind, date) in dated.items()
    }
    plan = made.node("Policy", small.PLAN, small.PLAN)
    for name in (EDUCATION, FINANCE, LABOUR):
        made.edge(issued[JOINT], "ISSUED_BY", bureaus[name], name)
    for name in (EDUCATION, FINANCE):
        made.edge(issued[NEW], "ISSUED_BY", bureaus[name], name)
    made.edge(issued[NEW], "BASED_ON", issued[OLD], "依据它。", "还依据它。")
    made.edge(issued[JOINT], "CITES", issued[OLD], OLD)
    made.edge(issued[NEW], "CITES", plan, small.PLAN)
    return made.batch()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("networks") / "small.db")) as opened:
        for batch in (small.plan(), small.report(), policies()):
            opened.write(batch)
        marked = [find_node(opened, name, labels=("Organization",)) for name in (small.COMPANY, LABOUR)]
        opened.write(curated(*(node(one.id, one.label, one.name, tags=["样本"]) for one in marked)))
        yield opened


def partnership(store: Store, query: NetworkQuery = EVERY_TIE, *, limit: int = 2000) -> Network:
    return network(store, NetworkKind.PARTNERSHIP, query, limit=limit)


def pairs(found: Network) -> set[frozenset[str]]:
    names = {node.id: node.name for node in found.nodes}
    return {frozenset((names[tie.source], names[tie.target])) for tie in found.edges}


def arrows(found: Network) -> dict[tuple[str, str], int]:
    names = {node.id: node.name for node in found.nodes}
    return {(names[tie.source], names[tie.target]): tie.weight for tie in found.edges}


def test_partnerships_of_two_are_one_tie_weighed_by_distinct_sentences(store: Store) -> None:
    found = partnership(store)
    tie = found.edges[0]
    assert tie.weight == 3 and len(tie.edges) == 2  # one sentence stands behind both edges
    assert tie.kinds == ("order_class", "training_base") and tie.activities == ("共建实训基地", "开设订单班")
    assert (found.total_nodes, found.total_edges, found.truncated) == (7, 5, False)


def test_nodes_have_degree_weight_kind_and_place(store: Store) -> None:
    college, company = partnership(store).nodes[:2]
    assert (college.name, college.degree, college.weight) == (small.COLLEGE, 3, 5)
    assert (college.kind, college.region) == ("school", "云州市")
    assert (company.kind, company.region) == ("enterprise", None)


def test_communities_are_numbered_from_the_largest(store: Store) -> None:
    found = partnership(store)
    community = {node.name: node.community for node in found.nodes}
    assert community[small.COLLEGE] == community[small.COMPANY] == 0
    assert community["石榴研究院"] == community["白桦研究院"] != 0
    assert found.communities == len(set(community.values()))


def test_brokers_are_those_whom_the_ways_between_others_lead_through(store: Store) -> None:
    found = partnership(store)
    assert [one.name for one in found.brokers] == [small.COLLEGE, "丁香技师学院"] and not found.is_sampled
    assert found.brokers[0].betweenness == pytest.approx(5 / 15)
    assert found.brokers == partnership(store, limit=2).brokers
    by = network(store, NetworkKind.PARTNERSHIP, by=Figure.BETWEENNESS).nodes
    assert [node.name for node in by[:2]] == [small.COLLEGE, "丁香技师学院"]


def test_bodies_that_issue_together_are_tied_by_the_number_of_policies(store: Store) -> None:
    found = network(store, NetworkKind.ISSUERS)
    assert {frozenset(ends): weight for ends, weight in arrows(found).items()} == {
        frozenset((EDUCATION, FINANCE)): 2,
        frozenset((EDUCATION, LABOUR)): 1,
        frozenset((FINANCE, LABOUR)): 1,
    }
    heaviest = found.edges[0]
    assert heaviest.kinds == ("measures", "notice") and len(heaviest.policies) == 2
    assert {edge.source for edge in store.edges(heaviest.edges).values()} == set(heaviest.policies)


def test_citations_lead_from_the_policy_that_cites(store: Store) -> None:
    found = network(store, NetworkKind.CITATIONS, by=Figure.PAGERANK)
    assert arrows(found) == {(NEW, OLD): 2, (JOINT, OLD): 1, (NEW, small.PLAN): 1}
    assert found.nodes[0].name == OLD and found.edges[0].kinds == ("BASED_ON",)


@pytest.mark.parametrize(
    ("kind", "query", "ties"),
    [
        (NetworkKind.ISSUERS, NetworkQuery(kind=("measures",)), 1),
        (NetworkKind.ISSUERS, NetworkQuery(year_to=2020), 3),
        (NetworkKind.ISSUERS, NetworkQuery(ego=LABOUR), 3),
        (NetworkKind.ISSUERS, NetworkQuery(region=("江北省",)), 0),
        (NetworkKind.CITATIONS, NetworkQuery(kind=("notice",)), 1),
        (NetworkKind.CITATIONS, NetworkQuery(year_from=2021), 2),
        (NetworkKind.CITATIONS, NetworkQuery(region=("江北省",)), 1),
        (NetworkKind.CITATIONS, NetworkQuery(ego=small.PLAN, min_weight=1), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(kind=("order_class",)), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(activity="订单"), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(min_weight=2), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(region=("江北省",)), 3),
        (NetworkKind.PARTNERSHIP, NetworkQuery(year_to=2021), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(year_from=2022), 5),
        (NetworkKind.PARTNERSHIP, NetworkQuery(year_from=2023), 0),
        (NetworkKind.PARTNERSHIP, NetworkQuery(tags=("样本",)), 1),
        (NetworkKind.PARTNERSHIP, NetworkQuery(tags=("没有",)), 0),
        (NetworkKind.ISSUERS, NetworkQuery(tags=("样本",)), 2),
    ],
)
def test_filters_leave_the_ties_that_fit(store: Store, kind: NetworkKind, query: NetworkQuery, ties: int) -> None:
    found = network(store, kind, query)
    assert (found.total_edges, len(found.edges)) == (ties, ties)


def test_an_ego_network_has_the_partners_and_what_is_between_them(store: Store) -> None:
    found = partnership(store, NetworkQuery(ego="丁香技师学院"))
    assert {node.name for node in found.nodes} == {"丁香技师学院", "紫荆技师学院", small.COLLEGE}
    assert next(node.degree for node in found.nodes if node.name == small.COLLEGE) == 3


def test_a_limit_keeps_the_heaviest_ties_and_says_so(store: Store) -> None:
    found = partnership(store, limit=3)
    assert len(found.nodes) == 3 and found.truncated and found.total_nodes == 7
    assert frozenset((small.COLLEGE, small.COMPANY)) in pairs(found)
    assert next(node.degree for node in found.nodes if node.name == small.COLLEGE) == 3
    assert "丁香技师学院" in {node.name for node in partnership(store, NetworkQuery(ego="丁香技师学院"), limit=2).nodes}


@pytest.mark.parametrize(
    ("kind", "query", "words"),
    [
        (NetworkKind.ISSUERS, NetworkQuery(activity="订单"), "activity"),
        (NetworkKind.ISSUERS, NetworkQuery(kind=("order_class",)), "kind order_class"),
        (NetworkKind.PARTNERSHIP, NetworkQuery(kind=("law",)), "kind law"),
        (NetworkKind.PARTNERSHIP, NetworkQuery(year_from=2022, year_to=2020), "swap them"),
        (NetworkKind.CITATIONS, NetworkQuery(ego="place:990100"), "give one of class Policy"),
    ],
)
def test_questions_that_make_no_sense_are_refused(
    store: Store, kind: NetworkKind, query: NetworkQuery, words: str
) -> None:
    with pytest.raises(RefusedInput, match=words):
        network(store, kind, query)


def test_limits_and_names_that_can_not_be_are_refused(store: Store) -> None:
    with pytest.raises(RefusedInput, match="at least two"):
        partnership(store, limit=1)
    with pytest.raises(NotFound):
        partnership(store, NetworkQuery(ego="柳树学院"))


def test_a_network_of_nothing_is_empty(store: Store) -> None:
    found = partnership(store, NetworkQuery(kind=("overseas",)))
    assert (found.nodes, found.edges, found.total_nodes, found.brokers) == ((), (), 0, ())


def test_who_does_not_wait_is_told_to_ask_again(store: Store) -> None:
    query = NetworkQuery(activity="互派")
    with networks._prepared._turn, pytest.raises(StillBeingMade, match="ask again"):  # another answer is being made
        network(store, NetworkKind.PARTNERSHIP, query, wait_s=0.01)
    assert network(store, NetworkKind.PARTNERSHIP, query).total_edges == 1
    assert network(store, NetworkKind.PARTNERSHIP, query, wait_s=0).total_edges == 1
