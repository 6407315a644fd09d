"""Where batches are from: what a write means for the batch itself and for those that held its sources before.

A source is an absolute URI and belongs to one document at a time, and to one curated table. An imported dump has
`file:NAME` for files, without the path of the machine that wrote it. Such a nameless source may stand in several
batches, and the first load of a file of that name takes it over.

A part of a document (from the dump of a scope) takes no source from anybody, adds nothing where the document is there
whole, and gives way when that is loaded.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.facts import BatchHeader, BatchKind
from graph.review.decisions import is_decision
from graph.store import Written

_FILE = "file:"
_WITH_SOURCES = (BatchKind.DOCUMENT, BatchKind.CURATED)
PART = "part"
"""The option of a header that marks a part of a batch; its value is the id of the whole batch."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a write does: the header to keep, and per other batch the sources that are left to it (none: it goes)."""

    written: Written
    header: BatchHeader
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def is_part(header: BatchHeader) -> bool:
    """Whether the batch is only a part of what its document states."""
    return PART in header.options


def without_path(source: str) -> str:
    """The source as exports write it: of a file its name only."""
    return _FILE + source.rsplit("/", 1)[1] if source.startswith("file:/") else source


def wanted_sources(header: BatchHeader) -> set[str]:
    """The sources whose holders `settle` has to know, beside the batches of the same content."""
    return {*header.sources, *map(without_path, header.sources)}


def rival_kind(header: BatchHeader) -> BatchKind:
    """The kind of the batches that a header is settled with: of a table tables, of others documents."""
    return BatchKind.CURATED if header.kind is BatchKind.CURATED else BatchKind.DOCUMENT


def settle(incoming: BatchHeader, stored: BatchHeader | None, others: Sequence[BatchHeader]) -> Settlement:
    """What writing a batch means.

    `stored` is the header of the batch of the same id; `others` are the headers of other batches of its `rival_kind`
    that hold any of `wanted_sources(incoming)` or have its content.
    """
    if stored is None and (_is_known_with_text(incoming, others) or _is_part_of_known(incoming, others)):
        return Settlement(Written.UNCHANGED, incoming)
    left = _left_to_others(incoming, stored, others) if incoming.kind in _WITH_SOURCES else {}
    sources = _united((*incoming.sources, *(stored.sources if stored else ())))
    if stored is None:
        is_newer = not all(left.values())
        return Settlement(Written.REPLACED if is_newer else Written.ADDED, replace(incoming, sources=sources), left)
    if _replaces(incoming, stored):
        return Settlement(Written.REPLACED, replace(incoming, sources=sources), left)
    written = Written.UNCHANGED if sources == stored.sources else Written.NEW_SOURCE
    return Settlement(written, replace(stored, sources=sources), left)


def _replaces(incoming: BatchHeader, stored: BatchHeader) -> bool:
    """Whether the claims of the same batch take the place of those in the store; never without the text it has.

    What a decision claims is for the store to say.
    """
    if is_decision(incoming) or (stored.has_text and not incoming.has_text):
        return False
    return incoming.version != stored.version or incoming.has_text != stored.has_text


def _is_known_with_text(incoming: BatchHeader, others: Iterable[BatchHeader]) -> bool:
    """Whether it is a dump without text of files that are there with their text."""
    if incoming.has_text or not incoming.sources:
        return False
    full = [h for h in others if h.has_text and h.content == incoming.content and not is_part(h)]
    known = {without_path(source) for header in full for source in header.sources if is_absolute(source)}
    return known.issuperset(incoming.sources)


def _is_part_of_known(incoming: BatchHeader, others: Iterable[BatchHeader]) -> bool:
    """Whether it is a part of a document that is there whole."""
    return is_part(incoming) and any(h.content == incoming.content and not is_part(h) for h in others)


def _left_to_others(
    incoming: BatchHeader, stored: BatchHeader | None, others: Sequence[BatchHeader]
) -> dict[str, tuple[str, ...]]:
    if is_part(incoming):
        return {}
    own = stored.sources if stored else ()
    parts = [h for h in others if is_part(h) and h.content == incoming.content]
    left: dict[str, tuple[str, ...]] = {part.id: () for part in parts}
    others = [h for h in others if h.id not in left]
    for source in filter(is_absolute, incoming.sources):
        holders = [h for h in others if source in h.sources]
        taken = source
        if not holders and source not in own and without_path(source) not in own:
            taken = without_path(source)
            nameless = [h for h in others if taken in h.sources and _is_the_same(h, incoming)]
            holders = nameless if len(nameless) == 1 else []
        for holder in holders:
            left[holder.id] = tuple(s for s in left.get(holder.id, holder.sources) if s != taken)
    return left


def _is_the_same(nameless: BatchHeader, incoming: BatchHeader) -> bool:
    """Whether a file may be the one that a dump has by its name alone: by its bytes, or as a version by its title.

    A file that only happens to have that name must not take the place of another document.
    """
    return nameless.content == incoming.content or nameless.title == incoming.title


def is_absolute(source: str) -> bool:
    """Whether it is an absolute URI, not a dump's `file:NAME`."""
    return not source.startswith(_FILE) or "/" in source


def _united(sources: Collection[str]) -> tuple[str, ...]:
    """The sources, sorted; a file without its path gives way to the same with it."""
    covered = {without_path(source) for source in sources if source.startswith("file:/")}
    return tuple(sorted(set(sources) - covered))
