"""Keeping the full-text index: the folded names of every node and the folded text of every passage."""

import sqlite3
from collections.abc import Iterable

from graph.encoding import to_json
from graph.facts import Node
from graph.search_text import search_text
from graph.sqlite.rows import Row
from graph.tokens import name_tokens, tokens

_COLUMNS = "n, id, label, name_length, names, text_length, text"


def add(connection: sqlite3.Connection, nodes: Iterable[tuple[int, Node]]) -> None:
    """Index nodes, given with their numbers, that are not in the index."""
    rows = [_row(number, node) for number, node in nodes]
    connection.executemany(f"INSERT INTO search_text ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO search_index (rowid, names, text) VALUES (?, ?, ?)", map(_indexed, rows))


def replace(connection: sqlite3.Connection, nodes: Iterable[tuple[int, Node]]) -> None:
    """Index nodes anew where their class, names or text have changed."""
    changed = {number: _row(number, node) for number, node in nodes}
    old = {row[0]: row for row in _rows(connection, changed)}
    changed = {number: row for number, row in changed.items() if old.get(number) != row}
    _forget(connection, [old[number] for number in changed if number in old])
    rows = list(changed.values())
    connection.executemany(f"INSERT INTO search_text ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO search_index (rowid, names, text) VALUES (?, ?, ?)", map(_indexed, rows))


def remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take nodes of these numbers out of the index."""
    _forget(connection, _rows(connection, numbers))


def _rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Row]:
    return connection.execute(
        f"SELECT {_COLUMNS} FROM search_text WHERE n IN (SELECT value FROM json_each(?))", [to_json(list(numbers))]
    ).fetchall()


def _forget(connection: sqlite3.Connection, rows: list[Row]) -> None:
    # The index keeps no content, so it has to be told what it was given.
    connection.executemany(
        "INSERT INTO search_index (search_index, rowid, names, text) VALUES ('delete', ?, ?, ?)", map(_indexed, rows)
    )
    connection.executemany("DELETE FROM search_text WHERE n = ?", [(row[0],) for row in rows])


def _row(number: int, node: Node) -> Row:
    names, name_length, text = search_text(node)
    return number, node.id, node.label, name_length, names, None if text is None else len(text), text


def _indexed(row: Row) -> Row:
    number, _, _, _, names, _, text = row
    return number, name_tokens(names.split("\n")), tokens(text or "")
