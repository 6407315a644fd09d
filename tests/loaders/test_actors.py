"""Whom a measure involves, and in which role: the grammar of official clauses."""

import pytest

from loaders.extract.actors import involvements
from loaders.extract.records import Involvement, MeasureRecord, Mention
from loaders.text.model import CleanText, Paragraph, Section, Span, Structure


def read(text: str, *names: str, places: tuple[str, ...] = ()) -> list[Involvement]:
    whole = Span(0, len(text))
    section = Section(0, None, 1, "", "", None, whole, (Paragraph(whole),))
    parts = Structure(CleanText(text, text, tuple(range(len(text)))), (section,))
    measure = MeasureRecord(0, "", "", 1, None, "task", whole)
    mentions = [_mention(text, name, "organization") for name in names]
    mentions += [_mention(text, name, "place") for name in places]
    return involvements(parts, [measure], sorted(mentions, key=lambda m: m.span))


def _mention(text: str, name: str, kind: str) -> Mention:
    start = text.index(name)
    return Mention(Span(start, start + len(name)), kind, name)  # type: ignore[arg-type]


def roles(text: str, *names: str, places: tuple[str, ...] = ()) -> dict[str, str]:
    return {record.actor: record.role for record in read(text, *names, places=places)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各县（市、区）人民政府要建立工作专班。", {"县（市、区）政府": "lead"}),
        ("鼓励、支持和引导家庭农场和龙头企业发展林下经济。", {"家庭农场": "lead", "龙头企业": "lead"}),
        ("支持渔业企业建设冷库。", {"渔业企业": "lead"}),
        ("支持高职院校创建国家“双高”学校。", {"高职院校": "beneficiary"}),
        ("推动中职学校与本科院校开展贯通培养。", {"中职学校": "partner", "本科院校": "partner"}),
        ("为老年人提供上门服务。", {"老年人": "beneficiary"}),
        ("对排污企业开展执法检查。", {"排污企业": "object"}),
        ("提高乡村医生待遇。", {"乡村医生": "beneficiary"}),
        ("选派科技特派员驻村。", {"科技特派员": "supporter"}),
        ("依托行业协会建立专家库。", {"行业组织": "supporter"}),
        ("发挥行业协会作用。", {"行业组织": "partner"}),
        ("由同级财政予以保障。", {"财政部门": "supporter"}),
        ("组建由渔民、加工企业参加的理事会。", {"渔民": "partner", "加工企业": "partner"}),
        ("遴选龙头企业五家。", {"龙头企业": "object"}),
    ],
)
def test_role_by_the_grammar_of_the_clause(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


def test_who_leads_others_is_lead_and_they_are_partners() -> None:
    found = roles("市林业局会同市财政局开展普查。", "市林业局", "市财政局")
    assert found == {"市林业局": "lead", "市财政局": "partner"}


def test_responsible_bodies_in_brackets_lead_and_helpers_are_partners() -> None:
    text = "推进绿化。（市林业局牵头，市财政局、各县（市、区）政府配合）"
    assert roles(text, "市林业局", "市财政局") == {
        "市林业局": "lead",
        "市财政局": "partner",
        "县（市、区）政府": "partner",
    }
    text = "（责任单位：市林业局、市财政局）"
    assert roles(text, "市林业局", "市财政局") == {"市林业局": "lead", "市财政局": "lead"}


def test_places_count_as_a_party_and_not_as_a_location() -> None:
    assert roles("与云州市共建产业园。", places=("云州市",)) == {"云州市": "partner"}
    assert roles("在云州市新建学校。", places=("云州市",)).get("云州市") is None


def test_what_is_to_be_brought_forth_is_no_actor() -> None:
    assert roles("培养更多高素质技术技能人才。") == {}
    assert roles("引进高技能人才。") == {"高技能人才": "object"}


def test_parts_of_compound_nouns_titles_and_slogans_are_no_actors() -> None:
    assert roles("弘扬企业文化。") == {}
    assert roles("落实《云州市企业管理办法》。") == {}
    assert roles("建设“学生发展共同体”。") == {}
    assert roles("发展社会事业，完善社会保险。") == {}


def test_the_own_school_of_a_college_paper_is_no_actor() -> None:
    assert "学校" not in roles("我校推进改革，学校与企业共建基地。")


def test_evidence_is_the_sentence_and_mention_the_form() -> None:
    text = "推进改革。鼓励职业学校招收学员。"
    (record,) = [r for r in read(text) if r.actor == "职业院校"]
    assert record.evidence.of(text) == "鼓励职业学校招收学员。"
    assert record.mention.of(text) == "职业学校"
    assert (record.actor_kind, record.group_kind, record.aliases) == ("group", "school", ("职业学校",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以国有企业为主体组建联合体。", {"国有企业": "lead"}),
        ("对搬迁农户给予安家补助。", {"农民": "beneficiary"}),
        ("对风险低的企业减少检查频次。", {"企业": "beneficiary"}),
        ("对风险高的企业增加检查频次。", {"企业": "object"}),
        ("企业满意度达到新水平。", {"企业": "beneficiary"}),
        ("组织失业人员参加技能培训。", {"失业人员": "beneficiary"}),
        ("组织青少年建设主题林。", {"青少年": "partner"}),
        ("选派青年教师到企业挂职。", {"青年教师": "beneficiary"}),
        ("邀请第三方机构开展中期评估。", {"第三方机构": "lead"}),
        ("将履职情况纳入二级学院年度考核。", {"二级学院": "object"}),
        ("规划实施接受社会公众监督。", {"社会公众": "supporter"}),
        ("省财政每年安排专项资金。", {"财政部门": "supporter"}),
        ("中小学每天安排两小时户外活动。", {"中小学": "lead"}),
        ("面向退役军人、农民工开展培训。", {"退役军人": "beneficiary", "农民工": "beneficiary"}),
        ("推进低收入家庭接续奋斗计划。", {"低收入群体": "beneficiary"}),
        ("支持高职院校创建省级示范校。", {"高职院校": "beneficiary"}),
        ("支持渔业企业创建冷链中心。", {"渔业企业": "lead"}),
        ("辅导员与学生比例不低于规定。", {"辅导员": "object", "学生": "object"}),
        ("探索高中与中职学生互转。", {"学生": "beneficiary"}),
    ],
)
def test_role_by_the_words_on_both_sides(text: str, expected: dict[str, str]) -> None:
    found = roles(text)
    assert {name: found.get(name) for name in expected} == expected


def test_a_place_that_has_to_act_leads_and_one_where_things_happen_is_no_actor() -> None:
    assert roles("云州、澄湖两市要率先完成修复。", places=("云州", "澄湖")) == {"云州": "lead", "澄湖": "lead"}
    assert roles("支持云州县、澄湖县开展试点。", places=("云州县", "澄湖县")) == {"云州县": "lead", "澄湖县": "lead"}
    assert roles("在云州县建设苗圃。", places=("云州县",)) == {}


def test_who_has_to_lead_others_is_lead() -> None:
    found = roles("云州管理局要联合海棠大学建设监测站。", "云州管理局", "海棠大学")
    assert found == {"云州管理局": "lead", "海棠大学": "partner"}


def test_a_signature_and_the_issuer_of_a_title_are_no_actors() -> None:
    assert roles("云州市优化环境领导小组办公室文件", "云州市优化环境领导小组办公室") == {}
    assert roles("教育部《关于推进改革的意见》提出要求。", "教育部") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鼓励仓储企业和个体船主更新设备。", {"仓储企业": "lead", "个体船主": "lead"}),
        ("海域使用权人应当报告养殖情况。", {"海域使用权人": "lead"}),
        (
            "为各县（区）检验机构提供技术支持，培训采样人员300人次。",
            {"检验机构": "beneficiary", "采样人员": "beneficiary"},
        ),
        ("县（区）领导班子考核结果向社会公布。", {"领导班子": "object"}),
        ("督促餐饮经营者建立台账。", {"餐饮经营者": "lead"}),
        ("向受灾家庭发放补助。", {"受灾家庭": "beneficiary"}),
        ("依托街道综合服务中心开展培训。", {"街道综合服务中心": "supporter"}),
        ("由出资方和运营方共同管理。", {"出资方": "lead", "运营方": "lead"}),
        ("各县（区）政府要制定计划。", {"县（市、区）政府": "lead"}),
    ],
)
def test_a_noun_phrase_whose_head_names_people_or_bodies_is_a_group(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "有关部门、责任单位要抓好落实。",
        "对违法排污的责任人依法处理。",
        "单位面积产量提高10%，账户资金监管到位。",
        "建设高素质教师队伍。",
        "要组织开展培训。",
        "完善信用评价机构备案制度。",
        "争创省级定向生培养单位。",
        "海棠学院成为定向生培养单位。",
        "参照医师“多点执业”做法。",
        "扩大会员规模。",
    ],
)
def test_empty_names_things_and_sought_statuses_are_no_groups(text: str) -> None:
    assert roles(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推动规上企业开展节能改造。", {"规上企业": "lead"}),
        ("推动规上企业节能改造工程。", {"规上企业": "object"}),
        ("考核结果作为职工晋升依据。", {"职工": "object"}),
        ("引导志愿者和居家照护者就近接受培训。", {"志愿者": "beneficiary", "居家照护者": "beneficiary"}),
        ("带动菌菇种植户3万户以上。", {"菌菇种植户": "beneficiary"}),
        ("鼓励慈善组织、企业设立助学基金。", {"慈善组织": "supporter", "企业": "supporter"}),
        ("水利部门要组织企业给予补助。", {"水利部门": "lead"}),
        ("每个乡镇卫生院配备救护车。", {"乡镇卫生院": "beneficiary"}),
        ("各县（区）党委政府每年至少听取2次汇报。", {"县（市、区）政府": "lead"}),
        ("面向办事群众设置窗口。", {"社会公众": "beneficiary"}),
        ("每年培训企业家100人次。", {"企业家": "beneficiary"}),
        ("鼓励国有企业、品牌养老机构参与运营。", {"国有企业": "partner", "养老机构": "partner"}),
        ("中央财政三年安排补助资金。", {"财政部门": "supporter"}),
    ],
)
def test_role_by_what_the_clause_says_of_the_group(text: str, expected: dict[str, str]) -> None:
    found = roles(text)
    assert {name: found.get(name) for name in expected} == expected


