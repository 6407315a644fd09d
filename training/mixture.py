"""What one epoch is made of: real sentences, corrected ones more often, copies with other names, generated ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.generator import Generator
from training.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each part stands in an epoch."""

    nameless: float = 1.0  # labelled sentences without names, for each with names
    copies: float = 1.0  # copies of labelled sentences with names, for each of them
    corrected: int = 5  # times that a corrected sentence stands in it
    corrected_copies: int = 3
    generated: int = 90_000
    of_all: float = 1.0  # how much of the labelled and generated ones is taken


class Mixture:
    """Epochs of sentences; epoch `n` of the same seed is always the same."""

    def __init__(
        self, labelled: Sequence[Sentence], corrected: Sequence[Sentence], *, shares: Shares, seed: int
    ) -> None:
        taken = {sentence.text for sentence in corrected}
        free = [sentence for sentence in labelled if sentence.text not in taken]
        self._named = [sentence for sentence in free if sentence.spans]
        self._nameless = [sentence for sentence in free if not sentence.spans]
        self._corrected = list(corrected)
        self._shares, self._seed = shares, seed

    def epoch(self, number: int) -> list[Sentence]:
        """The sentences of the epoch in random order."""
        shares = self._shares
        rng = random.Random(f"{self._seed} mixture {number}")
        generator = Generator(rng.getrandbits(64))
        named = rng.sample(self._named, round(shares.of_all * len(self._named)))
        sentences = named + self._corrected * shares.corrected
        sentences += rng.sample(self._nameless, min(len(self._nameless), round(shares.nameless * len(named))))
        chosen = rng.choices(named, k=round(shares.copies * len(named))) if named else []
        sentences += [generator.copy(sentence) for sentence in chosen + self._corrected * shares.corrected_copies]
        sentences += [generator.sentence() for _ in range(round(shares.of_all * shares.generated))]
        rng.shuffle(sentences)
        return sentences
