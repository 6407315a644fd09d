"""Cypher that answers in one statement what queries would ask a store for step by step; the rules of `cypher` hold."""

from collections.abc import Sequence

from graph.neo4j.cypher import IS_OURS, Cypher, packed

MOST_WAYS = 1_000
SHOWN_WAYS = 60
"""What stands on the first ways, so many, comes along: those of a page, also if some of their edges run in parallel."""
_TO_MEASURES = f"MATCH {{pattern}} WHERE all(r IN steps WHERE {IS_OURS}) RETURN other AS m"


def nodes_and_version(cypher: Cypher) -> str:
    """-> version of the store, and the nodes of `$ids`, as one record."""
    b = cypher.base
    return (
        f"MATCH (m:{b} {{id: 'store'}}) USING INDEX SEEK m:{b}(id) WITH m.version AS version"
        f" CALL () {{ UNWIND $ids AS id MATCH (n:{b} {{id: id}}) USING INDEX SEEK n:{b}(id)"
        f" WHERE n._label IS NOT NULL RETURN collect({cypher.node}) AS nodes }} RETURN version, nodes"
    )


def chain_part(cypher: Cypher) -> str:
    """-> nodes (rows of one column) and edges (rows of four) of chains from `$policies`, `$measures` and `$goals`.

    Each list is collected within a subquery, so that an empty one does not end the statement.
    """
    b = cypher.base

    def at(ids: str) -> str:
        return f"UNWIND ${ids} AS id MATCH (n:{b} {{id: id}}) USING INDEX SEEK n:{b}(id) WHERE n._label IS NOT NULL"

    def over(known: str, pattern: str) -> str:
        return f"UNWIND {known} AS n MATCH {pattern} WHERE {IS_OURS}"

    return "\n".join(
        (
            "CALL () { CALL () {",
            f"{at('measures')} RETURN n AS s UNION {at('goals')} RETURN n AS s",
            f"UNION {at('policies')} MATCH (n)-[r:CONTAINS|SETS]->(s:{b}) WHERE {IS_OURS} RETURN s",
            "} RETURN collect(s) AS starts }",
            "WITH [s IN starts WHERE s:Goal] AS goals, [s IN starts WHERE s:Measure] AS begun",
            "CALL (goals, begun) { CALL (goals, begun) {",
            f"UNWIND begun AS m RETURN m UNION {over('goals', f'(n)<-[r:ADVANCES]-(m:{b})')} RETURN m",
            "} RETURN collect(m) AS measures }",
            "CALL (measures) { CALL (measures) { UNWIND measures AS m RETURN m UNION",
            f"UNWIND measures AS n {_TO_MEASURES.format(pattern=f'(n)-[steps:PART_OF*]->(other:{b}:Measure)')} UNION",
            f"UNWIND measures AS n {_TO_MEASURES.format(pattern=f'(n)<-[steps:PART_OF*]-(other:{b}:Measure)')}",
            "} RETURN collect(m) AS family }",
            f"CALL (family) {{ {over('family', f'(n)-[r:ADVANCES|INVOLVES|PART_OF]->(:{b})')}",
            "RETURN collect(r) AS out }",
            f"CALL (measures) {{ {over('measures', f'(n)-[r:ADVANCES]->(g:{b})')}",
            "RETURN collect(DISTINCT g) AS advanced }",
            "CALL (goals, measures, advanced) {",
            f"{over('goals + measures + advanced', f'(n)<-[r:SETS|CONTAINS]-(p:{b})')}",
            "RETURN collect(DISTINCT r) AS owning, collect(DISTINCT p) AS owners }",
            f"CALL (owners) {{ {over('owners', f'(n)-[r:ISSUED_BY]->(:{b})')} RETURN collect(r) AS issued }}",
            "WITH out + owning + issued AS rs, goals + family AS ns",
            "CALL (rs, ns) {",
            "UNWIND rs AS r RETURN [type(r), startNode(r).id, endNode(r).id, properties(r)] AS row",
            "UNION ALL UNWIND ns + [r IN rs | startNode(r)] + [r IN rs | endNode(r)] AS n",
            f"WITH DISTINCT n RETURN [{cypher.node}] AS row",
            f"}} {packed('row')}",
        )
    )


def shortest_ways(cypher: Cypher, types: Sequence[str], max_hops: int) -> str:
    """-> version of the store, number of the ways from `$one` to `$other`, and rows, as one record.

    Rows are nodes before and after, and the edge between, of each step of the ways, which lead through no node of a
    class or level of `$barred`; and of one column the nodes on the first ways, and the documents and passages of their
    evidence, whose ids are the strings in its JSON. Of more than MOST_WAYS ways there are no rows.
    """
    b = cypher.base
    return "\n".join(
        (
            f"MATCH (s:{b} {{id: 'store'}}) USING INDEX SEEK s:{b}(id) WITH s.version AS version CALL () {{",
            f"MATCH (a:{b} {{id: $one}}) USING INDEX SEEK a:{b}(id) WHERE a._label IS NOT NULL",
            f"MATCH (z:{b} {{id: $other}}) USING INDEX SEEK z:{b}(id) WHERE z._label IS NOT NULL",
            f"MATCH way = allShortestPaths((a)-[:{'|'.join(types)}*..{max_hops}]-(z))",
            f"WHERE all(r IN relationships(way) WHERE {IS_OURS}) AND all(n IN nodes(way) WHERE n:{b} AND",
            "(n.id = $one OR n.id = $other OR",
            "NOT (n._label IN $barred OR (n:Region AND coalesce(n.level, '') IN $barred))))",
            f"WITH way LIMIT {MOST_WAYS + 1} WITH way ORDER BY [n IN nodes(way) | n.id]",
            "RETURN collect(way) AS found } WITH version, size(found) AS number,",
            f"CASE WHEN size(found) > {MOST_WAYS} THEN [] ELSE found END AS ways",
            f"WITH version, number, ways, ways[..{SHOWN_WAYS}] AS few",
            "CALL (ways, few) { CALL (ways, few) { UNWIND ways AS way UNWIND range(0, length(way) - 1) AS at",
            "WITH DISTINCT nodes(way)[at].id AS before, nodes(way)[at + 1].id AS after, relationships(way)[at] AS r",
            "RETURN [before, after, type(r), startNode(r).id, endNode(r).id, properties(r)] AS row",
            f"UNION ALL UNWIND few AS way UNWIND nodes(way) AS n WITH DISTINCT n RETURN [{cypher.node}] AS row",
            "UNION ALL UNWIND few AS way UNWIND relationships(way) AS r",
            "WITH DISTINCT r, split(coalesce(r._evidence, ''), '\"') AS parts",
            "UNWIND range(1, size(parts) - 2, 2) AS at WITH DISTINCT parts[at] AS id",
            f"MATCH (n:{b} {{id: id}}) USING INDEX SEEK n:{b}(id) WHERE n._label IS NOT NULL",
            f"RETURN [{cypher.node}] AS row }} RETURN collect(row) AS rows }}",
            "RETURN version, number, rows",
        )
    )
