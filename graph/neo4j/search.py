"""Full-text search: candidates from the index, checked against the folded text, in the contract's order."""

from collections.abc import Sequence

from graph.neo4j.connections import Runs, many, rows_of
from graph.neo4j.cypher import Cypher
from graph.neo4j.rows import node_of
from graph.normal import fold
from graph.store import Hit, Rank, SearchPlace
from graph.tokens import END, START, candidate_runs, pairs_of, words_of

_BEFORE_ALL = SearchPlace(Rank.EXACT, -1, "")
_COLUMNS = (("names", "_name_tokens"), ("text", "_text_tokens"))


def search(
    transaction: Runs,
    cypher: Cypher,
    text: str,
    labels: Sequence[str],
    *,
    after: SearchPlace | None,
    limit: int,
) -> list[Hit]:
    """Hits of just these classes behind a place: those in names, then those in texts."""
    hits: list[Hit] = []
    behind = after or _BEFORE_ALL
    place = {"rank": int(behind.rank), "length": behind.length, "id": behind.id}
    for column, asked in _asked(text, labels).items():
        if len(hits) < limit and not (column == "names" and behind.rank is Rank.TEXT):
            asked |= {**place, "limit": limit - len(hits)}
            found = [
                Hit(node, SearchPlace(Rank(rank), length, node.id))
                for rank, length, stored in rows_of(transaction, cypher.search(column), **asked)
                for node in [node_of(stored)]
            ]
            hits += sorted(found, key=lambda hit: hit.place)
    return hits


def count_hits(transaction: Runs, cypher: Cypher, text: str, labels: Sequence[str], *, most: int, worst: Rank) -> int:
    """How many hits of just these classes and these ranks there are, `most` if there are more."""
    found = 0
    for column, asked in _asked(text, labels).items():
        if column == "names" or worst is Rank.TEXT:
            asked |= {"most": most - found, "worst": int(worst)}
            (counted,) = many(transaction, cypher.count_hits(column), **asked)
            found += int(counted["number"])
    return found


def _asked(text: str, labels: Sequence[str]) -> dict[str, dict[str, object]]:
    """The parameters of the two statements, by column; none where there is nothing to search for."""
    folded = " ".join(fold(text).replace(START, " ").replace(END, " ").split())
    words = words_of(folded)
    if not words or not labels:
        return {}
    asked: dict[str, object] = {"words": words, "folded": folded, "labels": [*labels]}
    return {column: asked | {"query": _candidates(field, words)} for column, field in _COLUMNS}


def _candidates(field: str, words: Sequence[str]) -> str:
    """Lucene query for nodes whose field may hold all the words. Runs are letters and digits, so nothing is escaped."""
    phrases = (f"{run}*" if len(run) == 1 else f'"{pairs_of(run)}"' for run in candidate_runs(words))
    return f"{field}:({' AND '.join(phrases)})"
