"""Who does what together with whom: lists, sides, the own subject, tables of services."""

from loaders.extract.partnerships import partnerships
from loaders.extract.records import Mention, PartnershipRecord
from loaders.text.model import CleanText, Paragraph, Section, Span, Structure


def read(text: str, *names: str, places: tuple[str, ...] = ()) -> list[PartnershipRecord]:
    whole = Span(0, len(text))
    section = Section(0, None, 1, "", "", None, whole, (Paragraph(whole),))
    parts = Structure(CleanText(text, text, tuple(range(len(text)))), (section,))
    found = [*((name, "organization") for name in names), *((name, "place") for name in places)]
    mentions = [
        Mention(Span(at, at + len(name)), kind, name)  # type: ignore[arg-type]
        for name, kind in found
        for at in _positions(text, name)
    ]
    return partnerships(parts, sorted(mentions, key=lambda m: m.span))


def _positions(text: str, name: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def pairs(text: str, *names: str, places: tuple[str, ...] = ()) -> set[tuple[str | None, str | None]]:
    return {(record.a, record.b) for record in read(text, *names, places=places)}


def test_a_list_of_partners_gives_a_record_each_with_the_own_subject() -> None:
    found = read("2021年，学校与星渊公司、海棠集团等共建产业学院。", "星渊公司", "海棠集团")
    assert {(r.a, r.b) for r in found} == {(None, "星渊公司"), (None, "海棠集团")}
    assert {(r.activity, r.kind, r.year) for r in found} == {("共建产业学院", "industry_college", 2021)}


def test_two_lists_give_every_pair_across() -> None:
    found = pairs(
        "支持海棠学院、云州学院与松山县、竹溪县探索新建特色学院。", "海棠学院", "云州学院", places=("松山县", "竹溪县")
    )
    assert found == {(a, b) for a in ("海棠学院", "云州学院") for b in ("松山县", "竹溪县")}


def test_three_together_give_all_pairs() -> None:
    found = pairs("星渊集团、海棠集团、云州学院三方共同举办学校。", "星渊集团", "海棠集团", "云州学院")
    assert found == {("星渊集团", "海棠集团"), ("星渊集团", "云州学院"), ("海棠集团", "云州学院")}


def test_the_named_joint_body_is_the_platform() -> None:
    (record,) = read("学校与星渊公司共建星渊产业学院。", "星渊公司", "星渊产业学院")
    assert (record.b, record.platform) == ("星渊公司", "星渊产业学院")


def test_a_named_subject_of_the_clause_is_the_first_party() -> None:
    assert pairs("家居学院联合星渊公司实施学徒制。", "家居学院", "星渊公司") == {("家居学院", "星渊公司")}


def test_order_classes_and_services_join_with_the_own_subject() -> None:
    assert pairs("设立星渊、海棠等校企合作订单班12个。", "星渊", "海棠") == {(None, "星渊"), (None, "海棠")}
    assert pairs("学校为星渊公司提供技术服务。", "星渊公司") == {(None, "星渊公司")}


def test_a_place_that_only_describes_is_no_partner() -> None:
    assert pairs("与云州企业合作。", places=("云州",)) == set()
    assert pairs("与松溪、竹溪等国20多所高校签署协议。", places=("松溪", "竹溪")) == set()


def test_standing_beside_is_no_partnership() -> None:
    assert pairs("学校与海棠学院同台竞技。", "海棠学院") == set()
    assert pairs("星渊公司、海棠集团位于云州市。", "星渊公司", "海棠集团") == set()


def test_rows_of_a_service_table_join_companies_with_the_own_subject() -> None:
    text = (
        "表5-1 为本地企业提供技术服务的项目清单\n序号 服务项目 单位名称 金额\n"
        "1 水泵检测 星渊机械有限公司 10.5\n2 厂房设计\n海棠建筑有限公司 20.0\n"
    )
    found = read(text, "星渊机械有限公司", "海棠建筑有限公司")
    assert [(r.a, r.b, r.activity, r.kind) for r in found] == [
        (None, "星渊机械有限公司", "水泵检测", "service"),
        (None, "海棠建筑有限公司", "厂房设计", "service"),
    ]


def test_evidence_is_the_whole_sentence() -> None:
    text = "推进改革。学校与星渊公司签订协议，共育人才。"
    (record,) = read(text, "星渊公司")
    assert record.evidence.of(text) == "学校与星渊公司签订协议，共育人才。"


def test_a_kind_of_actor_before_the_joining_word_is_not_the_own_subject() -> None:
    text = "鼓励高等院校、科研机构与海棠研究院合作开展古城研究。"
    assert pairs(text, "海棠研究院") == set()
    assert pairs("与海棠研究院合作开展古城研究。", "海棠研究院") == {(None, "海棠研究院")}


def test_a_place_written_after_the_one_it_lies_in_is_a_partner() -> None:
    text = "联合江北省云州区、江南省澄湖县建立联防联控机制。"
    found = pairs(text, places=("江北省", "云州区", "江南省", "澄湖县"))
    assert found == {(None, "云州区"), (None, "澄湖县")}


def test_campuses_of_a_college_are_no_partners() -> None:
    assert pairs("东校区、西校区和南校区共同组成办学格局。", "东校区", "西校区", "南校区") == set()


def test_whom_a_clause_urges_is_the_subject_of_the_next() -> None:
    text = "支持海棠学院、云州学院牵头组建教育联盟，与星渊公司开发教材。"
    assert pairs(text, "海棠学院", "云州学院", "星渊公司") == {
        ("海棠学院", "云州学院"),
        ("海棠学院", "星渊公司"),
        ("云州学院", "星渊公司"),
    }
    assert pairs("支持海棠学院改革。与星渊公司开发教材。", "海棠学院", "星渊公司") == {(None, "星渊公司")}
    assert pairs("支持海棠学院、云州学院扩大招生。", "海棠学院", "云州学院") == set()


def test_the_column_of_partners_tells_whom_a_row_of_a_table_names() -> None:
    text = (
        "表3-1 产业学院一览表\n序号 产业学院名称 合作单位 依托学院 成立时间\n"
        "1 星渊智造产业学院 星渊机械有限公司、云州市科协 机电学院 2021年\n2 海棠物流学院 海棠集团 商学院 2022年\n"
    )
    found = read(text, "星渊机械有限公司", "云州市科协", "机电学院", "海棠集团", "商学院")
    assert [(r.b, r.platform) for r in found] == [
        ("星渊机械有限公司", "星渊智造产业学院"),
        ("云州市科协", "星渊智造产业学院"),
        ("海棠集团", "海棠物流学院"),
    ]


def test_a_table_without_words_for_what_is_done_has_that_of_its_caption() -> None:
    text = "表5-6 为本地企业开展职业培训\n序号 时间 合作单位 人数\n1 2019.9 云州市审计局 33\n2 2019.10 海棠集团 40\n"
    found = read(text, "云州市审计局", "海棠集团")
    assert [(r.b, r.activity) for r in found] == [("云州市审计局", "职业培训"), ("海棠集团", "职业培训")]


def test_a_table_that_names_no_partners_joins_nobody() -> None:
    text = "表2-1 教材出版情况\n序号 教材名称 出版单位\n1 税法 海棠出版社\n2 会计 云州出版社\n"
    assert read(text, "海棠出版社", "云州出版社") == []


def test_the_own_subject_may_end_the_list_of_those_who_act_together() -> None:
    text = "云州市人民政府、海棠集团和学校共同组建产教联合体。"
    assert (None, "海棠集团") in pairs(text, "云州市人民政府", "海棠集团")
    assert pairs("云州市人民政府、海棠集团和学校的领导出席。", "云州市人民政府", "海棠集团") == set()


def test_what_a_partner_is_may_stand_before_its_name() -> None:
    assert pairs("学校与评价组织星渊公司共同开发题库。", "星渊公司") == {(None, "星渊公司")}
    assert pairs("学校与开发区内的星渊公司签订协议。", "星渊公司") == {(None, "星渊公司")}
    text = "家居学院联合国际知名设计企业——星渊公司实施学徒制。"
    assert pairs(text, "家居学院", "星渊公司") == {("家居学院", "星渊公司")}


def test_who_sets_something_up_at_the_school_or_gives_it_a_name_is_a_partner() -> None:
    assert pairs("云州市总工会把“工匠学院”设在学校。", "云州市总工会") == {(None, "云州市总工会")}
    assert pairs("机电学院的星渊班则由星渊公司冠名。", "机电学院", "星渊公司") == {("机电学院", "星渊公司")}
    assert pairs("星渊公司、海棠集团等12家企业参与其中。", "星渊公司", "海棠集团") == {
        (None, "星渊公司"),
        (None, "海棠集团"),
    }
    assert pairs("教师把课堂搬进星渊公司车间。", "星渊公司") == {(None, "星渊公司")}
    assert pairs("星渊公司把总部设在云州。", "星渊公司") == set()


def test_who_is_served_is_a_partner_and_what_something_is_called_is_none() -> None:
    assert pairs("团队先后为星渊公司、海棠集团解决工艺难题5项。", "星渊公司", "海棠集团") == {
        (None, "星渊公司"),
        (None, "海棠集团"),
    }
    assert pairs("将其更名为海棠学院，开展培训。", "海棠学院") == set()


def test_bodies_that_build_one_mechanism_are_partners() -> None:
    names = ("市公安局", "市林业局")
    assert pairs("市公安局、市林业局建立信息共享和会商制度。", *names) == {names}
    assert pairs("市公安局、市林业局建立值班制度。", *names) == set()


def test_work_together_with_places_joins_them() -> None:
    text = "深化与云州区、澄湖县的政务服务合作。"
    assert pairs(text, places=("云州区", "澄湖县")) == {(None, "云州区"), (None, "澄湖县")}
    assert pairs("加强云州片区与澄湖保税区联动。", places=("云州片区", "澄湖保税区")) == {("云州片区", "澄湖保税区")}


def test_everybody_before_the_joining_word_takes_part() -> None:
    text = "星渊公司、海棠集团等企业与云州学院开展订单培养。"
    assert pairs(text, "星渊公司", "海棠集团", "云州学院") == {("星渊公司", "云州学院"), ("海棠集团", "云州学院")}
    assert pairs("星渊公司、海棠集团分别与云州学院签署协议。", "星渊公司", "海棠集团", "云州学院") == {
        ("星渊公司", "云州学院"),
        ("海棠集团", "云州学院"),
    }


def test_companies_give_their_names_to_classes_and_train_with_the_school() -> None:
    assert pairs("星渊班、海棠班等订单班培养860人。", "星渊", "海棠") == {(None, "星渊"), (None, "海棠")}
    assert pairs("学校承接海棠集团员工技能提升培训。", "海棠集团") == {(None, "海棠集团")}
    assert pairs("引入星渊公司共建实训中心。", "星渊公司") == {(None, "星渊公司")}
    assert pairs("星渊、海棠等12家企业与学校共建基地。", "星渊", "海棠") == {(None, "星渊"), (None, "海棠")}
    assert pairs("学校承接海棠集团旧址。", "海棠集团") == set()


def test_rivers_guarded_together_make_partners_and_roads_do_not() -> None:
    text = "推进与云州区、澄湖县的跨界河流联保共治。"
    assert pairs(text, places=("云州区", "澄湖县")) == {(None, "云州区"), (None, "澄湖县")}
    assert pairs("实现与云州区、澄湖县的高速公路互通。", places=("云州区", "澄湖县")) == set()


def test_who_leads_and_who_helps_are_partners() -> None:
    text = "市林业局牵头、市水务局配合，完成湿地勘界。"
    assert pairs(text, "市林业局", "市水务局") == {("市林业局", "市水务局")}
    assert pairs(f"完成湿地勘界。（{text[:-8]}）", "市林业局", "市水务局") == set()


def test_who_has_to_do_something_joins_in_a_later_clause() -> None:
    text = "海棠监测中心要加强水质监测，与云州学院共建研究站。"
    assert pairs(text, "海棠监测中心", "云州学院") == {("海棠监测中心", "云州学院")}


def test_schools_where_classes_are_held_and_companies_that_build_join_with_the_own_subject() -> None:
    assert pairs("在海棠职校、松山职校开展中高职贯通培养。", "海棠职校", "松山职校") == {
        (None, "海棠职校"),
        (None, "松山职校"),
    }
    assert pairs("由星渊公司投资建设屋顶光伏。", "星渊公司") == {(None, "星渊公司")}
    assert pairs("星渊公司、海棠集团分别冠名订单班。", "星渊公司", "海棠集团") == {
        (None, "星渊公司"),
        (None, "海棠集团"),
    }
    assert pairs("在海棠职校开展安全检查。", "海棠职校") == set()


def test_a_table_ends_at_the_next_heading() -> None:
    rows = "表2 合作项目清单\n序号 合作单位 合作内容\n1 星渊公司 实训中心\n"
    text = f"{rows}项目一：网络项目。与海棠公司共建专网。"
    heading = Span(len(rows), len(rows) + len("项目一：网络项目"))
    names = [Mention(Span(text.index(n), text.index(n) + len(n)), "organization", n) for n in ("星渊公司", "海棠公司")]
    sections = (
        Section(0, None, 1, "", "", None, Span(0, len(rows)), (Paragraph(Span(0, len(rows) - 1)),)),
        Section(
            1,
            None,
            1,
            "项目一",
            "网络项目",
            heading,
            Span(len(rows), len(text)),
            (Paragraph(Span(heading.end + 1, len(text))),),
        ),
    )
    found = partnerships(Structure(CleanText(text, text, tuple(range(len(text)))), sections), names)
    assert {(record.b, record.rule) for record in found} == {
        ("星渊公司", "service-table"),
        ("海棠公司", "partner-with"),
    }
