"""Tables of the SQLite store, and whether a file has them.

Claims are rows by fact and by batch; `nodes` and `edges` hold what they fold to. Inside, nodes, edges and batches go
by small integers; ids are text at the edge of the module only. Lists and mappings are JSON.

What is derived from other tables is kept right in the transaction that changes them: `tallies` by
`graph.sqlite.tallies`, the tables of the search by `graph.sqlite.index`. `standing` is what `graph.growth` needs to
know of the claims of a fact; where it is missing, the claims are read.
"""

import sqlite3

from graph.errors import StoreUnusable
from graph.sqlite.tallies import TALLIES

APPLICATION_ID = 0x506F4772  # "PoGr": tells our files from other SQLite files
SCHEMA_VERSION = 5
NEEDED_SQLITE = (3, 38, 0)  # the first in which the JSON functions are always there


def property_of(name: str, of: str = "") -> str:
    """SQL for a property of a fact, as the indexes on properties have it; `of` is the name of the table with a dot."""
    return f"json_extract({of}properties, '$.{name}')"


_CLAIM_COLUMNS = """
    batch INTEGER NOT NULL REFERENCES batches (n) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL,
    properties TEXT NOT NULL,
    evidence TEXT NOT NULL,
    rule TEXT NOT NULL,
    inferred TEXT NOT NULL,
    is_own INTEGER NOT NULL,
    origin TEXT"""

_FACT_COLUMNS = """
    claims INTEGER NOT NULL,
    evidence_total INTEGER NOT NULL,
    inferred TEXT NOT NULL,
    properties TEXT NOT NULL,
    evidence TEXT NOT NULL,
    standing TEXT"""

_FTS = "content='', columnsize=0, prefix='1', tokenize='ascii'"
# ascii: every character beyond ASCII is part of a token, also those that unicode61's old tables don't know.
# prefix: a word of one character is the beginning of many pairs, which would have to be read before the first is found.
SEARCH_INDEXES = (
    f"CREATE VIRTUAL TABLE search_names USING fts5(words, label, {_FTS})",
    f"CREATE VIRTUAL TABLE search_texts USING fts5(words, label, {_FTS})",
)
"""The full-text indexes of names and texts; their row ids are places in the order of hits (`graph.sqlite.index`)."""

INDEXED_PROPERTIES = ("indicator", "kind", "level", "year")
"""Properties that nodes are found by without reading all of their class."""
PROPERTY_INDEXES = tuple(
    f"CREATE INDEX nodes_{name} ON nodes (label, {property_of(name)}, id) WHERE {property_of(name)} IS NOT NULL"
    for name in INDEXED_PROPERTIES
)

HOP_INDEXES = (
    "CREATE INDEX edges_out ON edges (source, type, id, target)",
    "CREATE INDEX edges_in ON edges (target, type, id, source)",
    "CREATE INDEX nodes_ends ON nodes (n, id, label)",
)
"""All that steps are made of, so that no row of an edge or node is read, which is ten times as long."""

FIRST_NAME = "substr(names, 1, instr(names || char(10), char(10)) - 1)"
"""SQL for the folded name of what is searched, without its aliases."""
CHAIN_INDEXES = (
    f"CREATE INDEX search_text_policies ON search_text ({FIRST_NAME}, id) WHERE label = 'Policy'",
    f"CREATE INDEX edges_roles ON edges (source, {property_of('role')}) WHERE type = 'INVOLVES'",
)
"""What chains are read by: policies in the order of their names, and the roles in which a measure involves others."""

_STATEMENTS = (
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO counters VALUES ('store_version', 0)",
    """CREATE TABLE batches (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        content TEXT NOT NULL,
        version TEXT NOT NULL,
        options TEXT NOT NULL,
        issued_on TEXT,
        loaded_at TEXT NOT NULL,
        has_text INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX batches_content ON batches (content)",
    """CREATE TABLE sources (
        batch INTEGER NOT NULL REFERENCES batches (n) DEFERRABLE INITIALLY DEFERRED,
        uri TEXT NOT NULL,
        PRIMARY KEY (batch, uri)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sources_uri ON sources (uri)",
    f"CREATE TABLE nodes (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, {_FACT_COLUMNS}) STRICT",
    "CREATE INDEX nodes_label ON nodes (label, id)",
    f"""CREATE TABLE edges (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        source INTEGER NOT NULL REFERENCES nodes (n) DEFERRABLE INITIALLY DEFERRED,
        target INTEGER NOT NULL REFERENCES nodes (n) DEFERRABLE INITIALLY DEFERRED,
        discriminator TEXT NOT NULL,
        {_FACT_COLUMNS}
    ) STRICT""",
    "CREATE INDEX edges_type ON edges (type, id)",
    *HOP_INDEXES,
    f"""CREATE TABLE node_claims (
        fact INTEGER NOT NULL REFERENCES nodes (n) DEFERRABLE INITIALLY DEFERRED,{_CLAIM_COLUMNS}
    ) STRICT""",
    "CREATE UNIQUE INDEX node_claims_fact ON node_claims (fact, batch)",
    "CREATE INDEX node_claims_batch ON node_claims (batch)",
    f"""CREATE TABLE edge_claims (
        fact INTEGER NOT NULL REFERENCES edges (n) DEFERRABLE INITIALLY DEFERRED,{_CLAIM_COLUMNS}
    ) STRICT""",
    "CREATE UNIQUE INDEX edge_claims_fact ON edge_claims (fact, batch)",
    "CREATE INDEX edge_claims_batch ON edge_claims (batch)",
    """CREATE TABLE search_text (
        n INTEGER PRIMARY KEY REFERENCES nodes (n) DEFERRABLE INITIALLY DEFERRED,
        id TEXT NOT NULL,
        label TEXT NOT NULL,
        name_length INTEGER NOT NULL,
        names TEXT NOT NULL,
        text_length INTEGER,
        text TEXT
    ) STRICT""",
    "CREATE INDEX search_text_names ON search_text (label, name_length, id)",
    *CHAIN_INDEXES,
    "CREATE INDEX search_text_texts ON search_text (label, text_length, id) WHERE text_length IS NOT NULL",
    *SEARCH_INDEXES,
    TALLIES,
    *PROPERTY_INDEXES,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)


def has_schema(connection: sqlite3.Connection, *, url: str) -> bool:
    """Whether the file is a store; False if it is empty. Raises StoreUnusable if it is anything else."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise StoreUnusable(
                f"{url}: made by a newer policygraph (schema {version}, this one knows up to {SCHEMA_VERSION});"
                " upgrade policygraph, or give another --store"
            )
        return True
    if application or version or connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise StoreUnusable(f"{url}: an SQLite file of another program, left as it is; give another --store")
    return False


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables; to be called in a transaction."""
    for statement in _STATEMENTS:
        connection.execute(statement)
