"""Full-text search: candidates from the index, checked against the folded text, in the contract's order."""

from collections.abc import Sequence

from neo4j import ManagedTransaction

from graph.facts import Node
from graph.neo4j.connections import many, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import node_of
from graph.normal import fold
from graph.store import Hit
from graph.tokens import END, START, candidate_runs, pairs_of, words_of


def search(
    transaction: ManagedTransaction, cypher: Cypher, text: str, labels: Sequence[str], *, offset: int, limit: int
) -> list[Hit]:
    """Hits of just these classes: those in names, then those in texts."""
    folded = " ".join(fold(text).replace(START, " ").replace(END, " ").split())
    words = words_of(folded)
    if not words or not labels or not limit:
        return []
    asked: dict[str, object] = {"words": words, "folded": folded, "labels": [*labels]}
    by_name = asked | {"query": _candidates("_name_tokens", words)}
    by_text = asked | {"query": _candidates("_text_tokens", words)}
    hits = _hits(transaction, cypher, "names", {**by_name, "offset": offset, "limit": limit})
    if len(hits) < limit:
        names = offset + len(hits) if hits or not offset else _number(transaction, cypher, by_name)
        rest = {"offset": max(offset - names, 0), "limit": limit - len(hits)}
        hits += _hits(transaction, cypher, "text", by_text | rest)
    return hits


def _hits(transaction: ManagedTransaction, cypher: Cypher, column: str, asked: dict[str, object]) -> list[Hit]:
    found = rows_of(transaction, cypher.search(column), **asked)
    nodes = sorted(((rank, length, node_of(stored)) for rank, length, stored in found), key=_place)
    return [Hit(node, "name" if column == "names" else "text") for _, _, node in nodes]


def _place(found: tuple[int, int, Node]) -> tuple[int, int, str]:
    rank, length, node = found
    return rank, length, node.id


def _number(transaction: ManagedTransaction, cypher: Cypher, asked: dict[str, object]) -> int:
    (found,) = many(transaction, cypher.count_names, **asked)
    return int(found["number"])


def _candidates(field: str, words: Sequence[str]) -> str:
    """Lucene query for nodes whose field may hold all the words. Runs are letters and digits, so nothing is escaped."""
    phrases = (f"{run}*" if len(run) == 1 else f'"{pairs_of(run)}"' for run in candidate_runs(words))
    return f"{field}:({' AND '.join(phrases)})"
