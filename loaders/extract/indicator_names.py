"""Names of indicators as they may be shown for several policies: one form for each word, no place, no subject."""

import re
import unicodedata
from functools import cache

from graph.normal import fold
from loaders.extract import figure_words
from loaders.extract.lists import column, rows
from ontology.values import UnitKind

_PLACE = re.compile(r"^(?:[全我本](?:市|省|县|区|州|国|校|院|乡|镇|域)(?:范围内?)?|学校|学院)(?=.{2})")
_COHORT = re.compile(r"^20\d\d(?:年度?|届|学年|学年度)(?=.{2})")
_QUOTES = re.compile(r"[“”\"'‘’《》「」\s]")
_YEARLY = re.compile(
    r"每年度?|年均(?!浓度)|(?<!\d)年度|全年|^年(?![均度龄级轻月初末底青会金限份鉴画终满老轮幼]|平均|综合)(?=.{3})|(?<=.)年(?=培训量)"
)
_EXAMPLES = re.compile(r"^.{4,}等(?=(?:国家|省|市|县|校)[级部省市、]*以上)")
_STREAK = re.compile(r"连续\d+年$")
_LOCAL = re.compile(
    r"留(?:在(?P<place>[一-龥]{2,3})(?=就业)|[一-龥])(?=(?:就业)?(?:率|的?(?:毕业生)?(?:人数|比例|占比)))"
)
_COUNT_END = re.compile(
    r"(?<=..)(?<![指系倍分次天函参])(?:总?人数|总?人次数?|总?数量|总数|总量|个数|数|总?规模|(?<=培训)量|拥有量)$"
)
_WHO = r"(?P<who>(?:专任|专业)?教师|毕业生|学生|师生)"
_RELATIVE = re.compile(
    rf"^(?P<deed>(?:(?:赴|到|从事|参与|参加|接受).{{2,}}?)|(?:(?:具有|拥有)?.{{2,}}?(?:经历|经验)))的?{_WHO}$"
)
_HAVING = re.compile(r"(?<=教师|学生)(?:具有|拥有)(?=.{2,}(?:经历|经验))")
_WITHIN = re.compile(r"^(?P<whole>[^占]{2,}?)(?<![高初集其])中(?![职高小外心央医国等级])(?P<part>[^占]{2,})占比$")
_RANKED = re.compile(
    r"^(?:(?:专任|专业)?教师(?:队伍)?中?)?(?:具有|拥有)?(?P<rank>.+?(?:职称|学位))的?(?:人数|(?:专任|专业)?教师)?"
    r"(?:占(?:专任|专业)?教师(?:总?数|总量)?)?占?比$"
)
_SHARE_OF = re.compile(r"^(?P<part>.{2,}?)占(?:全部|总|所有|全体|全[省市县区国校])?(?P<whole>.{2,}?)的?占?比?$")
_SHARE_END = re.compile(r"(?:率|占比|度|比|指数|面)$")
_LAND = re.compile(r"(?:陆域|辖区)?(?:国土|土地|行政区域|辖区)总?面积")
_STAYING = re.compile(r"(?:毕业后?|毕业生)?本地留存(?:就业)?的?(?:毕业生)?")
_PLAIN_WHOLES = frozenset({"", "专业", "专业课"})


def school_class(subject: str) -> str:
    """The class of school that a name tells of, as indicators call it (高职, 中职); '' for anything else."""
    classes = (row for row in rows("indicator_forms") if row["kind"] == "school")
    return next((row["normal"] for row in classes if subject.endswith(row["form"])), "")


def indicator_name(indicator: str, kind: UnitKind, *, unit: str, school: str) -> str:
    """The indicator in one form for each word, without place and leading verb; 年均 first if it is yearly."""
    text = _COHORT.sub("", fold(_QUOTES.sub("", unicodedata.normalize("NFKC", indicator))))
    bare = _YEARLY.sub("", text)
    is_yearly = (bare != text or unit.endswith("/年")) and "生均" not in text
    text = _in_one_form(_EXAMPLES.sub("", _STREAK.sub("", _without_beginning(bare))))
    text = _LOCAL.sub(_staying, text)
    if kind != UnitKind.SHARE and "与" in text and text.endswith("占比"):
        text = text[:-2] + "之比"
    if "生均" in text:
        text = re.sub(r"(?:标准|水平)$", "", text.replace("公办", ""))
    if kind == UnitKind.SHARE:
        text = _share(text, school)
    if kind == UnitKind.COUNT:
        text = _COUNT_END.sub("", text)
    text = _who_first(text)
    if school:
        text = _whole_names("school_whole").get(text, text)
    text = _whole_names("whole").get(text, text)
    return (f"年均{text}" if is_yearly else text) if text else indicator


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, str]]:
    found = {
        fold(row["form"]): fold(row["normal"]) for row in rows("indicator_forms") if row["kind"] in ("word", "quality")
    }
    longest = sorted(found, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, longest))), found


