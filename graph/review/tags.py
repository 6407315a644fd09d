"""Which nodes have which tags."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.errors import NotFound
from graph.facts import BatchKind
from graph.ids import digest
from graph.queries.kept import KeptAnswers
from graph.queries.pages import Page, cut
from graph.queries.tags import codes_of, tags_of
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.listing import all_decisions, survivors
from graph.review.recording import record_all
from graph.store import Store

_in_tables: KeptAnswers[frozenset[str]] = KeptAnswers(4)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag on a node."""

    tag: str
    id: str
    label: str
    name: str


def tagged(store: Store, tags: Collection[str] = ()) -> list[Tagged]:
    """The nodes with any of these tags, or with any at all, by tag, then by id."""
    decided = {one.attached for one in all_decisions(store) if one.decision.verdict is Verdict.TAG and one.attached}
    nodes = store.nodes(decided | _in_tables.get(store, "tagged in tables", lambda: _tagged_in_tables(store))).values()
    found = [(tag, node) for node in nodes for tag in tags_of(node) if not tags or tag in tags]
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].id))
    return [Tagged(tag, node.id, node.label, node.name) for tag, node in ordered]


def _tagged_in_tables(store: Store) -> frozenset[str]:
    """Ids of the nodes that curated tables put tags on, and of those that stand for them."""
    leads_to = survivors(store)
    tables = [header for header in store.batches() if header.kind is BatchKind.CURATED]
    tagged = (claim.id for table in tables for claim in store.iter_batch(table.id) if claim.properties.get("tags"))
    return frozenset(leads_to.get(id_, id_) for id_ in tagged)


def tagged_page(store: Store, tags: Sequence[str] = (), *, limit: int = 50, cursor: str | None = None) -> Page[Tagged]:
    """A page of what `tagged` gives."""
    found = tagged(store, tags)
    page, following = cut(
        found, lambda one: (one.tag, one.id), question=digest("tags", *sorted(tags)), limit=limit, cursor=cursor
    )
    return Page(tuple(page), following, len(found))


def tags_at(store: Store, node: str) -> list[str]:
    """The tags of a node, or of the one that stands for a merged one; raises NotFound for an unknown id."""
    id_ = survivors(store).get(node, node)
    found = store.nodes([id_]).get(id_)
    if found is None:
        raise NotFound(f"there is no node with the id {node}")
    return list(tags_of(found))


def set_tags(store: Store, node: str, tags: Sequence[str], *, by: str) -> None:
    """Have a node carry these tags and no others: what is new is put on it, what is left over taken off."""
    has = tags_at(store, node)
    wanted = {*codes_of(tags)}
    changes = ((Verdict.UNTAG, sorted({*has} - wanted)), (Verdict.TAG, sorted(wanted - {*has})))
    made = [decide(store, verdict, node, by=by, tags=codes) for verdict, codes in changes if codes]
    record_all(store, made)
