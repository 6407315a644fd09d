"""All Cypher of the store. Values are parameters; labels and types are the base label's and the ontology's.

Statements on many rows take them as `$rows` or `$ids`. A property whose name starts with `_` is the store's own.
What a statement gives is written as `->`; many rows come packed, for `graph.neo4j.connections.rows_of` to unpack.

| label            | what a node is                                                                                   |
|------------------|--------------------------------------------------------------------------------------------------|
| B                | everything of ours; with `_label` it is a node of the graph, which has the ontology's labels too |
| BNodeClaim       | claim of a node: `fact`, `batch`, and `said`, JSON                                               |
| BEdgeClaim       | claim of an edge: the same                                                                       |
| BBatch           | header of a batch, with its sources                                                              |
| BSource          | one source of a batch: `key`, a digest of the URI, since those may be too long for an index      |
| BStore           | the store: `schema`, `version`                                                                   |
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from graph.neo4j.cypher_schema import indexes
from graph.store import Direction
from ontology import registry

NODE_CLAIM, EDGE_CLAIM = "NodeClaim", "EdgeClaim"

SERVER = "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition"
INDEXES = "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' AND name IN $names RETURN name"
AWAIT_INDEXES = "UNWIND $names AS name CALL db.awaitIndex(name, 300)"

_EDGE = "type(r), startNode(r).id, endNode(r).id, properties(r)"
_STEP = "r.id, type(r), startNode(r).id, endNode(r).id, startNode(r)._label, endNode(r)._label"
_HEADER = "b{.id, .kind, .title, .content, .version, .options, .issued_on, .loaded_at, .has_text, .sources}"
_PACK = 500
_KEPT = "CYPHER replan=skip "
"""Before what is asked and told with every write: its plan is kept, since it has only one index to begin with.

