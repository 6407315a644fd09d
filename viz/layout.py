"""Where the nodes of a picture stand, worked out once so that a page opens at rest."""

from collections.abc import Collection, Iterable, Mapping
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float32]

_SEED = 20211
_SPACING = 46
_GRAVITY = 0.06
_NEAREST = 0.05
_FEW = 500


def positions(nodes: Collection[str], edges: Iterable[tuple[str, str]]) -> Mapping[str, tuple[float, float]]:
    """Place of each node in pixels around (0, 0); the same graph gives the same places, whatever its order.

    Method: Fruchterman and Reingold (1991), with repulsion by degree and a pull to the middle, so that leaves spread
    around their hub and parts that hang together with nothing stay near. networkx's own would need scipy from 500
    nodes on.
    """
    ordered = sorted(nodes)
    if not ordered:
        return {}
    index = {node: at for at, node in enumerate(ordered)}
    pairs = sorted({(min(index[a], index[b]), max(index[a], index[b])) for a, b in edges if a != b})
    ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    places = _at_rest(len(ordered), ends)
    places -= places.mean(axis=0)
    spread = float(np.sqrt((places**2).sum(axis=1).mean())) or 1.0
    places *= _SPACING * sqrt(len(ordered)) / spread
    return {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(ordered, places, strict=True)}


def _at_rest(count: int, ends: NDArray[np.intp]) -> Array:
    """Places after all rounds, in units of the wanted length of an edge."""
    random = np.random.default_rng(_SEED)
    places: Array = (random.random((count, 2), dtype=np.float32) - np.float32(0.5)) * np.float32(2 * sqrt(count))
    mass: Array = np.sqrt(np.bincount(ends.ravel(), minlength=count) + 1.0).astype(np.float32)
    masses: Array = np.outer(mass, mass)
    np.fill_diagonal(masses, 0.0)
    rounds = 400 if count <= _FEW else 120
    for step in range(rounds):
        force = _repulsion(places, masses) + _attraction(places, ends) - np.float32(_GRAVITY) * mass[:, None] * places
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        warmth = np.float32(0.35 * sqrt(count) * (1 - step / rounds) ** 2)
        places += force / length * np.minimum(length, warmth)
    return places


def _repulsion(places: Array, masses: Array) -> Array:
    """Of each node by all others, falling with the distance; as products of matrices, at which numpy is fast."""
    squares: Array = (places**2).sum(axis=1)
    weight: Array = places @ (-2 * places.T)
    weight += squares[:, None]
    weight += squares[None, :]
    np.maximum(weight, np.float32(_NEAREST), out=weight)
    np.divide(masses, weight, out=weight)
    force: Array = weight.sum(axis=1)[:, None] * places - weight @ places
    return force


def _attraction(places: Array, ends: NDArray[np.intp]) -> Array:
    """Along the edges, growing with the square of the length."""
    pull = np.zeros_like(places)
    along = places[ends[:, 1]] - places[ends[:, 0]]
    along *= np.linalg.norm(along, axis=1, keepdims=True)
    np.add.at(pull, ends[:, 0], along)
    np.add.at(pull, ends[:, 1], -along)
    return pull
