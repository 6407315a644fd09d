"""What every store answers when goals are held against others and against reports."""

from graph.queries.cascade import cascade, iter_cascade
from graph.queries.cascade_rows import CascadeCounts, CascadeQuery
from graph.queries.cascade_table import cascade_table
from graph.queries.compare import compare, iter_compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.compare_table import compare_table
from graph.queries.progress import iter_progress, progress
from graph.queries.progress_rows import ProgressCounts, ProgressQuery
from graph.queries.progress_table import progress_table
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, NATION, OTHER_CITY, PROVINCE, UNLOADED
from tests.graph.making import NewStore, filled


def test_a_store_answers_for_the_cascade(new_store: NewStore) -> None:
    store = filled(new_store, plans.all_batches())
    answer = cascade(store, CascadeQuery(PROVINCE), limit=4)
    assert answer.counts == CascadeCounts(aligned=9, not_taken_up=2, new=3, above=2, below=2)
    assert {step.policy.name for step in answer.steps} == {NATION, UNLOADED, CITY, OTHER_CITY}
    rest = cascade(store, CascadeQuery(PROVINCE), limit=100, cursor=answer.next)
    _, lines = cascade_table([*answer.items, *rest.items])
    _, whole = cascade_table(iter_cascade(store, CascadeQuery(PROVINCE)))
    found = list(lines)
    assert found == list(whole) and len(found) == 14
    assert [line[5] for line in found if line[0] == "new"] == [plans.COMPANIES, plans.SPENDING, plans.SPENDING]


def test_a_store_answers_for_the_comparison(new_store: NewStore) -> None:
    store = filled(new_store, plans.all_batches()[::-1])
    query = CompareQuery(region=(plans.YUNZHOU, plans.QINGYU))
    assert compare(store, query).total == 4
    head, lines = compare_table(iter_compare(store, query))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    stated = sorted((row["compared"], row["value"], row["unit"]) for row in rows if row["indicator"] == plans.PUPILS)
    assert stated == [
        (plans.YUNZHOU, 70000, "人"),
        (plans.YUNZHOU, 71000, "人"),
        (plans.YUNZHOU, 80000, "人"),
        (plans.QINGYU, 70000, "人"),
    ]


def test_a_store_answers_for_progress(new_store: NewStore) -> None:
    store = filled(new_store, plans.all_batches())
    answer = progress(store, ProgressQuery(policy=(CITY,)), limit=100)
    assert answer.counts == ProgressCounts(reached=1, on_the_way=3, no_figure=2, not_comparable=1)
    head, lines = progress_table(iter_progress(store, ProgressQuery(policy=(CITY,))))
    first = dict(zip(head, next(iter(lines)), strict=True))
    assert (first["seen"], first["expected"], first["observation_quote"]) == (66, 66, "报告双师型教师占比66%")
    assert progress(store).total == 20
