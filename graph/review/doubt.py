"""What nobody has judged yet, most doubtful first.

How doubtful a fact is: the chance that something is wrong with it, if each of these were independent of the others:

- its rule's record: the share of the rule's facts that reviewers rejected or corrected so far; before anybody has
  judged, a fifth, which counts as much as five judged facts;
- a property was concluded rather than read;
- a single piece of evidence stands behind it;
- all of its evidence has to be completed from elsewhere: a heading, the head of a column.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

from graph.errors import NotFound, UnknownParameter
from graph.facts import BatchHeader, BatchKind, Edge, EdgeClaim, Node, NodeClaim
from graph.fold import origin_of
from graph.ids import digest
from graph.nearest import hint
from graph.queries.cells import Piece
from graph.queries.evidence import read_pieces
from graph.queries.pages import Page, cut
from graph.review.decisions import Recorded, Verdict
from graph.review.listing import all_decisions
from graph.store import Store
from ontology import registry
from ontology.values import Origin

LOOKED_AT = 300_000
"""Claims that are looked at; of a larger store name a policy."""
PRIOR_WRONG, PRIOR_RIGHT = 1, 4
INFERRED, SINGLE, COMPLETED = 0.15, 0.1, 0.1
_WRONG = (Verdict.REJECT, Verdict.CORRECT)
_JUDGING = (Verdict.CONFIRM, *_WRONG)
_PRINTED = ("Document", "Passage")


@dataclass(frozen=True, slots=True)
class Open:
    """A fact that nobody has judged; `doubt` is between 0 and 1, `reasons` are in words.

    `kind` is its class or relation, `rule` what made it, `piece` its first evidence.
    """

    id: str
    kind: str
    name: str
    rule: str
    doubt: float
    reasons: tuple[str, ...]
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class _Stated:
    """What documents state of a fact, as far as it makes it doubtful."""

    id: str
    kind: str
    rules: tuple[str, ...]
    is_inferred: bool
    evidence: int
    is_completed: bool


def open_facts(
    store: Store,
    *,
    policy: str | None = None,
    kinds: Sequence[str] = (),
    rules: Sequence[str] = (),
    limit: int = 50,
    cursor: str | None = None,
) -> Page[Open]:
    """A page of what nobody has judged, most doubtful first, then by class or relation and id.

    `policy` leaves what its document states, `kinds` classes (subclasses included) and relations, `rules` what these
    made. Raises NotFound for a policy that there is not or whose text is not loaded, UnknownParameter for a kind that
    there is not.
    """
    wanted = _kinds(kinds)
    stated, is_whole = _stated(store, _batches(store, policy))
    judged = _judged(store)
    record = _record(stated, judged)
    asked = (one for one in stated if one.id not in judged and one.kind in wanted)
    fitting = (one for one in asked if not rules or set(rules) & set(one.rules))
    ranked = sorted(((_key(one, record), one) for one in fitting), key=lambda row: row[0])
    question = digest("open", policy or "", *sorted(kinds), "", *sorted(rules))
    page, following = cut(ranked, lambda row: row[0], question=question, limit=limit, cursor=cursor)
    return Page(tuple(_shown(store, [one for _, one in page], record)), following, len(ranked), is_whole)


def doubt_of(record: float, *, is_inferred: bool, evidence: int, is_completed: bool) -> float:
    """The chance that something is wrong, from the record of the rule and what else makes a fact doubtful."""
    right = 1 - record
    right *= 1 - INFERRED if is_inferred else 1
    right *= 1 - SINGLE if evidence < 2 else 1
    right *= 1 - COMPLETED if is_completed else 1
    return round(1 - right, 4)


def _kinds(kinds: Sequence[str]) -> Collection[str]:
    known = {*registry.class_names(), *registry.relation_types()}
    for kind in kinds:
        if kind not in known:
            raise UnknownParameter(f"there is no class or relation {kind[:60]}; {hint(kind, sorted(known))}")
    classes = [sub for kind in kinds if kind in registry.class_names() for sub in registry.descendants_of(kind)]
    return {*kinds, *classes} if kinds else known


def _batches(store: Store, policy: str | None) -> list[BatchHeader]:
    """The documents' batches, or those that hold the text of a policy."""
    if policy is None:
        return store.batches(BatchKind.DOCUMENT)
    if policy not in store.nodes([policy]):
        raise NotFound(f"there is no policy with the id {policy}")
    found = [a.header for a in store.node_claims(policy, limit=LOOKED_AT) if a.claim.is_own]
    if not found:
        raise NotFound(f"{policy}: the text of this policy is not loaded; load it, or name another")
    return [header for header in found if header.kind is BatchKind.DOCUMENT]


_known: WeakKeyDictionary[Store, dict[tuple[str, str], list[_Stated]]] = WeakKeyDictionary()
_lock = Lock()


def _stated(store: Store, headers: Iterable[BatchHeader]) -> tuple[list[_Stated], bool]:
    """What the batches state, fact by fact, and whether that is all; what was read of a batch is kept."""
    found: dict[str, list[_Stated]] = defaultdict(list)
    left = LOOKED_AT
    for header in headers:
        if left <= 0:
            break
        for one in _of_batch(store, header, left):
            found[one.id].append(one)
            left -= 1
    return [_united(several) for several in found.values()], left > 0


