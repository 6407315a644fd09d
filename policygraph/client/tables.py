"""Results as tables that have none of their own: columns, and rows of plain values."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from api.forms.chain_groups import GROUP_COLUMNS, group_row
from api.forms.counts import COUNT_COLUMNS, count_row
from api.tables import CITED_COLUMNS, EVIDENCE_COLUMNS, HIT_COLUMNS, cited_row, evidence_row, hit_row
from graph.queries.chain_groups import ChainGroup
from graph.queries.citations import CitedPiece
from graph.queries.counts import Count
from graph.queries.node import NodeDetail
from graph.queries.pages import Page
from graph.queries.search import FoundPage
from graph.queries.stats import Stats
from policygraph.client.answers import Tabled
from policygraph.client.parts import Part, PartEdge

STAT_COLUMNS = ("of", "kind", "number")
EDGE_COLUMNS = ("source", "type", "target", "role", "evidence", "source_id", "target_id", "edge_id")
StatRow: TypeAlias = tuple[str, str, int]


def stat_rows(counted: Stats) -> list[StatRow]:
    """How many there are of each class of nodes, type of edges and kind of batches, by `STAT_COLUMNS`."""
    sections = (("node", counted.nodes), ("edge", counted.edges), ("batch", counted.batches))
    return [(section, name, number) for section, counts in sections for name, number in counts.items()]


def stats_table(counted: Stats) -> Tabled:
    """The counts of a store."""
    return STAT_COLUMNS, stat_rows(counted)


def counts_table(page: Page[Count]) -> Tabled:
    """Counts by value."""
    return COUNT_COLUMNS, map(count_row, page.items)


def groups_table(page: Page[ChainGroup]) -> Tabled:
    """Chains counted by policy, place or actor."""
    return GROUP_COLUMNS, map(group_row, page.items)


def search_table(page: FoundPage) -> Tabled:
    """What a search found."""
    return HIT_COLUMNS, map(hit_row, page.items)


def evidence_table(page: Page[CitedPiece]) -> Tabled:
    """Pieces of evidence with their citations."""
    return CITED_COLUMNS, map(cited_row, page.items)


def node_table(node: NodeDetail) -> Tabled:
    """The first pieces of a node's evidence."""
    return EVIDENCE_COLUMNS, map(evidence_row, node.evidence)


def part_table(part: Part) -> Tabled:
    """The edges of a part with the names of their ends, and how many pieces of evidence each has."""
    return EDGE_COLUMNS, _edge_rows(part)


def _edge_rows(part: Part) -> Iterator[Sequence[str | int | None]]:
    names = {node.id: node.name for node in part.nodes}

    def role(edge: PartEdge) -> str | None:
        return str(edge.properties["role"]) if "role" in edge.properties else None

    for edge in part.edges:
        ends = names[edge.source], edge.type, names[edge.target]
        yield (*ends, role(edge), len(edge.evidence), edge.source, edge.target, edge.id)
