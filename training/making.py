"""From sentences to the file of weights: what `python -m training train` does."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import jax
import numpy as np

from loaders.names.characters import character_table
from training.batches import BATCH, Batch, batches, vocabulary_of
from training.mixture import Mixture
from training.network import Noise, Size, Weights, initial
from training.quantiser import Floats, limits_of, packed
from training.trainer import Schedule, keys, started, steps

AGAINST = (1.5,) * 7
"""What a name of each kind has to exceed, places last."""
_MEASURED = 8  # batches on which the limits of the layers are measured
_SAID_EVERY = 100  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides the weights, beside the sentences."""

    seed: int = 1
    epochs: int = 5
    most_steps: int | None = None
    rate: float = 2e-3
    rows: int = BATCH
    size: Size = field(default_factory=Size)
    noise: Noise = field(default_factory=Noise)
    against: Sequence[float] = AGAINST


class Start(NamedTuple):
    """Weights to continue from, with the characters that they know."""

    weights: Weights
    vocabulary: str


class Made(NamedTuple):
    """The trained network in floating point, and the file."""

    weights: Mapping[str, Floats]
    vocabulary: str
    packed: bytes


def make(mixture: Mixture, plan: Plan, *, say: Callable[[str], None], start: Start | None = None) -> Made:
    """The weights after training by the plan, from random ones or from those given.

    The same sentences, plan and start give the same weights on the same machine.
    """
    began = time.monotonic()
    first = mixture.epoch(0)
    vocabulary = start.vocabulary if start else vocabulary_of(first)
    table = character_table(vocabulary)
    first_batches = list(batches(first, table, rows=plan.rows))
    total = min(plan.most_steps or plan.epochs * len(first_batches), plan.epochs * len(first_batches))
    schedule = Schedule(steps=total, rate=plan.rate)
    key, for_weights = keys(plan.seed)
    weights = start.weights if start else initial(for_weights, plan.size, len(vocabulary))
    state = started(weights, key, schedule=schedule)
    say(f"{len(first)} sentences an epoch, {len(vocabulary)} characters, {total} steps of {plan.rows} rows")

    def all_batches() -> Iterator[Batch]:
        yield from first_batches
        for number in range(1, plan.epochs + 1):  # a later epoch may have a few batches less than the first
            yield from batches(mixture.epoch(number), table, rows=plan.rows)

    limited = (batch for batch, _ in zip(all_batches(), range(total), strict=False))
    learned = steps(state, limited, size=plan.size, noise=plan.noise, schedule=schedule)
    for done, (state, loss) in enumerate(learned, 1):  # noqa: B007
        if done % _SAID_EVERY == 0 or done == total:
            say(f"step {done} of {total}, loss {loss:.4f}, {time.monotonic() - began:.0f} s")
    average = {name: np.asarray(value) for name, value in jax.device_get(state.average).items()}
    limits = limits_of(state.average, first_batches[:_MEASURED], size=plan.size)
    file = packed(average, vocabulary, size=plan.size, limits=limits, against=plan.against)
    return Made(average, vocabulary, file)
