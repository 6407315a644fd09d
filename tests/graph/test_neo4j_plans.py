"""Every statement finds what it is about in an index, also where the store was empty when its plan was made."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from neo4j import GraphDatabase, Transaction

from graph.neo4j import cypher_at_once
from graph.neo4j.cypher import EDGE_CLAIM, NODE_CLAIM, Cypher
from graph.store import Direction
from ontology import registry
from tests.neo4j.shared import Place

LABEL = "PolicyGraphPlans"
SCANS = ("AllNodesScan", "NodeByLabelScan", "NodeIndexScan", "RelationshipTypeScan", "RelationshipIndexScan")
GIVEN = {
    "id": "batch:1",
    "ids": ["goal:1"],
    "edges": {},
    "rows": [],
    "elements": [],
    "keys": ["a"],
    "content": "a",
    "kind": "document",
    "batch": "batch:1",
    "header": {},
    "sources": [],
    "labels": ["Goal"],
    "filter_name": ["云州"],
    "after": "",
    "limit": 5,
    "limit_each": 5,
    "fact": "goal:1",
    "policies": ["policy:1"],
    "measures": [],
    "goals": [],
    "one": "goal:1",
    "other": "goal:2",
    "barred": ["Passage"],
}


def statements(cypher: Cypher) -> dict[str, str]:
    """The statements that are about a part of the store, by name."""
    kinds = (NODE_CLAIM, EDGE_CLAIM)
    types = registry.relation_types()
    by_kind = (cypher.claims_by_batch, cypher.claims_of_facts, cypher.claims_of_batch, cypher.claims)
    several = {f"{make.__name__} {kind}": make(kind) for make in by_kind for kind in kinds}
    by_type = (cypher.create_edges, cypher.update_edges)
    several |= {make.__name__: make("SETS") for make in by_type}
    alone = ["take_turn", "put_header", "batch_elements", "documents_of_batch", "update_claims", "known_nodes"]
    alone += [
        "create_nodes",
        "update_nodes",
        "delete_nodes",
        "delete_edges",
        "headers",
        "headers_of_kind",
        "nodes",
        "edges",
        "known_edges",
    ]
    alone += ["find_store", "lock", "raise_version"]
    return {
        **several,
        **{name: getattr(cypher, name) for name in alone},
        "list_nodes": cypher.list_nodes(["name"]),
        "values": cypher.values("name", ["name"], is_limited=True),
        "distinct": cypher.distinct("name"),
        "list_edges": cypher.list_edges(types),
        "expand": cypher.expand(None, Direction.BOTH, is_limited=True),
        "steps": cypher.steps(["SETS"], Direction.OUT, is_limited=False),
        "nodes_and_version": cypher_at_once.nodes_and_version(cypher),
        "chain_part": cypher_at_once.chain_part(cypher),
        "shortest_ways": cypher_at_once.shortest_ways(cypher, types, 6),
    }


@pytest.fixture(params=["reads", "has written"])
def transaction(request: pytest.FixtureRequest, neo4j_place: Place) -> Iterator[Transaction]:
    """A transaction on an empty store; a server plans anew for one that has written."""
    place = replace(neo4j_place, access=replace(neo4j_place.access, label=LABEL))
    place.open().close()
    auth = (place.access.user, place.access.password)
    with (
        GraphDatabase.driver(place.url, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=place.access.database) as session,
        session.begin_transaction() as begun,
    ):
        if request.param == "has written":
            begun.run(Cypher(LABEL).lock).consume()
        yield begun


@pytest.mark.parametrize("name", statements(Cypher(LABEL)))
def test_a_statement_scans_nothing(transaction: Transaction, name: str) -> None:
    plan = transaction.run("EXPLAIN " + statements(Cypher(LABEL))[name], GIVEN).consume().plan
    assert plan is not None
    assert not [step for step in steps(plan) if step.endswith(SCANS)]


def steps(plan: dict[str, object]) -> list[str]:
    """The operators of a plan."""
    name = str(plan["operatorType"]).split("@")[0]
    children = plan.get("children") or []
    assert isinstance(children, list)
    return [name, *(step for child in children for step in steps(child))]
