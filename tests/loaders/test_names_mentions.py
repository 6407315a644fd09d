"""Which names of a text are marked, and which words only look like names."""

from itertools import pairwise

import pytest

from loaders.names.mentions import mentions
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def marked(text: str) -> dict[str, str]:
    return {mention.text: mention.kind for mention in mentions(structure(normalise(text)))}


def organizations(text: str) -> set[str]:
    return {name for name, kind in marked(text).items() if kind == "organization"}


def places(text: str) -> set[str]:
    return {name for name, kind in marked(text).items() if kind == "place"}


def test_departments_are_marked_with_their_place_or_rank() -> None:
    found = organizations("由省水利厅牵头，昆明市总工会、县农业农村局配合做好水库巡查。")
    assert found == {"省水利厅", "昆明市总工会", "县农业农村局"}


def test_departments_without_place_and_kinds_are_no_names() -> None:
    text = "教育行政部门和职业院校要会同行业企业办好各类高职院校、产教融合实训基地，发挥政府部门作用。"
    assert organizations(text) == set()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("沿苏州河和江西路开展环境整治。", {"苏州", "江西"}),
        ("着力探索县级层面的办法。", {"索县"}),
        ("鼓励温籍企业家回乡投资。", {"温"}),
        ("加强中外合作办学与国际交流。", {"中国"}),
        ("通过构建德技并修的育人体系提高水平。浙江省要带头。", {"建德"}),
        ("省内有钱塘江、瓯江等河流。浙江省要加强治理。", {"钱塘"}),
    ],
)
def test_words_that_hold_the_name_of_a_place_are_no_places(text: str, wrong: set[str]) -> None:
    assert not wrong & places(text)


def test_short_names_of_counties_count_in_a_text_about_their_province() -> None:
    text = "浙江省海洋渔业工作会议召开，浙江省和温州市部署任务，支持平阳、文成等山区县发展。"
    assert {"平阳", "文成"} <= places(text)
    assert not {"平阳", "文成"} & places("支持平阳、文成等山区县发展。云南省和昆明市、大理市部署任务，云南省带头。") - {
        "平阳",
        "文成",
    }


def test_of_names_in_a_title_only_the_issuers_count() -> None:
    text = "落实《国务院办公厅关于加强渔港管理的意见》和《海棠市渔业学院建设办法》，参照《水利部章程汇编》中的做法。"
    assert "国务院办公厅" in organizations(text)
    assert "海棠市渔业学院" not in organizations(text)


def test_rank_names_in_a_set_phrase_are_not_marked() -> None:
    found = organizations("全面贯彻党中央、国务院和省委、省政府关于防汛工作的决策部署。")
    assert found == {"党中央", "国务院"}


def test_a_registered_college_is_not_marked_inside_a_longer_word() -> None:
    assert "浙江大学" not in organizations("组织浙江大学生暑期实践，在温州大学城设点。")
    assert "温州大学" not in organizations("组织浙江大学生暑期实践，在温州大学城设点。")
    assert "温州大学" in organizations("支持温州大学开展研究。")


def test_legal_forms_and_publishers_belong_to_the_name() -> None:
    found = organizations("教材由海棠大学出版社有限责任公司出版，设备由星渊智能装备股份有限公司提供。")
    assert "星渊智能装备股份有限公司" in found
    assert any(name.endswith("出版社有限责任公司") for name in found)


def test_verbs_before_a_name_are_cut_off() -> None:
    found = organizations("现有云岭职业技术学院1所，进一步加快建设星渊智能制造研究院。")
    assert "云岭职业技术学院" in found
    assert not any(name.startswith(("现有", "加快", "建设")) for name in found)


def test_brands_in_a_counted_list_of_companies_are_names() -> None:
    text = "学院与星渊、云帆通信、ABC等5家知名企业开展订单培养。"
    assert {"云帆通信"} <= organizations(text)


def test_trades_in_a_list_are_no_brands() -> None:
    assert organizations("引导电气、鞋服、服装等行业龙头企业参与办学。") == set()


def test_a_short_form_that_the_text_gives_is_marked_everywhere() -> None:
    text = "云岭职业技术学院（以下简称“云职院”）成立于1999年。\n云职院设有6个系。"
    structured = structure(normalise(text))
    assert [mention.text for mention in mentions(structured)].count("云职院") == 2


def test_names_do_not_reach_from_one_cell_into_the_next() -> None:
    text = "序号\n\t1\n\t星渊智能装备有限公司\n\t云帆船舶科技有限公司\n\n\t2\n\t海棠市水利局\n\t龙渊机械有限公司\n"
    found = mentions(structure(normalise(text)))
    assert {"星渊智能装备有限公司", "云帆船舶科技有限公司", "龙渊机械有限公司"} <= {mention.text for mention in found}
    assert all("\t" not in mention.text for mention in found)


