"""Whether all that one store holds is in another: by headers of batches, numbers of facts, and digests.

What is compared is what exports write: the claims of every batch and, where the other store has the same batches and
no more, the nodes and edges that they fold to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TypeAlias

from graph.errors import StoreBusy
from graph.facts import BatchHeader, NodeClaim
from graph.formats.batches import portable_claim
from graph.formats.dump import claim_record
from graph.formats.node_link import edge_record, node_record
from graph.formats.parts import Json, Selection, iter_edges, iter_nodes, to_json
from graph.sources import without_path
from graph.store import Store

OnProgress: TypeAlias = Callable[[int, int], None]
"""Is told how many of how many are done."""
_Records: TypeAlias = Iterator[tuple[str, dict[str, Json]]]
_STEP = 500
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared: claims by class and relation, nodes by class, edges by relation, as the first store has them.

    Where the second store has more (`is_whole` is false; `others` counts batches that only it has), its nodes and edges
    may rightly differ: they were not compared, and none are counted. `differences` has a phrase for each, what is
    missing first.
    """

    claims: Mapping[str, int]
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    is_whole: bool
    others: int
    differences: tuple[str, ...]


def compare(source: Store, target: Store, *, on_record: OnProgress = lambda done, total: None) -> Comparison:
    """Whether all of the source is in the target; memory does not grow with them.

    Raises StoreBusy if one of them was changed meanwhile.
    """
    versions = source.version, target.version
    headers, theirs = source.batches(), target.batches()
    missing = missing_batches(headers, theirs)
    is_whole = not missing and _without_times(headers) == _without_times(theirs)
    is_exact = headers == theirs
    counts = source.counts()
    total = counts.claims + (sum(counts.nodes.values()) + sum(counts.edges.values()) if is_whole else 0)
    tally = _Tally(2 * total, on_record)
    differences = [f"“{header.title}” ({header.id}) is not there as it is here" for header in missing]
    claims = tally.compared("claims of", (_claims(store, headers) for store in (source, target)), differences)
    nodes, edges = Counter[str](), Counter[str]()
    if is_whole:
        selections = [Selection(store, with_loaded_at=is_exact) for store in (source, target)]
        nodes = tally.compared("nodes of", map(_nodes, selections), differences)
        edges = tally.compared("edges of", map(_edges, selections), differences)
    if (source.version, target.version) != versions:
        raise StoreBusy(f"{source.url} or {target.url}: changed while they were compared; copy again")
    known = {header.id for header in headers}
    others = sum(header.id not in known for header in theirs)
    return Comparison(claims, nodes, edges, is_whole, others, tuple(differences))


def missing_batches(headers: Iterable[BatchHeader], theirs: Iterable[BatchHeader]) -> list[BatchHeader]:
    """The batches that are not among theirs, at least as they are: with these sources, and with text where it is."""
    stored = {header.id: header for header in theirs}
    return [header for header in headers if not _is_there(header, stored.get(header.id))]


@dataclass(slots=True)
class _Digests:
    """Per class or relation how many records there are, and a digest that does not hang on their order."""

    numbers: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, record: Mapping[str, Json]) -> None:
        """Take a record into account."""
        digest = blake2b(to_json(record).encode(), digest_size=_DIGEST_BYTES).digest()
        self.numbers[name] += 1
        # A sum and no exclusive or, in which a record that is there twice would not be seen.
        self.sums[name] += int.from_bytes(digest, "big")

    def differences(self, other: "_Digests", what: str) -> Iterator[str]:
        """A phrase for every class and relation in which the other's records are not the same."""
        for name in sorted(self.numbers.keys() | other.numbers.keys()):
            here, there = self.numbers[name], other.numbers[name]
            if here != there:
                yield f"{what} {name}: {here:,} here, {there:,} there"
            elif self.sums[name] != other.sums[name]:
                yield f"{what} {name}: {here:,} in both, but not the same"


@dataclass(slots=True)
class _Tally:
    """How many records were read so far, told every few hundred."""

    total: int
    on_record: OnProgress
    done: int = 0

    def compared(self, what: str, both: Iterable[_Records], differences: list[str]) -> Counter[str]:
        """Numbers of the first records by class and relation; in what the second differ is added to the differences."""
        first, second = map(self._digests, both)
        differences += first.differences(second, what)
        return first.numbers

    def _digests(self, records: _Records) -> _Digests:
        digests = _Digests()
        for name, record in records:
            digests.add(name, record)
            self.done += 1
            if self.done % _STEP == 0 or self.done == self.total:
                self.on_record(self.done, self.total)
        return digests


def _is_there(header: BatchHeader, stored: BatchHeader | None) -> bool:
    if stored is None or (header.has_text and not stored.has_text):
        return False
    known = {*stored.sources, *map(without_path, stored.sources)}
    kept = replace(stored, sources=header.sources, loaded_at=header.loaded_at, has_text=header.has_text)
    return known.issuperset(header.sources) and kept == header


def _without_times(headers: Sequence[BatchHeader]) -> list[BatchHeader]:
    return [replace(header, loaded_at="") for header in headers]


def _claims(store: Store, headers: Iterable[BatchHeader]) -> _Records:
    """The claims of these batches, without the words of documents where the header says that it has none."""
    for header in headers:
        selection = Selection(store, without_text=not header.has_text, with_loaded_at=True)
        for claim in store.iter_batch(header.id):
            name = claim.label if isinstance(claim, NodeClaim) else claim.type
            _, record = claim_record(header, portable_claim(selection, claim))
            yield name, {**record, "batch": header.id}


def _nodes(selection: Selection) -> _Records:
    return ((node.label, node_record(node)) for node in iter_nodes(selection))


def _edges(selection: Selection) -> _Records:
    return ((edge.type, edge_record(edge)) for edge in iter_edges(selection))
