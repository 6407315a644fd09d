"""Recording decisions, and taking them back."""

from collections.abc import Iterable

from graph.comparing import OnProgress
from graph.errors import NotFound
from graph.facts import Batch, BatchKind
from graph.review.decisions import Decision, Recorded, Verdict, header_of, recorded_of
from graph.review.listing import all_decisions
from graph.store import Store


def record(store: Store, decision: Decision) -> Recorded:
    """The decision as it now stands in the store."""
    (recorded,) = record_all(store, [decision])
    return recorded


def record_all(
    store: Store, decisions: Iterable[Decision], *, on_record: OnProgress = lambda done, total: None
) -> list[Recorded]:
    """The decisions as they now stand in the store, in their order; each is a transaction of its own."""
    wanted = [header_of(decision) for decision in decisions]
    for done, header in enumerate(wanted, 1):
        store.write(Batch(header))
        on_record(done, len(wanted))
    stored = {header.id: header for header in store.batches(BatchKind.REVIEW)}
    return [recorded_of(stored[header.id]) for header in wanted if header.id in stored]


def withdraw(store: Store, decision: str) -> Recorded:
    """Take a decision back; the graph is as if it had never been made. Raises NotFound for an unknown id."""
    found = next((one for one in all_decisions(store) if one.id == decision), None)
    if found is None or not store.retract(decision):
        raise NotFound(f"there is no decision with the id {decision}; `policygraph review decisions` lists them")
    return found


def split(store: Store, node: str) -> Recorded:
    """Undo the merge of a node by its old id, or withdraw the merge of this id; raises NotFound if there is none."""
    merges = [one for one in all_decisions(store) if one.decision.verdict is Verdict.MERGE]
    found = next((one for one in reversed(merges) if node in (one.id, one.attached, one.decision.fact.id)), None)
    if found is None:
        raise NotFound(f"{node} was not merged into another node; give the old id of one that was")
    return withdraw(store, found.id)
