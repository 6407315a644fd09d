"""What stands in a Neo4j database for facts, without a server."""

from hypothesis import given

from graph.door import admit
from graph.facts import Attributed, Batch
from graph.fold import fold_edge
from graph.neo4j.rows import edge_map, lone_edge_map
from tests.graph.strategies import batch_lists


@given(batches=batch_lists(min_size=1, max_size=3))
def test_an_edge_that_one_claim_makes_is_stored_as_its_fold(batches: list[Batch]) -> None:
    for batch in map(admit, batches):
        for claim in batch.edges:
            assert lone_edge_map(claim, batch.header) == edge_map(fold_edge([Attributed(claim, batch.header)]))
