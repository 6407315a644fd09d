"""The server stops what a question has no time for any more."""

import time

import pytest

from graph.deadline import deadline
from graph.errors import TooLong
from graph.neo4j.connections import Connections, many
from tests.neo4j.shared import Place

LONG = "UNWIND range(1, 1000000000000) AS n WITH n WHERE n % 7 = 0 RETURN count(n) AS number"


def test_a_statement_that_runs_is_stopped_at_the_deadline(neo4j_place: Place) -> None:
    connections = Connections.open(neo4j_place.url, access=neo4j_place.access, read_only=True, timeout_s=5)
    try:
        began = time.monotonic()
        with pytest.raises(TooLong, match=r"stopped after 0\.5 s"), deadline(0.5):
            connections.read(lambda transaction: many(transaction, LONG))
        assert time.monotonic() - began < 30
        found = connections.read(lambda transaction: many(transaction, "RETURN 1 AS one"))
        assert found[0]["one"] == 1
    finally:
        connections.close()
