"""How many nodes and policies there are: by class, level, year or issuer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.asked import Filters
from graph.facts import Value
from graph.ids import digest
from graph.normal import sort_key
from graph.queries.at_once import names
from graph.queries.kept import KeptAnswers
from graph.queries.listing import iter_nodes
from graph.queries.pages import EXACT_UP_TO, Page, check_limit, encode_computed, start_of
from graph.store import Direction, Store
from ontology.values import PolicyLevel

_Values = Mapping[str, Iterable[str]]
_Loaded = Mapping[str, Value | None]
_LEVELS = tuple(map(str, PolicyLevel))
_YEAR = 4


class CountBy(StrEnum):
    """What is counted: nodes of each class, or policies of each level, year of issue or issuer."""

    CLASS = "class"
    LEVEL = "level"
    YEAR = "year"
    ISSUER = "issuer"


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a value; of policies, `loaded` is how many of them are in the store with their text.

    `value` is empty for policies that have none, `id` that of an issuer.
    """

    value: str
    count: int
    loaded: int | None = None
    id: str | None = None


_kept: KeptAnswers[tuple[Count, ...]] = KeptAnswers(len(CountBy))


def counts(
    store: Store, by: CountBy, *, tags: Sequence[str] = (), limit: int = 500, cursor: str | None = None
) -> Page[Count]:
    """A page of counts: classes and issuers with the most first, then by name; levels and years in order.

    With tags only what has one of them counts. A policy counts for each of its issuers. Raises
    StaleCursor for a cursor from before the store changed.
    """
    check_limit(limit)
    question = digest("counts", by, *sorted(set(tags)))
    start = start_of(cursor, question, store.version)
    rows = _kept.get(store, question, lambda: _counted(store, by, {"tags": tags} if tags else {}))
    return Page(
        items=rows[start : start + limit],
        next=encode_computed(start + limit, question, store.version) if start + limit < len(rows) else None,
        total=min(len(rows), EXACT_UP_TO),
        exact=len(rows) <= EXACT_UP_TO,
    )


def _counted(store: Store, by: CountBy, wanted: Filters) -> tuple[Count, ...]:
    if by is CountBy.CLASS:
        found = Counter(node.label for node in iter_nodes(store, filters=wanted)) if wanted else store.counts().nodes
        return tuple(Count(label, number) for label, number in sorted(found.items(), key=lambda one: (-one[1], one[0])))
    loaded = store.values("Policy", "loaded", filters=wanted)
    if by is CountBy.ISSUER:
        return _by_issuer(store, loaded)
    stated = store.values("Policy", "level" if by is CountBy.LEVEL else "issued_on", filters=wanted)
    length = None if by is CountBy.LEVEL else _YEAR
    values = {id_: (str(value or "")[:length],) for id_, value in stated.items()}
    rows = _by_value(loaded, values)
    order = {level: str(n) for n, level in enumerate(_LEVELS)} if by is CountBy.LEVEL else {}
    return tuple(sorted(rows, key=lambda row: (not row.value, order.get(row.value, row.value))))


def _by_issuer(store: Store, policies: _Loaded) -> tuple[Count, ...]:
    issuers: dict[str, list[str]] = defaultdict(list)
    for step in store.steps(policies, ["ISSUED_BY"], direction=Direction.OUT):
        issuers[step.source].append(step.target)
    rows = _by_value(policies, issuers)
    known = names(store, [row.value for row in rows if row.value])
    named = [Count(known.get(row.value, ""), row.count, row.loaded, row.value or None) for row in rows]
    return tuple(sorted(named, key=lambda row: (not row.value, -row.count, sort_key(row.value), row.id or "")))


def _by_value(policies: _Loaded, values: _Values) -> list[Count]:
    every: Counter[str] = Counter()
    loaded: Counter[str] = Counter()
    for policy, is_loaded in policies.items():
        for value in values.get(policy, ("",)):
            every[value] += 1
            loaded[value] += is_loaded is True
    return [Count(value, number, loaded[value]) for value, number in every.items()]
