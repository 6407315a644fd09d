"""Settings of the environment, and the words that options repeat."""

import subprocess
import sys
from enum import StrEnum

import pytest

from graph.errors import RefusedInput
from graph.formats.registry import FORMATS
from graph.queries.chain_groups import GroupBy
from graph.queries.chain_rows import Actors, Closeness, Gap
from graph.queries.counts import CountBy
from graph.queries.network_rows import Figure, NetworkKind
from graph.queries.path_search import Passable
from ontology.values import (
    Comparator,
    GroupKind,
    InstitutionKind,
    MeasureKind,
    PartnershipKind,
    PolicyKind,
    PolicyLevel,
    RegionLevel,
    Role,
)
from policygraph.cli import exporting, options
from policygraph.settings import load_settings


def test_the_environment_says_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    assert options.store_url(None) == "policygraph.db"
    monkeypatch.setenv("POLICYGRAPH_STORE", "plans.db")
    assert options.store_url(None) == "plans.db"
    assert options.store_url("other.db") == "other.db"


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_STORE", "")
    assert load_settings().store == "policygraph.db"


def test_a_bad_value_is_refused_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_PORT", "eighty")
    with pytest.raises(RefusedInput, match=r"^POLICYGRAPH_PORT: "):
        load_settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_NEO4J_PASSWORD", "hush-hush")
    monkeypatch.setenv("POLICYGRAPH_API_KEY", "hush-hush")
    assert "hush-hush" not in repr(load_settings())


@pytest.mark.parametrize(
    ("words", "enum"),
    [
        (options.ROLES, Role),
        (options.LEVELS, PolicyLevel),
        (options.KINDS, PolicyKind),
        (options.COMPARATORS, Comparator),
        (options.CLOSENESSES, Closeness),
        (options.GAPS, Gap),
        (options.ACTORS, Actors),
        (options.PARTNERSHIP_KINDS, PartnershipKind),
        (options.COUNTED, CountBy),
        (options.GROUPS, GroupBy),
        (options.NETWORKS, NetworkKind),
        (options.FIGURES, Figure),
        (options.PASSABLE, Passable),
    ],
)
def test_options_offer_the_values_of_the_ontology(words: tuple[str, ...], enum: type[StrEnum]) -> None:
    assert words == tuple(enum)


def test_a_search_takes_the_kinds_and_levels_of_all_classes() -> None:
    assert {*options.ANY_KIND} == {*PolicyKind, *InstitutionKind, *GroupKind, *MeasureKind}
    assert {*options.ANY_LEVEL} == {*PolicyLevel, *RegionLevel}


def test_the_formats_are_those_that_there_are() -> None:
    assert {*exporting.FORMATS} == {*FORMATS, exporting.PAGE}


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = ("numpy", "fastapi", "networkx", "openpyxl", "pydantic", "uvicorn", "opencc")
    code = f"import sys, policygraph.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