def test_a_group_that_modifies_the_group_behind_it_is_no_actor() -> None:
    assert roles("鼓励国有林场职工承包经营。") == {"职工": "lead"}
    assert roles("鼓励国有林场、职工承包经营。") == {"国有林场": "lead", "职工": "lead"}


def test_places_that_act_together_are_partners_and_a_class_word_adds_none() -> None:
    assert roles("云州县、澄湖县联合实施修复。", places=("云州县", "澄湖县")) == {
        "云州县": "partner",
        "澄湖县": "partner",
    }
    assert roles("与星渊公司等企业开发教材。", "星渊公司") == {"星渊公司": "partner"}
    assert roles("联系人：云州市林业局王工", "云州市林业局") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("动物诊疗机构和动物园应当报告疫情。", {"动物诊疗机构": "lead"}),
        ("动物诊疗机构和动物园的布局合理。", {}),
        ("建设单位、监理单位对工程质量负责。", {"建设单位": "lead", "监理单位": "lead"}),
        ("组建由专家、企业代表组成的咨询委员会。", {"专家": "partner", "企业": "partner"}),
        ("督促物业服务人和业主委员会做好维护。", {"物业服务人": "lead", "业主委员会": "lead"}),
    ],
)
def test_what_a_list_does_holds_for_its_known_members(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海棠县、星渊县等湖区县每季度至少开展一次巡查。", "lead"),
        ("海棠县、星渊县各完成造林十万亩。", "lead"),
        ("海棠县、星渊县先行先试。", "lead"),
        ("持续对口帮扶海棠县、星渊县各一个乡镇。", "beneficiary"),
        ("深化与江北省海棠县、云南省星渊县的医保合作。", "partner"),
    ],
)
def test_listed_places_that_act_are_helped_or_joined_are_parties(text: str, expected: str) -> None:
    above = tuple(place for place in ("江北省", "云南省") if place in text)
    assert roles(text, places=("海棠县", "星渊县", *above)) == {"海棠县": expected, "星渊县": expected}


