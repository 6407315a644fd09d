"""The partnership network: ties, weights, filters, communities and limits."""

from collections.abc import Iterator

import pytest

from graph.errors import NotFound, RefusedInput
from graph.open import open_store
from graph.queries.networks import partnership
from graph.queries.partnership_rows import Network, PartnershipQuery
from graph.store import Store
from ontology.values import PartnershipKind
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("networks") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


def pairs(network: Network) -> set[frozenset[str]]:
    names = {node.id: node.name for node in network.nodes}
    return {frozenset((names[tie.source], names[tie.target])) for tie in network.edges}


def test_partnerships_of_two_are_one_tie_weighed_by_distinct_sentences(store: Store) -> None:
    network = partnership(store)
    tie = network.edges[0]
    assert tie.weight == 3 and len(tie.edges) == 2  # one sentence stands behind both edges
    assert tie.kinds == ("order_class", "training_base") and tie.activities == ("共建实训基地", "开设订单班")
    assert (network.total_nodes, network.total_edges, network.truncated) == (7, 5, False)


def test_nodes_have_degree_weight_kind_and_place(store: Store) -> None:
    college, company = partnership(store).nodes[:2]
    assert (college.name, college.degree, college.weight) == (small.COLLEGE, 3, 5)
    assert (college.kind, college.region) == ("school", "云州市")
    assert (company.kind, company.region) == ("enterprise", None)


def test_communities_are_numbered_from_the_largest(store: Store) -> None:
    community = {node.name: node.community for node in partnership(store).nodes}
    assert community[small.COLLEGE] == community[small.COMPANY] == 0
    assert community["石榴研究院"] == community["白桦研究院"] != 0


def test_a_kind_leaves_the_ties_of_that_kind(store: Store) -> None:
    network = partnership(store, PartnershipQuery(kind=(PartnershipKind.ORDER_CLASS,)))
    assert pairs(network) == {frozenset((small.COLLEGE, small.COMPANY))}
    assert network.edges[0].kinds == ("order_class",)


def test_a_place_leaves_the_ties_of_who_has_its_seat_there(store: Store) -> None:
    network = partnership(store, PartnershipQuery(region=("江北省",)))
    assert all(small.COLLEGE in pair for pair in pairs(network)) and network.total_edges == 3


def test_years_activity_and_weight_filter(store: Store) -> None:
    assert partnership(store, PartnershipQuery(year_from=2022)).total_edges == 1
    assert partnership(store, PartnershipQuery(activity="订单")).total_edges == 1
    assert partnership(store, PartnershipQuery(min_weight=2)).total_edges == 1


def test_an_ego_network_has_the_partners_and_what_is_between_them(store: Store) -> None:
    network = partnership(store, PartnershipQuery(ego="丁香技师学院"))
    assert {node.name for node in network.nodes} == {"丁香技师学院", "紫荆技师学院", small.COLLEGE}


def test_a_limit_keeps_the_heaviest_ties_and_says_so(store: Store) -> None:
    network = partnership(store, limit=3)
    assert len(network.nodes) == 3 and network.truncated and network.total_nodes == 7
    assert frozenset((small.COLLEGE, small.COMPANY)) in pairs(network)
    assert next(node.degree for node in network.nodes if node.name == small.COLLEGE) == 3


def test_questions_that_make_no_sense_are_refused(store: Store) -> None:
    with pytest.raises(RefusedInput, match="at least two"):
        partnership(store, limit=1)
    with pytest.raises(NotFound):
        partnership(store, PartnershipQuery(ego="柳树学院"))


def test_a_network_of_nothing_is_empty(store: Store) -> None:
    network = partnership(store, PartnershipQuery(kind=(PartnershipKind.OVERSEAS,)))
    assert (network.nodes, network.edges, network.total_nodes) == ((), (), 0)
