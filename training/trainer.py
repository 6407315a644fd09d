"""Training: AdamW with a warm-up and a cosine, and the moving average of the weights, which is what is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from loaders.names.labels import LABELS
from training.batches import Batch
from training.network import Noise, Numbers, Size, Weights, noisy_scores
from training.targets import IGNORED


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the network learns; `steps` is the number of batches."""

    steps: int
    rate: float = 2e-3
    warm_up: int = 100
    floor: float = 0.03  # share of the rate that is left at the end
    decay: float = 1e-3
    clip: float = 1.0
    average: float = 0.998
    kinds: float = 0.3  # weight of the loss of kinds


class State(NamedTuple):
    """What changes from step to step."""

    weights: Weights
    average: Weights
    optimiser: optax.OptState
    key: Array
    done: Array


def loss_of(scores: Array, batch: Batch, *, weight_of_kinds: float) -> Array:
    """Mean cross entropy of the labels over the text, and of the kinds over the organizations in it."""
    labels = _mean_entropy(scores[..., :LABELS], batch.labels)
    return labels + weight_of_kinds * _mean_entropy(scores[..., LABELS:], batch.kinds)


def _mean_entropy(scores: Array, wanted: Numbers) -> Array:
    counts = wanted != IGNORED
    entropy = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.where(counts, wanted, 0))
    return jnp.sum(entropy * counts) / jnp.maximum(jnp.sum(counts), 1)


def _optimiser(schedule: Schedule) -> optax.GradientTransformation:
    warm_up = max(1, min(schedule.warm_up, schedule.steps // 5))
    rate = optax.warmup_cosine_decay_schedule(
        init_value=schedule.rate / warm_up,
        peak_value=schedule.rate,
        warmup_steps=warm_up,
        decay_steps=max(schedule.steps, warm_up + 1),
        end_value=schedule.floor * schedule.rate,
    )
    return optax.chain(
        optax.clip_by_global_norm(schedule.clip), optax.adamw(rate, b2=0.99, weight_decay=schedule.decay)
    )


def keys(seed: int) -> tuple[Array, Array]:
    """Keys for what is hidden while learning, and for the first weights."""
    # The generator of XLA's own is several times faster on a CPU than the default one.
    for_noise, for_weights = jax.random.split(jax.random.key(seed, impl="rbg"))
    return for_noise, for_weights


def started(weights: Weights, key: Array, *, schedule: Schedule) -> State:
    """The state before the first step; it takes copies of the weights."""
    own, average = jax.tree.map(jnp.copy, weights), jax.tree.map(jnp.copy, weights)
    return State(own, average, _optimiser(schedule).init(own), jnp.copy(key), jnp.zeros((), jnp.int32))


@partial(jax.jit, static_argnames=("size", "noise", "schedule"), donate_argnums=0)
def step(state: State, batch: Batch, *, size: Size, noise: Noise, schedule: Schedule) -> tuple[State, Array]:
    """The state after one batch, and the loss of the batch."""
    key, for_noise = jax.random.split(state.key)

    def loss(weights: Weights) -> Array:
        scores = noisy_scores(weights, batch.ids, batch.pairs, size=size, noise=noise, key=for_noise)
        return loss_of(scores, batch, weight_of_kinds=schedule.kinds)

    value, gradients = jax.value_and_grad(loss)(state.weights)
    updates, optimiser = _optimiser(schedule).update(gradients, state.optimiser, state.weights)
    weights = optax.apply_updates(state.weights, updates)
    done = state.done + 1
    keep = jnp.minimum(schedule.average, (1 + done) / (10 + done))
    average = jax.tree.map(lambda old, new: keep * old + (1 - keep) * new, state.average, weights)
    return State(weights, average, optimiser, key, done), value


def steps(
    state: State, batches: Iterable[Batch], *, size: Size, noise: Noise, schedule: Schedule
) -> Iterator[tuple[State, float]]:
    """After each batch the state and the loss."""
    for batch in batches:
        state, loss = step(state, batch, size=size, noise=noise, schedule=schedule)
        yield state, float(loss)