def _in_one_form(text: str) -> str:
    """Each word in its one form; twice, as a form may only appear once a word in it has its own."""
    pattern, forms = _forms()
    for _ in range(2):
        text = pattern.sub(lambda match: forms[match[0]], text)
    return text


@cache
def _whole_names(kind: str) -> dict[str, str]:
    return {fold(row["form"]): fold(row["normal"]) for row in rows("indicator_forms") if row["kind"] == kind}


@cache
def _places() -> frozenset[str]:
    return frozenset(name for name in column("divisions", "name") if len(name) >= 3)


@cache
def _leading() -> re.Pattern[str]:
    """Verbs that only say that there is what is counted; `normal` has what must not follow them."""
    found = [row for row in rows("indicator_forms") if row["kind"] == "lead"]
    longest = sorted(found, key=lambda row: -len(row["form"]))
    verbs = "|".join(row["form"] + (f"(?![{row['normal']}])" if row["normal"] else "") for row in longest)
    return re.compile(rf"^(?:{verbs})(?=.{{2}})")


def _without_place(text: str) -> str:
    for length in range(min(8, len(text) - 2), 2, -1):
        if text[:length] in _places():
            return text[length:]
    return text


def _without_beginning(text: str) -> str:
    while (shorter := _leading().sub("", _PLACE.sub("", _without_place(text)))) != text:
        text = shorter
    leading = re.match(rf"(?:{figure_words.words('found')})", text)
    return text[leading.end() :] if leading and len(leading[0]) > 1 and len(text) - leading.end() >= 4 else text


def _staying(match: re.Match[str]) -> str:
    """留温 -> 本地留存, 留浙 -> 省内留存: whether they stay in the city or in the province."""
    place = (match["place"] or match[0][1:])[0]
    return "省内留存" if place in column("indicator_forms", "form", kind="province") else "本地留存"


def _who_first(text: str) -> str:
    """赴境外交流的学生 -> 学生赴境外交流, as it is said of them as a sentence."""
    if relative := _RELATIVE.match(text):
        text = relative["who"] + re.sub(r"^(?:具有|拥有)", "", relative["deed"])
    return _HAVING.sub("", text)


def _share(text: str, school: str) -> str:
    """A share in one form: 双师型教师占专业教师的比例, 双师型教师占比 -> 双师型教师占比."""
    text = re.sub(r"(?:的?占?占比)+$", "占比", text)
    text = re.sub(r"(?<=[率度面])占比$", "", text)
    text = _WITHIN.sub(r"\g<part>占\g<whole>占比", text)
    if school:
        text = re.sub(r"^([^占]{2,}?)的?(?<!专任|专业)教师占比$", r"\1教师占专任教师占比", text)
    text = re.sub(r"^([^占]{2,}?)的?((?:专任|专业)教师)占比$", r"\1教师占\2占比", text)
    if ranked := _RANKED.match(text):
        return f"{ranked['rank']}占比"
    if _STAYING.fullmatch(text.removesuffix("占比")):
        return "毕业生本地留存率"
    found = _SHARE_OF.match(text.removesuffix("占比")) if "占" in text.removesuffix("占比") else None
    if found:
        return _share_of(_COUNT_END.sub("", found["part"]), _COUNT_END.sub("", found["whole"]))
    return text if _SHARE_END.search(text) else f"{text}占比"


def _share_of(part: str, whole: str) -> str:
    """Part and whole in one form; a whole that goes without saying is left out."""
    part = re.sub(r"^(?:职校|中职|高职)(?=双师型|专任|专业|兼职)", "", _who_first(part))
    if _STAYING.fullmatch(part) and whole.startswith("毕业"):
        return "毕业生本地留存率"
    if whole[-2:] == part[-2:] and (whole[:-2] in _PLAIN_WHOLES or _LAND.fullmatch(whole)):
        return f"{part}占比"
    return f"{part}占{whole}占比"
