"""Names that a place or a rank heads, told by how they end and by what stands on both sides."""

import pytest

from loaders.names.divisions import ranked_form, short_form
from loaders.names.mentions import mentions
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def organizations(text: str) -> set[str]:
    return {m.text for m in mentions(structure(normalise(text))) if m.kind == "organization"}


def places(text: str) -> set[str]:
    return {m.text for m in mentions(structure(normalise(text))) if m.kind == "place"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由兰考县八里湾林场“三兄弟”接力造林。", "兰考县八里湾林场"),
        ("江西水生动物保护中心要扩大繁育种群。", "江西水生动物保护中心"),
        ("充分发挥江西省野生菌保护协会桥梁纽带作用。", "江西省野生菌保护协会"),
        ("支持建设中国（赣州）稀土快速维权中心，为企业提供服务。", "中国（赣州）稀土快速维权中心"),
        ("市委目标绩效办将此项工作纳入考核。", "市委目标绩效办"),
        ("市推进“一件事”改革协调小组负责统筹。", "市推进“一件事”改革协调小组"),
        ("由庐山国家公园江西省管理局组织实施。", "庐山国家公园江西省管理局"),
        ("标准被老挝国家理工学院采用。", "老挝国家理工学院"),
        ("赣州日报社要开设专栏。", "赣州日报社"),
        ("与江西省南康区家具职业高中结对。", "南康区家具职业高中"),
    ],
)
def test_a_body_is_marked_from_its_place_or_rank_to_its_ending(text: str, name: str) -> None:
    assert any(found.endswith(name) for found in organizations(text))


def test_an_item_of_a_list_that_a_rank_heads_is_one_body() -> None:
    text = "（责任单位：市科技和人才工作局；配合单位：市公安局、市城管执法局）"
    assert organizations(text) == {"市科技和人才工作局", "市公安局", "市城管执法局"}


def test_a_sentence_with_deeds_is_no_body() -> None:
    text = "，市法院会同市市场监管局、市税务局建立信息共享平台，推进改革。"
    assert organizations(text) == {"市法院", "市市场监管局", "市税务局"}


@pytest.mark.parametrize(
    "text",
    ["成立市推进改革领导小组。", "建设江西省级区域医疗中心。", "在永丰县边界乡镇便民服务中心开设窗口。"],
)
def test_what_is_set_up_and_kinds_are_not_headed_by_a_place(text: str) -> None:
    assert organizations(text) == set()


def test_a_body_ends_where_its_deed_begins() -> None:
    assert "云州社区大学" in organizations("云州社区大学挂靠学校继续教育学院，全年举办讲座。")


def test_two_subjects_joined_by_and_are_one_faculty_throughout_the_document() -> None:
    text = "由汽车与航空学院牵头。开班至今，汽车与航空学院已培养千人。"
    assert organizations(text) == {"汽车与航空学院"}


def test_a_word_that_begins_like_a_particle_stays_whole() -> None:
    assert "经济管理学院" in organizations("序号 学院\n1 海棠物流集团 经济管理学院 2023年4月\n")


def test_a_use_of_land_is_no_place() -> None:
    assert places("新建沙化土地封禁保护区6个，在子午岭林区发展种植。") == set()
    assert places("加强张掖黑河等湿地保护。") == {"张掖"}
    assert "合作" not in places("与高校合作选育树种。")


def test_a_place_begins_behind_its_preposition() -> None:
    assert "泸县经济开发区" in places("探索在泸县经济开发区、纳溪经济开发区设立驿站。")


def test_autonomous_counties_go_by_their_short_forms() -> None:
    assert (short_form("景宁畲族自治县"), ranked_form("景宁畲族自治县")) == ("景宁", "景宁县")
    assert (short_form("龙胜各族自治县"), ranked_form("云州县")) == ("龙胜", None)


