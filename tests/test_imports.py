"""The direction of imports, read from the syntax trees of all modules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MAY_IMPORT = {
    "ontology": {"ontology"},
    "graph": {"ontology", "graph"},
    "loaders": {"ontology", "graph", "loaders"},
    "viz": {"ontology", "graph", "viz"},
    "api": {"ontology", "graph", "loaders", "viz", "api"},
    "policygraph": {"ontology", "graph", "loaders", "viz", "api", "policygraph"},
    "training": {"ontology", "graph", "loaders", "training"},
}
KEPT_TO = {
    "neo4j": "graph/neo4j/",
    "pyvis": "viz/",
    "sqlite3": "graph/sqlite/",
    "fastapi": "api/",
    "mcp": "api/assistants/",
    "httpx2": "policygraph/client/",
    "typer": "policygraph/",
    "jax": "training/",
    "optax": "training/",
}
"""Packages that only one place may import; looking for a version of SQLite is no use of a store."""
EXCEPTIONS = {("sqlite3", "policygraph/health.py")}


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    for package in MAY_IMPORT:
        for path in sorted((root / package).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix(), path


def imported(path: Path) -> set[str]:
    """Top-level names of all imports of a module, wherever they stand in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            found.add(str(node.module).split(".")[0])
    return found


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_packages_import_only_what_stands_below_them(root: Path, package: str) -> None:
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[package]
    wrong = {
        name: sorted(imported(path) & forbidden)
        for name, path in modules(root)
        if name.startswith(f"{package}/") and imported(path) & forbidden
    }
    assert wrong == {}


@pytest.mark.parametrize(("library", "place"), sorted(KEPT_TO.items()))
def test_a_library_is_imported_in_its_own_place_only(root: Path, library: str, place: str) -> None:
    users = {name for name, path in modules(root) if library in imported(path)}
    outside = {name for name in users if not name.startswith(place) and (library, name) not in EXCEPTIONS}
    assert outside == set()


def test_modules_are_shorter_than_400_lines(root: Path) -> None:
    long = {name: lines for name, path in modules(root) if (lines := path.read_text("utf-8").count("\n")) >= 400}
    assert long == {}
