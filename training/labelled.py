"""Real sentences with names: those that a teacher labelled, those corrected by reading, and which of them are held out.

A line is `{"text": …, "spans": [[start, end, kind], …]}`. The teacher knows two kinds, ORG and LOC; what kind of
organization a name is of, the name says.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

from graph.errors import RefusedInput
from loaders.names.labels import KINDS, Kind
from training.kinds import kind_of_name
from training.sentences import Sentence, Span, are_in_order
from training.teacher import as_readers_mark

HELD_OUT_OF_LABELLED, HELD_OUT_OF_CORRECTED = 0.02, 0.15
Source = Literal["labelled", "corrected"]


def read_labelled(path: Path) -> list[Sentence]:
    """The teacher's sentences; raises RefusedInput with the line for what is none."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [as_readers_mark(sentence) for sentence in _read(file, path.name)]
    except OSError as fault:
        raise RefusedInput(f"{path} is no gzip file of labelled sentences; give one with --labelled") from fault


def read_corrected() -> list[Sentence]:
    """The sentences of `corrected.jsonl`."""
    path = files("training").joinpath("corrected.jsonl")
    return list(_read(path.read_text(encoding="utf-8").splitlines(), path.name))


def _read(lines: Iterable[str], name: str) -> Iterator[Sentence]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            text = str(row["text"])
            spans = tuple(Span(int(start), int(end), _kind(text[start:end], kind)) for start, end, kind in row["spans"])
        except (ValueError, KeyError, TypeError) as fault:
            raise RefusedInput(f"{name}, line {number}: no sentence with spans: {fault}") from fault
        sentence = Sentence(text, spans)
        if not are_in_order(sentence):
            raise RefusedInput(f"{name}, line {number}: spans overlap, are out of order or reach out of the text")
        yield sentence


def _kind(name: str, kind: str) -> Kind:
    """The kind as it is written, or by the name for ORG."""
    if kind == "ORG":
        return kind_of_name(name)
    if kind == "LOC":
        return "place"
    known = next((known for known in KINDS if known == kind), None)
    if known is None:
        raise ValueError(f"{kind} is no kind of name")
    return known


def parted(sentences: Iterable[Sentence], share: float) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences to train on, and those held out, which their text alone decides."""
    parts: tuple[list[Sentence], list[Sentence]] = ([], [])
    for sentence in sentences:
        parts[is_held_out(sentence.text, share)].append(sentence)
    return parts


def is_held_out(text: str, share: float) -> bool:
    """Whether a sentence is kept for the evaluation; the same for equal texts and for larger shares."""
    digest = hashlib.sha256("".join(text.split()).encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32
