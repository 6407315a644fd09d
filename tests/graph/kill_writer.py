"""A process to be killed: writes batches that share nodes, replaces and retracts some, and says what is done.

usage: python -m tests.graph.kill_writer STORE SEED
"""

import random
import sys

from graph.facts import Batch, edge_claim
from graph.open import open_store
from tests.graph.making import curated, node

BATCHES = 12
SIZE = 60


def batch(number: int, version: int) -> Batch:
    """A batch of `SIZE` measures that share a goal; all names tell the version."""
    measures = [node(f"measure:{number}-{n}", "Measure", f"任务{number}第{version}版") for n in range(SIZE)]
    goal = node("goal:1", "Goal", f"目标第{version}版")
    edges = [edge_claim("ADVANCES", measure.id, goal.id) for measure in measures]
    return curated(goal, *measures, *edges, id_=f"batch:{number}", version=str(version))


def main() -> None:
    """Write until killed; a line after each commit."""
    chosen = random.Random(sys.argv[2])
    with open_store(sys.argv[1]) as store:
        for version in range(1, 1_000_000):
            number = chosen.randrange(BATCHES)
            if chosen.random() < 0.2:
                store.retract(f"batch:{number}")
                print(number, "gone", flush=True)
            else:
                store.write(batch(number, version))
                print(number, version, flush=True)


if __name__ == "__main__":
    main()