def test_departments_of_a_list_share_the_rank_at_its_head() -> None:
    text = "（责任单位：市自然资源规划局、住房城乡建设局；配合单位：赣州市教育局、财政局和科技局）"
    assert organizations(text) == {
        "市自然资源规划局",
        "市住房城乡建设局",
        "赣州市教育局",
        "赣州市财政局",
        "赣州市科技局",
    }
    assert organizations("由市教育局、财政部门和科技局面联动。") == {"市教育局"}


def test_places_of_a_list_share_the_department_at_its_end() -> None:
    assert organizations("南康区、章贡区民政局要加强救助。") == {"南康区民政局", "章贡区民政局"}


def test_a_town_right_after_its_county_is_a_place_in_it() -> None:
    assert {"信丰县", "信丰县白石镇"} <= places("学校选派干部到信丰县白石镇驻村。")
    assert places("信丰县各乡镇、信丰县城镇居民参加。") == {"信丰县"}
    assert places("信丰县特色小镇建设加快。") == {"信丰县"}


def test_a_class_has_the_name_of_its_company() -> None:
    assert organizations("星渊班、凌波班、云帆班等订单班培养八百人。") == {"星渊", "凌波", "云帆"}


def test_a_hospital_ends_where_it_founds_something() -> None:
    assert "南康区人民医院" in organizations("与南康区人民医院结成医教协同联盟。")


def test_a_known_company_with_an_ending_of_its_own_is_marked_anywhere() -> None:
    assert "海信集团" in organizations("承接海信集团员工技能提升培训1200人次。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由赣州市生态环境局南康生态环境局负责。", "赣州市生态环境局南康生态环境局"),
        ("与生态环境部西南督察局沟通衔接。", "生态环境部西南督察局"),
        ("依托国际竹藤中心建设竹产业研究院。", "国际竹藤中心"),
        ("九三学社赣州市委开展监督。", "九三学社赣州市委"),
    ],
)
def test_a_branch_is_one_name_with_its_body(text: str, name: str) -> None:
    assert organizations(text) == {name}


def test_two_departments_side_by_side_stay_two() -> None:
    assert organizations("教育部财政部印发通知。") == {"教育部", "财政部"}


def test_what_is_founded_together_with_a_named_body_is_one_itself() -> None:
    assert "乡村旅居学院" in organizations("与信丰县人民政府共建乡村旅居学院。")
    assert "脐橙产业联盟" in organizations("赣州农投集团等龙头企业牵头组建全省脐橙产业联盟，统一标准。")
    assert organizations("与信丰县人民政府共建实训基地。") == {"信丰县人民政府"}
    assert organizations("行业企业共建产业学院，推进改革。") == set()


@pytest.mark.parametrize(
    "text",
    [
        "10月举办“青春”迎新晚会。",
        "建成家具专业虚拟馆 1 间。",
        "加固雨水泵站，完善管网。",
        "依托企业（博士）工作站开展服务。",
        "以“激励强化”做活实训基地。",
    ],
)
def test_events_and_counted_or_common_facilities_are_no_bodies(text: str) -> None:
    assert organizations(text) == set()


def test_a_gap_between_columns_parts_names() -> None:
    found = organizations("序号 项目 单位 人数\n1 案例研讨 学生处 82\n2 团体辅导 教务处 15\n")
    assert not any(" " in name for name in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("农业农村部种业管理司负责解释。", "农业农村部种业管理司"),
        ("中国进出口担保公司要加大支持。", "中国进出口担保公司"),
        ("江西省加快发展。樟树生猪交易中心力争年内投用。", "樟树生猪交易中心"),
    ],
)
def test_a_ministry_the_country_and_a_county_of_the_home_head_names(text: str, name: str) -> None:
    assert name in organizations(text)


def test_a_ministry_before_a_deed_is_itself() -> None:
    assert organizations("由教育部会同司法部制定办法。") == {"教育部", "司法部"}


def test_a_zone_is_named_from_its_place_on() -> None:
    assert "成都天府国际生物城" in places("打造成都天府国际生物城、苏州工业园区。")
    assert places("赣州市推进开发区与科技园区联动。") == {"赣州市"}
