"""Full-text search, with the found words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput, UnknownParameter
from graph.facts import Node, Properties
from graph.ids import digest
from graph.normal import fold
from graph.queries.cells import Segment, presentable
from graph.queries.pages import Page, decode_cursor, encode_cursor
from graph.queries.quotes import Stretch, merged, segments
from graph.store import Hit, Store
from ontology import registry

COUNTED = 1000
"""Hits are counted up to here; a store has to look at each of them to do so."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A node that fits: in its name or an alias (`matched` is name) or in its text (text), with the words marked.

    The properties are the node's, without the text of a passage, which the segments show in part.
    """

    id: str
    label: str
    name: str
    matched: str
    segments: tuple[Segment, ...]
    properties: Properties


def search(
    store: Store, text: str, *, labels: Sequence[str] = (), limit: int = 20, cursor: str | None = None
) -> Page[Found]:
    """A page of what has all words of the text, as substrings: exact name, name prefix, name, passage; then length.

    The total is exact up to 1,000. Raises RefusedInput for a text without letters or figures, or of more than 200
    characters, and for a class that there is not.
    """
    words = _words(text)
    for label in labels:
        if label not in registry.class_names():
            raise UnknownParameter(f"no class {label}; the classes are {', '.join(registry.class_names())}")
    if limit < 1:
        raise RefusedInput(f"limit {limit}: a page has at least one row; give a limit of 1 or more")
    question = digest("search", text, *labels)
    offset, total = (int(part) for part in decode_cursor(cursor, question)) if cursor else (0, 0)
    hits = store.search(text, list(labels) or None, offset=offset, limit=limit + 1 if cursor else COUNTED + limit)
    total = total or len(hits)
    more = len(hits) > limit
    return Page(
        items=tuple(_found(hit, words) for hit in hits[:limit]),
        next=encode_cursor((str(offset + limit), str(total)), question) if more else None,
        total=min(total, COUNTED),
        exact=total <= COUNTED,
    )


def _words(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise RefusedInput(f"the text to search for has {len(text)} characters; give at most {LONGEST}")
    words = [fold(word) for word in text.split()]
    if not any(character.isalnum() for word in words for character in word):
        raise RefusedInput("nothing to search for: give at least one letter, figure or Chinese character")
    return words


def _found(hit: Hit, words: Sequence[str]) -> Found:
    node = hit.node
    properties = {name: value for name, value in presentable(node).items() if name != "text"}
    shown = _marked_name(node, words) if hit.matched == "name" else _marked_text(node, words)
    return Found(node.id, node.label, node.name, hit.matched, shown, properties)


def _marked_name(node: Node, words: Sequence[str]) -> tuple[Segment, ...]:
    """The name with the words marked; the alias that has them all where the name has not."""
    aliases = node.properties.get("aliases")
    names = [node.name, *(aliases if isinstance(aliases, list) else [])]
    name = next((name for name in names if all(word in fold(name) for word in words)), node.name)
    return _whole(name, places(name, words))


def _marked_text(node: Node, words: Sequence[str]) -> tuple[Segment, ...]:
    """The sentences with the first place of each word."""
    text = str(node.properties.get("text", ""))
    found = [stretches[0] for word in words if (stretches := places(text, [word]))]
    return segments(text, found)


def _whole(text: str, marks: Sequence[Stretch]) -> tuple[Segment, ...]:
    """All of a text, with these stretches of it marked."""
    shown: list[Segment] = []
    at = 0
    for start, end in marks:
        shown += [Segment(text[at:start]), Segment(text[start:end], mark=True)]
        at = end
    shown.append(Segment(text[at:]))
    return tuple(segment for segment in shown if segment.text)


def places(text: str, words: Sequence[str]) -> list[Stretch]:
    """Where folded words stand in a text, in order, overlapping ones as one."""
    folded, positions = _folded(text)
    found: list[Stretch] = []
    for word in words:
        at = folded.find(word)
        while word and at >= 0:
            found.append((positions[at], positions[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return merged(found)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the position in the text."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    parts = [fold(character) for character in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]
