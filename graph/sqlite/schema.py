"""Tables of the SQLite store, and whether a file has them.

Claims are rows by fact and by batch; `nodes` and `edges` hold what they fold to. Inside, nodes, edges and batches go
by small integers; ids are text at the edge of the module only. Lists and mappings are JSON.
"""

import sqlite3

from graph.errors import StoreUnusable

APPLICATION_ID = 0x506F4772  # "PoGr": tells our files from other SQLite files
SCHEMA_VERSION = 1
NEEDED_SQLITE = (3, 38, 0)  # the first in which the JSON functions are always there

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
    evidence TEXT NOT NULL"""

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
    "CREATE INDEX edges_out ON edges (source, type, id)",
    "CREATE INDEX edges_in ON edges (target, type, id)",
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
    "CREATE INDEX search_text_texts ON search_text (label, text_length, id) WHERE text_length IS NOT NULL",
    # ascii: every character beyond ASCII is part of a token, also those that unicode61's old tables don't know.
    "CREATE VIRTUAL TABLE search_index USING fts5(names, text, content='', columnsize=0, tokenize='ascii')",
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
