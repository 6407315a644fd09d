"""Time and memory of documents that are very long or very odd, each at sizes that double.

usage: python benchmarks/bench_scale.py [--through-store] [--sizes N…] [CASE…]

Every measurement is a process of its own, so that its peak memory is that of one document. --through-store writes what
was read to a new store and counts that in. Without CASE: all of them.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from graph.open import open_store
from loaders.pipeline import read_document

LONG = (250_000, 500_000, 1_000_000, 2_000_000)
ODD = (250_000, 500_000)
SYLLABLES = "云海江山星渊棠溪河湖松竹梅兰泽川原野清和明远新华锦瑞安泰宁康永昌盛德立信达通衡岳峰岭泉涧洲浦港湾"
PLACES = ("云州市", "江北省", "青禾县", "澜江区", "松溪市", "棠浦县")
SUBJECTS = ("职业院校", "行业企业", "教育部门", "各县（市、区）人民政府", "学校", "龙头企业")
TASKS = ("产教融合", "师资队伍建设", "实训基地建设", "技术服务", "社会培训", "国际交流", "数字校园建设", "质量评价")
INDICATORS = ("“双师型”教师占比", "毕业生留本地就业率", "高技能人才占技能劳动者比例", "课程思政示范课程占比")
THINGS = (("产业学院", "个"), ("实训基地", "个"), ("规划教材", "部"), ("技能大师工作室", "个"), ("紧缺专业", "个"))
HAN = "一二三四五六七八九十"
ENGLISH = "The city will build 12 training bases by 2025 and raise the share of skilled workers to 35 per cent. "
JAPANESE = "職業教育の充実を図り、2025年までに訓練拠点を12か所以上整備し、企業との連携を強化する。"
TRADITIONAL = "推進職業教育高質量發展。到2025年，建成產業學院12個以上，「雙師型」教師佔比達到85%以上。\n"


def plan(size: int) -> str:
    """A plan of chapters, measures, goals, names that keep being new, and tables of indicators."""
    return _of_size(size, _plan())


def _of_size(size: int, pieces: Iterator[str]) -> str:
    found: list[str] = []
    length = 0
    while length < size:
        found.append(next(pieces))
        length += len(found[-1])
    return "".join(found)[:size]


def _plan() -> Iterator[str]:
    chosen = random.Random(1)
    yield "云州市职业教育发展规划（2021—2025年）\n\n根据《江北省职业教育发展规划》，制定本规划。\n"
    for chapter in count():
        yield f"第{_han(chapter + 1)}章 {chosen.choice(TASKS)}\n"
        for number in range(1, 6):
            yield f"（{HAN[number - 1]}）推进{chosen.choice(TASKS)}\n"
            for item in range(1, 4):
                yield f"{item}.加强{chosen.choice(TASKS)}。{''.join(_sentence(chosen) for _ in range(4))}\n"
        yield from _table(chosen, rows=8)


def _sentence(chosen: random.Random) -> str:
    thing, unit = chosen.choice(THINGS)
    company = f"{_name(chosen)}{chosen.choice(('智能装备', '新材料', '电气'))}有限公司"
    college = f"{_name(chosen)}职业技术学院"
    patterns: tuple[Callable[[], str], ...] = (
        lambda: f"到20{chosen.randint(22, 30)}年，建成{thing}{chosen.randint(2, 900)}{unit}以上。",
        lambda: (
            f"{chosen.choice(INDICATORS)}达到{chosen.randint(20, 95)}%，比2020年提高{chosen.randint(2, 9)}个百分点。"
        ),
        lambda: f"支持{college}与{company}共建{thing}，服务{chosen.choice(PLACES)}产业发展。",
        lambda: (
            f"由{chosen.choice(PLACES)}教育局牵头，会同{company}、{chosen.choice(SUBJECTS)}推进{chosen.choice(TASKS)}。"
        ),
        lambda: (
            f"落实《{chosen.choice(PLACES)}{_name(chosen)}{chosen.choice(TASKS)}实施方案》，鼓励{chosen.choice(SUBJECTS)}参与。"
        ),
        lambda: (
            f"{chosen.choice(SUBJECTS)}要坚持立德树人，深化{chosen.choice(TASKS)}，健全{chosen.choice(TASKS)}机制。"
        ),
    )
    return chosen.choice(patterns)()


def _name(chosen: random.Random) -> str:
    return "".join(chosen.choices(SYLLABLES, k=3))


def _table(chosen: random.Random, *, rows: int) -> Iterator[str]:
    yield "主要指标\n\t指标\n\t2020年\n\t2025年\n\t属性\n\n"
    for _ in range(rows):
        low = chosen.randint(10, 60)
        yield f"\t{_name(chosen)}{chosen.choice(THINGS)[0]}数量（个）\n\t{low}\n\t{low * 2}\n\t预期性\n\n"


def _han(number: int) -> str:
    tens, ones = divmod(number % 100, 10)
    return (HAN[tens - 1] * (tens > 1) + "十" if tens else "") + (HAN[ones - 1] if ones or not tens else "")


def nested_headings(size: int) -> str:
    """Headings one below the other, each of a kind lower than the last, over and over."""
    forms = ("第{n}章 ", "第{n}节 ", "{n}、", "（{n}）", "{a}.", "（{a}）", "{c}", "{a}.1 ", "{a}.1.1 ", "专栏{a} ")
    return _of_size(
        size,
        (
            forms[at % len(forms)].format(n=_han(at % 99 + 1), a=at % 99 + 1, c=chr(0x2460 + at % 20))
            + "推进任务落实\n"
            for at in count()
        ),
    )


def ruled_table(size: int) -> str:
    """One table, a cell a line behind a TAB, rows parted by blank lines."""
    chosen = random.Random(1)
    head = "云州市规划\n主要指标\n\t指标\n\t2020年\n\t2025年\n\t属性\n\n"
    rows = (f"\t{_name(chosen)}产业学院数量（个）\n\t{n % 90}\n\t{n % 90 * 2}\n\t预期性\n\n" for n in count(1))
    return head + _of_size(size, rows)


def barred_table(size: int) -> str:
    """One table drawn with bars, a row a line."""
    chosen = random.Random(1)
    head = "云州市规划\n\n| 指标 | 2020年 | 2025年 | 属性 |\n| --- | --- | --- | --- |\n"
    rows = (f"| {_name(chosen)}产业学院数量（个） | {n % 90} | {n % 90 * 2} | 预期性 |\n" for n in count(1))
    return head + _of_size(size, rows)


def loose_cells(size: int) -> str:
    """One table without borders below its caption, a cell a line."""
    chosen = random.Random(1)
    head = "云州市规划\n表1 主要指标\n序号\n指标\n单位\n2025年\n"
    return head + _of_size(size, (f"{n}\n{_name(chosen)}产业学院数量\n个\n{n % 90 + 1}\n" for n in count(1)))


def loose_rows(size: int) -> str:
    """One table without borders below its caption, a row a line."""
    chosen = random.Random(1)
    head = "云州市规划\n表1 主要指标\n序号 指标 单位 2020年 2025年\n"
    return head + _of_size(size, (f"{n} {_name(chosen)}产业学院数量 个 {n % 90} {n % 90 * 2}\n" for n in count(1)))


def wide_table(size: int) -> str:
    """A table of two rows, with as many columns as there is room."""
    half = size // 2
    years, figures = ((f"\t{2000 + n % 50}年" for n in count()), (f"\t{n % 99}" for n in count()))
    return f"{_of_size(half, years)}\n{_of_size(half, figures)}\n"


def ragged_table(size: int) -> str:
    """A table of short rows, and in its middle one as long as all others together."""
    rows = _of_size(size // 2, (f"\t推进{n}\t{n % 99}\n" for n in count()))
    at = rows.index("\n", len(rows) // 2) + 1
    longest = _of_size(size // 2, (f"\t{n % 99}" for n in count()))
    return f"{rows[:at]}{longest}\n{rows[at:]}\n"


def captions(size: int) -> str:
    """Nothing but captions of tables, each followed by a cell."""
    return _of_size(size, (f"表{n} 主要指标\n指标{n}\n" for n in count(1)))


def one_line(size: int) -> str:
    """The plan's words on one line, without a stop."""
    return "云州市规划\n" + "".join(c for c in plan(size * 5 // 4) if c not in "。！？；\n\t")[:size]


def one_sentence(size: int) -> str:
    """The plan's words as one sentence without any mark."""
    return "".join(c for c in plan(size * 2) if c.isalnum())[:size]


def wrapped(size: int) -> str:
    """The plan hard-wrapped at 36 characters, with page numbers."""
    lines = (line[at : at + 36] for line in plan(size).split("\n") for at in range(0, max(len(line), 1), 36))
    return "\n".join(f"{line}\n— {n // 30} —" if n % 30 == 29 else line for n, line in enumerate(lines))


def controls(size: int) -> str:
    """Invisible and control characters between the words, below the share that makes a file binary."""
    marks = "\u200b\x07\ufeff\u00ad\x1b\u202e"
    return "".join(c + (marks[n // 300 % len(marks)] if n % 300 == 299 else "") for n, c in enumerate(plan(size)))


def words(size: int) -> str:
    """One word again and again, in lines of forty."""
    return _of_size(size, ("职业教育" if n % 10 else "职业教育\n" for n in count(1)))


def policies(size: int) -> str:
    """Many short policies in one file."""
    chosen = random.Random(1)
    return _of_size(
        size,
        (
            f"{chosen.choice(PLACES)}{_name(chosen)}发展规划（2021—2025年）\n一、总体要求\n{_sentence(chosen)}\n"
            f"二、主要任务\n（一）推进{chosen.choice(TASKS)}。{_sentence(chosen)}{_sentence(chosen)}\n"
            "云州市人民政府\n2021年5月25日\n"
            for _ in count()
        ),
    )


def _again(piece: str) -> Callable[[int], str]:
    def repeated(size: int) -> str:
        return "云州市规划\n" + (piece * (size // len(piece) + 1))[:size]

    return repeated


CASES: dict[str, Callable[[int], str]] = {
    function.__name__: function
    for function in (
        plan,
        wrapped,
        one_line,
        one_sentence,
        policies,
        nested_headings,
        ruled_table,
        barred_table,
        loose_cells,
        loose_rows,
        wide_table,
        ragged_table,
        captions,
        controls,
        words,
    )
} | {
    f"only {name}": _again(piece)
    for name, piece in {
        "English": ENGLISH,
        "Japanese": JAPANESE,
        "traditional": TRADITIONAL,
        "line breaks": "\n",
        "tabs": "\t",
        "punctuation": "，。；！",
        "digits": "0123456789",
        "years": "2025年",
        "《": "《",
        "》": "》",
        "（": "（",
        "）": "）",
        "“": "“",
        "[": "[",
        "、": "、",
        "names、": "海棠职业技术学院、",
        "groups、": "学校、企业、",
        "spaces": "教 育 ",
        "headings": "一、推进\n",
        "goals": "建成产业学院12个，",
        "dashes": "——",
        "dots": "…",
        "bars": "|",
        "#": "# ",
        "一": "一",
        "市": "市",
        "与": "与",
        "Han": "教",
    }.items()
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--through-store", action="store_true", help="write to a new store as well")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="characters")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(*_measure(given.one[0], int(given.one[1]), through_store=given.through_store))
        return
    print(f"{'case':<18}{'characters':>12}{'s':>9}{'times':>7}{'MB':>7}{'bytes a character':>19}{'claims':>9}")
    for name in given.cases or CASES:
        before = 0.0
        for size in given.sizes or (LONG if name == "plan" else ODD):
            took, peak, length, claims = _apart(name, size, through_store=given.through_store)
            times = f"{took / before:.2f}" if before else ""
            each = peak * 1e6 / length
            print(
                f"{name:<18}{length:>12,.0f}{took:>9.2f}{times:>7}{peak:>7.0f}{each:>19.0f}{claims:>9.0f}", flush=True
            )
            before = took


def _apart(name: str, size: int, *, through_store: bool) -> tuple[float, ...]:
    """Seconds, peak MB above that of the program itself, characters and claims, measured in another process."""
    command = [sys.executable, __file__, "--one", name, str(size), *(["--through-store"] if through_store else [])]
    return tuple(map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))


def _measure(name: str, size: int, *, through_store: bool) -> tuple[float, ...]:
    read_document(plan(2_000).encode(), name="warm.txt", source="file:///warm.txt")
    text = CASES[name](size)
    data = text.encode()
    at_rest = _peak_mb()
    began = time.process_time()
    batch = read_document(data, name="document.txt", source="file:///document.txt")
    if through_store:
        with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder, "scale.db"))) as store:
            store.write(batch)
    took = time.process_time() - began
    return took, _peak_mb() - at_rest, len(text), len(batch.nodes) + len(batch.edges)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    main()
