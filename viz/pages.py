"""Answers of the graph as single pages: a part of the graph, a partnership network."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from graph.facts import Edge, Node
from graph.formats.scope import Scope
from graph.queries.cells import Piece
from graph.queries.evidence import read_pieces
from graph.queries.network_rows import Network, NetworkKind
from graph.store import Store
from viz.network_page import MOST_NODES, PageEdge, PageNode, network_page
from viz.styles import relation_caption

__all__ = ["MOST_NODES", "PageEdge", "PageNode", "graph_page", "network_page", "ties_page"]

_BREAKS = re.compile(r"\s*\n\s*")
_AT_ONCE = 500
_NOT_DRAWN = ("Passage", "Document")
_REMARK = "文件与段落不画出，其原文见各节点 · documents and passages are not drawn; nodes show their quotes"


def graph_page(store: Store, scope: Scope, *, title: str = "政策图谱 Policy graph") -> str:
    """A page of a part of the graph: nodes sized by their edges, each with its first quote.

    Documents and passages are where facts come from and are not drawn; a line on the page says so. So it is with the
    least connected nodes where there are more than a page holds.
    """
    edges = list(_edges(store, scope.edges))
    degrees = Counter(end for edge in edges for end in (edge.source, edge.target))
    found = [node for node in _nodes(store, scope.nodes) if node.label not in _NOT_DRAWN]
    quotes = _quotes(store, sorted(found, key=lambda node: (-degrees[node.id], node.id))[:MOST_NODES])
    nodes = [PageNode(node.id, node.label, node.name, degrees[node.id], quotes.get(node.id, "")) for node in found]
    lines = [PageEdge(edge.source, edge.target, relation_caption(edge.type).both, 1, _said(edge)) for edge in edges]
    return network_page(nodes, lines, title=title, remark=_REMARK)


def ties_page(network: Network, *, title: str = "") -> str:
    """A page of a network: nodes sized by their neighbours, lines by their weight; the title is that of its kind."""
    nodes = [PageNode(node.id, node.label, node.name, node.degree, node.region or "") for node in network.nodes]
    edges = [
        PageEdge(
            tie.source,
            tie.target,
            _weight(network.kind, tie.weight),
            tie.weight,
            "；".join((*tie.platforms, *tie.activities)),
        )
        for tie in network.edges
    ]
    return network_page(nodes, edges, title=title or _TITLES[network.kind], remark=_truncation(network))


_TITLES = {
    NetworkKind.PARTNERSHIP: "合作网络 Partnerships",
    NetworkKind.ISSUERS: "联合发文 Joint issuing",
    NetworkKind.CITATIONS: "政策引用 Citations",
}


def _truncation(network: Network) -> str:
    if not network.truncated:
        return ""
    shown, total = len(network.nodes), network.total_nodes
    return f"共 {total:,} 个，只画出联系最多的 {shown:,} 个 · the {shown:,} best connected of {total:,}"


def _weight(kind: NetworkKind, number: int) -> str:
    if kind is NetworkKind.ISSUERS:
        return f"{number} 件 · {number} {'policy' if number == 1 else 'policies'}"
    return f"{number} 句 · {number} sentence{'' if number == 1 else 's'}"


def _said(edge: Edge) -> str:
    """What the edge says beside its relation."""
    return "，".join(str(edge.properties[name]) for name in ("role", "platform", "activity") if name in edge.properties)


def _quotes(store: Store, nodes: Collection[Node]) -> dict[str, str]:
    """The first quote of each node with its document, where the store holds the text."""
    first = {node.id: node.evidence[0] for node in nodes if node.evidence}
    pieces = read_pieces(store, first.values())
    return {id_: _quoted(pieces[evidence]) for id_, evidence in first.items()}


def _quoted(piece: Piece) -> str:
    sentence = _BREAKS.sub("\n", "".join(segment.text for segment in piece.segments)).strip()
    place = " › ".join((piece.document_title, *piece.section))
    return f"{sentence}\n{place}" if sentence else f"{place}，{piece.start}–{piece.end}"


def _nodes(store: Store, ids: Collection[str]) -> Iterator[Node]:
    for some in _parts(ids):
        yield from store.nodes(some).values()


def _edges(store: Store, ids: Collection[str]) -> Iterator[Edge]:
    for some in _parts(ids):
        yield from store.edges(some).values()


def _parts(ids: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
