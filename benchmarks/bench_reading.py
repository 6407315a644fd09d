"""Reading documents: characters a second of processor time, and whether time grows with the text.

usage: python benchmarks/bench_reading.py [FILE…]     (the example documents if none is given)
"""

import sys
import time
from pathlib import Path

from loaders.pipeline import read_document

EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
SECTION = "（一）建设产业学院。支持职业院校与企业共建产业学院。到2025年，建成产业学院12个以上。\n"
DEGENERATE = (
    "云州市推进职业教育",
    "云州市 12 个",
    "1 2 3 ",
    "2025年",
    "《",
    "（",
    "“",
    "\t1\t2\n",
    "一、推进\n",
    SECTION,
)


def main() -> None:
    """Print the figures."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(EXAMPLES.glob("*-*.*"))
    read_document(SECTION.encode(), name="warm.txt", source="file:///warm.txt")
    total = spent = 0.0
    for path in paths:
        data = path.read_bytes()
        took = _seconds(data)
        length = len(data.decode())
        total, spent = total + length, spent + took
        print(f"{path.name:<24}{length:>9,} characters{took:>8.2f} s{length / took:>10,.0f} a second")
    print(f"{'all':<24}{total:>9,.0f} characters{spent:>8.2f} s{total / spent:>10,.0f} a second")
    print("time for twice the text:")
    for piece in DEGENERATE:
        times = 100_000 // len(piece)
        once, twice = (
            _seconds(("云州市规划\n" + piece * times).encode()),
            _seconds(("云州市规划\n" + piece * 2 * times).encode()),
        )
        print(f"   {piece[:12].strip()!r:<24}{once:>6.2f} s{twice:>7.2f} s{twice / once:>6.1f} times")


def _seconds(data: bytes) -> float:
    began = time.process_time()
    read_document(data, name="document.txt", source="file:///document.txt")
    return time.process_time() - began


if __name__ == "__main__":
    main()
