"""Who uses which database of a Neo4j server, and under which label."""

import re
from dataclasses import dataclass, field

from graph.errors import StoreUnusable

BASE_LABEL = "PolicyGraph"
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9]{0,59}")


@dataclass(frozen=True, slots=True)
class Neo4jAccess:
    """User, password and database of a store on a server.

    Every node of ours carries `label`, and nothing else in the database is looked at; with another label, a second
    graph stands beside the first in one database.
    """

    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"
    label: str = BASE_LABEL

    def __post_init__(self) -> None:
        if not _LABEL.fullmatch(self.label):
            raise StoreUnusable(f"label {self.label!a}: a label is up to 60 letters and digits, a letter first")
        if self.database == "system":
            raise StoreUnusable("database system is the server's own; set POLICYGRAPH_NEO4J_DATABASE")
