"""Goals in running text: what is one, with which indicator and year, and what is none."""

import pytest

from loaders.extract.figures import figures
from loaders.extract.goals import goals
from loaders.extract.records import GoalRecord, OwnPolicy
from loaders.text.model import Span, Structure
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def plan(
    body: str, *, heading: str = "主要任务", kind: str = "plan", start: int = 2021
) -> tuple[Structure, list[OwnPolicy]]:
    read = structure(normalise(f"云州市林业发展“十四五”规划\n一、{heading}\n{body}\n"))
    own = OwnPolicy(
        title="云州市林业发展“十四五”规划",
        title_from="text",
        stretch=Span(0, len(read.text)),
        kind=kind,
        period_start=start,
        period_end=2025,
    )
    return read, [own]


def found(body: str, **options: str) -> list[GoalRecord]:
    return goals(figures(*plan(body, **options)))  # type: ignore[arg-type]


def brief(record: GoalRecord) -> tuple[str, str, float | str, str, int | None]:
    return record.indicator, record.comparator, record.value, record.unit, record.year


@pytest.mark.parametrize(
    ("body", "indicator"),
    [
        ("培育10个有影响力的农林产业联盟。", "有影响力的农林产业联盟"),
        ("支持建成50个以上森林体验基地。", "森林体验基地"),
        ("新（迁、扩）建30所以上护林学校。", "新（迁、扩）建护林学校"),
        ("提升或新建100个以上苗木、花卉平台。", "提升或新建苗木、花卉平台"),
        ("每年培养300名左右林业技师。", "每年培养林业技师"),
        ("引进市外优质林企不少于3家。", "引进市外优质林企"),
        ("林场职工留云率达到60%以上。", "林场职工留云率"),
        ("80%以上的乡镇林业站在林区办公。", "在林区办公的乡镇林业站"),
        ("实训课时不少于总课时的50%。", "实训课时占总课时比例"),
        ("优质林场年接待人次达到设计容量的2倍以上。", "优质林场年接待人次与设计容量之比"),
        ("培育30家木材企业成为省级龙头企业。", "成为省级龙头企业的木材企业"),
        ("各县市区要建成至少1个自然教育中心。", "各县市区自然教育中心"),
        ("依托国有林场建立3个以上科研驿站。", "科研驿站"),
        ("全市5家国有林场森林覆盖率均达90%以上。", "国有林场森林覆盖率"),
        ("完成各类护林技能培训年均14万人次以上。", "各类护林技能培训年均人次"),
        ("单位产值能耗较2020年下降13.5%。", "单位产值能耗下降"),
        ("项目审批时间压缩至3个工作日。", "项目审批时间"),
        ("培育年产值10亿元以上的龙头林企5家。", "年产值10亿元以上的龙头林企"),
        ("支持2家基础好、带动强的林场，打造全国示范林场。", "全国示范林场"),
    ],
)
def test_the_indicator_is_what_a_column_head_would_say(body: str, indicator: str) -> None:
    assert [record.indicator for record in found(body)] == [indicator]


def test_a_list_gives_one_goal_a_number() -> None:
    records = found("到2025年，培育2个国家级护林基地、1个国家级苗木基地，遴选30个典型案例。")
    assert [brief(record) for record in records] == [
        ("国家级护林基地", "=", 2, "个", 2025),
        ("国家级苗木基地", "=", 1, "个", 2025),
        ("典型案例", "=", 30, "个", 2025),
    ]


def test_an_act_is_shared_by_the_items_of_a_list() -> None:
    records = found("重点培养100名护林员，200名技术骨干。")
    assert [record.indicator for record in records] == ["重点培养护林员", "重点培养技术骨干"]


def test_the_end_of_a_list_may_belong_to_all_of_its_items() -> None:
    records = found("高标准完成20万名林农、90万名职工培养任务。")
    assert [record.indicator for record in records] == ["林农培养任务", "职工培养任务"]
    records = found("推动5家优质林场和8个特色苗圃上云。")
    assert [record.indicator for record in records] == ["上云的优质林场", "上云的特色苗圃"]


