"""What a document becomes: evidence for every fact, ids that hold across documents, options that count."""

from itertools import pairwise
from pathlib import Path

import pytest

from graph.facts import Batch, EdgeClaim, NodeClaim
from graph.fold import origin_of
from loaders.options import LoadOptions
from loaders.pipeline import read_document
from ontology.values import Origin

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "documents").glob("*-*.*"))
PLAN = """云州市职业教育“十四五”发展规划

为落实《国家职业教育改革实施方案》，结合我市实际，制定本规划。

一、发展目标

到2025年，职业院校毕业生本地就业率达到65%以上。

二、主要任务

（一）建设产业学院。支持海棠职业技术学院与星渊智能装备有限公司共建智能装备产业学院。到2025年，建成产业学院12个以上。出台《产业学院管理办法》。
"""


def read(text: str, options: LoadOptions | None = None, source: str = "file:///plans/plan.txt") -> Batch:
    return read_document(text.encode(), name="plan.txt", source=source, options=options)


def only(batch: Batch, label: str, **properties: object) -> NodeClaim:
    (found,) = [
        claim
        for claim in batch.nodes
        if claim.label == label and all(claim.properties.get(name) == value for name, value in properties.items())
    ]
    return found


def edges(batch: Batch, type_: str) -> list[EdgeClaim]:
    return [claim for claim in batch.edges if claim.type == type_]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_fact_of_an_example_has_evidence_or_an_origin_without(path: Path) -> None:
    assert_evidence(read_document(path.read_bytes(), name=path.name, source=path.as_uri()))


