"""`export --format neo4j-admin`: the importer makes of it a database that is the store it was written from."""

import os
import shlex
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from graph.errors import StoreUnusable
from graph.facts import Batch, EdgeClaim, Value, edge_claim
from graph.formats.load import load_dump
from graph.formats.registry import export
from graph.formats.scope import Scope
from graph.neo4j.access import Neo4jAccess
from graph.open import open_store
from graph.store import Store
from loaders.load import load_paths
from tests import small_graph
from tests.graph.making import curated, document, dump, node
from tests.graph.strategies import ODD
from tests.neo4j.server import USER, Server, jars
from tests.neo4j.shared import Place

IMPORT_S = 120
VALUES: tuple[Value, ...] = (60, -1, 0.1, 1e300, 5e-324, "18:1", "", 2**70, 2**63, '"', "\n")


def odd_graph() -> Batch:
    """Nodes and edges with everything that a CSV file may break: texts, types of values, lists."""
    nodes = [node(f"policy:{n}", "Policy", name, title=name) for n, name in enumerate(ODD)]
    nodes += [node(f"goal:{n}", "Goal", "目标", value=value) for n, value in enumerate(VALUES)]
    lists = (["\x1f"], ["甲\x1f乙", "丙"], [";", ",", '"'], [" ", "丁"], ["\n", "\\"])
    nodes += [node(f"organization:{n}", "Institution", f"学院{n}", aliases=names) for n, names in enumerate(lists)]
    edges: list[EdgeClaim] = [edge_claim("SETS", f"policy:{n % len(ODD)}", f"goal:{n}") for n in range(len(VALUES))]
    edges += [
        edge_claim("PARTNERS_WITH", "organization:0", "organization:1", {"activity": name, "year": 2021})
        for name in ODD
        if name.strip()
    ]
    edges = [*{claim.id: claim for claim in edges}.values()]
    reviewed = curated(*nodes, *edges, title=ODD[0], options={"region": ODD[1]}, loaded_at="2026-01-02T03:04:05+00:00")
    return replace(reviewed, header=replace(reviewed.header, sources=(), issued_on="2021-05"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Iterator[Store]:
    """A store with documents, a part of one, odd texts, and facts that several batches state."""
    folder = tmp_path_factory.mktemp("source")
    with open_store(str(folder / "part.db")) as other, open_store(str(folder / "source.db")) as store:
        load_paths(store, [examples])
        for batch in (small_graph.plan(), small_graph.report(), odd_graph(), document()):
            store.write(batch)
        for n in range(8):
            store.write(curated(node("place:990100", "City", f"云州{n}", level="county"), id_=f"batch:city{n}"))
        other.write(document(1, name="另一规划"))
        scope = Scope(frozenset(other.nodes(["policy:另一规划"])), frozenset())
        load_dump(store, BytesIO(written(other, "jsonl", scope=scope)), name="part")
        yield store


def written(store: Store, format_: str, *, scope: Scope | None = None, **options: bool) -> bytes:
    out = BytesIO()
    export(store, out, format=format_, scope=scope, **options)
    return out.getvalue()


@contextmanager
def imported(archive: bytes, folder: Path) -> Iterator[Place]:
    """A server on a database that the importer made of the archive, by the command that stands in it."""
    files, home = folder / "files", folder / "home"
    conf = folder / "conf"
    conf.mkdir(parents=True)
    home.mkdir()
    zipfile.ZipFile(BytesIO(archive)).extractall(files)
    readme = (files / "README.txt").read_text("utf-8")
    (line,) = [line.strip() for line in readme.splitlines() if line.strip().startswith("neo4j-admin ")]
    command = ["java", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *shlex.split(line)[1:]]
    done = subprocess.run(
        command,
        cwd=files,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)},
        capture_output=True,
        text=True,
        timeout=IMPORT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    server = Server(home)
    try:
        server.start()
        yield Place(server.url, Neo4jAccess(USER, server.password))
    finally:
        server.kill()


def test_an_imported_database_is_the_store_it_was_written_from(
    neo4j_place: Place, source: Store, tmp_path: Path
) -> None:
    archive = written(source, "neo4j-admin", with_loaded_at=True)
    with imported(archive, tmp_path) as place:
        with pytest.raises(StoreUnusable, match="its indexes are not made yet; `policygraph stats` makes them"):
            place.open(read_only=True)
        with place.open() as store:
            is_the_same(store, source)
        place.open(read_only=True).close()


def is_the_same(store: Store, source: Store) -> None:
    """Assert that exports, counts and searches agree, and that what is written and taken back has the same effect."""
    assert written(store, "jsonl", with_loaded_at=True) == written(source, "jsonl", with_loaded_at=True)
    assert written(store, "json", with_loaded_at=True) == written(source, "json", with_loaded_at=True)
    assert store.counts() == source.counts()
    assert store.version == len(source.batches())
    for text in ("双师型", "企业", "emoji", "云州"):
        assert found(store, text) == found(source, text) != []
    assert written(store, "neo4j-admin") == written(source, "neo4j-admin")
    work_goes_on(store, source)


def found(store: Store, text: str) -> list[tuple[str, str]]:
    return [(hit.node.id, hit.matched) for hit in store.search(text, limit=500)]


def work_goes_on(store: Store, source: Store) -> None:
    """Batches are taken back and written with the same effect as in the store of origin, which is left as it was."""
    odd = odd_graph()
    for header in (odd.header, small_graph.plan().header):
        assert store.retract(header.id)
    for batch in (odd, small_graph.plan()):
        store.write(batch)
    assert dump(store, "jsonl") == dump(source, "jsonl")
    assert dump(store) == dump(source)


def test_an_imported_part_is_what_its_dump_is(neo4j_place: Place, source: Store, tmp_path: Path) -> None:
    (edge, *_) = source.expand([next(hit.node.id for hit in source.search(small_graph.COMPANY))])
    scope = Scope(frozenset([edge.source, edge.target]), frozenset([edge.id]))
    with open_store(str(tmp_path / "part.db")) as part:
        load_dump(part, BytesIO(written(source, "jsonl", scope=scope, without_text=True)), name="part")
        archive = written(source, "neo4j-admin", scope=scope, without_text=True)
        with imported(archive, tmp_path / "import") as place, place.open() as store:
            assert dump(store, "jsonl") == dump(part, "jsonl")
            assert dump(store) == dump(part)
            assert store.counts() == part.counts()
