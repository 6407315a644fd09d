"""How well names are found: precision, recall and F1 of exact spans, by kind, and where two readers agree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import jax
import jax.numpy as jnp
import numpy as np

from loaders.names.characters import Integers, encode
from loaders.names.labels import KINDS, Found, Scores, decode, weighed
from training.network import Size, scores
from training.quantiser import Floats
from training.sentences import Sentence

Reader: TypeAlias = Callable[[str], list[Found]]
"""What finds names in a text."""
ANY_ORGANIZATION = "organization"
"""The row in which the kind of an organization does not count."""


@dataclass(slots=True)
class Counts:
    """Names that are right, that are in the sentences, and that were found."""

    right: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of the found ones that are right; 1 if none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of those in the sentences that were found; 1 if there are none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def counts(sentences: Iterable[Sentence], reader: Reader) -> dict[str, Counts]:
    """By kind of name, and for organizations of any kind, how many a reader finds with exact ends."""
    table = {kind: Counts() for kind in (*KINDS, ANY_ORGANIZATION)}
    for sentence in sentences:
        found = set(reader(sentence.text))
        gold = {(start, end, kind) for start, end, kind in sentence.spans}
        for kind in KINDS:
            _add(table[kind], {one for one in gold if one[2] == kind}, {one for one in found if one[2] == kind})
        _add(table[ANY_ORGANIZATION], _ends(gold), _ends(found))
    return table


def _add(counted: Counts, gold: set[Found] | set[tuple[int, int]], found: set[Found] | set[tuple[int, int]]) -> None:
    counted.right += len(gold & found)
    counted.gold += len(gold)
    counted.found += len(found)


def _ends(names: Iterable[Found]) -> set[tuple[int, int]]:
    return {(start, end) for start, end, kind in names if kind != "place"}


def agreement(texts: Iterable[str], one: Reader, other: Reader) -> float:
    """F1 of the names of one reader against those of the other, kinds included."""
    both = Counts()
    for text in texts:
        _add(both, set(one(text)), set(other(text)))
    return both.f1


def float_reader(weights: Mapping[str, Floats], table: Integers, *, size: Size, against: Sequence[float]) -> Reader:
    """The network in floating point as a reader; it pads texts to a few lengths, for each of which it is compiled."""
    on_device = {name: jnp.asarray(value) for name, value in weights.items()}
    compiled = jax.jit(lambda ids, pairs: scores(on_device, ids, pairs, size=size))

    def read(text: str) -> list[Found]:
        ids, pairs = encode(text, table)
        length = _STEP * -(-max(len(ids), 1) // _STEP)
        rows = (np.pad(array, (0, length - len(array)))[None] for array in (ids, pairs))
        found: Scores = np.asarray(compiled(*rows))[0, : len(ids)]
        return decode(weighed(found, np.array(against, np.float32)))

    return read


_STEP = 128


def table_of(rows: dict[str, Counts]) -> str:
    """Lines with precision, recall, F1 and the number of names."""
    lines = [f"{'':14}{'P':>7}{'R':>7}{'F':>7}{'names':>8}"]
    for kind, row in rows.items():
        if row.gold or row.found:
            lines.append(f"{kind:14}{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}{row.gold:8}")
    return "\n".join(lines)
