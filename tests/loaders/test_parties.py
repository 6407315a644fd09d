"""One entity for each body and place of a document, under whatever forms the text writes it."""

from loaders.extract.records import OwnPolicy
from loaders.names.mentions import mentions
from loaders.resolve.kinds import kind_of
from loaders.resolve.parties import Parties, Party, resolve_parties
from loaders.resolve.places import Places
from loaders.resolve.short_forms import ShortForms
from loaders.text.model import Span
from loaders.text.normalise import normalise
from loaders.text.structure import structure


def parties(
    text: str, *, issuer: str | None = None, jurisdiction: str | None = None, title: str = "发展规划"
) -> Parties:
    structured = structure(normalise(text))
    stretch = Span(0, len(structured.text))
    issuers = (issuer,) if issuer else ()
    own = OwnPolicy(title, "option", stretch, issuers=issuers, jurisdiction=jurisdiction or issuer)
    return resolve_parties(mentions(structured), structured, [own])


def found(all_: Parties, name: str) -> Party:
    party = all_.find(name)
    assert party is not None, f"{name} not among {[p.name for p in all_.all]}"
    return party


COLLEGE = "云岭职业技术学院"


def test_forms_of_one_body_are_one_party_with_the_fullest_form_as_its_name() -> None:
    all_ = parties(f"{COLLEGE}（以下简称“云职院”）面向全省招生。云职院与星渊智能装备有限公司合作。", issuer=COLLEGE)
    college = found(all_, "云职院")
    assert college.name == COLLEGE
    assert college.aliases == ("云职院",)
    assert college.kind == "school"
    assert len(college.mentions) == 3


def test_relative_names_are_made_absolute_by_the_documents_subject() -> None:
    here = parties("由市教育局牵头，省教育厅指导，市发改委配合。", issuer="温州市教育局", jurisdiction="温州市")
    assert found(here, "市教育局").absolute_name == "温州市教育局"
    assert found(here, "省教育厅").absolute_name == "浙江省教育厅"
    assert found(here, "市教育局").id == found(here, "温州市教育局").id
    elsewhere = parties("由市发展和改革委员会牵头，温州市人民政府负责。", jurisdiction="温州市")
    assert found(elsewhere, "市发展和改革委员会").id == found(here, "市发改委").id
    assert found(elsewhere, "温州市政府").id == found(elsewhere, "温州市人民政府").id


def test_a_unit_of_a_school_belongs_to_it() -> None:
    here = parties("教务处和信息技术系负责实训，教务处要加强考核。", issuer=COLLEGE)
    elsewhere = parties("教务处和信息技术系负责实训，教务处要加强考核。", issuer="海棠职业技术学院")
    unit = found(here, "教务处")
    assert unit.name == "教务处"
    assert unit.part_of == found(here, COLLEGE).id
    assert unit.inferred == ("part_of",)
    assert unit.id != found(elsewhere, "教务处").id


def test_a_relative_name_without_a_subject_is_scoped_to_its_policy() -> None:
    one, other = (parties("由省水利厅牵头负责。", title=title) for title in ("水库管理办法", "河道管理办法"))
    assert found(one, "省水利厅").scope
    assert found(one, "省水利厅").id != found(other, "省水利厅").id


def test_the_document_speaks_of_its_own_subject() -> None:
    college = parties(f"{COLLEGE}位于杭州市。学校现有学生一万人。", issuer=COLLEGE)
    assert college.subject == found(college, COLLEGE)
    assert college.find("我校") == college.find("学校") == college.subject
    city = parties("到2025年，全市新增学校十所，温州市政府负责。", jurisdiction="温州市")
    assert city.subject == city.find("全市") == city.find("温州")
    assert city.find("学校") is None


def test_places_carry_the_register_above_them() -> None:
    all_ = parties("推进平阳县、瑞安市建设，赴德国考察。温州市负责。", jurisdiction="温州市")
    county = found(all_, "平阳县")
    assert (county.label, county.level, county.code) == ("City", "county", "330326")
    assert [all_.get(id_).name for id_ in county.chain] == ["温州市", "浙江省", "中国"]
    assert [place.name for place in all_.register] == ["中国", "浙江省"]
    assert county.part_of == found(all_, "温州市").id
    assert found(all_, "德国").level == "foreign"


def test_a_college_of_the_register_lies_in_its_province() -> None:
    all_ = parties("支持工贸学院、温科院升格，平阳县、温州市配合。", jurisdiction="温州市")
    school = found(all_, "温科院")
    assert school.name == "温科院"
    assert school.absolute_name == "温州科技职业学院"
    assert school.located_in == found(all_, "温州市").id


def test_the_place_at_the_head_of_a_company_or_title_is_named() -> None:
    all_ = parties("按照《江西省关于加强渔港建设的意见》，上海云帆船舶有限公司参与建设。", jurisdiction="温州市")
    assert found(all_, "上海市").mentions
    assert found(all_, "江西省").mentions
    assert found(all_, "上海云帆船舶有限公司").located_in == found(all_, "上海市").id


