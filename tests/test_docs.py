"""The documentation names everything that people rely on, and what it names is there."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import typer.main

from api.app import create_app
from api.forms.chain_groups import GROUP_COLUMNS
from api.forms.counts import COUNT_COLUMNS
from api.forms.networks import MEMBER_COLUMNS, TIE_COLUMNS
from api.forms.paths import PATH_COLUMNS
from api.tables import HIT_COLUMNS
from graph.open import open_store
from graph.queries.cascade_table import CASCADE_COLUMNS
from graph.queries.chain_table import chain_table
from graph.queries.compare_table import COMPARE_COLUMNS
from graph.queries.progress_table import PROGRESS_COLUMNS
from loaders.load import load_paths
from ontology import registry
from policygraph.cli.main import app
from policygraph.client.tables import STAT_COLUMNS
from policygraph.settings import PREFIX, Settings

COMMANDS: dict[str, Any] = dict(sorted(vars(typer.main.get_command(app))["commands"].items()))
LEAVES: dict[str, Any] = {
    " ".join(filter(None, (name, sub))): leaf
    for name, command in COMMANDS.items()
    for sub, leaf in getattr(command, "commands", {"": command}).items()
}
"""Commands that do something, those of a group by both names."""
LONG_OPTIONS = {
    (name.partition(" ")[0], option)
    for name, command in LEAVES.items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("--") and option not in ("--help", "--store")
}


def page(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    match = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no heading {heading}"
    return match[1]


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_has_help_an_example_and_a_store(name: str) -> None:
    command = LEAVES[name]
    assert command.help
    assert command.epilog.startswith(f"Example: policygraph {name}")
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--store" in options or name in ("schema", "copy")


@pytest.mark.parametrize(("name", "option"), sorted(LONG_OPTIONS))
def test_every_option_is_documented(root: Path, name: str, option: str) -> None:
    assert option in section(page(root, "docs/commands.md"), f"`{name}`")


def test_every_documented_command_is_there(root: Path) -> None:
    headings = set(re.findall(r"^## `(\w+)`$", page(root, "docs/commands.md"), re.MULTILINE))
    assert headings == set(COMMANDS)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(root: Path, name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in section(page(root, "docs/commands.md"), "Settings")


@pytest.mark.parametrize("name", [*registry.class_names(), *registry.relation_types()])
def test_every_class_and_relation_is_documented(root: Path, name: str) -> None:
    assert f"\n### {name}\n" in page(root, "docs/ontology.md")


def test_every_route_is_documented(root: Path, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "empty.db")) as store:
        paths = create_app(store).openapi()["paths"]
    routes = {f"{way.upper()} {path}" for path, ways in paths.items() for way in ways}
    documented = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /\S+)`", page(root, "docs/http.md")))
    assert documented == routes


@pytest.mark.parametrize(
    "columns",
    (
        *(
            chain_table(())[0],
            CASCADE_COLUMNS,
            COMPARE_COLUMNS,
            PROGRESS_COLUMNS,
            PATH_COLUMNS,
            TIE_COLUMNS,
            MEMBER_COLUMNS,
        ),
        *(HIT_COLUMNS, GROUP_COLUMNS, COUNT_COLUMNS, STAT_COLUMNS),
    ),
    ids=lambda columns: columns[0],
)
def test_every_column_of_a_file_is_documented(root: Path, columns: Sequence[str]) -> None:
    text = page(root, "docs/commands.md")
    plain = [name.removesuffix("_above") for name in columns if not name.endswith(("_quote", "_section", "_document"))]
    assert [name for name in plain if not name.endswith("_id") and name != "id" and f"`{name}`" not in text] == []


@pytest.mark.parametrize("document", ["README.md", "docs/commands.md"])
def test_commands_in_examples_are_there(root: Path, document: str) -> None:
    blocks = re.findall(r"```sh\n(.*?)```|((?:^ {4}.*\n)+)", page(root, document), re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^(?: {4})?(policygraph .*)$", "\n".join(map("".join, blocks)), re.MULTILINE)
    assert lines
    for line in lines:
        _, name, *words = shlex.split(line, comments=True)
        leaf = LEAVES.get(" ".join([name, *words[:1]])) or LEAVES[name]
        options = {option for parameter in leaf.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-") and word != "-"} <= options, line


def test_make_targets_in_the_documentation_are_there(root: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", page(root, "Makefile"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md", "docs/commands.md"):
        assert set(re.findall(r"(?:`|^ {4})make ([a-z0-9-]+)", page(root, document), re.MULTILINE)) <= targets


def test_links_between_documents_lead_somewhere(root: Path) -> None:
    for document in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_readme_and_the_guide_keep_their_length(root: Path) -> None:
    assert page(root, "README.md").count("\n") <= 120
    assert page(root, "CONTRIBUTING.md").count("\n") <= 60


def test_the_python_of_the_readme_runs(
    root: Path, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(str(tmp_path / "policygraph.db")) as store:
        load_paths(store, [examples])
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", page(root, "README.md"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "双师型" in capsys.readouterr().out
