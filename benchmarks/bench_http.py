"""Every question over HTTP beside the bare call, and many clients at once.

usage: python benchmarks/bench_http.py FILE [--each N] [--only PATTERN] [--clients N] [--seconds N]

FILE is a store, as `bench_million.py` makes them; `policygraph serve` is started on it. First one client asks all
questions, each way of asking once over HTTP and once in Python, both anew; then the clients ask the same ones in an
order of chance for so many seconds, each the next when it has its answer. Clients and server share the processors.
"""

import argparse
import asyncio
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph.open import open_store
from policygraph.interpreter import collect_seldom

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.bench_million import timed  # found only after the line above
from benchmarks.questions import Ask, Question, questions

OK = 200


@dataclass
class Tally:
    """What the clients saw: seconds of each answer, and how many answers of each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--each", type=int, default=40, metavar="N", help="calls of a question, at most")
    parser.add_argument("--only", default="", metavar="PATTERN", help="questions whose name has this")
    parser.add_argument("--clients", type=int, default=32, metavar="N")
    parser.add_argument("--seconds", type=float, default=30, metavar="N")
    given = parser.parse_args()
    collect_seldom()
    with open_store(given.file) as store:
        asked = [
            Question(one.name, [ask for ask in one.asks if ask.path], is_prepared=one.is_prepared)
            for one in questions(store, given.each)
            if re.search(given.only, one.name) and not one.is_prepared
        ]
        asked = [one for one in asked if one.asks]
        bare = {one.name: sorted(timed(store, ask) for ask in (one.asks[0], *one.asks))[:-1] for one in asked}
    with serving(given.file) as port:
        asyncio.run(_beside(port, asked, bare))
        tally = asyncio.run(_crowd(port, asked, given.clients, given.seconds))
    _report(tally, given.clients, given.seconds)


@contextmanager
def serving(file: str) -> Iterator[int]:
    """The port of a server of the store."""
    command = [sys.executable, "-m", "policygraph", "serve", "--store", file, "--port", "0", "--log", "off"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        found = re.search(r"http://[^/]*:(\d+)/", line)
        if not found:
            server.terminate()
            sys.exit(f"no server: {line}{server.stderr.read()}")
        try:
            yield int(found[1])
        finally:
            server.terminate()


async def _beside(port: int, asked: Sequence[Question], bare: dict[str, list[float]]) -> None:
    """The table of bare calls and the same over HTTP."""
    print("| first page of | bare, ms | over HTTP, ms | times |")
    print("|---|---:|---:|---:|")
    connection = await asyncio.open_connection("127.0.0.1", port)
    await _get(*connection, "/api/v1/stats")
    for question in asked:
        times = []
        for ask in question.asks:
            started = time.perf_counter()
            status = await _get(*connection, ask.path)
            times.append((time.perf_counter() - started) * 1000)
            if status != OK:
                print(f"{status} {ask.path}", file=sys.stderr)
        one, other = _middle(bare[question.name]), _middle(sorted(times))
        print(f"| {question.name} | {_pair(bare[question.name])} | {_pair(sorted(times))} | {other / one:.1f} |")
    connection[1].close()


async def _crowd(port: int, asked: Sequence[Question], clients: int, seconds: float) -> Tally:
    asks = [question.asks for question in asked]
    tally = Tally()
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_client(port, asks, tally, end=end, seed=number) for number in range(clients)))
    return tally


async def _client(port: int, asks: Sequence[Sequence[Ask]], tally: Tally, *, end: float, seed: int) -> None:
    chosen = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (started := time.perf_counter()) < end:
        status = await _get(reader, writer, chosen.choice(chosen.choice(asks)).path)
        tally.seconds.append(time.perf_counter() - started)
        tally.statuses[status] += 1
    writer.close()


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """The status of an answer, which is read whole; the connection stays open."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("ascii"))
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").lower()
    length = re.search(r"\r\ncontent-length: (\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split()[1])


def _report(tally: Tally, clients: int, seconds: float) -> None:
    times = sorted(tally.seconds)
    shown = ", ".join(f"p{share} {times[int(len(times) * share / 100)] * 1000:.0f} ms" for share in (50, 95, 99))
    print(f"{clients} clients: {len(times) / seconds:.0f} requests a second, {shown}, statuses {dict(tally.statuses)}")


def _middle(times: Sequence[float]) -> float:
    return times[len(times) // 2]


def _pair(times: Sequence[float]) -> str:
    return f"{_middle(times):.1f} / {times[int(len(times) * 0.95)]:.1f}"


if __name__ == "__main__":
    main()
