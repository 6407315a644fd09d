"""Claims of nodes and edges by the numbers of these."""

import sqlite3
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter

from graph.encoding import to_json
from graph.facts import Attributed, EdgeClaim, NodeClaim
from graph.sqlite.batches import headers_of
from graph.sqlite.rows import CLAIM, EDGE_ENDS, edge_claim_of, node_claim_of


def node_claims_of(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, list[Attributed[NodeClaim]]]:
    """Claims of nodes by their numbers; nodes that nobody claims are left out."""
    rows = connection.execute(
        f"""SELECT c.fact, c.batch, f.id, {CLAIM} FROM json_each(?) j
            CROSS JOIN node_claims c ON c.fact = j.value JOIN nodes f ON f.n = c.fact ORDER BY c.fact""",
        [to_json(list(numbers))],
    ).fetchall()
    headers = headers_of(connection, {row[1] for row in rows})
    return {
        fact: [Attributed(node_claim_of(row[2], row[3:]), headers[row[1]]) for row in group]
        for fact, group in groupby(rows, key=itemgetter(0))
    }


def edge_claims_of(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, list[Attributed[EdgeClaim]]]:
    """Claims of edges by their numbers; edges that nobody claims are left out."""
    rows = connection.execute(
        f"""SELECT c.fact, c.batch, e.id, e.type, s.id, t.id, e.discriminator, {CLAIM} FROM json_each(?) j
            CROSS JOIN edge_claims c ON c.fact = j.value JOIN edges e ON e.n = c.fact {EDGE_ENDS} ORDER BY c.fact""",
        [to_json(list(numbers))],
    ).fetchall()
    headers = headers_of(connection, {row[1] for row in rows})
    return {
        fact: [Attributed(edge_claim_of(row[2:7], row[7:]), headers[row[1]]) for row in group]
        for fact, group in groupby(rows, key=itemgetter(0))
    }