Else a server plans anew whenever a store has grown by some part, which takes up to .3 s for a statement on all types.
"""
IS_OURS = "coalesce(r.id, '') STARTS WITH 'edge:'"
"""Whether relationship `r` is of ours, as its id tells; put so that no plan begins with an index of all of them."""
_IN_NAMES = "all(word IN $words WHERE n._names CONTAINS word)"
_IN_TEXT = "all(word IN $words WHERE n._text CONTAINS word)"
_RANK = {
    "names": (
        "CASE WHEN ('\\n' + n._names + '\\n') CONTAINS ('\\n' + $folded + '\\n') THEN 0"
        " WHEN ('\\n' + n._names) CONTAINS ('\\n' + $folded) THEN 1 ELSE 2 END"
    ),
    "text": "3",
}
"""The rank of a hit in either column, as `graph.store.Rank` has it."""
_OUR_TYPES = "|".join(registry.relation_types())


def packed(*columns: str) -> str:
    """Many rows in one record each, as lists without an order: the driver takes long for a record, not for a row."""
    row = ", ".join(columns)
    return f"WITH collect([{row}]) AS rows UNWIND range(0, size(rows) - 1, {_PACK}) AS at RETURN rows[at..at + {_PACK}]"


def _fitting(filters: Collection[str]) -> str:
    """Conditions that leave nodes of which a property of each filter is, or holds, one of `$filter_NAME`."""
    return "".join(
        # A list with an empty one behind it is itself, a value with an empty list behind it is a list.
        f" AND any(x IN n.`{name}` + [] WHERE x IN $filter_{name})"
        for name in filters
    )


class Cypher:
    """The statements for nodes that carry a base label, which must be checked to be a plain word."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._search_index = f"{base}_search"
        # What only the search needs is not sent; it is longer than all the rest.
        unsent = ("_names", "_name_length", "_name_tokens", "_text", "_text_length", "_text_tokens", "_standing")
        self.node = f"n{{.*, {', '.join(f'{name}: null' for name in unsent)}}}"

    # The schema

    @cached_property
    def schema(self) -> dict[str, str]:
        """Statements that make the constraints and indexes, by the name of the index."""
        return indexes(self.base, self._search_index)

    @property
    def find_store(self) -> str:
        """-> schema, version; nothing where there is no store."""
        return f"MATCH (m:{self.base} {{id: 'store'}}) RETURN m.schema AS schema, m.version AS version"

    @property
    def make_store(self) -> str:
        """Make the node of the store unless it is there."""
        return (
            f"MERGE (m:{self.base} {{id: 'store'}}) ON CREATE SET m:{self.base}Store, m.schema = $schema, m.version = 0"
        )

    # Writing

    @property
    def lock(self) -> str:
        """Keep other writers out until the transaction ends; what stays as it is takes the lock and writes nothing."""
        return f"{_KEPT}MATCH (m:{self.base} {{id: 'store'}}) SET m._lock = true"

    @property
    def take_turn(self) -> str:
        """Lock, and -> version, whether there are reviews, and headers of the batches that matter to what is written.

        Those are batch `$id` and the batches of `$kind` with one of the source `$keys` or the `$content`.
        """
        b = self.base
        # What is looked for hangs on the store, so that it is looked for behind the lock.
        return (
            f"{self.lock} WITH m, m.version AS version CALL (m) {{ CALL (m) {{"
            f" UNWIND $keys AS key MATCH (s:{b}Source {{key: key}}) USING INDEX SEEK s:{b}Source(key)"
            f" WHERE s:{b} {self._at('b', 's.batch')} RETURN b UNION"
            f" MATCH (b:{b}Batch {{content: $content}}) USING INDEX SEEK b:{b}Batch(content) WHERE b:{b} RETURN b"
            f" UNION {self._at('b', '$id')} WHERE b:{b}Batch RETURN b }}"
            f" WITH DISTINCT b WHERE b.kind = $kind OR b.id = $id RETURN collect({_HEADER}) AS headers }}"
            f" RETURN version, headers, EXISTS {{"
            f" MATCH (r:{b}Batch {{kind: 'review'}}) USING INDEX SEEK r:{b}Batch(kind) WHERE r:{b} }} AS is_reviewed"
        )

    @property
    def raise_version(self) -> str:
        """Count one more commit that changed the store."""
        return f"{_KEPT}MATCH (m:{self.base} {{id: 'store'}}) SET m.version = m.version + 1"

    @property
    def put_header(self) -> str:
        """Store or replace the `$header` of batch `$id`, with `$sources`, each the properties of a node."""
        b = self.base
        return (
            f"{_KEPT}MERGE (b:{b} {{id: $id}}) SET b = $header SET b:{b}Batch"
            f" WITH b CALL () {{ {self._sources_of('$id')} DELETE s }}"
            f" UNWIND $sources AS source CREATE (s:{b}:{b}Source) SET s = source"
        )

    @property
    def batch_elements(self) -> str:
        """-> elements of the header and the sources of batch `$id`."""
        b = self.base
        return (
            f"{_KEPT}CALL () {{ {self._at('b', '$id')} WHERE b:{b}Batch RETURN b AS n"
            f" UNION ALL {self._sources_of('$id')} RETURN s AS n }} {packed('elementId(n)')}"
        )

    @property
    def documents_of_batch(self) -> str:
        """-> ids of the documents that batch `$id` claims."""
        b = self.base
        return (
            f"{_KEPT}{self._claims_in(NODE_CLAIM)} WHERE c.batch = $id AND c.fact > '' AND c:{b}"
            f" {self._at('n', 'c.fact')} WHERE n._label = 'Document' {packed('c.fact')}"
        )

    @property
    def known_nodes(self) -> str:
        """-> id, element and standing of the nodes of `$ids`, and those that have a standing themselves."""
        node = f"CASE WHEN n._standing IS NULL THEN null ELSE {self.node} END"
        return f"{_KEPT}UNWIND $ids AS id {self._node_at('id')} {packed('id', 'elementId(n)', 'n._standing', node)}"

    @property
    def known_edges(self) -> str:
        """-> id, element and standing of `$edges`, ids by type, and those that have a standing themselves."""
        each = " UNION ALL ".join(
            f"UNWIND $edges.{type_} AS id {self._edge_at(type_, 'id')} RETURN r" for type_ in registry.relation_types()
        )
        edge = f"CASE WHEN r._standing IS NULL THEN null ELSE [{_EDGE}] END"
        return f"{_KEPT}CALL () {{ {each} }} {packed('r.id', 'elementId(r)', 'r._standing', edge)}"

    def claims_by_batch(self, kind: str) -> str:
        """-> fact and element of the claims of batch `$id`, and of edges the type."""
        return (
            f"{_KEPT}{self._claims_in(kind)} WHERE c.batch = $id AND c.fact > '' AND c:{self.base}"
            f" {packed('c.fact', 'elementId(c)', 'c.type')}"
        )

    def claims_of_facts(self, kind: str) -> str:
        """-> fact, said, batch of all claims of the facts `$ids`."""
        return (
            f"{_KEPT}UNWIND $ids AS id {self._claims_on(kind)} WHERE c.fact = id AND c.batch > '' AND c:{self.base}"
            f" {packed('id', 'c.said', 'c.batch')}"
        )

    def create_claims(self, kind: str) -> str:
        """Rows have `fact` and `said`, those of edges also `type`; all are of batch `$batch`."""
        b = self.base
        return f"{_KEPT}UNWIND $rows AS row CREATE (c:{b}:{b}{kind}) SET c = row SET c.batch = $batch"

    @property
    def update_claims(self) -> str:
        """Rows are [element, said]."""
        return f"{_KEPT}UNWIND $rows AS row MATCH (c:{self.base}) WHERE elementId(c) = row[0] SET c.said = row[1]"

    @property
    def create_nodes(self) -> str:
        """Rows are [labels, properties]."""
        return f"{_KEPT}UNWIND $rows AS row CREATE (n:{self.base}) SET n = row[1] SET n:$(row[0])"

    @property
    def update_nodes(self) -> str:
        """Rows are [labels, properties]; labels of the ontology that a node no longer has are taken away."""
        ours = ":".join(registry.class_names())
        return f"{_KEPT}UNWIND $rows AS row {self._node_at('row[1].id')} SET n = row[1] REMOVE n:{ours} SET n:$(row[0])"

    @property
    def delete_nodes(self) -> str:
        """Delete nodes of any kind, with the relationships that are left at them, by their `$elements`."""
        return f"{_KEPT}UNWIND $elements AS element MATCH (n:{self.base}) WHERE elementId(n) = element DETACH DELETE n"

    def create_edges(self, type_: str) -> str:
        """Rows are [source, target, properties]."""
        return (
            f"{_KEPT}UNWIND $rows AS row {self._at('s', 'row[0]')} {self._at('t', 'row[1]')}"
            f" CREATE (s)-[r:{type_}]->(t) SET r = row[2]"
        )

    def update_edges(self, type_: str) -> str:
        """Rows are the properties."""
        return f"{_KEPT}UNWIND $rows AS row {self._edge_at(type_, 'row.id')} SET r = row"

    @property
    def delete_edges(self) -> str:
        """Delete edges by their `$elements`."""
        return f"{_KEPT}UNWIND $elements AS element MATCH (:{self.base})-[r]->() WHERE elementId(r) = element DELETE r"

    # Each statement names the index that it needs and seeks in it: plans are made when a store is empty and everything
    # looks alike, and in a transaction that has written, a property that only has to be there makes a scan of them.

    def _at(self, node: str, id_: str) -> str:
        return f"MATCH ({node}:{self.base} {{id: {id_}}}) USING INDEX SEEK {node}:{self.base}(id)"

    def _node_at(self, id_: str) -> str:
        return f"{self._at('n', id_)} WHERE n._label IS NOT NULL"

    def _sources_of(self, batch: str) -> str:
        b = self.base
        return f"MATCH (s:{b}Source {{batch: {batch}}}) USING INDEX SEEK s:{b}Source(batch) WHERE s:{b}"

    def _of_label(self) -> str:
        return f"MATCH (n:{self.base}) USING INDEX SEEK n:{self.base}(_label, id) WHERE n._label = label"

    def _claims_on(self, kind: str) -> str:
        return f"MATCH (c:{self.base}{kind}) USING INDEX SEEK c:{self.base}{kind}(fact, batch)"

    def _claims_in(self, kind: str) -> str:
        return f"MATCH (c:{self.base}{kind}) USING INDEX SEEK c:{self.base}{kind}(batch, fact)"

    def _edge_at(self, type_: str, id_: str) -> str:
        b = self.base
        return f"MATCH (s:{b})-[r:{type_} {{id: {id_}}}]->(t:{b}) USING INDEX SEEK r:{type_}(id)"

    # Reading

    @property
    def headers(self) -> str:
        """-> headers of the batches `$ids`."""
        b = self.base
        return f"{_KEPT}UNWIND $ids AS id {self._at('b', 'id')} WHERE b:{b}Batch {packed(_HEADER)}"

    @property
    def all_headers(self) -> str:
        """-> all headers."""
        b = self.base
        return f"MATCH (b:{b}Batch) WHERE b:{b} {packed(_HEADER)}"

    @property
    def headers_of_kind(self) -> str:
        """-> headers of the batches of `$kind`."""
        b = self.base
        return f"MATCH (b:{b}Batch {{kind: $kind}}) USING INDEX SEEK b:{b}Batch(kind) WHERE b:{b} {packed(_HEADER)}"

    @property
    def nodes(self) -> str:
        """-> the nodes of `$ids`."""
        return f"UNWIND $ids AS id {self._node_at('id')} {packed(self.node)}"

    @property
    def edges(self) -> str:
        """-> the edges of `$ids`."""
        found = " UNION ALL ".join(f"{self._edge_at(type_, 'id')} RETURN r" for type_ in registry.relation_types())
        return f"UNWIND $ids AS id CALL (id) {{ {found} }} {packed(_EDGE)}"

    def list_nodes(self, filters: Collection[str]) -> str:
        """-> nodes of `$labels` behind `$after`; a property of each filter is, or holds, one of `$filter_NAME`."""
        conditions = _fitting(filters)
        return (
            f"UNWIND $labels AS label CALL (label) {{ {self._of_label()} AND n.id > $after{conditions}"
            " RETURN n ORDER BY n._label, n.id LIMIT $limit }"
            f" WITH n ORDER BY n.id LIMIT $limit {packed(self.node)}"
        )

    def values(self, property_: str, filters: Collection[str], *, is_limited: bool) -> str:
        """-> id, the property, and exact values of the nodes of `$labels` that fit; if limited, `$limit` of them."""
        limit = " LIMIT $limit" if is_limited else ""
        return (
            f"UNWIND $labels AS label {self._of_label()} AND n.id > ''{_fitting(filters)}"
            f" WITH n{limit} {packed('n.id', f'n.`{property_}`', 'n._exact')}"
        )

    def distinct(self, property_: str) -> str:
        """-> different values of a property of the nodes of `$labels`, null where it is missing."""
        return (
            f"UNWIND $labels AS label {self._of_label()} AND n.id > ''"
            f" UNWIND CASE WHEN n.`{property_}` IS NULL THEN [null] ELSE n.`{property_}` + [] END AS value"
            f" WITH DISTINCT value {packed('value')}"
        )

    def list_edges(self, types: Sequence[str]) -> str:
        """-> edges of these types behind `$after`."""
        b = self.base
        each = " UNION ALL ".join(
            f"MATCH (s:{b})-[r:{type_}]->(t:{b}) USING INDEX SEEK r:{type_}(id)"
            f" WHERE r.id > $after AND {IS_OURS} RETURN r ORDER BY r.id LIMIT $limit"
            for type_ in types
        )
        return f"CALL () {{ {each} }} WITH r ORDER BY r.id LIMIT $limit {packed(_EDGE)}"

    def expand(self, types: Sequence[str] | None, direction: Direction, *, is_limited: bool) -> str:
        """-> edges at the nodes `$ids`; if limited, at most `$limit_each` at each of them."""
        b = self.base
        left, right = {Direction.OUT: ("", ">"), Direction.IN: ("<", ""), Direction.BOTH: ("", "")}[direction]
        wanted = _OUR_TYPES if types is None else "|".join(types)
        hop = f"MATCH (n){left}-[r:{wanted}]-{right}(o:{b}) WHERE {IS_OURS}"
        if is_limited:
            hop = f"CALL (n) {{ {hop} RETURN r ORDER BY r.id LIMIT $limit_each }}"
        return f"UNWIND $ids AS id {self._node_at('id')} {hop} WITH DISTINCT r {packed(_EDGE)}"

    def steps(self, types: Sequence[str] | None, direction: Direction, *, is_limited: bool) -> str:
        """-> id, type, ends and classes of the ends of the edges that `expand` gives."""
        found = self.expand(types, direction, is_limited=is_limited)
        return found.removesuffix(packed(_EDGE)) + packed(_STEP)

    def claims(self, kind: str) -> str:
        """-> said and header of the claims of fact `$fact` behind batch `$after`."""
        b = self.base
        return (
            f"{self._claims_on(kind)} WHERE c.fact = $fact AND c.batch > $after AND c:{b}"
            f" {self._at('b', 'c.batch')} WITH c, b ORDER BY c.batch LIMIT $limit {packed('c.said', _HEADER)}"
        )

    def claims_of_batch(self, kind: str) -> str:
        """-> fact and said of the claims of batch `$id` on facts behind `$after`."""
        return (
            f"{self._claims_in(kind)} WHERE c.batch = $id AND c.fact > $after AND c:{self.base}"
            f" WITH c ORDER BY c.batch, c.fact LIMIT $limit {packed('c.fact', 'c.said')}"
        )

    def counts(self) -> Iterator[tuple[str, str]]:
        """What is counted (nodes, edges, batches, claims), and the statement that -> name, number."""
        b = self.base
        yield "nodes", f"MATCH (n:{b}) WHERE n._label IS NOT NULL RETURN n._label AS name, count(*) AS number"
        each = " UNION ALL ".join(
            f"MATCH (s:{b})-[r:{type_}]->(t:{b}) USING INDEX r:{type_}(id) WHERE r.id IS NOT NULL AND {IS_OURS}"
            f" RETURN '{type_}' AS name, count(*) AS number"
            for type_ in registry.relation_types()
        )
        yield "edges", each
        yield "batches", f"MATCH (n:{b}Batch) WHERE n:{b} RETURN n.kind AS name, count(*) AS number"
        yield (
            "claims",
            " UNION ALL ".join(
                f"MATCH (n:{b}{kind}) RETURN '{kind}' AS name, count(n) AS number"
                for kind in ("NodeClaim", "EdgeClaim")
            ),
        )

    def search(self, column: str) -> str:
        """-> nodes of `$labels` with all `$words` in their names or their text, in the contract's order.

        `$query` asks the index for candidates; `$rank`, `$length` and `$id` are the place that hits stand behind.
        """
        length = "n._name_length" if column == "names" else "n._text_length"
        behind = f"WHERE rank > $rank OR (rank = $rank AND ({length} > $length OR ({length} = $length AND n.id > $id)))"
        order = f"WITH n, {_RANK[column]} AS rank {behind} WITH n, rank ORDER BY rank, {length}, n.id LIMIT $limit"
        return f"{self._candidates(column)} {order} {packed('rank', length, self.node)}"

    def count_hits(self, column: str) -> str:
        """-> number of the nodes that `search` finds up to the rank `$worst`, up to `$most`."""
        fitting = f"WITH n, {_RANK[column]} AS rank WHERE rank <= $worst"
        return f"{self._candidates(column)} {fitting} WITH n LIMIT $most RETURN count(*) AS number"

    def _candidates(self, column: str) -> str:
        condition = _IN_NAMES if column == "names" else f"{_IN_TEXT} AND NOT {_IN_NAMES}"
        return (
            f"CALL db.index.fulltext.queryNodes('{self._search_index}', $query) YIELD node AS n"
            f" WITH n WHERE n:{self.base} AND n._label IN $labels AND {condition}"
        )
