"""`python -m training`: makes the weights of the name tagger, measures them, shows sentences that it learns from."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import PolicygraphError, RefusedInput

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT.parent / "shared" / "training" / "labelled.jsonl.gz"
SCORES = ROOT.parent / "shared" / "evaluation" / "run.py"
WEIGHTS = ROOT / "loaders" / "names" / "names.npz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0, or 1 with one line on what could not be used."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train on labelled, corrected and generated sentences; write the weights")
    evaluate = commands.add_parser("evaluate", help="measure weights on sentences that were held out")
    sample = commands.add_parser("sample", help="print generated sentences with their names")
    for command in (train, evaluate):
        command.add_argument("--labelled", type=Path, default=LABELLED, help="the teacher's sentences (%(default)s)")
        command.add_argument("--weights", type=Path, default=WEIGHTS, help="the file of weights (%(default)s)")
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--epochs", type=int, default=5)
    train.add_argument("--steps", type=int, help="stop after so many batches")
    train.add_argument("--rows", type=int, default=32, help="rows in a batch (%(default)s)")
    train.add_argument("--corrected", type=int, default=5, help="times that a corrected sentence stands in an epoch")
    train.add_argument("--share", type=float, default=1.0, help="share of other sentences in an epoch (%(default)s)")
    train.add_argument("--rate", type=float, default=2e-3, help="highest rate of learning (%(default)s)")
    train.add_argument("--start", type=Path, help="continue from this file of weights instead of random ones")
    sample.add_argument("number", type=int, nargs="?", default=20)
    sample.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    try:
        {"train": _train, "evaluate": _evaluate, "sample": _sample}[options.command](options)
    except PolicygraphError as error:
        print(f"python -m training: {error}", file=sys.stderr)
        return 1
    return 0


def _train(options: argparse.Namespace) -> None:
    from training.held_out import measured, read
    from training.making import Plan, Start, make
    from training.mixture import Mixture, Shares
    from training.starting import unpacked

    if not options.weights.parent.is_dir():
        raise RefusedInput(f"there is no folder {options.weights.parent}; make it, or give another file with --weights")
    sentences = read(options.labelled)
    shares = Shares(corrected=options.corrected, corrected_copies=min(3, options.corrected), of_all=options.share)
    mixture = Mixture(sentences.labelled, sentences.corrected, shares=shares, seed=options.seed)
    plan = Plan(
        seed=options.seed, epochs=options.epochs, most_steps=options.steps, rate=options.rate, rows=options.rows
    )
    start = None
    if options.start:
        weights, vocabulary, size = unpacked(_content(options.start))
        start, plan = Start(weights, vocabulary), replace(plan, size=size)
    made = make(mixture, plan, say=_say, start=start)
    options.weights.write_bytes(made.packed)
    _say(f"{options.weights}: {len(made.packed)} bytes")
    _say(measured(sentences, made.packed, made=made, plan=plan))


def _evaluate(options: argparse.Namespace) -> None:
    from training.held_out import measured, read

    _say(measured(read(options.labelled), _content(options.weights)))
    if SCORES.is_file() and options.weights.resolve() == WEIGHTS:
        _say("documents with the weights of the package:")
        subprocess.run([sys.executable, str(SCORES)], check=False)


def _sample(options: argparse.Namespace) -> None:
    from training.generator import Generator

    generator = Generator(options.seed)
    for _ in range(options.number):
        sentence = generator.sentence()
        _say(f"{sentence.text}  {' '.join(f'{name}/{kind}' for name, kind in sentence.names())}".rstrip())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise RefusedInput(f"{path} can't be read: {fault.strerror}") from fault


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
