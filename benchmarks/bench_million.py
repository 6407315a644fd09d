"""First pages of every question on synthetic graphs, up to a million nodes: median and 95th percentile.

usage: python benchmarks/bench_million.py [--folder DIR] [--sizes N…] [--each N] [--only PATTERN] [--cpu] [--profile]

The stores are DIR/synthetic-N.db (DIR: the folder for temporary files); one that is not there is made: 50 s and 0.7 GB
for 100,000 nodes with 500,000 edges, ten times as much for a million. A store is read through once before it is asked,
so that it is in the memory of the system as far as there is room, as that of a running server is. Every call is made
anew, on warm connections: what answers keep for the next page of the same question is forgotten before each. Prepared
figures of networks are made before they are asked for. --cpu measures the processor time of the thread that answers
instead of the time that passes, for machines on which other programs run. --profile prints where the time of the
slowest call goes.
"""

import argparse
import cProfile
import pstats
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias, cast

from graph.open import open_store
from graph.store import Store
from policygraph.interpreter import collect_seldom

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.bulk import write_bulk  # found only after the line above
from benchmarks.questions import Ask, Question, questions
from benchmarks.synthetic import batches

SIZES = (10_000, 100_000, 1_000_000)
_READ_BYTES = 1 << 24
Clock: TypeAlias = Callable[[], float]
Figures = dict[str, tuple[float, float, int]]
"""Median and 95th percentile in milliseconds, and number of calls, by question."""


class Afresh:
    """A store under a new identity, for which no answers are kept; its connections are the old ones."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), metavar="DIR")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="nodes of each graph")
    parser.add_argument("--each", type=int, default=40, metavar="N", help="calls of a question, at most")
    parser.add_argument("--only", default="", metavar="PATTERN", help="questions whose name has this")
    parser.add_argument("--cpu", action="store_true", help="processor time of the thread")
    parser.add_argument("--profile", action="store_true", help="where the time of the slowest call goes")
    given = parser.parse_args()
    measured: list[Figures] = []
    for size in given.sizes:
        path = made(given.folder, size)
        warm(path)
        with open_store(str(path)) as store:
            asked = [one for one in questions(store, given.each) if re.search(given.only, one.name)]
            clock = time.thread_time if given.cpu else time.perf_counter
            measured.append(_measured(store, asked, clock, has_profile=given.profile))
    _print_table(given.sizes, measured)


def made(folder: Path, size: int) -> Path:
    """The store of so many nodes, made if it is not there."""
    path = folder / f"synthetic-{size}.db"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        started = time.monotonic()
        write_bulk(unfinished, batches(size), on_batch=lambda done: print(f"{done} documents", file=sys.stderr))
        unfinished.rename(path)
        print(f"made {path} in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return path


def warm(path: Path) -> None:
    """Read the file through, so that the system has it in memory."""
    with path.open("rb", buffering=0) as file:
        while file.read(_READ_BYTES):
            pass


def _measured(store: Store, asked: Sequence[Question], clock: Clock, *, has_profile: bool) -> Figures:
    found: Figures = {}
    collect_seldom()
    for question in asked:
        question.asks[0].call(store)  # opens connections, and prepares what is prepared
        times = [(timed(store, ask, clock, is_prepared=question.is_prepared), ask) for ask in question.asks]
        times.sort(key=lambda one: one[0])
        found[question.name] = times[len(times) // 2][0], times[int(len(times) * 0.95)][0], len(times)
        print(f"{question.name}: p50 {found[question.name][0]:.1f} p95 {found[question.name][1]:.1f}", file=sys.stderr)
        if has_profile:
            _print_profile(store, times[-1][1])
    return found


def timed(store: Store, ask: Ask, clock: Clock = time.perf_counter, *, is_prepared: bool = False) -> float:
    """Milliseconds of a call that is made anew, unless its answer is one that is prepared."""
    asked = store if is_prepared else cast(Store, Afresh(store))
    started = clock()
    ask.call(asked)
    return (clock() - started) * 1000


def _print_profile(store: Store, ask: Ask) -> None:
    with cProfile.Profile() as profile:
        ask.call(cast(Store, Afresh(store)))
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(14)


def _print_table(sizes: Iterable[int], measured: Iterable[Figures]) -> None:
    known = list(measured)
    print("| first page of | calls | " + " | ".join(f"{size:,} nodes" for size in sizes) + " |")
    print("|---|---:|" + "---:|" * len(known))
    for name, (_, _, number) in known[-1].items():
        cells = (f"{figures[name][0]:.1f} / {figures[name][1]:.1f}" for figures in known)
        print(f"| {name} | {number} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
