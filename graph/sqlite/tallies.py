"""How many nodes, edges, batches and claims there are, by class, relation and kind.

Counting a million rows takes a tenth of a second and more. Whoever adds or removes rows counts them here, many at once:
triggers, which nobody could forget, made every inserted row two to three times as slow.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

TALLIES = "CREATE TABLE tallies (what TEXT, name TEXT, number INTEGER NOT NULL, PRIMARY KEY (what, name)) WITHOUT ROWID"

_FOUND = """INSERT INTO tallies
    SELECT 'nodes', label, count(*) FROM nodes GROUP BY label
    UNION ALL SELECT 'edges', type, count(*) FROM edges GROUP BY type
    UNION ALL SELECT 'batches', kind, count(*) FROM batches GROUP BY kind
    UNION ALL SELECT 'claims', '', (SELECT count(*) FROM node_claims) + (SELECT count(*) FROM edge_claims)"""


def tally(connection: sqlite3.Connection, what: str, *, come: Iterable[str] = (), gone: Iterable[str] = ()) -> None:
    """Count what comes and what goes, given by the names of each."""
    numbers = Counter(come)
    numbers.subtract(gone)
    tally_numbers(connection, what, numbers)


def tally_numbers(connection: sqlite3.Connection, what: str, numbers: Mapping[str, int]) -> None:
    """Count so many more, or fewer, of each name."""
    connection.executemany(
        """INSERT INTO tallies VALUES (?, ?, ?)
           ON CONFLICT (what, name) DO UPDATE SET number = number + excluded.number""",
        [(what, name, number) for name, number in numbers.items() if number],
    )


def tally_claims(connection: sqlite3.Connection, number: int) -> None:
    """Count so many more claims, or fewer."""
    tally_numbers(connection, "claims", {"": number})


def tally_again(connection: sqlite3.Connection) -> None:
    """Fill the empty table with what there is."""
    connection.execute(_FOUND)
