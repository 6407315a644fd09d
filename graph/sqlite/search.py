"""Full-text search: candidates from the index, checked against the folded text, in the contract's order."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby, islice
from typing import TypeAlias

from graph.encoding import to_json
from graph.normal import fold
from graph.sqlite.index import NUMBER_BITS, NUMBER_MASK, place
from graph.sqlite.rows import NODE, node_of
from graph.store import Hit, Rank, SearchPlace
from graph.tokens import END, START, candidates_query, finds_exactly, words_of
from ontology import registry

FEW = 2_000
"""Up to so many candidates of one length are fetched and sorted; of more, the first are found by walking."""
_STEP = 100
_WITH_TEXT = ("Passage",)

_Found: TypeAlias = tuple[int, str, int]
"""Length, id and number of a node."""


@dataclass(frozen=True, slots=True)
class _Tier:
    """Hits of one rank: which index is asked what, and which candidates belong (by names, one a line, and text)."""

    rank: Rank
    column: str
    texts: tuple[str, ...]
    belongs: Callable[[str, str], bool]

    @property
    def index(self) -> str:
        return f"search_{self.column}"

    @property
    def length(self) -> str:
        return "name_length" if self.column == "names" else "text_length"

    def query(self, labels: Sequence[str]) -> str:
        """What the index is asked for; all classes together need not be named."""
        words = candidates_query("words", self.texts)
        return words if _is_every(labels) else f"({words}) AND {{label}} : ({' OR '.join(labels)})"


def search(
    connection: sqlite3.Connection, text: str, labels: Sequence[str], *, after: SearchPlace | None, limit: int
) -> list[Hit]:
    """Hits of just these classes behind a place."""
    folded, words = _asked(text)
    if not words or not labels:
        return []
    tiers = (tier for tier in _tiers(folded, words) if after is None or tier.rank >= after.rank)
    ranked = chain.from_iterable(_hits(connection, tier, labels, after=after) for tier in tiers)
    page = list(islice(ranked, limit))
    rows = connection.execute(
        f"SELECT n.n, {NODE} FROM json_each(?) j CROSS JOIN nodes n ON n.n = j.value",
        [to_json([number for _, number in page])],
    )
    nodes = {row[0]: node_of(row[1:]) for row in rows}
    return [Hit(nodes[number], place) for place, number in page]


def count_hits(connection: sqlite3.Connection, text: str, labels: Sequence[str], *, most: int, worst: Rank) -> int:
    """How many hits of just these classes and these ranks there are, `most` if there are more."""
    folded, words = _asked(text)
    if not words or not labels:
        return 0
    *by_name, by_text = _tiers(folded, words)
    by_name = by_name[: worst + 1]
    found = _count(connection, by_name, labels, most=most)
    if worst is not Rank.TEXT or found == most:
        return found
    has_both = _count(connection, by_name, sorted({*labels} & {*_WITH_TEXT}), most=1) > 0
    return found + _count(connection, [by_text], labels, most=most - found, is_sure=not has_both)


def _count(
    connection: sqlite3.Connection, tiers: Sequence[_Tier], labels: Sequence[str], *, most: int, is_sure: bool = True
) -> int:
    """How many nodes belong to the tiers of one index; what the last is asked for finds those of the others, too.

    They are looked at one by one where the index may find others, or where it is not sure that they all belong.
    """
    if not labels or not most:
        return 0
    last = tiers[-1]
    if is_sure and finds_exactly(last.texts):
        return _count_rows(connection, last, labels, most=most)
    candidates = _candidates(connection, last, labels)
    found = (1 for names, text in candidates if any(tier.belongs(names, text) for tier in tiers))
    return sum(islice(found, most))


def _count_rows(connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str], *, most: int) -> int:
    """How many rows the index has."""
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {tier.index} WHERE {tier.index} MATCH ? LIMIT ?)"
    return int(connection.execute(counted, [tier.query(labels), most]).fetchone()[0])


def _candidates(connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    return connection.execute(
        f"""SELECT t.names, coalesce(t.text, '') FROM {tier.index} i CROSS JOIN search_text t
            ON t.n = i.rowid & {NUMBER_MASK} WHERE {tier.index} MATCH ?""",
        [tier.query(labels)],
    )


def _asked(text: str) -> tuple[str, list[str]]:
    folded = " ".join(fold(text).replace(START, " ").replace(END, " ").split())
    return folded, words_of(folded)


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _tiers(folded: str, words: Sequence[str]) -> tuple[_Tier, ...]:
    """Exact name, name prefix, name, passage; no node belongs to two."""

    def is_exact(names: str, _: str) -> bool:
        return folded in names.split("\n")

    def is_prefix(names: str, text: str) -> bool:
        return f"\n{names}".find(f"\n{folded}") >= 0 and not is_exact(names, text)

    def is_in_name(names: str, _: str) -> bool:
        return _has(names, words) and f"\n{folded}" not in f"\n{names}"

    def is_in_text(names: str, text: str) -> bool:
        return _has(text, words) and not _has(names, words)

    return (
        _Tier(Rank.EXACT, "names", (START + folded + END,), is_exact),
        _Tier(Rank.PREFIX, "names", (START + folded,), is_prefix),
        _Tier(Rank.NAME, "names", tuple(words), is_in_name),
        _Tier(Rank.TEXT, "texts", tuple(words), is_in_text),
    )


def _hits(
    connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str], *, after: SearchPlace | None
) -> Iterator[tuple[SearchPlace, int]]:
    behind = (after.length, after.id) if after and after.rank is tier.rank else (0, "")
    for length, id_, number in _in_order(connection, tier, labels, behind=behind):
        if (length, id_) > behind:
            yield SearchPlace(tier.rank, length, id_), number


def _in_order(
    connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str], *, behind: tuple[int, str]
) -> Iterator[_Found]:
    """What belongs to a tier by length and id, from a length on, of that length behind an id.

    The index gives candidates by length: as many as make at least one length whole are taken at a time.
    """
    query, step, at = tier.query(labels), _STEP, place(behind[0], 0)
    while True:
        places = _places(connection, tier, query, start=at, limit=step)
        if len(places) < step:
            yield from _sorted(connection, tier, places)
            return
        last = places[-1] >> NUMBER_BITS
        whole = [one for one in places if one >> NUMBER_BITS < last]
        if whole:
            yield from _sorted(connection, tier, whole)
            at = place(last, 0)
        elif step < FEW:
            step = min(step * 5, FEW)
        else:
            yield from _of_length(connection, tier, labels, behind=max(behind, (last, "")))
            at = place(last + 1, 0)


def _places(
    connection: sqlite3.Connection, tier: _Tier, query: str, *, start: int, limit: int, end: int = 1 << 62
) -> list[int]:
    rows = connection.execute(
        f"""SELECT rowid FROM {tier.index} WHERE {tier.index} MATCH ? AND rowid >= ? AND rowid < ?
            ORDER BY rowid LIMIT ?""",
        [query, start, end, limit],
    )
    return [found for (found,) in rows]


def _sorted(connection: sqlite3.Connection, tier: _Tier, places: Sequence[int]) -> Iterator[_Found]:
    """The candidates at these places that belong, in order; those of one length are read at once."""
    for _, of_length in groupby(places, key=lambda one: one >> NUMBER_BITS):
        rows = connection.execute(
            f"""SELECT t.{tier.length}, t.id, t.n, t.names, coalesce(t.text, '')
                FROM json_each(?) j CROSS JOIN search_text t ON t.n = j.value""",
            [to_json([one & NUMBER_MASK for one in of_length])],
        )
        yield from sorted((length, id_, n) for length, id_, n, names, text in rows if tier.belongs(names, text))


def _of_length(
    connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str], *, behind: tuple[int, str]
) -> Iterator[_Found]:
    """What belongs of one length of which there are many candidates, behind an id.

    Of a class with many of them, one of its nodes in so many is a candidate: the first in order are soon found.
    """
    start, end = place(behind[0], 0), place(behind[0] + 1, 0)
    pages = []
    for label in labels:
        places = _places(connection, tier, tier.query([label]), start=start, end=end, limit=FEW + 1)
        is_few = len(places) <= FEW
        pages.append(_sorted(connection, tier, places) if is_few else _walk(connection, tier, label, behind=behind))
    yield from merge(*pages)


def _walk(connection: sqlite3.Connection, tier: _Tier, label: str, *, behind: tuple[int, str]) -> Iterator[_Found]:
    """All nodes of a class and length behind an id, in the order of their ids."""
    column = "names" if tier.column == "names" else "text"
    has = " AND ".join(f"instr(t.{column}, ?)" for _ in tier.texts)
    rows = connection.execute(
        f"""SELECT t.{tier.length}, t.id, t.n, t.names, coalesce(t.text, '') FROM search_text t
            WHERE t.label = ? AND t.{tier.length} = ? AND t.id > ? AND {has} ORDER BY t.id""",
        [label, *behind, *(text.strip(START + END) for text in tier.texts)],
    )
    return ((length, id_, n) for length, id_, n, names, text in rows if tier.belongs(names, text))


def _is_every(labels: Sequence[str]) -> bool:
    return set(labels) >= {name for name in registry.class_names() if not registry.class_of(name).is_abstract}
