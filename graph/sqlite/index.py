"""Keeping the full-text indexes: the folded names of every node and the folded text of every passage.

A row's number in an index is its place: the length first, then the number of the node. So the index itself gives what
it finds in order of length, and who wants the first twenty of a hundred thousand reads few more than twenty.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from graph.encoding import to_json
from graph.facts import Node
from graph.search_text import search_text
from graph.sqlite.rows import Row
from graph.tokens import name_tokens, tokens

NUMBER_BITS = 32
NUMBER_MASK = (1 << NUMBER_BITS) - 1

_SEARCHED = ("name", "aliases", "text")
_COLUMNS = "n, id, label, name_length, names, text_length, text"


def place(length: int, number: int) -> int:
    """The place of a node in an index by its name's or its text's length."""
    return length << NUMBER_BITS | number


def add(connection: sqlite3.Connection, nodes: Iterable[tuple[int, Node]]) -> None:
    """Index nodes, given with their numbers, that are not in the index."""
    _remember(connection, [_row(number, node) for number, node in nodes])


def replace(connection: sqlite3.Connection, nodes: Iterable[tuple[int, Node]]) -> None:
    """Index nodes anew where their class, names or text have changed."""
    changed = {number: _row(number, node) for number, node in nodes}
    old = {row[0]: row for row in _rows(connection, changed)}
    changed = {number: row for number, row in changed.items() if old.get(number) != row}
    _forget(connection, [old[number] for number in changed if number in old])
    _remember(connection, list(changed.values()))


def is_other(one: Node, other: Node) -> bool:
    """Whether two states of a node are searched otherwise; only then need `replace` look at them."""
    names = (one.label, *map(one.properties.get, _SEARCHED))
    return names != (other.label, *map(other.properties.get, _SEARCHED))


def remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take nodes of these numbers out of the index."""
    _forget(connection, _rows(connection, numbers))


def index_again(connection: sqlite3.Connection) -> None:
    """Fill empty full-text indexes with what is searched."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM search_text")
    while some := rows.fetchmany(10_000):
        _index(connection, some)


def _rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Row]:
    return connection.execute(
        f"SELECT {_COLUMNS} FROM search_text WHERE n IN (SELECT value FROM json_each(?))", [to_json(list(numbers))]
    ).fetchall()


def _remember(connection: sqlite3.Connection, rows: list[Row]) -> None:
    connection.executemany(f"INSERT INTO search_text ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    _index(connection, rows)


def _index(connection: sqlite3.Connection, rows: list[Row]) -> None:
    # In order of their places, or the index would write what it has gathered before every step back.
    for table, indexed in (("search_names", _names(rows)), ("search_texts", _texts(rows))):
        statement = f"INSERT INTO {table} (rowid, words, label) VALUES (?, ?, ?)"
        connection.executemany(statement, sorted(indexed))


def _forget(connection: sqlite3.Connection, rows: list[Row]) -> None:
    # The indexes keep no content, so they have to be told what they were given.
    for table, indexed in (("search_names", _names(rows)), ("search_texts", _texts(rows))):
        statement = f"INSERT INTO {table} ({table}, rowid, words, label) VALUES ('delete', ?, ?, ?)"
        connection.executemany(statement, sorted(indexed))
    connection.executemany("DELETE FROM search_text WHERE n = ?", [(row[0],) for row in rows])


def _row(number: int, node: Node) -> Row:
    names, name_length, text = search_text(node)
    return number, node.id, node.label, name_length, names, None if text is None else len(text), text


def _names(rows: Iterable[Row]) -> Iterator[Row]:
    for number, _, label, length, names, _, _ in rows:
        yield place(length, number), name_tokens(names.split("\n")), label


def _texts(rows: Iterable[Row]) -> Iterator[Row]:
    for number, _, label, _, _, length, text in rows:
        if text is not None:
            yield place(length, number), tokens(text), label
