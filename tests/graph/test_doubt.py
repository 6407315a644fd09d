"""What nobody has judged yet, most doubtful first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import NotFound, RefusedInput, UnknownParameter
from graph.facts import Batch
from graph.open import open_store
from graph.review.decisions import Verdict
from graph.review.doubt import doubt_of, open_facts
from graph.store import Store
from tests.graph.judging import plan, said


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A policy with four goals: two by a rule of their own, and of those one that was read and not concluded."""
    made = plan("a", "b", "c", "d")
    other = {"goal:c": {"rule": "table"}, "goal:d": {"rule": "table", "inferred": ()}}
    nodes = tuple(replace(claim, **other.get(claim.id, {})) for claim in made.nodes)  # type: ignore[arg-type]
    with open_store(str(tmp_path / "plan.db")) as opened:
        opened.write(Batch(made.header, nodes, made.edges))
        yield opened


def goals(store: Store) -> list[str]:
    """The open goals, most doubtful first."""
    return [one.id for one in open_facts(store, kinds=["Goal"]).items]


def test_what_was_concluded_is_more_doubtful_than_what_was_read(store: Store) -> None:
    found = open_facts(store, kinds=["Goal"]).items
    assert [one.id for one in found] == ["goal:a", "goal:b", "goal:c", "goal:d"]
    assert [one.doubt for one in found] == [0.388, 0.388, 0.388, 0.28]
    assert (found[0].rule, found[0].reasons) == ("r", ("concluded", "one piece of evidence"))
    assert found[0].piece is not None
    assert found[0].piece.quote == "今年"


def test_the_facts_of_a_rule_that_was_wrong_come_first_and_of_one_that_was_right_last(store: Store) -> None:
    said(store, Verdict.REJECT, "goal:c")
    assert goals(store) == ["goal:d", "goal:a", "goal:b"]
    said(store, Verdict.CONFIRM, "goal:c", hour=1)
    assert goals(store) == ["goal:a", "goal:b", "goal:d"]
    assert open_facts(store, rules=["table"]).items[0].reasons == ("rule: 17% wrong so far", "one piece of evidence")


def test_the_record_of_a_rule_counts_as_the_prior_says() -> None:
    assert doubt_of(0.2, is_inferred=False, evidence=2, is_completed=False) == 0.2
    assert doubt_of(0.2, is_inferred=True, evidence=1, is_completed=True) == 0.4492


def test_documents_and_passages_are_not_open_and_edges_are_named_by_their_ends(store: Store) -> None:
    found = open_facts(store, limit=100)
    assert {one.kind for one in found.items} == {"Policy", "Goal", "SETS"}
    assert (found.total, found.exact) == (9, True)
    assert {one.name for one in open_facts(store, kinds=["SETS"], limit=1).items} <= {f"规划0 → {c}" for c in "abcd"}


def test_pages_go_through_all_of_it(store: Store) -> None:
    seen, cursor = [], None
    while True:
        page = open_facts(store, limit=2, cursor=cursor)
        seen += [one.id for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 9


def test_what_is_asked_for_may_be_the_text_of_one_policy(store: Store) -> None:
    store.write(plan("x", number=1))
    assert {one.id for one in open_facts(store, policy="policy:规划1", kinds=["Goal"]).items} == {"goal:x"}
    with pytest.raises(NotFound, match="no policy with the id policy:none"):
        open_facts(store, policy="policy:none")
    with pytest.raises(NotFound, match="not loaded"):
        open_facts(store, policy="goal:x")
    with pytest.raises(UnknownParameter, match="no class or relation Zeal"):
        open_facts(store, kinds=["Zeal"])
    with pytest.raises(RefusedInput, match="limit 0"):
        open_facts(store, limit=0)