def _of_batch(store: Store, header: BatchHeader, most: int) -> list[_Stated]:
    with _lock:
        kept = _known.setdefault(store, {})
    key = header.id, header.version
    if key not in kept:
        claims = (claim for claim in store.iter_batch(header.id) if _is_judgeable(claim, header))
        read = [_of_claim(claim) for claim in islice(claims, most)]
        if len(read) == most:
            return read
        kept[key] = read
    return kept[key][:most]


def _is_judgeable(claim: NodeClaim | EdgeClaim, header: BatchHeader) -> bool:
    """Whether it is something that a reader concluded from a text."""
    if origin_of(claim, header) is not Origin.DOCUMENT:
        return False
    if isinstance(claim, NodeClaim):
        return claim.label not in _PRINTED
    return not claim.target.startswith("document:")


def _of_claim(claim: NodeClaim | EdgeClaim) -> _Stated:
    return _Stated(
        id=claim.id,
        kind=claim.label if isinstance(claim, NodeClaim) else claim.type,
        rules=(claim.rule,) if claim.rule else (),
        is_inferred=bool(claim.inferred),
        evidence=len(claim.evidence),
        is_completed=all(piece.context for piece in claim.evidence),
    )


def _united(several: Sequence[_Stated]) -> _Stated:
    return _Stated(
        id=several[0].id,
        kind=several[0].kind,
        rules=tuple(sorted({rule for one in several for rule in one.rules})),
        is_inferred=all(one.is_inferred for one in several),
        evidence=sum(one.evidence for one in several),
        is_completed=all(one.is_completed for one in several),
    )


def _judged(store: Store) -> Mapping[str, bool]:
    """Facts that are judged, and whether something was wrong with them; merged nodes are no longer open either."""
    latest: dict[str, Recorded] = {}
    for one in all_decisions(store):
        if one.attached is not None and one.decision.verdict in (*_JUDGING, Verdict.MERGE):
            latest[one.attached] = one
    return {fact: one.decision.verdict in _WRONG for fact, one in latest.items()}


def _record(stated: Iterable[_Stated], judged: Mapping[str, bool]) -> Mapping[str, float]:
    """By rule the share of its facts that were wrong, with the prior."""
    wrong, total = Counter[str](), Counter[str]()
    for one in stated:
        for rule in one.rules if one.id in judged else ():
            total[rule] += 1
            wrong[rule] += judged[one.id]
    return {rule: (wrong[rule] + PRIOR_WRONG) / (count + PRIOR_WRONG + PRIOR_RIGHT) for rule, count in total.items()}


def _doubt(one: _Stated, record: Mapping[str, float]) -> float:
    prior = PRIOR_WRONG / (PRIOR_WRONG + PRIOR_RIGHT)
    shares = [record.get(rule, prior) for rule in one.rules] or [prior]
    return doubt_of(
        min(shares), is_inferred=one.is_inferred, evidence=one.evidence, is_completed=one.is_completed
    )  # what two rules found is as good as the better of them


def _key(one: _Stated, record: Mapping[str, float]) -> tuple[str, str, str]:
    return f"{1 - _doubt(one, record):.4f}", one.kind, one.id


def _reasons(one: _Stated, record: Mapping[str, float]) -> tuple[str, ...]:
    shares = [record[rule] for rule in one.rules if rule in record]
    found = (
        (bool(shares), f"rule: {min(shares, default=0):.0%} wrong so far"),
        (one.is_inferred, "concluded"),
        (one.evidence < 2, "one piece of evidence"),
        (one.is_completed and one.evidence > 0, "completed from elsewhere"),
    )
    return tuple(words for holds, words in found if holds)


def _shown(store: Store, page: Sequence[_Stated], record: Mapping[str, float]) -> Iterable[Open]:
    edges = store.edges([one.id for one in page if one.kind in registry.relation_types()])
    nodes = store.nodes({one.id for one in page} | {end for e in edges.values() for end in (e.source, e.target)})
    facts: dict[str, Node | Edge] = {**nodes, **edges}
    pieces = read_pieces(store, [facts[one.id].evidence[0] for one in page if _has_evidence(facts.get(one.id))])
    for one in page:
        fact = facts.get(one.id)
        if fact is None:
            continue
        piece = pieces[fact.evidence[0]] if fact.evidence else None
        yield Open(
            id=one.id,
            kind=one.kind,
            name=fact.name if isinstance(fact, Node) else _between(fact, nodes),
            rule=", ".join(one.rules),
            doubt=_doubt(one, record),
            reasons=_reasons(one, record),
            piece=piece,
        )


def _has_evidence(fact: Node | Edge | None) -> bool:
    return fact is not None and bool(fact.evidence)


def _between(edge: Edge, nodes: Mapping[str, Node]) -> str:
    ends = [nodes[end].name if end in nodes else end for end in (edge.source, edge.target)]
    return f"{ends[0]} → {ends[1]}"
