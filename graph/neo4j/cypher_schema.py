"""Cypher that makes the constraints and indexes; the rules of `cypher` hold."""

from ontology import registry


def indexes(b: str, search_index: str) -> dict[str, str]:
    """Statements that make what a store under the base label `b` needs, by the name of the index."""
    made = {
        f"{b}_id": f"CREATE CONSTRAINT {b}_id IF NOT EXISTS FOR (n:{b}) REQUIRE n.id IS UNIQUE",
        f"{b}_label": f"CREATE INDEX {b}_label IF NOT EXISTS FOR (n:{b}) ON (n._label, n.id)",
        f"{b}_content": f"CREATE INDEX {b}_content IF NOT EXISTS FOR (n:{b}Batch) ON (n.content)",
        f"{b}_kind": f"CREATE INDEX {b}_kind IF NOT EXISTS FOR (n:{b}Batch) ON (n.kind)",
        f"{b}_source": f"CREATE INDEX {b}_source IF NOT EXISTS FOR (n:{b}Source) ON (n.key)",
        f"{b}_source_of": f"CREATE INDEX {b}_source_of IF NOT EXISTS FOR (n:{b}Source) ON (n.batch)",
        search_index: (
            f"CREATE FULLTEXT INDEX {search_index} IF NOT EXISTS"
            f" FOR (n:{b}) ON EACH [n._name_tokens, n._text_tokens]"
            " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
        ),
    }
    for kind in ("NodeClaim", "EdgeClaim"):
        by_fact, by_batch = f"{b}_{kind}_fact", f"{b}_{kind}_batch"
        made[by_fact] = (
            f"CREATE CONSTRAINT {by_fact} IF NOT EXISTS FOR (n:{b}{kind}) REQUIRE (n.fact, n.batch) IS UNIQUE"
        )
        made[by_batch] = f"CREATE INDEX {by_batch} IF NOT EXISTS FOR (n:{b}{kind}) ON (n.batch, n.fact)"
    for type_ in registry.relation_types():  # of a type, not of a label: graphs beside each other share these
        name = f"PolicyGraph_edge_{type_}"
        made[name] = f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[r:{type_}]-() ON (r.id)"
    return made