def test_spans_give_the_text_back_in_order() -> None:
    text = "云岭职业技术学院与德国、意大利的院校合作，由省教育厅和江北省云州市人民政府支持。"
    structured = structure(normalise(text))
    found = mentions(structured)
    assert all(mention.span.of(structured.text) == mention.text for mention in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(mention.rule for mention in found)


def test_a_department_named_by_its_field_only_is_no_body() -> None:
    assert organizations("国务院水利主管部门会同国务院财政部门制定具体办法。") == set()
    assert organizations("国务院办公厅印发通知。") == {"国务院办公厅"}


def test_a_zone_takes_the_name_of_the_place_before_it() -> None:
    assert "武夷山国家公园" in places("推进武夷山国家公园建设，福建省要负总责。")


def test_a_unit_right_after_its_school_is_one_name_with_it() -> None:
    assert "云岭职业技术学院瑞安学院" in organizations("办好云岭职业技术学院瑞安学院等特色学院。")


def test_slogans_that_end_like_a_body_are_none() -> None:
    assert organizations("坚持以群建院、以标评院，鼓励社会民办，加强浙江民办高校建设。") == set()


def test_units_of_a_place_or_rank_are_marked_by_their_ending() -> None:
    text = "由县大数据中心负责，支持永丰县白云岭林场扩大苗木基地，市政务服务中心、县公安局配合。"
    assert {"县大数据中心", "永丰县白云岭林场", "市政务服务中心", "县公安局"} <= organizations(text)


@pytest.mark.parametrize(
    "text", ["建设县域商业中心。", "市场监测中心要扩容。", "永丰县国有林场实行定岗。", "推动县城中心更新。"]
)
def test_words_that_begin_like_a_rank_head_no_unit(text: str) -> None:
    assert organizations(text) == set()


def test_an_office_takes_the_protected_area_or_place_right_before_it() -> None:
    text = "武夷山国家公园江西管理局要会同铅山县推进搬迁。市生态环境局长清分局配合。"
    assert organizations(text) == {"武夷山国家公园江西管理局", "市生态环境局长清分局"}


@pytest.mark.parametrize(
    "text",
    [
        "深化“一网通办”改革。",
        "云政办发〔2022〕18号",
        "各设区市林业局要加强巡护。",
        "各级工会、共青团、妇联要组织青年植树。",
        "与泰国的两所职业学院开展交流。",
        "各省、自治区教育厅、发展改革委，各市财政局：\n现将方案印发。",
    ],
)
def test_numbers_slogans_kinds_and_addressees_are_no_bodies(text: str) -> None:
    assert organizations(text) == set()


def test_a_name_that_begins_like_a_particle_is_kept_whole() -> None:
    assert "同济医院" in organizations("支持同济医院建设分院。")


def test_a_congress_is_marked_with_its_place_and_term() -> None:
    text = "2023年9月28日浙江省第十四届人民代表大会常务委员会第五次会议批准。"
    assert organizations(text) == {"浙江省第十四届人民代表大会常务委员会"}


def test_a_leading_group_takes_the_place_whose_task_it_has() -> None:
    assert organizations("上高县优化营商环境工作领导小组办公室负责督办。") == {"上高县优化营商环境工作领导小组办公室"}
    assert "江宁区" in places("江宁区成立优化营商环境工作领导小组。")


def test_a_lake_is_no_mention_of_the_county_it_sounds_like() -> None:
    assert "鄱阳" not in places("修复鄱阳湖流域退化湿地，江西省加强巡护。")


def test_a_list_of_places_shares_the_body_of_its_last_member() -> None:
    shared = organizations("翠屏区、叙州区、屏山县人民政府负总责。")
    assert shared == {"翠屏区人民政府", "叙州区人民政府", "屏山县人民政府"}
    assert organizations("在翠屏区、叙州区开展试点，屏山县人民政府配合。") == {"屏山县人民政府"}


def test_a_name_keeps_the_rank_before_it_and_the_station_behind_it() -> None:
    assert organizations("市生态环境保护委员会要统筹实施。") == {"市生态环境保护委员会"}
    assert organizations("委托江北省云州生态环境监测中心站开展测试。") == {"江北省云州生态环境监测中心站"}
    assert organizations("各市生态环境保护委员会要加强领导。") == set()


def test_a_place_and_the_state_have_one_unit_of_a_kind() -> None:
    assert organizations("引导宜宾市商业银行等金融机构放贷。") == {"宜宾市商业银行"}
    assert organizations("支持国家老年医学中心开展带教。") == {"国家老年医学中心"}
    assert organizations("支持建设国家区域医学中心。") == set()


def test_along_a_river_is_no_part_of_a_place() -> None:
    assert places("沿江三江新区要严守清单。") == {"三江新区"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("如东南电子股份有限公司分期投入经费。东南电子股份有限公司还派出教师。", "东南电子股份有限公司"),
        ("例如星渊智能装备有限公司投入了设备。", "星渊智能装备有限公司"),
        ("2019 年度慈善总会爱心助学金120万元。", "慈善总会"),
        ("学生走进白岭镇中心小学开展支教。", "白岭镇中心小学"),
        ("构建国家级“云州产业科技众创空间”，服务师生。", "云州产业科技众创空间"),
        ("由如东县中等专业学校承办比赛。", "如东县中等专业学校"),
    ],
)
def test_a_name_begins_and_ends_where_it_is_one(text: str, name: str) -> None:
    assert organizations(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "举办“认识大学生常见疾病”讲座。",
        "她成绩优秀，荣获学校奖学金。",
        "以实体化职业教育集团为载体。",
        "会同当地开放大学办班。",
    ],
)
def test_half_words_and_kinds_after_a_verb_are_no_organizations(text: str) -> None:
    assert organizations(text) == set()


def test_such_as_is_no_county() -> None:
    assert places("各部门严防死守。比如，落实值班制度。") == set()


def test_a_long_name_is_marked_without_its_place_too() -> None:
    alone = "推进职业教育集团建设。\n"
    assert organizations(alone) == set()
    assert "职业教育集团" in organizations("与昆明市职业教育集团共建实验室。\n" + alone)
