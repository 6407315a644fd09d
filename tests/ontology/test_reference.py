"""The reference page."""

from enum import StrEnum
from pathlib import Path

import pytest

from ontology import registry, values
from ontology.reference import reference


def test_the_committed_page_is_up_to_date(root: Path) -> None:
    page = (root / "docs" / "ontology.md").read_text("utf-8")
    assert page == reference(), "run: policygraph schema --format markdown > docs/ontology.md"


@pytest.mark.parametrize("name", [*registry.class_names(), *registry.relation_types()])
def test_every_class_and_relation_has_a_heading(name: str) -> None:
    assert f"\n### {name}\n" in reference()


def test_every_link_leads_to_a_heading() -> None:
    page = reference()
    lists = {cls.__name__ for cls in vars(values).values() if isinstance(cls, type) and issubclass(cls, StrEnum)}
    linked = {name for name in lists if f"(#{name.lower()})" in page}
    assert linked
    assert all(f"\n### {name}\n" in page for name in linked)
