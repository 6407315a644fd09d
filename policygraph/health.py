"""Checks of an installation: what is there, what is missing, what is broken, and what to do about it."""

import platform
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.errors import PolicygraphError
from graph.open import is_server
from policygraph import __version__
from policygraph.checks import Check, State
from policygraph.wording import numbered

PACKAGES = (
    "pydantic",
    "fastapi",
    "uvicorn",
    "networkx",
    "numpy",
    "pyahocorasick",
    "opencc",
    "openpyxl",
    "pyvis",
    "neo4j",
    "mcp",
    "httpx2",
)
LISTS = (".txt", ".csv")
RESOURCES = (("loaders", "resources"), ("loaders", "names/lists"))
WEIGHTS = ("loaders", "names/names.npz")
PAGE = ("viz", "static/index.html")
_REINSTALL = "install policygraph again"


def check_all(store: str) -> list[Check]:
    """All checks, with those of the store at a path or address last; none of them changes anything."""
    return [
        Check("policygraph", State.OK, __version__),
        Check("python", State.OK, f"{platform.python_version()} ({sys.executable})"),
        *_packages(),
        _sqlite(),
        *(_resources(package, folder) for package, folder in RESOURCES),
        _weights(),
        _page(),
        *(_server_and_store(store) if is_server(store) else [_store(store)]),
    ]


def _packages() -> Iterator[Check]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            yield Check(name, State.BROKEN, "it is not installed", _REINSTALL)
    yield Check("packages", State.OK, ", ".join(f"{name} {number}" for name, number in found.items()))


def _sqlite() -> Check:
    with sqlite3.connect(":memory:") as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        except sqlite3.OperationalError:
            remedy = "use a Python whose SQLite has FTS5"
            return Check("sqlite", State.BROKEN, f"{sqlite3.sqlite_version}, without full-text search", remedy)
        finally:
            connection.rollback()
    return Check("sqlite", State.OK, f"{sqlite3.sqlite_version}, with full-text search")


def _resources(package: str, folder: str) -> Check:
    """Word lists and registers: all of them UTF-8 and none of them empty."""
    name = f"{package}/{folder}"
    place = files(package).joinpath(folder)
    if not place.is_dir():
        return Check(name, State.BROKEN, "the folder is not there", _REINSTALL)
    lists = sorted((file for file in place.iterdir() if file.name.endswith(LISTS)), key=lambda file: file.name)
    faulty = [file.name for file in lists if not _is_list(file)]
    if faulty or not lists:
        return Check(name, State.BROKEN, f"unreadable or empty: {', '.join(faulty) or 'the folder'}", _REINSTALL)
    return Check(name, State.OK, f"{len(lists)} lists")


def _is_list(file: Traversable) -> bool:
    try:
        return bool(file.read_text("utf-8").strip())
    except (UnicodeDecodeError, OSError):
        return False


def _weights() -> Check:
    import numpy

    package, file = WEIGHTS
    name = f"{package}/{file}"
    place = files(package).joinpath(file)
    if not place.is_file():
        return Check(name, State.BROKEN, "the tagger's weights are not there", _REINSTALL)
    try:
        with place.open("rb") as opened, numpy.load(opened) as arrays:
            total = sum(arrays[key].size for key in arrays.files)
    except (ValueError, OSError, EOFError, KeyError) as error:
        return Check(name, State.BROKEN, f"the tagger's weights can't be read ({error})", _REINSTALL)
    return Check(name, State.OK, f"{total:,} weights")


def _page() -> Check:
    package, file = PAGE
    name = f"{package}/static"
    if files(package).joinpath(file).is_file():
        return Check(name, State.OK, "the browser part is built")
    return Check(name, State.MISSING, "the browser part is not built", "build it with `make browser`")


def _server_and_store(url: str) -> list[Check]:
    from policygraph.server_health import check_server

    checks = list(check_server(url))
    is_store = all(check.state not in (State.BROKEN, State.MISSING) for check in checks)
    return [*checks, _store(url)] if is_store else checks


def _store(url: str) -> Check:
    name = f"store {url}"
    if "://" not in url and not Path(url).exists():
        return Check(name, State.MISSING, "there is none yet", "`policygraph load` makes it")
    from policygraph.stores import open_store

    try:
        with open_store(url, create=False, read_only=True) as store:
            counts = store.counts()
    except PolicygraphError as error:
        return Check(name, State.BROKEN, str(error))
    nodes, edges = sum(counts.nodes.values()), sum(counts.edges.values())
    batches = numbered(sum(counts.batches.values()), "batch", "batches")
    return Check(name, State.OK, f"{numbered(nodes, 'node')}, {numbered(edges, 'edge')}, {batches}")
