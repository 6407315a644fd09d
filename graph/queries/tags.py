"""A researcher's own codes on nodes."""

from collections.abc import Collection, Iterable

from graph.facts import Node


def is_tagged(nodes: Iterable[Node], tags: Collection[str]) -> bool:
    """Whether one of the nodes has one of the tags."""
    return any(tag in tags for node in nodes for tag in tags_of(node))


def codes_of(texts: Iterable[str]) -> list[str]:
    """Tags as they are stored: sorted, each once, with single spaces."""
    return sorted({" ".join(text.split()) for text in texts} - {""})


def tags_of(node: Node) -> Collection[str]:
    """The tags of a node."""
    found = node.properties.get("tags")
    return found if isinstance(found, list) else ()
