"""Full-text search: candidates from the index, checked against the folded text, in the contract's order."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice

from graph.encoding import to_json
from graph.normal import fold
from graph.sqlite.rows import NODE, node_of
from graph.store import Hit
from graph.tokens import END, START, candidates_query, words_of

FEW = 5_000
"""Up to so many candidates are fetched and sorted; of more, the first are found by walking in order of length."""

_Found = tuple[int, str, int]  # length, id, number


@dataclass(frozen=True, slots=True)
class _Tier:
    """Hits of one rank: what the index is asked, and which candidates belong (by names, one a line, and text)."""

    matched: str
    column: str
    query: str
    belongs: Callable[[str, str], bool]

    @property
    def length(self) -> str:
        return "name_length" if self.column == "names" else "text_length"


def search(connection: sqlite3.Connection, text: str, labels: Sequence[str], *, offset: int, limit: int) -> list[Hit]:
    """Hits of just these classes."""
    folded = " ".join(fold(text).replace(START, " ").replace(END, " ").split())
    words = words_of(folded)
    if not words or not labels:
        return []
    ranked = chain.from_iterable(_hits(connection, tier, labels) for tier in _tiers(folded, words))
    page = list(islice(ranked, offset, offset + limit))
    rows = connection.execute(
        f"SELECT n.n, {NODE} FROM json_each(?) j CROSS JOIN nodes n ON n.n = j.value",
        [to_json([number for number, _ in page])],
    )
    nodes = {row[0]: node_of(row[1:]) for row in rows}
    return [Hit(nodes[number], matched) for number, matched in page]


def _tiers(folded: str, words: Sequence[str]) -> tuple[_Tier, ...]:
    """Exact name, name prefix, name, passage; no node belongs to two."""

    def is_exact(names: str, _: str) -> bool:
        return folded in names.split("\n")

    def is_prefix(names: str, text: str) -> bool:
        return f"\n{names}".find(f"\n{folded}") >= 0 and not is_exact(names, text)

    def is_in_name(names: str, text: str) -> bool:
        return all(word in names for word in words) and f"\n{folded}" not in f"\n{names}"

    def is_in_text(names: str, text: str) -> bool:
        return all(word in text for word in words) and not (
            all(word in names for word in words) or f"\n{folded}" in f"\n{names}"
        )

    return (
        _Tier("name", "names", candidates_query("names", [START + folded + END]), is_exact),
        _Tier("name", "names", candidates_query("names", [START + folded]), is_prefix),
        _Tier("name", "names", candidates_query("names", words), is_in_name),
        _Tier("text", "text", candidates_query("text", words), is_in_text),
    )


def _hits(connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str]) -> Iterator[tuple[int, str]]:
    few = connection.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?", [tier.query, FEW + 1]
    ).fetchall()
    found = _walk(connection, tier, labels) if len(few) > FEW else _sorted(connection, tier, labels, numbers=few)
    return ((number, tier.matched) for _, _, number in found)


def _sorted(
    connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str], *, numbers: list[tuple[int]]
) -> list[_Found]:
    rows = connection.execute(
        f"""SELECT t.{tier.length}, t.id, t.n, t.names, coalesce(t.text, '') FROM json_each(?) j
            CROSS JOIN search_text t ON t.n = j.value WHERE t.label IN (SELECT value FROM json_each(?))""",
        [to_json([number for (number,) in numbers]), to_json(list(labels))],
    )
    return sorted((length, id_, n) for length, id_, n, names, text in rows if tier.belongs(names, text))


def _walk(connection: sqlite3.Connection, tier: _Tier, labels: Sequence[str]) -> Iterator[_Found]:
    """All rows in order of length: what is found often is found soon, and nothing has to be sorted.

    The order is that of an index, in which candidates are told from others before anything else of a row is read.
    """
    pages = (
        connection.execute(
            f"""SELECT t.{tier.length}, t.id, t.n, t.names, coalesce(t.text, '')
                FROM (SELECT {tier.length}, id, n FROM search_text
                      WHERE label = ? AND {tier.length} IS NOT NULL AND +n IN
                            (SELECT rowid FROM search_index WHERE search_index MATCH ?)
                      ORDER BY {tier.length}, id) o
                CROSS JOIN search_text t ON t.n = o.n""",
            [label, tier.query],
        )
        for label in labels
    )
    return ((length, id_, n) for length, id_, n, names, text in merge(*pages) if tier.belongs(names, text))
