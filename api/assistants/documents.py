"""The texts of documents as resources, cut into parts at the ends of passages."""

from collections.abc import Iterator, Sequence

from graph.errors import NotFound
from graph.facts import Node
from graph.store import Direction, Store

SCHEME = "policygraph://documents/"
TEMPLATE = f"{SCHEME}{{document}}"
PART_TEMPLATE = f"{TEMPLATE}/{{part}}"
PART = 8_000
"""A part ends with the passage that reaches this number of characters."""
LISTED = 100
"""Documents that are listed; others are read by their id, as answers give it."""
_PREFIX = "document:"


def document_uri(document: str) -> str:
    """The address of a document's text, by its id."""
    return SCHEME + document.removeprefix(_PREFIX)


def listed_documents(store: Store) -> list[Node]:
    """The first documents of a store, by id."""
    return store.list_nodes("Document", limit=LISTED)


def document_text(store: Store, document: str, part: str = "1") -> str:
    """A part of a document's text, headings and pages marked, with a line at its end on where the text goes on.

    Raises NotFound for a document or part that there is not.
    """
    id_ = f"{_PREFIX}{document.removeprefix(_PREFIX)}"
    node = store.nodes([id_]).get(id_)
    if node is None or node.label != "Document":
        raise NotFound(f"there is no document with the id {id_[:80]}; answers and the list of resources have their ids")
    parts = _parts(_passages(store, id_))
    number = int(part) if part.isdecimal() else 0
    if not 1 <= number <= len(parts):
        raise NotFound(f"{node.name} has no part {part[:20]}; its parts are 1 to {len(parts)}")
    further = f"; the next is {document_uri(id_)}/{number + 1}" if number < len(parts) else ""
    return f"# {node.name}\n\n{_marked(parts[number - 1])}\n\n[part {number} of {len(parts)}{further}]"


def _passages(store: Store, document: str) -> list[Node]:
    edges = store.expand([document], ["PART_OF"], direction=Direction.IN)
    found = store.nodes({edge.source for edge in edges}).values()
    return sorted((node for node in found if node.label == "Passage"), key=_start)


def _start(passage: Node) -> int:
    start = passage.properties.get("start")
    return start if isinstance(start, int) else 0


def _parts(passages: Sequence[Node]) -> list[list[Node]]:
    """The passages of each part; a document without passages has one empty part."""
    parts: list[list[Node]] = [[]]
    length = 0
    for passage in passages:
        if length >= PART:
            parts.append([])
            length = 0
        parts[-1].append(passage)
        length += len(_text(passage))
    return parts


def _marked(passages: Sequence[Node]) -> str:
    return "\n".join(_lines(passages)) or "[the store has no text of this document]"


def _lines(passages: Sequence[Node]) -> Iterator[str]:
    """The passages, with marks where a section or page begins, and where the store has not the words."""
    heading: object = None
    page: object = None
    for passage in passages:
        section = passage.properties.get("section")
        if section != heading and isinstance(section, list):
            yield f"\n## {' › '.join(section)}" if section else ""
        if passage.properties.get("page") not in (None, page):
            page = passage.properties["page"]
            yield f"[p. {page}]"
        heading = section
        yield _text(passage).strip("\n") or "[…]"


def _text(passage: Node) -> str:
    return str(passage.properties.get("text", ""))
