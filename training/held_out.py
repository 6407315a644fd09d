"""Sentences to train on and sentences held out, and a page of figures on the latter."""

from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from graph.errors import RefusedInput
from loaders.names.characters import character_table
from loaders.names.network import Network
from training.evaluation import agreement, counts, float_reader, table_of
from training.generator import Generator
from training.labelled import HELD_OUT_OF_CORRECTED, HELD_OUT_OF_LABELLED, parted, read_corrected, read_labelled
from training.making import Made, Plan
from training.sentences import Sentence

_GENERATED, _SEED = 1000, 987_654_321  # no seed of a mixture


class Sentences(NamedTuple):
    """To train on: labelled, corrected; held out: their `unseen` parts."""

    labelled: list[Sentence]
    corrected: list[Sentence]
    unseen_labelled: list[Sentence]
    unseen_corrected: list[Sentence]


def read(path: Path) -> Sentences:
    """All real sentences; a text that is held out as a corrected one is not trained on as a labelled one either."""
    corrected, unseen_corrected = parted(read_corrected(), HELD_OUT_OF_CORRECTED)
    known = {sentence.text for sentence in corrected + unseen_corrected}
    free = [sentence for sentence in read_labelled(path) if sentence.text not in known]
    labelled, unseen_labelled = parted(free, HELD_OUT_OF_LABELLED)
    return Sentences(labelled, corrected, unseen_labelled, unseen_corrected)


def _network(packed: bytes) -> Network:
    try:
        return Network(packed)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as fault:
        raise RefusedInput(f"these are no weights of the tagger: {fault}") from fault


def measured(sentences: Sentences, packed: bytes, *, made: Made | None = None, plan: Plan | None = None) -> str:
    """Figures of the weights on each part that was held out; with the network in floating point, how they agree."""
    reader = _network(packed).names
    generator = Generator(_SEED)
    parts = {
        "corrected by reading": sentences.unseen_corrected,
        "labelled by the teacher": sentences.unseen_labelled,
        "generated": [generator.sentence() for _ in range(_GENERATED)],
    }
    pages = [f"{name}, {len(part)} sentences\n{table_of(counts(part, reader))}" for name, part in parts.items()]
    if made is not None and plan is not None:
        table = character_table(made.vocabulary)
        floating = float_reader(made.weights, table, size=plan.size, against=plan.against)
        texts = [sentence.text for part in parts.values() for sentence in part]
        pages.append(f"whole numbers and floating point agree: F {agreement(texts, reader, floating):.4f}")
    return "\n\n".join(pages)
