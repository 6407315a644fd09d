"""Full-text search, with the found words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph.asked import known_labels
from graph.errors import RefusedInput
from graph.facts import Node, Properties
from graph.ids import digest
from graph.normal import fold
from graph.queries.cells import Segment, presentable
from graph.queries.facets import Facet, FacetCount, Values, count_facets, values_of
from graph.queries.find import find_node
from graph.queries.pages import NOT_OURS, Key, Page, check_limit, decode_cursor, encode_cursor, numbers
from graph.queries.parts import with_parts
from graph.queries.quotes import Stretch, merged, segments
from graph.queries.search_terms import Terms, terms_of
from graph.store import Hit, Rank, SearchPlace, Store

COUNTED = 1000
"""Hits are counted up to here; a store has to look at each of them to do so."""
LOOKED_AT = 5_000
FACETED = 200
LONGEST = 200
NO_FILTERS: Values = MappingProxyType({})
_AT_ONCE = 500
_NO_TEXT = 1 << 31
"""No text is as long as this."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage(Page[Found]):
    """A page of what was found; `facets`, where they are asked for, count the first 200 of it.

    `truncated` if hits behind the first 5,000 were not looked at, so that there may be more.
    """

    facets: tuple[FacetCount, ...] = ()
    truncated: bool = False


def search(
    store: Store,
    text: str,
    *,
    labels: Sequence[str] = (),
    filters: Values = NO_FILTERS,
    limit: int = 20,
    cursor: str | None = None,
    has_facets: bool = False,
) -> FoundPage:
    """A page of what has all words of the text, as substrings: exact name, name prefix, name, passage; then length.

    "two words" in straight quotes must stand together, 云州* must begin a name. `filters` leave what has one of the
    values in each facet (regions by id or text, places below included). The total is exact up to 1,000; with quotes,
    with filters, or with words beside a beginning, the first 5,000 hits are looked at. Raises RefusedInput for a text
    without letters or figures, or of more than 200 characters, UnknownParameter for a class that there is not,
    AmbiguousName or NotFound for a region. A cursor goes on behind the last hit of the page before, whatever was
    written since: none comes twice and none is lost that was there throughout, unless the write gives it another name.
    """
    terms = _terms(text)
    known_labels(labels)
    check_limit(limit)
    question = digest("search", text, *labels, repr(sorted(filters.items())))
    after, total = _place_of(decode_cursor(cursor, question)) if cursor is not None else (None, 0)
    classes = list(labels) or None
    if terms.are_plain and not filters:
        first = _hits(store, terms, classes, limit=FACETED) if has_facets else []
        is_there = after is None and limit < len(first)
        hits = first if is_there else _hits(store, terms, classes, after=after, limit=limit + 1)
        total, is_whole = total or store.count_hits(terms.asked, classes, most=COUNTED + 1, worst=terms.worst), True
    else:
        first, is_whole = _looked_through(store, terms, classes, _with_places_below(store, filters))
        hits, total = [hit for hit in first if after is None or hit.place > after], len(first)
    return FoundPage(
        items=tuple(_found(hit, terms.words) for hit in hits[:limit]),
        next=encode_cursor((*map(str, hits[limit - 1].place), str(total)), question) if len(hits) > limit else None,
        total=min(total, COUNTED),
        exact=is_whole and total <= COUNTED,
        facets=_facets(store, first) if has_facets else (),
        truncated=not is_whole,
    )


def _hits(
    store: Store, terms: Terms, labels: Sequence[str] | None, *, after: SearchPlace | None = None, limit: int
) -> list[Hit]:
    """What the store finds, as far as it fits."""
    hits = store.search(terms.asked, labels, after=after, limit=limit)
    return [hit for hit in hits if hit.place.rank <= terms.worst]


def _looked_through(
    store: Store, terms: Terms, labels: Sequence[str] | None, filters: Values
) -> tuple[list[Hit], bool]:
    """The hits that fit beyond what a store can be asked for, and whether all were looked at."""
    found: list[Hit] = []
    after: SearchPlace | None = None
    for _ in range(0, LOOKED_AT, _AT_ONCE):
        hits = store.search(terms.asked, labels, after=after, limit=_AT_ONCE)
        fitting = [hit for hit in hits if terms.fit(hit.node, hit.matched)]
        values = values_of(store, [hit.node for hit in fitting]) if filters else {}
        found += [hit for hit in fitting if _is_wanted(values.get(hit.node.id, {}), filters)]
        if len(hits) < _AT_ONCE or hits[-1].place.rank > terms.worst:
            return found, True
        after = hits[-1].place
    return found, False


def _place_of(key: Key) -> tuple[SearchPlace, int]:
    """The place of the last hit that a cursor holds, and the total; raises RefusedInput if it holds no such thing."""
    rank, length, total = numbers((*key[:2], *key[3:]), 3)
    if rank not in Rank.__members__.values() or length >= _NO_TEXT:
        raise RefusedInput(NOT_OURS)
    return SearchPlace(Rank(rank), length, key[2]), total


def _with_places_below(store: Store, filters: Values) -> Values:
    """The filters with ids for the texts of regions, and the places below them."""
    if not filters.get(Facet.REGION):
        return filters
    named = {find_node(store, text, labels=("Region",)).id for text in filters[Facet.REGION]}
    return {**filters, Facet.REGION: tuple(with_parts(store, named))}


def _is_wanted(values: Values, filters: Values) -> bool:
    return all(any(value in wanted for value in values.get(facet, ())) for facet, wanted in filters.items())


def _facets(store: Store, hits: Sequence[Hit]) -> tuple[FacetCount, ...]:
    return count_facets(store, values_of(store, [hit.node for hit in hits[:FACETED]]).values())


def _terms(text: str) -> Terms:
    if len(text) > LONGEST:
        raise RefusedInput(f"the text to search for has {len(text)} characters; give at most {LONGEST}")
    terms = terms_of(text)
    if not any(character.isalnum() for word in terms.words for character in word):
        raise RefusedInput("nothing to search for: give at least one letter, figure or Chinese character")
    return terms


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
