"""Reading a `jsonl` dump back: checked as a whole first, then written batch by batch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph import ids
from graph.door import faults
from graph.errors import BadBatch, RefusedInput
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Value
from graph.formats.dump import FORMAT, VERSION
from graph.store import Store, Written
from ontology.values import Origin

_FIRST_LINE_BYTES = 1_000


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Evidence(_Record):
    document: str | None = None
    passage: str
    start: int
    end: int
    context: list[tuple[int, int]] = Field(default=[])


class _Claim(_Record):
    id: str
    properties: dict[str, str | int | float | bool | list[str]] = Field(default={})
    evidence: list[_Evidence] = Field(default=[])
    rule: str = ""
    inferred: list[str] = Field(default=[])
    is_own: bool = False
    origin: Origin | None = None


class _Node(_Claim):
    label: str


class _Edge(_Claim):
    type: str
    source: str
    target: str
    discriminator: str = ""


class _Header(_Record):
    id: str
    kind: BatchKind
    title: str
    content: str
    version: str
    sources: list[str]
    options: dict[str, str]
    issued_on: str | None
    has_text: bool
    loaded_at: str = ""


class _Line(_Record):
    """One line; what it is, is told by the one of the five keys that it has."""

    format: str | None = None
    version: int | None = None
    batch: _Header | None = None
    node: _Node | None = None
    edge: _Edge | None = None
    end: str | None = None
    nodes: int | None = None
    edges: int | None = None
    batches: int | None = None


@dataclass(slots=True)
class _Open:
    """The batch that is being read and the line where it began."""

    line: int
    header: BatchHeader
    nodes: list[NodeClaim] = field(default_factory=list)
    edges: list[EdgeClaim] = field(default_factory=list)


def load_dump(store: Store, file: BinaryIO, *, name: str) -> list[tuple[BatchHeader, Written]]:
    """Write all batches of a dump; -> per batch its header in the dump and what the write did.

    `name` is the file's, for messages; the file must be seekable, since it is read twice: nothing is written before
    all of it was found right. Raises RefusedInput or BadBatch, which name the line.
    """
    for _ in iter_dump(file, name=name):
        pass
    file.seek(0)
    return [*store.write_all(batch for _, batch in _batches(file, name))]


def iter_dump(file: BinaryIO, *, name: str) -> Iterator[Batch]:
    """The batches of a dump, each as soon as it is complete and found right."""
    for number, batch in _batches(file, name):
        if found := faults(batch):
            raise BadBatch(f"{name}, line {number}, “{batch.header.title}”", found)
        yield batch


def _batches(file: BinaryIO, name: str) -> Iterator[tuple[int, Batch]]:
    """The batches of a dump with the lines where they begin; what they say is not checked yet."""
    _check_first_line(file, name)
    current: _Open | None = None
    seen: set[str] = set()
    is_ended = False
    number = 1
    for number, text in enumerate(file, 2):
        if is_ended:
            raise RefusedInput(f"{name}, line {number}: goes on after its end; export it again")
        line = _parsed(text, name, number)
        if line.end is None:
            current = _taken(line, current, name=name, number=number)
        elif current is not None:
            yield current.line, _closed(line, current, seen, name=name, number=number)
            current = None
        else:
            _check_last_line(line, len(seen), name=name, number=number)
            is_ended = True
    if not is_ended:
        raise RefusedInput(f"{name}, line {number}: the file ends too early, it was cut short; export it again")


def _check_first_line(file: BinaryIO, name: str) -> None:
    text = file.readline(_FIRST_LINE_BYTES)
    try:
        line = _Line.model_validate_json(text)
    except ValidationError:
        line = _Line()
    if line.format != FORMAT or line.version is None:
        raise RefusedInput(f"{name}: no dump of policygraph; make one with export --format jsonl")
    if line.version > VERSION:
        raise RefusedInput(
            f"{name}: made by a newer policygraph (format {line.version}, not {VERSION}); upgrade policygraph"
        )


def _check_last_line(line: _Line, batches: int, *, name: str, number: int) -> None:
    if line.end != FORMAT or line.batches != batches:
        raise RefusedInput(
            f"{name}, line {number}: batches read: {batches}, said at the end: {line.batches}; export it again"
        )


def _parsed(text: bytes, name: str, number: int) -> _Line:
    try:
        return _Line.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedInput(f"{name}, line {number}: {place + ': ' if place else ''}{first['msg']}") from error


def _taken(line: _Line, current: _Open | None, *, name: str, number: int) -> _Open:
    if line.batch is not None and current is None:
        return _Open(number, _header_of(line.batch))
    if current is not None and line.node is not None:
        current.nodes.append(_node_of(line.node, current.header))
        return current
    if current is not None and line.edge is not None:
        current.edges.append(_edge_of(line.edge, current.header))
        return current
    expected = "a header of a batch" if current is None else "a node, an edge or the end of the batch"
    raise RefusedInput(f"{name}, line {number}: {expected} should stand here; export the dump again")


def _closed(line: _Line, current: _Open, seen: set[str], *, name: str, number: int) -> Batch:
    header = current.header
    if (line.end, line.nodes, line.edges) != (header.id, len(current.nodes), len(current.edges)):
        raise RefusedInput(f"{name}, line {number}: lines of the batch that begins in line {current.line} are missing")
    if header.id in seen:
        raise RefusedInput(f"{name}, line {current.line}: the batch {header.id} is there twice")
    seen.add(header.id)
    return Batch(header, tuple(current.nodes), tuple(current.edges))


def _header_of(record: _Header) -> BatchHeader:
    return BatchHeader(
        id=record.id,
        kind=record.kind,
        title=record.title,
        content=record.content,
        version=record.version,
        sources=tuple(record.sources),
        options=record.options,
        issued_on=record.issued_on,
        loaded_at=record.loaded_at,
        has_text=record.has_text,
    )


def _node_of(record: _Node, header: BatchHeader) -> NodeClaim:
    return NodeClaim(**_shared(record, header), label=record.label)


def _edge_of(record: _Edge, header: BatchHeader) -> EdgeClaim:
    return EdgeClaim(
        **_shared(record, header),
        type=record.type,
        source=record.source,
        target=record.target,
        discriminator=record.discriminator,
    )


class _Shared(TypedDict):
    """What node and edge claims share."""

    id: str
    properties: dict[str, Value]
    evidence: tuple[Evidence, ...]
    rule: str
    inferred: tuple[str, ...]
    is_own: bool
    origin: Origin | None


def _shared(record: _Claim, header: BatchHeader) -> _Shared:
    own = ids.document_id(header.content)
    return _Shared(
        id=record.id,
        properties=record.properties,
        evidence=tuple(_evidence_of(piece, own) for piece in record.evidence),
        rule=record.rule,
        inferred=tuple(record.inferred),
        is_own=record.is_own,
        origin=record.origin,
    )


def _evidence_of(record: _Evidence, own: str) -> Evidence:
    return Evidence(record.document or own, record.start, record.end, record.passage, tuple(record.context))
