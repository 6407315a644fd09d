"""Documents are read no worse than they were, and the page on how well they are read is of today."""

from pathlib import Path

import pytest

from benchmarks.quality import MEASURED, Quality, measure, page, read_floors

FLOORS = Path(__file__).with_name("floors.csv")


@pytest.fixture(scope="session")
def quality(shared: Path) -> Quality:
    """The documents as they are read and scored today; the tests are skipped where a clone has no annotations."""
    evaluation = shared / "evaluation"
    if not evaluation.is_dir():
        pytest.skip("there are no gold annotations beside this checkout")
    return measure(evaluation)


def lasting(text: str) -> list[str]:
    """The lines of the page that do not differ from run to run."""
    return [line for line in text.splitlines() if not line.startswith(MEASURED)]


def test_no_figure_falls_below_its_floor(quality: Quality) -> None:
    figures = quality.figures()
    floors = read_floors(FLOORS)
    fallen = {place: (figures.get(place), floor) for place, floor in floors.items() if figures.get(place, 0.0) < floor}
    assert floors
    assert fallen == {}


def test_every_kind_of_the_gold_has_a_floor(quality: Quality) -> None:
    in_gold = {(document.key, row.kind) for document in quality.documents for row in document.rows if row.gold}
    assert in_gold - set(read_floors(FLOORS)) == set()


def test_the_page_has_the_figures_of_today(quality: Quality, root: Path) -> None:
    written = (root / "docs" / "quality.md").read_text("utf-8")
    assert lasting(written) == lasting(page(quality)), "docs/quality.md is out of date; run `make quality`"
    assert len(lasting(written)) == len(written.splitlines()) - 1
