"""The benchmarks' graph: the short way to make a large store gives what writing its documents gives."""

from pathlib import Path

from benchmarks.bulk import write_bulk
from benchmarks.synthetic import batches
from graph.comparing import compare
from graph.open import open_store


def test_a_store_made_in_bulk_is_the_one_that_is_written_batch_by_batch(tmp_path: Path) -> None:
    write_bulk(tmp_path / "bulk.db", batches(900))
    with open_store(str(tmp_path / "bulk.db")) as bulk, open_store(str(tmp_path / "one.db")) as one:
        for batch in batches(900):
            one.write(batch)
        compared = compare(one, bulk)
        assert compared.is_whole and not compared.differences and compared.nodes["Passage"] == 400
        assert (bulk.counts(), bulk.version) == (one.counts(), one.version)
        for query in ("产教融合", "有限公司", "云海"):
            assert bulk.search(query) == one.search(query)