def test_every_fact_of_the_corpus_has_evidence_or_an_origin_without(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.txt")):
        assert_evidence(read_document(path.read_bytes(), name=path.name, source=path.as_uri()))


def assert_evidence(batch: Batch) -> None:
    passages = {claim.id: claim.properties for claim in batch.nodes if claim.label == "Passage"}
    stretches = sorted((int(str(p["start"])), int(str(p["end"]))) for p in passages.values())
    assert stretches[0][0] == 0
    assert all(end == start for (_, end), (start, _) in pairwise(stretches))
    claims: list[NodeClaim | EdgeClaim] = [*batch.nodes, *batch.edges]
    for claim in claims:
        assert claim.evidence or origin_of(claim, batch.header) is not Origin.DOCUMENT, claim
        for piece in claim.evidence:
            passage = passages[piece.passage]
            start, end = int(str(passage["start"])), int(str(passage["end"]))
            assert start <= piece.start < piece.end <= end
            quote = str(passage["text"])[piece.start - start : piece.end - start]
            assert quote == quote.strip() or not quote.strip()
            assert all(stretches[0][0] <= a < b <= stretches[-1][1] for a, b in piece.context)


def test_reading_twice_gives_the_same_batch() -> None:
    assert read(PLAN) == read(PLAN)


def test_a_goal_is_set_by_its_policy_and_advanced_by_the_measure_that_states_it() -> None:
    batch = read(PLAN)
    goal = only(batch, "Goal", value=12)
    measure = only(batch, "Measure", name="建设产业学院")
    policy = only(batch, "Policy", loaded=True)
    assert (goal.properties["comparator"], goal.properties["unit"], goal.properties["year"]) == (">=", "个", 2025)
    assert (policy.id, goal.id) in {(edge.source, edge.target) for edge in edges(batch, "SETS")}
    assert [edge.source for edge in edges(batch, "ADVANCES") if edge.target == goal.id] == [measure.id]


def test_a_goal_in_the_section_of_goals_is_advanced_by_no_measure() -> None:
    batch = read(PLAN)
    goal = only(batch, "Goal", value=65)
    assert goal.id not in {edge.target for edge in edges(batch, "ADVANCES")}


def test_partners_are_joined_once_with_what_they_do() -> None:
    (edge,) = edges(read(PLAN), "PARTNERS_WITH")
    assert edge.source < edge.target
    assert edge.properties["platform"] == "智能装备产业学院"


def test_the_same_body_has_one_id_in_papers_of_different_cities() -> None:
    other = read(PLAN.replace("云州市", "清河市"))
    assert only(read(PLAN), "Enterprise").id == only(other, "Enterprise").id


def test_what_a_city_shall_issue_is_its_own_and_a_national_text_is_shared() -> None:
    here, there = read(PLAN), read(PLAN.replace("云州市", "清河市"))
    national, local = "国家职业教育改革实施方案", "产业学院管理办法"
    assert only(here, "Policy", name=national).id == only(there, "Policy", name=national).id
    assert only(here, "Policy", name=local).id != only(there, "Policy", name=local).id


def test_an_issuer_by_option_is_curated_and_needs_no_evidence() -> None:
    batch = read(PLAN, LoadOptions(issuer="云州市教育局"))
    (edge,) = edges(batch, "ISSUED_BY")
    assert edge.origin is Origin.CURATED
    assert edge.evidence == ()
    assert only(batch, "Institution", name="云州市教育局").id == edge.target


def test_an_issuer_by_option_that_the_title_names_has_it_as_evidence() -> None:
    titled = "云州市教育局关于印发《云州市职业教育“十四五”发展规划》的通知\n\n" + PLAN
    found = edges(read(titled, LoadOptions(issuer="云州市教育局")), "ISSUED_BY")
    assert found
    assert all(edge.origin is None and edge.evidence for edge in found)


def test_a_body_named_by_its_rank_is_found_by_its_absolute_name() -> None:
    batch = read(PLAN + "\n三、保障措施\n\n（一）加强领导。市教育局要牵头抓好实施。\n")
    assert only(batch, "Institution", name="市教育局").properties["aliases"] == ["云州市教育局"]


def test_a_policy_without_title_shows_the_sentence_that_speaks_of_it() -> None:
    text = "近年来发展很快。为推动发展，制定本方案。\n\n一、主要目标\n\n到2025年，建成产业学院12个以上。\n"
    (piece,) = only(read(text), "Policy", loaded=True).evidence
    assert text[piece.start : piece.end] == "为推动发展，制定本方案。"


def test_the_year_below_the_title_of_a_report_belongs_to_the_title() -> None:
    batch = read(
        "海棠职业技术学院\n高等职业教育质量年度报告\n（2022年度）\n\n一、基本情况\n\n学校现有在校生12000人。\n"
    )
    assert only(batch, "Policy", loaded=True).properties["name"] == "高等职业教育质量年度报告（2022年度）"


def test_a_reported_range_keeps_both_ends() -> None:
    batch = read(
        "云州市公报\n\n一、现状\n\n2021年，全市设备利用率为85%-90%。\n", LoadOptions(title="云州市2021年度报告")
    )
    assert only(batch, "Observation").properties["value"] == "85-90"


def test_other_options_make_another_batch_of_the_same_document() -> None:
    plain, titled = read(PLAN), read(PLAN, LoadOptions(title="云州市规划"))
    assert plain.header.id != titled.header.id
    assert plain.header.content == titled.header.content


def test_a_titled_document_is_the_same_batch_wherever_it_lies() -> None:
    assert read(PLAN).header.id == read(PLAN, source="file:///other/plan.txt").header.id


def test_a_document_without_title_is_keyed_by_where_it_lies() -> None:
    text = "到2025年，建成产业学院12个以上。"
    here, there = read(text), read(text, source="file:///other/plan.txt")
    assert only(here, "Policy").properties["title_from"] == "file"
    assert only(here, "Policy").id != only(there, "Policy").id
    assert here.header.id != there.header.id


def test_two_annual_reports_of_one_college_are_two_policies() -> None:
    options = [
        LoadOptions(title="高等职业教育质量年度报告", issuer="海棠职业技术学院", issued_on=year)
        for year in ("2021", "2022")
    ]
    first, second = (read("学校现有在校生12000人。", given) for given in options)
    assert only(first, "Policy").id != only(second, "Policy").id


def test_a_cited_policy_has_the_issuers_named_beside_its_title_and_their_level() -> None:
    text = "云州市教育方案\n一、主要任务\n（一）学习。落实教育部、财政部《关于推进海棠建设的意见》。\n"
    batch = read(text)
    cited = only(batch, "Policy", name="关于推进海棠建设的意见")
    names = {claim.id: claim.properties["name"] for claim in batch.nodes}
    assert {names[edge.target] for edge in edges(batch, "ISSUED_BY") if edge.source == cited.id} == {"教育部", "财政部"}
    assert cited.properties["level"] == "national" and "level" in cited.inferred
