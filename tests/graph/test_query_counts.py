"""Counts by class, level, year and issuer."""

from collections.abc import Iterator

import pytest

from graph.facts import edge_claim
from graph.open import open_store
from graph.queries.counts import CountBy, counts
from graph.store import Store
from tests import small_graph as small
from tests.graph.making import curated, node


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("counts") / "small.db")) as opened:
        opened.write(small.plan())
        law = node("policy:law", "Policy", "条例", level="national", issued_on="2018-03", loaded=True)
        notice = node("policy:notice", "Policy", "通知", level="municipal", issued_on="2020")
        bodies = [node(f"organization:{name}", "Institution", name) for name in ("甲局", "乙局")]
        issued = [edge_claim("ISSUED_BY", notice.id, body.id) for body in bodies]
        opened.write(curated(law, notice, *bodies, *issued, edge_claim("ISSUED_BY", law.id, bodies[1].id)))
        yield opened


def rows(store: Store, by: CountBy) -> list[tuple[str, int, int | None]]:
    return [(row.value, row.count, row.loaded) for row in counts(store, by).items]


def test_policies_are_counted_by_level_from_the_highest(store: Store) -> None:
    assert rows(store, CountBy.LEVEL) == [("national", 1, 1), ("municipal", 2, 1)]


def test_policies_are_counted_by_year_those_without_last(store: Store) -> None:
    assert rows(store, CountBy.YEAR) == [("2018", 1, 1), ("2020", 1, 0), ("", 1, 1)]


def test_policies_are_counted_for_each_of_their_issuers(store: Store) -> None:
    assert rows(store, CountBy.ISSUER) == [("乙局", 2, 1), (small.GOVERNMENT, 1, 1), ("甲局", 1, 0)]
    assert counts(store, CountBy.ISSUER).items[0].id == "organization:乙局"


def test_nodes_are_counted_by_class(store: Store) -> None:
    found = {row.value: row.count for row in counts(store, CountBy.CLASS).items}
    assert found == dict(store.counts().nodes)


def test_counts_come_in_pages(store: Store) -> None:
    whole = counts(store, CountBy.CLASS)
    first = counts(store, CountBy.CLASS, limit=2)
    rest = counts(store, CountBy.CLASS, cursor=first.next)
    assert (*first.items, *rest.items) == whole.items and first.total == len(whole.items) and rest.next is None
