"""The example documents have something to show: shared indicators, figures of a report beside a plan, chains."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.open import open_store
from graph.queries.chain_rows import ChainQuery, Closeness
from graph.queries.chains import chains
from graph.queries.compare import compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.listing import iter_nodes
from graph.queries.network_rows import NetworkKind
from graph.queries.networks import network
from graph.queries.progress import progress
from graph.queries.progress_rows import ProgressQuery
from graph.store import Direction, Store
from loaders.load import load_paths

CITIES = ("云州市", "清河市")
COLLEGE = "海棠职业技术学院"


@pytest.fixture(scope="module")
def store(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("examples") / "examples.db")) as opened:
        assert load_paths(opened, [examples]).refused == []
        yield opened


def owners_by_indicator(store: Store) -> dict[str, set[tuple[str, str]]]:
    """Per indicator the titles of the policies that set goals or report figures of it, with the relation."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for indicator in iter_nodes(store, "Indicator"):
        figures = [edge.source for edge in store.expand([indicator.id], ["MEASURED_BY"], direction=Direction.IN)]
        for edge in store.expand(figures, ["SETS", "REPORTS"], direction=Direction.IN):
            title = store.nodes([edge.source])[edge.source].name
            found[indicator.name].add((edge.type, title))
    return found


def test_documents_are_of_a_length_that_shows_something(examples: Path) -> None:
    texts = [path for path in examples.iterdir() if path.suffix in (".txt", ".md")]
    assert len(texts) == 5
    assert all(2_000 <= len("".join(path.read_text("utf-8").split())) <= 5_000 for path in texts)


def test_the_two_cities_share_indicators(store: Store) -> None:
    shared = [
        indicator
        for indicator, owners in owners_by_indicator(store).items()
        if all(any(type_ == "SETS" and title.startswith(city) for type_, title in owners) for city in CITIES)
    ]
    assert len(shared) >= 5, shared


def test_the_report_has_figures_for_goals_of_the_plan(store: Store) -> None:
    held = [
        indicator
        for indicator, owners in owners_by_indicator(store).items()
        if any(type_ == "SETS" and title.startswith(COLLEGE) for type_, title in owners)
        and any(type_ == "REPORTS" and "年度报告" in title for type_, title in owners)
    ]
    assert len(held) >= 5, held


def test_each_plan_has_chains_within_a_sentence_or_passage(store: Store) -> None:
    near = (Closeness.SENTENCE, Closeness.PASSAGE)
    found = chains(store, ChainQuery(closeness=near), limit=500)
    assert {row.policy.name[:3] for row in found.items} >= {"云州市", "清河市", "海棠职"}


def test_the_partners_are_one_network(store: Store) -> None:
    names = {node.name for node in network(store, NetworkKind.PARTNERSHIP).nodes}
    assert {COLLEGE, "星渊智能装备有限公司", "澜江新材料股份有限公司"} <= names


def test_the_plan_of_the_college_is_held_against_its_report(store: Store) -> None:
    plan = ProgressQuery(policy=("海棠职业技术学院“十四五”发展规划",))
    held = [row for row in progress(store, plan).items if row.observation]
    assert len(held) >= 8
    assert {row.subject.name for row in held if row.subject} == {COLLEGE}


def test_what_a_college_sets_itself_is_no_target_of_its_city(store: Store) -> None:
    compared = compare(store, CompareQuery(region=CITIES))
    policies = {amount.policy.name for row in compared.items for cell in row.cells if cell for amount in cell.targets}
    assert policies and not [name for name in policies if COLLEGE in name]