def test_a_unit_named_after_its_owner_is_part_of_it() -> None:
    all_ = parties("办好云岭职业技术学院瑞安学院，云岭职业技术学院负责。温州市、平阳县支持。", jurisdiction="温州市")
    unit = found(all_, "云岭职业技术学院瑞安学院")
    assert unit.part_of == found(all_, COLLEGE).id
    assert unit.located_in == found(all_, "瑞安市").id
    assert unit.kind == "platform"


def test_at_gives_the_party_of_a_name_where_it_stands() -> None:
    text = "由昆明市总工会与星渊智能装备有限公司共同举办。"
    all_ = parties(text)
    start = text.index("星渊")
    company = all_.at(Span(start, start + len("星渊智能装备有限公司")))
    assert company is not None
    assert company.label == "Enterprise"
    assert all_.at(Span(start, start + 2)) == company
    assert all_.at(Span(len(text) - 3, len(text) - 1)) is None


def test_issuers_are_parties_even_if_only_an_option_names_them() -> None:
    all_ = parties("各单位要认真落实。", issuer="海棠市渔业局", jurisdiction="海棠市")
    assert found(all_, "海棠市渔业局").mentions == ()


def test_short_forms_follow_the_words_of_the_full_name() -> None:
    places = Places(Places(None).find("温州市"))
    forms = ShortForms(places)
    assert forms.stands_for("云渊集团", "温州云渊智能装备集团股份有限公司")
    assert forms.stands_for("星渊智能", "星渊智能装备有限公司")
    assert not forms.stands_for("浙江大学", "浙江工业大学")
    assert not forms.stands_for("温职院", "温州科技职业学院")
    assert not forms.stands_for("云帆通信", "云帆通信温州市分公司")
    assert forms.registered_college("温职院") == "温州职业技术学院"
    assert forms.registered_college("浙江大学") is None


def test_a_short_form_that_fits_two_bodies_stays_by_itself() -> None:
    names = ["江北星渊智能装备有限公司", "江北星渊智能家居有限公司"]
    assert ShortForms(Places(None), names).full_name("星渊智能") is None


def test_an_ending_tells_what_a_body_is() -> None:
    assert kind_of("星渊智能装备有限公司") == ("Enterprise", None)
    assert kind_of("浙南职教集团") == ("Institution", "alliance")
    assert kind_of("海棠教育集团") == ("Enterprise", None)
    assert kind_of("海棠市渔业局") == ("Institution", "government")
    assert kind_of("海棠市人民医院") == ("Institution", "hospital")
    assert kind_of("海棠渔业协会") == ("Institution", "association")
    assert kind_of("瑞安学院", belongs=True) == ("Institution", "platform")
    assert kind_of("国务院") == ("Institution", "government")


def test_a_short_form_is_the_place_that_the_document_names_in_full() -> None:
    text = "服务云州产业发展。云州市教育局支持学校扩建，毕业生留在云州的比例提高，结对帮扶澄湖县。"
    here = parties(text, issuer=COLLEGE)
    assert found(here, "云州").name == "云州市"
    assert found(here, "云州").code is None
    assert found(here, "澄湖县").part_of == found(here, "云州市").id


def test_a_term_is_no_part_of_the_congress() -> None:
    here = parties(
        "由绍兴市人民代表大会常务委员会制定，绍兴市第九届人民代表大会常务委员会通过。", jurisdiction="绍兴市"
    )
    assert found(here, "绍兴市第九届人民代表大会常务委员会").name == "绍兴市人民代表大会常务委员会"


def test_an_autonomous_prefecture_goes_by_its_short_form() -> None:
    here = parties("恩施州中心医院要扩建，州疾控中心配合。", jurisdiction="恩施州", issuer="恩施州人民政府")
    assert found(here, "恩施州").name == "恩施土家族苗族自治州"
    assert found(here, "州疾控中心").absolute_name == "恩施土家族苗族自治州疾控中心"


def test_ministries_are_bodies_of_the_government() -> None:
    assert kind_of("财政部") == ("Institution", "government")
    assert kind_of("教务部") == ("Institution", "platform")


def test_the_department_that_issued_a_paper_is_known_beside_the_place_it_is_about() -> None:
    all_ = parties("江西省林业局与海棠大学合作。", issuer="江西省林业局", jurisdiction="江西省")
    assert all_.department is not None and all_.department.name == "江西省林业局"
    assert all_.subject is not None and all_.subject.name == "江西省"
    assert parties("与海棠大学合作。", issuer="江西省人民政府", jurisdiction="江西省").department is None


def test_branches_of_the_central_bank_are_of_the_government() -> None:
    assert kind_of("人行云州市中心支行") == ("Institution", "government")
    assert kind_of("云州银行澄湖支行") == ("Enterprise", None)
