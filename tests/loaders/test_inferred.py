"""What quote and context do not show is marked as inferred, and nothing else; every fact names its rule.

What they show is looked for here by means of its own: digits, Han numerals, words for bounds.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.facts import Batch, NodeClaim, Value
from loaders.pipeline import read_document
from loaders.readers.files import read_bytes
from loaders.text.numerals import whole_number

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "documents").glob("*-*.*"))
SIGNED = """云州市人民政府关于印发《云州市职业教育规划》的通知
云政发〔2021〕7号

现印发你们，请认真贯彻执行。自2021年7月1日起施行。

云州市人民政府
2021年6月1日
"""
DIGITS = str.maketrans("０１２３４５６７８９．％：∶", "0123456789.%::")
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
HAN = re.compile("[一二两三四五六七八九十百千〇○零]+")
BOUNDS = {
    ">=": "以上|低于|少于|小于|短于|[≥>＞]|超|突\\s*破|至少|最少|最低|高于|大于|多于|优于|不低|余|多",
    "<=": "以下|以内|之内|内|[≤<＜]|超|高于|大于|多于|低于|少于|小于|短于|控制|限制|至多|最多|最高|突\\s*破",
    "~": "左右|上下|约|近|大致",
    "range": "[-—–―~～－至到]",
    "=": "",
}
PLAN_ENDS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}


def numbers(text: str) -> set[float]:
    found = set()
    for match in NUMBER.finditer(text):
        parts = [match[0].replace(",", "").replace("，", ""), *re.split("[,，]", match[0])]
        found |= {float(part) for part in parts if part}
    for match in HAN.finditer(text):
        written = match[0]
        pieces = (written[a:b] for a in range(len(written)) for b in range(a + 1, len(written) + 1))
        found |= {float(number) for piece in pieces if (number := whole_number(piece)) is not None}
    return found | ({2.0, 4.0} if "翻" in text else set())


def shows_value(value: Value, text: str) -> bool:
    if isinstance(value, str) and re.fullmatch(r"[\d.]+-[\d.]+", value):  # a reported range
        return all(float(part) in numbers(text) for part in value.split("-"))
    return value in re.sub(r"\s", "", text) if isinstance(value, str) else value in numbers(text)


def shows_year(value: Value, text: str) -> bool:
    year = int(str(value))
    han = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    end = re.search(rf"20\d\d\s*年?\s*[-—–―~～至/]+\s*{year % 100:02d}(?!\d)", text)
    plans = {PLAN_ENDS[name] for name in PLAN_ENDS if name in text}
    return str(year) in text or han in re.sub("[○零]", "〇", text) or end is not None or year in plans


def shows_characters(value: Value, text: str) -> bool:
    return set(str(value).translate(DIGITS)) <= set(text)


def shows_bound(value: Value, text: str) -> bool:
    return re.search(BOUNDS[str(value)], text) is not None


CHECKS: dict[str, Callable[[Value, str], bool]] = {
    "value": shows_value,
    "value_max": shows_value,
    "baseline_value": shows_value,
    "year": shows_year,
    "baseline_year": shows_year,
    "unit": shows_characters,
    "indicator": shows_characters,
    "comparator": shows_bound,
}


def shown_in(claim: NodeClaim, text: str) -> str:
    pieces = [(piece.start, piece.end) for piece in claim.evidence]
    pieces += [pair for piece in claim.evidence for pair in piece.context]
    return "\n".join(text[start:end] for start, end in pieces).translate(DIGITS)


def disagreements(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    text = read_bytes(data, name=path.name).text
    for claim in read_document(data, name=path.name, source=path.as_uri()).nodes:
        if claim.label in ("Goal", "Observation"):
            shown = shown_in(claim, text)
            for name in CHECKS.keys() & claim.properties.keys():
                if CHECKS[name](claim.properties[name], shown) == (name in claim.inferred):
                    state = "shown, yet inferred" if name in claim.inferred else "read, yet not shown"
                    yield f"{path.name}: {claim.properties['name']}: {name} {claim.properties[name]} is {state}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_figures_of_an_example_infer_what_is_not_shown_and_nothing_else(path: Path) -> None:
    assert list(disagreements(path)) == []


def test_figures_of_the_corpus_infer_what_is_not_shown_and_nothing_else(corpus: Path) -> None:
    assert [line for path in sorted(corpus.glob("*.txt")) for line in disagreements(path)] == []


def without_rule(batch: Batch) -> list[str]:
    nodes = [claim.id for claim in batch.nodes if not claim.rule]
    return nodes + [claim.id for claim in batch.edges if not claim.rule]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_claim_of_an_example_names_its_rule(path: Path) -> None:
    batch = read_document(path.read_bytes(), name=path.name, source=path.as_uri())
    assert without_rule(batch) == []


def test_every_claim_of_the_corpus_names_its_rule(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.txt")):
        batch = read_document(path.read_bytes(), name=path.name, source=path.as_uri())
        assert without_rule(batch) == []


def test_a_year_that_the_quote_shows_is_not_inferred() -> None:
    text = "海棠职业技术学院高等职业教育质量年度报告（2022年度）\n\n一、就业\n\n2022届毕业生共3120人。教师共300人。\n"
    claims = read_document(text.encode(), name="report.txt", source="file:///report.txt").nodes
    figures = {claim.properties["value"]: claim for claim in claims if claim.label == "Observation"}
    assert {value: claim.properties["year"] for value, claim in figures.items()} == {3120: 2022, 300: 2022}
    assert {value: claim.inferred for value, claim in figures.items()} == {3120: (), 300: ("year",)}


def test_what_one_of_two_statements_shows_is_not_inferred() -> None:
    text = (
        "云州市职业教育规划（2021—2025年）\n\n一、发展目标\n\n建成实训基地20个。\n\n"
        "二、主要任务\n\n（一）建设基地。到2025年，建成实训基地20个。\n"
    )
    claims = read_document(text.encode(), name="plan.txt", source="file:///plan.txt").nodes
    (goal,) = (claim for claim in claims if claim.label == "Goal")
    assert len(goal.evidence) == 2
    assert (goal.properties["year"], goal.inferred) == (2025, ())


def test_dates_and_number_of_a_policy_stand_in_its_context() -> None:
    claims = read_document(SIGNED.encode(), name="notice.txt", source="file:///notice.txt").nodes
    (notice,) = (claim for claim in claims if claim.properties.get("issued_on"))
    shown = shown_in(notice, SIGNED)
    assert notice.properties["issued_on"] == "2021-06-01"
    assert notice.properties["effective_on"] == "2021-07-01"
    assert notice.inferred == ("level",)
    assert all(words in shown for words in ("2021年6月1日", "2021年7月1日", "云政发〔2021〕7号"))


def test_the_number_of_a_policy_that_is_named_stands_in_its_context() -> None:
    text = "云州市方案\n\n根据《江北省职业教育条例》（江政发〔2020〕3号），制定本方案。\n"
    claims = read_document(text.encode(), name="plan.txt", source="file:///plan.txt").nodes
    (named,) = (claim for claim in claims if claim.properties.get("doc_number"))
    assert str(named.properties["doc_number"]) in shown_in(named, text)


def test_a_title_that_is_the_name_of_the_file_is_inferred() -> None:
    claims = read_document(
        "到2025年，建成产业学院12个以上。".encode(), name="plan.txt", source="file:///plan.txt"
    ).nodes
    (policy,) = (claim for claim in claims if claim.label == "Policy")
    assert policy.properties["title_from"] == "file"
    assert {"name", "title"} <= set(policy.inferred)
