"""Documents that are very long or very odd: they are read, nothing is lost, and no figure is made up."""

from collections import Counter
from itertools import pairwise

import pytest

from graph.errors import RefusedInput
from graph.facts import Batch
from loaders.pipeline import Reading, read_with_missed
from loaders.readers.files import MAX_BYTES

HEAD = "云州市职业教育规划（2021—2025年）\n\n一、主要任务\n\n"
GOAL = "到2025年，建成实训基地20个。"
ROWS, HEADINGS = 1_000, 2_000


def reading(data: str | bytes) -> Reading:
    given = data if isinstance(data, bytes) else data.encode()
    return read_with_missed(given, name="plan.txt", source="file:///plan.txt")


def labels(batch: Batch) -> Counter[str]:
    return Counter(claim.label for claim in batch.nodes)


def text_of(batch: Batch) -> str:
    passages = [claim.properties for claim in batch.nodes if claim.label == "Passage"]
    ordered = sorted(passages, key=lambda properties: int(str(properties["order"])))
    assert all(before["end"] == after["start"] for before, after in pairwise(ordered))
    return "".join(str(properties["text"]) for properties in ordered)


ODD = {
    "a line without a stop": "推进职业教育与产业融合发展、" * 1_000,
    "one word repeated": "职业教育" * 3_000,
    "line breaks": "\n" * 100_000 + "职业教育",
    "《 that are never closed": "《" * 6_000,
    "》 that were never opened": "》" * 6_000,
    "brackets": "（" * 6_000,
    "quotes": "“" * 6_000,
    "a list without words": "、" * 6_000,
    "punctuation": "，。；！" * 2_000,
    "digits": "0123456789" * 1_000,
    "years": "2025年" * 2_000,
    "marks of Markdown": "# " * 6_000,
    "bars": "|" * 6_000,
    "tabs": "\t" * 6_000 + "职业教育",
    "endings of places": "市" * 6_000,
    "Japanese": "職業教育の充実を図り、企業との連携を強化する。" * 200,
    "English": "The city supports vocational schools and their partners. " * 200,
    "control characters": "职业教育\u200b\ufeff\u00ad\u202e\x07发展".join(["推进"] * 4) + "职业教育" * 1_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_document_is_read_whole_and_states_no_figure(text: str) -> None:
    batch = reading(text).batch
    assert text_of(batch) == text
    assert not labels(batch).keys() & {"Goal", "Observation"}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_goal_below_an_odd_paragraph_is_found(text: str) -> None:
    batch = reading(f"{HEAD}{text}\n\n二、发展目标\n\n{GOAL}\n").batch
    assert 20 in [claim.properties["value"] for claim in batch.nodes if claim.label == "Goal"]


def test_every_one_of_thousands_of_headings_is_a_measure() -> None:
    forms = ("{n}、", "（{n}）", "1.", "（1）", "①")
    lines = [
        f"{forms[at % 5].format(n='一二三四五六七八九十'[at // 5 % 10])}推进任务落实{at}" for at in range(HEADINGS)
    ]
    batch = reading(HEAD + "\n".join(lines)).batch
    named = {claim.properties["title"] for claim in batch.nodes if claim.label == "Measure"}
    assert {f"推进任务落实{at}" for at in range(HEADINGS)} <= named


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("主要指标\n\t指标\n\t2020年\n\t2025年\n\n", "\t甲{n}类实训基地数量（个）\n\t{a}\n\t{b}\n\n"),
        ("| 指标 | 2020年 | 2025年 |\n| --- | --- | --- |\n", "| 甲{n}类实训基地数量（个） | {a} | {b} |\n"),
        ("表1 主要指标\n序号 指标 2020年 2025年\n", "{n} 甲{n}类实训基地数量（个） {a} {b}\n"),
    ],
    ids=["cells behind tabs", "bars", "spaces"],
)
def test_every_row_of_a_table_of_thousands_is_a_goal(head: str, row: str) -> None:
    rows = "".join(row.format(n=n, a=n % 90 + 1, b=2 * (n % 90 + 1)) for n in range(1, ROWS + 1))
    found = [claim.properties for claim in reading(HEAD + head + rows).batch.nodes if claim.label == "Goal"]
    assert len(found) == ROWS
    assert all(properties["value"] == 2 * float(str(properties["baseline_value"])) for properties in found)


def test_a_row_of_thousands_among_short_ones_makes_no_table_and_loses_nothing() -> None:
    rows = [f"\t推进{n}\t{n % 99}" for n in range(400)]
    rows.insert(200, "\t3" * 4_000)
    text = HEAD + "\n".join(rows) + f"\n\n二、发展目标\n\n{GOAL}\n"
    batch = reading(text).batch
    assert text_of(batch) == text
    assert [claim.properties["value"] for claim in batch.nodes if claim.label == "Goal"] == [20]


def test_traditional_characters_are_read_as_written() -> None:
    text = "云州市職業教育發展規劃\n\n一、發展目標\n\n到2025年，“雙師型”教師占比達到85%以上。\n"
    (goal,) = (claim for claim in reading(text).batch.nodes if claim.label == "Goal")
    assert (goal.properties["value"], goal.properties["unit"], goal.properties["year"]) == (85, "%", 2025)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (" \n\t\u3000\n".encode(), "nothing but white space"),
        ("云州市\x00规划".encode(), "binary"),
        ("云州市".encode() + b"\xed\xa0\x80" + "规划".encode() * 50, "not valid UTF-8"),
        (b"\x01\x02\x03" * 500, "binary"),
        (b"a" * (MAX_BYTES + 1), "divide the file"),
    ],
    ids=["no byte", "no text", "NUL", "a lone surrogate", "only control characters", "too large"],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedInput, match=reason) as refused:
        reading(data)
    assert "\n" not in str(refused.value)


def test_two_million_characters_are_within_the_limit_on_size() -> None:
    assert len(("规" * 2_000_000).encode()) < MAX_BYTES
