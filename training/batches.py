"""Sentences as arrays: one after the other in rows of equal length, rows in batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from loaders.names.characters import Integers, encode, normal_codes
from training.sentences import Sentence
from training.targets import IGNORED, kinds_of, labels_of

ROW, BATCH = 256, 32
"""Characters in a row, rows in a batch."""
PADDING = 0
_RESERVED = "\0\1"  # padding and unknown
_SEEN = 2  # a character seen once is as good as unknown


class Batch(NamedTuple):
    """Arrays of (rows, ROW): ids of characters, buckets of pairs, and what shall be said of each."""

    ids: NDArray[np.int32]
    pairs: NDArray[np.int32]
    labels: NDArray[np.int32]
    kinds: NDArray[np.int32]


_FILLERS = Batch(*(np.array(filler, np.int32) for filler in (PADDING, 0, IGNORED, IGNORED)))


def vocabulary_of(sentences: Iterable[Sentence]) -> str:
    """Two reserved characters, then the normal forms of those that are seen twice or more, in order."""
    counts = Counter[int]()
    for sentence in sentences:
        counts.update(normal_codes(sentence.text).tolist())
    return _RESERVED + "".join(sorted(chr(code) for code, seen in counts.items() if seen >= _SEEN))


def batches(sentences: Sequence[Sentence], table: Integers, *, rows: int = BATCH) -> Iterator[Batch]:
    """All sentences in order in batches of `rows` rows; the last batch is filled up with padding."""
    waiting: list[Batch] = []
    for row in _rows(sentences, table):
        waiting.append(row)
        if len(waiting) == rows:
            yield _stacked(waiting, rows)
            waiting = []
    if waiting:
        yield _stacked(waiting, rows)


def _rows(sentences: Sequence[Sentence], table: Integers) -> Iterator[Batch]:
    """Rows of up to ROW characters; a longer sentence is cut."""
    pieces: list[Batch] = []
    used = 0
    for sentence in sentences:
        whole = _encoded(sentence, table)
        for low in range(0, len(sentence.text), ROW):
            piece = Batch(*(array[low : low + ROW] for array in whole))
            if used + len(piece.ids) > ROW:
                yield _joined(pieces)
                pieces, used = [], 0
            pieces.append(piece)
            used += len(piece.ids)
    if pieces:
        yield _joined(pieces)


def _encoded(sentence: Sentence, table: Integers) -> Batch:
    ids, pairs = encode(sentence.text, table)
    length = len(sentence.text)
    labels, kinds = labels_of(length, sentence.spans), kinds_of(length, sentence.spans)
    return Batch(ids.astype(np.int32), pairs.astype(np.int32), labels, kinds)


def _joined(pieces: list[Batch]) -> Batch:
    return Batch(*(np.concatenate(arrays) for arrays in zip(*pieces, strict=True)))


def _stacked(rows: list[Batch], height: int) -> Batch:
    stacked = Batch(*(np.full((height, ROW), filler, np.int32) for filler in _FILLERS))
    for position, row in enumerate(rows):
        for target, source in zip(stacked, row, strict=True):
            target[position, : len(source)] = source
    return stacked