def test_several_subjects_with_one_figure_each_are_told_apart() -> None:
    records = found("森林覆盖率、湿地保护率分别达到63%、55%。")
    assert [(record.indicator, record.value) for record in records] == [("森林覆盖率", 63), ("湿地保护率", 55)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小麦、玉米、水稻单产分别达到400公斤、450公斤、500公斤。", ["小麦单产", "玉米单产", "水稻单产"]),
        ("城镇、农村居民收入分别增长6%和7%。", ["城镇居民收入增长", "农村居民收入增长"]),
        ("新建、改建苗圃分别达到10个和20个。", ["新建苗圃", "改建苗圃"]),
    ],
)
def test_subjects_with_one_figure_each_share_what_only_the_last_of_them_says(text: str, expected: list[str]) -> None:
    assert [record.indicator for record in found(text)] == expected


def test_a_list_goes_on_from_a_clause_without_a_figure() -> None:
    assert [record.indicator for record in found("校企共建一批优质苗圃，1-2个林业学院。")] == ["校企共建林业学院"]


def test_a_year_at_the_head_is_shared_and_shown_in_the_context() -> None:
    read, own = plan("到2023年，森林覆盖率达到61%；湿地保护率达到50%。造林面积达到30万亩。")
    records = goals(figures(read, own))
    assert [record.year for record in records] == [2023, 2023, 2023]
    assert all(record.inferred == () for record in records)
    assert [span.of(read.text) for span in records[1].context] == ["到2023年"]


def test_each_sentence_has_its_own_year() -> None:
    records = found("到2025年，森林覆盖率达到63%。到2035年，森林覆盖率达到65%。", heading="发展目标")
    assert [(record.year, record.value) for record in records] == [(2025, 63), (2035, 65)]


def test_without_a_year_the_end_of_the_plan_is_inferred() -> None:
    (record,) = found("建成国家级示范苗圃8个以上。")
    assert record.year == 2025
    assert record.inferred == ("year",)


def test_a_five_year_plan_names_its_last_year() -> None:
    (record,) = found("“十四五”期间，全市累计新增林道300公里。")
    assert (record.year, record.inferred) == (2025, ())


def test_a_value_that_is_left_behind_is_the_baseline() -> None:
    (record,) = found("林区通信覆盖率从2020年的85%提高到95%。")
    assert brief(record) == ("林区通信覆盖率", "=", 95, "%", 2025)
    assert (record.baseline_value, record.baseline_year) == (85, 2020)


def test_a_bracket_may_state_a_goal_that_leans_on_the_one_before() -> None:
    records = found("建成特色林场100个（其中省级20个）。")
    assert [(record.indicator, record.value) for record in records] == [("特色林场", 100), ("省级特色林场", 20)]


def test_the_evidence_is_the_clause() -> None:
    read, own = plan("优化布局，培育示范林场6家，完善机制。")
    (record,) = goals(figures(read, own))
    assert record.evidence.of(read.text) == "培育示范林场6家"


@pytest.mark.parametrize(
    "body",
    [
        "对通过认定的林企，分别给予5万元、20万元、50万元补助。",
        "对当年投资额1亿元以上的新建林场，予以用地支持。",
        "奖励比例应高于成果转化收益总额的80%。",
        "林企税前可按投资额的30%抵免。",
        "从具有3年以上护林经历的人员中公开招聘。",
        "落实5年一周期的全员培训工作。",
        "企业登记应当在3个工作日内办结。",
        "健全造林、育苗、管护、采伐等4个环节的标准。",
        "目前已建成示范林场45家。",
        "截至2020年底，建成自然公园12个。",
        "特大林场指林地面积50万亩以上的林场。",
        "达标率=（达标面积/总面积）×100%。",
        "小型沟渠（管径＜600毫米）要定期清理。",
        "深化林权改革，做强三大产业。",
    ],
)
def test_rewards_rules_conditions_and_what_was_reached_are_no_goals(body: str) -> None:
    assert found(body) == []


def test_a_section_that_looks_back_has_no_goals() -> None:
    assert found("造林面积达到45万亩，森林覆盖率超过62%。", heading="发展基础与现状") == []


def test_a_figure_of_an_earlier_year_is_no_goal() -> None:
    assert found("2019年，全市造林12万亩。") == []


