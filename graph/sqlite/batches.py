"""Headers of batches and their sources."""

import sqlite3
from collections.abc import Iterable

from graph.encoding import to_json
from graph.facts import BatchHeader, BatchKind
from graph.sources import rival_kind, wanted_sources
from graph.sqlite.rows import HEADER, Row, header_of, header_row
from graph.sqlite.tallies import tally


def all_headers(connection: sqlite3.Connection, kind: BatchKind | None = None) -> list[BatchHeader]:
    """Headers of all batches, or of those of a kind, by id."""
    condition, values = ("", []) if kind is None else ("WHERE b.kind = ?", [kind.value])
    rows = connection.execute(f"SELECT {HEADER} FROM batches b {condition} ORDER BY b.id", values).fetchall()
    return list(_with_sources(connection, rows).values())


def headers_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, BatchHeader]:
    """Headers by the batches' numbers."""
    wanted = to_json(list(numbers))
    rows = connection.execute(f"SELECT {HEADER} FROM json_each(?) j CROSS JOIN batches b ON b.n = j.value", [wanted])
    return _with_sources(connection, rows.fetchall())


def find_header(connection: sqlite3.Connection, batch: str) -> tuple[int, BatchHeader] | None:
    """Number and header of the batch of this id."""
    rows = connection.execute(f"SELECT {HEADER} FROM batches b WHERE b.id = ?", [batch]).fetchall()
    return next(iter(_with_sources(connection, rows).items()), None)


def related_headers(connection: sqlite3.Connection, header: BatchHeader) -> dict[int, BatchHeader]:
    """Other batches of the same sort that hold one of the sources that matter to a header, or have its content."""
    rows = connection.execute(
        f"""SELECT {HEADER} FROM batches b WHERE b.kind = ? AND b.id <> ? AND b.n IN (
                SELECT batch FROM sources WHERE uri IN (SELECT value FROM json_each(?))
                UNION ALL SELECT n FROM batches WHERE content = ?) ORDER BY b.id""",
        [rival_kind(header).value, header.id, to_json(sorted(wanted_sources(header))), header.content],
    ).fetchall()
    return _with_sources(connection, rows)


def put_header(connection: sqlite3.Connection, header: BatchHeader) -> int:
    """Store or replace a header with its sources; -> the batch's number."""
    before = connection.execute("SELECT kind FROM batches WHERE id = ?", [header.id]).fetchall()
    tally(connection, "batches", come=[header.kind.value], gone=(kind for (kind,) in before))
    number: int = connection.execute(
        """INSERT INTO batches (id, kind, title, content, version, options, issued_on, loaded_at, has_text)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, content = excluded.content,
               version = excluded.version, options = excluded.options, issued_on = excluded.issued_on,
               loaded_at = excluded.loaded_at, has_text = excluded.has_text
           RETURNING n""",
        header_row(header),
    ).fetchone()[0]
    put_sources(connection, number, header.sources)
    return number


def put_sources(connection: sqlite3.Connection, number: int, sources: Iterable[str]) -> None:
    """Let a batch have these sources and no others."""
    connection.execute("DELETE FROM sources WHERE batch = ?", [number])
    connection.executemany("INSERT INTO sources VALUES (?, ?)", [(number, uri) for uri in sources])


def delete_header(connection: sqlite3.Connection, number: int) -> None:
    """Remove a batch's header and its sources."""
    connection.execute("DELETE FROM sources WHERE batch = ?", [number])
    gone = connection.execute("DELETE FROM batches WHERE n = ? RETURNING kind", [number]).fetchall()
    tally(connection, "batches", gone=(kind for (kind,) in gone))


def _with_sources(connection: sqlite3.Connection, rows: list[Row]) -> dict[int, BatchHeader]:
    sources: dict[int, list[str]] = {}
    numbers = to_json([row[0] for row in rows])
    for number, uri in connection.execute(
        "SELECT s.batch, s.uri FROM json_each(?) j CROSS JOIN sources s ON s.batch = j.value", [numbers]
    ):
        sources.setdefault(number, []).append(uri)
    return {row[0]: header_of(row, sources.get(row[0], ())) for row in rows}