@pytest.mark.parametrize(
    "text",
    [
        "在海棠县、星渊县开展试点。",
        "海棠县、星渊县中心城区要应对暴雨。",
        "海棠县、星渊县境内河段水质达标。",
        "宣传海棠县、星渊县的经验。",
        "对口帮扶海棠县和星渊县的成效明显。",
    ],
)
def test_listed_places_that_only_locate_are_no_parties(text: str) -> None:
    assert roles(text, places=("海棠县", "星渊县")) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中小学每学期开设林业课程不少于4课时。", {"中小学": "lead"}),
        ("护林员每周巡山不少于2次。", {"护林员": "lead"}),
        ("中小学应达到绿色学校标准。", {"中小学": "object"}),
        ("重点排污单位2026年底前完成监测设备安装。", {"排污单位": "lead"}),
        ("群团组织要动员职工参与植树。", {"群团组织": "lead", "职工": "partner"}),
        ("引导农户通过入股、合作等方式流转林地。", {"农民": "lead"}),
        ("带动农户增收。", {"农民": "beneficiary"}),
        ("鼓励担保机构为企业提供担保。", {"担保机构": "lead", "企业": "beneficiary"}),
        ("鼓励慈善组织向学校捐赠设备。", {"慈善组织": "supporter", "学校": "beneficiary"}),
        ("对成绩突出、管理规范的养老机构给予通报表扬。", {"养老机构": "object"}),
        ("表扬成效突出的30家养老机构。", {"养老机构": "object"}),
        ("帮助退捕渔民转产。", {"渔民": "beneficiary"}),
    ],
)
def test_role_by_adverbs_relative_clauses_and_what_is_given(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("海棠日报社开设专栏。", "lead"),
        ("海棠日报社2026年底前建成融媒体平台。", "lead"),
        ("将结果报送海棠日报社。", "beneficiary"),
        ("搬迁至海棠日报社。", "object"),
    ],
)
def test_a_name_that_begins_its_clause_is_the_subject(text: str, role: str) -> None:
    assert roles(text, "海棠日报社") == {"海棠日报社": role}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各县市区要因地制宜推进污水治理。", {"县（市、区）政府": "lead"}),
        ("各省级卫生健康委要会同民政部门制定方案。", {"卫生健康部门": "lead", "民政部门": "partner"}),
        ("东部地区应完成摸底。", {"东部地区": "lead"}),
        ("由家庭医生团队提供签约服务。", {"家庭医生团队": "lead"}),
        ("形成高职院校治理的标准。", {"高职院校": "object"}),
        ("中央财政通过转移支付等渠道安排补助资金。", {"财政部门": "supporter"}),
        ("表扬20个县（市、区）和30家养老机构。", {"县（市、区）政府": "object", "养老机构": "object"}),
        ("针对海外中企员工开展技能培训。", {"职工": "beneficiary"}),
    ],
)
def test_offices_levels_and_regions_act(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "表3 校企合作重点项目清单",
        "在人口较多的乡镇推进试点。",
        "东部地区每市不少于5个，西部地区不少于3个。",
        "建设绿色学校二十所。",
        "建设产业技术研究院。",
        "学生比例达到35%。",
    ],
)
def test_captions_locations_and_what_is_brought_forth_are_no_actors(text: str) -> None:
    assert roles(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("消防救援机构对养老机构开展检查。", {"消防救援机构": "lead", "养老机构": "object"}),
        ("乡镇人民政府确定专职人员。", {"乡镇政府": "lead"}),
        ("引导师生主动适应变化。", {"教师": "lead", "学生": "lead"}),
        ("鼓励社会各界对落实情况进行监督。", {"社会各界": "supporter"}),
        ("积极引进外籍文教专家。", {"专家": "object"}),
        ("扩大博士招聘数量。", {"博士": "object"}),
        ("助力民营企业“走出去”。", {"民营企业": "beneficiary"}),
        ("引导科研人员主动对接国家战略。", {"科研人员": "lead"}),
        ("让名师发挥引领作用。", {"名师": "partner"}),
        ("做好青年教师教育培训工作。", {"青年教师": "beneficiary"}),
        ("对西部地区基层康复人员开展轮训。", {"基层康复人员": "beneficiary"}),
        ("引导邮政、快递、供销等企业共建服务点。", dict.fromkeys(("邮政企业", "快递企业", "供销企业"), "partner")),
    ],
)
def test_role_by_what_is_dealt_with_watched_and_recruited(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text", ["建设和发展班组、部门文化。", "研究技术技能人才培养规律。", "实现设备共用、师资共享。"]
)
def test_departments_of_no_field_and_what_is_trained_are_no_actors(text: str) -> None:
    assert roles(text) == {}


def test_places_that_are_consulted_or_do_their_part_are_parties() -> None:
    assert roles("加强与海棠县沟通衔接。", places=("海棠县",)) == {"海棠县": "partner"}
    assert roles("沿线海棠县做好征地工作。", places=("海棠县",)) == {"海棠县": "lead"}