def test_a_law_sets_goals_only_for_a_year() -> None:
    rule = "林场的公益林面积不低于林地总面积的30%。"
    assert found(rule, kind="law") == []
    assert found("到2030年，" + rule, kind="law")[0].year == 2030


def test_a_denominator_is_no_goal() -> None:
    assert [record.value for record in found("全市5家林场机械化率均达40%以上。")] == [40]


def test_goals_of_a_text_that_is_no_plan_at_all_do_not_fail() -> None:
    read = structure(normalise("The forest covers 30% of the land by 2030.\n森の面積は30%です。"))
    assert goals(figures(read, [])) == [] or all(record.evidence for record in goals(figures(read, [])))


def test_a_table_of_tasks_sets_the_targets_in_its_prose_by_the_year_of_its_row() -> None:
    rows = [
        ("序号", "重点任务", "责任单位", "完成时限"),
        ("1", "推进森林步道建设，新建步道300公里", "市林业局", "2023年12月"),
        ("2", "培育省级林下经济示范基地5个以上", "市农业农村局等4个部门", "2024年底"),
    ]
    cells = "\n".join("\t" + "\t".join(row) for row in rows)
    records = found(f"云州市林业重点任务清单\n{cells}\n")
    assert [brief(record) for record in records] == [
        ("新建步道", "=", 300, "公里", 2023),
        ("省级林下经济示范基地", ">=", 5, "个", 2024),
    ]


@pytest.mark.parametrize(
    ("body", "indicator"),
    [
        ("牵头成立云州林业职教集团，五年内成员单位达到80家。", "云州林业职教集团成员单位"),
        ("与江北林业大学联合举办“护林英才”招聘会，全年不少于9场。", "全年“护林英才”招聘会"),
        ("实施基层护林员定向培养计划，五年培养900名。", "基层护林员定向培养"),
        ("聘请企业技师担任产业导师，五年累计聘任300名。", "累计聘任产业导师"),
        ("建设木材检测中心，总投资2亿元。", "木材检测中心总投资"),
        ("市林业局会同团市委每年举办植树活动40场以上。", "每年举办植树活动"),
        ("与星渊智能装备有限公司共建护林学院1个。", "共建护林学院"),
        ("从县直单位选派特派员200名。", "特派员"),
        ("五年投入3000万元用于引进林业博士。", "用于引进林业博士的投入"),
        ("培育产值超10亿元林企5家。", "产值超10亿元林企"),
        ("各乡镇林业站100%设立便民窗口。", "设立便民窗口的乡镇林业站"),
        ("新增林地100%按详规出让。", "新增林地按详规出让比例"),
        ("拖欠林农账款2023年12月底前清偿率达100%。", "拖欠林农账款清偿率"),
        ("出口林企平均退税时间压缩至3个工作日。", "出口林企平均退税时间"),
        ("新建护林大楼1幢，总建筑面积2.4万平方米。", "护林大楼总建筑面积"),
        ("带动林农9户，惠及居民1.6万户。", "惠及居民"),
        ("每年安排专项资金2亿元，其中用于造林的不低于30%。", "用于造林的专项资金占比"),
        ("打造校级护林典型案例60个。", "校级护林典型案例"),
    ],
)
def test_an_indicator_says_what_of_whom(body: str, indicator: str) -> None:
    assert found(body)[-1].indicator == indicator


def test_what_stands_alone_takes_nothing_from_the_clause_before() -> None:
    body = "组建护林联盟，林农满意度达到95%。校园面积达到900亩，建筑面积50万平方米。"
    assert [record.indicator for record in found(body)] == ["林农满意度", "校园面积", "建筑面积"]


def test_the_clause_that_completes_an_indicator_is_shown_in_the_context() -> None:
    read, own = plan("组建护林联盟，成员单位达到80家。")
    (record,) = goals(figures(read, own))
    assert [span.of(read.text) for span in record.context] == ["组建护林联盟"]
    assert "indicator" not in record.inferred


def test_what_a_named_firm_sends_or_gives_is_no_target() -> None:
    assert found("由星渊智能装备有限公司选派高级技师20名参与授课。") == []
    assert len(found("星渊智能装备有限公司每年接收学徒不少于200名。")) == 1


