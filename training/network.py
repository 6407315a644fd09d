"""The network in floating point, as it is trained: JAX functions over a dictionary of weights.

Embeddings of characters and of pairs of neighbours, one linear layer, residual dilated convolutions of width three,
and scores of labels and kinds. A convolution is one product over each character and its two neighbours at the
dilation's distance, position outermost, which is how `loaders.names.network` computes it in whole numbers.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from loaders.names.characters import BUCKETS, UNKNOWN
from loaders.names.labels import COLUMNS
from training.batches import PADDING

Weights: TypeAlias = dict[str, Array]
Numbers: TypeAlias = Array | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Size:
    """Widths of the layers."""

    hidden: int = 160
    characters: int = 96
    pairs: int = 32
    dilations: tuple[int, ...] = (1, 2, 4, 8, 1, 1)


class Noise(NamedTuple):
    """What is hidden from the network while it learns: shares of units, characters and pairs."""

    units: float = 0.15
    characters: float = 0.02
    pairs: float = 0.10


def initial(key: Array, size: Size, vocabulary: int) -> Weights:
    """Random weights for a vocabulary of so many characters."""
    keys = iter(jax.random.split(key, len(size.dilations) + 4))
    inputs = size.characters + 2 * size.pairs
    weights = {
        "characters": 0.1 * jax.random.normal(next(keys), (vocabulary, size.characters)),
        "pairs": 0.1 * jax.random.normal(next(keys), (BUCKETS, size.pairs)),
        "input.weight": _uniform(next(keys), inputs, size.hidden),
        "input.bias": jnp.zeros(size.hidden),
        "output.weight": _uniform(next(keys), size.hidden, COLUMNS),
        "output.bias": jnp.zeros(COLUMNS),
    }
    for i in range(len(size.dilations)):
        weights[f"layer{i}.weight"] = _uniform(next(keys), 3 * size.hidden, size.hidden)
        weights[f"layer{i}.bias"] = jnp.zeros(size.hidden)
    return weights


def _uniform(key: Array, inputs: int, outputs: int) -> Array:
    """(inputs, outputs), each within one over the root of the number of inputs."""
    bound = inputs**-0.5
    return jax.random.uniform(key, (inputs, outputs), minval=-bound, maxval=bound)


def scores(weights: Weights, ids: Numbers, pairs: Numbers, *, size: Size) -> Array:
    """(rows, N) ids and pairs -> (rows, N, COLUMNS), nothing hidden."""
    return _forward(weights, ids, pairs, size=size, dropped=0.0, key=None)[0]


def activations(weights: Weights, ids: Numbers, pairs: Numbers, *, size: Size) -> list[Array]:
    """What goes into each convolution, (rows, N, hidden) each; none is below zero."""
    return _forward(weights, ids, pairs, size=size, dropped=0.0, key=None)[1]


def noisy_scores(weights: Weights, ids: Numbers, pairs: Numbers, *, size: Size, noise: Noise, key: Array) -> Array:
    """(rows, N, COLUMNS) of a network from which characters, pairs and units are hidden at random."""
    for_characters, for_pairs, for_units = jax.random.split(key, 3)
    unknown = jax.random.bernoulli(for_characters, noise.characters, ids.shape) & (ids != PADDING)
    ids = jnp.where(unknown, UNKNOWN, ids)
    pairs = jnp.where(jax.random.bernoulli(for_pairs, noise.pairs, pairs.shape), 0, pairs)
    return _forward(weights, ids, pairs, size=size, dropped=noise.units, key=for_units)[0]


def _forward(
    weights: Weights, ids: Numbers, pairs: Numbers, *, size: Size, dropped: float, key: Array | None
) -> tuple[Array, list[Array]]:
    keys = [None] * (len(size.dilations) + 1) if key is None else list(jax.random.split(key, len(size.dilations) + 1))
    right = weights["pairs"][pairs]
    left = jnp.pad(right, ((0, 0), (1, 0), (0, 0)))[:, :-1]
    embedded = jnp.concatenate([weights["characters"][ids], left, right], 2)
    is_text = (ids != PADDING)[..., None]
    x = jax.nn.relu(_without(embedded, dropped, keys[0]) @ weights["input.weight"] + weights["input.bias"]) * is_text
    inputs = []
    for i, (dilation, layer_key) in enumerate(zip(size.dilations, keys[1:], strict=True)):
        inputs.append(x)
        update = jax.nn.relu(_window(x, dilation) @ weights[f"layer{i}.weight"] + weights[f"layer{i}.bias"])
        x = (x + _without(update, dropped, layer_key)) * is_text
    return x @ weights["output.weight"] + weights["output.bias"], inputs


def _window(x: Array, distance: int) -> Array:
    """(rows, N, H) -> (rows, N, 3H): left neighbour, itself, right neighbour at that distance."""
    wide = jnp.pad(x, ((0, 0), (distance, distance), (0, 0)))
    return jnp.concatenate([wide[:, : x.shape[1]], x, wide[:, 2 * distance :]], 2)


def _without(x: Array, share: float, key: Array | None) -> Array:
    """The array with a share of its entries hidden and the rest scaled up."""
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0)
