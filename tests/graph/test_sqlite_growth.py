"""What a file remembers of the claims of its facts, and what it counts, whatever has come and gone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.synthetic import batches
from graph.encoding import standing_from, standing_text
from graph.growth import standing_of
from graph.open import open_store
from graph.store import Store
from tests import small_graph as small

MOST = 1_000
"""More claims than any fact here has."""


def remembered(path: Path, table: str) -> Iterator[tuple[str, str | None]]:
    """Ids of the facts of a table, and the text of what is remembered of their claims."""
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.execute(f"SELECT id, standing FROM {table} ORDER BY id")


def is_remembered_right(path: Path, store: Store) -> bool:
    """Whether of each fact that is remembered which its claims give."""
    nodes = ((store.node_claims(id_, limit=MOST), text) for id_, text in remembered(path, "nodes"))
    edges = ((store.edge_claims(id_, limit=MOST), text) for id_, text in remembered(path, "edges"))
    return all(standing_of(claims) == (standing_from(text) if text else None) for claims, text in nodes) and all(
        standing_of(claims) == (standing_from(text) if text else None) for claims, text in edges
    )


def is_counted_right(path: Path) -> bool:
    """Whether the numbers that are kept are those of the rows."""
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT what, name, number FROM tallies WHERE number <> 0").fetchall()
        there = [
            (table, name, number)
            for table, column in (("nodes", "label"), ("edges", "type"), ("batches", "kind"))
            for name, number in connection.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY {column}")
        ]
        claims = [connection.execute(f"SELECT count(*) FROM {of}_claims").fetchone()[0] for of in ("node", "edge")]
    return sorted(kept) == sorted([*there, ("claims", "", sum(claims))])


def test_facts_remember_their_claims_and_rows_are_counted_whatever_comes_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    documents = [*batches(800)]
    with open_store(str(path)) as store:
        for document in documents:
            store.write(document)
        assert sum(text is not None for _, text in remembered(path, "nodes")) > 20
        assert is_remembered_right(path, store) and is_counted_right(path)
        for batch in (small.plan(), small.report()):
            store.write(batch)
        store.retract(documents[1].header.id)
        assert is_remembered_right(path, store) and is_counted_right(path)
        store.write(documents[1])
        assert is_remembered_right(path, store) and is_counted_right(path)


def test_a_standing_is_read_back_from_its_text(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(str(path)) as store:
        for document in batches(600):
            store.write(document)
    texts = [text for _, text in remembered(path, "nodes") if text]
    assert texts and all(standing_text(standing_from(text)) == text for text in texts)
