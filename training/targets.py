"""What the network shall say of each character, as numbers: a label, and within an organization its kind."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from loaders.names.labels import BEGIN, END, FIRST_OF_ORGANIZATION, FIRST_OF_PLACE, INSIDE, ORGANIZATION_KINDS, SINGLE
from training.sentences import Span

IGNORED = -1
"""A character that does not count."""


def labels_of(length: int, spans: Iterable[Span]) -> NDArray[np.int32]:
    """(length,) labels of `loaders.names.labels`: begin, inside, end, single of organizations and of places."""
    labels = np.zeros(length, np.int32)
    for start, end, kind in spans:
        first = FIRST_OF_PLACE if kind == "place" else FIRST_OF_ORGANIZATION
        labels[start:end] = first + INSIDE
        labels[start], labels[end - 1] = first + BEGIN, first + END
        if end - start == 1:
            labels[start] = first + SINGLE
    return labels


def kinds_of(length: int, spans: Iterable[Span]) -> NDArray[np.int32]:
    """(length,) positions in ORGANIZATION_KINDS; IGNORED outside organizations."""
    kinds = np.full(length, IGNORED, np.int32)
    for start, end, kind in spans:
        if kind != "place":
            kinds[start:end] = ORGANIZATION_KINDS.index(kind)
    return kinds