def test_at_least_may_stand_before_the_verb() -> None:
    (record,) = found("林长每季度至少专题研究防火工作2次。")
    assert brief(record)[:4] == ("林长每季度专题研究防火工作", ">=", 2, "次")


def test_cut_times_are_targets_and_terms_are_none() -> None:
    body = "采伐许可从受理到办结控制在30个工作日以内，简易项目不超过10个工作日。收到申请后5个工作日内答复。"
    assert [record.value for record in found(body)] == [30, 10]


def test_a_staged_year_governs_states_after_it_but_no_new_act() -> None:
    records = found("到2023年，火灾扑灭率达到98%。疫点乡镇数量下降到9个。建设扑火队120支。")
    assert [record.year for record in records] == [2023, 2023, 2025]


def test_an_outlook_names_its_own_year() -> None:
    assert [record.year for record in found("展望2035年，乔木林蓄积量力争突破110万立方米。")] == [2035]


def test_the_year_in_which_a_building_is_done_is_that_of_its_figures() -> None:
    records = found("建设木材检测中心，总投资2亿元，2023年底建成投用。新建林道300公里。")
    assert [record.year for record in records] == [2023, 2025]


def test_cells_that_begin_with_a_verb_are_tasks_and_no_values() -> None:
    rows = [
        ("序号", "重点任务", "完成时限"),
        ("1", "建成护林平台1个，接入林场20家", "2024年底"),
        ("2", "建设步道25公里", "长期"),
    ]
    cells = "\n".join("\t" + "\t".join(row) for row in rows)
    records = found(f"任务分工表\n{cells}\n")
    assert [brief(record) for record in records] == [
        ("护林平台", "=", 1, "个", 2024),
        ("接入林场", "=", 20, "家", 2024),
        ("步道", "=", 25, "公里", 2025),
    ]


def test_an_unknown_verb_before_a_count_is_a_target_in_a_task() -> None:
    assert [record.indicator for record in found("孵育小微林企100家。")] == ["孵育小微林企"]
    assert found("孵育小微林企100家。", heading="发展现状") == []


def test_subjects_with_one_figure_each_share_the_rest_of_the_noun_and_the_bound() -> None:
    assert [brief(record) for record in found("进口、出口整体查验时间分别压缩至20小时和1小时以内。")] == [
        ("进口整体查验时间", "<=", 20, "小时", 2025),
        ("出口整体查验时间", "<=", 1, "小时", 2025),
    ]


def test_a_month_names_the_year_of_its_own_sentence_only() -> None:
    records = found("市林业局要在2024年6月前完成联网，线上检疫率达到90%。林农培训覆盖率提高到70%。")
    assert [brief(record) for record in records] == [
        ("线上检疫率", "=", 90, "%", 2024),
        ("林农培训覆盖率", "=", 70, "%", 2025),
    ]


def test_the_year_from_which_something_is_done_is_no_target_year() -> None:
    (record,) = found("2021年起每年组织护林巡查不少于2次。")
    assert record.year == 2025


def test_a_baseline_with_its_year_leaves_the_target_its_own() -> None:
    (record,) = found("力争林地流转率由2020年的18.6%提高到30%。")
    assert brief(record) == ("林地流转率", "=", 30, "%", 2025)
    assert record.baseline_value == 18.6


def test_a_size_that_tells_which_things_are_meant_is_no_goal() -> None:
    assert found("50千瓦及以下林农用电免收接入费。") == []


def test_a_base_is_background_and_to_strengthen_it_is_a_task() -> None:
    assert found("林场接待人次达到90万人次。", heading="建设基础") == []
    assert len(found("林场接待人次达到90万人次。", heading="夯实建设基础")) == 1


def test_a_deadline_inside_a_sentence_is_that_of_its_task() -> None:
    records = found("林业局2022年底前完成注册，五年服务林企200家以上。")
    assert [brief(record) for record in records] == [("服务林企", ">=", 200, "家", 2025)]


def test_the_year_of_the_next_task_is_not_that_of_the_figure_before_it() -> None:
    records = found("林道硬化率达到100%，青山林场2022年建成护林站1座。")
    assert [record.year for record in records] == [2025, 2022]


def test_an_age_that_tells_who_is_meant_is_no_goal() -> None:
    assert found("林场为辖区内65岁及以上职工每年提供体检。") == []
