"""Where the nodes of a picture stand, worked out once so that a page opens at rest."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from viz.packing import packed

Array: TypeAlias = NDArray[np.float32]

_SEED = 20211
_GRAVITY = 0.12
_NEAREST = 0.05
_FEW = 500
_ROOM = 4.5
"""Distance of a node from its nearest neighbour, usually, in radii of a small node."""
_GAP = 4.0
_PUSHES = 30


def positions(radii: Mapping[str, float], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Place of each node around (0, 0), in the unit of the radii; the same graph gives the same places.

    Method: for each part that hangs together Fruchterman and Reingold (1991) with repulsion by degree, so that leaves
    spread around their hub; circles pushed off each other; then the parts packed, the largest in the middle.
    networkx's own layout would need scipy from 500 nodes on.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(radii))
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in edges if a != b}))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    placed = [_placed(graph, part, radii) for part in parts]
    middles = packed([_outline(graph, part, places, radii) for part, places in zip(parts, placed, strict=True)])
    return {
        node: (round(float(x + middle[0]), 1), round(float(y + middle[1]), 1))
        for part, places, middle in zip(parts, placed, middles, strict=True)
        for node, (x, y) in zip(part, places, strict=True)
    }


def _placed(graph: "nx.Graph[str]", part: Sequence[str], radii: Mapping[str, float]) -> Array:
    """Places of nodes that hang together, around their middle."""
    if len(part) == 1:
        return np.zeros((1, 2), dtype=np.float32)
    index = {node: at for at, node in enumerate(part)}
    pairs = sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.subgraph(part).edges)
    sizes: Array = np.array([radii[node] for node in part], dtype=np.float32)
    places = _at_rest(len(part), np.array(pairs, dtype=np.intp))
    places *= np.float32(_ROOM) * sizes.min() / max(_usual_distance(places), np.float32(1e-6))
    _push_apart(places, sizes)
    places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return places


def _outline(graph: "nx.Graph[str]", part: Sequence[str], places: Array, radii: Mapping[str, float]) -> Array:
    """Circles (x, y, radius) that cover a part: its nodes, and points along its edges, a small radius apart."""
    at = {node: places[index] for index, node in enumerate(part)}
    small = min(radii[node] for node in part)
    circles = [np.array([[*at[node], radii[node]] for node in part], dtype=np.float32)]
    for a, b in graph.subgraph(part).edges:
        along = at[b] - at[a]
        steps = np.linspace(0, 1, 2 + int(np.hypot(*along) / (2 * small)), dtype=np.float32)[:, None]
        circles.append(np.hstack([at[a] + steps * along, np.full_like(steps, small)]))
    return np.concatenate(circles)


def _usual_distance(places: Array) -> np.float32:
    """The median distance of a node from its nearest neighbour."""
    squares = _squares(places)
    np.fill_diagonal(squares, np.inf)
    return np.float32(np.median(np.sqrt(np.maximum(squares.min(axis=1), 0.0))))


def _push_apart(places: Array, sizes: Array) -> None:
    """Move circles that overlap, both by half of what they share, until none do or it has gone on long enough."""
    reach: Array = sizes[:, None] + sizes[None, :] + np.float32(_GAP)
    touching: Array = np.tril(np.full_like(reach, -np.inf)) + np.triu(reach**2, k=1)  # each pair once
    for _ in range(_PUSHES):
        first, second = np.nonzero(_squares(places) < touching)
        if not len(first):
            return
        along = places[second] - places[first]
        length = np.maximum(np.linalg.norm(along, axis=1, keepdims=True), np.float32(0.01))
        step = along / length * (reach[first, second][:, None] - length) / 2
        np.add.at(places, first, -step)
        np.add.at(places, second, step)


def _squares(places: Array) -> Array:
    """Squares of all distances."""
    squares: Array = (places**2).sum(axis=1)
    distances: Array = places @ (-2 * places.T)
    distances += squares[:, None]
    distances += squares[None, :]
    return distances


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
    weight = _squares(places)
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
