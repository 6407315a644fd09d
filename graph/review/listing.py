"""Decisions that a store holds, and where ids of merged nodes lead."""

from collections.abc import Iterable

from graph.facts import BatchKind
from graph.ids import digest
from graph.queries.pages import Page, cut
from graph.review.decisions import Recorded, Verdict, is_decision, recorded_of
from graph.store import Store


def all_decisions(store: Store) -> list[Recorded]:
    """All decisions, the earliest first."""
    found = (recorded_of(header) for header in store.batches(BatchKind.REVIEW) if is_decision(header))
    return sorted(found, key=lambda one: one.order)


def decisions(
    store: Store,
    *,
    fact: str | None = None,
    verdicts: Iterable[Verdict] = (),
    is_detached: bool | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Recorded]:
    """A page of decisions, the latest first: about one fact (by its id then or now), of some verdicts, detached or not.

    Raises RefusedInput for a limit below 1 and for a cursor that is damaged or belongs to another question.
    """
    wanted = set(verdicts)
    found = [
        one
        for one in reversed(all_decisions(store))
        if (not wanted or one.decision.verdict in wanted)
        and (is_detached is None or (one.attached is None) == is_detached)
        and (fact is None or fact in (one.attached, one.decision.fact.id))
    ]
    keyed = [(_falling(one.decision.at), one.id) for one in found]
    question = digest("decisions", fact or "", str(is_detached), *sorted(wanted))
    page, following = cut(
        list(zip(keyed, found, strict=True)), lambda row: row[0], question=question, limit=limit, cursor=cursor
    )
    return Page(tuple(one for _, one in page), following, len(found))


def survivors(store: Store) -> dict[str, str]:
    """Ids of merged nodes, and of the nodes that stand for them now."""
    merges = [one for one in all_decisions(store) if one.decision.verdict is Verdict.MERGE]
    return {one.attached: one.survivor for one in merges if one.attached and one.survivor}


def _falling(text: str) -> str:
    """A text that sorts in the opposite order of equally long ones."""
    return "".join(chr(0x7E - ord(character) % 0x7E) for character in text)
